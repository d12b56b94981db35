using System;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>What the attestation of a profile means for the cells of the matrix (reference/graph-passkey-policy.md §7 and §8 [D]).</summary>
/// <param name="demanded">Null where it is not known whether the profile demands attestation.</param>
internal sealed class ProfileAttestation(bool? demanded)
{
    /// <summary>Attested by Apple App Attest, Play Integrity or key attestation (§8).</summary>
    private const string Attested = "Microsoft Authenticator";

    /// <summary>Needs attestation not to be enforced (§7).</summary>
    private const string NeverAttested = "Entra passkey on Windows";

    /// <summary>Whether no passkey of a provider passes, where no cell says more about it.</summary>
    public bool Excludes(PasskeyTypes type, string? requirement) => demanded is true && (type is PasskeyTypes.Synced || Is(requirement, NeverAttested));

    /// <summary>The cell as the attestation leaves it; null where it leaves nothing.</summary>
    public RequirementCell? Judge(RequirementCell cell)
    {
        if (demanded is false || Is(cell.Provider, Attested)) return cell;
        if (cell.PasskeyType is PasskeyTypes.Synced || Is(cell.Provider, NeverAttested))
            return demanded is true ? null : cell.Against("it cannot be attested, and whether the profile demands that is not known");
        // Most keys can, and which one somebody is given is free to choose.
        return cell.Support is SupportKind.Hardware
            ? cell.Narrowed(demanded is true ? "it must pass attestation" : "it may have to pass attestation")
            : cell.Against("whether it can be attested is not known");
    }

    private static bool Is(string? one, string other) => other.Equals(one, StringComparison.OrdinalIgnoreCase);
}
