using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>reference/graph-users-and-usage.md §2: passkeys are free, the reports and logs are not; the refusal has a code of its own.</summary>
internal sealed class PremiumLicenceRule() : PrerequisiteRule("PremiumLicence", "Reports and logs are licensed", "https://learn.microsoft.com/entra/identity/authentication/howto-authentication-methods-activity",
    TenantCapability.Impact, TenantCapability.PolicyWrite, TenantCapability.Helpdesk, TenantCapability.Rollout, TenantCapability.ConditionalAccess)
{
    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant) => facts.HasPremiumLicence.Judge(has => has
        ? CheckResult.Pass("The sign-in log answers, which needs Microsoft Entra ID P1 or P2.")
        : CheckResult.Fail("The tenant has neither Microsoft Entra ID P1 nor P2. Passkeys themselves are free; the registration report, sign-ins and Conditional Access are not to be had, and the impact of a change can only be measured user by user.",
            "Buy Microsoft Entra ID P1 or P2, or do without."));
}
