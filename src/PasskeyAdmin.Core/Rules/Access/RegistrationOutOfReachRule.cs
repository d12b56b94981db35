using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Rules;

internal sealed class RegistrationOutOfReachRule() : PolicyRule("PK303", "RegistrationOutOfReach", RuleSeverity.Error, RuleSources.Access, "Newcomers can register security information")
{
    public override string LooksAt => "Enabled Conditional Access policies for the user action \"Register security information\" that block, or demand a managed device, an approved app, or a strength without Temporary Access Pass, and nothing that a newcomer can have instead. Policies that hold at a risk only or for some platforms or named places leave another way and are not accused, nor are those for guests alone.";

    public override string Why => "Somebody who is new, or has lost the device, has neither a managed device nor a method. Then nothing can be registered, not even with a pass.";

    public override string Fix => "Let multifactor authentication do as well, which a Temporary Access Pass fulfils: one of the controls is enough.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-security-info-registration");

    private static readonly HashSet<string> Barriers = new(StringComparer.OrdinalIgnoreCase) { "block", "compliantDevice", "domainJoinedDevice", "approvedApplication", "compliantApplication" };

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var policies = context.Access.Value.Policies.Where(p => p is { IsEnabled: true, IsForRegistration: true, IsAboutRisk: false, IsForSomeFlows: false, IsForSomePlatforms: false, IsForNamedLocations: false, Users.AreGuestsAtMost: false }).ToList();
        if (policies.Count == 0) return [FindingResult.NotApplicable("No enabled policy is about registering security information, whatever the risk, the platform and the place.")];
        return OrPass(policies.Select(p => Look(context, p)).OfType<FindingResult>(), $"{policies.Count} {(policies.Count == 1 ? "policy demands" : "policies demand")} nothing that a newcomer cannot have.");
    }

    private FindingResult? Look(RuleContext context, ConditionalAccessPolicy policy)
    {
        var demanded = policy.Controls.Where(Barriers.Contains).Select(Words).ToList();
        var others = policy.Controls.Count(c => !Barriers.Contains(c)) + (policy.HasOtherControls ? 1 : 0);
        if (policy.StrengthId is not null)
        {
            if (context.Access.Value.StrengthOf(policy) is not { } strength) return FindingResult.Unknown($"The strength of '{DisplayText.Neutralise(policy.Name)}' is not in the list of strengths.");
            // One that takes a password and a second factor takes no pass, but what somebody has who is not new.
            if (!strength.TakesPass) demanded.Add($"the strength '{DisplayText.Neutralise(strength.Name)}'");
            else others++;
        }
        if (demanded.Count == 0 || (policy.IsAnyEnough && others > 0)) return null;
        if (policy.HasDeviceFilter) return FindingResult.Unknown($"'{DisplayText.Neutralise(policy.Name)}' is about registering security information on some devices: whether a newcomer has another one is not known.");
        return Fail(policy.AsObject(), $"'{DisplayText.Neutralise(policy.Name)}' {(policy.Blocks ? "blocks the registration of security information" : $"lets security information be registered only with {(policy.IsAnyEnough ? NameLists.Or(demanded) : NameLists.And(demanded))}")}{(policy.IsForSomeLocations ? ", but for some places" : "")}: a newcomer {(policy.IsForSomeLocations ? "elsewhere " : "")}cannot register a first method, not even with a Temporary Access Pass.");
    }

    private static string Words(string control) => control.ToUpperInvariant() switch
    {
        "BLOCK" => "nothing at all",
        "COMPLIANTDEVICE" => "a compliant device",
        "DOMAINJOINEDDEVICE" => "a hybrid joined device",
        "APPROVEDAPPLICATION" => "an approved app",
        _ => "an app with a protection policy",
    };
}
