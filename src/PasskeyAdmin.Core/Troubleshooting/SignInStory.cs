using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// What the sign-in log tells of one user: which failures are still open. A failure is over when what failed has worked since; that somebody got in with a password does not mend a passkey.
/// </summary>
internal sealed class SignInStory
{
    /// <summary>Codes of a passkey itself, which only a passkey mends.</summary>
    private static readonly HashSet<long> OfPasskeys = [135016, 135010, 135011];

    private static readonly HashSet<long> OfWindowsHello = [130004, 130005, 130006, 130007, 130008];

    /// <summary>Steps on the way of a sign-in that goes on.</summary>
    private static readonly HashSet<long> Interrupts = [50055, 50058, 50072, 50074, 50076, 50079, 50097, 50125, 50127, 50129, 50140, 50143, 50144, 50199, 51006, 16000, 65001];

    /// <summary>Interrupts that say something where the sign-in did not go on.</summary>
    private static readonly HashSet<long> TellingInterrupts = [50072, 50074, 50076, 50079, 50097];

    /// <param name="signIns">In any order.</param>
    public SignInStory(IEnumerable<UserSignIn> signIns)
    {
        All = [.. signIns.OrderByDescending(s => s.At)];
        LastPasskey = All.FirstOrDefault(s => s.IsWithPasskey);
        Open = [.. All.Where(s => !s.IsSuccess && IsTelling(s) && !IsOver(s))];
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<UserSignIn> All { get; }

    /// <summary>Failures that nothing has mended since, the newest first.</summary>
    public IReadOnlyList<UserSignIn> Open { get; }

    /// <summary>The last sign-in with a passkey; null where there is none.</summary>
    public UserSignIn? LastPasskey { get; }

    public IReadOnlyList<UserSignIn> OpenWith(params long[] codes) => [.. Open.Where(s => codes.Contains(s.ErrorCode))];

    /// <summary>Open failures in which a passkey that Microsoft Entra ID does not know was offered.</summary>
    public IReadOnlyList<UserSignIn> OpenUnknownKey => [.. Open.Where(s => s.ErrorCode == 135010 || (s.HasNoMethod && !OfWindowsHello.Contains(s.ErrorCode) && s.ErrorCode != 135016))];

    private static bool IsTelling(UserSignIn s) => !Interrupts.Contains(s.ErrorCode) || TellingInterrupts.Contains(s.ErrorCode);

    private bool IsOver(UserSignIn failure) => All.TakeWhile(s => s.At > failure.At).Any(s => s.IsSuccess && Mends(s, failure));

    private static bool Mends(UserSignIn success, UserSignIn failure)
    {
        if (OfPasskeys.Contains(failure.ErrorCode) || failure.HasNoMethod) return success.Proof is SignInProof.Passkey && IsSamePlace(success, failure);
        if (OfWindowsHello.Contains(failure.ErrorCode)) return success.Proof is SignInProof.PhishingResistant;
        // The next try of the same sign-in is what tells whether an interrupt went on.
        if (TellingInterrupts.Contains(failure.ErrorCode)) return true;
        // Conditional Access decides by application and device; getting in elsewhere says nothing of it.
        if (failure.ErrorCode is 53000 or 53001 or 53002 or 53003 or 530032) return success.ApplicationId == failure.ApplicationId && (failure.ApplicationId == ConditionalAccessPolicy.SecurityInformation || IsSamePlace(success, failure));
        // The second factor that was not completed is mended by getting through, whatever by.
        return true;
    }

    /// <summary>Whether it was at the same device, as far as the log tells devices apart.</summary>
    private static bool IsSamePlace(UserSignIn a, UserSignIn b) =>
        a.DeviceId is { Length: > 0 } && b.DeviceId is { Length: > 0 } ? a.DeviceId.Equals(b.DeviceId, StringComparison.OrdinalIgnoreCase)
        : a.Platform == b.Platform;
}
