using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Finds profiles by the names that users type.</summary>
internal static class ProfileNames
{
    /// <summary>The profile of that very name, or those that a pattern matches.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProfileNotFound</c> for a name without wildcards, <c>ProfileNameInvalid</c>.</exception>
    public static IReadOnlyList<PasskeyProfile> Find(string name, PasskeyPolicy policy)
    {
        // A profile may be called "Admins [EU]": its own name always means it.
        if (policy.Profile.Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList() is { Count: > 0 } exact) return exact;
        if (!WildcardPattern.ContainsWildcardCharacters(name)) throw NotFound(name, policy);
        var matches = NamePattern.Matcher(name, "ProfileNameInvalid");
        return [.. policy.Profile.Where(p => matches(p.Name))];
    }

    public static PasskeyAdminException NotFound(string nameOrId, PasskeyPolicy policy) =>
        new(ErrorKind.NotFound, "ProfileNotFound",
            $"There is no passkey profile '{DisplayText.Neutralise(nameOrId)}' in {policy.TenantName ?? policy.TenantId ?? "this tenant"}. {NearNames.Question(nameOrId, policy.Profile.Select(p => p.Name), $"Its profiles: {string.Join(", ", policy.Profile)}.")}")
        {
            RecommendedAction = "Get-PasskeyProfile",
        };
}
