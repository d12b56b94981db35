using System;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>The small tenant with one of everything that the sandbox answers for.</summary>
internal static class RichTenant
{
    public const string Pradeep = "b765f723-7ab1-4645-a136-bb85cae9db46";
    public const string Tomas = "f10bc77d-face-4d8e-a940-55eedf101290";
    public const string Lee = "ecf0ee47-6579-419a-a16e-13f70331fb86";
    public const string Disabled = "4e2f927e-34d4-4dcd-a8e5-94495ce9699f";
    public const string Pilot = "ee36a167-5f00-57c1-ac19-8102cbf43fdf";
    public const string Helpdesk = "be0c992f-399d-5476-9d60-39382213e87a";
    public const string Employees = "a9074cea-74cf-522d-a210-c115f6fd11a4";
    public const string Role = "20000000-0000-4000-8000-000000000001";
    public const string Passkey = "-2_GRUg2-HYz6_1YG4YRAQ2";
    public const string Strength = "30000000-0000-4000-8000-000000000001";
    public const string AdministratorsPolicy = "30000000-0000-4000-8000-000000000002";

    public static SandboxClient Client(Action<JObject>? change = null) => new(SandboxClient.Small(root =>
    {
        root.Merge(JObject.Parse(Lists));
        Give(root, Pradeep, """[ { "@odata.type": "#microsoft.graph.windowsHelloForBusinessAuthenticationMethod", "id": "hello", "displayName": "LT-1", "createdDateTime": "2026-01-01T08:00:00Z", "keyStrength": "normal" } ]""");
        Give(root, Tomas, $$"""
            [ { "@odata.type": "#microsoft.graph.fido2AuthenticationMethod", "id": "{{Passkey}}", "displayName": "iPhone", "createdDateTime": "2026-04-10T06:44:09Z", "lastUsedDateTime": "2026-11-20T07:00:00Z",
                "aaGuid": "fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "model": "iCloud Keychain", "attestationCertificates": [], "attestationLevel": "notAttested", "passkeyType": "synced" },
              { "@odata.type": "#microsoft.graph.fido2AuthenticationMethod", "id": "young2", "displayName": "Key", "createdDateTime": "2026-11-22T23:00:00Z",
                "aaGuid": "2fc0579f-8113-47ea-b116-bb5a8db9202a", "model": "YubiKey 5 NFC", "attestationCertificates": [], "attestationLevel": "attested", "passkeyType": "deviceBound" },
              { "@odata.type": "#microsoft.graph.phoneAuthenticationMethod", "id": "3179e48a-750b-4051-897c-87b9720928f7", "phoneNumber": "+1 5555550100", "phoneType": "mobile", "smsSignInState": "notAllowedByPolicy" } ]
            """);
        Give(root, Disabled, """[ { "@odata.type": "#microsoft.graph.emailAuthenticationMethod", "id": "mail", "emailAddress": "d@example.com" } ]""");
        change?.Invoke(root);
    }));

    public static JObject User(JObject root, string id) => (JObject)root["users"]!.SelectToken($"$[?(@.id == '{id}')]")!;

    public static void Give(JObject root, string id, string methods) => User(root, id)["authenticationMethods"] = JArray.Parse(methods);

