using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

internal sealed class SyncedForAdministratorsRule() : PolicyRule("PK201", "SyncedForAdministrators", RuleSeverity.Warning, RuleSources.Roles | RuleSources.Groups | RuleSources.Users, "Administrators cannot use synced passkeys")
{
    public override string LooksAt => "Enabled users with a directory role, active now, whom a profile lets register a synced passkey. Roles that only read reports or the directory do not count, nor do guests; emergency accounts have rules of their own.";

    public override string Why => "A synced passkey is as safe as the account of the provider that keeps it, which the tenant does not govern. Microsoft advises device-bound passkeys for administrators.";

    public override string Fix => "Take administrators out of the groups that get synced passkeys. Look first what they would lose: Measure-PasskeyPolicyImpact.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-deploy-phishing-resistant-passwordless-authentication");

    public override RuleSources Wishes => RuleSources.Emergency;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var synced = context.Evaluator.PossibilitiesOf(new PasskeyTraits(PasskeyTypes.Synced, null)).ToList();
        var byNumber = new Dictionary<int, bool?>();
        bool? May(RulePerson person)
        {
            if (byNumber.TryGetValue(person.Number, out var known)) return known;
            bool? any = false;
            foreach (var model in synced) any |= context.Evaluator.MayRegister(context.MembershipOf(person), model, isAttested: false);
            return byNumber[person.Number] = any;
        }
        var administrators = context.Administrators().ToList();
        var allowed = RulePerson.AsObjects(administrators.Where(p => May(p) == true), p => context.Roles.Value.RolesOf(p.Id));
        var open = administrators.Where(p => May(p) is null).ToList();
        if (allowed.Count > 0) yield return Fail(allowed, all => $"{Count(all.Count, "administrator may", "administrators may")} register synced passkeys: {NameLists.First(all.Select(a => $"{a.Name} ({a.Detail})"))}.", look: "Get-PasskeyEffectivePolicy");
        if (open.Count > 0) yield return PeopleNotKnown(context, open, "whether these may register synced passkeys");
        if (allowed.Count == 0 && open.Count == 0) yield return administrators.Count == 0 ? NoAdministrators : FindingResult.Pass($"None of {Count(administrators.Count, "administrator", "administrators")} may register one.");
    }
}
