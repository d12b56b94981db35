using System;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Makes events of sign-ins with a passkey (beta: reference/graph-users-and-usage.md §3). Pure.</summary>
internal static class PasskeyUses
{
    /// <summary>Passkeys are refused by the policy (reference/adoption-and-troubleshooting.md §4 [C]); the log may name no method then.</summary>
    private const long RefusedByPolicy = 135016;

    /// <summary>What a sign-in tells, its place not judged yet; null for one in which nobody showed a passkey.</summary>
    public static AuditDraft? DraftOf(JObject signIn)
    {
        var status = signIn["status"] as JObject;
        var code = status?["errorCode"] is JValue { Value: long number } ? number : (long?)null;
        var step = SignInWords.PasskeyStep(signIn["authenticationDetails"] as JArray);
        if ((step is null && code != RefusedByPolicy) || signIn["isInteractive"] is JValue { Value: false }) return null;
        var (user, name) = (JsonText.Of(signIn, "userId"), JsonText.Of(signIn, "userPrincipalName"));
        var accepted = IsAccepted(code, step?.Succeeded);
        return new AuditDraft(PasskeyAuditKind.Use, GraphDate.Parse(JsonText.Of(signIn, "createdDateTime")))
        {
            Succeeded = PasskeyAnswers.Of(accepted),
            UserId = user,
            UserPrincipalName = name,
            Initiator = PasskeyAuditInitiator.Themselves,
            InitiatedBy = name,
            InitiatorId = user,
            Method = step?.Method,
            Type = TypeOf(step?.Method),
            // A sign-in that went on with another method has no reason of its own; the step has.
            Failure = code is not (null or 0) ? JsonText.Of(status, "failureReason") : accepted == false ? step?.Detail : null,
            ErrorCode = code is 0 ? null : code,
            IsSignedIn = code is null ? null : code == 0,
            Country = UserPlaces.CountryOf(signIn),
            Application = JsonText.Of(signIn, "appDisplayName") ?? JsonText.Of(signIn, "appId"),
            Activities = ["Sign-in"],
            Ids = JsonText.Of(signIn, "id") is { } id ? [id] : [],
        };
    }

    /// <summary>The event of it, with what the other sign-ins say about its place.</summary>
    public static PasskeyAuditEvent Of(AuditDraft draft, AuditFacts facts)
    {
        var judgement = new AuditJudgement();
        var (unusual, unknown) = facts.Places is not { } places ? (null, facts.PlacesFault ?? AuditFacts.PlacesNotAsked) : draft.At is { } at ? places.OfSignIn(draft.UserId, at, draft.Country) : (null, "it has no date");
        judgement.Add(PasskeyAnomalyKind.UnusualPlace, unusual);
        if (unknown is not null) judgement.LeaveOpen($"Whether the place is unusual: {unknown}.");
        return new PasskeyAuditEvent(draft with { Anomalies = judgement.Found, NotChecked = judgement.NotChecked, HasGap = judgement.HasGap, TenantId = facts.TenantId });
    }

    /// <summary>
    /// Whether the passkey was accepted, which the code of the whole sign-in does not tell: another method may have succeeded after it, and Conditional Access may have refused a sign-in whose passkey was good.
    /// Null where the log does not say, and for a step that is not done in a sign-in that was interrupted and may have gone on.
    /// </summary>
    private static bool? IsAccepted(long? code, bool? step) => code == RefusedByPolicy ? false : step == false && code is { } number && SignInStory.IsInterrupt(number) ? null : step;

    private static PasskeyTypes TypeOf(string? method)
    {
        bool Says(string text) => method?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;
        return Says("synced") ? PasskeyTypes.Synced : Says("device-bound") ? PasskeyTypes.DeviceBound : PasskeyTypes.None;
    }
}
