using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

/// <summary>Things of a tenant, as findings name them.</summary>
internal static class RuleObjects
{
    public static FindingObject AsObject(this PasskeyProfile profile, string? detail = null) => new(FindingObjectKind.Profile, profile.Id, profile.RawName.Length > 0 ? profile.RawName : profile.Name, detail);

    public static FindingObject AsObject(this PasskeyProfileTarget target, string? detail = null) => new(FindingObjectKind.Target, target.Id, target.DisplayName, detail);

    public static FindingObject AsObject(this PasskeyExclusion exclusion, string? detail = null) => new(FindingObjectKind.Exclusion, exclusion.Id, exclusion.DisplayName, detail);

    public static FindingObject AsObject(this ConditionalAccessPolicy policy, string? detail = null) => new(FindingObjectKind.ConditionalAccessPolicy, policy.Id, policy.Name, detail);

    public static FindingObject AsObject(this AuthenticationStrength strength, string? detail = null) => new(FindingObjectKind.AuthenticationStrength, strength.Id, strength.Name, detail);

    /// <summary>The profiles that a target uses, with what leads to them; empty where it uses none, or does not say which.</summary>
    public static string UsedFor(this PasskeyProfileTarget target, string lead) => target.ProfileName.Count == 0 ? "" : $"{lead}{NameLists.And(target.ProfileName.Select(n => $"'{n}'"))}";

    /// <summary>How a command names a profile.</summary>
    public static string Parameter(this PasskeyProfile profile) => profile.Id is { } id ? $"-ProfileId {CommandText.Quote(id)}" : $"-Name {CommandText.Quote(profile.Name)}";
}
