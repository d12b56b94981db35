using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>The registrations of one user, or why they could not be read.</summary>
internal sealed record UserRegistrations(DirectoryUser User, IReadOnlyList<PasskeyRegistration> Registrations, PasskeyAdminException? Fault);

/// <summary>How registrations are read.</summary>
internal sealed record RegistrationOptions(Action<string> Warn)
{
    public ReadCheckpoint? Checkpoint { get; init; }

    /// <summary>Told before each piece of reading what it will take.</summary>
    public Action<ReadEstimate>? Announce { get; init; }

    public IProgress<ReadProgress>? Progress { get; init; }
}

/// <summary>
/// Reads registered passkeys and judges them by the present policy. There is no list of all passkeys: for many users, the registration report says first who has any,
/// so that only those are asked for (reference/graph-users-and-usage.md §7).
/// </summary>
internal sealed class RegistrationSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog, PasskeyPolicy policy, RegistrationOptions options)
{
    /// <summary>Up to so many members of a group are asked for one by one: the report would take as long.</summary>
    private const int FewMembers = 20;

    private readonly PasskeyUseText _text = new(new PolicyEvaluator(policy));
    private readonly Dictionary<(int Number, PasskeyTraits Passkey), PasskeyUse> _uses = [];
    private readonly RegistrationEvents _events = new(client);
    private readonly Dictionary<string, string> _reportedNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _isResumed = options.Checkpoint?.UserCount > 0;
    private bool _isLogTried;
    private DateTimeOffset? _unassignedUntil;
    private int? _userCount;
    private readonly UserMethodsSource _methods = new(tenant, client, options.Checkpoint);

    /// <exception cref="PasskeyAdminException"><c>UserNotFound</c>, and what <see cref="GraphClient"/> throws.</exception>
    public IReadOnlyList<PasskeyRegistration> OfUser(string idOrName, CancellationToken token)
    {
        var users = new DirectoryUserSource(client);
        var user = users.Find(idOrName, token);
        ReadLogOfResumed([user], token);
        var (_, methods, fault) = _methods.Read([user], u => u.Id, NewestOf, needsAll: false, token).Single();
        if (fault is not null) throw fault;
        if (methods is not { Passkeys.Count: > 0 }) return [];
        IReadOnlyList<DirectoryGroup>? groups = null;
        TryRead($"The groups of {DisplayText.Neutralise(user.Shown)} could not be read; whether a passkey is usable may not be known", () => groups = users.GroupsOf(user.Id, isTransitive: true, token));
        var membership = DirectoryUserSource.MembershipOf(user.Id, groups);
        return Judge(user, methods, p => _text.SignIn(membership, p));
    }

    /// <summary>Users of whom it is known that they have passkeys: no report is asked which of them do.</summary>
    /// <param name="people">Each once.</param>
    public IEnumerable<UserRegistrations> OfUsers(IReadOnlyList<DirectoryUser> people, CancellationToken token)
    {
        if (people.Count > FewMembers)
        {
            foreach (var one in Read(people, token)) yield return one;
            yield break;
        }
        // For few, their own groups are less than all members of the groups of the policy.
        var standings = new DirectoryUserSource(client).StandingsOf([.. people.Select(p => p.Id)], token).ToList();
        var groups = people.Zip(standings, (p, s) => (p.Id, Groups: s.IsRead ? s.Value.Groups : null)).ToDictionary(p => p.Id, p => p.Groups, StringComparer.OrdinalIgnoreCase);
        foreach (var (user, methods, fault) in _methods.Read(people, u => u.Id, NewestOf, needsAll: false, token))
        {
            var membership = DirectoryUserSource.MembershipOf(user.Id, groups[user.Id]);
            yield return new UserRegistrations(user, methods is null ? [] : Judge(user, methods, p => _text.SignIn(membership, p)), fault);
        }
    }

    /// <summary>The users in a group, and in the groups in it.</summary>
    public IReadOnlyList<DirectoryUser> MembersOf(DirectoryGroup group, CancellationToken token) => [.. new GroupMembersSource(client).UsersOf(group.Id, DirectoryUser.Select, token)];

    /// <param name="members">Somebody who is among them twice comes once.</param>
    public IEnumerable<UserRegistrations> OfMembers(IEnumerable<DirectoryUser> members, CancellationToken token)
    {
        var people = Once(members);
        if (people.Count == 0) return [];
        _userCount ??= UserCount.TryRead(client, token);
        if (people.Count > FewMembers + (_userCount ?? int.MaxValue - FewMembers) / RegistrationReport.PageSize) people = [.. FromReport(people, token) ?? people];
        else ReadLogOfResumed(people, token);
        return Read(people, token);
    }

