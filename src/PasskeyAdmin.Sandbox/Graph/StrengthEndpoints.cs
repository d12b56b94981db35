using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Authentication strengths (reference/adoption-and-troubleshooting.md §3), under both of their roots.</summary>
internal static class StrengthEndpoints
{
    private const string Combinations = "combinationConfigurations";
    private const string Fido2Combination = "#microsoft.graph.fido2CombinationConfiguration";
    private static readonly string[] Roots = ["policies/authenticationStrengthPolicies", "identity/conditionalAccess/authenticationStrength/policies"];

    public static readonly GraphRoute[] Routes =
    [
        .. Roots.SelectMany(root => new GraphRoute[]
        {
            new("GET", root, List),
            new("POST", root, Create),
            new("GET", $"{root}/{{}}", c => c.Single(null, "authenticationStrengthPolicies", Shown(c, Find(c)))),
            new("PATCH", $"{root}/{{}}", Change),
            new("DELETE", $"{root}/{{}}", Delete),
            new("GET", $"{root}/{{}}/usage", Usage),
            new("POST", $"{root}/{{}}/updateAllowedCombinations", UpdateCombinations),
            new("GET", $"{root}/{{}}/{Combinations}", c => c.Whole(Combinations, ConfigurationsOf(Find(c)).Select(Copy))),
        }),
        // §3: writing them is under this root only, by the permission file.
        new("POST", $"{Roots[1]}/{{}}/{Combinations}", AddConfiguration),
        new("GET", $"{Roots[1]}/{{}}/{Combinations}/{{}}", c => c.Single(null, Combinations, Copy(Configuration(c)))),
        new("PATCH", $"{Roots[1]}/{{}}/{Combinations}/{{}}", ChangeConfiguration),
        new("DELETE", $"{Roots[1]}/{{}}/{Combinations}/{{}}", c => Commit(c, new TenantChange().Remove((JArray)Configuration(c).Parent!, Configuration(c)), "Authentication Strength Combination Configuration Delete", FindCustom(c))),
    ];

    private static SandboxAnswer List(GraphCall call)
    {
        var options = call.Options("$filter", "$select");
        var all = DirectoryEndpoints.Filtered([.. All(call).Select(s => Shown(call, s))], options, "policyType eq", "displayName eq startswith", "allowedCombinations any");
        return call.Whole("authenticationStrengthPolicies", all.Select(s => options.Selected(s, [.. s.Properties().Select(p => p.Name)])));
    }

    /// <summary>Combination configurations are not taken along: the page of the call does not have them (§3).</summary>
    private static SandboxAnswer Create(GraphCall call)
    {
        call.Options();
        var body = new BodyObject(call.Body(), "");
        if (body.Values.Properties().FirstOrDefault(p => p.Name is not ("displayName" or "description" or "allowedCombinations" or Combinations) && !BodyObject.IsAnnotation(p.Name)) is { } stranger) throw body.Error(stranger.Name, "is not known");
        if (body.Values["description"] is not (null or JValue { Value: string })) throw body.Error("description", "must be a text");
        if (body.Has(Combinations)) throw SandboxRefusal.BadRequest($"'{Combinations}' cannot be given when a strength is created; add them afterwards.");
        var strength = new JObject
        {
            ["id"] = call.NewGuid().ToString(),
            ["createdDateTime"] = GraphTime.Text(call.Now),
            ["modifiedDateTime"] = GraphTime.Text(call.Now),
            ["displayName"] = Name(call, body.Text("displayName"), null),
            ["description"] = body.Has("description") ? body.Values["description"]!.DeepClone() : "",
            ["allowedCombinations"] = Allowed(body),
            [Combinations] = new JArray(),
        };
        var change = new TenantChange();
        Commit(call, change.Append(call.Tenant.Section("authenticationStrengthPolicies", change), strength), "Authentication Strength Policy Create", strength);
        return call.Created("authenticationStrengthPolicies", Shown(call, strength));
    }