    private static string Lists => $$"""
        {
          "directoryRoles": [
            { "id": "{{Role}}", "roleTemplateId": "0526716b-113d-4c15-b2c8-68e3c22b9f80", "displayName": "Authentication Policy Administrator", "members": [ "{{Pradeep}}", "{{Helpdesk}}" ] } ],
          "servicePrincipals": [ { "id": "20000000-0000-4000-8000-0000000000aa", "appId": "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "displayName": "Azure Portal", "servicePrincipalType": "Application" } ],
          "devices": [
            { "id": "20000000-0000-4000-8000-0000000000d1", "deviceId": "20000000-0000-4000-8000-0000000000e1", "displayName": "LT-1", "operatingSystem": "Windows", "operatingSystemVersion": "10.0.26100.1",
              "trustType": "AzureAd", "accountEnabled": true, "isManaged": true, "isCompliant": true, "approximateLastSignInDateTime": "2026-11-20T00:00:00Z", "registeredOwners": [ "{{Pradeep}}" ] },
            { "id": "20000000-0000-4000-8000-0000000000d2", "deviceId": "20000000-0000-4000-8000-0000000000e2", "displayName": "Phone", "operatingSystem": "IPhone", "operatingSystemVersion": "17.4", "trustType": "Workplace" } ],
          "managedDevices": [
            { "id": "20000000-0000-4000-8000-0000000000f1", "azureADDeviceId": "20000000-0000-4000-8000-0000000000e1", "deviceName": "LT-1", "operatingSystem": "Windows", "osVersion": "10.0.26100.1",
              "userId": "{{Pradeep}}", "userPrincipalName": "pradeep.petrova@contoso.com", "joinType": "azureADJoined", "lastSyncDateTime": "2026-11-20T00:00:00Z" } ],
          "authenticationStrengthPolicies": [ { "id": "{{Strength}}", "displayName": "Approved keys", "description": "", "createdDateTime": "2026-01-01T00:00:00Z", "modifiedDateTime": "2026-01-01T00:00:00Z",
            "allowedCombinations": [ "fido2" ], "combinationConfigurations": [ { "@odata.type": "#microsoft.graph.fido2CombinationConfiguration", "id": "30000000-0000-4000-8000-0000000000c1",
              "appliesToCombinations": [ "fido2" ], "allowedAAGUIDs": [ "90a3ccdf-635c-4729-a248-9b709135078f" ] } ] } ],
          "conditionalAccessPolicies": [ { "id": "{{AdministratorsPolicy}}", "displayName": "Administrators", "state": "enabled", "createdDateTime": "2026-01-01T00:00:00Z",
            "conditions": { "users": { "includeRoles": [ "0526716b-113d-4c15-b2c8-68e3c22b9f80" ] }, "applications": { "includeApplications": [ "All" ] } },
            "grantControls": { "operator": "OR", "authenticationStrength": { "id": "{{Strength}}" } } } ],
          "namedLocations": [ { "@odata.type": "#microsoft.graph.ipNamedLocation", "id": "30000000-0000-4000-8000-0000000000b1", "displayName": "Office", "isTrusted": true, "ipRanges": [] } ],
          "signIns": [
            { "id": "40000000-0000-4000-8000-000000000001", "createdDateTime": "2026-10-01T08:00:00Z", "userId": "{{Tomas}}", "appId": "c44b4083-3bb0-49c1-b47d-974e53cbdf3c" },
            { "id": "40000000-0000-4000-8000-000000000002", "createdDateTime": "2026-11-20T08:00:00Z", "userId": "{{Pradeep}}", "appId": "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
              "deviceDetail": { "deviceId": "20000000-0000-4000-8000-0000000000e1", "operatingSystem": "Windows11", "browser": "Edge 142.0.0" },
              "authenticationDetails": [ { "authenticationMethod": "Windows Hello for Business" } ] },
            { "id": "40000000-0000-4000-8000-000000000003", "createdDateTime": "2026-11-21T08:00:00Z", "userId": "{{Tomas}}", "appId": "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
              "status": { "errorCode": 135016, "failureReason": "FIDO sign-in disabled via policy." }, "authenticationDetails": [ { "authenticationMethod": "Passkey (synced)" } ] } ],
          "directoryAudits": [
            { "id": "50000000-0000-4000-8000-000000000001", "activityDateTime": "2026-11-22T23:00:00Z", "activityDisplayName": "Add Passkey (device-bound)", "category": "UserManagement", "loggedByService": "Device Registration Service",
              "initiatedBy": { "user": { "id": "{{Tomas}}" } }, "targetResources": [ { "id": null, "type": "User", "userPrincipalName": "tomas.graham@contoso.com" } ],
              "additionalDetails": [ { "key": "AAGuid", "value": "2fc0579f-8113-47ea-b116-bb5a8db9202a" } ] } ]
        }
        """;
}
