using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>Reads configurations of other methods than passkeys from the JSON of Graph.</summary>
internal static class MethodsPolicyJson
{
    public const string Path = "/v1.0/policies/authenticationMethodsPolicy";

    /// <summary>The configuration of the Temporary Access Pass alone.</summary>
    public const string TemporaryAccessPassPath = Path + "/authenticationMethodConfigurations/temporaryAccessPass";

    /// <summary>Beta only, and not in Graph's metadata of 2026-08-20: reference/graph-passkey-policy.md §9 [D].</summary>
    public const string OptOutPath = "/beta/policies/authenticationMethodsPolicy";

    private const string Included = "includeTargets";
    private const string Excluded = "excludeTargets";

    /// <summary>Whom a method is meant for, and from whom it is kept.</summary>
    /// <exception cref="PasskeyAdminException"><c>PolicyUnreadable</c>.</exception>
    public static IReadOnlyList<TargetFacts> Targets(JObject method) => [.. Targets(method, Included), .. Targets(method, Excluded)];

    /// <summary>The configuration of a method; null for one that Graph does not list.</summary>
    /// <param name="policy">Null where it was not read.</param>
    public static JObject? Method(JObject? policy, string id) =>
        (policy?["authenticationMethodConfigurations"] as JArray)?.OfType<JObject>().FirstOrDefault(m => id.Equals(JsonText.Of(m, "id"), StringComparison.OrdinalIgnoreCase));

    public static MethodsPolicy Read(JObject policy, IReadOnlyDictionary<string, TargetName> names) => new(
        Method(policy, "Sms") is { } sms ? Configuration(sms, names) : null,
        Method(policy, "Voice") is { } voice ? Configuration(voice, names) : null,
        JsonText.Of(policy, "policyMigrationState"),
        JsonText.Of(Campaign(policy), "state"))
    {
        CampaignTargets = Ids(Campaign(policy), Included),
        CampaignExclusions = Ids(Campaign(policy), Excluded),
    };

    private static IReadOnlyList<string>? Ids(JObject? campaign, string list) => campaign?[list] is JArray targets ? [.. targets.OfType<JObject>().Select(t => JsonText.Of(t, "id")).OfType<string>()] : null;

    /// <summary>Whether the tenant has opted out of passkeys by default; null where Graph does not say.</summary>
    public static bool? IsOptedOut(JObject betaPolicy) => (betaPolicy["optOutSettings"] as JObject)?["passkeyDynamicMigration"] is JValue { Value: bool optedOut } ? optedOut : null;

    private static JObject? Campaign(JObject policy) => (policy["registrationEnforcement"] as JObject)?["authenticationMethodsRegistrationCampaign"] as JObject;

    public static TemporaryAccessPassSettings TemporaryAccessPass(JObject method, IReadOnlyDictionary<string, TargetName> names) => new(Configuration(method, names))
    {
        DefaultLifetime = Number(method, "defaultLifetimeInMinutes"),
        MinimumLifetime = Number(method, "minimumLifetimeInMinutes"),
        MaximumLifetime = Number(method, "maximumLifetimeInMinutes"),
        IsUsableOnce = method["isUsableOnce"] is JValue { Value: bool once } ? once : null,
    };

    private static MethodConfiguration Configuration(JObject method, IReadOnlyDictionary<string, TargetName> names) =>
        new(JsonText.Of(method, "state") switch { "enabled" => PolicyState.Enabled, "disabled" => PolicyState.Disabled, _ => PolicyState.Unknown })
        {
            Targets = method[Included] is JArray ? [.. Targets(method, Included).Select(t => Named(t, names))] : null,
            Exclusions = method[Excluded] is JArray ? [.. Targets(method, Excluded).Select(t => Named(t, names))] : null,
        };

    private static IEnumerable<TargetFacts> Targets(JObject method, string list) => PolicyValue.Objects(method, list).Select(t => ProfileJson.Target(t.Item, t.Place, isExclusion: true));

    private static MethodTarget Named(TargetFacts target, IReadOnlyDictionary<string, TargetName> names)
    {
        var name = target.Kind is TargetKind.AllUsers ? TargetName.AllUsers : names.TryGetValue(target.Id, out var found) ? found : TargetName.NotRead;
        return new MethodTarget(target.Id, target.Kind, name.Status, TargetName.Shown(target.Id, target.Kind, name.SafeName, name.Status));
    }

    private static long? Number(JObject json, string name) => json[name] is JValue { Value: long number } ? number : null;
}
