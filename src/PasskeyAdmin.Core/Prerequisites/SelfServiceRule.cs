using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

internal sealed class SelfServiceRule() : PrerequisiteRule("SelfService", "Users may register passkeys themselves", "https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2",
    TenantCapability.PolicyWrite, TenantCapability.Helpdesk, TenantCapability.Rollout)
{
    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant) => facts.Policy.Judge(policy => policy.SelfServiceRegistration switch
    {
        true => CheckResult.Pass(policy is { ProfilesEnrolled: ProfileEnrolment.Yes, IsWithoutItsProfiles: false } ? "Allowed, for all profiles." : "Allowed."),
        // §3 of reference/graph-passkey-policy.md: campaigns and registration on behalf depend on it, too.
        false => CheckResult.Fail("Not allowed: users cannot add a passkey in their security info, and no registration campaign reaches them.",
            "Switch on 'Allow self-service set up': Entra admin centre > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure."),
        null => CheckResult.Unknown("Microsoft Graph does not say.", "Look at 'Allow self-service set up': Entra admin centre > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure."),
    });
}
