using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>The policy's JSON, taken apart; the names of its groups come later.</summary>
internal sealed class PolicyJson
{
    /// <summary>What a policy is known to have.</summary>
    public static readonly string[] KnownProperties =
    [
        "id", "state", "isSelfServiceRegistrationAllowed", "isAttestationEnforced", "keyRestrictions", "defaultPasskeyProfile", "excludeTargets", "includeTargets", "passkeyProfiles",
    ];

    private static readonly string[] Lists = ["includeTargets", "excludeTargets"];

    private readonly JObject _json;

    /// <exception cref="PasskeyAdminException"><c>PolicyUnreadable</c>.</exception>
    public PolicyJson(JObject json)
    {
        _json = json;
        if (PolicyValue.Text(json, "@odata.type", "") is { } type && type != PolicyDocument.Type) throw PolicyValue.Unreadable("", $"is of the type {DisplayText.Excerpt(type, 100)}");
        // Guessing would be the worse answer to something that is no passkey policy, or has none of its parts.
        if (!string.Equals(PolicyValue.Text(json, "id", ""), "Fido2", StringComparison.OrdinalIgnoreCase)) throw PolicyValue.Unreadable("", "is not the configuration Fido2");
        if (PolicyValue.Text(json, "state", "") is null) throw PolicyValue.Unreadable("", "has no state");
        DefaultProfileId = PolicyValue.Text(json, "defaultPasskeyProfile", "") is { Length: > 0 } id ? id : null;
        Targets = [.. PolicyValue.Objects(json, "includeTargets").Select(t => ProfileJson.Target(t.Item, t.Place, isExclusion: false))];
        Exclusions = [.. PolicyValue.Objects(json, "excludeTargets").Select(t => ProfileJson.Target(t.Item, t.Place, isExclusion: true))];
        Profiles = [.. PolicyValue.Objects(json, "passkeyProfiles").Select(p => ProfileJson.Profile(p.Item, p.Place, DefaultProfileId))];
        // The rule that public tools use (reference/graph-passkey-policy.md §3 [C]).
        IsEnrolled = Profiles.Count > 0 || DefaultProfileId is not null || Targets.Any(t => t.ProfileIds.Count > 0);
        if (!IsEnrolled) Profiles = [ProfileJson.Implied(json)];
    }

    public string? DefaultProfileId { get; }

    public bool IsEnrolled { get; }

    public IReadOnlyList<ProfileFacts> Profiles { get; }

    public IReadOnlyList<TargetFacts> Targets { get; }

    public IReadOnlyList<TargetFacts> Exclusions { get; }

    /// <summary>Lists that Graph left out: who is in them is not known. (Graph gives an empty list where there is nobody.)</summary>
    public IEnumerable<string> MissingLists => Lists.Where(n => _json[n] is not JArray);

    /// <summary>The policy, with the names that the directory gave.</summary>
    public PasskeyPolicy ToPolicy(ProviderCatalog catalog, IReadOnlyDictionary<string, TargetName> names, PolicyFacts about)
    {
        var unknown = new PolicyUnknowns("");
        unknown.Properties(_json, KnownProperties);
        var state = PolicyValue.Text(_json, "state", "");
        if (state is not (null or "enabled" or "disabled")) unknown.Member("state", state);
        var profileNames = Profiles.Where(p => p.Id is not null).GroupBy(p => p.Id!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Name, StringComparer.OrdinalIgnoreCase);
        // In a tenant without profiles every target has what the old settings amount to.
        var targets = Targets.Select(t => (Facts: t, Target: new PasskeyProfileTarget(t, NameOf(t, names),
            IsEnrolled ? [.. t.ProfileIds.Select(id => profileNames.TryGetValue(id, out var name) ? DisplayText.Neutralise(name) : DisplayText.Neutralise(id))] : [Profiles[0].Name], about.TenantId))).ToList();
        return new PasskeyPolicy(about with
        {
            State = state switch { "enabled" => PolicyState.Enabled, "disabled" => PolicyState.Disabled, _ => PolicyState.Unknown },
            SelfServiceRegistration = PolicyValue.Flag(_json, "isSelfServiceRegistrationAllowed", ""),
            IsEnrolled = IsEnrolled,
            DefaultProfileId = DefaultProfileId,
            AreTargetsKnown = !MissingLists.Contains("includeTargets"),
            AreExclusionsKnown = !MissingLists.Contains("excludeTargets"),
            Targets = [.. targets.Select(t => t.Target)],
            Exclusions = [.. Exclusions.Select(e => new PasskeyExclusion(e, NameOf(e, names), about.TenantId))],
            Profiles =
            [
                .. Profiles.Select(p => new PasskeyProfile(p, PolicyProvider.ListOf(p.AaGuids, catalog),
                    [.. targets.Where(t => p.IsImplied || t.Facts.ProfileIds.Contains(p.Id ?? "", StringComparer.OrdinalIgnoreCase)).Select(t => t.Target)], about.TenantId)),
            ],
            UnknownValues = [.. unknown.Found, .. Profiles.SelectMany(p => p.UnknownValues), .. Targets.SelectMany(t => t.UnknownValues), .. Exclusions.SelectMany(e => e.UnknownValues)],
        }, new PolicyDocument(_json));
    }

    private static TargetName NameOf(TargetFacts target, IReadOnlyDictionary<string, TargetName> names) =>
        target.Kind is TargetKind.AllUsers ? TargetName.AllUsers : names.TryGetValue(target.Id, out var name) ? name : TargetName.NotRead;
}
