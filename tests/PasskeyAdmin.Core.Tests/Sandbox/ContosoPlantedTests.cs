using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.Core.Tests.Sandbox.ContosoData;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>Each thing that about_PasskeyAdmin_Contoso says of the sample tenant, seen in the tenant. Where a number can move, the topic is read for it.</summary>
public sealed class ContosoPlantedTests(ContosoData contoso) : IClassFixture<ContosoData>
{
    private static readonly string[] Waves = ["Passkey pilot", "Passkey wave 2", "Passkey wave 3"];

    /// <summary>Roles that Conditional Access demands a phishing-resistant sign-in for.</summary>
    private IEnumerable<JObject> Administrators => contoso.Roles().Where(r => !r.Value.SequenceEqual(["Reports Reader"]) && !r.Value.SequenceEqual(["Directory Synchronization Accounts"])).Select(r => contoso.ByAlias[r.Key]);

    [Fact]
    public void The_numbers_of_people_are_those_of_the_topic()
    {
        var (users, passkeys) = (contoso.Users, contoso.Users.SelectMany(Passkeys).ToList());
        Says($"{users.Count} accounts: {users.Count(u => u["employeeId"] is not null)} employees in ten departments and nine countries, {users.Count(u => (string?)u["userType"] == "Guest")} guests, two emergency accounts, four shared accounts");
        Says($"{users.Count(u => !(bool)u["accountEnabled"]!)} of them are disabled");
        Assert.Equal((10, 9), (Employees().Select(u => (string)u["department"]!).Distinct().Count(), Employees().Select(u => (string)u["country"]!).Distinct().Count()));
        Says($"{users.Count(u => Passkeys(u).Any())} people have {passkeys.Count} passkeys");
        Says($"{users.Count(u => Passkeys(u).Any() || HasOther(u))} people have something that withstands phishing");
        Says($"{Of("2026-10")} were registered in October 2026 and {Of("2026-11")} in November so far");
        Assert.Equal("2025-09", passkeys.Select(p => ((string)p["createdDateTime"]!)[..7]).Order(StringComparer.Ordinal).Skip(1).First());

        int Of(string month) => passkeys.Count(p => ((string)p["createdDateTime"]!).StartsWith(month, StringComparison.Ordinal));
        IEnumerable<JObject> Employees() => users.Where(u => u["employeeId"] is not null);
    }

    [Fact]
    public void The_groups_are_as_entangled_as_the_topic_says()
    {
        Says($"{contoso.Groups.Count} groups.");
        Assert.Equal(2, contoso.Groups.Count(g => (string?)g["displayName"] == "Sales"));
        Assert.Equal(40, contoso.Groups.Count(g => g["members"]!.Any(m => (string?)m == Id(contoso.ByAlias["grady.robbins"]))));
        var (project, partners) = (contoso.Group("Project Moebius"), contoso.Group("Project Moebius partners"));
        Assert.True(contoso.Transitive(project).IsSupersetOf([Id(project), Id(partners)]));
        Assert.Equal(2, contoso.Groups.Count(g => contoso.IsGroup(g) && g["members"]!.Any(m => (string?)m == Id(contoso.Group("Contoso Germany")))));
        string[] path = ["Contoso offices", "All Europe", "Central Europe", "Contoso Germany"];
        Assert.All(path.Zip(path[1..]), p => Assert.Contains(Id(contoso.Group(p.Second)), contoso.Group(p.First)["members"]!.Select(m => (string)m!)));
        Assert.All(contoso.Group("Windows pilot devices")["members"]!, m => Assert.Equal("Windows", (string?)contoso.Find((string)m!)!["operatingSystem"]));
        Assert.Equal(["All employees", "All guests"], contoso.Groups.Where(g => g["groupTypes"]!.Any()).Select(g => (string)g["displayName"]!).Order(StringComparer.Ordinal));
        Assert.All(contoso.Groups.Where(g => g["groupTypes"]!.Any()), g => Assert.NotEmpty((string)g["membershipRule"]!));
        Assert.Equal("Helpdesk operators", (string?)contoso.Groups.Single(g => (bool?)g["isAssignableToRole"] == true)["displayName"]);
        Assert.Equal(["Contractors 2025", "Tailspin integration"], contoso.Groups.Where(g => !g["members"]!.Any()).Select(g => (string)g["displayName"]!).Order(StringComparer.Ordinal));
        Assert.Single(contoso.Groups, g => ((string)g["displayName"]!).Contains('\u202e', StringComparison.Ordinal) && ((string)g["displayName"]!).Contains('\u001b', StringComparison.Ordinal));
        Assert.Contains(contoso.Groups, g => (string?)g["displayName"] == "Admins [EU] 'on call'");
    }

