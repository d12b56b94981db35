using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>Whether a user gets back to a phishing-resistant sign-in after losing a device, why, and what would make it better.</summary>
public sealed class PasskeyRecovery
{
    internal PasskeyRecovery(DirectoryUser user, RecoverySituation situation, RecoveryJudgement judged, RecoveryReading read)
    {
        UserId = user.Id;
        UserPrincipalName = user.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        UserDisplayName = user.DisplayName is { } display ? DisplayText.Neutralise(display) : null;
        IsEnabled = user.IsEnabled;
        IsAdministrator = PasskeyAnswers.Of(situation.IsAdministrator);
        Verdict = judged.Verdict;
        Why = new JoinedList<string>(judged.Why);
        Add = new JoinedList<string>(judged.Add);
        SecondPasskey = PasskeyAnswers.Of(judged.Second);
        OtherMethod = PasskeyAnswers.Of(judged.Other);
        SyncedCopy = PasskeyAnswers.Of(judged.Synced);
        PassAllowed = PasskeyAnswers.Of(situation.IsPassAllowed);
        PassObtainable = PasskeyAnswers.Of(judged.PassObtainable);
        PassRole = judged.Role;
        SelfServiceReset = PasskeyAnswers.Of(situation.CanResetPassword);
        UsablePasskey = new JoinedList<string>((situation.Passkeys ?? []).Where(p => p.Usable is PasskeyAnswer.Yes).Select(p => p.Name));
        NotRead = new JoinedList<string>(read.NotRead);
        ReadAt = read.At;
        TenantId = read.TenantId;
    }

    /// <summary>The object id of the user.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserDisplayName { get; }

    /// <summary>Whether the account is enabled; null where that could not be read.</summary>
    public bool? IsEnabled { get; }

    /// <summary>Whether the user has a directory role, active now: then only a Privileged Authentication Administrator can help.</summary>
    public PasskeyAnswer IsAdministrator { get; }

    public PasskeyRecoveryVerdict Verdict { get; }

    /// <summary>Why, in sentences.</summary>
    public IReadOnlyList<string> Why { get; }

    /// <summary>What would make it better, in sentences.</summary>
    public IReadOnlyList<string> Add { get; }

    /// <summary>Whether two passkeys or more work under the present policy.</summary>
    public PasskeyAnswer SecondPasskey { get; }

    /// <summary>Whether there is another phishing-resistant method: Windows Hello for Business, the platform credential of macOS, a certificate that counts as two factors.</summary>
    public PasskeyAnswer OtherMethod { get; }

    /// <summary>Whether a synced passkey works under the present policy. Whether its provider gives it back is outside the control of Microsoft Entra.</summary>
    public PasskeyAnswer SyncedCopy { get; }

    /// <summary>Whether the policy lets the user have a Temporary Access Pass.</summary>
    public PasskeyAnswer PassAllowed { get; }

    /// <summary>Whether there is also somebody else who may issue it now: a person with the role active, whose account is enabled and no emergency account. Never No: somebody may be eligible.</summary>
    public PasskeyAnswer PassObtainable { get; }

    /// <summary>The least role that may issue it.</summary>
    public string PassRole { get; }

    /// <summary>Whether the user can reset the password alone. That restores no passkey.</summary>
    public PasskeyAnswer SelfServiceReset { get; }

    /// <summary>Always Unknown: whether Microsoft Entra ID Account Recovery is set up cannot be read (reference/adoption-and-troubleshooting.md §6, unconfirmed).</summary>
    public PasskeyAnswer AccountRecovery { get; } = PasskeyAnswer.Unknown;

    /// <summary>The passkeys that work under the present policy, whether Conditional Access takes them or not.</summary>
    public IReadOnlyList<string> UsablePasskey { get; }

    /// <summary>What could not be read, with the reason.</summary>
    public IReadOnlyList<string> NotRead { get; }

    /// <summary>When the methods were read, in UTC; of somebody whom the registration report shows without any, and who was not asked for that reason, up to when the report is whole.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    public override string ToString() => $"{UserPrincipalName ?? UserId}: {Verdict}";
}

/// <summary>How it was read.</summary>
internal sealed record RecoveryReading(DateTimeOffset At, string? TenantId, IReadOnlyList<string> NotRead);
