using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Sign-ins as Graph shows them: the file has what is special about each, the rest follows from the user, the application and the device (reference/graph-users-and-usage.md §3).</summary>
internal static class SignIns
{
    /// <summary>What v1.0 has. How somebody signed in is not among it: beta only (§3 [M]).</summary>
    private static readonly HashSet<string> OfVersion1 =
    [
        "id", "createdDateTime", "userDisplayName", "userPrincipalName", "userId", "appId", "appDisplayName", "ipAddress", "clientAppUsed", "correlationId", "conditionalAccessStatus", "isInteractive", "riskDetail",
        "riskLevelAggregated", "riskLevelDuringSignIn", "riskState", "riskEventTypes", "riskEventTypes_v2", "resourceDisplayName", "resourceId", "status", "deviceDetail", "location", "appliedConditionalAccessPolicies",
    ];

    private static readonly string[] OfStatus = ["failureReason", "additionalDetails"];
    private static readonly string[] OfDevices = ["deviceId", "displayName", "operatingSystem", "browser", "isCompliant", "isManaged", "trustType"];

    public static JObject Shown(GraphCall call, JObject stored)
    {
        var shown = (JObject)stored.DeepClone();
        Describe(call, shown);
        Device(call, shown);
        var status = AuditLog.Part(shown, "status");
        status["errorCode"] = ErrorOf(stored);
        foreach (var name in OfStatus) AuditLog.Fill(status, name, name is "failureReason" && ErrorOf(stored) == 0 ? "Other." : null);
        if (call.IsBeta) Details(shown, ErrorOf(stored) == 0);
        else
            foreach (var property in shown.Properties().Where(p => !OfVersion1.Contains(p.Name)).ToList()) property.Remove();
        return shown;
    }

    /// <summary>signInActivity of a user, from the whole log; null where the user never signed in.</summary>
    public static JToken ActivityOf(GraphCall call, string userId)
    {
        var own = call.Tenant.SignInsOf(userId).OrderBy(s => GraphTime.Parse(JsonText.Of(s, "createdDateTime"))).ToList();
        if (own.Count == 0) return JValue.CreateNull();
        var (last, lastGood) = (own[own.Count - 1], own.LastOrDefault(s => ErrorOf(s) == 0));
        return new JObject
        {
            ["lastSignInDateTime"] = last["createdDateTime"]!.DeepClone(),
            ["lastSignInRequestId"] = last["id"]!.DeepClone(),
            ["lastNonInteractiveSignInDateTime"] = null,
            ["lastNonInteractiveSignInRequestId"] = null,
            ["lastSuccessfulSignInDateTime"] = lastGood?["createdDateTime"]?.DeepClone(),
            ["lastSuccessfulSignInRequestId"] = lastGood?["id"]?.DeepClone(),
        };
    }

    /// <summary>0 for a success, which needs no status.</summary>
    public static long ErrorOf(JObject signIn) => (signIn["status"] as JObject)?["errorCode"] is JValue { Value: long code } ? code : 0;

    private static void Describe(GraphCall call, JObject shown)
    {
        var user = JsonText.Of(shown, "userId") is { } id ? call.Directory.Users.Find(id) : null;
        AuditLog.Fill(shown, "userPrincipalName", user?["userPrincipalName"]?.DeepClone());
        AuditLog.Fill(shown, "userDisplayName", user?["displayName"]?.DeepClone());
        AuditLog.Fill(shown, "userType", JsonText.Of(user, "userType") is { } type ? type.ToLowerInvariant() : null);
        AuditLog.Fill(shown, "appDisplayName", ApplicationOf(call, JsonText.Of(shown, "appId"))?["displayName"]?.DeepClone());
        AuditLog.Fill(shown, "resourceDisplayName", shown["appDisplayName"]!.DeepClone());
        AuditLog.Fill(shown, "resourceId", shown["appId"]?.DeepClone());
        AuditLog.Fill(shown, "clientAppUsed", "Browser");
        AuditLog.Fill(shown, "isInteractive", true);
        AuditLog.Fill(shown, "conditionalAccessStatus", "notApplied");
        AuditLog.Fill(shown, "correlationId", shown["id"]!.DeepClone());
        AuditLog.Fill(shown, "ipAddress", "198.51.100.10");
        AuditLog.Fill(shown, "appliedConditionalAccessPolicies", new JArray());
        AuditLog.Fill(shown, "location", new JObject { ["city"] = null, ["state"] = null, ["countryOrRegion"] = user?["country"]?.DeepClone() ?? JValue.CreateNull() });
        foreach (var name in new[] { "riskLevelAggregated", "riskLevelDuringSignIn", "riskState", "riskDetail" }) AuditLog.Fill(shown, name, "none");
        AuditLog.Fill(shown, "riskEventTypes", new JArray());
        AuditLog.Fill(shown, "riskEventTypes_v2", new JArray());
    }

    private static void Device(GraphCall call, JObject shown)
    {
        var detail = AuditLog.Part(shown, "deviceDetail");
        if (JsonText.Of(detail, "deviceId") is { Length: > 0 } deviceId && call.Tenant.DeviceByDeviceId(deviceId) is { } device)
        {
            AuditLog.Fill(detail, "displayName", device["displayName"]?.DeepClone());
            AuditLog.Fill(detail, "isManaged", device["isManaged"]?.DeepClone());
            AuditLog.Fill(detail, "isCompliant", device["isCompliant"]?.DeepClone());
            AuditLog.Fill(detail, "trustType", TrustType(JsonText.Of(device, "trustType")));
        }
        foreach (var name in OfDevices) AuditLog.Fill(detail, name, name is "isCompliant" or "isManaged" ? false : "");
    }

    /// <summary>The log says in words what a device says in names.</summary>
    private static string TrustType(string? trustType) => trustType switch
    {
        "AzureAd" => "Azure AD joined",
        "ServerAd" => "Hybrid Azure AD joined",
        "Workplace" => "Azure AD registered",
        _ => "",
    };

    private static void Details(JObject shown, bool isSuccess)
    {
        AuditLog.Fill(shown, "authenticationRequirement", "singleFactorAuthentication");
        AuditLog.Fill(shown, "authenticationDetails", new JArray());
        AuditLog.Fill(shown, "authenticationProcessingDetails", new JArray());
        AuditLog.Fill(shown, "authenticationMethodsUsed", new JArray());
        AuditLog.Fill(shown, "signInEventTypes", new JArray("interactiveUser"));
        var isFirst = true;
        foreach (var step in (shown["authenticationDetails"] as JArray ?? []).OfType<JObject>())
        {
            AuditLog.Fill(step, "authenticationStepDateTime", shown["createdDateTime"]!.DeepClone());
            AuditLog.Fill(step, "authenticationMethod", null);
            AuditLog.Fill(step, "authenticationMethodDetail", null);
            AuditLog.Fill(step, "succeeded", isSuccess);
            // The words are general knowledge, not in the reference.
            var isPassword = JsonText.Of(step, "authenticationMethod") is "Password";
            AuditLog.Fill(step, "authenticationStepResultDetail", step["succeeded"] is not JValue { Value: true } ? JsonText.Of(shown["status"] as JObject, "failureReason") : isPassword ? "Correct password" : "MFA completed in Azure AD");
            AuditLog.Fill(step, "authenticationStepRequirement", isFirst ? "Primary authentication" : "Multifactor authentication");
            isFirst = false;
        }
    }

    private static JObject? ApplicationOf(GraphCall call, string? appId) => appId is null ? null : call.Tenant.ServicePrincipalByAppId(appId);
}
