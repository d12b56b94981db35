using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Rules;

internal sealed class StrengthBlocksRegistrationRule() : PolicyRule("PK302", "StrengthBlocksRegistration", RuleSeverity.Error, RuleSources.Access, "No strength on all resources keeps people from registering what it demands")
{
    public override string LooksAt => "Enabled Conditional Access policies for all resources with a strength that takes no Temporary Access Pass, or that demand an approved app or one with a protection policy, and nothing instead. Policies at a risk only or for some platforms, places, devices or ways of signing in leave another way and are not accused, nor are those that exclude applications, or are for guests alone, who cannot register passkeys here.";

    public override string Why => "Registering a passkey is a sign-in, too: whoever has nothing yet cannot register the first one. Microsoft names three ways out. Policies can be separate for mobile devices and computers; the strength can take a pass; or the registration is left out.";

    public override string Fix => "Demand a strength of the tenant's own that takes a Temporary Access Pass as well, or leave out the registration.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-mfa-strength");

    private static readonly HashSet<string> Apps = new(StringComparer.OrdinalIgnoreCase) { "approvedApplication", "compliantApplication" };

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var policies = context.Access.Value.Policies.Where(p => p is { IsEnabled: true, IsForAllApplications: true, IsForUsualSignIns: true, HasApplicationFilter: false, IsForSomePlatforms: false, IsForSomeLocations: false, HasDeviceFilter: false, ExcludeApplications.Count: 0, Users.AreGuestsAtMost: false }
            && (p.StrengthId is not null || p.Controls.Any(Apps.Contains))).ToList();
        if (policies.Count == 0) return [FindingResult.NotApplicable("No enabled policy demands a strength, or an app, for all resources without exception.")];
        return OrPass(policies.Select(p => Look(context, p)).OfType<FindingResult>(), "Each such policy takes a Temporary Access Pass, or something else that a newcomer has.");
    }

    private FindingResult? Look(RuleContext context, ConditionalAccessPolicy policy)
    {
        var name = DisplayText.Neutralise(policy.Name);
        var strength = context.Access.Value.StrengthOf(policy);
        if (policy.StrengthId is not null && strength is null) return FindingResult.Unknown($"The strength that '{name}' demands is not in the list of strengths: whether it takes a Temporary Access Pass is not known.");
        var apps = policy.Controls.Count(Apps.Contains);
        var hasOthers = policy.Controls.Count > apps || policy.HasOtherControls || strength?.TakesPass == true;
        if (policy.IsAnyEnough && hasOthers) return null;
        if (strength is { TakesPass: false }) return Fail(policy.AsObject(), $"'{name}' demands '{DisplayText.Neutralise(strength.Name)}' for all resources, also of whoever would register the first method. It takes no Temporary Access Pass.");
        return apps == 0 ? null : Fail(policy.AsObject(), $"'{name}' demands an approved or protected app for all resources, also where a passkey is registered.");
    }
}
