using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>
/// Reads the emergency accounts and the groups that they are in. Where the administrator named none, those are taken that more than half of the enabled Conditional Access
/// policies leave out: a change is guarded by those that all leave out (design §1), but the mistake that a rule looks for is to be forgotten in one.
/// </summary>
internal sealed class RuleEmergencySource(TenantSession tenant, GraphClient client)
{
    public const string NotKnownId = "EmergencyAccountUnknown";

    /// <summary>Of a policy or two, "most" means nothing.</summary>
    private const int FewestPolicies = 2;

    /// <summary>Whoever leaves so many out has another reason.</summary>
    private const int MostAccounts = 20;

    /// <exception cref="PasskeyAdminException">Where they cannot be told.</exception>
    public RuleEmergency Read(Reading<TenantAccess>? access, RuleGroups? groups, CancellationToken token)
    {
        if (tenant.EmergencyAccountFault is { } fault) throw NotKnown(fault);
        var isNamed = tenant.EmergencyAccount.Count > 0;
        var presumed = isNamed ? [] : Presumed(access, groups);
        IReadOnlyList<string> asked = isNamed ? tenant.EmergencyAccount : [.. presumed.Keys.Select(id => id.ToString())];
        var source = new DirectoryUserSource(client);
        var accounts = new List<EmergencyAccount>();
        foreach (var (name, user) in source.Lookup(asked, token))
        {
            if (user is null || !Guid.TryParse(user.Id, out var id) || user.IsEnabled == false || accounts.Exists(a => a.Id == id)) continue;
            accounts.Add(new EmergencyAccount(id, user.UserPrincipalName ?? name, GroupsOf(source, user.Id, token)) { IsCertain = isNamed || presumed[id] });
        }
        if (accounts.Count == 0) throw NotKnown(isNamed ? "nobody who was named is in the directory and enabled" : "none was named, and no account is left out by most Conditional Access policies");
        return new RuleEmergency(accounts, isNamed);
    }

    /// <returns>Whether every policy leaves the account out, by its id.</returns>
    private static Dictionary<Guid, bool> Presumed(Reading<TenantAccess>? access, RuleGroups? groups)
    {
        if (access is not { IsRead: true }) throw NotKnown($"none was named, and they cannot be presumed, as: {access?.Reason?.TrimEnd('.')}");
        var enabled = access.Value.Policies.Where(p => p.IsEnabled).ToList();
        if (enabled.Count < FewestPolicies) return [];
        var counts = new Dictionary<Guid, int>();
        foreach (var policy in enabled)
        {
            var left = new HashSet<Guid>(policy.Users.ExcludeUsers.Select(u => Guid.TryParse(u, out var id) ? id : (Guid?)null).OfType<Guid>());
            foreach (var group in policy.Users.ExcludeGroups)
                left.UnionWith(groups?.UsersOf(group) ?? throw NotKnown($"none was named, and who is in a group that Conditional Access leaves out could not be read. {groups?.WhyUnread(group).TrimEnd('.')}"));
            foreach (var user in left) counts[user] = counts.TryGetValue(user, out var count) ? count + 1 : 1;
        }
        var most = counts.Where(c => c.Value * 2 > enabled.Count).ToDictionary(c => c.Key, c => c.Value == enabled.Count);
        return most.Count <= MostAccounts ? most : [];
    }

    private static IReadOnlyList<DirectoryGroup>? GroupsOf(DirectoryUserSource source, string id, CancellationToken token)
    {
        try
        {
            return source.GroupsOf(id, isTransitive: true, token);
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return null;
        }
    }

    private static PasskeyAdminException NotKnown(string reason) => new(ErrorKind.Unavailable, NotKnownId, $"Which accounts are emergency accounts is not known: {reason.TrimEnd('.')}. Name them: Connect-PasskeyTenant -EmergencyAccount.");
}
