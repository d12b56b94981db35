using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Sandbox;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>The cases themselves are sound: no command is asked.</summary>
public sealed class HelpdeskCaseTests
{
    private static readonly string[] Symptoms = ["CannotRegister", "OptionMissing", "CannotSignIn", "StoppedWorking", "LostDevice", "Auto"];

    /// <summary>What checks can name.</summary>
    public static IReadOnlySet<string> Causes { get; } = new HashSet<string>
    {
        "AccountDisabled", "AccountLocked", "WrongPassword", "GuestAccount", "UserPrincipalNameChanged", "MethodDisabled", "UserExcluded", "UserNotTargeted", "NoUsableProfile", "SelfServiceOff", "ProfilesNotEnrolled",
        "PasskeyTypeNotAllowed", "ProviderNotAllowed", "AttestationRequired", "RegistrationBlockedByConditionalAccess", "RegistrationLoop", "NoMethodForStrength", "StrengthRefusesPasskey", "StrengthAndPolicyDisagree",
        "WindowsHelloNotAccepted", "BlockedByConditionalAccess", "DeviceNotCompliant", "AppNotApproved", "NoPasskeyRegistered", "PasskeyRemoved", "PasskeyNotInEntra", "RegistrationNotCompleted", "NoSecondFactor",
        "PassNotUsable", "SecondFactorNotCompleted", "SecondFactorToBeRegistered", "AlreadyRegistered", "TooManyPasskeys", "DeviceNotReady", "DeviceDisabled", "BrowserNotSupported", "BrokerMissing",
        "AuthenticatorNotRestored", "WindowsHelloKeyMissing", "DeviceRegistrationBroken", "KeyNeedsPin", "KeyPinBlocked", "CrossDeviceBlocked", "ProviderNotSyncing", "AppDemandsPassword", "RemoteDesktopRedirection",
        "CloudNotSupported", "LostDevice", "KeyNotSupportedHere", "ExplainedByCode",
    };

