using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Directory roles with their active assignments, in both forms that Graph has. Eligible ones (PIM) are not in the sandbox.</summary>
internal static class RoleEndpoints
{
    private static readonly string[] OfRoles = ["id", "displayName", "description", "roleTemplateId"];

    public static readonly GraphRoute[] Routes =
    [
        new("GET", "directoryRoles", Roles),
        new("GET", "directoryRoles/{}", Role),
        new("GET", "directoryRoles/{}/members", Members),
        new("GET", "roleManagement/directory/roleDefinitions", Definitions),
        new("GET", "roleManagement/directory/roleAssignments", Assignments),
    ];

    /// <summary>In one piece: there are few, and $top is not supported (learn.microsoft.com/graph/api/directoryrole-list).</summary>
    private static SandboxAnswer Roles(GraphCall call)
    {
        var options = call.Options("$select", "$filter");
        return call.Whole("directoryRoles", DirectoryEndpoints.Filtered(call.Directory.Roles, options, "roleTemplateId eq", "displayName eq").Select(r => DirectoryEndpoints.Shown(r, options, null, OfRoles)));
    }

    private static SandboxAnswer Role(GraphCall call)
    {
        var options = call.Options("$select");
        return call.Single(options, "directoryRoles", DirectoryEndpoints.Shown(Find(call), options, null, OfRoles));
    }

    private static SandboxAnswer Members(GraphCall call)
    {
        var options = call.Options("$select");
        var members = call.Directory.MembersOf(TenantDocument.IdOf(Find(call))).Select(i => call.Directory.Find(i)!.Value);
        return call.Whole("directoryObjects", members.Select(m => DirectoryEndpoints.ShownObject(call, options, m.Type, m.Object)));
    }

    /// <summary>A built-in role has its template for an id here (learn.microsoft.com/graph/api/resources/unifiedroledefinition).</summary>
    private static SandboxAnswer Definitions(GraphCall call)
    {
        var options = call.Options("$select", "$filter");
        var definitions = call.Directory.Roles.Select(r => new JObject
        {
            ["id"] = r["roleTemplateId"]?.DeepClone(),
            ["displayName"] = r["displayName"]?.DeepClone(),
            ["description"] = r["description"]?.DeepClone(),
            ["isBuiltIn"] = true,
            ["isEnabled"] = true,
            ["templateId"] = r["roleTemplateId"]?.DeepClone(),
        }).ToList();
        return call.Whole("roleManagement/directory/roleDefinitions", DirectoryEndpoints.Filtered(definitions, options, "id eq", "displayName eq startswith", "isBuiltIn eq").Select(d => options.Selected(d, [.. d.Properties().Select(p => p.Name)])));
    }

    private static SandboxAnswer Assignments(GraphCall call)
    {
        var options = call.Options("$filter");
        return call.Whole("roleManagement/directory/roleAssignments", DirectoryEndpoints.Filtered([.. AssignmentsOf(call.Directory)], options, "principalId eq in", "roleDefinitionId eq in"));
    }

    private static IEnumerable<JObject> AssignmentsOf(DirectoryData directory) =>
        from role in directory.Roles
        let template = JsonText.Of(role, "roleTemplateId")
        from member in directory.MembersOf(TenantDocument.IdOf(role))
        select new JObject { ["id"] = $"{template}-{member}", ["principalId"] = member, ["directoryScopeId"] = "/", ["roleDefinitionId"] = template };

    private static JObject Find(GraphCall call)
    {
        DirectoryEndpoints.RequireId(call.Ids[0]);
        return call.Directory.Roles.Find(call.Ids[0]) ?? throw SandboxRefusal.NotFound(call.Ids[0]);
    }
}
