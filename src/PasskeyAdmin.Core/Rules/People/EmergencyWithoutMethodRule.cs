using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

internal sealed class EmergencyWithoutMethodRule() : PolicyRule("PK205", "EmergencyWithoutMethod", RuleSeverity.Error, RuleSources.Emergency | RuleSources.Groups | RuleSources.Users | RuleSources.Passkeys, "Emergency accounts have a phishing-resistant method that works")
{
    public override string LooksAt => "Emergency accounts, as Connect-PasskeyTenant -EmergencyAccount names them, or else those that most Conditional Access policies leave out: a passkey that the policy lets in, or a certificate that counts as two factors.";

    public override string Why => "An emergency account with a password only can be taken by whoever learns the password; and since Microsoft demands multifactor authentication for its portals, it does not open them.";

    public override string Fix => "Register two security keys for each emergency account, and keep them in different places.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access");

    public override RuleSources Wishes => RuleSources.Report;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var emergency = context.Emergency.Value;
        var judged = emergency.Accounts.Select(a => (Account: a, Has: context.People.Find(a.Id) is { } person ? Has(context, person) : null)).ToList();
        var found = judged.Where(j => j.Has == false).Select(j => j.Account.AsObject()).ToList();
        var open = judged.Where(j => j.Has is null).Select(j => j.Account.Shown).ToList();
        if (found.Count > 0) yield return Fail(found, all => $"{NameLists.First(all.Select(a => a.Name))}: no passkey that works, and no certificate that counts as two factors.{emergency.Basis}", look: "Get-PasskeyRegistration");
        if (open.Count > 0) yield return FindingResult.Unknown($"Whether {NameLists.First(open.Select(DisplayText.Neutralise))} {(open.Count == 1 ? "has" : "have")} a passkey that works, or a certificate, is not known.");
        if (found.Count == 0 && open.Count == 0) yield return FindingResult.Pass($"{NameLists.First(judged.Select(j => DisplayText.Neutralise(j.Account.Shown)))}: {(judged.Count == 1 ? "has" : "each has")} one.{emergency.Basis}");
    }

    /// <summary>A credential of a computer does not count: on the day, the computer may be out of reach.</summary>
    private static bool? Has(RuleContext context, RulePerson person)
    {
        bool? any = person.Methods is not { } methods || person.IsInDoubt ? null : methods.HasFlag(ReportedMethods.MultifactorCertificate) ? true : methods.HasFlag(ReportedMethods.Certificate) ? null : false;
        if (any == true || person.Passkeys is not { } passkeys) return any == true ? true : null;
        foreach (var passkey in passkeys) any |= context.IsUsable(person, passkey);
        return any;
    }
}
