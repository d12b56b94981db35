using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Finds authentication strengths by the names that users type, and by id.</summary>
internal static class StrengthNames
{
    /// <summary>The strengths of that very name, or those that a pattern matches.</summary>
    /// <exception cref="PasskeyAdminException"><c>StrengthNotFound</c> for a name without wildcards, <c>StrengthNameInvalid</c>.</exception>
    public static IReadOnlyList<AuthenticationStrength> Find(string name, IReadOnlyList<AuthenticationStrength> strengths, TenantSession tenant)
    {
        var found = NamePattern.Find(name, strengths, s => [s.Name, DisplayText.Neutralise(s.Name)], "StrengthNameInvalid");
        return found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(name) ? found : throw NotFound(name, strengths, tenant);
    }

    /// <exception cref="PasskeyAdminException"><c>StrengthNotFound</c>.</exception>
    public static AuthenticationStrength ById(string id, IReadOnlyList<AuthenticationStrength> strengths, TenantSession tenant) =>
        strengths.FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? throw NotFound(id, strengths, tenant);

    private static PasskeyAdminException NotFound(string nameOrId, IReadOnlyList<AuthenticationStrength> strengths, TenantSession tenant)
    {
        var names = strengths.Select(s => DisplayText.Neutralise(s.Name)).ToList();
        return new(ErrorKind.NotFound, "StrengthNotFound",
            $"There is no authentication strength '{DisplayText.Neutralise(nameOrId)}' in {tenant}. {NearNames.Question(nameOrId, names, names.Count > 0 ? $"Its strengths: {string.Join(", ", names)}." : "It lists none.")}")
        {
            RecommendedAction = "Get-PasskeyAuthenticationStrength",
        };
    }
}
