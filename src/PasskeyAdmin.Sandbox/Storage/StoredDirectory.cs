using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>The directory of a tenant's file.</summary>
/// <param name="section">A list of the file by its name.</param>
internal sealed class StoredDirectory(Func<string, JArray> section) : DirectoryData
{
    private readonly Lazy<ObjectList> _users = new(() => new StoredObjects(section("users")));
    private readonly Lazy<ObjectList> _groups = new(() => new StoredObjects(section("groups")));
    private readonly Lazy<ObjectList> _roles = new(() => new StoredObjects(section("directoryRoles")));
    private readonly Lazy<ObjectList> _devices = new(() => new StoredObjects(section("devices")));
    private readonly Lazy<ObjectList> _servicePrincipals = new(() => new StoredObjects(section("servicePrincipals")));
    private Dictionary<string, JObject>? _byName;
    private Dictionary<string, List<string>>? _parents;
    private IReadOnlyCollection<string>? _userProperties;
    private IReadOnlyCollection<string>? _groupProperties;

    public override ObjectList Users => _users.Value;

    public override ObjectList Groups => _groups.Value;

    public override ObjectList Roles => _roles.Value;

    public override ObjectList Devices => _devices.Value;

    public override ObjectList ServicePrincipals => _servicePrincipals.Value;

    public override IReadOnlyCollection<string> UserProperties => _userProperties ??= NamesOf(Users);

    public override IReadOnlyCollection<string> GroupProperties => _groupProperties ??= NamesOf(Groups);

    public override JObject? FindUserByName(string userPrincipalName)
    {
        _byName ??= Users.ToDictionary(u => (string)u["userPrincipalName"]!, StringComparer.OrdinalIgnoreCase);
        return _byName.TryGetValue(userPrincipalName, out var user) ? user : null;
    }

    public override IReadOnlyList<string> MembersOf(string id) => Ids(Groups.Find(id) ?? Roles.Find(id));

    public override IReadOnlyList<string> ParentsOf(string id)
    {
        _parents ??= Parents();
        return _parents.TryGetValue(id, out var parents) ? parents : [];
    }

    public override IReadOnlyList<JObject> MethodsOf(JObject user) => Objects(user, TenantDocument.Methods);

    public override IReadOnlyList<JObject> DeletedMethodsOf(JObject user) => Objects(user, TenantDocument.DeletedMethods);

    private Dictionary<string, List<string>> Parents()
    {
        var parents = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var owner in Groups.Concat(Roles))
        {
            foreach (var member in Ids(owner))
            {
                if (!parents.TryGetValue(member, out var list)) parents.Add(member, list = []);
                list.Add(TenantDocument.IdOf(owner));
            }
        }
        return parents;
    }

    private static IReadOnlyList<string> Ids(JObject? owner) => owner?["members"] is JArray members ? [.. members.Select(m => (string)m!)] : [];

    private static IReadOnlyList<JObject> Objects(JObject owner, string name) => owner[name] is JArray list ? [.. list.Cast<JObject>()] : [];

    private static IReadOnlyCollection<string> NamesOf(IEnumerable<JObject> items)
    {
        var names = new HashSet<string>(items.SelectMany(i => i.Properties()).Select(p => p.Name));
        names.ExceptWith(TenantDocument.Elsewhere);
        return names;
    }
}
