using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>What is known of a user.</summary>
internal sealed class RulePerson(Guid id)
{
    public Guid Id { get; } = id;

    public string? UserPrincipalName { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>Null where it does not show. The registration report has enabled accounts only.</summary>
    public bool? IsEnabled { get; set; }

    public bool? IsGuest { get; set; }

    /// <summary>Whether a guest is from another tenant, and no account of this one: its user name says so (learn.microsoft.com/entra/external-id/user-properties).</summary>
    public bool IsExternal => UserPrincipalName?.IndexOf("#EXT#", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>What the registration report says, with what came since; null where it says nothing.</summary>
    public ReportedMethods? Methods { get; set; }

    /// <summary>Whether something was removed since the report, so that what it says may be no more.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>The registered passkeys; null where they could not be read. Whoever has none by the report has an empty list.</summary>
    public IReadOnlyList<RegisteredPasskey>? Passkeys { get; set; }

    /// <summary>Whether the last use of a passkey would show.</summary>
    public bool HasLastUse { get; set; }

    /// <summary>Stands for the groups that the user is in.</summary>
    public int Number { get; set; }

    /// <summary>The name that people know, as the tenant has it.</summary>
    public string Shown => UserPrincipalName ?? DisplayName ?? Id.ToString();

    /// <summary>Whether there is another phishing-resistant method than a passkey; null where that is not known.</summary>
    public bool? HasOtherMethod => Methods is not { } methods || IsInDoubt ? null : ReportWords.HasOtherMethod(methods);

    public FindingObject AsObject(string? detail = null) => new(FindingObjectKind.User, Id.ToString(), Shown, detail);

    /// <summary>The directory and the report, of which the directory is newer.</summary>
    public void Take(DirectoryUser user)
    {
        UserPrincipalName = user.UserPrincipalName ?? UserPrincipalName;
        DisplayName = user.DisplayName ?? DisplayName;
        IsEnabled = user.IsEnabled ?? IsEnabled;
        IsGuest = user.IsGuest ?? IsGuest;
    }

    public void Take(ReportedUser row, RecentMethods? recent)
    {
        UserPrincipalName ??= row.UserPrincipalName;
        DisplayName ??= row.DisplayName;
        IsGuest ??= row.IsGuest;
        // Who was disabled since is still in the report.
        IsEnabled ??= true;
        Methods = row.Methods | (recent?.Others ?? ReportedMethods.None);
        IsInDoubt = recent?.HasRemoval == true;
    }

    public static IReadOnlyList<FindingObject> AsObjects(IEnumerable<RulePerson> people, Func<RulePerson, string?>? detail = null) =>
        [.. people.OrderBy(p => p.Shown, StringComparer.OrdinalIgnoreCase).Select(p => p.AsObject(detail?.Invoke(p)))];
}
