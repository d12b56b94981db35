using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>A tenant as it stands in its file. Whoever reads it holds the tenant's lock and copies what goes out.</summary>
internal sealed class TenantDocument
{
    private readonly JObject _root;
    private readonly Dictionary<string, JObject> _objects;
    private readonly Dictionary<string, JObject> _usersByName;

    /// <param name="root">Checked by <see cref="TenantReader"/>.</param>
    public TenantDocument(JObject root)
    {
        _root = root;
        Users = [.. root["users"]!.Cast<JObject>()];
        Groups = [.. root["groups"]!.Cast<JObject>()];
        _objects = Users.Concat(Groups).ToDictionary(IdOf, StringComparer.OrdinalIgnoreCase);
        _usersByName = Users.ToDictionary(u => (string)u["userPrincipalName"]!, StringComparer.OrdinalIgnoreCase);
        UserProperties = NamesOf(Users);
        GroupProperties = NamesOf(Groups);
        Settings = new SandboxSettings(root["settings"] as JObject is { } settings ? (JObject)settings.DeepClone() : []);
    }

    public SandboxSettings Settings { get; }

    public JObject Organization => (JObject)_root["organization"]!;

    public JObject Policy => (JObject)_root["authenticationMethodsPolicy"]!;

    public IReadOnlyList<JObject> Users { get; }

    public IReadOnlyList<JObject> Groups { get; }

    /// <summary>The properties that any user of this tenant has.</summary>
    public IReadOnlyCollection<string> UserProperties { get; }

    /// <summary>The properties that any group has. Members are a list of their own in Graph, never a property.</summary>
    public IReadOnlyCollection<string> GroupProperties { get; }

    /// <summary>The configuration of a method. Graph does not tell <c>fido2</c> from <c>Fido2</c> (reference/graph-passkey-policy.md §2).</summary>
    public JObject? Method(string id) =>
        Policy["authenticationMethodConfigurations"]!.Cast<JObject>().FirstOrDefault(m => id.Equals((string?)m["id"], StringComparison.OrdinalIgnoreCase));

    /// <summary>A user or a group.</summary>
    public JObject? Find(string id) => _objects.TryGetValue(id, out var found) ? found : null;

    public JObject? FindUser(string idOrName) =>
        Find(idOrName) is { } found && !IsGroup(found) ? found : _usersByName.TryGetValue(idOrName, out var named) ? named : null;

    public JObject? FindGroup(string id) => Find(id) is { } found && IsGroup(found) ? found : null;

    public IEnumerable<JObject> Members(JObject group) => (group["members"] as JArray ?? []).Select(m => Find((string)m!)!);

    /// <summary>Members of members too, each once; groups may go in circles.</summary>
    public IEnumerable<JObject> TransitiveMembers(JObject group)
    {
        var seen = new HashSet<JObject>();
        var open = new Queue<JObject>(Members(group));
        while (open.Count > 0)
        {
            var member = open.Dequeue();
            if (!seen.Add(member)) continue;
            yield return member;
            if (!IsGroup(member)) continue;
            foreach (var next in Members(member)) open.Enqueue(next);
        }
    }

    public bool IsGroup(JObject directoryObject) => ReferenceEquals(directoryObject.Parent, _root["groups"]);

    public string ToJson()
    {
        if (Settings.ToJson() is { Count: > 0 } settings) _root["settings"] = settings;
        return TenantJson.Indented(_root);
    }

    private static IReadOnlyCollection<string> NamesOf(IReadOnlyList<JObject> items)
    {
        var names = new HashSet<string>(items.SelectMany(i => i.Properties()).Select(p => p.Name));
        names.Remove("members");
        return names;
    }

    public static string IdOf(JObject item) => (string)item["id"]!;

    public static bool IsFido2(JObject method) => IdOf(method).Equals("Fido2", StringComparison.OrdinalIgnoreCase);
}