    [Fact]
    public void The_waves_are_as_large_as_the_topic_says()
    {
        var sizes = Waves.Select(w => contoso.TransitiveUsers(contoso.Group(w)).Count()).ToArray();
        Says($"Passkey pilot ({sizes[0]} people), Passkey wave 2 ({sizes[1]}, since 12 October) and Passkey wave 3 ({sizes[2]}, since 9 November; 15 of them guests)");
        var members = Waves.SelectMany(w => contoso.Transitive(contoso.Group(w))).ToHashSet();
        Says($"{contoso.Enabled.Count(u => !members.Contains(Id(u)))} enabled members are in no wave");
        Says($"{contoso.Sections["devices"].Count:N0} devices in the directory, of which Intune manages the {contoso.Sections["managedDevices"].Count:N0} of the sample inventory");
        Says($"{contoso.Sections["signIns"].Count:N0} sign-ins and {contoso.Sections["directoryAudits"].Count} audit events");
    }

    [Fact]
    public void Without_its_synced_passkeys_the_pilot_costs_what_the_topic_says()
    {
        string Narrowed(JObject profile) => Id(profile) == PilotProfile ? "deviceBound" : (string)profile["passkeyTypes"]!;
        var losers = contoso.Users.Select(u => (User: u, Before: Passkeys(u).Count(p => contoso.IsUsable(u, p)), After: Passkeys(u).Count(p => contoso.IsUsable(u, p, Narrowed)))).Where(l => l.After < l.Before).ToList();
        var enabled = losers.Where(l => (bool)l.User["accountEnabled"]!).ToList();
        var stranded = enabled.Where(l => l.After == 0 && !HasOther(l.User)).Select(l => Alias(l.User)).ToList();
        Says($"{stranded.Count} would have nothing left that withstands phishing, {enabled.Count(l => l.After == 0 && HasOther(l.User))} would have only Windows Hello, Platform SSO or a certificate, and {enabled.Count(l => l.After > 0)} would have another passkey");
        Assert.Equal(["raul.gu", "saoirse.wilke"], stranded.Intersect(contoso.Roles().Keys).Order(StringComparer.Ordinal));
        Assert.Equal(["debra.al-sayed", "lynne.kruger", "nestor.schmidt"], losers.Except(enabled).Select(l => Alias(l.User)).Order(StringComparer.Ordinal));
        Assert.Contains("grady.robbins", enabled.Select(l => Alias(l.User)));
    }

    [Fact]
    public void Targets_and_exclusions_have_the_planted_faults()
    {
        Assert.All(Administrators, a => Assert.Contains(contoso.Profiles(a), p => (string?)p["attestationEnforcement"] == "disabled"));
        Assert.Equal(("disabled", true), ((string?)contoso.Fido2["passkeyProfiles"]![2]!["attestationEnforcement"], (bool)contoso.Fido2["passkeyProfiles"]![2]!["keyRestrictions"]!["isEnforced"]!));
        var pilot = contoso.Fido2["includeTargets"]!.Where(t => t["allowedPasskeyProfiles"]!.Any(p => (string?)p == PilotProfile)).ToList();
        Assert.Equal(["Passkey pilot", "Contractors 2025", ContosoTenantTests.DeletedGroup, "Carla Holloway", "External partners"], pilot.Select(t => (string?)contoso.Find(Id(t))?["displayName"] ?? Id(t)));
        Assert.Equal(["group", "group", "group", "user", "group"], pilot.Select(t => (string)t["targetType"]!));
        Says(ContosoTenantTests.DeletedGroup);
        Assert.All(contoso.TransitiveUsers(contoso.Group("External partners")), u => Assert.Equal("Guest", (string?)u["userType"]));
        Assert.Equal(["lidia.gu"], contoso.TransitiveUsers(contoso.Group("Passkey pilot")).Where(contoso.IsExcluded).Select(Alias));
        Assert.All(Errors("lidia.gu"), e => Assert.Equal(135016, e));
    }

