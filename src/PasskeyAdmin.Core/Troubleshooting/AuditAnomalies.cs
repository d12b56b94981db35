using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What somebody should look at about registrations. The numbers are ours: nobody documents any. Each kind has harmless causes, such as a helpdesk that sets up new people; so the reason is given and no verdict.</summary>
internal sealed class AuditAnomalies(AuditFacts facts)
{
    /// <summary>What belongs together in time: a pass and what is registered with it, and many of something.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    /// <summary>So many passkeys of one user within the span are many: people register two, on a phone and on a key.</summary>
    public const int ManyOfOneUser = 3;

    /// <summary>For so many other people within the span, one administrator registering passkeys is many.</summary>
    public const int ManyUsersOfOneInitiator = 5;

    private readonly PolicyEvaluator? _policy = facts.Policy is { } policy ? new PolicyEvaluator(policy) : null;

    /// <param name="around">What is known of the time around, in any order.</param>
    public (IReadOnlyList<PasskeyAuditAnomaly> Found, IReadOnlyList<string> NotChecked) Judge(AuditRecord record, IReadOnlyList<AuditRecord> around)
    {
        var (found, open) = (new List<PasskeyAuditAnomaly>(), new List<string>());
        if (record.Main is not { Kind: PasskeyAuditKind.Registration, IsSuccess: not false }) return (found, open);
        if (record.Main.Method is null)
        {
            if (!record.Main.IsPass) open.Add("Of what kind it was: the log does not say.");
            return (found, open);
        }
        void Add(PasskeyAnomalyKind kind, string? reason)
        {
            if (reason is not null) found.Add(new PasskeyAuditAnomaly(kind, DisplayText.Neutralise(reason)));
        }

        if (record.Initiator is PasskeyAuditInitiator.OtherUser or PasskeyAuditInitiator.Application) Add(PasskeyAnomalyKind.RegisteredBySomebodyElse, $"{NameOf(record)} registered it, and not the user.");
        else if (record.Initiator is PasskeyAuditInitiator.Unknown) open.Add("Who registered it: the log does not say.");
        if (!record.IsPasskeyRegistration) return (found, open);
        if (record.At is not { } at) open.Add("What was registered around it, and where: it has no date.");
        else
        {
            var near = around.Where(r => r.At is { } time && (time - at).Duration() <= Span).ToList();
            Add(PasskeyAnomalyKind.RegisteredAfterPass, AfterPass(record, at, near));
            Add(PasskeyAnomalyKind.ManyOfOneUser, ManyOfUser(record, at, near));
            Add(PasskeyAnomalyKind.ManyByOneInitiator, ManyByInitiator(record, at, near));
            if (facts.Only is not null && record.Initiator is (PasskeyAuditInitiator.OtherUser or PasskeyAuditInitiator.Application)) open.Add($"Whether {DisplayText.Neutralise(NameOf(record))} registered passkeys for many others: only this user was looked at.");
            if (facts.Places is null) open.Add($"Where it was registered: {facts.PlacesNotRead}.");
            else if (record.Initiator is PasskeyAuditInitiator.Themselves)
            {
                var (reason, unknown) = facts.Places.OfRegistration(record.User.Id, at);
                Add(PasskeyAnomalyKind.UnusualPlace, reason);
                if (unknown is not null) open.Add($"Where it was registered: {unknown}.");
            }
        }
        var allowed = IsAllowed(record, out var why);
        if (allowed == false) Add(PasskeyAnomalyKind.ProviderNotAllowed, $"No profile of the present policy allows {(record.Main.AaGuid is { } aaGuid ? facts.Catalog.Find(aaGuid).Name : "such a passkey")} passkeys like this one; it may have been allowed when it was registered.");
        else if (allowed is null) open.Add($"Whether its provider is allowed: {why}.");
        return (found, open);
    }

    /// <summary>By all profiles of the tenant together (reference/graph-passkey-policy.md §7.5): a profile that the user is not in may be the one. So No is certain, and Yes is not asked here.</summary>
    private bool? IsAllowed(AuditRecord record, out string why)
    {
        why = "the policy could not be read";
        if (_policy is null) return null;
        why = record.Main.AaGuid is null ? "the log has no AAGUID" : "it depends on what the log or the policy does not say";
        return PolicyEvaluator.Combined(_policy.PossibilitiesOf(new PasskeyTraits(record.Main.Type, record.Main.AaGuid)).Select(AnyProfileAllows));
    }

    private bool? AnyProfileAllows(PasskeyModel model)
    {
        // A policy without its profiles says nothing.
        bool? any = _policy!.Policy.IsWithoutItsProfiles ? null : false;
        foreach (var profile in _policy.Policy.Profile) any |= PolicyClauses.AllowsSignIn(profile, model);
        return any;
    }

    private static string? AfterPass(AuditRecord record, DateTimeOffset at, List<AuditRecord> near)
    {
        var pass = near.Where(r => r.MayBePass && r.At <= at && r.User.IsSame(record.User)).OrderByDescending(r => r.At).FirstOrDefault();
        if (pass is null) return null;
        var before = (int)Math.Round((at - pass.At!.Value).TotalMinutes);
        return $"{(before == 1 ? "1 minute" : $"{before} minutes")} before, {NameOf(pass)} {(pass.Main.IsPass ? "issued a Temporary Access Pass to the user" : "registered security info for the user, which may have been a Temporary Access Pass (the log does not say)")}.";
    }

    private static string? ManyOfUser(AuditRecord record, DateTimeOffset at, List<AuditRecord> near)
    {
        var most = MostAround(at, near.Where(r => r.IsPasskeyRegistration && (ReferenceEquals(r, record) || r.User.IsSame(record.User))), within => within.Count);
        return most >= ManyOfOneUser ? $"{most} passkeys of this user were registered within an hour." : null;
    }

    private static string? ManyByInitiator(AuditRecord record, DateTimeOffset at, List<AuditRecord> near)
    {
        if (record.Initiator is not (PasskeyAuditInitiator.OtherUser or PasskeyAuditInitiator.Application)) return null;
        var most = MostAround(at, near.Where(r => r.IsPasskeyRegistration && r.Initiator == record.Initiator && (ReferenceEquals(r, record) || r.By.IsSame(record.By))),
            within => within.Select(r => r.User.Id ?? r.User.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        return most >= ManyUsersOfOneInitiator ? $"{NameOf(record)} registered passkeys for {most} users within an hour." : null;
    }

    /// <summary>The most that any hour has that this moment is in.</summary>
    private static int MostAround(DateTimeOffset at, IEnumerable<AuditRecord> records, Func<IReadOnlyCollection<AuditRecord>, int> count)
    {
        var all = records.ToList();
        return all.Select(r => r.At!.Value).Where(start => start <= at).Select(start => count([.. all.Where(r => r.At >= start && r.At - start <= Span)])).DefaultIfEmpty(0).Max();
    }

    private static string NameOf(AuditRecord record) => record.By.Name ?? record.By.Display ?? record.By.Id ?? (record.Initiator is PasskeyAuditInitiator.Application ? "an application" : "somebody else");
}
