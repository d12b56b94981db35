using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>Reads the parts of the policy (reference/graph-passkey-policy.md §3). What it does not know is listed and never lost: the document keeps it.</summary>
internal static class ProfileJson
{
    /// <summary>The types of a profile that does not say them.</summary>
    public const string TypeNotSaid = "Unknown";

    private const string ImpliedName = "Legacy settings";

    public static readonly string[] ProfileProperties = ["id", "name", "passkeyTypes", "attestationEnforcement", "keyRestrictions"];
    public static readonly string[] RestrictionProperties = ["isEnforced", "enforcementType", "aaGuids"];
    public static readonly string[] TargetProperties = ["id", "targetType", "isRegistrationRequired", "allowedPasskeyProfiles"];

    public static ProfileFacts Profile(JObject json, string place, string? defaultId)
    {
        var unknown = new PolicyUnknowns(place);
        unknown.Properties(json, ProfileProperties);
        var id = PolicyValue.Text(json, "id", place);
        var (types, typeName) = Types(PolicyValue.Text(json, "passkeyTypes", place), unknown);
        var (restriction, aaGuids, unreadable) = Restriction(json["keyRestrictions"], place, unknown);
        return new ProfileFacts(id, PolicyValue.Text(json, "name", place) ?? "")
        {
            Types = types,
            TypeName = typeName,
            Attestation = Attestation(PolicyValue.Text(json, "attestationEnforcement", place), unknown),
            Restriction = restriction,
            AaGuids = aaGuids,
            UnreadableAaGuids = unreadable,
            IsDefault = id is not null && id.Equals(defaultId, StringComparison.OrdinalIgnoreCase),
            Size = PolicySize.OfProfile(json),
            UnknownValues = unknown.Found,
        };
    }

    /// <summary>
    /// What the settings of a tenant without profiles amount to. Synced passkeys need profiles (the seed's requirements: "must be enrolled in Passkey
    /// profiles"), so such a tenant knows device-bound ones only.
    /// </summary>
    public static ProfileFacts Implied(JObject policy)
    {
        var unknown = new PolicyUnknowns("");
        // From 2027-10-15 on, Graph no longer gives them (reference/graph-passkey-policy.md §1 [M]): then they are not known.
        var (restriction, aaGuids, unreadable) = Restriction(policy["keyRestrictions"], "", unknown);
        return new ProfileFacts(null, ImpliedName)
        {
            Types = PasskeyTypes.DeviceBound,
            TypeName = nameof(PasskeyTypes.DeviceBound),
            Attestation = PolicyValue.Flag(policy, "isAttestationEnforced", "") switch { true => PasskeyAttestation.RegistrationOnly, false => PasskeyAttestation.Disabled, null => PasskeyAttestation.Unknown },
            Restriction = restriction,
            AaGuids = aaGuids,
            UnreadableAaGuids = unreadable,
            IsImplied = true,
            UnknownValues = unknown.Found,
        };
    }

    /// <param name="isExclusion">An exclusion has no profiles.</param>
    public static TargetFacts Target(JObject json, string place, bool isExclusion)
    {
        var unknown = new PolicyUnknowns(place);
        unknown.Properties(json, TargetProperties);
        var id = PolicyValue.Text(json, "id", place) ?? throw PolicyValue.Unreadable(place, "has no id");
        var type = PolicyValue.Text(json, "targetType", place);
        if (type is not (null or "group" or "user")) unknown.Member("targetType", type);
        var isObject = Guid.TryParse(id, out _);
        if (!isObject && id != TargetFacts.AllUsers) unknown.Member("id", id);
        var kind = id == TargetFacts.AllUsers ? TargetKind.AllUsers
            : !isObject ? TargetKind.Unknown
            : type switch { "group" => TargetKind.Group, "user" => TargetKind.User, _ => TargetKind.Unknown };
        return new TargetFacts(id, kind)
        {
            ProfileIds = isExclusion ? [] : [.. PolicyValue.Texts(json, "allowedPasskeyProfiles", place)],
            AreProfilesKnown = isExclusion || json["allowedPasskeyProfiles"] is JArray,
            IsRegistrationRequired = PolicyValue.Flag(json, "isRegistrationRequired", place),
            Size = isExclusion ? PolicySize.OfExclusion(json) : PolicySize.OfTarget(json),
            UnknownValues = unknown.Found,
        };
    }

    /// <summary>A flags enumeration, which Graph writes as names with commas.</summary>
    private static (PasskeyTypes Types, string Name) Types(string? text, PolicyUnknowns unknown)
    {
        var types = PasskeyTypes.None;
        var others = new List<string>();
        foreach (var member in (text ?? "").Split(',').Select(m => m.Trim()).Where(m => m.Length > 0))
        {
            if (member == "deviceBound") types |= PasskeyTypes.DeviceBound;
            else if (member == "synced") types |= PasskeyTypes.Synced;
            else others.Add(member);
        }
        others.ForEach(m => unknown.Member("passkeyTypes", m));
        var names = types is PasskeyTypes.None ? others : [types.ToString(), .. others];
        return (types, text is null ? TypeNotSaid : names.Count == 0 ? nameof(PasskeyTypes.None) : string.Join(", ", names.Select(DisplayText.Neutralise)));
    }

    private static PasskeyAttestation Attestation(string? text, PolicyUnknowns unknown)
    {
        switch (text)
        {
            case "disabled": return PasskeyAttestation.Disabled;
            case "registrationOnly": return PasskeyAttestation.RegistrationOnly;
            case null: return PasskeyAttestation.Unknown;
            default:
                unknown.Member("attestationEnforcement", text);
                return PasskeyAttestation.Unknown;
        }
    }

    private static (KeyRestrictionKind Kind, IReadOnlyList<Guid> AaGuids, int Unreadable) Restriction(JToken? token, string place, PolicyUnknowns unknown)
    {
        // Nothing said is not the same as no restriction.
        if (token is null or { Type: JTokenType.Null }) return (KeyRestrictionKind.Unknown, [], 0);
        var inner = place + (place.Length > 0 ? "." : "") + "keyRestrictions";
        if (token is not JObject json) throw PolicyValue.Unreadable(inner, "is no object");
        unknown.Properties(json, RestrictionProperties, "keyRestrictions");
        var aaGuids = new List<Guid>();
        var unreadable = 0;
        foreach (var text in PolicyValue.Texts(json, "aaGuids", inner))
        {
            if (Guid.TryParse(text, out var aaGuid))
            {
                aaGuids.Add(aaGuid);
            }
            else
            {
                unreadable++;
                unknown.Member("aaGuids", text);
            }
        }
        var type = PolicyValue.Text(json, "enforcementType", inner);
        if (type is not (null or "allow" or "block")) unknown.Member("enforcementType", type);
        var kind = PolicyValue.Flag(json, "isEnforced", inner) switch
        {
            false => KeyRestrictionKind.None,
            true => type switch { "allow" => KeyRestrictionKind.Allow, "block" => KeyRestrictionKind.Block, _ => KeyRestrictionKind.Unknown },
            null => KeyRestrictionKind.Unknown,
        };
        return (kind, aaGuids, unreadable);
    }
}
