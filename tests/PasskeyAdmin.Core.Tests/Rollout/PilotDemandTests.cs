using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Rollout;

namespace PasskeyAdmin.Core.Tests.Rollout;

public sealed class PilotDemandTests
{
    private const string Erp = "3a1e7ba2-8d45-4f69-8c23-e6b904d17f82";
    private const string Resistant = "00000000-0000-0000-0000-000000000004";
    private const string Multifactor = "00000000-0000-0000-0000-000000000002";

    [Theory]
    [InlineData("All", null, Resistant, true)]
    [InlineData(Erp, null, Resistant, true)]
    [InlineData("3A1E7BA2-8D45-4F69-8C23-E6B904D17F82", null, Resistant, true)]
    [InlineData("00000002-0000-0ff1-ce00-000000000000", null, Resistant, false)]
    [InlineData("None", null, Resistant, false)]
    [InlineData("All", Erp, Resistant, false)]
    [InlineData("Office365", null, Resistant, null)]
    [InlineData("All", "Office365", Resistant, null)]
    [InlineData("All", null, Multifactor, false)]
    [InlineData("All", null, "11111111-2222-4333-8444-555555555555", null)]
    public void An_application_is_meant(string include, string? exclude, string strength, bool? expected)
    {
        var demand = PilotDemand.Of(Access(Policy(include, exclude, strength)), Erp);
        Assert.Equal((expected, expected), (demand.OfAnybody, demand.OfAll));
        Assert.Equal(expected == true ? ["Policy"] : [], demand.Policies);
    }

    [Theory]
    [InlineData("""{ "state": "disabled" }""", false, false)]
    [InlineData("""{ "state": "enabledForReportingButNotEnforced" }""", false, false)]
    [InlineData("""{ "conditions": { "users": { "includeUsers": [], "includeGroups": ["x"] } } }""", true, false)]
    [InlineData("""{ "conditions": { "users": { "includeUsers": ["All"], "excludeUsers": ["x"] } } }""", true, true)]
    [InlineData("""{ "conditions": { "signInRiskLevels": ["high"] } }""", false, false)]
    [InlineData("""{ "conditions": { "platforms": { "includePlatforms": ["iOS"] } } }""", true, false)]
    [InlineData("""{ "conditions": { "locations": { "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] } } }""", true, false)]
    [InlineData("""{ "conditions": { "applications": { "applicationFilter": { "mode": "include", "rule": "x" } } } }""", null, null)]
    [InlineData("""{ "grantControls": { "builtInControls": ["compliantDevice"] } }""", false, false)] // Something else would do.
    public void Of_whom_and_when_counts(string change, bool? ofAnybody, bool? ofAll)
    {
        var policy = Policy("All", null, Resistant);
        policy.Merge(JObject.Parse(change), new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Replace });
        var demand = PilotDemand.Of(Access(policy), Erp);
        Assert.Equal((ofAnybody, ofAll), (demand.OfAnybody, demand.OfAll));
    }

    [Fact]
    public void One_policy_that_does_outweighs_one_that_may()
    {
        var demand = PilotDemand.Of(Access(Policy("Office365", null, Resistant), Policy(Erp, null, Resistant)), Erp);
        Assert.Equal((true, true), (demand.OfAnybody, demand.OfAll));
        Assert.Equal((false, false), (PilotDemand.Of(Access(), Erp).OfAnybody, PilotDemand.Of(Access(), Erp).OfAll));
    }

    private static TenantAccess Access(params JObject[] policies) => new(
        [.. System.Linq.Enumerable.Select(policies, p => ConditionalAccessPolicy.Of(p)!)],
        [new AuthenticationStrength(Resistant, "Phishing-resistant MFA", ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"]), new AuthenticationStrength(Multifactor, "MFA", ["fido2", "password,sms"])]);

    private static JObject Policy(string include, string? exclude, string strength) => new()
    {
        ["id"] = "p",
        ["displayName"] = "Policy",
        ["state"] = "enabled",
        ["conditions"] = new JObject
        {
            ["users"] = new JObject { ["includeUsers"] = new JArray("All") },
            ["applications"] = new JObject { ["includeApplications"] = new JArray(include), ["excludeApplications"] = exclude is null ? [] : new JArray(exclude) },
        },
        ["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray(), ["authenticationStrength"] = new JObject { ["id"] = strength } },
    };
}