    [Fact]
    public void Administrators_have_the_planted_faults()
    {
        var synced = Administrators.Where(a => (bool)a["accountEnabled"]! && contoso.Profiles(a).Any(p => Id(p) == PilotProfile)).Select(Alias).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["carla.siciliani", "isaiah.cline", "lee.robbins", "raul.gu", "saoirse.gu", "saoirse.wilke"], synced);
        Says($"{(synced.Count is 6 ? "six" : "?")} enabled members of the pilot have a role, among them a Global Administrator");
        Assert.Contains("Global Administrator", contoso.Roles()["saoirse.wilke"]);
        var enabled = Administrators.Where(a => (bool)a["accountEnabled"]!).ToList();
        Assert.Equal(["isaiah.cline", "raul.gu", "saoirse.wilke"], enabled.Where(a => Passkeys(a).Any() && Passkeys(a).All(IsSynced)).Select(Alias).Order(StringComparer.Ordinal));
        Assert.Equal(["amira.berger"], enabled.Where(a => Passkeys(a).Count() == 1 && !Passkeys(a).Any(IsSynced)).Select(Alias));
        Assert.Equal(["emergency2", "enrico.nowak"], enabled.Where(a => !Passkeys(a).Any() && !HasOther(a)).Select(Alias).Order(StringComparer.Ordinal));
        Assert.All(contoso.SignIns("enrico.nowak"), s => Assert.Equal(53003, (int)s["status"]!["errorCode"]!));
        Assert.All(enabled.SelectMany(a => contoso.SignIns(Alias(a))).Where(s => s["status"] is null), s => Assert.DoesNotContain(s["authenticationDetails"]!, d => (string?)d["authenticationMethod"] == "Password"));
    }

    [Fact]
    public void Emergency_accounts_have_the_planted_faults()
    {
        var emergency = contoso.TransitiveUsers(contoso.Group("Emergency access accounts")).ToList();
        Assert.Equal([("emergency1", 2), ("emergency2", 0)], emergency.Select(e => (Alias(e), Passkeys(e).Count())));
        var enabled = contoso.Root["conditionalAccessPolicies"]!.Where(p => (string?)p["state"] == "enabled").ToList();
        Assert.Equal(["Phishing-resistant sign-in for administrators"], enabled.Where(p => !IsExcludedFrom(p, "emergency2")).Select(p => (string)p["displayName"]!));
        Assert.All(enabled, p => Assert.True(IsExcludedFrom(p, "emergency1"), (string?)p["displayName"]));
        Assert.Equal(["emergency1"], emergency.Where(e => contoso.Transitive(contoso.Group("Passkey wave 2")).Contains(Id(e))).Select(Alias));
        Assert.All(emergency, e => Assert.Contains(Id(e), contoso.Transitive(contoso.Group("Privileged administrators"))));
    }

    [Fact]
    public void Registrations_have_the_planted_faults()
    {
        var gone = contoso.Enabled.Where(u => Passkeys(u).Any(p => !contoso.IsUsable(u, p))).ToList();
        Says($"{gone.Count} people have a synced passkey that the policy no longer allows");
        Assert.All(gone.SelectMany(u => Passkeys(u).Where(p => !contoso.IsUsable(u, p))), p => Assert.True(IsSynced(p)));
        var stuck = gone.Where(u => !HasOther(u) && !Passkeys(u).Any(p => contoso.IsUsable(u, p))).Select(Alias).ToList();
        Says($"{stuck.Count} of them have nothing else that works and withstands phishing, such as kenji.moreau");
        Assert.Contains("kenji.moreau", stuck);
        Assert.DoesNotContain("irvin.braun", stuck);
        Says($"{contoso.Sections["signIns"].Where(s => (int?)s["status"]?["errorCode"] == 135016).Select(s => (string)s["userId"]!).Distinct().Count()} people have met the error 135016");
        Assert.All(contoso.Sections["signIns"].Where(s => (int?)s["status"]?["errorCode"] == 135016), s => Assert.Contains(gone, u => Id(u) == (string?)s["userId"]));
        Assert.Equal(["anna.novak", "carla.nowak", "lidia.gu"], gone.Select(Alias).Where(a => contoso.Transitive(contoso.Group("Passkey pilot")).Contains(Id(contoso.ByAlias[a]))).Order(StringComparer.Ordinal));
        // Nobody signed in with a passkey that the policy does not allow.
        Assert.All(gone.Where(u => Passkeys(u).Count() == 1).SelectMany(u => contoso.SignIns(Alias(u))).Where(s => s["status"] is null && string.CompareOrdinal((string)s["createdDateTime"]!, "2026-11-02T08:15:00Z") > 0),
            s => Assert.DoesNotContain("Passkey", (string)s["authenticationDetails"]![0]!["authenticationMethod"]!, StringComparison.Ordinal));
    }

    [Fact]
    public void Methods_have_the_planted_faults()
    {
        Says($"{contoso.Enabled.Count(u => Methods(u).Any() && Methods(u).All(m => Type(m) == "phone"))} enabled people have text messages or calls and no other method");
        var longAgo = Now.AddDays(-180).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var passkeys = contoso.Enabled.SelectMany(Passkeys).ToList();
        Says($"{passkeys.Count(p => (string?)p["lastUsedDateTime"] is { } used && string.CompareOrdinal(used, longAgo) < 0)} passkeys were not used for 180 days, such as that of yuki.cattaneo; two that are older than that were never used");
        Assert.Equal(2, passkeys.Count(p => (string?)p["lastUsedDateTime"] is null && string.CompareOrdinal((string)p["createdDateTime"]!, longAgo) < 0));
        Assert.Equal(["diego.lindqvist", "saoirse.sherman"], contoso.Enabled.Where(u => Methods(u).Count() == 1 && Passkeys(u).Any() && u["x509"] is null).Select(Alias).Order(StringComparer.Ordinal));
        Assert.Equal("Retail", (string?)contoso.Find(Id(contoso.Method("TemporaryAccessPass")["excludeTargets"]!.Single()))!["displayName"]);
        var passes = contoso.Users.SelectMany(u => Methods(u).Where(m => Type(m) == "temporaryAccessPass").Select(m => (Alias: Alias(u), Why: (string)m["methodUsabilityReason"]!))).ToDictionary(p => p.Alias, p => p.Why);
        Assert.Equal(("EnabledByPolicy", "Expired", "OneTimeUsed"), (passes["joni.holloway"], passes["bjorn.gupta"], passes["diego.sherman"]));
        var rename = contoso.Sections["directoryAudits"].Single(a => a.SelectToken("targetResources[0].modifiedProperties[0].displayName")?.ToString() == "UserPrincipalName");
        Assert.Equal(Id(contoso.ByAlias["adele.siciliani"]), (string?)rename["targetResources"]![0]!["id"]);
        Assert.All(Passkeys(contoso.ByAlias["adele.siciliani"]), p => Assert.True(string.CompareOrdinal((string)p["createdDateTime"]!, (string)rename["activityDateTime"]!) < 0));
        Assert.All(contoso.SignIns("adele.siciliani").Where(s => (int?)s["status"]?["errorCode"] == 135010), s => Assert.Equal(JTokenType.Null, s["authenticationDetails"]![0]!["authenticationMethod"]!.Type));
        Assert.Contains(135010, Errors("adele.siciliani"));
    }

    [Fact]
    public void Access_has_the_planted_faults()
    {
        var strength = contoso.Root["authenticationStrengthPolicies"]!.Single(s => (string?)s["displayName"] == "Finance: approved passkeys");
        var approved = strength.SelectTokens("combinationConfigurations[0].allowedAAGUIDs[*]").Select(a => (string)a!).ToHashSet();
        var finance = contoso.TransitiveUsers(contoso.Group("Finance")).ToList();
        string[] synced = ["bada5566-a7aa-401f-bd96-45619a55120d", "531126d6-e717-415c-9320-3d9aa6981239"];
        Assert.True(approved.IsSupersetOf(synced));
        Assert.All(finance, u => Assert.DoesNotContain(contoso.Profiles(u), p => ((string)p["passkeyTypes"]!).Contains("synced", StringComparison.Ordinal)));
        var enabled = finance.Where(u => (bool)u["accountEnabled"]!).ToList();
        Says($"{enabled.Count(u => !Passkeys(u).Any(p => approved.Contains((string)p["aaGuid"]!) && contoso.IsUsable(u, p)))} of the {enabled.Count} enabled people there have no passkey that fulfils it");
        var erp = (string?)contoso.Policy("ERP")["conditions"]!["applications"]!["includeApplications"]![0];
        var since = contoso.Sections["signIns"].Where(s => (string?)s["appId"] == erp && string.CompareOrdinal((string)s["createdDateTime"]!, "2026-11-16T09:40:00Z") > 0 && s["status"] is null && finance.Any(u => Id(u) == (string?)s["userId"]));
        Assert.All(since, s => Assert.Contains(Passkeys(contoso.Find((string)s["userId"]!)!), p => approved.Contains((string)p["aaGuid"]!)));
        Assert.Equal(("All", "00000000-0000-0000-0000-000000000004"), ((string?)contoso.Policy("for administrators").SelectToken("conditions.applications.includeApplications[0]"), (string?)contoso.Policy("for administrators").SelectToken("grantControls.authenticationStrength.id")));
        Assert.Equal("urn:user:registersecurityinfo", (string?)contoso.Policy("Security information").SelectToken("conditions.applications.includeUserActions[0]"));
        Assert.Contains(53003, Errors("joni.holloway"));
        var payroll = (string)contoso.Root["servicePrincipals"]!.Single(s => (string?)s["displayName"] == "Contoso Payroll")["appId"]!;
        Assert.DoesNotContain(contoso.Root["conditionalAccessPolicies"]!, p => p.SelectTokens("conditions.applications.includeApplications[*]").Any(a => (string?)a == payroll));
        Assert.True(contoso.Sections["signIns"].Count(s => (string?)s["appId"] == payroll) > 50);
    }

    [Fact]
    public void Operation_has_the_planted_faults()
    {
        var policy = contoso.Root["authenticationMethodsPolicy"]!;
        Assert.Equal("default", (string?)policy.SelectToken("registrationEnforcement.authenticationMethodsRegistrationCampaign.state"));
        Assert.False((bool)policy["optOutSettings"]!["passkeyDynamicMigration"]!);
        var narrowed = contoso.Sections["directoryAudits"].Where(a => (string?)a["activityDisplayName"] == "Authentication Methods Policy Update").Select(a => (string)a["activityDateTime"]!).ToList();
        Assert.Equal(["2026-09-28T10:22:41Z", "2026-10-05T13:40:08Z", "2026-11-02T08:15:00Z"], narrowed);
        Assert.Equal(narrowed[^1], (string?)policy["lastModifiedDateTime"]);
    }

    [Fact]
    public void Near_misses_are_none()
    {
        Assert.False((bool)contoso.ByAlias["debra.sayers"]["accountEnabled"]!);
        Assert.Empty(Methods(contoso.ByAlias["debra.sayers"]));
        Assert.Contains("Helpdesk Administrator", contoso.Roles()["debra.sayers"]);
        string[] twoKinds = ["saoirse.gu", "lee.robbins"];
        Assert.All(twoKinds, a => Assert.Equal([true, false], Passkeys(contoso.ByAlias[a]).OrderByDescending(IsSynced).Select(p => IsSynced(p) && contoso.IsUsable(contoso.ByAlias[a], p))));
        string[] twoKeys = ["tomas.kruger", "amira.sherman", "pradeep.petrova"];
        Assert.All(twoKeys, a => Assert.True(Passkeys(contoso.ByAlias[a]).Count(p => !IsSynced(p)) == 2 && HasOther(contoso.ByAlias[a])));
        Assert.DoesNotContain(Id(contoso.Group("Tailspin integration")), contoso.Root.Descendants().OfType<JValue>().Where(v => v.Path.Contains("Targets", StringComparison.Ordinal)).Select(v => v.ToString(CultureInfo.InvariantCulture)));
        Assert.All(contoso.TransitiveUsers(contoso.Group("Shared kiosk accounts")).Where(u => Alias(u) != "lidia.gu"), u => Assert.Empty(Passkeys(u)));
        Assert.Equal("enabledForReportingButNotEnforced", (string?)contoso.Policy("trial")["state"]);
        Assert.Equal("disabled", (string?)contoso.Policy("Old:")["state"]);
        Assert.False(IsExcludedFrom(contoso.Policy("Old:"), "emergency1"));
        Assert.Equal(("multiFactor", "singleFactor"), ((string?)contoso.ByAlias["zoe.fernandez"]["x509"], (string?)contoso.ByAlias["anna.schmidt"]["x509"]));
        Assert.Equal("08987058-cadc-4b81-b6e1-30de50dcbe96", (string?)Passkeys(contoso.ByAlias["soren.wilber"]).Single()["aaGuid"]);
        Assert.Contains(Passkeys(contoso.ByAlias["irvin.braun"]), p => contoso.IsUsable(contoso.ByAlias["irvin.braun"], p));
    }

    [Theory]
    [InlineData("kenji.moreau", 135016)]
    [InlineData("debra.haddad", 135010)]
    [InlineData("jurgen.lindqvist", 130004)]
    [InlineData("anna.gupta2", 135011)]
    [InlineData("carla.gu", 53000)]
    [InlineData("saoirse.siciliani", 50053)]
    [InlineData("debra.sayers", 50057)]
    public void People_of_the_helpdesk_have_their_error(string alias, int code)
    {
        Assert.Contains(code, Errors(alias));
        Assert.Matches($@"\b{alias} ", contoso.About);
    }

    [Fact]
    public void People_of_the_helpdesk_have_their_trouble()
    {
        Assert.Equal("fido2, microsoftAuthenticator", Kinds("bjorn.obrien"));
        Assert.Equal("microsoftAuthenticator", Kinds("debra.haddad"));
        Assert.All(Audits("anna.obrien").Where(a => (string?)a["result"] == "failure"), a => Assert.Contains("provider", (string)a["resultReason"]!, StringComparison.Ordinal));
        Assert.Equal(["Delete Passkey (device-bound)", "Admin deleted security info", "Admin registered security info"], Audits("ngozi.sato").Select(a => (string)a["activityDisplayName"]!).Take(3));
        Assert.Contains(contoso.SignIns("pradeep.gupta"), s => (string?)s["deviceDetail"]!["browser"] == "Firefox Mobile 145.0");
        string[] unsupported = ["Opera 122.0.0", "Samsung Browser 29.0"];
        Assert.All(unsupported, b => Assert.Contains(contoso.SignIns("zoe.siciliani"), s => (string?)s["deviceDetail"]!["browser"] == b));
        var mac = contoso.Sections["devices"].First(d => d["registeredOwners"]!.Any(o => (string?)o == Id(contoso.ByAlias["anna.gupta2"])));
        Assert.False((bool)mac["accountEnabled"]!);
        Assert.Empty(Errors("yuki.tanaka"));
        var foreign = Audits("adele.robbins").Single(a => (string?)a["activityDisplayName"] == "Add Passkey (device-bound)");
        Assert.Equal(Id(contoso.ByAlias["lee.robbins"]), (string?)foreign["initiatedBy"]!["user"]!["id"]);
        Assert.Contains(contoso.SignIns("kenji.nunez"), s => (string?)s["location"]!["countryOrRegion"] == "VN");
        var many = Passkeys(contoso.ByAlias["megan.fernandez"]).ToList();
        Assert.Equal((5, 4), (many.Count, many.Count(p => ((string)p["createdDateTime"]!).StartsWith("2026-11-12T13:", StringComparison.Ordinal))));
        string[] marks = ["=", "\u001b", "\u202e", "<"];
        Assert.All(marks, mark => Assert.Contains(many, p => ((string)p["displayName"]!).Contains(mark, StringComparison.Ordinal)));
        Assert.Equal(JTokenType.Null, Passkeys(contoso.ByAlias["isaiah.wilke"]).Single()["passkeyType"]!.Type);
    }

    private string Kinds(string alias) => string.Join(", ", Methods(contoso.ByAlias[alias]).Select(Type).Order(StringComparer.Ordinal));

    private IEnumerable<JObject> Audits(string alias) => contoso.Sections["directoryAudits"].Cast<JObject>().Where(a =>
        a["targetResources"]!.Any(t => (string?)t["id"] == Id(contoso.ByAlias[alias]) || (string?)t["userPrincipalName"] == (string?)contoso.ByAlias[alias]["userPrincipalName"]));

    private IEnumerable<int> Errors(string alias) => contoso.Errors(alias);

    private bool IsExcludedFrom(JToken policy, string alias) =>
        policy.SelectTokens("conditions.users.excludeUsers[*]").Any(u => (string?)u == Id(contoso.ByAlias[alias]))
        || policy.SelectTokens("conditions.users.excludeGroups[*]").Any(g => contoso.Transitive(contoso.Find((string)g!)!).Contains(Id(contoso.ByAlias[alias])));

    private void Says(string text) => Assert.Contains(text, contoso.About, StringComparison.Ordinal);
}
