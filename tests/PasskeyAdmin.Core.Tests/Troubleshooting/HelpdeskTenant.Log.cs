using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Devices, Conditional Access, and what happened.</summary>
internal sealed partial class HelpdeskTenant
{
    public const string Mail = "00000002-0000-0ff1-ce00-000000000000";
    public const string SecurityInformation = "19db86c3-b2b9-44cc-b339-36da233a3be2";
    public const string Outlook = "27922004-5251-4030-b22d-91ecd9a37ea4";

    private const string MethodsService = "Authentication Methods";
    private const string DeviceService = "Device Registration Service";

    /// <summary>Applications by id; those of the tenant have words for ids.</summary>
    private static readonly Dictionary<string, string> Applications = new()
    {
        [Mail] = "Office 365 Exchange Online",
        [SecurityInformation] = "My Signins",
        [Outlook] = "Outlook Mobile",
    };

    /// <summary>Codes whose steps all went well: a policy or an interrupt said no afterwards.</summary>
    private static readonly int[] AfterTheSteps = [53000, 53001, 53002, 53003, 530032, 50072, 50074, 50076, 50079, 50097, 75011];

    /// <summary>A device of the user, as Entra knows it, and Intune where it has a maker.</summary>
    /// <param name="os">A word of Entra: Windows, IPhone, Android, MacMDM.</param>
    public HelpdeskTenant Device(string name, string os, string version, double registered, double seen, bool isEnabled = true, bool isCompliant = true, string trust = "AzureAd", string? maker = null, string? model = null)
    {
        var (id, system) = (Id("device " + name), os switch { "IPhone" => "iOS", "MacMDM" => "macOS", _ => os });
        var device = new JObject
        {
            ["id"] = Id("object " + name),
            ["deviceId"] = id,
            ["displayName"] = name,
            ["operatingSystem"] = os,
            ["operatingSystemVersion"] = version,
            ["trustType"] = os is "Windows" ? trust : "Workplace",
            ["accountEnabled"] = isEnabled,
            ["isManaged"] = maker is not null,
            ["isCompliant"] = maker is not null && isCompliant,
            ["manufacturer"] = maker,
            ["model"] = model,
            ["registrationDateTime"] = Ago(registered),
            ["approximateLastSignInDateTime"] = Ago(seen),
            ["registeredOwners"] = new JArray(_user["id"]!),
        };
        List("devices").Add(device);
        if (maker is null) return this;
        List("managedDevices").Add(new JObject
        {
            ["id"] = Id("managed " + name),
            ["azureADDeviceId"] = id,
            ["deviceName"] = name,
            ["operatingSystem"] = system,
            ["osVersion"] = version,
            ["manufacturer"] = maker,
            ["model"] = model,
            ["userId"] = _user["id"],
            ["userPrincipalName"] = UserPrincipalName,
            ["complianceState"] = isCompliant ? "compliant" : "noncompliant",
            ["managedDeviceOwnerType"] = "company",
            ["enrolledDateTime"] = Ago(registered),
            ["lastSyncDateTime"] = Ago(seen),
        });
        return this;
    }

    /// <summary>A laptop of the organisation on which all is well.</summary>
    public HelpdeskTenant Laptop(string name, double seen = 0.1, double registered = 420, bool isEnabled = true) => Device(name, "Windows", "10.0.26100.6899", registered, seen, isEnabled, maker: "LENOVO", model: "ThinkPad T14");

    public HelpdeskTenant IPhone(string name, double seen = 0.1, double registered = 300, string version = "26.1") => Device(name, "IPhone", version, registered, seen, maker: "Apple", model: version.StartsWith("15", StringComparison.Ordinal) ? "iPhone 7" : "iPhone 17");

    /// <param name="aaGuids">The only models of passkeys that it takes; null for any.</param>
    public HelpdeskTenant Strength(string name, string combinations, HelpdeskModel[]? aaGuids = null) => With(() => List("authenticationStrengthPolicies").Add(new JObject
    {
        ["id"] = Id(name),
        ["displayName"] = name,
        ["description"] = "",
        ["createdDateTime"] = Ago(200),
        ["modifiedDateTime"] = Ago(200),
        ["allowedCombinations"] = new JArray(combinations.Split(',')),
        ["combinationConfigurations"] = aaGuids is null ? [] : new JArray(new JObject
        {
            ["@odata.type"] = "#microsoft.graph.fido2CombinationConfiguration",
            ["id"] = Id("configuration " + name),
            ["appliesToCombinations"] = new JArray("fido2"),
            ["allowedAAGUIDs"] = new JArray(aaGuids.Select(m => m.AaGuid)),
        }),
    }));

