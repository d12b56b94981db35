using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Makes events of sign-ins with a passkey (beta: reference/graph-users-and-usage.md §3). Pure.</summary>
internal static class PasskeyUses
{
    /// <summary>Passkeys are refused by the policy (reference/adoption-and-troubleshooting.md §4 [C]); the log may name no method then.</summary>
    private const long RefusedByPolicy = 135016;

    /// <param name="signIns">Newest first.</param>
    public static IEnumerable<PasskeyAuditEvent> Of(IEnumerable<JObject> signIns, AuditFacts facts) => signIns.Select(s => Of(s, facts)).OfType<PasskeyAuditEvent>();

    private static PasskeyAuditEvent? Of(JObject signIn, AuditFacts facts)
    {
        var status = signIn["status"] as JObject;
        var code = status?["errorCode"] is JValue { Value: long number } ? number : (long?)null;
        var step = SignInWords.PasskeyStep(signIn["authenticationDetails"] as JArray);
        if ((step is null && code != RefusedByPolicy) || signIn["isInteractive"] is JValue { Value: false }) return null;
        var (at, user, country) = (GraphDate.Parse(JsonText.Of(signIn, "createdDateTime")), JsonText.Of(signIn, "userId"), UserPlaces.CountryOf(signIn));
        var (unusual, unknown) = at is { } time && facts.Places is { } places ? places.OfSignIn(user, time, country) : (null, facts.PlacesNotRead);
        var accepted = IsAccepted(code, step?.Succeeded);
        return new PasskeyAuditEvent(new AuditDraft(PasskeyAuditKind.Use, at)
        {
            Succeeded = PasskeyAnswers.Of(accepted),
            UserId = user,
            UserPrincipalName = JsonText.Of(signIn, "userPrincipalName"),
            Initiator = PasskeyAuditInitiator.Themselves,
            InitiatedBy = JsonText.Of(signIn, "userPrincipalName"),
            InitiatorId = user,
            Method = step?.Method,
            Type = TypeOf(step?.Method),
            // A sign-in that went on with another method has no reason of its own; the step has.
            Failure = code is not (null or 0) ? JsonText.Of(status, "failureReason") : accepted == false ? step?.Detail : null,
            ErrorCode = code is 0 ? null : code,
            IsSignedIn = code is null ? null : code == 0,
            Country = country,
            Application = JsonText.Of(signIn, "appDisplayName") ?? JsonText.Of(signIn, "appId"),
            Anomalies = unusual is null ? [] : [new PasskeyAuditAnomaly(PasskeyAnomalyKind.UnusualPlace, DisplayText.Neutralise(unusual))],
            NotChecked = unknown is null ? [] : [$"Whether the place is unusual: {unknown}."],
            Activities = ["Sign-in"],
            Ids = JsonText.Of(signIn, "id") is { } id ? [id] : [],
            TenantId = facts.TenantId,
        });
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
