using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Why a registration failed, as far as the log says.</summary>
internal enum RegistrationObstacle
{
    NotSaid,
    Provider,
    PasskeyType,
    Attestation,
    NotCompleted,
    SecondFactor,
    ConditionalAccess,
    AlreadyThere,
}

/// <summary>What the audit log tells of the user's registrations and removals (reference/graph-users-and-usage.md §4). The words of reasons are not documented: what is not understood is not said.</summary>
internal sealed class RegistrationStory
{
    private static readonly (RegistrationObstacle Obstacle, string[] Words)[] Reasons =
    [
        (RegistrationObstacle.Attestation, ["attest"]),
        (RegistrationObstacle.AlreadyThere, ["already"]),
        (RegistrationObstacle.ConditionalAccess, ["conditional access"]),
        (RegistrationObstacle.SecondFactor, ["multifactor", "multi-factor", "mfa", "strong authentication", "second factor"]),
        (RegistrationObstacle.Provider, ["provider", "aaguid", "key restriction", "model", "authenticator is not"]),
        (RegistrationObstacle.PasskeyType, ["synced", "device-bound", "device bound", "passkey type"]),
        (RegistrationObstacle.NotCompleted, ["cancel", "not completed", "timed out", "time-out", "timeout", "abandoned"]),
    ];

    /// <summary>Words by which a reason names another kind of method.</summary>
    private static readonly string[] OtherMethods = ["sms", "mobile phone", "office phone", "phone call", "voice", "email", "e-mail", "oath", "one-time passcode", "security question", "app password", "notification", "app with code", "phone sign-in", "hardware token", "windows hello", "temporary access pass"];

    private static readonly string[] OfPasskeys = ["passkey", "fido", "webauthn", "security key"];

    public RegistrationStory(IReadOnlyList<UserAudit> audits)
    {
        var (registered, failures) = (audits.Where(a => !a.IsFailure && a.Begins("Add Passkey")).ToList(), audits.Where(IsFailure).ToList());
        LastRegistered = registered.FirstOrDefault();
        // What is not said to be about a passkey is over when something was registered.
        var lastOfAny = audits.FirstOrDefault(a => !a.IsFailure && a.Begins("User registered security info"));
        Failures = [.. failures.Where(f => (LastRegistered is null || f.At > LastRegistered.At) && (IsOfPasskey(f) || ObstacleOf(f) is not RegistrationObstacle.NotSaid || lastOfAny is null || f.At > lastOfAny.At))];
        Removals = [.. audits.Where(a => !a.IsFailure && a.Begins("Delete Passkey"))];
        // The twin of a removal, which does not say of what kind it was.
        OtherRemovals = [.. audits.Where(a => !a.IsFailure && (a.Begins("User deleted security info") || a.Begins("Admin deleted security info")))];
    }

    public UserAudit? LastRegistered { get; }

    /// <summary>Registrations that failed or were broken off since the last passkey was registered; the newest first.</summary>
    public IReadOnlyList<UserAudit> Failures { get; }

    /// <summary>Passkeys that were removed, the newest first.</summary>
    public IReadOnlyList<UserAudit> Removals { get; }

    /// <summary>Removals of methods of which the log does not say the kind.</summary>
    public IReadOnlyList<UserAudit> OtherRemovals { get; }

    public IReadOnlyList<UserAudit> FailuresBy(RegistrationObstacle obstacle) => [.. Failures.Where(f => ObstacleOf(f) == obstacle)];

    public static RegistrationObstacle ObstacleOf(UserAudit failure)
    {
        var text = failure.Reason ?? "";
        foreach (var (obstacle, words) in Reasons)
            if (words.Any(w => text.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0)) return obstacle;
        return failure.Begins("User canceled") ? RegistrationObstacle.NotCompleted : RegistrationObstacle.NotSaid;
    }

    /// <summary>Whether an event says that it is about a passkey; the general ones do so by their reason, or not at all.</summary>
    public static bool IsOfPasskey(UserAudit audit) => audit.Begins("Add Passkey") || Has(audit, OfPasskeys);

    private static bool IsFailure(UserAudit audit) =>
        (audit.Begins("User canceled security info registration") || (audit.IsFailure && (audit.Begins("User registered security info") || audit.Begins("Add Passkey")))) && (IsOfPasskey(audit) || !Has(audit, OtherMethods));

    private static bool Has(UserAudit audit, string[] words) => audit.Reason is { } reason && words.Any(w => reason.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0);
}
