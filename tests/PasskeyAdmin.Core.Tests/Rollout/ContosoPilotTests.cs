using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Rules;
using PasskeyAdmin.Core.Tests.Sandbox;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rollout;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rollout;

/// <summary>The numbers of the sample tenant, against the plain JSON of its log, counted with one loop for each number.</summary>
public sealed class ContosoPilotTests(ContosoOverHttp contoso, ContosoData data) : IClassFixture<ContosoOverHttp>, IClassFixture<ContosoData>
{
    [Theory]
    [InlineData(7)]
    [InlineData(30)]
    public void Numbers_are_those_of_the_log(int days)
    {
        var found = Read(days).Applications;
        var log = data.Sections["signIns"].Cast<JObject>().Where(s => At(s) >= ContosoData.Now.AddDays(-days) && At(s) <= ContosoData.Now).ToList();
        Assert.Equal(log.Select(s => (string)s["appId"]!).Distinct().Order(StringComparer.Ordinal), found.Select(a => a.ApplicationId).Order(StringComparer.Ordinal));
        var resistantUsers = log.Where(s => IsGood(s) && IsMember(s) && IsResistant(s)).Select(s => (string)s["userId"]!).ToHashSet();
        foreach (var application in found)
        {
            var own = log.Where(s => (string?)s["appId"] == application.ApplicationId && IsMember(s)).ToList();
            var good = own.Where(IsGood).ToList();
            Assert.Equal((good.Count, own.Count - good.Count), (application.SignIn, application.Failed));
            Assert.Equal((good.Count(IsResistant), good.Count(s => Steps(s).Any(m => m.StartsWith("Passkey", StringComparison.Ordinal)))), (application.PhishingResistant, application.PasskeySignIn));
            Assert.Equal(good.Count(s => Steps(s).Any(m => m is "Certificate-based authentication")), application.NotKnown);
            Assert.Equal(application.SignIn, application.PhishingResistant + application.Other + application.NotKnown);
            var users = good.Select(s => (string)s["userId"]!).ToHashSet();
            Assert.Equal((users.Count, users.Count(resistantUsers.Contains)), (application.User, application.PhishingResistantUser));
            foreach (var group in application.Group)
            {
                var members = data.TransitiveUsers(data.Group(group.Name)).Select(ContosoData.Id).ToHashSet();
                Assert.Equal((members.Count, users.Count(members.Contains), good.Count(s => members.Contains((string)s["userId"]!))), (group.Member, group.User, group.SignIn));
                Assert.Equal(users.Count(u => members.Contains(u) && resistantUsers.Contains(u)), group.PhishingResistantUser);
            }
        }
        Assert.Equal(found.Select(a => a.SignIn).OrderDescending(), found.Select(a => a.SignIn));
    }

    [Fact]
    public void The_groups_are_those_that_the_policy_targets() => Assert.All(Read(7).Applications, a =>
        Assert.Equal(["Contractors 2025", "External partners", "Passkey pilot", "Privileged administrators"], a.Group.Select(g => g.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void What_is_demanded_of_some_people_is_no_demand_of_all()
    {
        var found = Read(7).Applications;
        Assert.All(found, a => Assert.Equal((true, false), (a.HasDemand, a.HasDemandOfAll)));
        Assert.Equal(["Finance: approved passkeys for the ERP system", "Phishing-resistant sign-in for administrators"], found.Single(a => a.Name == "Contoso ERP").DemandPolicy.Order(StringComparer.Ordinal));
        Assert.Equal(PilotSuitability.NotForPilot, found.Single(a => a.Name == "My Signins").Suitability);
    }

    private PilotReading Read(int days)
    {
        var session = contoso.Session();
        return new PilotSource(session, session.CreateClient(), ProviderCatalog.LoadBuiltIn(), new PilotOptions(new SignInSpan(days, 50_000))).Read(CancellationToken.None);
    }

    private static DateTime At(JObject signIn) => DateTime.Parse((string)signIn["createdDateTime"]!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static bool IsGood(JObject signIn) => (int?)signIn["status"]?["errorCode"] is null or 0;

    private bool IsMember(JObject signIn) => (string?)data.Find((string)signIn["userId"]!)?["userType"] != "Guest";

    private static IEnumerable<string> Steps(JObject signIn) => signIn["authenticationDetails"]!.Select(d => (string?)d["authenticationMethod"] ?? "");

    private static bool IsResistant(JObject signIn) => Steps(signIn).Any(m => m is "Passkey (synced)" or "Passkey (device-bound)" or "Windows Hello for Business" or "Platform Credential");
}
