using System;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>
/// reference/graph-passkey-policy.md §1 [C]: whoever has the method on and does not opt in is moved, to a default profile that depends on attestation.
/// </summary>
internal sealed class ProfileMigrationRule(PrerequisiteDate date) : DateRule(date)
{
    public const string Key = "ProfileMigration";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.JudgeProfiles(policy => policy switch
    {
        { ProfilesEnrolled: ProfileEnrolment.Yes } => CheckResult.Pass("The tenant has profiles already."),
        { State: PolicyState.Disabled } => CheckResult.Pass("The passkey method is off, and such a tenant is not moved."),
        { State: PolicyState.Enabled } => CheckResult.Fail($"The method is on, and the tenant has no profiles{(facts.Now < day ? "" : " yet, although the day is past")}. Moved by Microsoft, its default profile allows {Later(policy)}.",
            $"Opt in yourself and choose the types of passkeys{(facts.Now < day ? ", before Microsoft does" : "; Microsoft may do it at any time")}: Entra admin centre > Entra ID > Authentication methods > Policies > Passkey (FIDO2)."),
        _ => CheckResult.Unknown("Whether the passkey method is on is not known."),
    });

    private static string Later(PasskeyPolicy policy) => policy.Profile.Single().Attestation switch
    {
        PasskeyAttestation.RegistrationOnly => "device-bound passkeys only, since attestation is enforced",
        PasskeyAttestation.Disabled => "synced passkeys too, since attestation is not enforced",
        _ => "synced passkeys too, unless attestation is enforced, which does not show",
    };
}
