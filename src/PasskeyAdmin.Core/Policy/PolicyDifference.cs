using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>What differs between two policies, thing by thing, or in words: <c>Synced pilot: - passkey type Synced</c>. Pure.</summary>
internal static class PolicyDifference
{
    private const string Itself = "policy";

    public static IEnumerable<string> Between(PasskeyPolicy before, PasskeyPolicy after) => Deltas(before, after).SelectMany(d => d.Lines);

    public static IEnumerable<PolicyDelta> Deltas(PasskeyPolicy before, PasskeyPolicy after) => [.. OfPolicy(before, after), .. OfProfiles(before, after), .. OfTargets(before, after), .. OfExclusions(before, after)];

    private static IEnumerable<PolicyDelta> OfPolicy(PasskeyPolicy before, PasskeyPolicy after)
    {
        if (before.State != after.State) yield return Changed(PolicyPart.Policy, Itself, "State", before.State.ToString(), after.State.ToString(), $"policy: {before.State} -> {after.State}");
        if (before.SelfServiceRegistration != after.SelfServiceRegistration) yield return Changed(PolicyPart.Policy, Itself, "SelfServiceRegistration", Shown(before.SelfServiceRegistration), Shown(after.SelfServiceRegistration), $"self-service registration: {Shown(before.SelfServiceRegistration)} -> {Shown(after.SelfServiceRegistration)}");
        if (IsSame(before.DefaultProfileId, after.DefaultProfileId ?? "") || before.DefaultProfileId == after.DefaultProfileId) yield break;
        var (was, now) = (NameOf(before.DefaultProfileId ?? "none", before), NameOf(after.DefaultProfileId ?? "none", after));
        yield return Changed(PolicyPart.Policy, Itself, "DefaultProfile", was, now, $"default profile: {was} -> {now}");
    }

    private static IEnumerable<PolicyDelta> OfProfiles(PasskeyPolicy before, PasskeyPolicy after)
    {
        foreach (var profile in before.Profile.Where(b => Same(b, after) is null)) yield return Gone(PolicyPart.Profile, profile.Name, Words(profile), $"- profile {profile.Name}");
        foreach (var profile in after.Profile)
        {
            if (Same(profile, before) is not { } was) yield return Came(PolicyPart.Profile, profile.Name, Words(profile), $"+ profile {profile.Name} ({Words(profile)})");
            else
                foreach (var delta in Between(was, profile)) yield return delta;
        }
    }

    private static IEnumerable<PolicyDelta> Between(PasskeyProfile before, PasskeyProfile after)
    {
        PolicyDelta Of(string setting, string was, string now, params string[] lines) => Changed(PolicyPart.Profile, before.Name, setting, was, now, [.. lines.Select(l => $"{before.Name}: {l}")]);
        if (before.RawName != after.RawName) yield return Of("Name", before.Name, after.Name, $"name -> {after.Name}");
        string[] types = [.. Types(before).Except(Types(after)).Select(t => $"- passkey type {t}"), .. Types(after).Except(Types(before)).Select(t => $"+ passkey type {t}")];
        if (types.Length > 0) yield return Of("PasskeyType", before.PasskeyTypeName, after.PasskeyTypeName, types);
        if (before.Attestation != after.Attestation) yield return Of("Attestation", before.Attestation.ToString(), after.Attestation.ToString(), $"attestation: {before.Attestation} -> {after.Attestation}");
        if (before.Restriction != after.Restriction) yield return Of("Provider", before.Allows, after.Allows, $"providers: {before.Allows} -> {after.Allows}");
        else if (Lists(before, after).ToArray() is { Length: > 0 } lines) yield return Of("Provider", ListOf(before), ListOf(after), lines);
    }

    private static IEnumerable<PolicyDelta> OfTargets(PasskeyPolicy before, PasskeyPolicy after)
    {
        foreach (var target in before.Target.Where(b => Same(b, after) is null)) yield return Gone(PolicyPart.Target, target.DisplayName, target.ProfileName.ToString(), $"- target {target.DisplayName}");
        foreach (var target in after.Target)
        {
            if (Same(target, before) is not { } was)
            {
                yield return Came(PolicyPart.Target, target.DisplayName, target.ProfileName.ToString(), $"+ target {target.DisplayName} ({target.ProfileName})");
                continue;
            }
            PolicyDelta Of(string setting, string? old, string? now, params string[] lines) => Changed(PolicyPart.Target, target.DisplayName, setting, old, now, [.. lines.Select(l => $"{target.DisplayName}: {l}")]);
            string[] profiles = [.. was.ProfileId.Where(i => !Has(target, i)).Select(i => $"- profile {NameOf(i, before)}"), .. target.ProfileId.Where(i => !Has(was, i)).Select(i => $"+ profile {NameOf(i, after)}")];
            if (profiles.Length > 0) yield return Of("ProfileName", was.ProfileName.ToString(), target.ProfileName.ToString(), profiles);
            if (was.Kind != target.Kind) yield return Of("Kind", was.Kind.ToString(), target.Kind.ToString(), $"target type: {was.Kind} -> {target.Kind}");
            if (was.IsRegistrationRequired is not null && target.IsRegistrationRequired is not null && was.IsRegistrationRequired != target.IsRegistrationRequired)
                yield return Of("IsRegistrationRequired", Shown(was.IsRegistrationRequired), Shown(target.IsRegistrationRequired), $"registration required: {Shown(was.IsRegistrationRequired)} -> {Shown(target.IsRegistrationRequired)}");
        }
    }

    private static IEnumerable<PolicyDelta> OfExclusions(PasskeyPolicy before, PasskeyPolicy after)
    {
        foreach (var (was, now) in before.Exclusion.Join(after.Exclusion, b => b.Id, a => a.Id, (b, a) => (b, a), StringComparer.OrdinalIgnoreCase).Where(e => e.b.Kind != e.a.Kind))
            yield return Changed(PolicyPart.Exclusion, now.DisplayName, "Kind", was.Kind.ToString(), now.Kind.ToString(), $"exclusion {now.DisplayName}: target type: {was.Kind} -> {now.Kind}");
        foreach (var exclusion in before.Exclusion.Where(b => !after.Exclusion.Any(a => IsSame(a.Id, b.Id)))) yield return Gone(PolicyPart.Exclusion, exclusion.DisplayName, "excluded", $"- exclusion {exclusion.DisplayName}");
        foreach (var exclusion in after.Exclusion.Where(a => !before.Exclusion.Any(b => IsSame(a.Id, b.Id)))) yield return Came(PolicyPart.Exclusion, exclusion.DisplayName, "excluded", $"+ exclusion {exclusion.DisplayName}");
    }

    private static PolicyDelta Gone(PolicyPart part, string name, string value, string line) => new(part, name, null, value, null, [line]);

    private static PolicyDelta Came(PolicyPart part, string name, string value, string line) => new(part, name, null, null, value, [line]);

    private static PolicyDelta Changed(PolicyPart part, string name, string setting, string? before, string? after, params string[] lines) => new(part, name, setting, before, after, lines);

    private static string Words(PasskeyProfile profile) => $"{profile.PasskeyTypeName}; {profile.Allows}";

    /// <summary>What a list means, or what is in it where it means nothing.</summary>
    private static string ListOf(PasskeyProfile profile) => profile.Restriction is KeyRestrictionKind.None ? $"{profile.Allows} (the list that is not enforced has {(profile.AaGuid.Count == 0 ? "nothing" : profile.Provider.ToString())})" : profile.Allows;

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
