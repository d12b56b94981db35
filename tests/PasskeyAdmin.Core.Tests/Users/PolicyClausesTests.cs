using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Each clause of reference/graph-passkey-policy.md §7 by itself.</summary>
public class PolicyClausesTests
{
    private const string Listed = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
    private const string Other = "d548826e-79b4-db40-a3d8-11116f7e8349";
    private const string Zeros = "00000000-0000-0000-0000-000000000000";

    [Theory]
    [InlineData(PolicyState.Enabled, true)]
    [InlineData(PolicyState.Disabled, false)]
    [InlineData(PolicyState.Unknown, null)]
    public void Only_a_method_that_is_enabled_lets_anybody_in(PolicyState state, bool? isOn) => Assert.Equal(isOn, PolicyClauses.IsOn(state));

    [Theory]
    [InlineData(TargetKind.AllUsers, TargetStatus.Found, "x", true)]
    [InlineData(TargetKind.Group, TargetStatus.Found, "in", true)]
    [InlineData(TargetKind.Group, TargetStatus.Found, "out", false)]
    [InlineData(TargetKind.Group, TargetStatus.Found, "open", null)]
    [InlineData(TargetKind.Group, TargetStatus.NotRead, "in", true)]
    [InlineData(TargetKind.Group, TargetStatus.NotFound, "in", false)]
    [InlineData(TargetKind.User, TargetStatus.Found, "in", true)]
    [InlineData(TargetKind.User, TargetStatus.Found, "out", false)]
    [InlineData(TargetKind.Unknown, TargetStatus.NotRead, "in", true)]
    [InlineData(TargetKind.Unknown, TargetStatus.NotRead, "out", null)]
    public void A_target_means_its_people(TargetKind kind, TargetStatus status, string id, bool? means) =>
        Assert.Equal(means, PolicyClauses.Means(kind, status, id, new Membership(i => i switch { "in" => true, "out" => false, _ => null })));

    [Theory]
    [InlineData("deviceBound", PasskeyTypes.DeviceBound, true)]
    [InlineData("deviceBound", PasskeyTypes.Synced, false)]
    [InlineData("deviceBound,synced", PasskeyTypes.Synced, true)]
    [InlineData("", PasskeyTypes.Synced, false)]
    [InlineData(null, PasskeyTypes.Synced, null)]
    [InlineData("deviceBound,hybrid", PasskeyTypes.Synced, false)]
    [InlineData("deviceBound,hybrid", PasskeyTypes.None, null)]
    [InlineData("deviceBound,synced", PasskeyTypes.None, false)]
    public void The_type_must_be_one_of_the_profile(string? types, PasskeyTypes type, bool? passes) => Assert.Equal(passes, PolicyClauses.TypePasses(Profile(types), type));

    [Theory]
    [InlineData(null, "allow", Other, true)]
    [InlineData("x", "allow", Listed, true)]
    [InlineData("x", "allow", Other, false)]
    [InlineData("x", "allow", Zeros, false)]
    [InlineData("x", "block", Listed, false)]
    [InlineData("x", "block", Other, true)]
    [InlineData("x", "block", Zeros, null)]
    [InlineData("x", "prefer", Listed, null)]
    [InlineData("empty", "allow", Other, false)]
    [InlineData("empty", "block", Other, true)]
    [InlineData("damaged", "allow", Other, null)]
    [InlineData("damaged", "allow", Listed, true)]
    [InlineData("damaged", "block", Other, null)]
    [InlineData("damaged", "block", Listed, false)]
    public void An_enforced_list_allows_or_blocks(string? list, string kind, string aaGuid, bool? passes) =>
        Assert.Equal(passes, PolicyClauses.ListPasses(Profile("synced", list is not null, kind, list switch { "empty" => [], "damaged" => [Listed, "no guid"], _ => [Listed] }), new Guid(aaGuid)));

    [Theory]
    [InlineData("disabled", PasskeyTypes.Synced, false, true)]
    [InlineData("registrationOnly", PasskeyTypes.DeviceBound, true, true)]
    [InlineData("registrationOnly", PasskeyTypes.DeviceBound, false, false)]
    [InlineData("registrationOnly", PasskeyTypes.DeviceBound, null, null)]
    [InlineData("registrationOnly", PasskeyTypes.Synced, true, false)]
    [InlineData("always", PasskeyTypes.DeviceBound, true, true)]
    [InlineData("always", PasskeyTypes.DeviceBound, false, null)]
    [InlineData(null, PasskeyTypes.Synced, true, null)]
    public void Attestation_counts_where_the_profile_demands_it(string? attestation, PasskeyTypes type, bool? isAttested, bool? passes) =>
        Assert.Equal(passes, PolicyClauses.AttestationPasses(Profile("deviceBound,synced", attestation: attestation), type, isAttested));

