using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>Makes a tenant of a text, or says where the text is wrong. Properties that we do not know are the tenant's own and stay.</summary>
/// <param name="name">How messages call the text.</param>
internal sealed class TenantReader(string name)
{
    public const string Format = "PasskeyAdmin.Sandbox";
    public const int Version = 1;

    public TenantDocument Read(string text)
    {
        var root = Parse(text) as JObject ?? throw Invalid(1, 1, "$", "it is not a tenant of the sandbox: the outermost value must be an object");
        if (root["format"] is not JValue { Value: Format }) throw Invalid(root["format"] ?? root, $"it is not a tenant of the sandbox: 'format' must be \"{Format}\"");
        if (root["version"] is not JValue { Value: long version }) throw Invalid(root["version"] ?? root, "'version' must be a whole number");
        if (version != Version) throw Invalid(root["version"]!, $"it has version {version}; this module reads version {Version}");
        CheckNames(root);
        CheckSettings(root);
        var organization = Object(root, "organization");
        Id(organization);
        Text(organization, "displayName");
        CheckPolicy(Object(root, "authenticationMethodsPolicy"));
        CheckDirectory(root);
        CheckLists(root);
        var document = new TenantDocument(root);
        if (document.Settings.Account is { } account && !document.CanSignIn(account)) throw Invalid(root["settings"]!["account"]!, "must be the user principal name of an enabled user of this file");
        return document;
    }

    private JToken Parse(string text)
    {
        try
        {
            return TenantJson.Read(text);
        }
        catch (JsonReaderException e)
        {
            throw Invalid(JsonFault.Line(e), Math.Max(1, e.LinePosition), e.Path is { Length: > 0 } path ? path : "$", TenantJson.Reason(e), e);
        }
    }

    /// <summary>A slip in the name of a list would be a tenant without it.</summary>
    private void CheckNames(JObject root)
    {
        foreach (var name in TenantDocument.Sections.Concat(["settings", "organization", "authenticationMethodsPolicy"]))
            if (root[name] is null && root.Property(name, StringComparison.OrdinalIgnoreCase) is { } other) throw Invalid(other, $"write '{name}'");
    }

    private void CheckSettings(JObject root)
    {
        if (root["settings"] is null) return;
        var settings = Object(root, "settings");
        foreach (var setting in settings.Properties())
        {
            // Ours alone: a name that we do not know is a slip, and the tenant would quietly do something else than was asked.
            if (!SandboxSettings.All.TryGetValue(setting.Name, out var known)) throw Invalid(setting, $"there is no such setting; the settings are {string.Join(", ", SandboxSettings.All.Keys)}");
            // "Not set", where a tool writes every name.
            if (setting.Value.Type is JTokenType.Null && known.Default is null) continue;
            if (!known.IsRight(setting.Value)) throw Invalid(setting.Value, known.Demand);
        }
    }

    private void CheckPolicy(JObject policy)
    {
        var methods = Objects(policy, "authenticationMethodConfigurations");
        CheckUnique(methods, "id", "configuration", new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var method in methods)
            if (method["@odata.type"] is not (null or JValue { Value: string })) throw Invalid(method["@odata.type"]!, "must be a text");
        var fido2 = methods.FirstOrDefault(m => TenantDocument.IsFido2(m)) ?? throw Invalid(policy["authenticationMethodConfigurations"]!, "must have an entry with the id \"Fido2\"");
        Text(fido2, "state");
        foreach (var list in new[] { "includeTargets", "excludeTargets", "passkeyProfiles" })
            // reference/graph-passkey-policy.md §3 [C]: a tenant without profiles may have null here, or nothing.
            if (fido2[list] is { Type: not JTokenType.Null }) CheckUnique(Objects(fido2, list), "id", "entry", new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        CheckProfiles(fido2);
    }

    private void CheckProfiles(JObject fido2)
    {
        if (fido2["defaultPasskeyProfile"] is { Type: not JTokenType.Null }) Text(fido2, "defaultPasskeyProfile");
        foreach (var profile in fido2["passkeyProfiles"] as JArray ?? [])
        {
            Id((JObject)profile);
            Text((JObject)profile, "name");
        }
        foreach (var target in fido2["includeTargets"] as JArray ?? [])
            if (target["allowedPasskeyProfiles"] is { Type: not JTokenType.Null } profiles && (profiles is not JArray list || list.Any(p => p.Type is not JTokenType.String)))
                throw Invalid(profiles, "must be a list of ids");
    }

    private void CheckDirectory(JObject root)
    {
        var (users, groups, roles) = (Objects(root, "users"), Objects(root, "groups"), Optional(root, "directoryRoles"));
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var list in new[] { users, groups, roles, Optional(root, "devices"), Optional(root, "servicePrincipals") }) CheckUnique(list, "id", "object", ids);
        CheckUnique(users, "userPrincipalName", "user", new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var entry in users.Concat(groups).Concat(roles))
        {
            Id(entry);
            Text(entry, "displayName");
        }
        foreach (var owner in groups.Concat(roles)) CheckMembers(owner, "members", ids);
        foreach (var device in Optional(root, "devices")) CheckMembers(device, "registeredOwners", ids);
        foreach (var user in users) CheckMethods(user);
    }