    public IEnumerable<UserRegistrations> OfTenant(CancellationToken token) => Read(FromReport(null, token) ?? Once(new DirectoryUserSource(client).All(token)), token);

    private IEnumerable<UserRegistrations> Read(IReadOnlyList<DirectoryUser> people, CancellationToken token)
    {
        var requests = _methods.Open(people, p => p.Id, NewestOf, needsAll: false);
        if (people.Count > requests) options.Warn(options.Checkpoint!.Reused(people.Count - requests));
        new ReadEstimate($"Passkeys of {requests:N0} users", requests, tenant.Traffic.IsPaced).Announce(options.Announce, client);
        var members = Members(token);
        _uses.Clear();
        var done = 0;
        foreach (var (user, methods, fault) in _methods.Read(people, u => u.Id, NewestOf, needsAll: false, token))
        {
            if (methods is not { IsGone: true }) yield return new UserRegistrations(user, methods is null ? [] : Judge(user, methods, p => UseOf(p, members.NumberOf(user.Id), members)), fault);
            options.Progress?.Report(new ReadProgress("Registered passkeys", ++done, people.Count));
        }
    }

    /// <summary>Who is in the groups that the policy names.</summary>
    private GroupMembers Members(CancellationToken token)
    {
        List<(string Id, TargetKind Kind, TargetStatus Status)> targets = [.. policy.Target.Select(t => (t.Id, t.Kind, t.Status)), .. policy.Exclusion.Select(e => (e.Id, e.Kind, e.Status))];
        var members = new GroupMembersSource(client).Read(targets, [.. targets.Select(t => t.Id)], _ => false, _ => { }, token);
        foreach (var unread in members.Unread) options.Warn($"Who is in {NameOf(unread.Key)} could not be read; whether a passkey is usable may not be known. {unread.Value}");
        return members;
    }

    private string NameOf(string id) => policy.Target.FirstOrDefault(t => t.Id == id)?.DisplayName ?? policy.Exclusion.FirstOrDefault(e => e.Id == id)?.DisplayName ?? id;

    /// <summary>Whoever is in the same groups may use the same passkeys.</summary>
    private PasskeyUse UseOf(PasskeyTraits passkey, int number, GroupMembers members)
    {
        if (!_uses.TryGetValue((number, passkey), out var use)) _uses.Add((number, passkey), use = _text.SignIn(members.Of(number), passkey));
        return use;
    }

    private List<PasskeyRegistration> Judge(DirectoryUser user, UserMethods methods, Func<PasskeyTraits, PasskeyUse> useOf) =>
        [.. methods.Passkeys.Select(p => new PasskeyRegistration(user, p, p.AaGuid is { } aaGuid ? catalog.Find(aaGuid) : null, useOf(p.Traits), methods, tenant.TenantId))];