    public static TheoryData<string> Names => [.. HelpdeskCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_tenant_is_one_that_the_helpdesk_can_read(string name)
    {
        var item = HelpdeskCases.All.Single(c => c.Name == name);
        Assert.Equal(HelpdeskTenant.Helpdesk, SandboxTenant.Parse(item.TenantJson).Account);
        using var client = new SandboxClient(SandboxTenant.Parse(item.TenantJson));
        var user = Uri.EscapeDataString(item.UserPrincipalName);
        var id = (string)(await client.GetAsync($"/v1.0/users/{user}"))["id"]!;
        foreach (var path in new[]
        {
            $"/v1.0/users/{id}/transitiveMemberOf", $"/beta/users/{id}/authentication/methods", $"/v1.0/users/{id}/registeredDevices", $"/v1.0/users/{id}/managedDevices", "/v1.0/identity/conditionalAccess/policies",
            "/v1.0/policies/authenticationStrengthPolicies", "/v1.0/policies/authenticationMethodsPolicy",
        }) Assert.NotNull(await client.GetAsync(path));
        // The log has all of it: nothing is later than now, or older than it keeps.
        Assert.Equal(Stored(item, "signIns"), (await client.GetAsync($"/beta/auditLogs/signIns?$filter=userId eq '{id}'"))["value"]!.Count());
        Assert.Equal(Stored(item, "directoryAudits"), (await client.GetAsync("/v1.0/auditLogs/directoryAudits"))["value"]!.Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_says_what_it_is(string name)
    {
        var item = HelpdeskCases.All.Single(c => c.Name == name);
        Assert.Contains(item.Symptom, Symptoms);
        Assert.True(item.ExpectedCause is null || Causes.Contains(item.ExpectedCause), item.ExpectedCause);
        Assert.False(string.IsNullOrWhiteSpace(item.Why));
        if (item.DeviceName is { } device) Assert.Contains(device, JObject.Parse(item.TenantJson)["devices"]!.Select(d => (string)d["displayName"]!));
        // A case is the same whenever it is asked for.
        Assert.Equal(item.TenantJson, item.TenantJson);
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.Multiple(
        () => Assert.True(HelpdeskCases.All.Count >= 60),
        () => Assert.Equal(HelpdeskCases.All.Count, HelpdeskCases.All.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count()),
        () => Assert.True(HelpdeskCases.All.Count(c => c.Symptom is "Auto") >= 15),
        () => Assert.True(HelpdeskCases.All.Count(c => c.ErrorCode is not null) <= 12),
        () => Assert.True(HelpdeskCases.All.Count(c => c.ExpectedCause is null) >= 4),
        () => Assert.Equal(Symptoms.Order(), HelpdeskCases.All.Select(c => c.Symptom).Distinct().Order()));

    [Fact]
    public void Two_of_a_pair_have_one_symptom_and_two_causes()
    {
        var pairs = HelpdeskCases.All.Where(c => c.Pair is not null).GroupBy(c => c.Pair).ToList();
        Assert.True(pairs.Count >= 10);
        Assert.All(pairs, pair =>
        {
            Assert.Equal(2, pair.Count());
            Assert.Single(pair.Select(c => c.Symptom).Distinct());
            Assert.Single(pair.Select(c => c.UserPrincipalName).Distinct());
            Assert.Equal(2, pair.Select(c => c.ExpectedCause).Distinct().Count());
            // What tells them apart is in the tenant.
            Assert.All(pair, c => Assert.True(c is { ErrorCode: null, DeviceName: null }));
            Assert.Equal(2, pair.Select(c => c.TenantJson).Distinct().Count());
        });
    }

    /// <summary>By reference/graph-passkey-policy.md §7, written down again here: a state that says more than its case would be unfair.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_policy_refuses_a_passkey_only_where_that_is_the_cause(string name)
    {
        var item = HelpdeskCases.All.Single(c => c.Name == name);
        var root = JObject.Parse(item.TenantJson);
        var user = root["users"]![0]!;
        using var client = new SandboxClient(SandboxTenant.Parse(item.TenantJson));
        var groups = SandboxClient.Names(await client.GetAsync($"/v1.0/users/{user["id"]}/transitiveMemberOf"), "id").Append("all_users").ToList();
        var fido2 = SandboxClient.ConfigurationOf(root);
        var isShut = (string)fido2["state"]! is "disabled" || fido2["excludeTargets"]!.Any(t => groups.Contains((string)t["id"]!));
        var reach = fido2["includeTargets"]!.Where(t => groups.Contains((string)t["id"]!)).SelectMany(t => t["allowedPasskeyProfiles"]!.Select(p => (string)p!)).ToHashSet();
        var profiles = isShut ? [] : fido2["passkeyProfiles"]!.Where(p => reach.Contains((string)p["id"]!)).ToList();
        var passkeys = user["authenticationMethods"]!.Where(m => m["aaGuid"] is not null).ToList();
        var isRefused = passkeys.Any(k => !profiles.Any(p => LetsIn(p, k)));
        Assert.Equal(item.ExpectedCause is "PasskeyTypeNotAllowed" or "ProviderNotAllowed" or "MethodDisabled" or "UserExcluded" or "UserNotTargeted" && passkeys.Count > 0, isRefused);
        Assert.Equal(item.ExpectedCause is "AccountDisabled", !(bool)user["accountEnabled"]!);
        Assert.Equal(item.ExpectedCause is "GuestAccount", (string)user["userType"]! is "Guest");
        var last = root["signIns"]!.OrderBy(s => (DateTime)s["createdDateTime"]!).LastOrDefault();
        if (item.ExpectedCause is null) Assert.Null(last?["status"]);
    }

    private static bool LetsIn(JToken profile, JToken passkey)
    {
        if (!((string)profile["passkeyTypes"]!).Split(',').Contains((string)passkey["passkeyType"]!)) return false;
        var restrictions = profile["keyRestrictions"]!;
        var isListed = restrictions["aaGuids"]!.Any(a => (string)a! == (string)passkey["aaGuid"]!);
        return !(bool)restrictions["isEnforced"]! || isListed == ((string)restrictions["enforcementType"]! is "allow");
    }

    private static int Stored(HelpdeskCase item, string list) => JObject.Parse(item.TenantJson)[list]!.Count();
}