    private static SandboxAnswer Change(GraphCall call)
    {
        call.Options();
        var (strength, body) = (FindCustom(call), new BodyObject(call.Body(), ""));
        if (body.Values.Properties().FirstOrDefault(p => p.Name is not ("displayName" or "description") && !BodyObject.IsAnnotation(p.Name)) is { } stranger) throw body.Error(stranger.Name, "cannot be changed here");
        var change = new TenantChange();
        if (body.Has("displayName")) change.Set(strength, "displayName", Name(call, body.Text("displayName"), strength));
        if (body.Has("description")) change.Set(strength, "description", body.Values["description"]!.DeepClone());
        return Commit(call, change.Set(strength, "modifiedDateTime", GraphTime.Text(call.Now)), "Authentication Strength Policy Update", strength);
    }

    /// <summary>§3: one that a policy uses should be expected to stay; the error is unconfirmed.</summary>
    private static SandboxAnswer Delete(GraphCall call)
    {
        call.Options();
        var strength = FindCustom(call);
        if (UsedBy(call, strength).Any()) throw SandboxRefusal.BadRequest("The authentication strength is used by a Conditional Access policy and cannot be deleted.");
        return Commit(call, new TenantChange().Remove((JArray)strength.Parent!, strength), "Authentication Strength Policy Delete", strength);
    }

    private static SandboxAnswer Usage(GraphCall call)
    {
        call.Options();
        return SandboxAnswer.Ok(new JObject
        {
            ["@odata.context"] = $"{call.Request.Root}/$metadata#microsoft.graph.authenticationStrengthUsage",
            ["none"] = new JArray(),
            ["mfa"] = new JArray(UsedBy(call, Find(call)).Select(Copy)),
        });
    }

    private static SandboxAnswer UpdateCombinations(GraphCall call)
    {
        call.Options();
        var strength = FindCustom(call);
        var (before, after) = (strength["allowedCombinations"]?.DeepClone() ?? new JArray(), Allowed(new BodyObject(call.Body(), "")));
        Commit(call, new TenantChange().Set(strength, "allowedCombinations", after.DeepClone()).Set(strength, "modifiedDateTime", GraphTime.Text(call.Now)), "Authentication Strength Policy Update", strength);
        return SandboxAnswer.Ok(new JObject
        {
            ["@odata.context"] = $"{call.Request.Root}/$metadata#microsoft.graph.updateAllowedCombinationsResult",
            ["previousCombinations"] = before,
            ["currentCombinations"] = after,
            ["additionalInformation"] = "",
        });
    }

    private static SandboxAnswer AddConfiguration(GraphCall call)
    {
        call.Options();
        var strength = FindCustom(call);
        var configuration = ReadConfiguration(new BodyObject(call.Body(), ""), new JObject { ["@odata.type"] = Fido2Combination, ["id"] = call.NewGuid().ToString() }, isNew: true);
        if ((strength["allowedCombinations"] as JArray ?? []).All(c => c is not JValue { Value: "fido2" })) throw SandboxRefusal.BadRequest("The authentication strength does not allow the combination 'fido2'.");
        if (ConfigurationsOf(strength).Any()) throw SandboxRefusal.BadRequest("The authentication strength has a combination configuration for 'fido2' already.");
        var change = strength[Combinations] is JArray list ? new TenantChange().Append(list, configuration) : new TenantChange().Set(strength, Combinations, new JArray(configuration));
        Commit(call, change, "Authentication Strength Combination Configuration Create", strength);
        return call.Created(Combinations, Copy(configuration));
    }

    private static SandboxAnswer ChangeConfiguration(GraphCall call)
    {
        call.Options();
        var current = Configuration(call);
        return Commit(call, new TenantChange().Replace(current, ReadConfiguration(new BodyObject(call.Body(), ""), Copy(current), isNew: false)), "Authentication Strength Combination Configuration Update", FindCustom(call));
    }

