namespace PasskeyAdmin.Providers;

/// <summary>Whether a model can register where a profile enforces attestation. Unknown never turns into Yes or No.</summary>
public enum AttestationEligibility
{
    Unknown,
    No,
    Yes,
}
