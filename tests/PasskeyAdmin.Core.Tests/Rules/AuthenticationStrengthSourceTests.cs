using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Rules;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>Authentication strengths as people see them, over HTTP, of tenants that the tests make up.</summary>
public sealed class AuthenticationStrengthSourceTests : IDisposable
{
    private const string Resistant = "00000000-0000-0000-0000-000000000004";
    private const string Custom = "40000000-0000-4000-8000-000000000001";

    private readonly UsersFixture _tenant = new();
    private TenantSession? _session;

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Without_asking_for_people_it_is_two_requests()
    {
        _tenant.User("anna");
        Strength(YubiKey);
        var strengths = Read();
        Assert.Equal(["v1.0/policies/authenticationStrengthPolicies", "v1.0/identity/conditionalAccess/policies"], _tenant.Asked);
        Assert.Equal(["Multifactor authentication", "Passwordless MFA", "Phishing-resistant MFA", "Approved"], strengths.Select(s => s.Name));
        Assert.Equal([AuthenticationStrengthType.BuiltIn, AuthenticationStrengthType.BuiltIn, AuthenticationStrengthType.BuiltIn, AuthenticationStrengthType.Custom], strengths.Select(s => s.Type));
        Assert.All(strengths, s => Assert.Equal(("", null, null, "no policy"), (s.Refused, s.RefusedCount, s.InScope, s.Use)));
        Assert.Equal(["Multifactor authentication", "Passwordless MFA", "Phishing-resistant MFA", "Approved"], _session!.KnownStrengthNames);
    }

