using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>
/// Measures whom a change of policy affects (design §6). It reads no more than the answer hinges on: nothing where the change takes nothing away; else the members of the
/// groups that decide, the registration report and what the audit log has since; somebody's passkeys only where an AAGUID, a type or a gap of the report decides.
/// </summary>
internal sealed class PolicyImpactSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog, ImpactOptions options)
{
    /// <summary>How old an entry of a checkpoint may be (design §5.4).</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromHours(24);

    /// <exception cref="PasskeyAdminException"><c>ImpactNotMeasurable</c> where nobody can say who is concerned.</exception>
    public ImpactMeasurement Measure(PasskeyPolicy before, PasskeyPolicy after, CancellationToken token)
    {
        var change = new PolicyChange(before, after);
        var now = tenant.Traffic.Now;
        var measured = new ImpactMeasurement { Changes = [.. PolicyDifference.Between(before, after)], MeasuredAt = now, TenantId = tenant.TenantId, TenantName = tenant.TenantName };
        if (!change.CanTakeAway) return measured with { IsNothingTaken = true };
        options.Checkpoint?.ForgetBefore(now - MaximumAge);
        AnnounceReport(change, token);
        var emergency = new EmergencyAccountsSource(tenant, client).Read(token);
        var people = new ImpactPeople(client, change, options, now);
        people.NotRead.AddRange(emergency.NotRead);
        if (!before.AreTargetsKnown || !before.AreExclusionsKnown || (before.ProfilesEnrolled is ProfileEnrolment.Yes && before.Target.Any(t => !t.AreProfilesKnown))) people.NotRead.AddRange(before.NotRead);
        people.Read(token);
        var judge = new ImpactJudge(change, people, catalog);
        foreach (var person in people.People) judge.Judge(person);
        var oldest = ReadHinging(people, judge, token);
        // Which of them are emergency accounts is another matter, and so is what follows.
        var mayMiss = people.NotRead.Count > emergency.NotRead.Count;
        var blind = people.AsOf is null ? 0 : people.People.Count(p => p is { Impact: PasskeyImpact.Stranded, Reported: null });
        if (blind > 0) people.NotRead.Add($"Certificates of {blind:N0} stranded {(blind == 1 ? "account" : "accounts")} that the registration report does not have are not known: with one, something is left.");
        var rows = people.People.Where(p => options.KeepsUnaffected || p.Impact is not PasskeyImpact.Unaffected).ToList();
        Complete(rows, people.NotRead, token);
        var asOf = new[] { people.AsOf, oldest }.Min();
        return measured with
        {
            Rows = [.. PasskeyUserImpact.Sorted(rows.Select(p => new PasskeyUserImpact(p, p.Impact, emergency.Of(p.Id, p.UserPrincipalName), asOf, tenant.TenantId)))],
            UnaffectedBesides = people.CountEnabled() - rows.Count(r => r.IsEnabled != false),
            EmergencyAccountBasis = emergency.Basis,
            DataAsOf = asOf,
            NotRead = people.NotRead,
            MayMissPeople = mayMiss,
        };
    }

    /// <summary>Reads the methods of those about whom nothing else decides.</summary>
    /// <returns>The date of the oldest read; null where there was none.</returns>
    private DateTimeOffset? ReadHinging(ImpactPeople people, ImpactJudge judge, CancellationToken token)
    {
        var open = people.People.Where(p => people.Reach.MayAffect(p.Number) && (p is { Hindrance: null, Reported: null } || judge.HingesOnMethods(p))).ToList();
        // Whoever is not in the report may have any method, and of what was removed it is not said which it was; of the others, only the passkeys are open.
        var (all, some) = (open.FindAll(p => p.Reported is null || p.Recent?.HasRemoval == true), open.FindAll(p => p.Reported is not null && p.Recent?.HasRemoval != true));
        if (open.Count == 0) return null;
        var source = new UserMethodsSource(tenant, client, options.Checkpoint);
        // Without the log, nobody knows what came after an entry of the checkpoint.
        DateTimeOffset? Since(ImpactPerson person) => people.IsLogRead ? new[] { person.Recent?.Newest, people.UnassignedUntil }.Max() : DateTimeOffset.MaxValue;
        var requests = source.Open(all, p => p.Id, Since, needsAll: true) + source.Open(some, p => p.Id, Since, needsAll: false);
        if (requests < open.Count) options.Notice?.Invoke(options.Checkpoint!.Reused(open.Count - requests));
        if (requests > 0) new ReadEstimate($"Registered methods of {requests:N0} users, on which the answer hinges", requests, tenant.Traffic.IsPaced).Announce(options.Announce, client);
        var (done, refused) = (0, 0);
        PasskeyAdminException? last = null;
        DateTimeOffset? oldest = null;
        foreach (var (person, methods, fault) in source.Read(all, p => p.Id, Since, needsAll: true, token).Concat(source.Read(some, p => p.Id, Since, needsAll: false, token)))
        {
            options.Progress?.Report(new ReadProgress("Registered methods", ++done, open.Count));
            if (methods is { IsGone: true })
            {
                people.Forget(person);
                continue;
            }
            if (fault is not null) (refused, last) = (refused + 1, fault);
            (person.Read, person.Hindrance) = (methods, fault is null ? null : $"The registered methods could not be read: {fault.Message}");
            if (methods is not null && (oldest is null || methods.ReadAt < oldest)) oldest = methods.ReadAt;
            judge.Judge(person);
        }
        if (last is not null) people.NotRead.Add($"The registered methods of {refused:N0} {(refused == 1 ? "user" : "users")} could not be read: {last.Message}");
        return oldest;
    }

    /// <summary>Names, and who is an administrator, for those rows that came from elsewhere than the report.</summary>
    private void Complete(List<ImpactPerson> rows, List<string> notRead, CancellationToken token)
    {
        var byId = rows.Where(r => r.UserPrincipalName is null || r.IsEnabled is null).ToDictionary(r => r.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var (_, user) in new DirectoryUserSource(client).Lookup([.. byId.Keys], token))
            if (user is not null) byId[user.Id].Take(user);
        if (!rows.Exists(r => r.IsAdministrator is null)) return;
        try
        {
            var administrators = new RoleHoldersSource(client).Read(_ => true, token);
            foreach (var row in rows.Where(r => r.IsAdministrator is null)) row.IsAdministrator = administrators.Contains(row.Id);
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            // Disabled accounts are in none of the numbers.
            if (rows.Exists(r => r.IsAdministrator is null && r.IsEnabled != false)) notRead.Add($"Who is an administrator could not be read: {e.Message}");
        }
    }

    private void AnnounceReport(PolicyChange change, CancellationToken token)
    {
        if (options.Announce is null || options.Checkpoint is { NextPage: null, HasPages: true }) return;
        ReadEstimate.OfReport(UserCount.TryRead(client, token), tenant.Traffic.IsPaced).With($"the audit log since, and the members of {change.Deciding().Count} groups", 1).Announce(options.Announce, client);
    }
}
