using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>One thing that happened, with one entry of the log or two: a registration of a passkey writes "Add Passkey" and "User registered security info" (reference/graph-users-and-usage.md §4).</summary>
internal sealed class AuditRecord(AuditEntry first)
{
    /// <summary>How far apart the two entries of one event may be. They are written by two services; seconds were seen.</summary>
    public static readonly TimeSpan PairTolerance = TimeSpan.FromSeconds(30);

    private AuditEntry? _second;

    /// <summary>The one that says most.</summary>
    public AuditEntry Main => _second is { Method: not null } ? _second : first;

    private AuditEntry? Twin => _second is null ? null : ReferenceEquals(Main, first) ? _second : first;

    public DateTimeOffset? At => Main.At;

    public AuditPerson User => Twin is { } twin ? Main.User.With(twin.User) : Main.User;

    public AuditPerson By => Twin is { } twin && Main.Initiator == twin.Initiator ? Main.By.With(twin.By) : Main.By.IsKnown || Twin is null ? Main.By : Twin.By;

    /// <summary>A service that acts for the user is not somebody else.</summary>
    public PasskeyAuditInitiator Initiator => Twin is { } twin && (Main.Initiator is PasskeyAuditInitiator.Unknown || (Main.Initiator is PasskeyAuditInitiator.Application && twin.Initiator is PasskeyAuditInitiator.Themselves)) ? twin.Initiator : Main.Initiator;

    public string? Reason => Main.Reason ?? Twin?.Reason;

    public IEnumerable<AuditEntry> Entries => Twin is { } twin ? [Main, twin] : [Main];

    public bool IsPasskeyRegistration => Main is { Kind: PasskeyAuditKind.Registration, Method: AuditEntry.Passkey, IsSuccess: not false };

    /// <summary>Whether it may have been a Temporary Access Pass: somebody else registered something of which the log does not say what it is.</summary>
    public bool MayBePass => Main is { Kind: PasskeyAuditKind.Registration, Method: null, IsSuccess: not false } && Initiator is PasskeyAuditInitiator.OtherUser or PasskeyAuditInitiator.Application;

    /// <summary>
    /// Whether it says anything about passkeys. What a user registered without a twin that names it is something else: "Add Passkey" is documented for both types. A removal may be one, since the name for removed
    /// synced passkeys is not confirmed, and a failure has no twin.
    /// </summary>
    public bool IsWorthTelling => Main.Method is not null || Main.Kind is not PasskeyAuditKind.Registration || Main.IsSuccess == false || MayBePass;

    /// <summary>Takes the other entry of the same thing; false where it is of another.</summary>
    public bool TryPair(AuditEntry other)
    {
        if (_second is not null || first.Kind != other.Kind || first.Kind is not (PasskeyAuditKind.Registration or PasskeyAuditKind.Removal)) return false;
        if (first.Method is null == other.Method is null || first.IsSuccess != other.IsSuccess || !first.User.IsSame(other.User)) return false;
        if (first.At is not { } one || other.At is not { } two || (one - two).Duration() > PairTolerance) return false;
        // Who did it is the same, as far as both say it; a service may act for the user.
        if (first.Initiator is not (PasskeyAuditInitiator.Unknown or PasskeyAuditInitiator.Application) && other.Initiator is not (PasskeyAuditInitiator.Unknown or PasskeyAuditInitiator.Application) && first.Initiator != other.Initiator) return false;
        if (first.By.IsKnown && other.By.IsKnown && !first.By.IsSame(other.By) && first.Initiator == other.Initiator && first.By.Id is not null && other.By.Id is not null) return false;
        _second = other;
        return true;
    }
}
