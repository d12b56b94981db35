using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>What one user is in: groups, and directory roles that are active now, each directly or through groups.</summary>
/// <param name="Roles">As a sentence names them, safe to show.</param>
internal sealed record DirectoryStanding(IReadOnlyList<DirectoryGroup> Groups, IReadOnlyList<string> Roles)
{
    /// <summary>A role whose name may not be seen, as without RoleManagement.Read.Directory, is one all the same.</summary>
    private const string Nameless = "a directory role";

    public bool IsAdministrator => Roles.Count > 0;

    /// <summary>The template ids of these roles, as far as they can be seen.</summary>
    public IReadOnlyCollection<string> RoleTemplates { get; init; } = [];

    /// <summary>Whether the user has a role, by its template id; null where a role of the user cannot be told.</summary>
    public bool? HasRole(string template) => RoleTemplates.Contains(template, StringComparer.OrdinalIgnoreCase) ? true : HasNamelessRole ? null : false;

    private bool HasNamelessRole { get; init; }

    public static DirectoryStanding Of(IEnumerable<JObject> items)
    {
        var all = items.ToList();
        return new DirectoryStanding(
            [.. all.Select(DirectoryUserSource.GroupOf).OfType<DirectoryGroup>()],
            [.. all.Where(IsRole).Select(i => JsonText.Of(i, "displayName") is { } name ? DisplayText.Neutralise(name) : Nameless).Distinct()])
        {
            RoleTemplates = [.. all.Where(IsRole).Select(i => JsonText.Of(i, "roleTemplateId")).OfType<string>()],
            HasNamelessRole = all.Exists(i => IsRole(i) && JsonText.Of(i, "roleTemplateId") is null),
        };
    }

    private static bool IsRole(JObject item) => JsonText.Of(item, "@odata.type") is "#microsoft.graph.directoryRole";
}
