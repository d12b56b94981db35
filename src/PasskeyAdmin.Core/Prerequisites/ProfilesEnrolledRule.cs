using System.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

internal sealed class ProfilesEnrolledRule() : PrerequisiteRule("ProfilesEnrolled", "The tenant is enrolled in passkey profiles", "https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2",
    TenantCapability.PolicyWrite, TenantCapability.Rollout)
{
    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant) => facts.JudgeProfiles(policy =>
    {
        if (policy.ProfilesEnrolled is ProfileEnrolment.Yes) return CheckResult.Pass($"{policy.Profile.Count} {(policy.Profile.Count == 1 ? "profile" : "profiles")}: {string.Join(", ", policy.Profile.Select(p => p.Name))}.");
        // Where Graph does not describe profiles, it may leave them out.
        if (GraphCloud.Find(tenant.Environment) is { DescribesProfiles: false }) return CheckResult.Unknown("The policy has no profiles; in this cloud, Microsoft Graph may leave them out.");
        return CheckResult.Fail("The policy has no profiles: synced passkeys cannot be allowed.",
            "Opt in to passkey profiles, which cannot be undone: Entra admin centre > Entra ID > Authentication methods > Policies > Passkey (FIDO2). A tenant in which the method is off is not moved by Microsoft.");
    });
}
