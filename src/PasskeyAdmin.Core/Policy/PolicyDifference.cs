using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>What differs between two policies, in words: <c>Synced pilot: - passkey type Synced</c>. Pure.</summary>
internal static class PolicyDifference
{
    public static IEnumerable<string> Between(PasskeyPolicy before, PasskeyPolicy after)
    {
        if (before.State != after.State) yield return $"policy: {before.State} -> {after.State}";
        if (before.SelfServiceRegistration != after.SelfServiceRegistration) yield return $"self-service registration: {Shown(before.SelfServiceRegistration)} -> {Shown(after.SelfServiceRegistration)}";
        if (!IsSame(before.DefaultProfileId, after.DefaultProfileId ?? "") && before.DefaultProfileId != after.DefaultProfileId) yield return $"default profile: {NameOf(before.DefaultProfileId ?? "none", before)} -> {NameOf(after.DefaultProfileId ?? "none", after)}";
        foreach (var profile in before.Profile.Where(b => Same(b, after) is null)) yield return $"- profile {profile.Name}";
        foreach (var profile in after.Profile)
        {
            if (Same(profile, before) is not { } was) yield return $"+ profile {profile.Name} ({profile.PasskeyTypeName}; {profile.Allows})";
            else
                foreach (var line in Between(was, profile)) yield return $"{was.Name}: {line}";
        }
        foreach (var target in before.Target.Where(b => Same(b, after) is null)) yield return $"- target {target.DisplayName}";
        foreach (var target in after.Target)
        {
            if (Same(target, before) is not { } was)
            {
                yield return $"+ target {target.DisplayName} ({target.ProfileName})";
                continue;
            }
            foreach (var id in was.ProfileId.Where(i => !Has(target, i))) yield return $"{target.DisplayName}: - profile {NameOf(id, before)}";
            if (was.Kind != target.Kind) yield return $"{target.DisplayName}: target type: {was.Kind} -> {target.Kind}";
            if (was.IsRegistrationRequired is not null && target.IsRegistrationRequired is not null && was.IsRegistrationRequired != target.IsRegistrationRequired) yield return $"{target.DisplayName}: registration required: {Shown(was.IsRegistrationRequired)} -> {Shown(target.IsRegistrationRequired)}";
            foreach (var id in target.ProfileId.Where(i => !Has(was, i))) yield return $"{target.DisplayName}: + profile {NameOf(id, after)}";
        }
        foreach (var (was, now) in before.Exclusion.Join(after.Exclusion, b => b.Id, a => a.Id, (b, a) => (b, a), StringComparer.OrdinalIgnoreCase).Where(e => e.b.Kind != e.a.Kind)) yield return $"exclusion {now.DisplayName}: target type: {was.Kind} -> {now.Kind}";
        foreach (var exclusion in before.Exclusion.Where(b => !after.Exclusion.Any(a => IsSame(a.Id, b.Id)))) yield return $"- exclusion {exclusion.DisplayName}";
        foreach (var exclusion in after.Exclusion.Where(a => !before.Exclusion.Any(b => IsSame(a.Id, b.Id)))) yield return $"+ exclusion {exclusion.DisplayName}";
    }

    private static IEnumerable<string> Between(PasskeyProfile before, PasskeyProfile after)
    {
        if (before.RawName != after.RawName) yield return $"name -> {after.Name}";
        foreach (var type in Types(before).Except(Types(after))) yield return $"- passkey type {type}";
        foreach (var type in Types(after).Except(Types(before))) yield return $"+ passkey type {type}";
        if (before.Attestation != after.Attestation) yield return $"attestation: {before.Attestation} -> {after.Attestation}";
        if (before.Restriction != after.Restriction) yield return $"providers: {before.Allows} -> {after.Allows}";
        else
            foreach (var line in Lists(before, after)) yield return line;
    }

    private static IEnumerable<string> Lists(PasskeyProfile before, PasskeyProfile after)
    {
        var what = after.Restriction switch { KeyRestrictionKind.Block => "blocked provider", KeyRestrictionKind.None => "provider of the list that is not enforced:", _ => "provider" };
        foreach (var name in Changed(before, after)) yield return $"- {what} {name}";
        if (before.UnreadableAaGuids > after.UnreadableAaGuids) yield return $"- {what} {before.UnreadableAaGuids - after.UnreadableAaGuids} of the entries that cannot be read";
        foreach (var name in Changed(after, before)) yield return $"+ {what} {name}";
    }

    /// <summary>The providers of which the one list has AAGUIDs that the other has not.</summary>
    private static IEnumerable<string> Changed(PasskeyProfile one, PasskeyProfile other) =>
        from provider in one.Provider
        let gone = provider.AaGuid.Except(other.AaGuid).ToList()
        where gone.Count > 0
        select gone.Count == provider.AaGuid.Count && provider.IsKnown ? provider.Name : $"{provider.Name} ({string.Join(", ", gone)})";

    private static string[] Types(PasskeyProfile profile) => [.. profile.PasskeyTypeName.Split(',').Select(t => t.Trim()).Where(t => t.Length > 0 && t != "None")];

    private static PasskeyProfile? Same(PasskeyProfile profile, PasskeyPolicy other) =>
        other.Profile.FirstOrDefault(p => profile.Id is { } id ? id.Equals(p.Id, StringComparison.OrdinalIgnoreCase) : p.Id is null && p.IsImplied == profile.IsImplied && p.RawName == profile.RawName);

    private static PasskeyProfileTarget? Same(PasskeyProfileTarget target, PasskeyPolicy other) => other.Target.FirstOrDefault(t => IsSame(t.Id, target.Id));

    private static bool Has(PasskeyProfileTarget target, string id) => target.ProfileId.Contains(id, StringComparer.OrdinalIgnoreCase);

    private static string NameOf(string id, PasskeyPolicy policy) => policy.Profile.FirstOrDefault(p => IsSame(p.Id, id))?.Name ?? DisplayText.Neutralise(id);

    private static bool IsSame(string? one, string other) => other.Equals(one, StringComparison.OrdinalIgnoreCase);

    private static string Shown(bool? flag) => flag switch { true => "on", false => "off", null => "not known" };
}
