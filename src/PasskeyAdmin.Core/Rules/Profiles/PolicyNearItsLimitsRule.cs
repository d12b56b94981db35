using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

internal sealed class PolicyNearItsLimitsRule() : PolicyRule("PK112", "PolicyNearItsLimits", RuleSeverity.Warning, RuleSources.Policy, "The policy has room left")
{
    public override string LooksAt => "The size of the policy against its limit of 20 KB, estimated, from 90 % on; and the number of profiles, from four on: the documentation allows three, the portal announces ten.";

    public override string Why => "A policy that is too large is refused as a whole, in the middle of a rollout.";

    public override string Fix => "Use fewer targets: a group of groups instead of many groups; share lists of AAGUIDs by sharing profiles; remove what nobody uses.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    private const double NearlyFull = 90;
    private const int Documented = 3;
    private const int Announced = 10;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var policy = context.Policy;
        var profiles = policy.Profile.Count(p => !p.IsImplied);
        var evidence = $"About {policy.SizePercent:0} % of {policy.SizeLimit:N0} bytes (estimated), and {profiles} {(profiles == 1 ? "profile" : "profiles")}.";
        if (policy.SizePercent >= NearlyFull) yield return Fail($"The policy takes about {policy.SizePercent:0} % of its {policy.SizeLimit:N0} bytes (estimated).", "Get-PasskeyProfileTarget | Sort-Object Size -Descending");
        // Microsoft contradicts itself (reference/graph-passkey-policy.md §5): not refused, and not passed over.
        if (profiles > Documented) yield return Fail($"The policy has {profiles} profiles. The documentation allows {Documented}, the portal announces {Announced} as the most.", "Get-PasskeyProfile");
        else if (policy.IsWithoutItsProfiles) yield return FindingResult.Unknown("How many profiles there are is not known: the policy names profiles, and does not list them.");
        else if (policy.SizePercent < NearlyFull) yield return FindingResult.Pass(evidence);
    }
}
