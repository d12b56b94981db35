using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Users;

/// <summary>What is the same for everybody: who may have a Temporary Access Pass, and who may issue one.</summary>
/// <param name="Pass">Null where it could not be read.</param>
/// <param name="Holders">The holders of the roles that were asked for; null where they could not be read.</param>
/// <param name="Emergency">The accounts that are kept for when nothing else works.</param>
internal sealed record RecoveryTenant(TemporaryAccessPassSettings? Pass, IReadOnlyList<RoleHolders>? Holders, EmergencyAccounts Emergency, IReadOnlyList<string> NotRead)
{
    private const string AuthenticationAdministrator = "c4e39bd9-1100-46d3-8c65-fb160da0071f";

    /// <summary>These may help administrators as well. That the Global Administrator may is general knowledge; the others are in reference/adoption-and-troubleshooting.md §1.3.</summary>
    private static readonly string[] PrivilegedIssuers = ["7be44c8a-adaf-4e2a-84d6-ab2649e08a13", RoleHoldersSource.GlobalAdministrator];

    private static readonly string[] Issuers = [AuthenticationAdministrator, .. PrivilegedIssuers];

    /// <summary>Whether every role was asked for, and not only those that issue passes.</summary>
    public required bool HasAllRoles { get; init; }

    /// <param name="needsAllRoles">Whether it is wanted who has any role at all, and not only who may issue passes.</param>
    public static RecoveryTenant Read(TenantSession tenant, GraphClient client, bool needsAllRoles, CancellationToken token)
    {
        static Reading<T> Try<T>(string what, Func<T> read) where T : notnull => GraphReading.Try(what, read, e => $"{what}: {e.Message}");
        var pass = Try("The policy of the Temporary Access Pass", () =>
        {
            var method = client.Get(MethodsPolicyJson.TemporaryAccessPassPath, token);
            return MethodsPolicyJson.TemporaryAccessPass(method, new TargetNames(client).Read(MethodsPolicyJson.Targets(method), [], token));
        });
        var holders = Try("Who has a directory role", () => new RoleHoldersSource(client).ReadByRole(role => needsAllRoles || Issuers.Contains(role, StringComparer.OrdinalIgnoreCase), token));
        var emergency = Try("The emergency accounts", () => new EmergencyAccountsSource(tenant, client).Read(token));
        var accounts = emergency.IsRead ? emergency.Value : EmergencyAccounts.Unknown([emergency.Reason!]);
        return new RecoveryTenant(pass.Value, holders.Value, accounts, [.. new[] { pass.Reason, holders.Reason }.OfType<string>(), .. accounts.NotRead]) { HasAllRoles = needsAllRoles };
    }

    /// <summary>Whether the user holds a role; only where all roles were asked for is "no" an answer.</summary>
    public bool? IsAdministrator(string userId) => Holders?.Any(r => r.Holders.Contains(userId)) switch { true => true, false when HasAllRoles => false, _ => null };

    /// <summary>Whether the user holds a role, by its template id.</summary>
    public bool? HasRole(string userId, string template) => Holders?.Any(r => r.TemplateId.Equals(template, StringComparison.OrdinalIgnoreCase) && r.Holders.Contains(userId)) switch { true => true, false when HasAllRoles => false, _ => null };

    /// <summary>
    /// Whether somebody else may issue a pass to the user now: a person whose account is enabled, and none that is kept for when nothing else works. Null where that is not known, as where nobody has a role
    /// active: somebody may be eligible.
    /// </summary>
    /// <param name="isAdministrator">Whether the user has a role: then fewer may.</param>
    /// <returns>With the reason, to put in brackets, where it is not known.</returns>
    public (bool? HasIssuer, string Reason) HasIssuer(string userId, bool? isAdministrator)
    {
        const string eligible = "somebody may be eligible for it";
        string[] roles = isAdministrator == false ? Issuers : PrivilegedIssuers;
        var people = (Holders ?? []).Where(r => roles.Contains(r.TemplateId, StringComparer.OrdinalIgnoreCase)).SelectMany(r => r.People).Where(p => !p.Equals(userId, StringComparison.OrdinalIgnoreCase)).ToList();
        if (people.Exists(p => Emergency.Of(p, null) is EmergencyAccountKind.No)) return (true, "");
        return (null, people.Count == 0 ? eligible
            : people.Exists(p => Emergency.Of(p, null) is EmergencyAccountKind.Unknown) ? $"which of those who have it are emergency accounts, kept for when nothing else works, could not be read; {eligible}"
            : $"only emergency accounts have it, and these are kept for when nothing else works; {eligible}");
    }

    public (bool? IsAllowed, string Reason) MayHavePass(Membership user)
    {
        if (Pass is null) return (null, "its policy could not be read.");
        var pass = new MethodOfUser(Pass.Method, user);
        if (pass.IsOn is not true and var isOn) return (isOn, isOn == false ? "the method is off in this tenant." : "its policy has a state that this version does not know.");
        if (pass.Exclusion is { } exclusion) return (false, $"the user is excluded, by {exclusion.Shown}.");
        return (pass.IsAllowed, pass.IsAllowed switch { true => "", false => "no target of its policy reaches the user.", null => "in which of its groups the user is could not be read." });
    }

    /// <summary>The groups that decide.</summary>
    public IEnumerable<(string Id, TargetKind Kind, TargetStatus Status)> Groups => (Pass?.Method.Targets ?? []).Concat(Pass?.Method.Exclusions ?? []).Select(t => (t.Id, t.Kind, t.Status));
}
