using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Troubleshooting;
using static PasskeyAdmin.Core.Tests.Troubleshooting.AuditLogEntries;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Nobody documents the values: whole or in part, with numbers or with names.</summary>
public class PolicyChangeWordsTests
{
    private const string Pilot = "a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40";
    private const string NotUnderstood = "changed, in a form that this version does not know";

    private static readonly JObject Default = Profile(DefaultProfile, "Default passkey profile", "deviceBound");

    [Theory]
    [InlineData("state", "enabled", "disabled", "policy: Enabled -> Disabled")]
    [InlineData("isSelfServiceRegistrationAllowed", true, false, "self-service registration: on -> off")]
    [InlineData("isSelfServiceRegistrationAllowed", null, false, "self-service registration: not known -> off")]
    [InlineData("somethingNew", "a", "b", "somethingNew: a -> b")]
    [InlineData("passkeyProfiles", "not", "json", "passkeyProfiles: " + NotUnderstood)]
    [InlineData("passkeyProfiles", null, "[]", "passkeyProfiles: changed, from what the log does not say")]
    [InlineData("state", 7, 8, "state: " + NotUnderstood)]
    public void A_setting(string setting, object? old, object? now, string expected) =>
        Assert.Equal([expected], Words(Changed(setting, old is null ? null : JToken.FromObject(old), now is null ? null : JToken.FromObject(now))));

    [Theory]
    [InlineData("whole")]
    [InlineData("in part")]
    [InlineData("the changed property only")]
    [InlineData("the new value in part")]
    public void A_profile_that_lost_a_type(string form)
    {
        var (was, now) = (Profile(Pilot, "Synced pilot", 3), Profile(Pilot, "Synced pilot", 1));
        var audit = form switch
        {
            "whole" => Changed("passkeyProfiles", new JArray(Default, was), new JArray(Default, now)),
            "in part" => Changed("passkeyProfiles", new JArray(was), new JArray(now)),
            "the changed property only" => Changed("passkeyProfiles", new JArray(Only(was)), new JArray(Only(now))),
            _ => Changed("passkeyProfiles", new JArray(Default, was), new JArray(now)),
        };
        Assert.Equal(["Synced pilot: - passkey type Synced"], Words(audit, Default, Profile(Pilot, "Synced pilot", "deviceBound")));
    }

    [Fact]
    public void Profiles_and_targets_that_came_and_went()
    {
        Assert.Equal(["- profile Synced pilot"], Words(Changed("passkeyProfiles", new JArray(Default, Profile(Pilot, "Synced pilot", 3)), new JArray(Default)), Default));
        Assert.Equal(["+ profile Synced pilot (DeviceBound, Synced; any provider)"], Words(Changed("passkeyProfiles", new JArray(Default), new JArray(Default, Profile(Pilot, "Synced pilot", 3))), Default, Profile(Pilot, "Synced pilot", "deviceBound,synced")));
        Assert.Equal(["Synced pilot: + provider Apple Passwords", "Synced pilot: - provider 1Password"], Words(Changed("passkeyProfiles", new JArray(Profile(Pilot, "Synced pilot", 3, "allow", "bada5566-a7aa-401f-bd96-45619a55120d")), new JArray(Profile(Pilot, "Synced pilot", 3, "allow", Apple))), Default).OrderBy(l => l, System.StringComparer.Ordinal));
        Assert.StartsWith("All users: - profile", Assert.Single(Words(Changed("includeTargets", new JArray(Target(DefaultProfile, Pilot)), new JArray(Target(DefaultProfile))), Default)), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state", "Sms", 0)]
    [InlineData("state", "Fido2", 1)]
    [InlineData("passkeyProfiles", "Sms", 0)]
    [InlineData("maximumLifetimeInMinutes", null, 0)]
    public void Other_methods_are_passed_over(string setting, string? policyType, int events) => Assert.Equal(events, Events([Changed(setting, "enabled", "disabled", policyType)]).Count);

    [Fact]
    public void Where_the_log_names_no_method_that_is_said() =>
        Assert.Equal(["policy: Enabled -> Disabled (of a method that the log does not name)"], Words(Changed("state", "enabled", "disabled", policyType: null)));

    [Theory]
    [InlineData("Authentication Strength Policy Create", "authentication strength Approved keys: created")]
    [InlineData("Authentication Strength Policy Delete", "authentication strength Approved keys: deleted")]
    [InlineData("Authentication Strength Combination Configuration Update", "authentication strength Approved keys: allowed models changed")]
    public void Strengths(string activity, string expected) => Assert.Equal(expected, Words(Changed("allowedCombinations", new JArray("fido2"), new JArray("fido2", "windowsHelloForBusiness"), activity: activity, target: "Approved keys"))[0]);

    [Fact]
    public void A_strength_says_what_changed_where_it_can() =>
        Assert.Equal("authentication strength Approved keys: allowedCombinations: fido2 -> fido2, windowsHelloForBusiness", Words(Changed("allowedCombinations", new JArray("fido2"), new JArray("fido2", "windowsHelloForBusiness"), activity: "Authentication Strength Policy Update", target: "Approved keys"))[1]);

    [Fact]
    public void Without_the_policy_it_says_that_something_changed()
    {
        var told = Assert.Single(Events([Changed("passkeyProfiles", new JArray(Default), new JArray())], new AuditFacts(Catalog)));
        Assert.Equal([$"passkeyProfiles: {NotUnderstood}"], told.Change);
        Assert.Equal($"passkeyProfiles: {NotUnderstood} by ann@contoso.com", told.Summary);
        Assert.Equal((null, PasskeyAuditInitiator.OtherUser, "ann@contoso.com"), (told.UserId, told.Initiator, told.InitiatedBy));
    }

    private static JObject Only(JObject profile) => new() { ["id"] = profile["id"], ["passkeyTypes"] = profile["passkeyTypes"] };

    private static JObject Target(params string[] profiles) => new() { ["id"] = "all_users", ["targetType"] = "group", ["allowedPasskeyProfiles"] = new JArray(profiles) };

    private static System.Collections.Generic.IReadOnlyList<string> Words(JObject audit, params JObject[] profiles) => Assert.Single(Events([audit], Facts(profiles))).Change;
}
