using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Sandbox.Contoso;
using static PasskeyAdmin.Core.Tests.Sandbox.ContosoData;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>That the sample tenant is whole, fits together and is what its help topic says.</summary>
public sealed partial class ContosoTenantTests(ContosoData contoso) : IClassFixture<ContosoData>
{
    /// <summary>In a target of the pilot's profile.</summary>
    public const string DeletedGroup = "5d0c2f6b-3a81-5c47-9e12-b8f4a6d07e39";

    [Fact]
    public void It_is_the_same_every_time()
    {
        Assert.Equal(contoso.Root.ToString(Formatting.None), ContosoTenant.Create().ToString(Formatting.None));
        // In whatever order, and each by itself.
        Assert.All(ContosoSections.Names, s => Assert.Equal(contoso.Sections[s].ToString(Formatting.None), new ContosoSections().Make(s).ToString(Formatting.None)));
        var backwards = new ContosoSections();
        Assert.All(ContosoSections.Names.Reverse(), s => Assert.Equal(contoso.Sections[s].ToString(Formatting.None), backwards.Make(s).ToString(Formatting.None)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContosoSections().Make("users"));
    }

    [Fact]
    public void The_sandbox_serves_it()
    {
        var text = SandboxTenant.CreateContoso().ToJson();
        Assert.Equal(text, SandboxTenant.CreateContoso().ToJson());
        Assert.Equal(text, SandboxTenant.Parse(text).ToJson());
        Assert.Equal(("6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "Contoso"), (SandboxTenant.CreateContoso().Id, SandboxTenant.CreateContoso().Name));
    }

    [Fact]
    public async Task It_has_what_a_tenant_of_today_has()
    {
        using var client = new SandboxClient(SandboxTenant.CreateContoso());
        var fido2 = await client.GetFido2Async();
        Assert.Equal("enabled", (string?)fido2["state"]);
        Assert.Equal(["Default passkey profile: deviceBound", "Privileged access: deviceBound", "Synced pilot: deviceBound,synced"], fido2["passkeyProfiles"]!.Select(p => $"{p["name"]}: {p["passkeyTypes"]}"));
        Assert.Equal("Shared kiosk accounts", (string?)(await client.GetAsync($"/v1.0/groups/{fido2["excludeTargets"]![0]!["id"]}"))["displayName"]);
        Assert.Equal(["Fido2", "TemporaryAccessPass", "Sms", "Voice", "MicrosoftAuthenticator", "SoftwareOath", "HardwareOath", "Email", "X509Certificate"], contoso.Root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]!.Select(Id));
        Assert.Equal((60, 60, 480, 8), ((int)contoso.Method("TemporaryAccessPass")["defaultLifetimeInMinutes"]!, (int)contoso.Method("TemporaryAccessPass")["minimumLifetimeInMinutes"]!, (int)contoso.Method("TemporaryAccessPass")["maximumLifetimeInMinutes"]!, (int)contoso.Method("TemporaryAccessPass")["defaultLength"]!));
    }

    [Fact]
    public void Its_providers_are_in_our_catalogue()
    {
        var known = ProviderCatalog.LoadBuiltIn().Providers.SelectMany(p => p.AaGuid).Select(id => id.ToString()).ToHashSet();
        Assert.All(contoso.Fido2.SelectTokens("$..aaGuids[*]").Concat(contoso.Root.SelectTokens("$..allowedAAGUIDs[*]")), id => Assert.Contains((string)id!, known));
        var unknown = contoso.Users.SelectMany(Passkeys).Where(p => !known.Contains((string)p["aaGuid"]!));
        Assert.Equal([ContosoPasskeyModel.UnknownAaGuid], unknown.Select(p => (string)p["aaGuid"]!));
        Assert.Equal([ContosoPasskeyModel.ZeroAaGuid], contoso.Users.SelectMany(Passkeys).Select(p => (string)p["aaGuid"]!).Where(a => a == ContosoPasskeyModel.ZeroAaGuid));
    }

    [Fact]
    public void Legacy_properties_say_the_same_as_the_default_profile()
    {
        Assert.False((bool)contoso.Fido2["isAttestationEnforced"]!);
        Assert.True(JToken.DeepEquals(contoso.Fido2["keyRestrictions"], contoso.Fido2["passkeyProfiles"]![0]!["keyRestrictions"]));
    }

    [Fact]
    public void Its_settings_are_the_defaults_of_the_sandbox_and_its_own_clock()
    {
        Assert.Equal(["now", "account", "licence", "hasIntune", "reportLagInHours", "logRetentionInDays"], contoso.Root["settings"]!.Cast<JProperty>().Select(p => p.Name));
        Assert.Equal(Now, ContosoCalendar.Parse((string)contoso.Root["settings"]!["now"]!));
        var account = contoso.ByAlias[((string)contoso.Root["settings"]!["account"]!).Split('@')[0]];
        Assert.Contains("Authentication Policy Administrator", contoso.Roles()[Alias(account)]);
        Assert.True(SandboxTenant.CreateContoso().Settings is { LegacyFollowsDefaultProfile: true, OmittedProfileIsDeleted: true, EnrolsByPatch: false, AcceptsAttestationWithSynced: false, MaximumProfiles: 10 });
    }

    [Fact]
    public void Its_people_are_those_of_the_sample_inventory()
    {
        using var text = new StringWriter { NewLine = "\r\n" };
        ContosoInventory.Write(text);
        foreach (var device in contoso.Sections["managedDevices"].Where(d => d["userId"] is not null))
        {
            var user = contoso.Find((string)device["userId"]!)!;
            Assert.Equal(((string?)user["userPrincipalName"], (string?)user["displayName"]), ((string?)device["userPrincipalName"], (string?)device["userDisplayName"]));
        }
        Assert.Equal(800, contoso.Sections["managedDevices"].Select(d => (string?)d["userId"]).Where(u => u is not null).Distinct().Count());
        Assert.Contains($"{Id(contoso.ByAlias["pradeep.petrova"])},pradeep.petrova@contoso.com,pradeep.petrova@contoso.com,Pradeep Petrova,", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_managed_devices_are_the_rows_of_the_sample_inventory()
    {
        var rows = ContosoInventory.Sample().Rows.ToList();
        Assert.Equal((1500, 1500), (rows.Count, contoso.Sections["managedDevices"].Count));
        foreach (var (row, device) in rows.Zip(contoso.Sections["managedDevices"]))
        {
            Assert.Equal((row["Device ID"], row["Azure AD Device ID"], row["Device name"], row["OS version"], row["Serial number"]),
                ((string?)device["id"], (string?)device["azureADDeviceId"], (string?)device["deviceName"], (string?)device["osVersion"], (string?)device["serialNumber"]));
            Assert.Equal(row["Last check-in"].Split('.')[0], ((string?)device["lastSyncDateTime"])!.TrimEnd('Z').Replace('T', ' '));
        }
        Assert.Contains(contoso.Sections["managedDevices"], d => (string?)d["lastSyncDateTime"] == "0001-01-01T00:00:00Z");
        Assert.Equal(["", "Android", "ChromeOS", "Linux", "Windows", "iOS", "macOS", "visionOS"], contoso.Sections["managedDevices"].Select(d => (string)d["operatingSystem"]!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_directory_knows_every_managed_device_and_others()
    {
        var devices = contoso.Sections["devices"].ToDictionary(d => (string)d["deviceId"]!);
        Assert.All(contoso.Sections["managedDevices"], d => Assert.True((bool)devices[(string)d["azureADDeviceId"]!]["isManaged"]!));
        Assert.Equal((1790, 290, 250, 40), (devices.Count, devices.Values.Count(d => d["isManaged"] is null || !(bool)d["isManaged"]!), devices.Values.Count(d => d["isManaged"] is null), devices.Values.Count(d => d["isManaged"] is { } m && !(bool)m)));
        Assert.Equal(["AzureAd", "ServerAd", "Workplace"], devices.Values.Select(d => (string)d["trustType"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.True(devices.Values.Count(d => !(bool)d["accountEnabled"]!) is > 10 and < 60);
        Assert.Superset(new HashSet<string> { "AndroidForWork", "AndroidEnterprise", "IPhone", "IPad", "MacMDM", "Unknown" }, devices.Values.Select(d => (string)d["operatingSystem"]!).ToHashSet());
    }

    [Fact]
    public void Ids_refer_to_something()
    {
        Assert.Equal(contoso.Users.Count + contoso.Groups.Count, contoso.Users.Concat(contoso.Groups).Select(Id).Distinct().Count());
        Assert.All(contoso.Groups.SelectMany(g => g["members"]!), m => Assert.NotNull(contoso.Find((string)m!)));
        Assert.All(contoso.Root["directoryRoles"]!.SelectMany(r => r["members"]!), m => Assert.NotNull(contoso.Find((string)m!)));
        Assert.All(contoso.Sections["devices"].SelectMany(d => d["registeredOwners"]!), m => Assert.NotNull(contoso.Find((string)m!)));
        var targets = contoso.Root["authenticationMethodsPolicy"]!.SelectTokens("$..includeTargets[*].id").Concat(contoso.Root["authenticationMethodsPolicy"]!.SelectTokens("$..excludeTargets[*].id"));
        Assert.Equal([DeletedGroup], targets.Select(t => (string)t!).Where(t => t != "all_users" && contoso.Find(t) is null).Distinct());
        var (apps, devices) = (contoso.Root["servicePrincipals"]!.Select(s => (string)s["appId"]!).ToHashSet(), contoso.Sections["devices"].Select(d => (string)d["deviceId"]!).ToHashSet());
        Assert.All(contoso.Sections["signIns"], s =>
        {
            Assert.NotNull(contoso.Find((string)s["userId"]!));
            Assert.Contains((string)s["appId"]!, apps);
            if (s["deviceDetail"]!["deviceId"] is { } device) Assert.Contains((string)device!, devices);
        });
        Assert.All(contoso.Sections["directoryAudits"].SelectMany(a => a.SelectTokens("initiatedBy.user.id")), i => Assert.NotNull(contoso.Find((string)i!)));
        Assert.All(contoso.Sections["directoryAudits"].SelectMany(a => a["targetResources"]!).Where(t => (string?)t["type"] == "User"), t =>
            Assert.NotNull(t["id"]!.Type is JTokenType.Null ? contoso.ByAlias[((string)t["userPrincipalName"]!).Split('@')[0]] : contoso.Find((string)t["id"]!)));
        Assert.All(ContosoSections.Names, s => Assert.Equal(contoso.Sections[s].Count, contoso.Sections[s].Select(Id).Distinct().Count()));
    }

    [Fact]
    public void Conditional_Access_names_groups_roles_strengths_and_applications_that_exist()
    {
        var policies = contoso.Root["conditionalAccessPolicies"]!;
        Assert.All(policies.SelectMany(p => p.SelectTokens("conditions.users.includeGroups[*]").Concat(p.SelectTokens("conditions.users.excludeGroups[*]"))), g => Assert.Contains(contoso.Find((string)g!)!, contoso.Groups));
        var roles = contoso.Root["directoryRoles"]!.Select(r => (string)r["roleTemplateId"]!).ToHashSet();
        Assert.All(policies.SelectMany(p => p.SelectTokens("conditions.users.includeRoles[*]").Concat(p.SelectTokens("conditions.users.excludeRoles[*]"))), r => Assert.Contains((string)r!, roles));
        string[] strengths = ["00000000-0000-0000-0000-000000000004", .. contoso.Root["authenticationStrengthPolicies"]!.Select(Id)];
        Assert.All(policies.SelectMany(p => p.SelectTokens("grantControls.authenticationStrength.id")), s => Assert.Contains((string)s!, strengths));
        string[] apps = ["All", .. contoso.Root["servicePrincipals"]!.Select(s => (string)s["appId"]!)];
        Assert.All(policies.SelectMany(p => p.SelectTokens("conditions.applications.includeApplications[*]")), a => Assert.Contains((string)a!, apps));
    }

    [Fact]
    public void Nothing_is_in_the_future_and_the_logs_are_of_sixty_days_oldest_first()
    {
        var dates = contoso.Root.Descendants().Concat(contoso.Sections.Values.SelectMany(s => s.Descendants())).OfType<JValue>().Where(v => v.Value is string text && DateText().IsMatch(text)).ToList();
        Assert.True(dates.Count > 10_000);
        Assert.All(dates, d => Assert.True(DateTime.ParseExact((string)d.Value!, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal) <= Now, $"{d.Path} {d}"));
        foreach (var (section, property) in new[] { ("signIns", "createdDateTime"), ("directoryAudits", "activityDateTime") })
        {
            var times = contoso.Sections[section].Select(e => (string)e[property]!).ToList();
            Assert.Equal(times.Order(StringComparer.Ordinal), times);
            Assert.True(ContosoCalendar.Parse(times[0]) >= Now.AddDays(-60) && ContosoCalendar.Parse(times[0]) < Now.AddDays(-59));
        }
        Assert.DoesNotContain(contoso.Root.Descendants().OfType<JValue>(), v => v.Type is JTokenType.Date);
    }

    [Fact]
    public void Methods_are_in_the_form_of_Graph()
    {
        foreach (var user in contoso.Users)
        {
            Assert.Equal(Methods(user).Count(), Methods(user).Select(Id).Distinct().Count());
            foreach (var passkey in Passkeys(user))
            {
                // The last digit is the number of padding characters that are left out.
                var (credential, padding) = (Id(passkey)[..^1].Replace('-', '+').Replace('_', '/'), Id(passkey)[^1] - '0');
                Assert.True(Convert.FromBase64String(credential + new string('=', padding)).Length >= 16);
                Assert.Equal((string?)passkey["attestationLevel"] == "attested", passkey["attestationCertificates"]!.Any());
                Assert.True(!IsSynced(passkey) || (string?)passkey["attestationLevel"] == "notAttested");
                // Null is what the service says of a passkey that was never used.
                Assert.True(passkey.ContainsKey("lastUsedDateTime"));
                if ((string?)passkey["lastUsedDateTime"] is { } used) Assert.True(string.CompareOrdinal(used, (string)passkey["createdDateTime"]!) >= 0);
            }
        }
        Assert.Equal(["email", "fido2", "microsoftAuthenticator", "phone", "platformCredential", "softwareOath", "temporaryAccessPass", "windowsHelloForBusiness"], contoso.Users.SelectMany(Methods).Select(Type).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sign_ins_with_passkeys_are_by_people_who_had_one_then()
    {
        foreach (var signIn in contoso.Sections["signIns"])
        {
            var user = contoso.Find((string)signIn["userId"]!)!;
            var (time, method) = ((string)signIn["createdDateTime"]!, (string?)signIn["authenticationDetails"]![0]!["authenticationMethod"]);
            if (method?.StartsWith("Passkey", StringComparison.Ordinal) == true)
                Assert.Contains(Passkeys(user), p => IsSynced(p) == method.Contains("synced", StringComparison.Ordinal) && string.CompareOrdinal((string)p["createdDateTime"]!, time) <= 0);
            if (method is "Windows Hello for Business" && signIn["status"] is null) Assert.Contains(Methods(user), m => Type(m) == "windowsHelloForBusiness" && string.CompareOrdinal((string)m["createdDateTime"]!, time) <= 0);
            if (signIn["status"] is null) Assert.True((bool)user["accountEnabled"]!);
        }
    }

    [Fact]
    public void The_last_use_of_a_passkey_is_in_the_log()
    {
        var uses = contoso.Sections["signIns"].Where(s => s["status"] is null).Select(s => $"{s["userId"]} {s["createdDateTime"]} {s["authenticationDetails"]![0]!["authenticationMethod"]}").ToHashSet();
        var recent = from user in contoso.Users
                     from passkey in Passkeys(user)
                     where string.CompareOrdinal((string?)passkey["lastUsedDateTime"], "2026-09-24T09:00:00Z") >= 0
                     select $"{user["id"]} {passkey["lastUsedDateTime"]} Passkey ({(IsSynced(passkey) ? "synced" : "device-bound")})";
        Assert.Superset(recent.ToHashSet(), uses);
    }

    [Fact]
    public void Each_registration_of_the_last_sixty_days_is_in_the_audits_twice()
    {
        var audits = contoso.Sections["directoryAudits"];
        var added = audits.Where(a => ((string)a["activityDisplayName"]!).StartsWith("Add Passkey", StringComparison.Ordinal)).ToList();
        var registered = contoso.Users.SelectMany(u => Passkeys(u).Where(p => string.CompareOrdinal((string)p["createdDateTime"]!, "2026-09-24T09:00:00Z") >= 0).Select(p => $"{u["userPrincipalName"]} {p["createdDateTime"]} {p["aaGuid"]} {IsSynced(p)}"));
        Assert.Equal(registered.Order(StringComparer.Ordinal), added.Select(a =>
            $"{a["targetResources"]![0]!["userPrincipalName"]} {a["activityDateTime"]} {a["additionalDetails"]!.Single(d => (string?)d["key"] == "AAGuid")["value"]} {((string)a["activityDisplayName"]!).Contains("synced", StringComparison.Ordinal)}").Order(StringComparer.Ordinal));
        Assert.All(added, a =>
        {
            Assert.Equal(JTokenType.Null, a["targetResources"]![0]!["id"]!.Type);
            var owner = contoso.ByAlias[((string)a["targetResources"]![0]!["userPrincipalName"]!).Split('@')[0]];
            var from = ContosoCalendar.Parse((string)a["activityDateTime"]!);
            Assert.Contains(audits, b => ((string)b["activityDisplayName"]!).EndsWith("registered security info", StringComparison.Ordinal) && (string?)b["targetResources"]![0]!["id"] == Id(owner)
                && ContosoCalendar.Parse((string)b["activityDateTime"]!) - from is { TotalSeconds: > 0 and < 10 });
        });
        Assert.Equal(2, added.Select(a => (string?)a["additionalDetails"]![0]!["key"]).Distinct().Count());
    }

    [Fact]
    public void It_fits_the_module()
    {
        Assert.InRange(new FileInfo(typeof(ContosoTenant).Assembly.Location).Length, 100_000, 1_000_000);
        var whole = (JObject)contoso.Root.DeepClone();
        foreach (var (name, section) in contoso.Sections) whole[name] = section;
        Assert.InRange(whole.ToString(Formatting.Indented).Length, 5_000_000, 8_500_000);
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T")]
    private static partial Regex DateText();
}
