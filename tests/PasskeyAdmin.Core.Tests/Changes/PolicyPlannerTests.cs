using System;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>What is no plan, and what a plan says.</summary>
public sealed class PolicyPlannerTests : IDisposable
{
    private const string Empty = "20000000-0000-4000-8000-000000000009";

    private readonly ChangesFixture _tenant = new(prepare: t => t.Group(Empty, "Empty"));

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void A_plan_says_what_differs_and_what_will_be_sent()
    {
        var plan = _tenant.Plan(ChangeKinds.AddWithTargets);
        Assert.Equal(["+ profile New (Synced; only Apple Passwords (1 of 2 AAGUIDs))", "Pilot: + profile New", "+ target Third (New)"], plan.Difference);
        Assert.Equal(2, plan.Request.Count);
        Assert.All(plan.Request, r => Assert.Equal(("PATCH", PasskeyPolicySource.Path), (r.Method, r.Path)));
        Assert.Equal(plan.After.Size, plan.Size);
        Assert.Contains(plan.Warning, w => w.Contains("4 profiles", StringComparison.Ordinal));
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void Nothing_to_do_is_an_empty_plan()
    {
        var plan = _tenant.Plan(e => e.SetState(PolicyState.Enabled));
        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.Difference);
    }

    [Theory]
    [InlineData("no group", "ProposedPolicyInvalid")]
    [InlineData("too large", "PolicyTooLarge")]
    [InlineData("twin", "ProfileNameTaken")]
    [InlineData("attested synced", "AttestationWithSynced")]
    [InlineData("default profile", "DefaultProfileNotRemovable")]
    [InlineData("targeted profile", "ProfileStillTargeted")]
    [InlineData("nothing allowed", "AllowListEmpty")]
    [InlineData("no list", "ProviderListMissing")]
    [InlineData("no target", "TargetNotFound")]
    [InlineData("no such target of the profile", "TargetNotFound")]
    [InlineData("no exclusion", "ExclusionNotFound")]
    [InlineData("removed twice", "ProfileNotFound")]
    public void What_cannot_be_is_refused(string what, string id)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => _tenant.Plan(e =>
        {
            var (first, pilot, spare) = (e.Current.Profile[0], e.Current.Profile[1], e.Current.Profile[2]);
            switch (what)
            {
                case "no group": e.AddTarget("20000000-0000-4000-8000-00000000000a", pilot.Id!); break;
                case "too large": e.SetProfile(pilot, new ProfileSettings { Providers = [new ProviderListChange(ProviderListAction.Allow, [.. Enumerable.Range(0, 700).Select(i => new Guid(i, 1, 1, new byte[8]))])] }); break;
                case "twin": e.SetProfile(pilot, new ProfileSettings { Name = "SPARE" }); break;
                case "attested synced": e.SetProfile(pilot, new ProfileSettings { Attestation = PasskeyAttestation.RegistrationOnly }); break;
                case "default profile": e.RemoveProfile(first); break;
                case "targeted profile": e.RemoveProfile(pilot); break;
                case "nothing allowed": e.SetProfile(pilot, new ProfileSettings { Providers = [new ProviderListChange(ProviderListAction.Allow, [])] }); break;
                case "no list": e.SetProfile(pilot, new ProfileSettings { Providers = [new ProviderListChange(ProviderListAction.Remove, [Guid.Parse(UsersFixture.Apple)])] }); break;
                case "no target": e.RemoveTarget(Empty, null, ""); break;
                case "no such target of the profile": e.RemoveTarget("all_users", pilot.Id, "'Synced pilot'"); break;
                case "no exclusion": e.RemoveExclusion("Nobody"); break;
                default:
                    e.RemoveProfile(spare);
                    e.RemoveProfile(spare);
                    break;
            }
        }));
        Assert.Equal(id, error.ErrorId);
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void A_plan_may_name_no_group_in_which_nobody_is()
    {
        foreach (var plan in new[] { _tenant.Plan(e => e.AddTarget(Empty, UsersFixture.PilotProfile)), _tenant.Plan(e => e.AddExclusion(Empty)) })
            Assert.Equal("GroupEmpty", Assert.Throws<PasskeyAdminException>(() => _tenant.Planner.Plan(plan.Source, [], CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void By_intent_a_list_gains_or_loses()
    {
        var apple = Guid.Parse(UsersFixture.Apple);
        var yubiKey = Guid.Parse(UsersFixture.YubiKey);
        ProfileSettings With(ProviderListAction action, Guid aaGuid) => new() { Providers = [new ProviderListChange(action, [aaGuid])] };
        string Listed(ProfileSettings settings, string name)
        {
            var plan = _tenant.Plan(e => e.SetProfile(e.Current.Profile.First(p => p.Name == name), settings));
            var after = plan.After.Profile.First(p => p.Name == name);
            return string.Join(' ', after.AaGuid.Select(a => a.ToString()).Prepend(after.Restriction.ToString()).Concat(plan.Warning.Count > 0 ? ["and a note"] : []));
        }

        Assert.Equal($"Block {yubiKey} {apple}", Listed(With(ProviderListAction.Remove, apple), "Spare"));
        // A list that blocks nothing is none.
        Assert.Equal("None", Listed(With(ProviderListAction.Add, yubiKey), "Spare"));
        Assert.Equal("None and a note", Listed(With(ProviderListAction.Add, apple), "Synced pilot"));
        Assert.Equal("None", Listed(With(ProviderListAction.Clear, apple), "Spare"));
        Assert.Equal($"Allow {apple}", Listed(With(ProviderListAction.Allow, apple), "Spare"));
        _tenant.Apply(e => e.SetProfile(ChangeKinds.Profile(_tenant, "Spare"), With(ProviderListAction.Allow, apple)));
        Assert.Equal($"Allow {apple} {yubiKey}", Listed(With(ProviderListAction.Add, yubiKey), "Spare"));
        Assert.Equal("AllowListEmpty", Assert.Throws<PasskeyAdminException>(() => Listed(With(ProviderListAction.Remove, apple), "Spare")).ErrorId);
    }

    [Fact]
    public void The_last_profile_of_a_target_takes_the_target_along()
    {
        var plan = _tenant.Plan(e => e.RemoveTarget(UsersFixture.Pilot, UsersFixture.PilotProfile, "'Synced pilot'"));
        Assert.Equal(["- target Pilot"], plan.Difference);
        Assert.Contains("the only profile of Pilot", plan.Warning[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_that_fails_leaves_nothing_behind()
    {
        var editor = new PolicyEditor(_tenant.Source.Read(CancellationToken.None));
        Assert.Throws<PasskeyAdminException>(() => editor.Do(e =>
        {
            e.SetState(PolicyState.Disabled);
            e.AddProfile(new ProfileSettings { Name = "New", Types = PasskeyTypes.Synced });
            e.RemoveProfile(e.Current.Profile[0]);
        }));
        Assert.Empty(editor.Change());
        Assert.Empty(editor.NewProfiles);
    }

    [Fact]
    public void A_stand_in_of_Graph_is_never_written_back()
    {
        using var tenant = new ChangesFixture(prepare: t => t.Profiles[2]["passkeyTypes"] = "deviceBound,unknownFutureValue");
        Assert.Equal("UnknownValueNotWritable", Assert.Throws<PasskeyAdminException>(() => tenant.Plan(ChangeKinds.NarrowPilot)).ErrorId);
        // What is not sent is no matter.
        Assert.False(tenant.Plan(e => e.SetState(PolicyState.Disabled)).IsEmpty);
    }

    [Fact]
    public void A_tenant_without_profiles_is_refused()
    {
        var policy = new RandomChange(1).Before;
        policy.Remove("passkeyProfiles");
        policy.Remove("defaultPasskeyProfile");
        policy["includeTargets"] = new Newtonsoft.Json.Linq.JArray();
        Assert.Equal("ProfilesNotEnrolled", Assert.Throws<PasskeyAdminException>(() => new PolicyEditor(RandomChange.Read(policy))).ErrorId);
    }

    [Fact]
    public void A_plan_is_for_its_tenant_and_its_policy()
    {
        var document = _tenant.Plan(ChangeKinds.NarrowPilot).Source;
        Assert.Equal("PlanOfOtherTenant", Assert.Throws<PasskeyAdminException>(() => _tenant.Planner.Plan(document with { Tenant = "other" }, [], CancellationToken.None)).ErrorId);
        Assert.Equal(document.Change.ToString(), _tenant.Planner.Plan(PlanDocument.Parse(document.ToText()), [], CancellationToken.None).Source.Change.ToString());
        _tenant.EditElsewhere();
        var error = Assert.Throws<PasskeyAdminException>(() => _tenant.Planner.Plan(document, [], CancellationToken.None));
        Assert.Equal("PolicyChangedSincePlan", error.ErrorId);
        Assert.Contains($"Spare: name -> {_tenant.OtherEdit}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before", "state")]
    [InlineData("change", "keyRestrictions")]
    [InlineData("change", "defaultPasskeyProfile")]
    public void A_plan_that_was_tampered_with_is_none(string part, string property)
    {
        var json = _tenant.Plan(ChangeKinds.NarrowPilot).Source.ToJson();
        json[part]![property] = "x";
        Assert.Equal("PlanInvalid", Assert.Throws<PasskeyAdminException>(() => PlanDocument.Parse(json.ToString())).ErrorId);
    }

    [Theory]
    [InlineData("newProfiles", "all_users")]
    [InlineData("renewed", "twice")]
    [InlineData("undoes", "what")]
    [InlineData("type", "#microsoft.graph.other")]
    public void What_a_hand_adds_is_found(string part, string value)
    {
        var json = _tenant.Plan(ChangeKinds.AddWithTargets).Source.ToJson();
        var profile = (JObject)json["change"]!["passkeyProfiles"]!.Last!;
        switch (part)
        {
            case "newProfiles":
                json["newProfiles"] = new JArray(value);
                profile["id"] = value;
                break;
            case "renewed": json["renewed"] = JObject.Parse("""{"a":"11111111-1111-8111-8111-111111111111","A":"11111111-1111-8111-8111-111111111112"}"""); break;
            case "undoes": json["undoes"] = value; break;
            default: profile["@odata.type"] = value; break;
        }
        Assert.Equal("PlanInvalid", Assert.Throws<PasskeyAdminException>(() => PlanDocument.Of(json)).ErrorId);
    }

    [Theory]
    [InlineData("name", "\u202egnihton", "ProfileNameInvalid")]
    [InlineData("name", "   ", "ProfileNameInvalid")]
    [InlineData("list", "", "AllowListEmpty")]
    public void What_no_cmdlet_would_plan_is_refused_by_hand_as_well(string part, string value, string id)
    {
        var json = _tenant.Plan(ChangeKinds.AddWithTargets).Source.ToJson();
        var profile = json["change"]!["passkeyProfiles"]!.Last!;
        if (part == "name") profile["name"] = value;
        else profile["keyRestrictions"]!["aaGuids"] = new JArray();
        Assert.Equal(id, Assert.Throws<PasskeyAdminException>(() => _tenant.Planner.Plan(PlanDocument.Of(json), [], CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void What_will_be_sent_is_shown_without_hidden_characters()
    {
        using var tenant = new ChangesFixture(prepare: t => t.Profiles[2]["name"] = "a\u202eb\u001b[31m");
        Assert.DoesNotContain(tenant.Plan(ChangeKinds.NarrowPilot).Request[0].Body, c => c is < ' ' or > '~');
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{} {}")]
    [InlineData("{\"format\":\"PasskeyAdmin.Plan\",\"version\":9}")]
    [InlineData("{\"format\":\"PasskeyAdmin.Plan\",\"format\":\"PasskeyAdmin.Plan\"}")]
    public void What_is_no_plan_is_said(string text) => Assert.Equal("PlanInvalid", Assert.Throws<PasskeyAdminException>(() => PlanDocument.Parse(text)).ErrorId);

    [Fact]
    public void Whom_a_plan_affects_is_measured_on_its_before_and_after()
    {
        var plan = _tenant.Plan(ChangeKinds.NarrowPilot);
        var measured = new PasskeyAdmin.Users.PolicyImpactSource(_tenant.Session, _tenant.Client, UsersFixture.Catalog, new PasskeyAdmin.Users.ImpactOptions()).Measure(plan.Before, plan.After, CancellationToken.None);
        Assert.Equal(["ann LosesPasskey"], UsersFixture.Shown(measured));
        Assert.Equal(1, plan.With(measured).Impact!.Affected);
    }
}
