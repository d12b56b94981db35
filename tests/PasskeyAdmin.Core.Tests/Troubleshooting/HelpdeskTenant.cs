using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>
/// A small tenant around the user who calls: passkeys of any kind for everybody, passes, people of the helpdesk, and what a case adds to it. Groups, profiles,
/// devices and policies are named by words, which become ids. Times are days before <see cref="Now"/>.
/// </summary>
internal sealed partial class HelpdeskTenant
{
    public const string Default = "Default passkey profile";
    public const string Everybody = "all_users";
    public const string Both = "deviceBound,synced";
    public const string Bound = "deviceBound";
    public const string PhishingResistant = "Phishing-resistant MFA";

    /// <summary>Who is called, and who asks Graph.</summary>
    public const string Helpdesk = "helen.desk@contoso.com";

    private const string DefaultProfileId = "00000000-0000-0000-0000-000000000001";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly JObject _root;
    private readonly JObject _user;

    public HelpdeskTenant(string displayName, string userPrincipalName)
    {
        UserPrincipalName = userPrincipalName;
        _root = JObject.Parse(Empty);
        _user = Person(displayName, userPrincipalName);
        List("users").Add(_user);
        foreach (var (name, upn) in new[] { ("Helen Desk", Helpdesk), ("Pia Policy", "pia.policy@contoso.com"), ("Colin Colleague", "colin.colleague@contoso.com") }) List("users").Add(Person(name, upn));
        Role("Global Reader", "f2ef992c-3afb-46b9-b7cf-a126ee74c451", Helpdesk);
        Role("Authentication Administrator", "c4e39bd9-1100-46d3-8c65-fb160da0071f", Helpdesk);
        Role("Authentication Policy Administrator", "0526716b-113d-4c15-b2c8-68e3c22b9f80", "pia.policy@contoso.com");
        Profile(Default).Target(Everybody, Default);
    }

    public string UserPrincipalName { get; }

    private JObject Fido2 => (JObject)_root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!;