    [Fact]
    public void At_sign_in_attestation_is_not_asked_for_again()
    {
        var profile = Profile("deviceBound", attestation: "registrationOnly");
        var passkey = new PasskeyModel(PasskeyTypes.DeviceBound, new Guid(Other));
        Assert.Equal((true, false), (PolicyClauses.AllowsSignIn(profile, passkey), PolicyClauses.AllowsRegistration(profile, passkey, false)));
    }

    [Fact]
    public void An_exclusion_wins_over_every_target()
    {
        var policy = Policy(p => p["excludeTargets"] = new JArray(new JObject { ["id"] = RandomTenant.Groups[0], ["targetType"] = "group" }));
        var passkey = new PasskeyModel(PasskeyTypes.Synced, new Guid(Other));
        Assert.False(new PolicyEvaluator(policy).MaySignIn(new Membership(_ => true), passkey));
        Assert.True(new PolicyEvaluator(policy).MaySignIn(new Membership(_ => false), passkey));
        Assert.Null(new PolicyEvaluator(policy).MaySignIn(new Membership(_ => null), passkey));
    }

    [Fact]
    public void Lists_that_Graph_left_out_are_not_known()
    {
        var passkey = new PasskeyModel(PasskeyTypes.Synced, new Guid(Other));
        var nobody = new Membership(_ => false);
        Assert.Null(new PolicyEvaluator(Policy(p => p.Remove("excludeTargets"))).MaySignIn(nobody, passkey));
        Assert.Null(new PolicyEvaluator(Policy(p => p.Remove("includeTargets"))).MaySignIn(nobody, passkey));
        Assert.False(new PolicyEvaluator(Policy(p => (p["state"], p["excludeTargets"]) = ("disabled", null))).MaySignIn(nobody, passkey));
    }

    [Fact]
    public void An_allow_in_one_profile_beats_a_block_in_another()
    {
        var policy = Policy(p =>
        {
            p["passkeyProfiles"] = new JArray(Json("1", "synced", true, "block", [Listed]), Json("2", "synced", true, "allow", [Listed]));
            p["includeTargets"]![0]!["allowedPasskeyProfiles"] = new JArray("1", "2");
        });
        Assert.True(new PolicyEvaluator(policy).MaySignIn(new Membership(_ => false), new PasskeyModel(PasskeyTypes.Synced, new Guid(Listed))));
    }

    [Fact]
    public void Before_profiles_one_set_of_rules_counts_for_every_target()
    {
        var policy = Policy(p =>
        {
            (p["passkeyProfiles"], p["defaultPasskeyProfile"], p["isAttestationEnforced"]) = (new JArray(), null, true);
            p["keyRestrictions"] = new JObject { ["isEnforced"] = true, ["enforcementType"] = "allow", ["aaGuids"] = new JArray(Listed) };
            p["includeTargets"]![0]!["allowedPasskeyProfiles"] = new JArray();
        });
        var (evaluator, user) = (new PolicyEvaluator(policy), new Membership(_ => false));
        bool? SignIn(PasskeyTypes type, string aaGuid) => evaluator.MaySignIn(user, new PasskeyModel(type, new Guid(aaGuid)));
        Assert.Equal((true, false, false), (SignIn(PasskeyTypes.DeviceBound, Listed), SignIn(PasskeyTypes.DeviceBound, Other), SignIn(PasskeyTypes.Synced, Listed)));
        Assert.False(evaluator.MayRegister(user, new PasskeyModel(PasskeyTypes.DeviceBound, new Guid(Listed)), false));
    }

    /// <summary>One profile with these values in a policy for all users.</summary>
    internal static PasskeyPolicy Policy(Action<JObject> change)
    {
        var json = new JObject
        {
            ["id"] = "Fido2",
            ["state"] = "enabled",
            ["defaultPasskeyProfile"] = "1",
            ["isSelfServiceRegistrationAllowed"] = true,
            ["excludeTargets"] = new JArray(),
            ["includeTargets"] = new JArray(new JObject { ["id"] = "all_users", ["targetType"] = "group", ["allowedPasskeyProfiles"] = new JArray("1") }),
            ["passkeyProfiles"] = new JArray(Json("1", "deviceBound,synced", false, "allow", [])),
        };
        change(json);
        return RandomTenant.Read(json, []);
    }

    private static PasskeyProfile Profile(string? types, bool isEnforced = false, string kind = "allow", string[]? list = null, string? attestation = "disabled") =>
        Policy(p => p["passkeyProfiles"] = new JArray(Json("1", types, isEnforced, kind, list ?? [], attestation))).Profile.Single();

    private static JObject Json(string id, string? types, bool isEnforced, string kind, string[] list, string? attestation = "disabled") => new()
    {
        ["id"] = id,
        ["name"] = $"P{id}",
        ["passkeyTypes"] = types is null ? JValue.CreateNull() : types,
        ["attestationEnforcement"] = attestation is null ? JValue.CreateNull() : attestation,
        ["keyRestrictions"] = new JObject { ["isEnforced"] = isEnforced, ["enforcementType"] = kind, ["aaGuids"] = new JArray(list) },
    };
}
