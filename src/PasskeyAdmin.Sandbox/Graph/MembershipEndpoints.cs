using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Who is in a group, directly and through other groups, what somebody is in, and changes of it.</summary>
internal static class MembershipEndpoints
{
    private const string Bind = "members@odata.bind";
    private const int MostAtOnce = 20;
    private static readonly string[] Namespaces = ["microsoft.graph.", "graph."];
    private static readonly string[] Types = ["user", "group", "device", "directoryRole", "servicePrincipal"];

    public static readonly GraphRoute[] Routes =
    [
        new("GET", "groups/{}/members", c => Members(c, c.Directory.MembersOf, null)),
        new("GET", "groups/{}/members/{}", c => Members(c, c.Directory.MembersOf, c.Ids[1])),
        new("GET", "groups/{}/transitiveMembers", c => Members(c, c.Directory.TransitiveMembersOf, null)),
        new("GET", "groups/{}/transitiveMembers/{}", c => Members(c, c.Directory.TransitiveMembersOf, c.Ids[1])),
        new("GET", "groups/{}/memberOf", c => MemberOf(c, IdOfGroup(c), c.Directory.ParentsOf, null)),
        new("GET", "groups/{}/transitiveMemberOf", c => MemberOf(c, IdOfGroup(c), c.Directory.TransitiveParentsOf, null)),
        new("GET", "users/{}/memberOf", c => MemberOf(c, IdOfUser(c), c.Directory.ParentsOf, null)),
        new("GET", "users/{}/memberOf/{}", c => MemberOf(c, IdOfUser(c), c.Directory.ParentsOf, c.Ids[1])),
        new("GET", "users/{}/transitiveMemberOf", c => MemberOf(c, IdOfUser(c), c.Directory.TransitiveParentsOf, null)),
        new("GET", "users/{}/transitiveMemberOf/{}", c => MemberOf(c, IdOfUser(c), c.Directory.TransitiveParentsOf, c.Ids[1])),
        new("POST", "groups/{}/members/$ref", AddMember),
        new("DELETE", "groups/{}/members/{}/$ref", RemoveMember),
        new("PATCH", "groups/{}", AddMembers),
    ];

    private static string IdOfGroup(GraphCall call) => TenantDocument.IdOf(DirectoryEndpoints.FindGroup(call, call.Ids[0]));

    private static string IdOfUser(GraphCall call) => TenantDocument.IdOf(DirectoryEndpoints.FindUser(call, call.Ids[0]));

    /// <param name="kind">What kind of member, such as <c>microsoft.graph.user</c>, or <c>$count</c>; null for all.</param>
    private static SandboxAnswer Members(GraphCall call, Func<string, IReadOnlyList<string>> members, string? kind)
    {
        var options = call.Options("$select", "$top", "$skiptoken", "$count");
        return Objects(call, options, members(IdOfGroup(call)), kind);
    }

    private static SandboxAnswer MemberOf(GraphCall call, string id, Func<string, IReadOnlyList<string>> parents, string? kind)
    {
        var options = call.Options("$select", "$top", "$skiptoken", "$count");
        return Objects(call, options, parents(id), kind);
    }

    private static SandboxAnswer Objects(GraphCall call, QueryOptions options, IReadOnlyList<string> ids, string? kind)
    {
        if (kind is "$count") return DirectoryEndpoints.Counted(call, [.. ids.Select(i => call.Directory.Find(i)!.Value.Object)]);
        var list = new ComputedObjects(ids.Count, i => call.Directory.Find(ids[i])!.Value.Object, id => IndexOf(ids, id));
        if (kind is null) return call.Page(options, "directoryObjects", list, o => ShownObject(call, options, o));
        var type = TypeOf(kind);
        return call.Page(options, $"{type}s", [.. ids.Select(i => call.Directory.Find(i)!.Value).Where(f => f.Type == type).Select(f => f.Object)], o => DirectoryEndpoints.ShownObject(call, options, type, o));
    }

    private static JObject ShownObject(GraphCall call, QueryOptions options, JObject item) => DirectoryEndpoints.ShownObject(call, options, call.Directory.Find(TenantDocument.IdOf(item))!.Value.Type, item);

