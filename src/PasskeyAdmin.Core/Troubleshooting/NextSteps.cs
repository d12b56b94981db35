using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What to do next, in the words that several causes share. Commands name the user by id.</summary>
internal static class NextSteps
{
    private const string SecurityInfo = "https://mysignins.microsoft.com/security-info";

    public static PasskeyNextStep Tell(string words) => new(words, isForCaller: true);

    public static PasskeyNextStep Do(string words, string? command = null) => new(words, command);

    /// <summary>A pass is what lets somebody register who has nothing else, or whose passkey no longer works; where it can.</summary>
    public static PasskeyNextStep Pass(UserCase user, string reason)
    {
        if (user.MayHavePass == false) return Do("The policy lets this user have no Temporary Access Pass: allow it first, or let the user register while signed in with another second factor.");
        if (user.PassWay is { IsOpen: false }) return Do("A Temporary Access Pass alone does not get this user to the registration: Conditional Access does not take it there. See which policy that is; let its strength take a pass, or let the user register while signed in with what it takes.", $"Test-PasskeyRecovery -UserId {Quoted(user)}");
        return Do($"Make sure whom you are talking to, then issue a Temporary Access Pass and have the user register at {SecurityInfo} within ten minutes of signing in.", $"New-PasskeyTemporaryAccessPass -UserId {Quoted(user)} -Reason {CommandText.Quote(reason)}{(user.PassWay?.TakesOnlyUsableOnce == true ? " -UsableOnce" : "")} -AsPlainText");
    }

    public static PasskeyNextStep Register(string what) => Tell($"Sign in, with a second factor, at {SecurityInfo}, choose Add sign-in method, Passkey, and register {what}. Finish within ten minutes of signing in.");

    public static PasskeyNextStep ShowPolicy(UserCase user) => user.Policy.IsRead
        ? Do("See what reaches the user, and by which groups.", $"Get-PasskeyEffectivePolicy {Quoted(user)}")
        : Do("Ask somebody who may read the passkey policy (Global Reader, Authentication Policy Administrator) what reaches the user.");

    public static PasskeyNextStep ShowRegistrations(UserCase user) => Do("See the user's passkeys.", $"Get-PasskeyRegistration {Quoted(user)}");

    public static string Quoted(UserCase user) => CommandText.Quote(user.User.Id);

    /// <summary>Who, when, what: a change as evidence; nothing for none.</summary>
    public static IEnumerable<PasskeyEvidence> Evidence(SeenPolicyChange? change)
    {
        if (change is not null) yield return Of(change);
    }

    private static PasskeyEvidence Of(SeenPolicyChange change) => new(change.ChangeId is null ? EvidenceSource.AuditLog : EvidenceSource.Journal, $"{change.By ?? "somebody whom the log does not name"} changed the policy: {Some(change.Words)}", change.At, change.ChangeId);

    private static string Some(IReadOnlyList<string> words) => words.Count <= 4 ? string.Join("; ", words) : $"{string.Join("; ", words.Take(4))}; and {words.Count - 4} more";

    /// <summary>The failures that point to a cause, as one piece of evidence.</summary>
    /// <param name="failures">The newest first.</param>
    public static IEnumerable<PasskeyEvidence> Evidence(IReadOnlyList<UserSignIn> failures)
    {
        if (failures.Count == 0) yield break;
        var last = failures[0];
        var where = last.Where.Length > 0 ? $", at {last.Where}" : "";
        var to = last.ApplicationName is { } app ? $" to {DisplayText.Excerpt(app, 80)}" : "";
        yield return new PasskeyEvidence(EvidenceSource.SignInLog, $"{(failures.Count == 1 ? "A sign-in" : $"{failures.Count} sign-ins, the last one")}{to} failed with {last.ErrorCode}{where}{(last.HasNoMethod ? "; the log has no method" : "")}.", last.At, last.Id);
    }

    /// <summary>When the newest of some failures was; null for none.</summary>
    /// <param name="failures">The newest first.</param>
    public static DateTimeOffset? DateOf(IReadOnlyList<UserSignIn> failures) => failures.Count > 0 ? failures[0].At : null;

    /// <summary>The failures that point to a cause, or that the log does not have what was told.</summary>
    /// <param name="failures">The newest first.</param>
    public static IEnumerable<PasskeyEvidence> EvidenceOrGap(UserCase user, IReadOnlyList<UserSignIn> failures) => failures.Count > 0 ? Evidence(failures) : [NotInLog(user)];

    private static PasskeyEvidence NotInLog(UserCase user) => user.SignIns.IsRead
        ? new PasskeyEvidence(EvidenceSource.SignInLog, $"The sign-in log has no such sign-in that is still open since {user.Since.UtcDateTime:yyyy-MM-dd}; entries can come some minutes late.")
        : new PasskeyEvidence(EvidenceSource.SignInLog, "The sign-in log could not be read.");

    public static PasskeyEvidence Evidence(UserAudit audit, string words) => new(EvidenceSource.AuditLog, $"{audit.By ?? "Somebody whom the log does not name"}: {words}{(audit.Reason is { } reason ? $" ({DisplayText.Excerpt(reason, 200)})" : "")}", audit.At);

    public static IEnumerable<PasskeyEvidence> OfCode(UserCase user, string causeId)
    {
        if (user.Code is { } code && code.CauseId.Contains(causeId)) yield return new PasskeyEvidence(EvidenceSource.ErrorCode, $"{code}. {code.Meaning}");
    }

    /// <summary>Whether the code or message names a cause of that stage: a code of a sign-in says nothing of a registration, though both may have one id.</summary>
    public static bool Names(UserCase user, string causeId, Stage stage) => Names(user, causeId) && (stage & user.Code!.Row.Stage) != 0;

    public static bool Names(UserCase user, string causeId) => user.Code?.CauseId.Contains(causeId, StringComparer.Ordinal) == true;
}
