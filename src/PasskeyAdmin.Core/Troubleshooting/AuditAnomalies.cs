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
    public AuditJudgement Judge(AuditRecord record, IReadOnlyList<AuditRecord> around)
    {
        var judgement = new AuditJudgement();
        if (record.Main is not { Kind: PasskeyAuditKind.Registration, IsSuccess: not false }) return judgement;
        if (record.Main.Method is null)
        {
            if (!record.Main.IsPass) judgement.PassOver("Of what kind it was: the log does not say.");
            return judgement;
        }
        if (IsByOthers(record)) judgement.Add(PasskeyAnomalyKind.RegisteredBySomebodyElse, $"{NameOf(record)} registered it, and not the user.");
        else if (record.Initiator is PasskeyAuditInitiator.Unknown) judgement.LeaveOpen("Who registered it: the log does not say.");
        if (!record.IsPasskeyRegistration) return judgement;
        if (record.At is { } at)
        {
            JudgeTime(record, at, [.. around.Where(r => r.At is { } time && (time - at).Duration() <= Span)], judgement);
            JudgePlace(record, at, judgement);
        }
        else judgement.LeaveOpen("What was registered around it, and where: it has no date.");
        JudgeProvider(record, judgement);
        return judgement;
    }

    private static bool IsByOthers(AuditRecord record) => record.Initiator is PasskeyAuditInitiator.OtherUser or PasskeyAuditInitiator.Application;

    private void JudgeTime(AuditRecord record, DateTimeOffset at, List<AuditRecord> near, AuditJudgement judgement)
    {
        judgement.Add(PasskeyAnomalyKind.RegisteredAfterPass, AfterPass(record, at, near));
        judgement.Add(PasskeyAnomalyKind.ManyOfOneUser, ManyOfUser(record, at, near));
        if (!IsByOthers(record)) return;
        judgement.Add(PasskeyAnomalyKind.ManyByOneInitiator, ManyByInitiator(record, at, near));
        if (facts.Only is not null) judgement.PassOver($"Whether {NameOf(record)} registered passkeys for many others: only this user was looked at.");
    }

    private void JudgePlace(AuditRecord record, DateTimeOffset at, AuditJudgement judgement)
    {
        const string Where = "Where it was registered";
        if (IsByOthers(record)) judgement.PassOver($"{Where}: somebody else did it, whose place is not that of the user, and was not looked at.");
        else if (record.Initiator is PasskeyAuditInitiator.Unknown) judgement.LeaveOpen($"{Where}: it is not known who did it, and so not in which sign-in.");
        else if (facts.Places is null && facts.PlacesFault is null) judgement.PassOver($"{Where}: {AuditFacts.PlacesNotAsked}.");
        else if (facts.Places is null) judgement.LeaveOpen($"{Where}: {facts.PlacesFault}.");
        else
        {
            var (reason, unknown) = facts.Places.OfRegistration(record.User.Id, at);
            judgement.Add(PasskeyAnomalyKind.UnusualPlace, reason);
            if (unknown is not null) judgement.LeaveOpen($"{Where}: {unknown}.");
        }
    }

    private void JudgeProvider(AuditRecord record, AuditJudgement judgement)
    {
        var allowed = IsAllowed(record, out var why);
        if (allowed is null) judgement.LeaveOpen($"Whether its provider is allowed: {why}.");
        if (allowed != false) return;
        var provider = record.Main.AaGuid is { } aaGuid ? facts.Catalog.Find(aaGuid).Name : "such a passkey";
        judgement.Add(PasskeyAnomalyKind.ProviderNotAllowed, $"No profile of the present policy allows {provider} passkeys like this one; it may have been allowed when it was registered.");
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

    private static string NameOf(AuditRecord record) => AuditWords.Name(record.By.Name ?? record.By.Display ?? record.By.Id ?? (record.Initiator is PasskeyAuditInitiator.Application ? "an application" : "somebody else"));
}
