using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

/// <summary>Which of two profiles lets more in, at registration (reference/graph-passkey-policy.md §7.4). What is not known is never taken for wider or narrower.</summary>
internal static class ProfileWidth
{
    /// <summary>Whether everything that one lets in the other lets in as well, and more.</summary>
    public static bool IsNarrower(PasskeyProfile one, PasskeyProfile other) => IsKnown(one) && IsKnown(other) && IsWithin(one, other) && !IsWithin(other, one);

    /// <summary>What the wider one lets in beside, in words.</summary>
    public static string More(PasskeyProfile narrow, PasskeyProfile wide)
    {
        var more = new List<string>();
        if ((Types(wide) & ~Types(narrow)) is not PasskeyTypes.None and var types) more.Add($"{(TypeWords.Of(types) ?? "all types of")} passkeys");
        if (!IsListWithin(wide, narrow)) more.Add(wide.Restriction is KeyRestrictionKind.None || IsEmpty(wide, KeyRestrictionKind.Block) ? "passkeys of any provider" : "passkeys of more providers");
        if (narrow.Attestation is PasskeyAttestation.RegistrationOnly && wide.Attestation is PasskeyAttestation.Disabled) more.Add("passkeys without attestation");
        return NameLists.And(more);
    }

    /// <summary>Whether this version understands all that a profile says.</summary>
    public static bool IsKnown(PasskeyProfile profile) =>
        profile.Attestation is not PasskeyAttestation.Unknown && profile is { Restriction: not KeyRestrictionKind.Unknown, UnreadableAaGuids: 0 } && profile.PasskeyTypeName == profile.PasskeyType.ToString();

    private static bool IsWithin(PasskeyProfile one, PasskeyProfile other) =>
        LetsInNothing(one) || ((Types(one) & ~Types(other)) is PasskeyTypes.None && (one.Attestation is PasskeyAttestation.RegistrationOnly || other.Attestation is PasskeyAttestation.Disabled) && IsListWithin(one, other));

    private static bool LetsInNothing(PasskeyProfile profile) => Types(profile) is PasskeyTypes.None || IsEmpty(profile, KeyRestrictionKind.Allow);

    private static bool IsEmpty(PasskeyProfile profile, KeyRestrictionKind list) => profile.Restriction == list && profile.AaGuid.Count == 0;

    /// <summary>Attested passkeys are device-bound (§7, "attestation and type").</summary>
    private static PasskeyTypes Types(PasskeyProfile profile) => profile.Attestation is PasskeyAttestation.RegistrationOnly ? profile.PasskeyType & PasskeyTypes.DeviceBound : profile.PasskeyType;

    private static bool IsListWithin(PasskeyProfile one, PasskeyProfile other) => (one.Restriction, other.Restriction) switch
    {
        (_, KeyRestrictionKind.None) => true,
        (_, KeyRestrictionKind.Block) when other.AaGuid.Count == 0 => true,
        (KeyRestrictionKind.Allow, KeyRestrictionKind.Allow) => one.AaGuid.All(other.AaGuid.Contains),
        (KeyRestrictionKind.Allow, KeyRestrictionKind.Block) => !one.AaGuid.Any(other.AaGuid.Contains),
        (KeyRestrictionKind.Block, KeyRestrictionKind.Block) => other.AaGuid.All(one.AaGuid.Contains),
        _ => false,
    };
}
