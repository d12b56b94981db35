using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Finds profiles by the names that users type, and by id.</summary>
internal static class ProfileNames
{
    /// <summary>The profile of that very name, or those that a pattern matches.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProfileNotFound</c> for a name without wildcards, <c>ProfileNameInvalid</c>.</exception>
    public static IReadOnlyList<PasskeyProfile> Find(string name, PasskeyPolicy policy)
    {
        var found = NamePattern.Find(name, policy.Profile, p => [p.Name, p.RawName], "ProfileNameInvalid");
        return found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(name) ? found : throw NotFound(name, policy);
    }

    /// <param name="id">Null or empty for the implied profile of a tenant that is not enrolled, which has none.</param>
    /// <exception cref="PasskeyAdminException"><c>ProfileNotFound</c>.</exception>
    public static PasskeyProfile ById(string? id, PasskeyPolicy policy) =>
        policy.Profile.FirstOrDefault(p => id is { Length: > 0 } ? id.Equals(p.Id, StringComparison.OrdinalIgnoreCase) : p.IsImplied) ?? throw NotFound(id ?? "", policy);

    /// <summary>The error for a name that means nobody.</summary>
    public static PasskeyAdminException NotFound(string nameOrId, PasskeyPolicy policy) =>
        new(ErrorKind.NotFound, "ProfileNotFound",
            $"There is no passkey profile '{DisplayText.Neutralise(nameOrId)}' in {policy.TenantName ?? policy.TenantId ?? "this tenant"}. {NearNames.Question(nameOrId, policy.Profile.Select(p => p.Name), policy.Profile.Count > 0 ? $"Its profiles: {policy.Profile}." : "Its policy lists none.")}")
        {
            RecommendedAction = "Get-PasskeyProfile",
        };
}