    /// <summary>The same word gives the same id in every case.</summary>
    public static string Id(string word) => word switch
    {
        Everybody => word,
        Default => DefaultProfileId,
        _ => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(word)).AsSpan(0, 16)).ToString(),
    };

    public static string Ago(double days) => Now.AddDays(-days).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public string ToJson() => _root.ToString();

    public HelpdeskTenant Disabled() => With(() => _user["accountEnabled"] = false);

    public HelpdeskTenant Guest() => With(() => _user["userType"] = "Guest");

    /// <param name="members"><c>user</c> for the user who calls, or the words of groups that were made before.</param>
    public HelpdeskTenant Group(string name, params string[] members) => With(() => List("groups").Add(new JObject
    {
        ["id"] = Id(name),
        ["displayName"] = name,
        ["securityEnabled"] = true,
        ["mailEnabled"] = false,
        ["groupTypes"] = new JArray(),
        ["members"] = new JArray(members.Select(m => m is "user" ? (string)_user["id"]! : Id(m)).Append(Id("colin.colleague@contoso.com"))),
    }));

    public HelpdeskTenant Role(string name, string template, string member) => With(() => List("directoryRoles").Add(new JObject
    {
        ["id"] = Id("role " + name),
        ["roleTemplateId"] = template,
        ["displayName"] = name,
        ["members"] = new JArray(Id(member)),
    }));

    /// <summary>A new profile, or another content of one that there is.</summary>
    /// <param name="allow">AAGUIDs that alone are allowed; an empty list allows none.</param>
    public HelpdeskTenant Profile(string name, string types = Both, bool isAttested = false, HelpdeskModel[]? allow = null, HelpdeskModel[]? block = null)
    {
        var restrictions = new JObject
        {
            ["isEnforced"] = (allow ?? block) is not null,
            ["enforcementType"] = block is null ? "allow" : "block",
            ["aaGuids"] = new JArray((allow ?? block ?? []).Select(m => m.AaGuid)),
        };
        Put("passkeyProfiles", new JObject { ["id"] = Id(name), ["name"] = name, ["passkeyTypes"] = types, ["attestationEnforcement"] = isAttested ? "registrationOnly" : "disabled", ["keyRestrictions"] = restrictions });
        if (name is not Default) return this;
        // Until 2027 the old properties show what the default profile says (reference/graph-passkey-policy.md §1).
        Fido2["isAttestationEnforced"] = isAttested;
        Fido2["keyRestrictions"] = restrictions.DeepClone();
        return this;
    }

    public HelpdeskTenant Target(string group, params string[] profiles) =>
        With(() => Put("includeTargets", new JObject { ["id"] = Id(group), ["targetType"] = "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JArray(profiles.Select(Id)) }));

    public HelpdeskTenant Untarget(string group) => With(() => Fido2["includeTargets"]!.Single(t => (string)t["id"]! == Id(group)).Remove());

    public HelpdeskTenant Exclude(string group) => With(() => Put("excludeTargets", new JObject { ["id"] = Id(group), ["targetType"] = "group" }));

    public HelpdeskTenant MethodOff() => With(() => Fido2["state"] = "disabled");

    public HelpdeskTenant SelfServiceOff() => With(() => Fido2["isSelfServiceRegistrationAllowed"] = false);

    /// <summary>As the tenant was before passkey profiles (reference/graph-passkey-policy.md §3).</summary>
    public HelpdeskTenant NotEnrolled()
    {
        Fido2["defaultPasskeyProfile"] = null;
        Fido2["passkeyProfiles"] = new JArray();
        foreach (var target in Fido2["includeTargets"]!) target["allowedPasskeyProfiles"] = new JArray();
        return this;
    }

    /// <summary>A change of the policy that the audit log has, with the old and the new.</summary>
    public HelpdeskTenant Changed(double ago, Func<HelpdeskTenant, HelpdeskTenant> change)
    {
        var before = (JObject)Fido2.DeepClone();
        change(this);
        JArray modified = [.. AuditLog.Modified(before, Fido2).Where(m => (string)m["displayName"]! is not ("isAttestationEnforced" or "keyRestrictions"))];
        var target = new JObject { ["id"] = null, ["type"] = "Other", ["displayName"] = "Authentication Methods Policy", ["modifiedProperties"] = modified };
        return Event(ago, "Authentication Methods Policy Update", "Authentication Methods", "pia.policy@contoso.com", target, category: "ApplicationManagement", details: [Detail("PolicyType", "Fido2")]);
    }

    /// <summary>A passkey of the user; a young one is in the audit log as well.</summary>
    /// <param name="used">Null for never.</param>
    public HelpdeskTenant Passkey(HelpdeskModel model, double created, double? used, string? name = null)
    {
        var id = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{UserPrincipalName} {model.Name} {created}"))).TrimEnd('=').Replace('+', '-').Replace('/', '_') + "1";
        var method = Method("fido2", id, created);
        method["displayName"] = name ?? model.Name;
        method["lastUsedDateTime"] = used is { } days ? Ago(days) : JValue.CreateNull();
        method["aaGuid"] = model.AaGuid;
        method["model"] = model.Name;
        method["attestationCertificates"] = model.IsAttested ? new JArray(model.AaGuid.Replace("-", "") + "00c0ffee") : [];
        method["attestationLevel"] = model.IsAttested ? "attested" : "notAttested";
        method["passkeyType"] = model.IsSynced ? "synced" : "deviceBound";
        return created > 30
            ? this
            : Event(created, $"Add Passkey ({model.Kind})", DeviceService, UserPrincipalName, NameOnly(), details: [Detail("AAGuid", model.AaGuid)])
                .Event(created - 0.0001, "User registered security info", MethodsService, UserPrincipalName, Self());
    }

    public HelpdeskTenant Hello(double created, string device)
    {
        var method = Method("windowsHelloForBusiness", Id($"hello {device} {UserPrincipalName}"), created);
        method["displayName"] = device;
        method["keyStrength"] = "normal";
        return this;
    }

    /// <summary>Microsoft Authenticator that asks for a number.</summary>
    public HelpdeskTenant Push(double created, string phone = "Phone")
    {
        var method = Method("microsoftAuthenticator", Id($"push {phone}"), created);
        method["displayName"] = phone;
        method["deviceTag"] = "SoftwareTokenActivated";
        method["phoneAppVersion"] = "6.8.40";
        return this;
    }

    public HelpdeskTenant Phone(double created)
    {
        var method = Method("phone", "3179e48a-750b-4051-897c-87b9720928f7", created);
        method["phoneNumber"] = "+1 5555550100";
        method["phoneType"] = "mobile";
        return this;
    }

    /// <param name="start">Negative for a pass that begins later.</param>
    public HelpdeskTenant Pass(double start, int minutes, bool isUsed = false)
    {
        var method = Method("temporaryAccessPass", Id("pass"), Math.Max(start, 0.05));
        method["startDateTime"] = Ago(start);
        method["lifetimeInMinutes"] = minutes;
        method["isUsableOnce"] = isUsed;
        if (isUsed) method["methodUsabilityReason"] = "OneTimeUsed";
        return Event(Math.Max(start, 0.05), "Admin registered security info", MethodsService, Helpdesk, Self());
    }

    private JArray List(string name) => (JArray)_root[name]!;

    private void Put(string list, JObject item)
    {
        var items = (JArray)Fido2[list]!;
        if (items.FirstOrDefault(i => (string)i["id"]! == (string)item["id"]!) is { } old) old.Replace(item);
        else items.Add(item);
    }

    private JObject Method(string type, string id, double created)
    {
        var method = new JObject { ["@odata.type"] = $"#microsoft.graph.{type}AuthenticationMethod", ["id"] = id, ["createdDateTime"] = Ago(created) };
        ((JArray)_user["authenticationMethods"]!).Add(method);
        return method;
    }

    private static JObject Person(string name, string upn) => new()
    {
        ["id"] = Id(upn),
        ["displayName"] = name,
        ["userPrincipalName"] = upn,
        ["mail"] = upn,
        ["accountEnabled"] = true,
        ["userType"] = "Member",
        ["country"] = "DE",
        ["createdDateTime"] = Ago(900),
        ["authenticationMethods"] = new JArray(),
    };

    private HelpdeskTenant With(Action change)
    {
        change();
        return this;
    }

    private const string Empty = """
        {
          "format": "PasskeyAdmin.Sandbox", "version": 1,
          "settings": { "now": "2026-11-23T09:00:00Z", "account": "helen.desk@contoso.com" },
          "organization": { "id": "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "displayName": "Contoso", "verifiedDomains": [ { "name": "contoso.com", "type": "Managed", "isDefault": true } ] },
          "authenticationMethodsPolicy": { "id": "authenticationMethodsPolicy", "displayName": "Authentication Methods Policy", "policyMigrationState": "migrationComplete", "authenticationMethodConfigurations": [
            { "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration", "id": "Fido2", "state": "enabled", "isSelfServiceRegistrationAllowed": true, "isAttestationEnforced": false, "keyRestrictions": null,
              "defaultPasskeyProfile": "00000000-0000-0000-0000-000000000001", "excludeTargets": [], "includeTargets": [], "passkeyProfiles": [] },
            { "@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration", "id": "TemporaryAccessPass", "state": "enabled", "defaultLifetimeInMinutes": 60, "defaultLength": 8,
              "minimumLifetimeInMinutes": 60, "maximumLifetimeInMinutes": 480, "isUsableOnce": false, "excludeTargets": [], "includeTargets": [ { "targetType": "group", "id": "all_users", "isRegistrationRequired": false } ] } ] },
          "users": [], "groups": [], "directoryRoles": [], "devices": [], "managedDevices": [], "authenticationStrengthPolicies": [], "conditionalAccessPolicies": [],
          "namedLocations": [ { "@odata.type": "#microsoft.graph.ipNamedLocation", "id": "290d6a91-7c34-4e58-9b12-d5a8536a6e71", "displayName": "Offices", "isTrusted": true,
            "ipRanges": [ { "@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "198.51.100.0/25" } ] } ],
          "signIns": [], "directoryAudits": []
        }
        """;
}
