using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>Reads who has a directory role, active now, directly or through a group.</summary>
internal sealed class RoleHoldersSource(GraphClient client)
{
    /// <summary>The template id of that role.</summary>
    public const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

    /// <param name="isWanted">By the template id of a role.</param>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public HashSet<string> Read(Func<string, bool> isWanted, CancellationToken token) => new(ReadByRole(isWanted, token).SelectMany(r => r.Holders), StringComparer.OrdinalIgnoreCase);

    /// <summary>The same, role by role. Service principals are among the holders.</summary>
    /// <param name="isWanted">By the template id of a role.</param>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<RoleHolders> ReadByRole(Func<string, bool> isWanted, CancellationToken token)
    {
        var wanted = client.GetAll("/v1.0/directoryRoles?$select=id,displayName,roleTemplateId", token).Where(r => JsonText.Of(r, "roleTemplateId") is { } template && isWanted(template)).ToList();
        var paths = wanted.ConvertAll(r => $"/v1.0/directoryRoles/{Uri.EscapeDataString(JsonText.Of(r, "id") ?? "")}/members?$select=id,accountEnabled");
        var roles = new List<RoleHolders>();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            var role = new RoleHolders(JsonText.Of(wanted[index], "roleTemplateId")!, JsonText.Of(wanted[index], "displayName"), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            foreach (var member in client.ItemsOf(client.BodyOf(answer, paths[index]), paths[index], token).ToList())
            {
                if (JsonText.Of(member, "id") is not { } id) continue;
                if (JsonText.Of(member, "@odata.type") != "#microsoft.graph.group") role.Add(id, JsonText.Of(member, "@odata.type") == "#microsoft.graph.user" && member["accountEnabled"] is JValue { Value: true });
                else foreach (var user in new GroupMembersSource(client).UsersOf(id, "$select=id,accountEnabled", token)) role.Add(user.Id, user.IsEnabled == true);
            }
            roles.Add(role);
        }
        return roles;
    }
}

/// <summary>A directory role and who has it.</summary>
/// <param name="Name">Null where it may not be seen.</param>
/// <param name="Holders">Object ids.</param>
internal sealed record RoleHolders(string TemplateId, string? Name, HashSet<string> Holders)
{
    /// <summary>Those of them who are users that can sign in for certain: not an application, and not a disabled account.</summary>
    public HashSet<string> People { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string id, bool isPerson)
    {
        Holders.Add(id);
        if (isPerson) People.Add(id);
    }
}
