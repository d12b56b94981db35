using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Changes;

/// <summary>Whom a Conditional Access policy would shut out, as it was measured.</summary>
internal sealed record AccessImpact(int InScope, IReadOnlyList<GuardedUser> Refused)
{
    public int Unknown { get; init; }

    /// <summary>Why it is not known of the first of them; null where there are none.</summary>
    public string? UnknownReason { get; init; }

    /// <summary>Guests in scope, who bring the methods of their own tenant.</summary>
    public int Guests { get; init; }

    public DateTimeOffset? DataAsOf { get; init; }

    public IReadOnlyList<string> NotRead { get; init; } = [];

    /// <summary>Whether somebody may be missing in the numbers.</summary>
    public bool MayMissPeople { get; init; }

    public JObject ToJson() => new() { ["inScope"] = InScope, ["affected"] = Refused.Count, ["administrators"] = Refused.Count(u => u.IsAdministrator), ["unknown"] = Unknown, ["guests"] = Guests, ["isComplete"] = !MayMissPeople && NotRead.Count == 0 };
}

/// <summary>Whether a Conditional Access policy may be made, and what is asked before (design §5.5): whoever has no method that it takes is shut out when it is enabled. Pure.</summary>
/// <param name="impact">Null where it was not measured.</param>
internal sealed class AccessGuard(AccessPolicyRequest request, string tenant, GuardLimits limits, AccessImpact? impact)
{
    /// <summary>One that only reports, or does nothing yet, shuts out nobody.</summary>
    private readonly bool _isHarmless = request.State is not AccessState.Enabled || impact is { Refused.Count: 0, Unknown: 0, Guests: 0, MayMissPeople: false };

    /// <summary>Whether somebody has to be asked.</summary>
    public bool Asks => !limits.IsSilent && !_isHarmless;

    private string Whither => request.IsForAllApplications ? "everything" : NameLists.First(request.Applications.Select(a => a.Shown));

    /// <summary>Why it is refused; null where it is not.</summary>
    public PasskeyAdminException? Refusal()
    {
        if (request.State is not AccessState.Enabled) return null;
        if (impact is null)
            return limits is { IsSilent: true, AllowsLockout: false } ? Refused("ImpactNotMeasured", "Whom the policy shuts out was not measured (-SkipImpact), and nobody can be asked: it may lock people out. Measure it, or say -AllowLockout as well.") : null;
        var people = GuardWords.People(impact.Refused.Count);
        // Who cannot get into anything cannot register what would help, either.
        if (IsLockout(impact) && !limits.AllowsLockout)
            return Refused("LockoutRefused", $"{people} would be locked out of {Whither}{Who}: they have nothing that {Strength} takes. Let them register it first, make the policy with -State ReportOnly and look at the sign-in log, or leave them out with -ExcludeGroup; -AllowLockout makes it all the same. {Listed}");
        var most = limits.MaximumAffectedUser ?? (limits.IsSilent ? 0 : null);
        if (impact.Refused.Count > most)
            return Refused("TooManyAffectedUsers", $"The policy shuts {people} out of {Whither}{Who}, and {(limits.MaximumAffectedUser is null ? "where nobody is asked, -MaximumAffectedUser is 0 unless you give it" : $"-MaximumAffectedUser is {most}")}. {Listed}");
        // Whether what guests bring counts here, the settings for access from other tenants say, which are not read.
        var unknown = impact.Unknown + impact.Guests;
        if (unknown > (limits.MaximumUnknownUser ?? 0))
            return Refused("TooManyUnknownUsers", $"It is not known whether the policy shuts out {GuardWords.People(unknown)}{(impact.Guests > 0 ? $", {impact.Guests:N0} of them guests, who bring the methods of their own tenant" : "")}: {GuardWords.Sentence(impact.UnknownReason ?? (impact.Unknown > 0 ? "what they have could not be read" : "whether those count here is not read; leave guests out with -ExcludeGroup"))} -MaximumUnknownUser {unknown} accepts that.");
        // How many these may be, no number says.
        return impact.MayMissPeople && !limits.AllowsLockout
            ? Refused("ImpactIncomplete", $"Not everything could be read that says whom the policy shuts out, so somebody may be missing in the numbers, and may be locked out: {GuardWords.Sentence(impact.NotRead.Count > 0 ? impact.NotRead[0] : "the people could not be read")} -AllowLockout makes it all the same.")
            : null;
    }

    /// <summary>The policy and whom it shuts out, in words.</summary>
    public string Words() => string.Join("\n", [$"Make a Conditional Access policy in {tenant}:", .. request.Words.Select(w => $"  {w}"), Effect(), .. impact is null ? [] : impact.NotRead.Select(r => $"Not known: {r}")]);

    /// <summary>Who cannot get into anything, or not where methods are registered, cannot register what would help; and an administrator who cannot get into the portals cannot mend it.</summary>
    private bool IsLockout(AccessImpact measured) => (request.IsForRegistration && measured.Refused.Count > 0) || (request.IsForAdministration && measured.Refused.Any(u => u.IsAdministrator));

    private string Strength => CommandText.Quote(request.Strength.Name);

    private string Who => impact!.Refused.Any(u => u.IsAdministrator || u.IsEmergencyAccount) ? GuardWords.Named(impact.Refused) : $" ({GuardWords.Names(impact.Refused)})";

    private string Listed => $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(request.Strength.Id)} -IncludeRefusedUser lists whom it refuses.";

    private string Effect()
    {
        if (request.State is AccessState.ReportOnly) return "It only reports: it takes sign-in from nobody, and shows in the sign-in log what it would do.";
        if (request.State is not AccessState.Enabled) return "It is disabled: it takes sign-in from nobody.";
        if (impact is null) return "Whom it shuts out was not measured (-SkipImpact).";
        if (impact is { MayMissPeople: true, InScope: 0, Refused.Count: 0, Unknown: 0 }) return "Whom it shuts out is not known.";
        if (impact is { InScope: 0, Refused.Count: 0, Unknown: 0, Guests: 0 }) return "It is for nobody: whom it includes, it leaves out, or they cannot sign in.";
        var text = impact.Refused.Count == 0 ? $"It shuts out nobody that is known, of {GuardWords.People(impact.InScope)}" : $"Of {GuardWords.People(impact.InScope)}, it shuts {impact.Refused.Count:N0} out of {Whither}{Who}: they have nothing that {Strength} takes";
        var unknown = impact.Unknown > 0 ? $" Of {GuardWords.People(impact.Unknown)} it is not known." : "";
        var guests = impact.Guests > 0 ? $" {impact.Guests:N0} {(impact.Guests == 1 ? "guest" : "guests")} beside them bring the methods of their own tenant: whether those count here is not known." : "";
        var asOf = impact.DataAsOf is { } date ? $" Registrations as of {date.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, with what was registered since." : "";
        return $"{text}.{unknown}{guests}{asOf}";
    }

    private static PasskeyAdminException Refused(string id, string text) => new(ErrorKind.InvalidOperation, id, text);
}
