using System;
using System.Collections.Generic;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>An account that is kept for when nothing else works.</summary>
/// <param name="Groups">The groups that it is in, through others as well; null where they could not be read.</param>
internal sealed record EmergencyAccount(Guid Id, string Shown, IReadOnlyList<DirectoryGroup>? Groups)
{
    /// <summary>Whether it is one beyond doubt: named, or left out by every enabled policy (design §1). Others are administrators as well, until somebody names them.</summary>
    public bool IsCertain { get; init; } = true;

    public FindingObject AsObject(string? detail = null) => new(FindingObjectKind.User, Id.ToString(), Shown, detail);
}

/// <summary>The emergency accounts, and how they are known.</summary>
/// <param name="IsNamed">Whether the administrator named them; else they are taken for such because most policies leave them out.</param>
internal sealed record RuleEmergency(IReadOnlyList<EmergencyAccount> Accounts, bool IsNamed)
{
    /// <summary>How they are known, to append to a sentence about them.</summary>
    public string Basis => IsNamed ? "" : " (Presumed: left out by most Conditional Access policies.)";
}
