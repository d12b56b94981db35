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
        var passkey = SignInWords.PasskeyIn(signIn["authenticationDetails"] as JArray);
        if ((passkey is null && code != RefusedByPolicy) || signIn["isInteractive"] is JValue { Value: false }) return null;
        var (at, user, country) = (GraphDate.Parse(JsonText.Of(signIn, "createdDateTime")), JsonText.Of(signIn, "userId"), UserPlaces.CountryOf(signIn));
        var (unusual, unknown) = at is { } time && facts.Places is { } places ? places.OfSignIn(user, time, country) : (null, facts.PlacesNotRead);
        bool Says(string text) => passkey?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;
        return new PasskeyAuditEvent(new AuditDraft(PasskeyAuditKind.Use, at)
        {
            Succeeded = PasskeyAnswers.Of(code is null ? null : code == 0),
            UserId = user,
            UserPrincipalName = JsonText.Of(signIn, "userPrincipalName"),
            Initiator = PasskeyAuditInitiator.Themselves,
            InitiatedBy = JsonText.Of(signIn, "userPrincipalName"),
            InitiatorId = user,
            Method = passkey,
            Type = Says("synced") ? PasskeyTypes.Synced : Says("device-bound") ? PasskeyTypes.DeviceBound : PasskeyTypes.None,
            Failure = code is null or 0 ? null : JsonText.Of(status, "failureReason"),
            ErrorCode = code is null or 0 ? null : code,
            Country = country,
            Application = JsonText.Of(signIn, "appDisplayName") ?? JsonText.Of(signIn, "appId"),
            Anomalies = unusual is null ? [] : [new PasskeyAuditAnomaly(PasskeyAnomalyKind.UnusualPlace, DisplayText.Neutralise(unusual))],
            NotChecked = unknown is null ? [] : [$"Whether the place is unusual: {unknown}."],
            Activities = ["Sign-in"],
            Ids = JsonText.Of(signIn, "id") is { } id ? [id] : [],
            TenantId = facts.TenantId,
        });
    }
}
