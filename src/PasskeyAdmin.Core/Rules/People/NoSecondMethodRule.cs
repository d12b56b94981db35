using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

internal sealed class NoSecondMethodRule() : PolicyRule("PK213", "NoSecondMethod", RuleSeverity.Warning, RuleSources.Report | RuleSources.Passkeys | RuleSources.Groups, "Whoever has a passkey has a second way in")
{
    public override string LooksAt => "Enabled users with one registered passkey that the policy lets in and no other method: no second one that works, no Windows Hello for Business, platform credential or certificate, no app, code, text message or call.";

    public override string Why => "Nothing is left to such a user who loses the device. Microsoft: never fewer than two usable methods.";

    public override string Fix => "Have a second method registered, best another passkey on another device; until then only a Temporary Access Pass helps.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-deploy-phishing-resistant-passwordless-authentication");

    public override RuleSources Wishes => RuleSources.Users;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var holders = context.People.Enabled.Where(p => p.Passkeys is { Count: > 0 }).ToList();
        var found = RulePerson.AsObjects(holders.Where(p => Is(context, p) == true));
        var open = holders.Where(p => Is(context, p) is null).ToList();
        if (found.Count > 0) yield return Fail(found, all => $"{Count(all.Count, "user has", "users have")} one passkey that works and no other method: {NameLists.First(all.Select(p => p.Name))}.", look: "Get-PasskeyRegistration");
        if (open.Count > 0) yield return PeopleNotKnown(context, open, "whether these, who have one passkey, have another method");
        if (context.People.Passkeys.Value > 0) yield return PasskeysUnread(context);
        if (found.Count == 0 && open.Count == 0 && context.People.Passkeys.Value == 0) yield return holders.Count == 0 ? FindingResult.NotApplicable("No enabled user has a passkey.") : FindingResult.Pass($"Each of {Count(holders.Count, "user", "users")} with a passkey has a second method.");
    }

    private static bool? Is(RuleContext context, RulePerson person)
    {
        var uses = person.Passkeys!.Select(k => context.IsUsable(person, k)).ToList();
        // Where none works, PK209 says so.
        if (uses.Count(u => u == true) > 1 || uses.TrueForAll(u => u == false)) return false;
        const ReportedMethods second = ReportedMethods.OtherMethods | ReportedMethods.Certificate | ReportedMethods.Phone | ReportedMethods.OtherFactor;
        bool? hasNoOther = person.Methods is not { } methods || person.IsInDoubt ? null : (methods & second) == 0;
        // Of several, it hangs on those of which it is not known.
        return uses.Count > 1 && uses.Exists(u => u is null) ? hasNoOther & null : hasNoOther;
    }
}
