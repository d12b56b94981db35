using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>
/// Reads users, the registration report with what the audit log has since, and the passkeys of those who have any: the report says who that is, so that nobody else
/// is asked (reference/graph-users-and-usage.md §7). Passkeys of disabled accounts let nobody in, and are not read.
/// </summary>
internal sealed class RulePeopleSource(TenantSession tenant, GraphClient client, RuleOptions options)
{
    private readonly RulePeople _people = new();
    private readonly RegistrationEvents _events = new(client);
    private readonly Dictionary<Guid, DateTimeOffset?> _newest = [];

    /// <param name="isAsked">Whether somebody's passkeys decide anything, who may have some by the report; null where everybody's do.</param>
    public RulePeople Read(RuleSources needs, RuleGroups? groups, CancellationToken token, Func<RulePerson, bool>? isAsked = null)
    {
        var now = tenant.Traffic.Now;
        var (needsPasskeys, needsReport) = (needs.HasFlag(RuleSources.Passkeys), (needs & (RuleSources.Report | RuleSources.Passkeys)) != 0);
        if (!needsReport && !needs.HasFlag(RuleSources.Users)) return _people;
        // Of what is older, the log could not say whether it still holds.
        options.Checkpoint?.ForgetBefore(now - RegistrationEvents.Reach);
        if (needsReport) ReadLog(now, token);
        _people.Users = GraphReading.Try("The users", () => ReadUsers(token));
        if (needsReport) _people.Report = GraphReading.Try("The registration report", () => ReadReport(now, token), WhyMissing);
        _people.UnassignedEvents = _events.Nameless + _events.Unmet.Count(key => !Guid.TryParse(key, out _));
        if (groups is not null)
            foreach (var person in _people.All) person.Number = groups.Members.NumberOf(person.Id.ToString());
        if (needsPasskeys) _people.Passkeys = ReadPasskeys(isAsked, token);
        return _people;
    }

    private int ReadUsers(CancellationToken token)
    {
        var count = 0;
        foreach (var user in new DirectoryUserSource(client).All(token))
        {
            if (!Guid.TryParse(user.Id, out var id)) continue;
            count++;
            _people.Meet(id).Take(user);
            // Whoever is met is somebody: an event about them is not about anybody else.
            _events.Of(user.Id, user.UserPrincipalName);
        }
        return count;
    }

    /// <summary>What came since the report was made; without it, newer registrations are missing.</summary>
    private void ReadLog(DateTimeOffset now, CancellationToken token)
    {
        try
        {
            _events.Read(new[] { now - RegistrationReport.Latency, options.Checkpoint?.Oldest }.Min()!.Value, token);
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            Miss($"The audit log could not be read; who registered a first passkey since the registration report may be missing{(options.Checkpoint?.UserCount > 0 ? ", and what the checkpoint has may be out of date" : "")}. {e.Message}");
        }
    }

    private DateTimeOffset ReadReport(DateTimeOffset now, CancellationToken token)
    {
        if (_people.Users.IsRead || options.Announce is not null) ReadEstimate.OfReport(_people.Users.IsRead ? _people.Users.Value : null, tenant.Traffic.IsPaced).Announce(options.Announce, client);
        var report = new RegistrationReport(client, options.Checkpoint);
        foreach (var row in report.Read(now, options.Progress, token))
        {
            if (!Guid.TryParse(row.Id, out var id)) continue;
            var person = _people.Meet(id);
            // The name may be one from before the user was renamed.
            var recent = _events.Of(row.Id, person.UserPrincipalName, row.UserPrincipalName);
            person.Take(row, recent);
            if (!row.HasPasskey && row.Methods is not null && recent is null) person.Passkeys = [];
            else _newest[id] = recent?.Newest;
        }
        var whole = report.WholeUntil ?? now - RegistrationReport.Latency;
        if (RegistrationEvents.GapSince(whole, now) is { } gap) Miss(gap);
        return whole;
    }

    private void Miss(string gap)
    {
        _people.Gaps.Add(gap);
        options.Notice(gap);
    }

    private string WhyMissing(PasskeyAdminException error)
    {
        _people.HasNoPremiumLicence = error.ErrorId == "PremiumLicenceRequired";
        return RegistrationReport.WhyMissing(error);
    }

    private Reading<int> ReadPasskeys(Func<RulePerson, bool>? isAsked, CancellationToken token)
    {
        if (_people.Report.Reason is { } reason)
        {
            if (!_people.Users.IsRead) return Reading<int>.NotRead(reason);
            options.Notice($"{reason} {(isAsked is null ? "Every user" : "Everybody concerned")} is asked for passkeys.");
        }
        // Whoever is in the directory and not in the report came since, or is disabled.
        var asked = _people.Enabled.Where(p => p.Passkeys is null && isAsked?.Invoke(p) != false).OrderBy(p => p.Id).ToList();
        var source = new UserMethodsSource(tenant, client, options.Checkpoint);
        // An event about somebody unknown may be about anybody: what was read before is out of date.
        var unassigned = _events.NewestUnassigned(_events.Unmet);
        DateTimeOffset? NewestOf(RulePerson person) => new[] { _newest.TryGetValue(person.Id, out var newest) ? newest : _events.Of(person.Id.ToString(), person.UserPrincipalName)?.Newest, unassigned }.Max();
        var requests = source.Open(asked, p => p.Id.ToString(), NewestOf, needsAll: false);
        if (asked.Count > requests) options.Notice(options.Checkpoint!.Reused(asked.Count - requests));
        var estimate = new ReadEstimate($"Passkeys of {requests:N0} users", requests, tenant.Traffic.IsPaced);
        if (estimate.LeastTime > RuleOptions.Patience && !options.Waits && options.Checkpoint is null)
            return Reading<int>.NotRead($"Registered passkeys were not read, as that takes long. {estimate} Say -Wait to wait for it, with -CheckpointPath so that an interrupted run goes on where it stopped.");
        estimate.Announce(options.Announce, client);
        var (done, unasked) = (0, 0);
        PasskeyAdminException? first = null;
        foreach (var (person, methods, fault) in source.Read(asked, p => p.Id.ToString(), NewestOf, needsAll: false, token))
        {
            if (methods is { IsGone: true }) _people.Forget(person.Id);
            else if (methods is not null) (person.Passkeys, person.HasLastUse) = (methods.Passkeys, methods.HasLastUse);
            else (unasked, first) = (unasked + 1, first ?? fault);
            options.Progress?.Report(new ReadProgress("Registered passkeys", ++done, asked.Count));
        }
        if (first is not null && unasked == asked.Count) return Reading<int>.NotRead($"Registered passkeys could not be read. {first.Message}");
        _people.WhyUnasked = first?.Message;
        return Reading<int>.Of(unasked);
    }
}
