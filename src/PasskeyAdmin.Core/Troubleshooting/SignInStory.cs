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
    public static readonly IReadOnlyCollection<long> OfPasskeys = new HashSet<long> { 135016, 135010, 135011 };

    private static readonly HashSet<long> OfWindowsHello = [130004, 130005, 130006, 130007, 130008];

    /// <summary>
    /// Steps on the way of a sign-in that goes on. 50072, 50074, 50076 and 50079 are in reference/adoption-and-troubleshooting.md §4; the others are what Microsoft's list of codes calls interrupts [G]
    /// (learn.microsoft.com/entra/identity-platform/reference-error-codes).
    /// </summary>
    private static readonly HashSet<long> Interrupts = [50055, 50058, 50072, 50074, 50076, 50079, 50097, 50125, 50127, 50129, 50140, 50143, 50144, 50199, 51006, 16000, 65001];

    /// <summary>Interrupts that say something where the sign-in did not go on.</summary>
    private static readonly HashSet<long> TellingInterrupts = [50072, 50074, 50076, 50079, 50097];

    /// <summary>What Conditional Access, or an application, decides by itself.</summary>
    private static readonly HashSet<long> ByApplication = [53000, 53001, 53002, 53003, 530032, 75011];

    /// <summary>Failures in which a step without a name says nothing of a passkey.</summary>
    private static readonly HashSet<long> NotOfKeys = [50053, 50057, 50126, 135016];

    /// <summary>A failure that is older, and after which the same kind of thing worked elsewhere, is not what somebody calls about today.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(3);

    private readonly DateTimeOffset? _staleBefore;

    /// <param name="signIns">In any order.</param>
    /// <param name="now">Leaves out failures that are stale by then; null where the user complains of a failure, and all count.</param>
    public SignInStory(IEnumerable<UserSignIn> signIns, DateTimeOffset? now = null)
    {
        _staleBefore = now - Fresh;
        All = [.. signIns.OrderByDescending(s => s.At)];
        LastPasskey = All.FirstOrDefault(s => s.IsWithPasskey);
        Open = [.. All.Where(s => !s.IsSuccess && IsTelling(s) && !IsOver(s) && !IsStale(s))];
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<UserSignIn> All { get; }

    /// <summary>Failures that nothing has mended since, the newest first.</summary>
    public IReadOnlyList<UserSignIn> Open { get; }

    /// <summary>The last sign-in with a passkey; null where there is none.</summary>
    public UserSignIn? LastPasskey { get; }

    /// <summary>Whether a code is a step on the way of a sign-in that may have gone on, and no failure by itself.</summary>
    public static bool IsInterrupt(long code) => Interrupts.Contains(code);

    public IReadOnlyList<UserSignIn> OpenWith(params long[] codes) => [.. Open.Where(s => codes.Contains(s.ErrorCode))];

    /// <summary>Open failures in which a passkey that Microsoft Entra ID does not know was offered.</summary>
    public IReadOnlyList<UserSignIn> OpenUnknownKey => [.. Open.Where(IsUnknownKey)];

    /// <summary>Open failures with a code that no check knows.</summary>
    public IReadOnlyList<UserSignIn> OpenOther => [.. Open.Where(s => !Known.Contains(s.ErrorCode) && !OfPasskeys.Contains(s.ErrorCode) && !OfWindowsHello.Contains(s.ErrorCode) && !ByApplication.Contains(s.ErrorCode) && !IsUnknownKey(s))];

    private static readonly HashSet<long> Known = [50053, 50057, 50072, 50074, 50076, 50079, 50097, 50126, 500121];

    private static bool IsUnknownKey(UserSignIn s) =>
        s.ErrorCode == 135010 || (s.HasNoMethod && !OfWindowsHello.Contains(s.ErrorCode) && !NotOfKeys.Contains(s.ErrorCode) && !ByApplication.Contains(s.ErrorCode) && !Interrupts.Contains(s.ErrorCode));

    private static bool IsTelling(UserSignIn s) => !Interrupts.Contains(s.ErrorCode) || TellingInterrupts.Contains(s.ErrorCode);

    private bool IsOver(UserSignIn failure) => All.TakeWhile(s => s.At > failure.At).Any(s => s.IsSuccess ? Mends(s, failure) : IsNextTry(s, failure));

    /// <summary>Where an interrupt was followed by another failure at the same place, that one is what happened.</summary>
    private static bool IsNextTry(UserSignIn next, UserSignIn failure) => TellingInterrupts.Contains(failure.ErrorCode) && next.ErrorCode != failure.ErrorCode && !Interrupts.Contains(next.ErrorCode) && IsSamePlace(next, failure);

    private bool IsStale(UserSignIn failure) => failure.At < _staleBefore && All.TakeWhile(s => s.At > failure.At).Any(s => s.IsSuccess && (!(OfPasskeys.Contains(failure.ErrorCode) || IsUnknownKey(failure)) || s.Proof is SignInProof.Passkey));

    /// <summary>Whether it was a passkey that failed: by the code, or because the last step of the sign-in was one.</summary>
    private static bool IsOfPasskey(UserSignIn failure) => OfPasskeys.Contains(failure.ErrorCode) || IsUnknownKey(failure)
        || (failure.FailedWithPasskey && !NotOfKeys.Contains(failure.ErrorCode) && !ByApplication.Contains(failure.ErrorCode) && !OfWindowsHello.Contains(failure.ErrorCode) && !Interrupts.Contains(failure.ErrorCode));

    private static bool Mends(UserSignIn success, UserSignIn failure)
    {
        if (IsOfPasskey(failure)) return success.Proof is SignInProof.Passkey && IsSamePlace(success, failure);
        if (OfWindowsHello.Contains(failure.ErrorCode)) return success.Proof is SignInProof.PhishingResistant;
        // The next try of the same sign-in is what tells whether an interrupt went on.
        if (TellingInterrupts.Contains(failure.ErrorCode)) return true;
        // Conditional Access decides by application and device; getting in elsewhere says nothing of it.
        if (failure.ErrorCode == 75011) return success.ApplicationId == failure.ApplicationId;
        if (ByApplication.Contains(failure.ErrorCode)) return success.ApplicationId == failure.ApplicationId && (failure.ApplicationId == ConditionalAccessPolicy.SecurityInformation || IsSamePlace(success, failure));
        // The second factor that was not completed is mended by getting through, whatever by.
        return true;
    }

    /// <summary>Whether it was at the same device, as far as the log tells devices apart.</summary>
    private static bool IsSamePlace(UserSignIn a, UserSignIn b) =>
        a.DeviceId is { Length: > 0 } && b.DeviceId is { Length: > 0 } ? a.DeviceId.Equals(b.DeviceId, StringComparison.OrdinalIgnoreCase)
        : a.Platform == b.Platform;
}
