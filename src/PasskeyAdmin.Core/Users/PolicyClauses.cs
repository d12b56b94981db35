using System;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>
/// The clauses by which Microsoft Entra ID decides about a passkey, as reference/graph-passkey-policy.md §7 has them from Microsoft's documentation
/// (learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2). Null is "not known", and is reckoned with as such.
/// </summary>
internal static class PolicyClauses
{
    /// <summary>§7.1 [D]: a method that is not enabled lets nobody in.</summary>
    public static bool? IsOn(PolicyState state) => state switch { PolicyState.Enabled => true, PolicyState.Disabled => false, _ => null };

    /// <summary>
    /// Whom a target or an exclusion means (§7.3 [D]): all users, the members of a group, of nested ones too, or one user as old policies have it. What
    /// the directory does not have means nobody.
    /// </summary>
    public static bool? Means(TargetKind kind, TargetStatus status, string id, Membership user) => kind switch
    {
        TargetKind.AllUsers => true,
        _ when status is TargetStatus.NotFound => false,
        TargetKind.Group or TargetKind.User => user.Covers(id),
        _ => user.Covers(id) is true ? true : null,
    };

    /// <summary>§7.2 [D]: whoever is in an excluded group is shut out, from registration and from sign-in, whatever the targets say.</summary>
    public static bool? IsExcluded(PasskeyPolicy policy, Membership user)
    {
        bool? excluded = policy.AreExclusionsKnown ? false : null;
        foreach (var exclusion in policy.Exclusion) excluded |= Means(exclusion.Kind, exclusion.Status, exclusion.Id, user);
        return excluded;
    }

    /// <summary>§7.4 and §7.5 [D]: the type counts at registration and at sign-in.</summary>
    /// <param name="type"><see cref="PasskeyTypes.None"/> for one that this version does not know.</param>
    public static bool? TypePasses(PasskeyProfile profile, PasskeyTypes type) => profile switch
    {
        { PasskeyTypeName: ProfileJson.TypeNotSaid } => null,
        _ when type is not PasskeyTypes.None => (profile.PasskeyType & type) != 0,
        // Whatever it is, it may be what the profile names and we do not know.
        _ => profile.PasskeyTypeName == profile.PasskeyType.ToString() ? false : null,
    };

    /// <summary>
    /// §7.6 [D]: an enforced list lets in what it allows, or what it does not block. An AAGUID of zeros says that the authenticator does not tell its model: it
    /// is in no allow list, and whether a block list would stop it is not documented.
    /// </summary>
    public static bool? ListPasses(PasskeyProfile profile, Guid aaGuid)
    {
        var isListed = profile.AaGuid.Contains(aaGuid);
        return profile.Restriction switch
        {
            KeyRestrictionKind.None => true,
            KeyRestrictionKind.Allow => isListed ? true : profile.UnreadableAaGuids > 0 ? null : false,
            KeyRestrictionKind.Block => isListed ? false : profile.UnreadableAaGuids > 0 || aaGuid == Guid.Empty ? null : true,
            _ => null,
        };
    }

    /// <summary>§7.4 [D]: attestation counts at registration, and never again (§7.5). A synced passkey has none (§7, "attestation and type" [D]).</summary>
    /// <param name="isAttested">Null where that is not known.</param>
    public static bool? AttestationPasses(PasskeyProfile profile, PasskeyTypes type, bool? isAttested) => profile.Attestation switch
    {
        PasskeyAttestation.Disabled => true,
        PasskeyAttestation.RegistrationOnly => type is PasskeyTypes.Synced ? false : isAttested,
        _ => isAttested == true && type is not PasskeyTypes.Synced ? true : null,
    };

    /// <summary>§7.5 [D]: what one profile lets in at sign-in.</summary>
    public static bool? AllowsSignIn(PasskeyProfile profile, PasskeyModel passkey) => TypePasses(profile, passkey.Type) & ListPasses(profile, passkey.AaGuid);

    /// <summary>§7.4 [D]: what one profile lets in at registration, where users may register at all.</summary>
    public static bool? AllowsRegistration(PasskeyProfile profile, PasskeyModel passkey, bool? isAttested) =>
        AllowsSignIn(profile, passkey) & AttestationPasses(profile, passkey.Type, isAttested);
}
