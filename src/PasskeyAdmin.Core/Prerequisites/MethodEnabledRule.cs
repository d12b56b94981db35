using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

internal sealed class MethodEnabledRule() : PrerequisiteRule("MethodEnabled", "The passkey method is on", "https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2",
    TenantCapability.PolicyWrite, TenantCapability.Helpdesk, TenantCapability.Rollout, TenantCapability.ConditionalAccess)
{
    private const string Place = "Entra admin centre > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Enable and target";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant) => facts.Policy.Judge(policy => policy.State switch
    {
        PolicyState.Enabled => Judge(policy, MethodConfiguration.Of(policy).Reach(facts.People)),
        PolicyState.Disabled => CheckResult.Fail("Passkey (FIDO2) is switched off.", $"Switch it on: {Place}."),
        _ => CheckResult.Unknown("The policy has a state that this version does not know."),
    });

    private static CheckResult Judge(PasskeyPolicy policy, MethodReach? reach) => reach switch
    {
        null => CheckResult.Unknown($"On; for whom is not known. {policy.NotRead[0]}"),
        { Anybody: true, Idle: { Length: > 0 } idle } => CheckResult.Pass($"On for {reach.Whom}. Of no effect: {idle}."),
        { Anybody: true } => CheckResult.Pass($"On for {reach.Whom}."),
        { Anybody: null } => CheckResult.Unknown($"On; whether that reaches anybody is not known: {reach.NotKnown}.{(reach.Idle.Length > 0 ? $" Of no effect: {reach.Idle}." : "")}", "See the check Permission, and look who is in these groups."),
        { Idle.Length: > 0 } => CheckResult.Fail($"On, but for nobody: {reach.Idle}{reach.NotFor}.", $"Add groups with somebody in them, or all users, and give them a profile: {Place}."),
        _ => CheckResult.Fail("On, but for nobody: the policy has no target.", $"Add groups or all users: {Place}."),
    };
}
