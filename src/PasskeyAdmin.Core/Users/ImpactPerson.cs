using System.Collections.Generic;

namespace PasskeyAdmin.Users;

/// <summary>What is known of somebody whom a change may affect, and what was found out of it.</summary>
internal sealed class ImpactPerson(string id, int number)
{
    public string Id { get; } = id;

    /// <summary>Stands for the groups that the user is in.</summary>
    public int Number { get; } = number;

    public string? UserPrincipalName { get; set; }

    /// <summary>The name in the report, which may be one from before the user was renamed.</summary>
    public string? ReportedName { get; set; }

    public string? DisplayName { get; set; }

    public bool? IsAdministrator { get; set; }

    public bool? IsGuest { get; set; }

    /// <summary>Null where that is not known. The report has enabled accounts only.</summary>
    public bool? IsEnabled { get; set; }

    /// <summary>What the report says; null where it says nothing of this user.</summary>
    public ReportedMethods? Reported { get; set; }

    /// <summary>What came and went since the report; null for nothing.</summary>
    public RecentMethods? Recent { get; set; }

    /// <summary>The methods themselves; null where they were not read.</summary>
    public UserMethods? Read { get; set; }

    /// <summary>Why it cannot be known; null where it is, or where that is found out by judging.</summary>
    public string? Hindrance { get; set; }

    public PasskeyImpact Impact { get; set; }

    public string? Reason { get; set; }

    public IReadOnlyList<PasskeyLoss> Lost { get; set; } = [];

    public IReadOnlyList<string> Remaining { get; set; } = [];

    public IReadOnlyList<string> OtherMethodNames { get; set; } = [];

    /// <summary>The directory is newer than any report.</summary>
    public void Take(DirectoryUser user)
    {
        UserPrincipalName = user.UserPrincipalName ?? UserPrincipalName;
        DisplayName = user.DisplayName ?? DisplayName;
        IsGuest = user.IsGuest ?? IsGuest;
        IsEnabled = user.IsEnabled ?? IsEnabled;
    }
}
