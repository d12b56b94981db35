using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>What one user may do, by which groups, and why not.</summary>
public sealed class EffectivePolicySourceTests : IDisposable
{
    private readonly UsersFixture _tenant = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void The_union_of_what_reaches_a_user_and_by_which_way()
    {
        const string berlin = "20000000-0000-4000-8000-000000000050";
        const string germany = "20000000-0000-4000-8000-000000000051";
        _tenant.User("one", isPilot: false);
        _tenant.Group(berlin, "Berlin", IdOf("one"));
        _tenant.Group(germany, "Germany", berlin);
        _tenant.Join(Pilot, germany);
        _tenant.Join(Pilot, berlin);
        var policy = Read("one@contoso.com");
        Assert.Equal(["All users", "Pilot"], policy.Target.Select(t => t.Name));
        Assert.Equal(["Berlin > Pilot", "Berlin > Germany > Pilot"], policy.Target[1].Path);
        Assert.Equal("Pilot (by Berlin > Pilot; by Berlin > Germany > Pilot)", policy.Target[1].ToString());
        Assert.Equal("Default passkey profile, Synced pilot", policy.Profile.ToString());
        Assert.Equal([(PasskeyTypes.DeviceBound, PasskeyAnswer.Yes, PasskeyAnswer.Yes), (PasskeyTypes.Synced, PasskeyAnswer.Yes, PasskeyAnswer.Yes)], policy.Passkey.Select(p => (p.PasskeyType, p.MayRegister, p.MaySignIn)));
        Assert.Equal(("Synced pilot", "any provider", PasskeyAnswer.No), (policy.Passkey[1].Profile.ToString(), policy.Passkey[1].Provider, policy.Excluded));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Groups_in_a_circle_end()
    {
        const string project = "20000000-0000-4000-8000-000000000052";
        _tenant.User("one", isPilot: false);
        _tenant.Group(project, "Project", Pilot);
        _tenant.Join(Pilot, project);
        _tenant.Join(project, IdOf("one"));
        Assert.Equal(["Project > Pilot"], Read("one@contoso.com").Target[1].Path);
    }

    [Fact]
    public void Whoever_is_in_no_target_or_excluded_is_told_so()
    {
        _tenant.Targets.RemoveAt(0);
        _tenant.User("out", isPilot: false);
        _tenant.User("kiosk");
        _tenant.Join(Excluded, IdOf("kiosk"));
        Assert.All(Read("out@contoso.com").Passkey, p => Assert.Equal((PasskeyAnswer.No, "No target of the policy reaches the user."), (p.MaySignIn, p.SignInReason)));
        var kiosk = Read("kiosk@contoso.com");
        Assert.Equal((PasskeyAnswer.Yes, "Shut out"), (kiosk.Excluded, kiosk.Exclusion.ToString()));
        Assert.All(kiosk.Passkey, p => Assert.Equal((PasskeyAnswer.No, PasskeyAnswer.No), (p.MaySignIn, p.MayRegister)));
    }

    [Fact]
    public void One_passkey_is_asked_about_by_model()
    {
        _tenant.Profiles[1] = Profile(PilotProfile, "Synced pilot", "synced", "allow", Apple);
        _tenant.Profiles[0]["attestationEnforcement"] = "registrationOnly";
        _tenant.User("one");
        var asked = Read("one@contoso.com", Apple, Bitwarden, YubiKey, "77777777-7777-4777-8777-777777777777").Passkey;
        Assert.Equal((PasskeyAnswer.Yes, PasskeyAnswer.Yes), (asked[0].MayRegister, asked[0].MaySignIn));
        Assert.Equal((PasskeyAnswer.No, PasskeyAnswer.No), (asked[1].MayRegister, asked[1].MaySignIn));
        Assert.Equal((PasskeyAnswer.Unknown, PasskeyAnswer.Yes, "It depends on whether the passkey brings a valid attestation."), (asked[2].MayRegister, asked[2].MaySignIn, asked[2].RegisterReason));
        // Of a model that nobody knows, the type is not known either: an answer for each.
        Assert.All(asked.Skip(3), a => Assert.Equal((Guid.Parse("77777777-7777-4777-8777-777777777777"), "Unknown authenticator (77777777-7777-4777-8777-777777777777)"), (a.AaGuid, a.Provider)));
        Assert.Equal([(PasskeyTypes.DeviceBound, PasskeyAnswer.Yes), (PasskeyTypes.Synced, PasskeyAnswer.No)], asked.Skip(3).Select(a => (a.PasskeyType, a.MaySignIn)));
    }

    [Fact]
    public void The_type_that_is_asked_about_is_the_one_that_counts()
    {
        _tenant.User("one", isPilot: false);
        var (source, models) = Source(null, Bitwarden, "77777777-7777-4777-8777-777777777777");
        PasskeyEffectivePolicy Of(PasskeyTypes type, bool hasModels = true) => source.Read("one@contoso.com", hasModels ? [.. models!.Select(m => m with { Type = type })] : null, type, CancellationToken.None);
        Assert.Equal(["DeviceBound Yes", "DeviceBound Yes"], Of(PasskeyTypes.DeviceBound).Passkey.Select(p => $"{p.PasskeyTypeName} {p.MaySignIn}"));
        Assert.Equal(["Synced No", "Synced No"], Of(PasskeyTypes.Synced).Passkey.Select(p => $"{p.PasskeyTypeName} {p.MaySignIn}"));
        Assert.Equal(PasskeyTypes.Synced, Assert.Single(Of(PasskeyTypes.Synced, hasModels: false).Passkey).PasskeyType);
        Assert.Equal(["Bitwarden and Unknown authenticator (77777777-7777-4777-8777-777777777777) (Synced): Default passkey profile allows DeviceBound passkeys only."], Of(PasskeyTypes.Synced).Why);
    }

    [Fact]
    public void A_passkey_whose_type_is_not_known_is_answered_about_for_each_type()
    {
        _tenant.User("one", isPilot: false);
        var (source, _) = Source(null);
        var model = new AskedModel(Catalog.Find(Guid.Parse(YubiKey)).Authenticator[0], PasskeyTypes.None);
        Assert.Equal(["DeviceBound Yes", "Synced No"], source.Read("one@contoso.com", [model], PasskeyTypes.None, CancellationToken.None).Passkey.Select(p => $"{p.PasskeyTypeName} {p.MaySignIn}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Profiles_that_Graph_does_not_give_are_not_known(bool isNull)
    {
        if (isNull) _tenant.Targets[0]["allowedPasskeyProfiles"] = null;
        else ((Newtonsoft.Json.Linq.JObject)_tenant.Targets[0]).Remove("allowedPasskeyProfiles");
        _tenant.User("one", isPilot: false);
        var policy = Read("one@contoso.com");
        Assert.All(policy.Passkey, p => Assert.Equal((PasskeyAnswer.Unknown, PasskeyAnswer.Unknown, "Which profiles All users may use is not known."), (p.MayRegister, p.MaySignIn, p.SignInReason)));
    }

    [Fact]
    public void Groups_that_could_not_be_read_are_asked_for_again()
    {
        _tenant.User("one");
        var (source, _) = Source(null);
        _tenant.Fail("/transitiveMemberOf");
        Assert.Equal(PasskeyAnswer.Unknown, source.Read("one@contoso.com", null, PasskeyTypes.None, CancellationToken.None).Excluded);
        _tenant.Graph.Server.Faults = null;
        Assert.Equal(PasskeyAnswer.No, source.Read("one@contoso.com", null, PasskeyTypes.None, CancellationToken.None).Excluded);
    }

    [Fact]
    public void A_target_without_profiles_is_said_to_be_one()
    {
        _tenant.Targets[0]["allowedPasskeyProfiles"] = new Newtonsoft.Json.Linq.JArray();
        _tenant.User("one", isPilot: false);
        Assert.Equal(["What targets the user has no profile."], Read("one@contoso.com").Passkey.Select(p => p.SignInReason).Distinct());
    }

    [Fact]
    public void No_more_is_read_than_the_ways_to_the_groups_of_the_policy_need()
    {
        const string other = "20000000-0000-4000-8000-000000000055";
        _tenant.User("outside", isPilot: false);
        _tenant.User("inside");
        _tenant.Group(other, "Other", IdOf("outside"));
        _tenant.Group("20000000-0000-4000-8000-000000000056", "Another", IdOf("outside"));
        var (source, _) = Source(null);
        _tenant.ForgetAsked();
        foreach (var name in new[] { "outside@contoso.com", "outside@contoso.com", "inside@contoso.com" }) source.Read(name, null, PasskeyTypes.None, CancellationToken.None);
        Assert.Equal([$"v1.0/users/{IdOf("inside")}/transitiveMemberOf", $"v1.0/users/{IdOf("outside")}/transitiveMemberOf", "v1.0/users/inside%40contoso.com", "v1.0/users/outside%40contoso.com"], _tenant.Asked.Select(p => p.Split('?')[0]).Order());
    }

    [Fact]
    public void Models_of_one_name_are_told_apart_and_share_a_reason()
    {
        _tenant.Profiles[0] = Profile(Default, "Default passkey profile", "deviceBound", "block", YubiKey);
        _tenant.User("one", isPilot: false);
        var asked = Catalog.Providers.Single(p => p.Name == "YubiKey 5 FIPS Series").Authenticator.Select(a => a.AaGuid.ToString()).Prepend(YubiKey).ToArray();
        var policy = Read("one@contoso.com", asked);
        Assert.Equal(asked.Length, policy.Passkey.Select(p => p.ToString()).Distinct().Count());
        Assert.Equal(2, policy.Why.Count);
        Assert.EndsWith(" (DeviceBound): Default passkey profile blocks this AAGUID.", policy.Why[0], StringComparison.Ordinal);
        Assert.Contains($" and {asked.Length - 2} more (DeviceBound): Default passkey profile allows it.", policy.Why[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Attestation_is_said_where_registration_needs_it()
    {
        _tenant.Targets.RemoveAt(1);
        _tenant.Profiles[0]["attestationEnforcement"] = "registrationOnly";
        _tenant.User("one");
        var bound = Read("one@contoso.com").Passkey[0];
        Assert.Equal((PasskeyAnswer.Yes, "Default passkey profile allows it, with attestation.", "Default passkey profile allows it."), (bound.MayRegister, bound.RegisterReason, bound.SignInReason));
    }

    [Fact]
    public void Without_self_service_nobody_registers()
    {
        _tenant.User("one");
        var policy = Read("one@contoso.com", change: p => p["isSelfServiceRegistrationAllowed"] = false);
        Assert.All(policy.Passkey, p => Assert.Equal((PasskeyAnswer.No, PasskeyAnswer.Yes), (p.MayRegister, p.MaySignIn)));
    }

    [Fact]
    public void Whether_a_guest_may_register_is_not_certain()
    {
        _tenant.User("guest")["userType"] = "Guest";
        var policy = Read("guest@contoso.com");
        Assert.True(policy.IsGuest);
        Assert.All(policy.Passkey, p => Assert.Equal((PasskeyAnswer.Unknown, PasskeyAnswer.Yes), (p.MayRegister, p.MaySignIn)));
    }

    [Fact]
    public void Two_profiles_of_one_name_are_two()
    {
        _tenant.Profiles[1]["name"] = "Default passkey profile";
        _tenant.User("one", isPilot: false);
        Assert.Equal(Default, Assert.Single(Read("one@contoso.com").Profile).Id);
    }

    [Fact]
    public void Groups_that_cannot_be_read_leave_open_what_hinges_on_them()
    {
        _tenant.User("one");
        _tenant.Fail("/transitiveMemberOf");
        var policy = Read("one@contoso.com");
        Assert.Equal((PasskeyAnswer.Unknown, PasskeyAnswer.Unknown, PasskeyAnswer.Unknown), (policy.Excluded, policy.Passkey[0].MaySignIn, policy.Target[1].Reached));
        Assert.Equal("Pilot (not known)", policy.Target[1].ToString());
        Assert.Single(_warnings);
    }

    [Fact]
    public void Ways_that_cannot_be_read_cost_the_ways_only()
    {
        _tenant.User("one", isPilot: false);
        _tenant.Group("20000000-0000-4000-8000-000000000053", "Middle", IdOf("one"));
        _tenant.Join(Pilot, "20000000-0000-4000-8000-000000000053");
        _tenant.Fail("/groups/20000000-0000-4000-8000-000000000053/memberOf");
        var policy = Read("one@contoso.com");
        Assert.Equal((PasskeyAnswer.Yes, 0, PasskeyAnswer.Yes), (policy.Target[1].Reached, policy.Target[1].Path.Count, policy.Passkey[1].MaySignIn));
        Assert.Single(_warnings);
    }

    [Fact]
    public void A_user_who_is_not_there_is_an_error() =>
        Assert.All(["nobody@contoso.com", ".", "..", "..."], name => Assert.Equal("UserNotFound", Assert.Throws<PasskeyAdminException>(() => Read(name)).ErrorId));

    private PasskeyEffectivePolicy Read(string user, params string[] asked) => Read(user, null, asked);

    private PasskeyEffectivePolicy Read(string user, Action<Newtonsoft.Json.Linq.JObject>? change, params string[] asked)
    {
        var (source, models) = Source(change, asked);
        return source.Read(user, models, PasskeyTypes.None, CancellationToken.None);
    }

    private (EffectivePolicySource Source, List<AskedModel>? Models) Source(Action<Newtonsoft.Json.Linq.JObject>? change, params string[] asked)
    {
        var session = _tenant.Session();
        var client = session.CreateClient();
        var source = new PasskeyPolicySource(session, client, Catalog);
        var policy = source.Read(CancellationToken.None);
        if (change is not null)
        {
            var wanted = policy.Raw.Copy();
            change(wanted);
            policy = source.Propose(policy, PolicyProposal.Parse(wanted.ToString(), "The test"), CancellationToken.None);
        }
        var models = asked.Length == 0 ? null : asked.SelectMany(a => Catalog.Find(Guid.Parse(a)).Authenticator).Select(m => new AskedModel(m, null)).ToList();
        return (new EffectivePolicySource(client, policy, _warnings.Add), models);
    }
}
