using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>Reads which accounts are emergency accounts.</summary>
internal sealed class EmergencyAccountsSource(TenantSession tenant, GraphClient client)
{
    /// <summary>So few are asked for their groups, and not the groups, which may be large, for their members.</summary>
    private const int Few = 20;

    private const string PoliciesPath = "/v1.0/identity/conditionalAccess/policies";

    public EmergencyAccounts Read(CancellationToken token) => tenant.EmergencyAccountFault is { } fault ? EmergencyAccounts.Unknown([fault]) : tenant.EmergencyAccount.Count > 0 ? ReadNamed(token) : Presume([], token);

    private EmergencyAccounts ReadNamed(CancellationToken token)
    {
        var paths = tenant.EmergencyAccount.Select(a => $"/v1.0/users/{Uri.EscapeDataString(a)}?$select=id").ToList();
        var (ids, notRead) = (new List<string>(), new List<string>());
        var isAnybodyThere = false;
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            var (name, shown) = (tenant.EmergencyAccount[index], DisplayText.Neutralise(tenant.EmergencyAccount[index]));
            isAnybodyThere |= !answer.IsGone;
            // Where it cannot be read, it may still be met by its name.
            ids.Add(name);
            if (answer is { IsSuccess: true, Body: { } body } && JsonText.Of(body, "id") is { } id) ids.Add(id);
            else if (answer.IsGone) notRead.Add($"The emergency account {shown} is not in the directory.");
            else notRead.Add($"The emergency account {shown} could not be read: {client.ErrorOf(answer, paths[index]).Message}");
        }
        // Names of nobody protect nobody.
        return isAnybodyThere ? EmergencyAccounts.Named(ids, notRead) : Presume(notRead, token);
    }

    /// <summary>Whoever is excluded from every enabled policy, by name, through a group or through a role. Policies that only report shut nobody out.</summary>
    /// <param name="notRead">What could not be read of those who were named.</param>
    private EmergencyAccounts Presume(IReadOnlyList<string> notRead, CancellationToken token)
    {
        try
        {
            var policies = client.GetAll(PoliciesPath, token).Where(p => JsonText.Of(p, "state") == "enabled").Select(p => (p["conditions"] as JObject)?["users"] as JObject).ToList();
            if (policies.Count == 0) return EmergencyAccounts.Presumed([], notRead);
            var members = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
            HashSet<string>? everywhere = null;
            var groupsOf = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
            foreach (var users in policies.OrderBy(p => JsonText.AllOf(p, "excludeGroups").Count() + JsonText.AllOf(p, "excludeRoles").Count()))
            {
                // Whoever is not among those of the others need not be looked for.
                if (everywhere is { Count: 0 }) break;
                var excluded = new HashSet<string>(JsonText.AllOf(users, "excludeUsers").Where(i => Guid.TryParse(i, out _)), StringComparer.OrdinalIgnoreCase);
                if (everywhere is { Count: <= Few } && JsonText.AllOf(users, "excludeGroups").Any()) excluded.UnionWith(everywhere.Where(u => !excluded.Contains(u) && JsonText.AllOf(users, "excludeGroups").Any(GroupsOf(u, groupsOf, token).Contains)));
                else foreach (var group in JsonText.AllOf(users, "excludeGroups")) excluded.UnionWith(MembersOf(group, members, token));
                foreach (var role in JsonText.AllOf(users, "excludeRoles")) excluded.UnionWith(HoldersOf(role, members, token));
                if (everywhere is null) everywhere = excluded;
                else everywhere.IntersectWith(excluded);
            }
            return EmergencyAccounts.Presumed(everywhere!, notRead);
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            var named = notRead.Count == 0 ? "none was named (Connect-PasskeyTenant -EmergencyAccount)" : "nobody who was named is in the directory";
            return EmergencyAccounts.Unknown([.. notRead, $"Which accounts are emergency accounts is not known: {named}, and they cannot be presumed. {e.Message}"]);
        }
    }

    private HashSet<string> MembersOf(string group, Dictionary<string, HashSet<string>> known, CancellationToken token) =>
        Once(group, known, () => new GroupMembersSource(client).UsersOf(group, "$select=id", token).Select(u => u.Id));

    private HashSet<string> GroupsOf(string user, Dictionary<string, HashSet<string>> known, CancellationToken token) =>
        Once(user, known, () => new DirectoryUserSource(client).GroupsOf(user, isTransitive: true, token).Select(g => g.Id));

    /// <summary>A group that was deleted excludes nobody, and an account that was deleted is in no group.</summary>
    private static HashSet<string> Once(string id, Dictionary<string, HashSet<string>> known, Func<IEnumerable<string>> read)
    {
        if (known.TryGetValue(id, out var ids)) return ids;
        try
        {
            ids = new HashSet<string>(read(), StringComparer.OrdinalIgnoreCase);
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "GraphNotFound")
        {
            ids = [];
        }
        return known[id] = ids;
    }

    private HashSet<string> HoldersOf(string role, Dictionary<string, HashSet<string>> known, CancellationToken token)
    {
        if (known.TryGetValue(role, out var holders)) return holders;
        return known[role] = new RoleHoldersSource(client).Read(r => role.Equals(r, StringComparison.OrdinalIgnoreCase), token);
    }
}
