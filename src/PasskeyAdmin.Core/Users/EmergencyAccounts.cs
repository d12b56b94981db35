using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>Whether an account is one of those that are kept for when nothing else works.</summary>
public enum EmergencyAccountKind
{
    /// <summary>None was named who is in the directory, and Conditional Access, from which they are presumed, could not be read.</summary>
    Unknown,
    No,

    /// <summary>The administrator named it.</summary>
    Named,

    /// <summary>Every enabled Conditional Access policy excludes it.</summary>
    Presumed,
}

/// <summary>The emergency accounts of a tenant: named by the administrator, else presumed (design §1).</summary>
internal sealed class EmergencyAccounts
{
    private readonly HashSet<string> _ids;
    private readonly EmergencyAccountKind _kind;

    private EmergencyAccounts(EmergencyAccountKind kind, IEnumerable<string> ids, IReadOnlyList<string> notRead)
    {
        _kind = kind;
        _ids = new HashSet<string>(ids, StringComparer.OrdinalIgnoreCase);
        NotRead = notRead;
    }

    /// <summary>How they are known: Named or Presumed; No where there are none to presume; Unknown where that could not be read.</summary>
    public EmergencyAccountKind Basis => _kind is EmergencyAccountKind.Presumed && _ids.Count == 0 ? EmergencyAccountKind.No : _kind;

    /// <summary>Their object ids, as far as they are known.</summary>
    public IReadOnlyList<string> Ids => [.. _ids.Where(i => Guid.TryParse(i, out _))];

    /// <summary>What could not be read of them, in sentences.</summary>
    public IReadOnlyList<string> NotRead { get; }

    public EmergencyAccountKind Of(string userId, string? userPrincipalName) =>
        _kind is EmergencyAccountKind.Unknown ? EmergencyAccountKind.Unknown : _ids.Contains(userId) || (userPrincipalName is not null && _ids.Contains(userPrincipalName)) ? _kind : EmergencyAccountKind.No;

    /// <summary>Whether an account is kept for when nothing else works, or has power and may be.</summary>
    public static bool MayBe(EmergencyAccountKind kind, Reading<DirectoryStanding> standing) =>
        kind is EmergencyAccountKind.Named or EmergencyAccountKind.Presumed || (kind is EmergencyAccountKind.Unknown && (!standing.IsRead || standing.Value.IsAdministrator));

    public static EmergencyAccounts Named(IEnumerable<string> ids, IReadOnlyList<string> notRead) => new(EmergencyAccountKind.Named, ids, notRead);

    public static EmergencyAccounts Presumed(IEnumerable<string> ids, IReadOnlyList<string> notRead) => new(EmergencyAccountKind.Presumed, ids, notRead);

    public static EmergencyAccounts Unknown(IReadOnlyList<string> reasons) => new(EmergencyAccountKind.Unknown, [], reasons);
}
