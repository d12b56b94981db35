using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>A tenant as it stands in its file, between two changes. Whoever reads it holds the tenant's lock and copies what goes out.</summary>
internal sealed class TenantDocument
{
    /// <summary>The authentication methods of a user stand with the user, as the members of a group do with the group.</summary>
    public const string Methods = "authenticationMethods";

    public const string DeletedMethods = "deletedAuthenticationMethods";

    private const string Changed = "changedDateTime";

    /// <summary>The lists of a tenant, as they are saved.</summary>
    public static readonly IReadOnlyList<string> Sections =
    [
        "users", "groups", "directoryRoles", "servicePrincipals", "authenticationStrengthPolicies", "conditionalAccessPolicies", "namedLocations", "devices", "managedDevices", "signIns",
        "directoryAudits",
    ];

    /// <summary>Lists that stand with an object in the file, and that Graph keeps elsewhere than in the object itself.</summary>
    public static readonly HashSet<string> Elsewhere = ["members", Methods, DeletedMethods, "x509", "registeredOwners"];

    private readonly JObject _root;
    private readonly Func<string, JArray?>? _more;
    private readonly Dictionary<string, ObjectList> _lists = [];
    private readonly Dictionary<string, JArray> _empty = [];
    private Dictionary<string, JObject>? _devicesByDeviceId;
    private Dictionary<string, JObject>? _applicationsByAppId;
    private ILookup<string, JObject>? _signInsByUser;

    /// <param name="root">Checked by <see cref="TenantReader"/>, or our own.</param>
    /// <param name="more">Makes a list that the root does not have; null where it has all. Asked once for each.</param>
    /// <param name="directory">Null for the directory of the root.</param>
    /// <param name="settings">Null for those of the root.</param>
    public TenantDocument(JObject root, Func<string, JArray?>? more = null, DirectoryData? directory = null, SandboxSettings? settings = null)
    {
        _root = root;
        _more = more;
        Directory = directory ?? new StoredDirectory(Section);
        Settings = settings ?? new SandboxSettings(root["settings"] is JObject given ? (JObject)given.DeepClone() : []);
    }

    public SandboxSettings Settings { get; }

    public JObject Organization => (JObject)_root["organization"]!;

    public JObject Policy => (JObject)_root["authenticationMethodsPolicy"]!;

    public DirectoryData Directory { get; }

    /// <summary>Whether a user of that name exists and is enabled.</summary>
    public bool CanSignIn(string userPrincipalName) => Directory.FindUserByName(userPrincipalName) is { } user && user["accountEnabled"] is not JValue { Value: false };

    /// <summary>The sign-ins of a user, in the order of the file.</summary>
    public IEnumerable<JObject> SignInsOf(string userId) => (_signInsByUser ??= Section("signIns").OfType<JObject>().Where(s => JsonText.Of(s, "userId") is not null)
        .ToLookup(s => JsonText.Of(s, "userId")!, StringComparer.OrdinalIgnoreCase))[userId];

    /// <summary>The configuration of a method. Graph does not tell <c>fido2</c> from <c>Fido2</c> (reference/graph-passkey-policy.md §2).</summary>
    public JObject? Method(string id) =>
        Policy["authenticationMethodConfigurations"]!.Cast<JObject>().FirstOrDefault(m => id.Equals((string?)m["id"], StringComparison.OrdinalIgnoreCase));

    /// <summary>A list of the tenant; an empty one where it has none.</summary>
    public JArray Section(string name)
    {
        if (_root[name] is JArray list) return list;
        if (_more?.Invoke(name) is { } made)
        {
            _root[name] = made;
            return made;
        }
        // Not put there: who only looks changes nothing.
        if (!_empty.TryGetValue(name, out var empty)) _empty.Add(name, empty = []);
        return empty;
    }

    /// <summary>A list to add to; where the tenant has none, the change gives it one.</summary>
    public JArray Section(string name, TenantChange change)
    {
        var list = Section(name);
        if (list.Parent is null) change.Attach(_root, name, list);
        return list;
    }

    /// <summary>The same, for reading by id and by place.</summary>
    public ObjectList List(string name)
    {
        if (!_lists.TryGetValue(name, out var list)) _lists.Add(name, list = new StoredObjects(Section(name)));
        return list;
    }

    /// <summary>A device by the id that other services know it by, which is not its id in the directory.</summary>
    public JObject? DeviceByDeviceId(string deviceId) => Lookup(ref _devicesByDeviceId, Directory.Devices, "deviceId", deviceId);

    public JObject? ServicePrincipalByAppId(string appId) => Lookup(ref _applicationsByAppId, Directory.ServicePrincipals, "appId", appId);

    /// <summary>The tenant after a change of its JSON, which is the same object.</summary>
    public TenantDocument AfterChange() => new(_root, _more, Directory is StoredDirectory ? null : Directory, Settings);

    /// <summary>When the sandbox last changed the tenant, by the clock of the tenant; null where it never did, or the tenant has no clock of its own.</summary>
    public DateTimeOffset? LastChange => GraphTime.Parse(JsonText.Of(_root, Changed));

    public TenantChange Mark(TenantChange change, DateTimeOffset now) => Settings.Now is null ? change : change.Set(_root, Changed, GraphTime.Text(now));

    public string ToJson()
    {
        if (Settings.ToJson() is { Count: > 0 } settings) _root["settings"] = settings;
        if (_more is not null)
            foreach (var name in Sections) Section(name);
        return TenantJson.Indented(_root);
    }

    private static JObject? Lookup(ref Dictionary<string, JObject>? index, ObjectList list, string property, string value)
    {
        if (index is null)
        {
            index = new(StringComparer.OrdinalIgnoreCase);
            foreach (var item in list)
                if (JsonText.Of(item, property) is { } key) index[key] = item;
        }
        return index.TryGetValue(value, out var found) ? found : null;
    }

    public static string IdOf(JObject item) => (string)item["id"]!;

    public static bool IsFido2(JObject method) => IdOf(method).Equals("Fido2", StringComparison.OrdinalIgnoreCase);
}
