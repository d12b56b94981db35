using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Contoso;
using PasskeyAdmin.Sandbox.Graph;
using static PasskeyAdmin.Core.Tests.Sandbox.ContosoData;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>That the logs of the sample tenant agree with its policies, people and devices: nobody did what the tenant itself says they could not.</summary>
public sealed class ContosoLogTests(ContosoData contoso) : IClassFixture<ContosoData>
{
    private const string TextsNarrowed = "2026-09-28T10:22:41Z";

    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["Text message"] = "phone",
        ["Phone call"] = "phone",
        ["Mobile app notification"] = "microsoftAuthenticator",
        ["OATH verification code"] = "softwareOath",
        ["Passkey (device-bound)"] = "fido2",
        ["Passkey (synced)"] = "fido2",
        ["Windows Hello for Business"] = "windowsHelloForBusiness",
        ["Platform Credential"] = "platformCredential",
    };

    private IEnumerable<JObject> SignIns => contoso.Sections["signIns"].Cast<JObject>();

    private IEnumerable<JObject> Successes => SignIns.Where(s => Error(s) == 0);

    private IEnumerable<JObject> Audits => contoso.Sections["directoryAudits"].Cast<JObject>();

    [Fact]
    public void Outside_the_offices_a_password_is_not_enough()
    {
        Assert.Equal(["198.51.100.0/25"], contoso.Root["namedLocations"]!.Single()["ipRanges"]!.Select(r => (string)r["cidrAddress"]!));
        Assert.All(SignIns, s => Assert.Matches(@"^(198\.51\.100|203\.0\.113|192\.0\.2)\.[0-9]{1,3}$", (string?)s["ipAddress"]));
        Assert.All(SignIns.Where(s => !IsOutside(s)), s => Assert.InRange(int.Parse(((string)s["ipAddress"]!).Split('.')[3], null), 1, 127));
        Assert.All(Successes.Where(IsOutside), s => Assert.NotEqual(["Password"], Steps(s)));
        Assert.InRange(SignIns.Count(IsOutside), 1500, 3000);
        string[] outsiders = ["joni.holloway", "kenji.nunez"];
        Assert.All(outsiders.SelectMany(contoso.SignIns).Where(s => Alias(User(s)) == "joni.holloway" || (string?)s["location"]!["countryOrRegion"] == "VN"), s => Assert.True(IsOutside(s)));
        Assert.All(SignIns.Where(s => (string?)User(s)["userType"] == "Guest"), s => Assert.True(IsOutside(s)));
        var phones = SignIns.Where(s => (string)s["deviceDetail"]!["operatingSystem"]! is var system && (system.StartsWith("Ios", StringComparison.Ordinal) || system.StartsWith("Android", StringComparison.Ordinal)));
        Assert.All(phones.Where(s => s["deviceDetail"]!["deviceId"] is not null), s => Assert.True(IsOutside(s)));
    }

    [Fact]
    public void Security_information_is_registered_from_where_the_policy_lets_people()
    {
        var portal = (string)contoso.Root["servicePrincipals"]!.Single(p => (string?)p["displayName"] == "My Signins")["appId"]!;
        Assert.All(SignIns.Where(s => (string?)s["appId"] == portal), s => Assert.Equal(IsOutside(s), Error(s) == 53003));
        var excluded = contoso.Policy("Security information").SelectTokens("conditions.users.excludeGroups[*]").SelectMany(g => contoso.Transitive(contoso.Find((string)g!)!)).ToHashSet();
        Assert.Equal(["emergency1", "emergency2", "kenji.nunez"], contoso.Users.Where(u => excluded.Contains(Id(u))).Select(Alias).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Conditional_Access_says_which_policy_it_was()
    {
        Assert.All(SignIns.Where(s => Error(s) is 53000 or 53003), s =>
        {
            Assert.Equal("failure", (string?)s["conditionalAccessStatus"]);
            Assert.Contains(Applied(s), p => (string?)p["result"] == "failure");
        });
        Assert.All(SignIns.Where(s => (string?)s["conditionalAccessStatus"] == "failure"), s => Assert.NotEqual(0, Error(s)));
        Assert.All(Successes.Where(s => IsOutside(s) && !Alias(User(s)).StartsWith("emergency", StringComparison.Ordinal)), s => Assert.Equal("success", (string?)s["conditionalAccessStatus"]));
        Assert.All(SignIns.SelectMany(s => Applied(s).Select(p => (SignIn: s, Applied: p))), a =>
        {
            var policy = contoso.Root["conditionalAccessPolicies"]!.Single(p => Id(p) == Id(a.Applied));
            Assert.Equal((string?)policy["displayName"], (string?)a.Applied["displayName"]);
            Assert.Equal((string?)policy["state"] == "enabled", (string?)a.Applied["result"] is "success" or "failure");
            Assert.True(string.CompareOrdinal((string)policy["createdDateTime"]!, (string)a.SignIn["createdDateTime"]!) <= 0);
            Assert.NotEmpty(a.Applied["enforcedGrantControls"]!);
        });
        Assert.Contains(SignIns.SelectMany(Applied), p => (string?)p["result"] == "reportOnlyFailure");
        Assert.Contains(SignIns.SelectMany(Applied), p => (string?)p["result"] == "reportOnlySuccess");
    }

    [Theory]
    [InlineData("henrietta.gu", "for administrators", "success")]
    [InlineData("enrico.nowak", "for administrators", "failure")]
    [InlineData("joni.holloway", "Security information", "failure")]
    [InlineData("carla.gu", "France", "failure")]
    public void People_have_met_the_policy(string alias, string policy, string result) =>
        Assert.Contains(contoso.SignIns(alias), s => Applied(s).Any(p => Id(p) == Id(contoso.Policy(policy)) && (string?)p["result"] == result));

    [Fact]
    public void France_opens_to_compliant_devices_only()
    {
        var since = (string)contoso.Policy("France")["createdDateTime"]!;
        var french = SignIns.Where(s => (string?)User(s)["country"] == "France" && string.CompareOrdinal((string)s["createdDateTime"]!, since) >= 0).ToList();
        Assert.All(french.Where(s => Error(s) == 0), s => Assert.True((bool)Device(s)!["isCompliant"]!));
        Assert.Contains(french, s => Error(s) == 0);
        Assert.Equal(5, french.Where(s => Error(s) == 53000).Select(s => (string)s["userId"]!).Distinct().Count() - 1);
        Says("as five others found out");
        Assert.Single(Audits, a => (string?)a["targetResources"]![0]!["id"] == Id(contoso.Policy("France")) && (string?)a["activityDateTime"] == since);
    }

    [Fact]
    public void Phones_are_used_by_people_whom_the_policy_lets_use_them()
    {
        var (texts, calls) = (Target("Sms"), Target("Voice"));
        var since = Successes.Where(s => string.CompareOrdinal((string)s["createdDateTime"]!, TextsNarrowed) > 0).ToList();
        Assert.All(since.Where(s => Steps(s).Contains("Text message")), s => Assert.Contains((string)s["userId"]!, texts));
        Assert.All(since.Where(s => Steps(s).Contains("Phone call")), s => Assert.Contains((string)s["userId"]!, calls));
        Assert.True(since.Count(s => Steps(s).Contains("Text message")) > 100 && since.Any(s => Steps(s).Contains("Phone call")));
        Assert.All(contoso.Enabled.Where(u => Methods(u).Any() && Methods(u).All(m => Type(m) == "phone")), u => Assert.All(Methods(u), m => Assert.Contains(Id(u), (string?)m["phoneType"] == "office" ? calls : texts)));

        HashSet<string> Target(string method) => contoso.Transitive(contoso.Groups.Single(g => Id(g) == Id(contoso.Method(method)["includeTargets"]!.Single())));
    }

    [Fact]
    public void The_stolen_key_was_used_in_one_place_only() =>
        Assert.All(contoso.SignIns("kenji.nunez").Where(s => Steps(s).Any(m => m?.StartsWith("Passkey", StringComparison.Ordinal) == true)), s => Assert.Equal("VN", (string?)s["location"]!["countryOrRegion"]));

    [Fact]
    public void Accounts_are_older_than_their_methods_and_methods_than_their_use()
    {
        Assert.All(contoso.Users.SelectMany(u => Methods(u).Select(m => (User: u, Method: m))), m => Assert.True(string.CompareOrdinal((string)m.User["createdDateTime"]!, (string)m.Method["createdDateTime"]!) < 0, $"{Alias(m.User)} {m.Method}"));
        Assert.All(SignIns, s => Assert.True(string.CompareOrdinal((string)User(s)["createdDateTime"]!, (string)s["createdDateTime"]!) < 0));
        // Guests have their methods at home.
        foreach (var signIn in Successes.Where(s => (string?)User(s)["userType"] == "Member"))
            foreach (var step in Steps(signIn).Where(m => Kinds.ContainsKey(m!)))
                Assert.Contains(Methods(User(signIn)), m => Type(m) == Kinds[step!] && string.CompareOrdinal((string)m["createdDateTime"]!, (string)signIn["createdDateTime"]!) <= 0);
    }

    [Fact]
    public void Devices_were_there_and_switched_on_when_people_signed_in_with_them()
    {
        var synced = contoso.Sections["managedDevices"].ToDictionary(d => (string)d["azureADDeviceId"]!, d => ContosoCalendar.Parse((string)d["lastSyncDateTime"]!));
        Assert.All(SignIns.Where(s => Device(s) is not null), s =>
        {
            var (device, time) = (Device(s)!, (string)s["createdDateTime"]!);
            Assert.True((bool)device["accountEnabled"]! || Error(s) == 135011);
            Assert.True(string.CompareOrdinal((string)device["registrationDateTime"]!, time) <= 0);
            Assert.True(string.CompareOrdinal((string?)device["approximateLastSignInDateTime"], time) >= 0);
            Assert.InRange((ContosoCalendar.Parse(time) - synced[(string)device["deviceId"]!]).TotalDays, -1000, 15);
        });
        Assert.True(SignIns.Count(s => Device(s) is not null) > 2000);
    }

    [Fact]
    public void Methods_have_the_names_that_the_reports_know() => Assert.Superset(
        SignIns.SelectMany(Steps).OfType<string>().ToHashSet(),
        new HashSet<string> { "Password", "Temporary Access Pass", "Certificate-based authentication", "FIDO2 security key" }.Concat(Kinds.Keys).ToHashSet());

    [Fact]
    public void A_second_factor_that_failed_came_after_a_password_that_was_good()
    {
        Assert.True(SignIns.Count(s => Error(s) == 500121) > 20);
        Assert.All(SignIns.Where(s => Error(s) == 500121), s => Assert.Equal([true, false], s["authenticationDetails"]!.Select(d => (bool)d["succeeded"]!)));
        Assert.All(SignIns.Where(s => Error(s) is 53000 or 53003 or 50074 or 50079), s => Assert.All(s["authenticationDetails"]!, d => Assert.True((bool)d["succeeded"]!)));
        Assert.All(SignIns, s => Assert.All(s["authenticationDetails"]!, d => Assert.Null(d["authenticationStepResultDetail"])));
    }

    [Fact]
    public void Audits_of_groups_name_the_group()
    {
        var changes = Audits.Where(a => ((string)a["activityDisplayName"]!).EndsWith("member from group", StringComparison.Ordinal) || ((string)a["activityDisplayName"]!).EndsWith("member to group", StringComparison.Ordinal)).ToList();
        Assert.True(changes.Count > 40);
        Assert.All(changes, a =>
        {
            Assert.Equal(["User", "Group"], a["targetResources"]!.Select(t => (string)t["type"]!));
            var group = contoso.Find((string)a["targetResources"]![1]!["id"]!)!;
            Assert.Contains(group, contoso.Groups);
            Assert.Equal(((string)a["activityDisplayName"]!).StartsWith("Add", StringComparison.Ordinal), contoso.Transitive(group).Contains((string)a["targetResources"]![0]!["id"]!));
        });
    }

    [Fact]
    public void Audits_of_the_policy_speak_as_the_sandbox_does()
    {
        var updates = Audits.Where(a => (string?)a["activityDisplayName"] == "Authentication Methods Policy Update").ToList();
        Assert.Equal(["Sms includeTargets", "Fido2 passkeyProfiles", "Fido2 passkeyProfiles"], updates.Select(a => $"{a["additionalDetails"]!.Single(d => (string?)d["key"] == "PolicyType")["value"]} {a.SelectToken("targetResources[0].modifiedProperties[0].displayName")}"));
        Assert.All(updates, a => Assert.Equal(("ApplicationManagement", "Other", JTokenType.Null), ((string?)a["category"], (string?)a["targetResources"]![0]!["type"], a["targetResources"]![0]!["id"]!.Type)));
        var wide = (JObject)contoso.Fido2.DeepClone();
        wide["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound,synced";
        var narrowed = AuditLog.Modified(wide, contoso.Fido2);
        Assert.Equal(narrowed.ToString(), updates[2].SelectToken("targetResources[0].modifiedProperties")!.ToString());
        Assert.Equal((string?)narrowed[0]["oldValue"], (string?)updates[1].SelectToken("targetResources[0].modifiedProperties[0].newValue"));
        Assert.True(JToken.DeepEquals(contoso.Method("Sms")["includeTargets"], JToken.Parse((string)updates[0].SelectToken("targetResources[0].modifiedProperties[0].newValue")!)));
        Assert.True(string.CompareOrdinal((string)Audits.Last()["activityDateTime"]!, "2026-11-23T08:59:59Z") <= 0);
    }

    [Fact]
    public void Whoever_registers_for_others_has_a_role_for_it()
    {
        var roles = contoso.Roles();
        var foreign = Audits.Where(a => (string?)a["activityDisplayName"] is "Admin registered security info" or "Admin deleted security info").ToList();
        Assert.Contains(foreign, a => (string?)a["targetResources"]![0]!["id"] == Id(contoso.ByAlias["adele.robbins"]));
        Assert.All(foreign, a => Assert.Contains("Authentication Administrator", roles[Alias(contoso.Find((string)a["initiatedBy"]!["user"]!["id"]!)!)]));
        Assert.All(foreign, a => Assert.DoesNotContain(Alias(contoso.Find((string)a["targetResources"]![0]!["id"]!)!), roles.Keys));
    }

    [Fact]
    public void Who_is_signed_in_can_try_everything()
    {
        var roles = contoso.Roles()["pradeep.petrova"];
        Assert.Equal(["Authentication Policy Administrator", "Conditional Access Administrator", "Global Reader", "Groups Administrator", "Privileged Authentication Administrator"], roles);
        Assert.All(roles, r => Says(r));
        Assert.Equal("fdd7a751-b60b-444a-984c-02652fe8fa1c", (string?)contoso.Root["directoryRoles"]!.Single(r => (string?)r["displayName"] == "Groups Administrator")["roleTemplateId"]);
        Says("emergency1@contoso.onmicrosoft.com");
        Says("emergency2@contoso.onmicrosoft.com");
        Assert.DoesNotMatch("emergency[12][^@]", contoso.About);
    }

    private static int Error(JObject signIn) => (int?)signIn["status"]?["errorCode"] ?? 0;

    private static bool IsOutside(JObject signIn) => !((string)signIn["ipAddress"]!).StartsWith("198.51.100.", StringComparison.Ordinal);

    private static List<string?> Steps(JObject signIn) => [.. signIn["authenticationDetails"]!.Select(d => (string?)d["authenticationMethod"])];

    private static IEnumerable<JObject> Applied(JObject signIn) => (signIn["appliedConditionalAccessPolicies"] ?? new JArray()).Cast<JObject>();

    private JObject User(JObject signIn) => contoso.Find((string)signIn["userId"]!)!;

    private JObject? Device(JObject signIn) => (string?)signIn["deviceDetail"]!["deviceId"] is { } id ? _devices.Value.GetValueOrDefault(id) : null;

    private readonly Lazy<Dictionary<string, JObject>> _devices = new(() => contoso.Sections["devices"].Cast<JObject>().ToDictionary(d => (string)d["deviceId"]!));

    private void Says(string text) => Assert.Contains(text, contoso.About, StringComparison.Ordinal);
}
