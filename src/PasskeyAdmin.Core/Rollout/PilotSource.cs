using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rollout;

/// <summary>How applications for a pilot are looked for.</summary>
internal sealed record PilotOptions(SignInSpan Span)
{
    /// <summary>By name or id; empty for those that the passkey policy targets.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Told before the log is read what that will take.</summary>
    public Action<ReadEstimate>? Announce { get; init; }

    public IProgress<ReadProgress>? Progress { get; init; }
}

/// <summary>All applications of the sign-in log.</summary>
/// <param name="Log">What was read of it.</param>
/// <param name="NotRead">What could not be read beside it, and why.</param>
internal sealed record PilotReading(IReadOnlyList<PasskeyPilotApplication> Applications, SignInExtent Log, IReadOnlyList<string> NotRead);

/// <summary>Reads which applications people sign in to, and how. Only the log is indispensable: groups and Conditional Access that cannot be read cost themselves.</summary>
internal sealed class PilotSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog, PilotOptions options)
{
    private readonly List<string> _notRead = [];

    /// <exception cref="PasskeyAdminException">Where the log cannot be read, and where a group that was named is not there.</exception>
    public PilotReading Read(CancellationToken token)
    {
        // A slip of the pen shows before minutes of reading, and so does a log that nobody may see.
        var named = options.Groups.Select(g => new GroupLookup(client).Find(g.Trim(), token)).GroupBy(g => g.Id, StringComparer.OrdinalIgnoreCase).Select(g => new PilotGroup(g.Key, g.First().Name ?? g.Key)).ToList();
        SignInLog.Estimate(options.Span, tenant.Traffic.IsPaced).Announce(options.Announce, client);
        var log = new SignInLog(client);
        var page = log.Open(options.Span, tenant.Traffic.Now, token);
        var groups = named.Count > 0 ? named : TargetedGroups(token);
        var members = Members(groups, token);
        var access = GraphReading.Try("Conditional Access", () => new AccessSource(client).Read(token));
        if (access.Reason is { } reason) _notRead.Add(reason);
        var tally = new PilotTally(members);
        var extent = log.Read(page, tally.Add, options.Progress, token);
        var about = new PilotExtent(extent, _notRead, tenant.TenantId);
        return new PilotReading([.. tally.Applications.Select(a => Application(a, tally, groups, access, about))], extent, _notRead);
    }

    private static PasskeyPilotApplication Application(ApplicationTally application, PilotTally tally, IReadOnlyList<PilotGroup> groups, Reading<TenantAccess> access, PilotExtent extent)
    {
        var counts = tally.CountsOf(application);
        return new PasskeyPilotApplication(application, PilotTally.Sum(counts.Values), [.. tally.GroupsOf(counts, groups)], access.IsRead ? PilotDemand.Of(access.Value, application.Id) : PilotDemand.NotKnown, extent);
    }

    /// <summary>The groups that a wave would be made of.</summary>
    private List<PilotGroup> TargetedGroups(CancellationToken token)
    {
        var policy = GraphReading.Try("Which groups the passkey policy targets", () => new PasskeyPolicySource(tenant, client, catalog).Read(token), e => $"Which groups the passkey policy targets could not be read; no groups are counted. {e.Message}");
        if (!policy.IsRead)
        {
            _notRead.Add(policy.Reason!);
            return [];
        }
        _notRead.AddRange(policy.Value.NotRead);
        // A group that was deleted has nobody in it.
        return [.. policy.Value.Target.Where(t => t.Kind is TargetKind.Group && t.Status is not TargetStatus.NotFound).GroupBy(t => t.Id, StringComparer.OrdinalIgnoreCase).Select(t => new PilotGroup(t.Key, t.First().RawName ?? t.Key))];
    }

    private GroupMembers Members(List<PilotGroup> groups, CancellationToken token)
    {
        var members = new GroupMembersSource(client).Read([.. groups.Select(g => (g.Id, TargetKind.Group, TargetStatus.Found))], [.. groups.Select(g => g.Id)], _ => false, _ => { }, token);
        foreach (var group in groups)
            if (members.Unread.TryGetValue(group.Id, out var reason)) _notRead.Add($"Who is in the group {CommandText.Quote(group.Name)} could not be read. {reason}");
        return members;
    }
}
