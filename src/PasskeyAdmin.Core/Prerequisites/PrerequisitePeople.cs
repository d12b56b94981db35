using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Looks who is in the groups of methods, where an answer hinges on it. What cannot be read is left out, and is not known.</summary>
internal sealed class PrerequisitePeople(GraphClient client)
{
    private const string RolesPath = "/v1.0/directoryRoles?$select=id,roleTemplateId";

    // Twenty pages: a check is no inventory.
    private const int MostMembers = 20_000;

    private readonly Dictionary<string, GroupPeople> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="methods">Methods of which a question is only whether they reach anybody.</param>
    /// <param name="phone">Methods of which a question is whom they reach.</param>
    public IReadOnlyDictionary<string, GroupPeople> Read(IEnumerable<MethodConfiguration?> methods, IEnumerable<MethodConfiguration?> phone, CancellationToken token)
    {
        ReadAll([.. phone.OfType<MethodConfiguration>().Where(m => m.State is PolicyState.Enabled)], token);
        foreach (var method in methods.OfType<MethodConfiguration>().Where(m => m.State is PolicyState.Enabled))
        {
            while (method.Reach(_groups) is { Anybody: null } reach && reach.MembersOpen.FirstOrDefault(g => !_asked.Contains(g.Id)) is { } group) ReadAny(group.Id, token);
        }
        return _groups;
    }

    private void ReadAny(string id, CancellationToken token)
    {
        // One look is all: what it does not show is not known.
        _asked.Add(id);
        var hasUsers = false;
        var hasMembers = Try<bool>(() =>
        {
            foreach (var user in MembersOf(id, 100, token).Take(MostMembers))
            {
                hasUsers = true;
                if (!IsGuest(user)) return true;
            }
            return false;
        });
        if (hasMembers is null && !hasUsers) return;
        _groups.TryGetValue(id, out var before);
        _groups[id] = (before ?? new GroupPeople(hasUsers)) with { HasMembers = hasMembers };
    }

    private void ReadAll(List<MethodConfiguration> phone, CancellationToken token)
    {
        // All users have guests and administrators among them.
        var groups = phone.Exists(m => m.ReachesAllUsers) ? [] : phone.Select(m => m.Reach(_groups)).OfType<MethodReach>().SelectMany(r => r.MembersOpen).Select(g => g.Id).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (groups.Count == 0) return;
        var administrators = ReadAdministrators(token);
        foreach (var id in groups)
        {
            if (ReadGroup(id, administrators, token) is { } people) _groups[id] = people;
            else _asked.Add(id);
        }
    }

    private GroupPeople? ReadGroup(string id, HashSet<string>? administrators, CancellationToken token)
    {
        var count = 0;
        var (hasGuests, hasMembers, hasAdministrators, hasUnknown) = (false, false, false, false);
        var isWhole = Try<bool>(() =>
        {
            foreach (var user in MembersOf(id, 999, token))
            {
                hasGuests |= IsGuest(user);
                hasMembers |= !IsGuest(user);
                hasUnknown |= JsonText.Of(user, "userType") is null;
                hasAdministrators |= administrators?.Contains(JsonText.Of(user, "id") ?? "") == true;
                // One is enough.
                if (++count >= MostMembers || hasGuests) return false;
            }
            return true;
        });
        if (isWhole is null && count == 0) return null;
        return new GroupPeople(count > 0)
        {
            HasMembers = hasMembers ? true : isWhole == true ? false : null,
            HasGuests = hasGuests ? true : isWhole == true && !hasUnknown ? false : null,
            HasGlobalAdministrators = hasAdministrators ? true : isWhole == true && (administrators is not null || count == 0) ? false : null,
        };
    }

    /// <summary>Ids of those who are active now, directly or through a group; null where they cannot be had.</summary>
    private HashSet<string>? ReadAdministrators(CancellationToken token)
    {
        var role = Try(() => client.GetAll(RolesPath, token).Where(r => CapabilityRoles.GlobalAdministrator.TemplateId.Equals(JsonText.Of(r, "roleTemplateId"), StringComparison.OrdinalIgnoreCase)).Select(r => JsonText.Of(r, "id")).FirstOrDefault() ?? "", "");
        // Every tenant has that role: where it does not show, the directory hides it.
        if (role.Length == 0) return null;
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isRead = Try<bool>(() =>
        {
            foreach (var member in client.GetAll($"/v1.0/directoryRoles/{Uri.EscapeDataString(role)}/members?$select=id", token).ToList())
            {
                var id = JsonText.Of(member, "id") ?? "";
                ids.Add(id);
                if ("#microsoft.graph.group" == JsonText.Of(member, "@odata.type")) ids.UnionWith(MembersOf(id, 999, token).Select(u => JsonText.Of(u, "id")).OfType<string>());
            }
            return true;
        });
        return isRead == true ? ids : null;
    }

    public static bool IsGuest(JObject user) => "Guest".Equals(JsonText.Of(user, "userType"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Through nested groups. Not with the type in the path: that needs the index that may be behind (learn.microsoft.com/graph/api/group-list-transitivemembers).</summary>
    private IEnumerable<JObject> MembersOf(string id, int top, CancellationToken token) =>
        // A group of empty groups, or of devices, reaches nobody.
        client.GetAll($"/v1.0/groups/{Uri.EscapeDataString(id)}/transitiveMembers?$select=id,userType&$top={top}", token).Where(m => JsonText.Of(m, "@odata.type") is null or "#microsoft.graph.user");

    private static T? Try<T>(Func<T> read) where T : struct
    {
        try
        {
            return read();
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return null;
        }
    }

    private static T Try<T>(Func<T> read, T otherwise) where T : class
    {
        try
        {
            return read();
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return otherwise;
        }
    }
}