    [Fact]
    public void A_strength_says_what_it_takes()
    {
        Strength(YubiKey);
        var strength = Find(Custom);
        Assert.Equal(("only YubiKey 5 Series (1 of 27 AAGUIDs)", true, true, "What we bought", "YubiKey 5 Series (1 of 27 AAGUIDs)"), (strength.Passkey, strength.TakesPasskey, strength.IsPhishingResistant, strength.Description, strength.Provider.ToString()));
        Assert.Equal((Guid.Parse(YubiKey), new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83"), (strength.AaGuid!.Single(), strength.ModifiedAt, strength.TenantId));
        Assert.Equal((null, "any passkey"), (Find(Resistant).AaGuid, Find(Resistant).Passkey));
    }

    [Theory]
    [InlineData("[]", "nothing (the list is empty)")]
    [InlineData("['no guid']", "only entries that cannot be read")]
    [InlineData("['12345678-0000-4000-8000-000000000000']", "only Unknown provider (12345678-0000-4000-8000-000000000000)")]
    [InlineData("null", "any passkey")]
    public void Odd_lists_say_so(string models, string passkey)
    {
        Strength(YubiKey)["combinationConfigurations"]![0]!["allowedAAGUIDs"] = JToken.Parse(models);
        Assert.Equal(passkey, Find(Custom).Passkey);
    }

    [Fact]
    public void Combinations_that_nobody_knows_are_kept_and_no_passkey_is_none()
    {
        Strength(YubiKey)["allowedCombinations"] = new JArray("x509CertificateMultiFactor", "password,telepathy");
        var strength = Find(Custom, measures: true);
        Assert.Equal(("none", false, "x509CertificateMultiFactor, password,telepathy", "not judged", null), (strength.Passkey, strength.IsPhishingResistant, strength.Combination.ToString(), strength.Refused, strength.AaGuid));
        Assert.Null(strength.RefusedUser);
        Assert.Contains("is not looked into", Assert.Single(strength.NotRead), StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_that_name_it_are_told_with_their_state()
    {
        Uses("enabled", Resistant, "All");
        Uses("enabledForReportingButNotEnforced", Resistant.ToUpperInvariant(), "All");
        Uses("disabled", Resistant, "All")["grantControls"]!["builtInControls"] = new JArray("compliantDevice");
        Uses("somehow", Resistant, "All");
        Uses("enabled", Custom, "All");
        var strength = Find(Resistant);
        Assert.Equal("Policy, Policy (report-only), Policy (disabled), Policy (state not known)", strength.UsedBy!.ToString());
        Assert.Equal("1 enabled, 1 report-only, 1 disabled, 1 of unknown state", strength.Use);
        Assert.Equal([true, true, false, true], strength.UsedBy.Select(u => u.IsDemanded));
        Assert.Equal("all resources", strength.UsedBy[0].Resource);
    }

    [Theory]
    [InlineData("{ includeApplications: ['All'], excludeApplications: ['a', 'b'] }", "all resources but 2")]
    [InlineData("{ includeApplications: ['a'] }", "1 resource")]
    [InlineData("{ includeApplications: ['a', 'b'], applicationFilter: { mode: 'include' } }", "2 resources and resources by a filter")]
    [InlineData("{ includeUserActions: ['urn:user:registersecurityinfo'] }", "the registration of security information")]
    [InlineData("{ includeUserActions: ['urn:user:other'] }", "a user action")]
    [InlineData("{}", "nothing that this version knows")]
    public void What_a_policy_is_about_is_said(string applications, string words)
    {
        Uses("enabled", Resistant, "All")["conditions"]!["applications"] = JObject.Parse(applications);
        Assert.Equal(words, Find(Resistant).UsedBy![0].Resource);
    }

    /// <summary>"anna" and "berta" have nothing; one policy is for the one, one for the other.</summary>
    [Theory]
    [InlineData("enabled", "disabled", "anna", 2)]
    [InlineData("enabled", "enabledForReportingButNotEnforced", "anna berta", 2)]
    [InlineData("disabled", "disabled", "anna berta carl", 4)]
    public void The_refused_are_those_of_the_policies_that_do_something(string first, string second, string refused, int inScope)
    {
        foreach (var name in new[] { "anna", "berta", "carl" }) _tenant.User(name);
        _tenant.User("happy", methods: Hello());
        Uses(first, Resistant, IdOf("anna"), IdOf("happy"));
        Uses(second, Resistant, IdOf("berta"));
        var strength = Find(Resistant, measures: true);
        Assert.Equal((refused, refused.Split(' ').Length), (string.Join(' ', strength.RefusedUser!.Select(u => u.UserPrincipalName!.Split('@')[0])), strength.RefusedCount));
        Assert.Equal(second is "enabledForReportingButNotEnforced" ? 3 : inScope, strength.InScope);
        Assert.StartsWith(first is "disabled" ? "all enabled members" : "the users of 'Policy'", strength.RefusedScope, StringComparison.Ordinal);
        Assert.NotNull(strength.DataAsOf);
    }

    [Fact]
    public void Without_Conditional_Access_the_use_is_not_known_and_everybody_is_asked()
    {
        _tenant.User("anna");
        _tenant.EmergencyAccounts.Add("anna@contoso.com");
        _tenant.Fail("conditionalAccess/policies");
        var strength = Find(Resistant, measures: true);
        Assert.Equal(("not known", null, 1), (strength.Use, strength.UsedBy, strength.RefusedCount));
        Assert.StartsWith("Conditional Access could not be read.", Assert.Single(strength.NotRead), StringComparison.Ordinal);
        Assert.EndsWith("as it is not known which policies name it", strength.RefusedScope, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/userRegistrationDetails", "not known of 1")]
    [InlineData("authenticationMethodConfigurations/fido2", "not known")]
    [InlineData("nothing", "1 of 1")]
    public void Zero_is_said_only_where_it_is_certain(string broken, string refused)
    {
        _tenant.User("anna");
        _tenant.Fail(broken);
        var strength = Find(Resistant, measures: true);
        Assert.Equal((refused, broken is "nothing" ? 1 : null), (strength.Refused, strength.RefusedCount));
        Assert.Equal(broken is "nothing", strength.NotRead.Count == 0);
    }

    [Fact]
    public void A_strength_that_refuses_nobody_says_zero()
    {
        _tenant.User("happy", methods: Hello());
        Assert.Equal(("0 of 1", 0), (Find(Resistant, measures: true).Refused, Find(Resistant, measures: true).RefusedCount));
        _tenant.Fail("/directoryAudits");
        Assert.Equal(("not known", null), (Find(Resistant, measures: true).Refused, Find(Resistant, measures: true).RefusedCount));
    }

    [Fact]
    public void Names_that_steer_a_terminal_do_not()
    {
        var json = Strength(YubiKey);
        (json["displayName"], json["description"], json["allowedCombinations"]) = ("App\u001broved", "a\u0007b\u202e", new JArray("fi\u001bdo2"));
        Uses("enabled", Custom, "All")["displayName"] = "Pol\u001bicy";
        var strength = Find(Custom, measures: true);
        Assert.DoesNotContain($"{strength}{strength.Description}{strength.Combination}{strength.UsedBy}{strength.RefusedScope}{strength.NotRead}", c => char.IsControl(c) || c == '\u202e');
    }

    private JObject Strength(string aaGuid)
    {
        var strength = new JObject
        {
            ["id"] = Custom,
            ["displayName"] = "Approved",
            ["description"] = "What we bought",
            ["modifiedDateTime"] = "2026-11-01T08:00:00Z",
            ["allowedCombinations"] = new JArray("fido2"),
            ["combinationConfigurations"] = new JArray(new JObject { ["@odata.type"] = "#microsoft.graph.fido2CombinationConfiguration", ["id"] = "c", ["appliesToCombinations"] = new JArray("fido2"), ["allowedAAGUIDs"] = new JArray(aaGuid) }),
        };
        _tenant.Strengths.Add(strength);
        return strength;
    }

    private JObject Uses(string state, string strength, params string[] users)
    {
        _tenant.AccessPolicy(state);
        var policy = (JObject)_tenant.AccessPolicies.Last!;
        policy["conditions"]!["users"]!["includeUsers"] = new JArray(users);
        policy["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray(), ["authenticationStrength"] = new JObject { ["id"] = strength } };
        return policy;
    }

    private PasskeyAuthenticationStrength Find(string id, bool measures = false) => Read(measures).Single(s => s.Id == id);

    private IReadOnlyList<PasskeyAuthenticationStrength> Read(bool measures = false)
    {
        _session = _tenant.Session();
        _tenant.ForgetAsked();
        var source = new AuthenticationStrengthSource(_session, _session.CreateClient(), Catalog);
        var list = source.Read(CancellationToken.None);
        return source.Describe(list, list.Strengths, measures ? new RuleOptions() : null, CancellationToken.None);
    }
}
