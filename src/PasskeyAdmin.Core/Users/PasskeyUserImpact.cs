using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>What a change of policy does to one user.</summary>
public sealed class PasskeyUserImpact
{
    internal PasskeyUserImpact(ImpactPerson person, PasskeyImpact impact, EmergencyAccountKind emergencyAccount, DateTimeOffset? dataAsOf, string? tenantId)
    {
        UserId = person.Id;
        UserPrincipalName = person.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        DisplayName = person.DisplayName is { } display ? DisplayText.Neutralise(display) : null;
        Impact = impact;
        EmergencyAccount = emergencyAccount;
        IsAdministrator = person.IsAdministrator;
        IsGuest = person.IsGuest;
        IsEnabled = person.IsEnabled;
        LostPasskey = new JoinedList<PasskeyLoss>(person.Lost);
        RemainingPasskey = new JoinedList<string>(person.Remaining);
        RemainingMethod = new JoinedList<string>(person.OtherMethodNames);
        Reason = person.Reason;
        DataAsOf = dataAsOf;
        TenantId = tenantId;
    }

    public PasskeyImpact Impact { get; }

    /// <summary>The object id.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? DisplayName { get; }

    /// <summary>Whether the user has a directory role; null where that is not known.</summary>
    public bool? IsAdministrator { get; }

    public EmergencyAccountKind EmergencyAccount { get; }

    /// <summary>Null where that is not known.</summary>
    public bool? IsGuest { get; }

    /// <summary>False for a disabled account, which nobody can sign in to and which is counted apart; null where that is not known.</summary>
    public bool? IsEnabled { get; }

    /// <summary>The passkeys that stop working, or may (<see cref="PasskeyLoss.IsCertain"/>), with the profiles that let them in so far.</summary>
    public IReadOnlyList<PasskeyLoss> LostPasskey { get; }

    /// <summary>The passkeys that still work, by provider, or by type where only the report tells of them.</summary>
    public IReadOnlyList<string> RemainingPasskey { get; }

    /// <summary>Other phishing-resistant methods that are registered: this policy does not govern them. Whether the device that they are on still works is not known.</summary>
    public IReadOnlyList<string> RemainingMethod { get; }

    /// <summary>Why it is not known, or what else to know; null where there is nothing to say.</summary>
    public string? Reason { get; }

    /// <summary>
    /// The date of what is known about registrations: that of the registration report, or of the oldest read where there is no report; null where nothing was
    /// read. Registrations after it are known from the audit log.
    /// </summary>
    public DateTimeOffset? DataAsOf { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>Whether the user loses anything.</summary>
    public bool IsAffected => Impact is PasskeyImpact.LosesPasskey or PasskeyImpact.LosesPasskeySignIn or PasskeyImpact.Stranded;

    /// <summary>Emergency accounts first, then administrators, then by what is lost, then by name.</summary>
    internal static IEnumerable<PasskeyUserImpact> Sorted(IEnumerable<PasskeyUserImpact> rows) => rows
        .OrderBy(r => r.IsEnabled == false)
        .ThenBy(r => r.Impact is PasskeyImpact.Unaffected ? 2 : r.EmergencyAccount is EmergencyAccountKind.Named or EmergencyAccountKind.Presumed ? 0 : r.IsAdministrator == true ? 1 : 2)
        .ThenBy(r => r.Impact switch { PasskeyImpact.Stranded => 0, PasskeyImpact.LosesPasskeySignIn => 1, PasskeyImpact.Unknown => 2, PasskeyImpact.LosesPasskey => 3, _ => 4 })
        .ThenBy(r => r.UserPrincipalName ?? r.UserId, StringComparer.OrdinalIgnoreCase);

    public override string ToString() => $"{UserPrincipalName ?? UserId}: {Impact}";
}
