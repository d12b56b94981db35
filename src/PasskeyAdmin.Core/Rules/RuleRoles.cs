using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Who has which directory role, active now. Whoever has one is an administrator, but for the roles that change nothing and those of services.</summary>
internal sealed class RuleRoles
{
    /// <summary>
    /// Template ids of roles that make nobody an administrator (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference, none of them marked as
    /// privileged but the last two, which only services have). A role that is not here counts, also one that is newer than this list.
    /// </summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "4a5d8f65-41da-4de4-8968-e035b65339cf", // Reports Reader
        "75934031-6c7e-415a-99d7-48dbd49e875e", // Usage Summary Reports Reader
        "88d8e3e3-8f55-4a1e-953a-9b9898b8876b", // Directory Readers
        "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b", // Message Center Reader
        "95e79109-95c0-4d8e-aee3-d01accf2d47b", // Guest Inviter
        "d29b2b05-8046-44ba-8758-1e26182fcf32", // Directory Synchronization Accounts
        "a92aed5d-d78a-4d16-b381-09adb37eb3b0", // On Premises Directory Sync Account
    };

    private readonly Dictionary<string, HashSet<Guid>> _holders = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, List<string>> _rolesOf = [];

    public RuleRoles(IEnumerable<RoleHolders> roles)
    {
        foreach (var role in roles)
        {
            HashSet<Guid> ids = [.. role.Holders.Select(h => Guid.TryParse(h, out var id) ? id : (Guid?)null).OfType<Guid>()];
            if (_holders.TryGetValue(role.TemplateId, out var before)) before.UnionWith(ids);
            else _holders.Add(role.TemplateId, ids);
            if (Harmless.Contains(role.TemplateId)) continue;
            foreach (var id in ids)
            {
                if (!_rolesOf.TryGetValue(id, out var names)) _rolesOf.Add(id, names = []);
                names.Add(DisplayText.Neutralise(role.Name ?? role.TemplateId));
            }
        }
    }

    public bool IsAdministrator(Guid user) => _rolesOf.ContainsKey(user);

    /// <summary>The ids of all administrators; a service principal may be among them.</summary>
    public IReadOnlyCollection<Guid> Administrators => _rolesOf.Keys;

    /// <summary>The roles of an administrator, as a sentence has them.</summary>
    public string RolesOf(Guid user) => _rolesOf.TryGetValue(user, out var names) ? string.Join(", ", names) : "";

    /// <summary>Whether somebody has the role with that template id, whichever it is.</summary>
    public bool Has(Guid user, string templateId) => _holders.TryGetValue(templateId, out var holders) && holders.Contains(user);
}
