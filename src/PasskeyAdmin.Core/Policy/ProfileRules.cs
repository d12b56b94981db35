using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>What no profile may be, whoever wants it: by parameters, in a plan, or by hand. Pure.</summary>
internal static class ProfileRules
{
    private const int Longest = 256;

    /// <summary>A name that people can read and type. Microsoft does not say what a name may have; two lines or a hidden character are in nobody's interest.</summary>
    /// <param name="what">What gets the name, for the message.</param>
    /// <param name="errorId">The error for one that is none.</param>
    /// <returns>The name without blanks around it.</returns>
    /// <exception cref="PasskeyAdminException">With the id given.</exception>
    public static string RequireName(string name, string what, string errorId = "ProfileNameInvalid")
    {
        var text = name.Trim();
        var reason = text.Length == 0 ? "is empty" : text.Length > Longest ? $"is longer than {Longest} characters" : DisplayText.Neutralise(text) != text ? "has characters that cannot be seen" : null;
        return reason is null ? text : throw new PasskeyAdminException(ErrorKind.InvalidArgument, errorId, $"The name for {what} {reason}. Give another one.");
    }

    /// <summary>Before anything is asked for: what cannot go together, whatever the profile is.</summary>
    /// <exception cref="PasskeyAdminException"><c>TargetTypeEmpty</c>, <c>AttestationInvalid</c>, <c>AttestationWithSynced</c>.</exception>
    public static void RequireTypes(PasskeyTypes? types, PasskeyAttestation? attestation)
    {
        if (types is { } all && (all is PasskeyTypes.None || (all & ~(PasskeyTypes.DeviceBound | PasskeyTypes.Synced)) != 0)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "TargetTypeEmpty", "-TargetType must be Synced, DeviceBound or both.");
        if (attestation is { } demand and not (PasskeyAttestation.Disabled or PasskeyAttestation.RegistrationOnly)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "AttestationInvalid", $"-Attestation is Disabled or RegistrationOnly, and not {demand}.");
        if (attestation is PasskeyAttestation.RegistrationOnly && types?.HasFlag(PasskeyTypes.Synced) == true) throw AttestedSynced("A profile");
    }

    /// <summary>The error for attestation that nobody can give: with it only device-bound passkeys are possible, and what the service says to both is unconfirmed (reference/graph-passkey-policy.md §7).</summary>
    /// <param name="profile">As the subject of a sentence, safe to show.</param>
    public static PasskeyAdminException AttestedSynced(string profile) =>
        new(ErrorKind.InvalidArgument, "AttestationWithSynced", $"{profile} would allow synced passkeys and demand attestation, which synced passkeys do not have. Give -TargetType DeviceBound with -Attestation RegistrationOnly, or -Attestation Disabled with synced passkeys.");

    /// <summary>The error for an enforced allow list in which nothing is.</summary>
    public static PasskeyAdminException Shut(string profile) =>
        new(ErrorKind.InvalidArgument, "AllowListEmpty", $"The profile {CommandText.Quote(profile)} would allow no provider at all. Leave one in the list; -ClearRestriction allows any, and to let nobody use the profile, take it out of its targets.");
}
