using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>Whether passkeys may be removed, and what is asked before (design §5.5). Pure.</summary>
/// <param name="tenant">Safe to show.</param>
/// <param name="isOverGroups">Whether nobody named the users or the passkeys: then nobody has seen yet whom it is about.</param>
/// <param name="revokes">Whether sessions are revoked as well.</param>
internal sealed class RemovalGuard(RemovalPlan plan, GuardLimits limits, string tenant, bool isOverGroups, bool revokes)
{
    private IReadOnlyList<RemovalUser> Affected => plan.Affected;

    /// <summary>Those who lose a passkey, and those whose sessions only are revoked.</summary>
    private IReadOnlyList<RemovalUser> Due => [.. plan.Users.Where(u => u.IsDue(revokes))];

    /// <summary>Whoever is refused keeps the last one. A user of whom it is not known is no smaller matter than one who is certain to have nothing left.</summary>
    private IReadOnlyList<RemovalUser> Stranded => [.. Affected.Where(u => u is { Verdict: RemovalVerdict.TakesLast, IsRefused: false })];

    private IReadOnlyList<RemovalUser> Unknown => [.. Affected.Where(u => u is { Verdict: RemovalVerdict.Unknown, IsRefused: false })];

    /// <summary>Why it is refused as a whole; null where it is not. Single users are refused by the plan.</summary>
    public PasskeyAdminException? Refusal()
    {
        // Where nobody is asked, one user who was named is what somebody means; more of them may be what a pipeline made.
        var most = limits.MaximumAffectedUser ?? (!limits.IsSilent ? null : isOverGroups ? 0 : 1);
        if (!(Due.Count > most)) return null;
        var limit = limits.MaximumAffectedUser is not null ? $"-MaximumAffectedUser is {most}" : $"where nobody is asked, -MaximumAffectedUser is {(isOverGroups ? "0 over groups" : "1")} unless you give it";
        return new PasskeyAdminException(ErrorKind.InvalidOperation, "TooManyAffectedUsers", $"It {(plan.Passkeys == 0 ? "revokes the sessions" : $"removes {Passkeys(plan.Passkeys)}{(revokes ? " and revokes the sessions" : "")}")} of {GuardWords.People(Due.Count)}{Named(Due)}, and {limit}.");
    }

    /// <summary>What is removed and what that does, in words.</summary>
    public string Words() => string.Join("\n", Lines());

    /// <summary>The same in numbers.</summary>
    public JObject ToJson() => new()
    {
        ["passkeys"] = plan.Passkeys,
        ["users"] = Affected.Count,
        ["revokedUsers"] = revokes ? Due.Count : 0,
        ["administrators"] = Affected.Count(u => u.IsAdministrator),
        ["withoutMethod"] = Stranded.Count,
        ["unknown"] = Unknown.Count,
        ["refusedUsers"] = plan.Users.Count(u => u is { IsRefused: true, IsExempt: false }),
        ["exemptUsers"] = plan.Users.Count(u => u.IsExempt),
        ["notReadUsers"] = plan.Faults.Count,
    };

    private IEnumerable<string> Lines()
    {
        var revoked = Due.Count;
        if (plan.Passkeys == 0)
        {
            // All of them are gone, or stay; what is left to do are the sessions.
            yield return $"Revoke the sign-in sessions of {(revoked == 1 ? Due[0].Shown : GuardWords.People(revoked))} in {tenant}{Named(Due)}. No passkey is removed.";
            if (NotFound is { } none) yield return none;
            yield break;
        }
        yield return Affected.Count == 1
            ? $"Remove {Passkeys(plan.Passkeys)} of {Affected[0].Shown} in {tenant}{Named(Affected)}: {NameLists.First(Affected[0].Taken.Select(p => $"{p.Provider}{(p.Name is { Length: > 0 } name ? $" '{name}'" : "")}"))}."
            : $"Remove {Passkeys(plan.Passkeys)} of {GuardWords.People(Affected.Count)} in {tenant}{Named(Affected)}.";
        if (Stranded.Count > 0) yield return $"{GuardWords.People(Stranded.Count)} would have no phishing-resistant way to sign in left{Named(Stranded)}.";
        if (Unknown.Count > 0) yield return $"Of {GuardWords.People(Unknown.Count)} it is not known whether there is one left{Named(Unknown)}.";
        if (Stranded.Count + Unknown.Count == 0) yield return "Nobody loses the last phishing-resistant way to sign in.";
        if (plan.Users.Count(u => u.IsExempt) is > 0 and var exempt) yield return $"{GuardWords.People(exempt)} {(exempt == 1 ? "keeps" : "keep")} all passkeys, as the account is, or may be, an emergency account.";
        if (plan.Users.Count(u => u is { IsRefused: true, IsExempt: false }) is > 0 and var refused) yield return $"{GuardWords.People(refused)} {(refused == 1 ? "keeps" : "keep")} what is, or may be, their last phishing-resistant method.";
        if (NotFound is { } missing) yield return missing;
        if (revokes) yield return $"The sign-in sessions of {GuardWords.People(revoked)} are revoked.";
        yield return "A removed passkey cannot be restored: its user has to register it again.";
    }

    private string? NotFound => plan.Faults.Count == 0 ? null : $"Nothing is removed for what could not be found or read: {NameLists.First(plan.Faults.Select(f => DisplayText.Excerpt(f.Target, 80)))}.";

    private static string Passkeys(int count) => $"{count:N0} {(count == 1 ? "passkey" : "passkeys")}";

    private static string Named(IEnumerable<RemovalUser> users) => GuardWords.Named(users.Select(u => u.Guarded));
}