    /// <param name="control">A word of Graph, such as <c>block</c>, or the name of a strength.</param>
    /// <param name="app">The word of an application; null for all.</param>
    /// <param name="action">Instead of applications, the registration of security information.</param>
    /// <param name="groups">Whom it is for; null for everybody.</param>
    /// <param name="conditions">More conditions.</param>
    public HelpdeskTenant Access(string name, string control, bool isReportOnly = false, string? app = null, bool action = false, string? groups = null, string? excludes = null, string? conditions = null)
    {
        var isBuiltIn = control is "block" or "mfa" or "compliantDevice" or "domainJoinedDevice" or "approvedApplication";
        var policy = new JObject
        {
            ["id"] = Id("access " + name),
            ["displayName"] = name,
            ["state"] = isReportOnly ? "enabledForReportingButNotEnforced" : "enabled",
            ["createdDateTime"] = Ago(120),
            ["modifiedDateTime"] = Ago(40),
            ["conditions"] = new JObject
            {
                ["users"] = new JObject { ["includeUsers"] = groups is null ? new JArray("All") : [], ["includeGroups"] = groups is null ? [] : new JArray(Id(groups)), ["excludeGroups"] = excludes is null ? [] : new JArray(Id(excludes)) },
                ["applications"] = action ? new JObject { ["includeUserActions"] = new JArray("urn:user:registersecurityinfo") } : new JObject { ["includeApplications"] = new JArray(app is null ? "All" : ApplicationId(app)) },
                ["clientAppTypes"] = new JArray("all"),
            },
            ["grantControls"] = new JObject
            {
                ["operator"] = "OR",
                ["builtInControls"] = isBuiltIn ? new JArray(control) : [],
                ["authenticationStrength"] = isBuiltIn ? JValue.CreateNull() : new JObject { ["id"] = control is PhishingResistant ? "00000000-0000-0000-0000-000000000004" : Id(control) },
            },
        };
        if (conditions is not null) ((JObject)policy["conditions"]!).Merge(JObject.Parse(conditions));
        return With(() => List("conditionalAccessPolicies").Add(policy));
    }

    /// <summary>A sign-in of the user.</summary>
    /// <param name="methods">The steps, with + between them; null for a passkey that Entra does not know.</param>
    /// <param name="error">0 for a success.</param>
    /// <param name="access">What policies said, as name=result with ; between them.</param>
    public HelpdeskTenant SignIn(double ago, HelpdeskPlace place, string? methods, int error = 0, string app = Mail, string? access = null, string? country = null, string? client = null)
    {
        var steps = methods is null ? [null] : methods.Split('+').Cast<string?>().ToArray();
        var isLater = error is 0 || Array.IndexOf(AfterTheSteps, error) >= 0;
        var details = steps.Select((m, i) => new JObject { ["authenticationMethod"] = m, ["succeeded"] = isLater || (error is 500121 && i < steps.Length - 1) });
        var results = access?.Split(';').Select(a => a.Split('=')).ToArray() ?? [];
        var signIn = new JObject
        {
            ["id"] = Id($"sign-in {List("signIns").Count}"),
            ["createdDateTime"] = Ago(ago),
            ["userId"] = _user["id"],
            ["appId"] = ApplicationId(app),
            ["appDisplayName"] = Applications.TryGetValue(app, out var name) ? name : app,
            ["ipAddress"] = country is null ? "198.51.100.20" : "203.0.113.77",
            ["location"] = new JObject { ["countryOrRegion"] = country ?? "DE", ["city"] = country is null ? "Berlin" : null },
            ["deviceDetail"] = new JObject { ["deviceId"] = place.Device is null ? "" : Id("device " + place.Device), ["operatingSystem"] = place.OperatingSystem, ["browser"] = place.Browser },
            ["authenticationRequirement"] = methods is "Password" ? "singleFactorAuthentication" : "multiFactorAuthentication",
            ["authenticationDetails"] = new JArray(details),
            ["conditionalAccessStatus"] = results.Any(r => r[1] is "failure") ? "failure" : results.Any(r => r[1] is "success") ? "success" : "notApplied",
            ["appliedConditionalAccessPolicies"] = new JArray(results.Select(r => new JObject { ["id"] = Id("access " + r[0]), ["displayName"] = r[0], ["enforcedGrantControls"] = new JArray(ControlOf(r[0])), ["result"] = r[1] })),
        };
        if (client is not null) signIn["clientAppUsed"] = client;
        if (error is not 0) signIn["status"] = new JObject { ["errorCode"] = error, ["failureReason"] = Reason(error) };
        return With(() => List("signIns").Add(signIn));
    }

    /// <summary>A passkey that somebody took from the user: it must not be among the methods.</summary>
    /// <param name="by">Null for the user.</param>
    public HelpdeskTenant Removed(double ago, HelpdeskModel model, string? by = Helpdesk) =>
        Event(ago, $"Delete Passkey ({model.Kind})", DeviceService, by ?? UserPrincipalName, NameOnly(), details: [Detail("AAGuid", model.AaGuid)])
            .Event(ago - 0.0001, by is null ? "User deleted security info" : "Admin deleted security info", MethodsService, by ?? UserPrincipalName, Self());