    /// <summary>Those who have a passkey by the report or by the audit log since, and those whom the report leaves out.</summary>
    /// <param name="people">Whom it is about; null for everybody.</param>
    /// <returns>Null where there is no report.</returns>
    private List<DirectoryUser>? FromReport(IReadOnlyList<DirectoryUser>? people, CancellationToken token)
    {
        var now = tenant.Traffic.Now;
        var unread = ReadLog(token);
        if (options.Checkpoint is not { NextPage: null, HasPages: true } && options.Announce is not null) ReadEstimate.OfReport(_userCount ??= UserCount.TryRead(client, token), tenant.Traffic.IsPaced).Announce(options.Announce, client);
        var wanted = people?.ToDictionary(p => p.Id, StringComparer.OrdinalIgnoreCase);
        var report = new RegistrationReport(client, options.Checkpoint);
        var found = new Dictionary<string, DirectoryUser>(StringComparer.OrdinalIgnoreCase);
        var reported = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var row in report.Read(now, options.Progress, token))
            {
                DirectoryUser? member = null;
                // Of whom it is not about, no more than that: their events are not those of nobody.
                var recent = _events.Of(row.Id, row.UserPrincipalName);
                if ((wanted is not null && !wanted.TryGetValue(row.Id, out member)) || !reported.Add(row.Id)) continue;
                // The name may be one from before the user was renamed.
                if (recent is not null && row.UserPrincipalName is { } name) _reportedNames[row.Id] = name;
                if (row.HasPasskey || row.Methods is null || recent is not null)
                    found.Add(row.Id, member ?? new DirectoryUser(row.Id) { UserPrincipalName = row.UserPrincipalName, DisplayName = row.DisplayName, IsEnabled = true, IsGuest = row.IsGuest });
            }
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e) && report.Count == 0 && options.Checkpoint?.HasPages != true)
        {
            options.Warn($"{RegistrationReport.WhyMissing(e)} Every user is asked for.");
            if (_isResumed) AddUnmet([], [], token);
            return null;
        }
        if (report.WholeUntil is { } whole && whole < now - RegistrationReport.Latency && unread is null) TryRead("The audit log could not be read as far back as the registration report goes; who registered a first passkey since is missing", () => _events.Read(whole, token));
        if (unread is not null) options.Warn($"The audit log could not be read; who registered a first passkey since the registration report is missing{(_isResumed ? ", and what the checkpoint has may be out of date" : "")}. {unread}");
        // Disabled accounts are in no report, nor is who came since. Who was disabled since is in both, and the directory is right.
        TryRead("The users could not be listed: passkeys of disabled accounts, and of others whom the registration report does not have, are missing", () =>
        {
            foreach (var user in people ?? new DirectoryUserSource(client).All(token))
                if (!reported.Contains(user.Id) || found.ContainsKey(user.Id) || _events.Of(user.Id, user.UserPrincipalName) is not null) found[user.Id] = user;
        });
        if (RegistrationEvents.GapSince(report.WholeUntil, now) is { } gap) options.Warn(gap);
        if (AddUnmet(found, wanted, token) is > 0 and var events) options.Warn(RegistrationEvents.Unassigned(events));
        return [.. found.Values];
    }

    /// <summary>What the log has since the report can be made, or since the oldest entry of the checkpoint. Once.</summary>
    /// <returns>Why it could not be read; null where it was.</returns>
    private string? ReadLog(CancellationToken token)
    {
        if (_isLogTried) return null;
        _isLogTried = true;
        // Of what is older, nobody could say whether it still holds.
        options.Checkpoint?.ForgetBefore(tenant.Traffic.Now - RegistrationEvents.Reach);
        try
        {
            _events.Read(new[] { tenant.Traffic.Now - RegistrationReport.Latency, options.Checkpoint?.Oldest }.Min()!.Value, token);
            return null;
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return e.Message;
        }
    }

    /// <summary>What an earlier run left in the checkpoint is good as long as the log has nothing newer.</summary>
    /// <param name="people">Whom it is about: where nothing is there of them, there is nothing to find out.</param>
    private void ReadLogOfResumed(IReadOnlyList<DirectoryUser> people, CancellationToken token)
    {
        if (!_isResumed || _isLogTried || !people.Any(p => options.Checkpoint?.Has(p.Id, needsAll: false) == true)) return;
        if (ReadLog(token) is { } unread) options.Warn($"The audit log could not be read; what the checkpoint has may be out of date (ReadAt says of when it is). {unread}");
        else AddUnmet([], [], token);
    }

    /// <summary>Those of whom only the log tells, by a name that nobody met has.</summary>
    /// <returns>How many events could not be assigned to anybody.</returns>
    private int AddUnmet(Dictionary<string, DirectoryUser> found, Dictionary<string, DirectoryUser>? wanted, CancellationToken token)
    {
        var unknown = new List<string>();
        foreach (var (name, user) in new DirectoryUserSource(client).Lookup([.. _events.Unmet.Where(key => !Guid.TryParse(key, out _))], token))
        {
            if (user is null) unknown.Add(name);
            else if (wanted is null || wanted.ContainsKey(user.Id)) found[user.Id] = user;
        }
        _unassignedUntil = _events.NewestUnassigned(unknown);
        return _events.Nameless + unknown.Count;
    }

    /// <summary>A list that changes while it is read may give somebody twice.</summary>
    private static List<DirectoryUser> Once(IEnumerable<DirectoryUser> users) => [.. users.GroupBy(u => u.Id, StringComparer.OrdinalIgnoreCase).Select(g => g.First())];

    /// <summary>What was read before somebody's newest event is out of date.</summary>
    private DateTimeOffset? NewestOf(DirectoryUser user) => new[] { _events.Of(user.Id, user.UserPrincipalName, _reportedNames.TryGetValue(user.Id, out var reported) ? reported : null)?.Newest, _unassignedUntil }.Max();

    private void TryRead(string what, Action read)
    {
        try
        {
            read();
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            options.Warn($"{what}. {e.Message}");
        }
    }
}
