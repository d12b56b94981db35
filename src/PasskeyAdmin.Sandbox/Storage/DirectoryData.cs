using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>Who and what is in a directory, and who belongs to what. One of these is read from a file, the other is made up for benches.</summary>
internal abstract class DirectoryData
{
    private (string Id, IReadOnlyList<string> Members) _transitive = ("", []);
    private HashSet<string>? _administrators;

    public abstract ObjectList Users { get; }

    public abstract ObjectList Groups { get; }

    public abstract ObjectList Roles { get; }

    public abstract ObjectList Devices { get; }

    public abstract ObjectList ServicePrincipals { get; }

    public abstract JObject? FindUserByName(string userPrincipalName);

    /// <summary>Ids of the direct members of a group or of a directory role.</summary>
    public abstract IReadOnlyList<string> MembersOf(string id);

    /// <summary>Ids of the groups and roles that have something as a direct member.</summary>
    public abstract IReadOnlyList<string> ParentsOf(string id);

    /// <summary>The authentication methods of a user, as beta shows them.</summary>
    public abstract IReadOnlyList<JObject> MethodsOf(JObject user);

    /// <summary>Methods that were deleted, with <c>deletedDateTime</c>: the report still counts them for a while.</summary>
    public abstract IReadOnlyList<JObject> DeletedMethodsOf(JObject user);

    /// <summary>The properties that users of this directory have beside those that Graph is known for.</summary>
    public abstract IReadOnlyCollection<string> UserProperties { get; }

    public abstract IReadOnlyCollection<string> GroupProperties { get; }

    public JObject? FindUser(string idOrName) => Users.Find(idOrName) ?? FindUserByName(idOrName);

    /// <summary>An object of any kind, and what kind Graph calls it.</summary>
    public (string Type, JObject Object)? Find(string id)
    {
        if (Users.Find(id) is { } user) return ("user", user);
        if (Groups.Find(id) is { } group) return ("group", group);
        if (Roles.Find(id) is { } role) return ("directoryRole", role);
        if (ServicePrincipals.Find(id) is { } application) return ("servicePrincipal", application);
        return Devices.Find(id) is { } device ? ("device", device) : null;
    }

    /// <summary>Members of members too, each once; groups may go in circles. The nearest first.</summary>
    public IReadOnlyList<string> TransitiveMembersOf(string id)
    {
        // Whoever asks for the second page asks for the same again.
        if (_transitive.Id == id) return _transitive.Members;
        var members = Walk(id, MembersOf);
        _transitive = (id, members);
        return members;
    }

    /// <summary>Groups and roles of groups too.</summary>
    public IReadOnlyList<string> TransitiveParentsOf(string id) => Walk(id, ParentsOf);

    /// <summary>Whether somebody has an active directory role, of their own or through a group.</summary>
    public bool IsAdministrator(string id) => (_administrators ??= Administrators()).Contains(id);

    /// <summary>The users that a registration report of that time has.</summary>
    public virtual IReadOnlyList<JObject> Reported(DateTimeOffset asOf) => [.. Users.Where(u => IsReported(u, asOf))];

    /// <summary>
    /// Whether a registration report of that time has a user (reference/graph-users-and-usage.md §2): no disabled ones, and nobody who came later. Who did
    /// not say is enabled: only a clear no is one.
    /// </summary>
    public static bool IsReported(JObject user, DateTimeOffset asOf) =>
        user["accountEnabled"] is not JValue { Value: false } && !(GraphTime.Parse(JsonText.Of(user, "createdDateTime")) > asOf);

    private HashSet<string> Administrators()
    {
        var administrators = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var role in Roles) administrators.UnionWith(Walk(TenantDocument.IdOf(role), MembersOf));
        return administrators;
    }

    private static List<string> Walk(string id, Func<string, IReadOnlyList<string>> next)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var found = new List<string>();
        var open = new Queue<string>(next(id));
        while (open.Count > 0)
        {
            var one = open.Dequeue();
            if (!seen.Add(one)) continue;
            found.Add(one);
            foreach (var more in next(one)) open.Enqueue(more);
        }
        return found;
    }
}
