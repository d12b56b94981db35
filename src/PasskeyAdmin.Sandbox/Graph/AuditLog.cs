using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Directory audits: what a change leaves behind, and how a stored event is shown (reference/graph-users-and-usage.md §4).</summary>
internal static class AuditLog
{
    /// <summary>The event becomes part of the change: both are made, or none.</summary>
    public static TenantChange Add(GraphCall call, TenantChange change, string activity, string category, string service, JArray targets, JArray? details = null)
    {
        return change.Append(call.Tenant.Section("directoryAudits", change), new JObject
        {
            // Never the injected ids, which tests fix: two events with one id would make a file that cannot be read.
            ["id"] = Guid.NewGuid().ToString(),
            ["activityDateTime"] = GraphTime.Text(call.Now),
            ["activityDisplayName"] = activity,
            ["category"] = category,
            ["loggedByService"] = service,
            ["result"] = "success",
            ["initiatedBy"] = Initiator(call),
            ["targetResources"] = targets,
            ["additionalDetails"] = details ?? [],
        });
    }

    /// <summary>An object of the directory that a change is about.</summary>
    public static JObject Target(GraphCall call, string id) =>
        new() { ["id"] = id, ["type"] = call.Directory.Find(id)?.Type switch { "user" => "User", "group" => "Group", "device" => "Device", "servicePrincipal" => "ServicePrincipal", _ => "Other" } };

    /// <summary>A policy or something else with a name.</summary>
    public static JObject Target(string? id, string type, string? displayName, JArray? modified = null)
    {
        var target = new JObject { ["id"] = id, ["type"] = type, ["displayName"] = displayName };
        if (modified is not null) target["modifiedProperties"] = modified;
        return target;
    }

    /// <summary>What differs, property by property. Since spring 2026 the log holds the changed settings only, with enums as numbers (§3 and §4 of the references [U]).</summary>
    public static JArray Modified(JObject before, JObject after) =>
    [
        .. before.Properties().Concat(after.Properties()).Select(p => p.Name).Distinct()
            .Where(n => !JToken.DeepEquals(before[n], after[n]))
            .Select(n => new JObject { ["displayName"] = n, ["oldValue"] = Logged(before[n]), ["newValue"] = Logged(after[n]) }),
    ];

    /// <summary>An event as Graph gives it: names where the file has ids only.</summary>
    public static JObject Shown(GraphCall call, JObject stored)
    {
        var shown = (JObject)stored.DeepClone();
        Fill(shown, "correlationId", stored["id"]?.DeepClone());
        Fill(shown, "result", "success");
        Fill(shown, "resultReason", "");
        Fill(shown, "operationType", OperationOf(JsonText.Of(shown, "activityDisplayName") ?? ""));
        Fill(shown, "additionalDetails", new JArray());
        Fill(shown, "targetResources", new JArray());
        var initiatedBy = Part(shown, "initiatedBy");
        Fill(initiatedBy, "user", null);
        Fill(initiatedBy, "app", null);
        if (initiatedBy["user"] is JObject by) Name(call, by, "displayName");
        foreach (var target in shown["targetResources"]!.OfType<JObject>())
        {
            // A registration has no id of its user, only the name (§4 [C]).
            Name(call, target, "displayName");
            Fill(target, "modifiedProperties", new JArray());
            Fill(target, "groupType", null);
        }
        return shown;
    }

    public static void Fill(JObject item, string name, JToken? value)
    {
        if (item[name] is null) item[name] = value ?? JValue.CreateNull();
    }

    /// <summary>An object within an object; made where there is none.</summary>
    public static JObject Part(JObject owner, string name)
    {
        if (owner[name] is JObject part) return part;
        part = [];
        owner[name] = part;
        return part;
    }

    private static void Name(GraphCall call, JObject who, string display)
    {
        var user = JsonText.Of(who, "id") is { } id ? call.Directory.Users.Find(id) : JsonText.Of(who, "userPrincipalName") is { } name ? call.Directory.FindUserByName(name) : null;
        Fill(who, "userPrincipalName", user?["userPrincipalName"]?.DeepClone());
        Fill(who, display, user?["displayName"]?.DeepClone() ?? (JsonText.Of(who, "id") is { } other ? call.Directory.Find(other)?.Object["displayName"]?.DeepClone() : null));
    }

    private static JObject Initiator(GraphCall call) => call.Tenant.Settings.Account is { } account && call.Directory.FindUser(account) is { } user
        ? new JObject { ["user"] = new JObject { ["id"] = TenantDocument.IdOf(user) } }
        : new JObject { ["app"] = new JObject { ["displayName"] = "PasskeyAdmin" } };

    private static string OperationOf(string activity) => activity.Split(' ')[0] switch
    {
        "Add" => "Add",
        "Delete" or "Remove" => "Delete",
        _ => "Update",
    };

    private static JToken Logged(JToken? value) => value is null ? JValue.CreateNull() : TenantJson.Compact(Numbered(value.DeepClone()));

    private static JToken Numbered(JToken value)
    {
        var all = value is JContainer container ? container.DescendantsAndSelf() : [value];
        foreach (var property in all.OfType<JProperty>())
        {
            if (property.Value is not JValue { Value: string text }) continue;
            var members = property.Name switch { "passkeyTypes" => EvolvableEnums.PasskeyTypes, "attestationEnforcement" => EvolvableEnums.Attestation, "enforcementType" => EvolvableEnums.Enforcement, _ => null };
            if (members is null) continue;
            var given = EvolvableEnums.Members(text).Select(m => members.ToList().IndexOf(m)).ToList();
            if (given.Contains(-1)) continue;
            property.Value = property.Name is "passkeyTypes" ? given.Sum(i => 1 << i) : given[0];
        }
        return value;
    }
}