    private void CheckMembers(JObject owner, string name, HashSet<string> ids)
    {
        if (owner[name] is null) return;
        var members = owner[name] as JArray ?? throw Invalid(owner[name]!, "must be a list of ids");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            // A directory takes a deleted object out of its groups, so this is a slip of whoever wrote the file.
            if (member is not JValue { Value: string id } || !ids.Contains(id)) throw Invalid(member, "must be the id of a user, of a group or of another object of this file");
            // A page ends at a member and the next one begins behind it: one that comes twice would send the reader back.
            if (!seen.Add(id)) throw Invalid(member, name == "members" ? "the group has this member already" : "this id is in the list already");
        }
    }

    private void CheckMethods(JObject user)
    {
        foreach (var name in new[] { TenantDocument.Methods, TenantDocument.DeletedMethods })
        {
            if (user[name] is null) continue;
            var methods = Objects(user, name);
            // What was deleted may have been there twice.
            if (name == TenantDocument.Methods) CheckUnique(methods, "id", "method of this user", new HashSet<string>(StringComparer.Ordinal));
            foreach (var method in methods) (_, _) = (Text(method, "id"), Text(method, "@odata.type"));
        }
    }

    /// <summary>The other lists: whose entries need no more than an id, and a date where they are a log.</summary>
    private void CheckLists(JObject root)
    {
        foreach (var name in new[] { "managedDevices", "authenticationStrengthPolicies", "conditionalAccessPolicies", "namedLocations", "signIns", "directoryAudits" })
        {
            var entries = Optional(root, name);
            CheckUnique(entries, "id", "entry", new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            var date = name is "signIns" ? "createdDateTime" : name is "directoryAudits" ? "activityDateTime" : null;
            if (date is null) continue;
            foreach (var entry in entries)
                if (GraphTime.Parse(Text(entry, date)) is null) throw Invalid(entry[date]!, "must be a date and time with its zone, such as 2026-11-23T09:00:00Z");
        }
    }

    private IReadOnlyList<JObject> Optional(JObject root, string name) => root[name] is null ? [] : Objects(root, name);

    private void CheckUnique(IReadOnlyList<JObject> objects, string property, string what, HashSet<string> taken)
    {
        foreach (var item in objects)
            if (!taken.Add(Text(item, property))) throw Invalid(item[property]!, $"another {what} has this {property} already");
    }

    private JObject Object(JObject parent, string property) => parent[property] as JObject ?? throw Invalid(parent[property] ?? parent, $"'{property}' must be an object");

    private IReadOnlyList<JObject> Objects(JObject parent, string property) => parent[property] is JArray array
        ? [.. array.Select(t => t as JObject ?? throw Invalid(t, "must be an object"))]
        : throw Invalid(parent[property] ?? parent, $"'{property}' must be a list of objects");

    private string Text(JObject parent, string property) =>
        parent[property] is JValue { Value: string { Length: > 0 } text } ? text : throw Invalid(parent[property] ?? parent, $"'{property}' must be a text that is not empty");

    private void Id(JObject parent)
    {
        if (!Guid.TryParseExact(Text(parent, "id"), "D", out _)) throw Invalid(parent["id"]!, "must be a GUID such as 1f0c6c3e-0d58-4a57-9c39-3d0e2f6a7b81");
    }

    private PasskeyAdminException Invalid(JToken where, string reason)
    {
        var info = (IJsonLineInfo)where;
        return Invalid(Math.Max(1, info.LineNumber), Math.Max(1, info.LinePosition), where.Path is { Length: > 0 } path ? path : "$", reason);
    }

    private PasskeyAdminException Invalid(int line, int column, string path, string reason, Exception? inner = null) =>
        new(ErrorKind.InvalidData, "SandboxFileInvalid", $"{name}, line {line}, column {column} ({DisplayText.Excerpt(path, 200)}): {DisplayText.Neutralise(reason)}.", inner)
        {
            RecommendedAction = "Correct the file, or name a file that is not there yet to begin with the sample tenant.",
        };
}
