using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Contoso;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>The sample tenant as plain JSON, and the slow and obvious way to ask it things. Made once for all tests that read it; none of them changes it.</summary>
public sealed class ContosoData
{
    public const string PilotProfile = "a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40";

    public static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<string, JObject> _objects;
    private readonly Dictionary<JObject, HashSet<string>> _transitive = [];

    public ContosoData()
    {
        Root = ContosoTenant.Create();
        Sections = ContosoSections.Names.ToDictionary(s => s, new ContosoSections().Make);
        Users = [.. Root["users"]!.Cast<JObject>()];
        Groups = [.. Root["groups"]!.Cast<JObject>()];
        _objects = Users.Concat(Groups).Concat(Sections["devices"].Cast<JObject>()).ToDictionary(Id);
        ByAlias = Users.ToDictionary(Alias);
        Fido2 = Method("Fido2");
        About = string.Join(' ', File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "en-US", "about_PasskeyAdmin_Contoso.help.txt")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public JObject Root { get; }

    public IReadOnlyDictionary<string, JArray> Sections { get; }

    public IReadOnlyList<JObject> Users { get; }

    public IReadOnlyList<JObject> Groups { get; }

    public IReadOnlyDictionary<string, JObject> ByAlias { get; }

    public JObject Fido2 { get; }

    /// <summary>The help topic with single blanks.</summary>
    public string About { get; }

    /// <summary>Members who are employees or other accounts of Contoso, switched on.</summary>
    public IEnumerable<JObject> Enabled => Users.Where(u => (bool)u["accountEnabled"]! && (string?)u["userType"] == "Member");

    public static string Id(JToken item) => (string)item["id"]!;

    public static string Alias(JObject user) => ((string)user["userPrincipalName"]!).Split('@')[0];

    public JObject? Find(string id) => _objects.GetValueOrDefault(id);

    public JObject Group(string name) => Groups.Single(g => (string?)g["displayName"] == name);

    public JObject Method(string id) => Root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]!.Cast<JObject>().Single(m => Id(m) == id);

    public JObject Policy(string namePart) => Root["conditionalAccessPolicies"]!.Cast<JObject>().Single(p => ((string)p["displayName"]!).Contains(namePart, StringComparison.Ordinal));

    public bool IsGroup(JObject item) => Groups.Contains(item);

    public HashSet<string> Transitive(JObject group)
    {
        if (_transitive.TryGetValue(group, out var known)) return known;
        var found = _transitive[group] = [];
        var open = new Stack<JObject>([group]);
        while (open.Count > 0)
            foreach (var id in open.Pop()["members"]!.Select(m => (string)m!))
                if (found.Add(id) && Groups.FirstOrDefault(g => Id(g) == id) is { } inner) open.Push(inner);
        return found;
    }

    public IEnumerable<JObject> TransitiveUsers(JObject group)
    {
        var ids = Transitive(group);
        return Users.Where(u => ids.Contains(Id(u)));
    }

    public static IEnumerable<JObject> Methods(JObject user) => user["authenticationMethods"]!.Cast<JObject>();

    public static string Type(JObject method) => ((string)method["@odata.type"]!).Replace("#microsoft.graph.", "", StringComparison.Ordinal).Replace("AuthenticationMethod", "", StringComparison.Ordinal);

    public static IEnumerable<JObject> Passkeys(JObject user) => Methods(user).Where(m => Type(m) == "fido2");

    public static bool IsSynced(JObject passkey) => (string?)passkey["passkeyType"] == "synced";

    /// <summary>Windows Hello for Business, Platform SSO, or a certificate that counts as two factors.</summary>
    public static bool HasOther(JObject user) => (string?)user["x509"] == "multiFactor" || Methods(user).Any(m => Type(m) is "windowsHelloForBusiness" or "platformCredential");

    public bool IsExcluded(JObject user) => Fido2["excludeTargets"]!.Any(t => Transitive(Groups.Single(g => Id(g) == Id(t))).Contains(Id(user)));

    /// <summary>The profiles that reach a user.</summary>
    public IEnumerable<JObject> Profiles(JObject user)
    {
        var ids = Fido2["includeTargets"]!.Where(t => Reaches(t, user)).SelectMany(t => t["allowedPasskeyProfiles"]!).Select(p => (string)p!).ToHashSet();
        return Fido2["passkeyProfiles"]!.Cast<JObject>().Where(p => ids.Contains(Id(p)));
    }

    /// <summary>Sign-in as reference/graph-passkey-policy.md §7 has it; <paramref name="types"/> may say otherwise than a profile.</summary>
    public bool IsUsable(JObject user, JObject passkey, Func<JObject, string>? types = null) => !IsExcluded(user) && Profiles(user).Any(p =>
        ((types ?? (profile => (string)profile["passkeyTypes"]!))(p)).Split(',').Contains(IsSynced(passkey) ? "synced" : "deviceBound")
        && (!(bool)p["keyRestrictions"]!["isEnforced"]! || p["keyRestrictions"]!["aaGuids"]!.Any(a => (string?)a == (string?)passkey["aaGuid"])));

    /// <summary>The roles of everybody who has one, by alias.</summary>
    public IReadOnlyDictionary<string, string[]> Roles()
    {
        var all = from role in Root["directoryRoles"]!
                  from member in role["members"]!.Select(m => Find((string)m!)!)
                  from user in IsGroup(member) ? TransitiveUsers(member) : [member]
                  select (Alias: Alias(user), Role: (string)role["displayName"]!);
        return all.GroupBy(r => r.Alias).ToDictionary(g => g.Key, g => g.Select(r => r.Role).Order(StringComparer.Ordinal).ToArray());
    }

    public IEnumerable<JObject> SignIns(string alias) => Sections["signIns"].Cast<JObject>().Where(s => (string?)s["userId"] == Id(ByAlias[alias]));

    public IEnumerable<int> Errors(string alias) => SignIns(alias).Select(s => (int?)s["status"]?["errorCode"] ?? 0).Where(e => e != 0);

    private bool Reaches(JToken target, JObject user) => Id(target) switch
    {
        "all_users" => true,
        var id when id == Id(user) => true,
        var id => Groups.FirstOrDefault(g => Id(g) == id) is { } group && Transitive(group).Contains(Id(user)),
    };
}
