using System.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

internal sealed class MethodEnabledRule() : PrerequisiteRule("MethodEnabled", "The passkey method is on", "https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2",
    TenantCapability.PolicyWrite, TenantCapability.Helpdesk, TenantCapability.Rollout, TenantCapability.ConditionalAccess)
{
    private const string Place = "Entra admin centre > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Enable and target";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant) => facts.Policy.Judge(policy => policy.State switch
    {
        PolicyState.Enabled when policy.Target.Count > 0 => CheckResult.Pass($"On for {string.Join(", ", policy.Target.Select(t => t.DisplayName))}."),
        PolicyState.Enabled when policy.NotRead.Count > 0 => CheckResult.Unknown($"On; for whom is not known. {policy.NotRead[0]}"),
        PolicyState.Enabled => CheckResult.Fail("On, but for nobody: the policy has no target.", $"Add groups or all users: {Place}."),
        PolicyState.Disabled => CheckResult.Fail("Passkey (FIDO2) is switched off.", $"Switch it on: {Place}."),
        _ => CheckResult.Unknown("The policy has a state that this version does not know."),
    });
}