    public HelpdeskTenant Renamed(double ago, string oldName) =>
        Event(ago, "Update user", "Core Directory", "pia.policy@contoso.com", Self(Modified("UserPrincipalName", $"[\"{oldName}\"]", $"[\"{UserPrincipalName}\"]")));

    public HelpdeskTenant LeftGroup(double ago, string group)
    {
        Event(ago, "Remove member from group", "Core Directory", "pia.policy@contoso.com", Self(Modified("Group.DisplayName", $"\"{group}\"", null)), category: "GroupManagement");
        ((JArray)List("directoryAudits").Last!["targetResources"]!).Add(new JObject { ["id"] = Id(group), ["type"] = "Group", ["displayName"] = group });
        return this;
    }

    /// <summary>The user tried to register something, and it was refused.</summary>
    public HelpdeskTenant RegistrationFailed(double ago, string reason) => Event(ago, "User registered security info", MethodsService, UserPrincipalName, Self(), reason);

    public HelpdeskTenant RegistrationStarted(double ago) => Event(ago, "User started security info registration", MethodsService, UserPrincipalName, Self());

    /// <summary>Began, and did not go on.</summary>
    public HelpdeskTenant RegistrationCancelled(double ago) => RegistrationStarted(ago).Event(ago - 0.001, "User canceled security info registration", MethodsService, UserPrincipalName, Self(), "The registration was not completed.");

    /// <param name="failure">Null for a success.</param>
    private HelpdeskTenant Event(double ago, string activity, string service, string by, JObject target, string? failure = null, string category = "UserManagement", JArray? details = null) => With(() => List("directoryAudits").Add(new JObject
    {
        ["id"] = Id($"audit {List("directoryAudits").Count}"),
        ["activityDateTime"] = Ago(ago),
        ["activityDisplayName"] = activity,
        ["category"] = category,
        ["loggedByService"] = service,
        ["result"] = failure is null ? "success" : "failure",
        ["resultReason"] = failure ?? "",
        ["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = Id(by) } },
        ["targetResources"] = new JArray(target),
        ["additionalDetails"] = details ?? [],
    }));

    private JObject Self(JObject? modified = null) => new() { ["id"] = _user["id"], ["type"] = "User", ["modifiedProperties"] = modified is null ? [] : new JArray(modified) };

    /// <summary>Events of passkeys have no id of their user (reference/graph-users-and-usage.md §4 [C]).</summary>
    private JObject NameOnly() => new() { ["id"] = null, ["type"] = "User", ["userPrincipalName"] = UserPrincipalName };

    private static JObject Modified(string name, string? before, string? after) => new() { ["displayName"] = name, ["oldValue"] = before, ["newValue"] = after };

    private static JObject Detail(string key, string value) => new() { ["key"] = key, ["value"] = value };

    private static string ApplicationId(string app) => Applications.ContainsKey(app) ? app : Id("application " + app);

    private string ControlOf(string policy)
    {
        var grant = List("conditionalAccessPolicies").Single(p => (string)p["displayName"]! == policy)["grantControls"]!;
        return (string?)grant["builtInControls"]!.FirstOrDefault() switch
        {
            "block" => "Block",
            "mfa" => "Mfa",
            "compliantDevice" => "RequireCompliantDevice",
            "domainJoinedDevice" => "RequireDomainJoinedDevice",
            "approvedApplication" => "RequireApprovedApp",
            _ => "Require authentication strength",
        };
    }

    /// <summary>In our words: what Microsoft writes is not in the reference.</summary>
    private static string Reason(int code) => code switch
    {
        50053 => "The account is locked: too many wrong passwords.",
        50057 => "The account is disabled.",
        50074 => "A second factor is needed.",
        50079 => "A second factor has to be registered first.",
        50097 => "The device has to prove who it is.",
        50126 => "The name or the password is wrong.",
        53000 => "The device is not compliant.",
        53001 => "The device is not joined.",
        53002 => "The app is not approved.",
        53003 => "Access is blocked by a Conditional Access policy.",
        530032 => "Access is blocked by a security policy of the organisation.",
        75011 => "The method of this sign-in is not the one that the application asks for.",
        130004 => "The Windows Hello key of this user is not known for the device.",
        130006 or 130007 => "The transport key of the device is missing or does not fit.",
        135010 => "The key of this sign-in is not known.",
        135011 => "The device is disabled.",
        135016 => "Sign-in with this passkey is not allowed by the policy of the organisation.",
        500121 => "The second factor was not completed.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "There are no words for this code."),
    };
}
