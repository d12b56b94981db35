using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>What random tenants rarely have.</summary>
public class PolicyChangeTests
{
    private static readonly string Group = RandomTenant.Groups[0];

    [Fact]
    public void What_cannot_be_read_of_a_list_is_another_doubt_when_it_changes()
    {
        Assert.False(Change(p => Restrict(p, "x"), p => Restrict(p, "x")).CanTakeAway);
        Assert.True(Change(p => Restrict(p, "x"), p => Restrict(p, "y")).CanTakeAway);
        static void Restrict(JObject policy, string entry) => policy["passkeyProfiles"]![0]!["keyRestrictions"] = new JObject { ["isEnforced"] = true, ["enforcementType"] = "allow", ["aaGuids"] = new JArray(entry) };
    }

    [Fact]
    public void A_group_is_no_user_of_the_same_id()
    {
        Assert.False(Change(p => Kind(p, "group"), p => Kind(p, "group")).CanTakeAway);
        Assert.True(Change(p => Kind(p, "group"), p => Kind(p, "user")).CanTakeAway);
        static void Kind(JObject policy, string kind) => policy["includeTargets"]![0]!["targetType"] = kind;
    }

    [Fact]
    public void Where_it_is_not_known_who_is_shut_out_everybody_who_is_let_in_is_concerned()
    {
        var other = RandomTenant.Groups[1];
        void Before(JObject policy)
        {
            policy.Remove("excludeTargets");
            ((JArray)policy["passkeyProfiles"]!).Add(UsersFixture.Profile("00000000-0000-0000-0000-000000000003", "Other", "synced"));
            ((JArray)policy["includeTargets"]!).Add(UsersFixture.Target(other, "00000000-0000-0000-0000-000000000003"));
        }
        var change = Change(Before, p =>
        {
            Before(p);
            p["passkeyProfiles"]![1]!["passkeyTypes"] = "deviceBound";
        });
        Assert.Equal([Group, other], change.Concerned().Order());
        Assert.True(change.MayAffect(new Membership(id => id == other)));
    }

    [Fact]
    public void A_wider_policy_takes_nothing_whatever_a_passkey_is()
    {
        var change = Change(p => p["passkeyProfiles"]![1]!["passkeyTypes"] = "deviceBound", p => p["passkeyProfiles"]![1]!["passkeyTypes"] = "deviceBound,synced");
        Assert.False(change.CanTakeAway);
        Assert.Empty(change.Deciding());
    }

    [Fact]
    public void A_passkey_of_an_unknown_type_may_be_lost_where_any_type_is()
    {
        var change = Change(_ => { }, p => p["passkeyProfiles"]![1]!["passkeyTypes"] = "deviceBound");
        var passkey = new PasskeyTraits(PasskeyTypes.None, RandomTenant.AaGuids[0]) { IsOfOtherType = true };
        Assert.Equal(new PasskeyOutcome(null, null, null), change.Of(new Membership(id => id == Group), passkey));
        Assert.Equal(new PasskeyOutcome(null, null, false), change.Of(new Membership(_ => false), passkey));
    }

    [Fact]
    public void Words_of_the_report_rule_out_what_the_catalogue_vouches_for_and_not_what_was_imported()
    {
        var imported = new Guid("12345678-0000-0000-0000-000000000000");
        var catalog = UsersFixture.Catalog.With(ProviderImports.None.With("list.json", [new PasskeyProviderMetadata(new AuthenticatorFacts(imported) { Name = "Fabrikam Key" }, new MetadataOrigin("list.json", null), UsersFixture.Catalog.Find(imported), DateTimeOffset.UnixEpoch)]));
        var not = ReportWords.Passkeys(catalog).Single(w => w.Word is ReportedMethods.AuthenticatorPasskey).Traits.NotModels!;
        Assert.Contains(new Guid(UsersFixture.YubiKey), not);
        Assert.DoesNotContain(new Guid(UsersFixture.Authenticator), not);
        Assert.DoesNotContain(imported, not);
    }

    /// <summary>All users with device-bound passkeys, and a group with synced ones as well.</summary>
    private static PolicyChange Change(Action<JObject> before, Action<JObject> after) => new(RandomTenant.Read(Policy(before), []), RandomTenant.Read(Policy(after), []));

    private static JObject Policy(Action<JObject> change)
    {
        var policy = new JObject
        {
            ["id"] = "Fido2",
            ["state"] = "enabled",
            ["isSelfServiceRegistrationAllowed"] = true,
            ["passkeyProfiles"] = new JArray(UsersFixture.Profile(UsersFixture.Default, "Default", "deviceBound"), UsersFixture.Profile(UsersFixture.PilotProfile, "Pilot", "deviceBound,synced")),
            ["includeTargets"] = new JArray(UsersFixture.Target(Group, UsersFixture.PilotProfile), UsersFixture.Target("all_users", UsersFixture.Default)),
            ["excludeTargets"] = new JArray(),
        };
        change(policy);
        return policy;
    }
}
