using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>What whoever makes a change is ready to accept (design §5.5).</summary>
internal sealed record GuardLimits
{
    /// <summary>Null where no limit was given.</summary>
    public int? MaximumAffectedUser { get; init; }

    /// <summary>Null where none was given: then nobody may be Unknown.</summary>
    public int? MaximumUnknownUser { get; init; }

    public bool AllowsLockout { get; init; }

    public bool SkipsImpact { get; init; }

    /// <summary>Whether nobody is to be asked.</summary>
    public bool IsSilent { get; init; }

    public JObject ToJson() => new()
    {
        ["maximumAffectedUser"] = MaximumAffectedUser,
        ["maximumUnknownUser"] = MaximumUnknownUser,
        ["allowLockout"] = AllowsLockout,
        ["skipImpact"] = SkipsImpact,
        ["isSilent"] = IsSilent,
    };
}

/// <summary>Whether a change may be made, and what is asked before. Pure.</summary>
internal sealed class ChangeGuard(PasskeyPolicyPlan plan, GuardLimits limits)
{
    /// <summary>A question whose numbers have scrolled away is none.</summary>
    private const int MostLines = 20;

    /// <summary>Whether nobody can lose anything by it, as far as that is known.</summary>
    private readonly bool _isHarmless = plan.Impact is null ? !new PolicyChange(plan.Before, plan.After).CanTakeAway : plan.Impact is { Affected: 0, Unknown: 0 } && plan.Measured is { MayMissPeople: false };

    private ImpactMeasurement? Measured => plan.Measured;

    /// <summary>Whether somebody has to be asked.</summary>
    public bool Asks => !limits.IsSilent && !_isHarmless;

    /// <summary>Why it is refused; null where it is not.</summary>
    public PasskeyAdminException? Refusal()
    {
        if (plan.Impact is not { } impact)
        {
            return limits is { IsSilent: true, AllowsLockout: false } && !_isHarmless
                ? Refused("ImpactNotMeasured", "Whom the change affects was not measured (-SkipImpact), and nobody can be asked: it may lock people out. Measure it, or say -AllowLockout as well.")
                : null;
        }
        // Administrators and emergency accounts are named first.
        if (impact.Stranded > 0 && !limits.AllowsLockout)
            return Refused("LockoutRefused", $"{GuardWords.People(impact.Stranded)} would have no phishing-resistant way to sign in left{Named(PasskeyImpact.Stranded)}. Let them register another method first, or leave the passkeys that they have; -AllowLockout makes the change all the same. Measure-PasskeyPolicyImpact lists everybody.");
        var most = limits.MaximumAffectedUser ?? (limits.IsSilent ? 0 : null);
        if (impact.Affected > most)
            return Refused("TooManyAffectedUsers", $"The change takes passkeys from {GuardWords.People(impact.Affected)}, and {(limits.MaximumAffectedUser is null ? "where nobody is asked, -MaximumAffectedUser is 0 unless you give it" : $"-MaximumAffectedUser is {most}")}. Of them, {Kinds(impact)}.");
        if (impact.Unknown > (limits.MaximumUnknownUser ?? 0))
            return Refused("TooManyUnknownUsers", $"It is not known whether the change affects {GuardWords.People(impact.Unknown)}: {GuardWords.Sentence(Measured!.Rows.FirstOrDefault(r => r.Impact is PasskeyImpact.Unknown)?.Reason ?? "what they have could not be read")} -MaximumUnknownUser {impact.Unknown} accepts that.");
        // How many these may be, no number says.
        if (Measured!.MayMissPeople && !limits.AllowsLockout)
            return Refused("ImpactIncomplete", $"Not everything could be read that says whom the change affects, so somebody may be missing in the numbers, and may be locked out: {GuardWords.Sentence(impact.NotRead[0])} -AllowLockout makes the change all the same.");
        return null;
    }

    /// <summary>The change and whom it affects, in words.</summary>
    public string Words() => string.Join("\n", Lines());

    /// <summary>The same, with what would be sent.</summary>
    public string Preview() => $"{Words()}\nIt takes {plan.Request.Count} {(plan.Request.Count == 1 ? "write" : "writes")} (PATCH {PasskeyPolicySource.Path}), and the policy then takes about {plan.SizePercent} % of its room (now {plan.Before.SizePercent} %).";

    private IEnumerable<string> Lines()
    {
        yield return $"Change the passkey policy of {plan.TenantName ?? plan.TenantId ?? "the tenant"}:";
        var shown = plan.Difference.Count > MostLines ? MostLines - 1 : plan.Difference.Count;
        foreach (var line in plan.Difference.Take(shown)) yield return $"  {line}";
        if (shown < plan.Difference.Count) yield return $"  and {plan.Difference.Count - shown} more, which -PlanOnly lists";
        yield return Effect();
        if (plan.Impact is { IsComplete: false } impact)
            foreach (var reason in impact.NotRead) yield return $"Not known: {reason}";
    }

    private string Effect()
    {
        if (plan.Impact is not { } impact) return _isHarmless ? "It takes sign-in from nobody." : "Whom it affects was not measured (-SkipImpact).";
        if (Measured!.IsNothingTaken) return "It takes sign-in from nobody.";
        var text = impact.Affected == 0 ? "It affects nobody that is known" : $"It takes passkeys from {GuardWords.People(impact.Affected)}: {Kinds(impact)}";
        var unknown = impact.Unknown > 0 ? $" Of {GuardWords.People(impact.Unknown)} it is not known." : "";
        var disabled = impact.Disabled > 0 ? $" Besides, {impact.Disabled:N0} disabled {(impact.Disabled == 1 ? "account loses" : "accounts lose")} something, or that is not known." : "";
        var asOf = impact.DataAsOf is { } date ? $" Registrations as of {date.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, with what was registered since." : "";
        return $"{text}.{unknown}{disabled}{asOf}";
    }

    private string Kinds(PasskeyImpactSummary impact)
    {
        var kinds = new List<string>();
        if (impact.Stranded > 0) kinds.Add($"{impact.Stranded:N0} would have no phishing-resistant way to sign in left{Named(PasskeyImpact.Stranded)}");
        if (impact.LosesPasskeySignIn > 0) kinds.Add($"{impact.LosesPasskeySignIn:N0} would lose passkey sign-in and keep another method{Named(PasskeyImpact.LosesPasskeySignIn)}");
        if (impact.LosesPasskey > 0) kinds.Add($"{impact.LosesPasskey:N0} would lose a passkey and keep another one{Named(PasskeyImpact.LosesPasskey)}");
        return NameLists.And(kinds);
    }

    /// <summary>The administrators and emergency accounts among them; empty where there are none.</summary>
    private string Named(PasskeyImpact kind) =>
        GuardWords.Named(Measured!.Rows.Where(r => r.Impact == kind && r.IsEnabled != false).Select(r => new GuardedUser(r.UserPrincipalName ?? r.UserId) { IsAdministrator = r.IsAdministrator == true, IsEmergencyAccount = r.EmergencyAccount is EmergencyAccountKind.Named or EmergencyAccountKind.Presumed }));

    private static PasskeyAdminException Refused(string id, string text) => new(ErrorKind.InvalidOperation, id, text);
}