    private static string TypeOf(string cast)
    {
        // The metadata have a short name for the namespace.
        var prefix = Namespaces.FirstOrDefault(n => cast.StartsWith(n, StringComparison.OrdinalIgnoreCase)) ?? "";
        var type = cast.Substring(prefix.Length);
        return prefix.Length == 0 ? throw SandboxRefusal.NotKnown($"the kind '{cast}' of members") : Types.FirstOrDefault(t => t.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? throw SandboxRefusal.NotKnown($"the kind '{cast}' of members");
    }

    private static int IndexOf(IReadOnlyList<string> ids, string id)
    {
        for (var i = 0; i < ids.Count; i++)
            if (ids[i].Equals(id, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    /// <summary>learn.microsoft.com/graph/api/group-post-members: 204, or 400 for a member that is there already.</summary>
    private static SandboxAnswer AddMember(GraphCall call)
    {
        call.Options();
        var group = Changeable(call);
        return call.Commit(Added(call, group, [Referred(call, (call.Body()["@odata.id"] as JValue)?.Value as string)]));
    }

    /// <summary>learn.microsoft.com/graph/api/group-post-members: up to twenty at once, all or none.</summary>
    private static SandboxAnswer AddMembers(GraphCall call)
    {
        call.Options();
        var group = Changeable(call);
        var body = call.Body();
        if (body.Properties().Any(p => p.Name != Bind)) throw SandboxRefusal.NotKnown($"a change of a group other than '{Bind}'");
        if (body[Bind] is not JArray { Count: > 0 and <= MostAtOnce } references) throw new SandboxRefusal(400, "Request_BadRequest", $"'{Bind}' must be a list of 1 to {MostAtOnce} references.");
        return call.Commit(Added(call, group, [.. references.Select(r => Referred(call, (r as JValue)?.Value as string))]));
    }

    private static SandboxAnswer RemoveMember(GraphCall call)
    {
        call.Options();
        var group = Changeable(call);
        var members = group["members"] as JArray ?? [];
        var member = members.FirstOrDefault(m => call.Ids[1].Equals((string?)m, StringComparison.OrdinalIgnoreCase)) ?? throw SandboxRefusal.NotFound(call.Ids[1]);
        return call.Commit(AuditLog.Add(call, new TenantChange().Remove(members, member), "Remove member from group", "GroupManagement", "Core Directory", [AuditLog.Target(call, call.Ids[1]), AuditLog.Target(call, TenantDocument.IdOf(group))]));
    }

    private static JObject Changeable(GraphCall call)
    {
        var group = DirectoryEndpoints.FindGroup(call, call.Ids[0]);
        if (group.Parent is null) throw SandboxRefusal.NotKnown("changes of a tenant that is made up for benches");
        return (group["groupTypes"] as JArray ?? []).Any(t => t is JValue { Value: "DynamicMembership" })
            ? throw new SandboxRefusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation. (The members of a dynamic group follow from its rule.)")
            : group;
    }

    private static string Referred(GraphCall call, string? reference)
    {
        // https://graph.microsoft.com/v1.0/directoryObjects/{id}, or users/{id} and so on.
        var id = reference?.TrimEnd('/').Split('/').Last() ?? "";
        DirectoryEndpoints.RequireId(id);
        return call.Directory.Find(id) is { Type: "user" or "group" or "device" or "servicePrincipal" } found ? TenantDocument.IdOf(found.Object) : throw SandboxRefusal.NotFound(id);
    }

    private static TenantChange Added(GraphCall call, JObject group, IReadOnlyList<string> ids)
    {
        var members = group["members"] as JArray;
        var change = new TenantChange();
        if (members is null) change.Set(group, "members", members = []);
        foreach (var id in ids)
        {
            if (members.Any(m => id.Equals((string?)m, StringComparison.OrdinalIgnoreCase)) || ids.Count(i => i == id) > 1)
                throw new SandboxRefusal(400, "Request_BadRequest", "One or more added object references already exist for the following modified properties: 'members'.");
            if (id.Equals(TenantDocument.IdOf(group), StringComparison.OrdinalIgnoreCase)) throw new SandboxRefusal(400, "Request_BadRequest", "A group cannot be a member of itself.");
            // learn.microsoft.com/entra/identity/role-based-access-control/groups-concept: no group in one that can have a role. The words are ours.
            if (group["isAssignableToRole"] is JValue { Value: true } && call.Directory.Groups.IndexOf(id) >= 0) throw new SandboxRefusal(400, "Request_BadRequest", "Groups cannot be added to a group that is assignable to a role.");
            change.Append(members, id);
            AuditLog.Add(call, change, "Add member to group", "GroupManagement", "Core Directory", [AuditLog.Target(call, id), AuditLog.Target(call, TenantDocument.IdOf(group))]);
        }
        return change;
    }
}
