using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Whether a policy is about the page of registration.</summary>
public sealed class RegistrationAccessTests
{
    /// <summary>Which applications a name stands for, Graph does not list: where nothing else tells, there is no all-clear where the user could not fulfil the demand.</summary>
    [Theory]
    [InlineData("NewerSuite", false, UserCheckOutcome.NotChecked)]
    [InlineData("NewerSuite", true, UserCheckOutcome.Clear)]
    // The page is in neither of these by Microsoft's lists.
    [InlineData("Office365", false, UserCheckOutcome.Clear)]
    [InlineData("MicrosoftAdminPortals", false, UserCheckOutcome.Clear)]
    [InlineData("3a1e7ba2-8d45-4f69-8c23-e6b904d17f82", false, UserCheckOutcome.Clear)]
    [InlineData("19db86c3-b2b9-44cc-b339-36da233a3be2", false, UserCheckOutcome.Found)]
    public void A_policy_of_which_it_is_not_known_whether_it_is_on_the_way(string application, bool hasKey, UserCheckOutcome expected)
    {
        var tenant = new HelpdeskTenant("Kim Key", "kim.key@contoso.com").Push(300).Access("Office", HelpdeskTenant.PhishingResistant);
        if (hasKey) tenant.Passkey(HelpdeskModel.YubiKey, 100, 20);
        var json = JObject.Parse(tenant.ToJson());
        json["conditionalAccessPolicies"]![0]!["conditions"]!["applications"]!["includeApplications"] = new JArray(application);
        using var diagnosed = new DiagnosedTenant(SandboxTenant.Parse(json.ToString()));
        var check = diagnosed.Ask("kim.key@contoso.com", PasskeySymptom.CannotRegister).Check.Single(c => c.Id == "RegistrationBlockedByConditionalAccess");
        Assert.Equal(expected, check.Outcome);
        if (expected is UserCheckOutcome.NotChecked) Assert.Equal("Whether 'Office' is about the page of registration is not known.", check.Detail);
    }
}
