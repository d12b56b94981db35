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

    public static DirectoryStanding Of(IEnumerable<JObject> items)
    {
        var all = items.ToList();
        return new DirectoryStanding(
            [.. all.Select(DirectoryUserSource.GroupOf).OfType<DirectoryGroup>()],
            [.. all.Where(i => JsonText.Of(i, "@odata.type") is "#microsoft.graph.directoryRole").Select(i => JsonText.Of(i, "displayName") is { } name ? DisplayText.Neutralise(name) : Nameless).Distinct()]);
    }
}
