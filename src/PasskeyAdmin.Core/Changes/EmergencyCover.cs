using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Whether a policy leaves the emergency accounts out.</summary>
/// <param name="Basis">How they are known.</param>
/// <param name="Uncovered">Those that it does not leave out, safe to show.</param>
/// <param name="NotRead">What could not be read of them, in sentences.</param>
internal sealed record EmergencyCover(EmergencyAccountKind Basis, IReadOnlyList<string> Uncovered, IReadOnlyList<string> NotRead)
{
    /// <summary>Those that it leaves out and that can sign in, safe to show.</summary>
    public IReadOnlyList<string> Covered { get; init; } = [];

    /// <summary>What rests on a guess, where the policy may be enabled; null where nothing does.</summary>
    public string? Caution => Basis is EmergencyAccountKind.Presumed && Refusal() is null
        ? $"No emergency account was named: {NameLists.And(Covered.Take(Most))} {(Covered.Count == 1 ? "is" : "are")} presumed to be {(Covered.Count == 1 ? "one" : "those")}, as every enabled Conditional Access policy leaves {(Covered.Count == 1 ? "it" : "them")} out. If yours are others, this policy may shut them out. {HowToName}"
        : null;

    private const string HowToName = "Name them: Connect-PasskeyTenant -EmergencyAccount.";

    /// <summary>Why a policy must not be enabled; null where it may. No switch overrides this: whoever shuts out the last account cannot mend it.</summary>
    public PasskeyAdminException? Refusal()
    {
        if (Basis is not (EmergencyAccountKind.Named or EmergencyAccountKind.Presumed))
            return new PasskeyAdminException(ErrorKind.InvalidOperation, "EmergencyAccountsUnknown", $"Which accounts are emergency accounts is not known{(NotRead.Count > 0 ? $": {NotRead[0].TrimEnd('.')}" : ": none was named, and no account is left out by every enabled Conditional Access policy")}. A policy is enabled only where it leaves them out. {HowToName}") { RecommendedAction = "Connect-PasskeyTenant -EmergencyAccount" };
        if (Uncovered.Count > 0)
            return new PasskeyAdminException(ErrorKind.InvalidOperation, "EmergencyAccountNotExcluded", $"The policy does not leave out {(Uncovered.Count == 1 ? "the emergency account" : "the emergency accounts")} {NameLists.And(Uncovered.Take(Most))}{(Uncovered.Count > Most ? $" and {Uncovered.Count - Most} more" : "")}{(Basis is EmergencyAccountKind.Presumed ? " (presumed: every enabled Conditional Access policy leaves them out; if these are others, name yours with Connect-PasskeyTenant -EmergencyAccount)" : "")}. Give a group that they are in: -ExcludeGroup. Nothing overrides this, as whoever shuts out the last account cannot mend it.");
        if (NotRead.Count > 0) return new PasskeyAdminException(ErrorKind.InvalidOperation, "EmergencyAccountsUnknown", $"Not all emergency accounts could be read. {GuardWords.Sentence(NotRead[0])} A policy is enabled only where it leaves them out. {HowToName}");
        return Covered.Count > 0 ? null : new PasskeyAdminException(ErrorKind.InvalidOperation, "EmergencyAccountNotExcluded", $"No emergency account that the policy leaves out can sign in: they are disabled, or not in the directory. {HowToName} Nothing overrides this.");
    }

    private const int Most = 5;
}

/// <summary>Reads whether a policy leaves the emergency accounts out.</summary>
internal sealed class EmergencyCoverSource(TenantSession tenant, GraphClient client)
{
    /// <summary>So few are asked for their groups, and not the groups for their members.</summary>
    private const int Few = 20;

    /// <param name="excluded">The groups that the policy leaves out, with the groups in them.</param>
    public EmergencyCover Read(IReadOnlyList<DirectoryGroup> excluded, CancellationToken token)
    {
        var accounts = new EmergencyAccountsSource(tenant, client).Read(token);
        var (ids, notRead) = (accounts.Ids, accounts.NotRead.ToList());
        // Of the named, each is there by the name and, where it could be read, by the id.
        if (accounts.Basis is EmergencyAccountKind.No or EmergencyAccountKind.Unknown) return new EmergencyCover(accounts.Basis, [], notRead);
        try
        {
            var covered = Covered(ids, excluded, token);
            var users = new DirectoryUserSource(client).Lookup(ids, token).Where(u => u.User is not null).GroupBy(u => u.User!.Id, StringComparer.OrdinalIgnoreCase).Select(g => (User: g.First().User!, IsCovered: g.Any(u => covered.Contains(u.Asked)))).ToList();
            // Those that were deleted need no way in, and a disabled one is none.
            return new EmergencyCover(accounts.Basis, [.. users.Where(u => !u.IsCovered).Select(u => DisplayText.Neutralise(u.User.Shown))], notRead) { Covered = [.. users.Where(u => u.IsCovered && u.User.IsEnabled != false).Select(u => DisplayText.Neutralise(u.User.Shown))] };
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return new EmergencyCover(EmergencyAccountKind.Unknown, [], [.. notRead, $"Whether the policy leaves them out could not be read. {e.Message}"]);
        }
    }

    private HashSet<string> Covered(IReadOnlyList<string> ids, IReadOnlyList<DirectoryGroup> excluded, CancellationToken token)
    {
        var covered = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (excluded.Count == 0) return covered;
        var groups = new HashSet<string>(excluded.Select(g => g.Id), StringComparer.OrdinalIgnoreCase);
        if (ids.Count <= Few) covered.UnionWith(ids.Where(i => GroupsOf(i, token).Any(g => groups.Contains(g.Id))));
        else foreach (var group in groups) covered.UnionWith(new GroupMembersSource(client).UsersOf(group, "$select=id", token).Select(u => u.Id));
        return covered;
    }

    /// <summary>An account that was deleted is in no group.</summary>
    private IReadOnlyList<DirectoryGroup> GroupsOf(string id, CancellationToken token)
    {
        try
        {
            return new DirectoryUserSource(client).GroupsOf(id, isTransitive: true, token);
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "GraphNotFound")
        {
            return [];
        }
    }
}