    /// <summary>§3: appliesToCombinations can be "fido2" only.</summary>
    private static JObject ReadConfiguration(BodyObject body, JObject configuration, bool isNew)
    {
        if (JsonText.Of(body.Values, "@odata.type") is not Fido2Combination) throw SandboxRefusal.BadRequest($"The body must carry \"@odata.type\": \"{Fido2Combination}\".");
        if (isNew || body.Has("appliesToCombinations"))
        {
            if (body.Values["appliesToCombinations"] is not JArray { Count: 1 } combinations || combinations[0] is not JValue { Value: "fido2" }) throw body.Error("appliesToCombinations", "must be [\"fido2\"]");
            configuration["appliesToCombinations"] = combinations.DeepClone();
        }
        if (isNew || body.Has("allowedAAGUIDs")) configuration["allowedAAGUIDs"] = new JArray(body.Guids("allowedAAGUIDs"));
        return configuration;
    }

    private static JArray Allowed(BodyObject body)
    {
        if (body.Values["allowedCombinations"] is not JArray { Count: > 0 } list || list.Any(c => c is not JValue { Value: string })) throw body.Error("allowedCombinations", "must be a list of combinations that is not empty");
        if (list.Select(c => (string)c!).Distinct().Count() != list.Count) throw body.Error("allowedCombinations", "has a combination twice");
        return list.FirstOrDefault(c => !BuiltInStrengths.Combinations.Contains((string)c!)) is { } stranger ? throw body.Error("allowedCombinations", $"has '{stranger}', which is no member") : (JArray)list.DeepClone();
    }

    private static string Name(GraphCall call, string name, JObject? own) =>
        All(call).Any(s => !ReferenceEquals(s, own) && name.Equals(JsonText.Of(s, "displayName"), StringComparison.OrdinalIgnoreCase)) ? throw SandboxRefusal.BadRequest($"There is an authentication strength '{name}' already.") : name;

    private static SandboxAnswer Commit(GraphCall call, TenantChange change, string activity, JObject strength)
    {
        call.Options();
        return call.Commit(AuditLog.Add(call, change, activity, "PolicyManagement", "Authentication Methods", [AuditLog.Target(TenantDocument.IdOf(strength), "Policy", JsonText.Of(strength, "displayName"))]));
    }

    private static IEnumerable<JObject> All(GraphCall call) => BuiltInStrengths.Create().Concat(call.Tenant.Section("authenticationStrengthPolicies").Cast<JObject>());

    private static JObject Find(GraphCall call) => All(call).FirstOrDefault(s => s.HasId(call.Ids[0])) ?? throw SandboxRefusal.NotFound(call.Ids[0]);

    private static JObject FindCustom(GraphCall call) => Find(call) is { Parent: not null } custom ? custom : throw SandboxRefusal.BadRequest("A built-in authentication strength cannot be changed.");

    private static IEnumerable<JObject> ConfigurationsOf(JObject strength) => (strength[Combinations] as JArray ?? []).OfType<JObject>();

    private static JObject Configuration(GraphCall call) => ConfigurationsOf(FindCustom(call)).FirstOrDefault(c => c.HasId(call.Ids[1])) ?? throw SandboxRefusal.NotFound(call.Ids[1]);

    private static IEnumerable<JObject> UsedBy(GraphCall call, JObject strength) => call.Tenant.Section("conditionalAccessPolicies").Cast<JObject>().Where(p => ConditionalAccessEndpoints.StrengthOf(p)?.HasId(TenantDocument.IdOf(strength)) == true);

    /// <summary>A strength as Graph gives it, with what follows from it.</summary>
    public static JObject Shown(GraphCall call, JObject strength)
    {
        var shown = Copy(strength);
        AuditLog.Fill(shown, "policyType", "custom");
        AuditLog.Fill(shown, "requirementsSatisfied", "mfa");
        AuditLog.Fill(shown, Combinations, new JArray());
        // It is a list of its own, which the path of the policy shows inline as well.
        shown[$"{Combinations}@odata.context"] = $"{call.Request.Root}/$metadata#policies/authenticationStrengthPolicies('{TenantDocument.IdOf(strength)}')/{Combinations}";
        return shown;
    }

    public static JObject? ById(GraphCall call, string? id) => id is null ? null : All(call).FirstOrDefault(s => s.HasId(id));

    private static JObject Copy(JObject item) => (JObject)item.DeepClone();
}
