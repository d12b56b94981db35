using System;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Policy;

/// <summary>A proposed policy is taken as it is meant, or refused with the reason.</summary>
public sealed class PolicyProposalTests : IDisposable
{
    private readonly UsersFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("""{"state":"disabled"}""", "policy: Enabled -> Disabled")]
    [InlineData("""{"@odata.type":"#microsoft.graph.fido2AuthenticationMethodConfiguration","isSelfServiceRegistrationAllowed":false}""", "self-service registration: on -> off")]
    [InlineData("""{"excludeTargets":[]}""", "- exclusion Shut out")]
    [InlineData("""{"includeTargets":[{"id":"all_users","targetType":"group","allowedPasskeyProfiles":["00000000-0000-0000-0000-000000000001","a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40"]}]}""", "- target Pilot|All users: + profile Synced pilot")]
    [InlineData("/* why */ {\"state\":\"enabled\"} // end", "")]
    public void A_part_leaves_the_rest_as_it_is(string json, string differences)
    {
        var (current, proposed) = Propose(json);
        Assert.Equal(differences.Split('|', StringSplitOptions.RemoveEmptyEntries), PolicyDifference.Between(current, proposed));
    }

    [Fact]
    public void Every_difference_is_said_in_words()
    {
        var json = new JObject { ["passkeyProfiles"] = new JArray(UsersFixture.Profile(UsersFixture.Default, "Renamed", "synced", "allow", UsersFixture.Apple), UsersFixture.Profile(UsersFixture.PilotProfile, "Synced pilot", "deviceBound"), UsersFixture.Profile("x", "New", "synced", "block", UsersFixture.Bitwarden)) };
        ((JObject)json["passkeyProfiles"]![2]!).Remove("id");
        json["passkeyProfiles"]![0]!["attestationEnforcement"] = "disabled";
        json["passkeyProfiles"]![1]!["attestationEnforcement"] = "registrationOnly";
        var (current, proposed) = Propose(json.ToString());
        Assert.Equal(
            [
                "Default passkey profile: name -> Renamed", "Default passkey profile: - passkey type DeviceBound", "Default passkey profile: + passkey type Synced",
                "Default passkey profile: providers: any provider -> only Apple Passwords (1 of 2 AAGUIDs)", "Synced pilot: - passkey type Synced", "Synced pilot: attestation: Disabled -> RegistrationOnly", "+ profile New (Synced; all but Bitwarden)",
            ],
            PolicyDifference.Between(current, proposed));
        var (_, more) = Propose(json.ToString().Replace(UsersFixture.Apple, UsersFixture.Bitwarden, StringComparison.Ordinal));
        Assert.Equal([$"Renamed: - provider Apple Passwords ({UsersFixture.Apple})".Replace($" ({UsersFixture.Apple})", "", StringComparison.Ordinal), "Renamed: + provider Bitwarden"], PolicyDifference.Between(proposed, more).Take(2));
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{", "cannot be read (line 1")]
    [InlineData("[]", "is no JSON object")]
    [InlineData("7", "is no JSON object")]
    [InlineData("""{"state":"enabled"} {}""", "cannot be read (line 1")]
    [InlineData("""{"state":"enabled","state":"disabled"}""", "cannot be read")]
    [InlineData("""{"passkeyProfile":[]}""", "has a property 'passkeyProfile', which the policy does not have. Did you mean '")]
    [InlineData("""{"state":"Disabled"}""", "has values that are not known: state: Disabled")]
    [InlineData("""{"state":7}""", "is not understood")]
    [InlineData("""{"passkeyProfiles":{}}""", "has no list for 'passkeyProfiles'")]
    [InlineData("""{"excludeTargets":null}""", "has null for 'excludeTargets'; an empty list is []")]
    [InlineData("""{"excludeTargets":[{"id":"20000000-0000-4000-8000-0000000000ee","targetType":"group"}]}""", "excludes group 20000000-0000-4000-8000-0000000000ee (not in the directory): is the id right")]
    [InlineData("""{"excludeTargets":[{"id":"20000000-0000-4000-8000-000000000002","targetType":"group"},{"id":"20000000-0000-4000-8000-000000000002","targetType":"group"}]}""", "has the id 20000000-0000-4000-8000-000000000002 twice in excludeTargets")]
    [InlineData("""{"excludeTargets":[{"id":"20000000-0000-4000-8000-000000000002"}]}""", "leaves out 'targetType' in excludeTargets[0]")]
    [InlineData("""{"includeTargets":[{"id":"all_users","targetType":"group","allowedPasskeyProfiles":["Synced pilot"]}]}""", "profiles are named by id, not by name")]
    [InlineData("./policy.json", "is no JSON: ./policy.json. For a file, say (Get-Item './policy.json')")]
    [InlineData("{", "Get-Content needs -Raw")]
    [InlineData("""{"keyRestrictions":{"isEnforced":true,"enforcementType":"allow","aaGuids":[]}}""", "changes 'keyRestrictions', which is deprecated")]
    [InlineData("""{"isAttestationEnforced":true}""", "changes 'isAttestationEnforced', which is deprecated")]
    [InlineData("""{"passkeyProfiles":[{"id":"00000000-0000-0000-0000-000000000001","name":"Default","passkeyTypes":"devicebound","attestationEnforcement":"disabled","keyRestrictions":{"isEnforced":false,"enforcementType":"allow","aaGuids":[]}}],"includeTargets":[]}""", "passkeyTypes: devicebound")]
    [InlineData("""{"passkeyProfiles":[{"id":"00000000-0000-0000-0000-000000000001","name":"Default","attestationEnforcement":"disabled","keyRestrictions":{"isEnforced":false,"enforcementType":"allow","aaGuids":[]}}],"includeTargets":[]}""", "leaves out 'passkeyTypes' in passkeyProfiles[0] (Default)")]
    [InlineData("""{"passkeyProfiles":[{"id":"00000000-0000-0000-0000-000000000001","name":"Default","passkeyTypes":"synced","attestationEnforcement":"disabled"}],"includeTargets":[]}""", "leaves out 'keyRestrictions' in passkeyProfiles[0] (Default)")]
    [InlineData("""{"passkeyProfiles":[{"id":"00000000-0000-0000-0000-000000000001","name":"Default","passkeyTypes":"synced","attestationEnforcement":"disabled","keyRestrictions":{"isEnforced":true,"enforcementType":"allow","aaGuids":["x"]}}],"includeTargets":[]}""", "aaGuids: x")]
    [InlineData("""{"passkeyProfiles":[],"includeTargets":[]}""", "leaves out the default profile, which cannot be deleted")]
    [InlineData("""{"includeTargets":[{"id":"all_users","targetType":"group","allowedPasskeyProfiles":[]}]}""", "gives the target All users no profile")]
    [InlineData("""{"includeTargets":[{"id":"all_users","targetType":"group","allowedPasskeyProfiles":["30000000-0000-4000-8000-0000000000ee"]}]}""", "lets All users use the profile 30000000-0000-4000-8000-0000000000ee, which it does not have")]
    [InlineData("""{"passkeyProfiles":[{"id":"00000000-0000-0000-0000-000000000001","name":"Default","passkeyTypes":"deviceBound,synced","attestationEnforcement":"registrationOnly","keyRestrictions":{"isEnforced":false,"enforcementType":"allow","aaGuids":[]}}],"includeTargets":[]}""", "lets the profile 'Default' allow synced passkeys and demand attestation")]
    public void What_is_not_certain_to_be_meant_is_refused(string json, string reason)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Propose(json));
        Assert.Equal("ProposedPolicyInvalid", error.ErrorId);
        Assert.StartsWith("The test ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passkeyProfiles[1].aaGuidMinimumVersion", "'aaGuidMinimumVersion' (Synced pilot)")]
    [InlineData("passkeyProfiles[1].keyRestrictions.isStrict", "'isStrict' (Synced pilot)")]
    [InlineData("includeTargets[1].from", "'from' (20000000-0000-4000-8000-000000000001)")]
    [InlineData("excludeTargets[0].from", "'from' (20000000-0000-4000-8000-000000000002)")]
    [InlineData("isStrict", "'isStrict'")]
    public void What_is_not_understood_may_not_change(string path, string named)
    {
        var parent = path.Contains('.', StringComparison.Ordinal) ? path[..path.LastIndexOf('.')] : "";
        var name = path.Split('.')[^1];
        JObject In(JObject json) => parent.Length == 0 ? json : (JObject)json.SelectToken(parent)!;
        var added = new JObject { ["passkeyProfiles"] = _tenant.Profiles, ["includeTargets"] = _tenant.Targets, ["excludeTargets"] = _tenant.Exclusions };
        JObject Whole() => JObject.Parse(Propose("{}").Current.ToJson());
        if (parent.Length > 0)
        {
            In(added)[name] = new JObject { ["a"] = 1 };
        }
        else
        {
            var extra = Whole();
            extra[name] = new JObject { ["a"] = 1 };
            _tenant.Graph.Server.Faults = (r, _) => r.Path.EndsWith("/fido2", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(200, extra.ToString()) : null;
        }
        Assert.Empty(PolicyDifference.Between(Propose(Whole().ToString()).Current, Propose(Whole().ToString()).Proposed));
        var changed = Whole();
        In(changed)[name] = new JObject { ["a"] = 2 };
        Assert.Contains($"adds, changes or leaves out {named}, which this version does not understand", Assert.Throws<PasskeyAdminException>(() => Propose(changed.ToString())).Message, StringComparison.Ordinal);
        var without = Whole();
        In(without).Remove(name);
        // What a PATCH leaves out at the top stays as it is.
        if (parent.Length == 0) Propose(without.ToString());
        else Assert.Contains($"adds, changes or leaves out {named}, which this version does not understand", Assert.Throws<PasskeyAdminException>(() => Propose(without.ToString())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passkeyProfiles[0]", "aaGuidMinimumVersion")]
    [InlineData("passkeyProfiles[1].keyRestrictions", "isStrict")]
    [InlineData("passkeyProfiles[2]", "aaGuidMinimumVersion")]
    [InlineData("includeTargets[0]", "from")]
    public void What_is_not_understood_may_not_spread(string place, string name)
    {
        _tenant.Profiles[1]["aaGuidMinimumVersion"] = 1;
        _tenant.Profiles[0]["keyRestrictions"]!["isStrict"] = true;
        _tenant.Targets[1]["from"] = 1;
        var json = JObject.Parse(Propose("{}").Current.ToJson());
        var added = UsersFixture.Profile("x", "New", "deviceBound");
        added.Remove("id");
        ((JArray)json["passkeyProfiles"]!).Add(added);
        Propose(json.ToString());
        ((JObject)json.SelectToken(place)!)[name] = 9;
        Assert.Contains($"adds, changes or leaves out '{name}'", Assert.Throws<PasskeyAdminException>(() => Propose(json.ToString())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a profile that is not listed")]
    [InlineData("no types")]
    [InlineData("no list")]
    [InlineData("a group twice")]
    [InlineData("a name twice")]
    [InlineData("a default that is not listed")]
    [InlineData("no attestation")]
    [InlineData("no target type")]
    [InlineData("no profiles of a target")]
    [InlineData("no exclusions")]
    [InlineData("an unknown setting")]
    [InlineData("no profile")]
    [InlineData("not enrolled")]
    [InlineData("not enrolled, null")]
    [InlineData("not enrolled, nothing said")]
    public void Whatever_is_odd_in_a_policy_may_stay(string what)
    {
        var odd = JObject.Parse(Propose("{}").Current.ToJson());
        var (profiles, targets) = ((JArray)odd["passkeyProfiles"]!, (JArray)odd["includeTargets"]!);
        if (what.StartsWith("not enrolled", StringComparison.Ordinal))
        {
            odd["passkeyProfiles"] = what.EndsWith("null", StringComparison.Ordinal) ? null : new JArray();
            odd["defaultPasskeyProfile"] = null;
            foreach (var target in targets.Cast<JObject>())
            {
                target["allowedPasskeyProfiles"] = new JArray();
                if (what.EndsWith("said", StringComparison.Ordinal)) target.Remove("allowedPasskeyProfiles");
            }
        }
        switch (what)
        {
            case "a profile that is not listed": ((JArray)targets[1]["allowedPasskeyProfiles"]!).Add("30000000-0000-4000-8000-0000000000ee"); break;
            case "no types": ((JObject)profiles[1]).Remove("passkeyTypes"); break;
            case "no list": profiles[1]["keyRestrictions"] = null; break;
            case "a group twice": targets.Add(targets[1].DeepClone()); break;
            case "a name twice": profiles[1]["name"] = profiles[0]["name"]; break;
            case "a default that is not listed": odd["defaultPasskeyProfile"] = "30000000-0000-4000-8000-0000000000ee"; break;
            case "no attestation": ((JObject)profiles[1]).Remove("attestationEnforcement"); break;
            case "no target type": ((JObject)targets[1]).Remove("targetType"); break;
            case "no profiles of a target": ((JObject)targets[1]).Remove("allowedPasskeyProfiles"); break;
            case "no exclusions": odd["excludeTargets"] = null; break;
            case "an unknown setting": profiles[1]["new"] = 1; break;
            case "no profile": targets[1]["allowedPasskeyProfiles"] = new JArray(); break;
        }
        _tenant.Graph.Server.Faults = (r, _) => r.Path.EndsWith("/fido2", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(200, odd.ToString()) : null;
        foreach (var isWhole in new[] { false, true })
        {
            var json = isWhole ? JObject.Parse(Propose("{}").Current.ToJson()) : [];
            // Another item of the same lists changes.
            if (isWhole && json["passkeyProfiles"] is JArray { Count: > 0 } own) own[0]["attestationEnforcement"] = "registrationOnly";
            if (isWhole && json["includeTargets"] is JArray list) list[0]["isRegistrationRequired"] = true;
            json["isSelfServiceRegistrationAllowed"] = false;
            var (current, proposed) = Propose(json.ToString());
            Assert.Contains("self-service registration: on -> off", PolicyDifference.Between(current, proposed));
            Assert.Empty(new ProposalRules(proposed, current).Objections());
        }
    }

    [Theory]
    [InlineData("{\"isEnforced\":null,\"enforcementType\":\"allow\",\"aaGuids\":[]}", "{\"isEnforced\":null,\"enforcementType\":\"block\",\"aaGuids\":[]}")]
    [InlineData("{\"isEnforced\":null,\"enforcementType\":\"allow\",\"aaGuids\":[]}", "{\"isEnforced\":true,\"enforcementType\":null,\"aaGuids\":[]}")]
    [InlineData("{\"isEnforced\":true,\"enforcementType\":\"fancy\",\"aaGuids\":[]}", "{\"isEnforced\":null,\"enforcementType\":\"fancy\",\"aaGuids\":[]}")]
    public void Half_a_list_is_another_riddle_than_the_present_one(string before, string after)
    {
        _tenant.Profiles[1]["keyRestrictions"] = JObject.Parse(before);
        var json = JObject.Parse(Propose("{}").Current.ToJson());
        json["passkeyProfiles"]![1]!["name"] = "Renamed";
        Propose(json.ToString());
        json["passkeyProfiles"]![1]!["keyRestrictions"] = JObject.Parse(after);
        Assert.Contains("leaves out a part of keyRestrictions in passkeyProfiles[1] (Renamed)", Assert.Throws<PasskeyAdminException>(() => Propose(json.ToString())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"isEnforced":true,"enforcementType":"block"}""", "leaves out a part of keyRestrictions in the policy")]
    [InlineData("""{"isEnforced":false,"enforcementType":"allow","aaGuids":[],"newSetting":2}""", "adds, changes or leaves out 'newSetting'")]
    [InlineData("""{"isEnforced":false,"enforcementType":"allow","aaGuids":[]}""", "adds, changes or leaves out 'newSetting'")]
    [InlineData("null", "has null for 'keyRestrictions'")]
    [InlineData("""{"isEnforced":true,"enforcementType":"allow","aaGuids":[],"newSetting":1}""", null)]
    public void The_list_of_a_tenant_without_profiles_must_be_whole_too(string list, string? reason)
    {
        var present = NotEnrolled();
        present["keyRestrictions"] = JObject.Parse("""{"isEnforced":false,"enforcementType":"allow","aaGuids":[],"newSetting":1}""");
        Give(present);
        void Run() => Propose(new JObject { ["keyRestrictions"] = JToken.Parse(list) }.ToString());
        if (reason is null) Run();
        else Assert.Contains(reason, Assert.Throws<PasskeyAdminException>(Run).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"state":"disabled"}""")]
    [InlineData("""{"excludeTargets":[]}""")]
    public void A_tenant_whose_list_is_not_given_can_propose_the_rest(string json)
    {
        var present = NotEnrolled();
        present.Remove("keyRestrictions");
        Give(present);
        var (current, proposed) = Propose(json);
        Assert.Single(PolicyDifference.Between(current, proposed));
    }

    [Theory]
    [InlineData("passkeyProfiles[1].attestationEnforcement", "strict")]
    [InlineData("passkeyProfiles[1].passkeyTypes", "deviceBound,hybrid")]
    [InlineData("includeTargets[1].targetType", "crowd")]
    public void Values_that_are_not_known_may_not_spread(string path, string value)
    {
        var present = JObject.Parse(Propose("{}").Current.ToJson());
        var other = path.Replace("[1]", "[0]", StringComparison.Ordinal);
        var parent = (JObject)present.SelectToken(other[..other.LastIndexOf('.')])!;
        parent[other.Split('.')[^1]] = value;
        Give(present);
        Propose(present.ToString());
        ((JObject)present.SelectToken(path[..path.LastIndexOf('.')])!)[path.Split('.')[^1]] = value;
        Assert.Contains("has values that are not known", Assert.Throws<PasskeyAdminException>(() => Propose(present.ToString())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passkeyProfiles[1].attestationEnforcement")]
    [InlineData("includeTargets[1].targetType")]
    [InlineData("includeTargets[1].allowedPasskeyProfiles")]
    public void What_an_entry_lacks_it_may_go_on_lacking(string path)
    {
        var present = JObject.Parse(Propose("{}").Current.ToJson());
        var parent = (JObject)present.SelectToken(path[..path.LastIndexOf('.')])!;
        parent.Remove(path.Split('.')[^1]);
        Give(present);
        if (path.StartsWith("passkey", StringComparison.Ordinal)) parent["passkeyTypes"] = "deviceBound";
        else parent["isRegistrationRequired"] = true;
        var (current, proposed) = Propose(present.ToString());
        Assert.Single(PolicyDifference.Between(current, proposed));
    }

    [Fact]
    public void An_id_of_ones_own_and_targets_without_profiles_at_enrolment()
    {
        var profiles = (JArray)_tenant.Profiles.DeepClone();
        profiles.Add(UsersFixture.Profile("30000000-0000-4000-8000-000000000009", "Own", "deviceBound"));
        var (current, proposed) = Propose(new JObject { ["passkeyProfiles"] = profiles }.ToString());
        Assert.StartsWith("The proposal gives the new profile 'Own' an id of its own", Assert.Single(new ProposalRules(proposed, current).Objections()), StringComparison.Ordinal);
        var present = NotEnrolled();
        Give(present);
        Assert.Contains("does not say which profiles the target All users may use", Assert.Throws<PasskeyAdminException>(() => Propose(new JObject { ["passkeyProfiles"] = _tenant.Profiles, ["includeTargets"] = new JArray(new JObject { ["id"] = "all_users", ["targetType"] = "group" }) }.ToString())).Message, StringComparison.Ordinal);
        // Nor where the targets stay as they are.
        foreach (var target in present["includeTargets"]!.Cast<JObject>()) target.Remove("allowedPasskeyProfiles");
        Give(present);
        Assert.Contains("does not say which profiles the target All users may use", Assert.Throws<PasskeyAdminException>(() => Propose(new JObject { ["passkeyProfiles"] = _tenant.Profiles }.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_not_be_taken_is_said()
    {
        string Said(JObject json)
        {
            var (current, proposed) = Propose(json.ToString());
            return string.Join(" ", new ProposalRules(proposed, current).Objections());
        }
        Assert.StartsWith("The proposal changes which profile is the default one:", Said(new JObject { ["defaultPasskeyProfile"] = UsersFixture.PilotProfile }), StringComparison.Ordinal);
        var profiles = (JArray)_tenant.Profiles.DeepClone();
        profiles[1]["keyRestrictions"]!["aaGuids"] = new JArray(Enumerable.Range(0, 700).Select(_ => Guid.NewGuid().ToString()));
        Assert.Matches("^The proposed policy takes about 1[0-9]{2} % of the room that a policy has: the service would probably not take it.$", Said(new JObject { ["passkeyProfiles"] = profiles }));
        Assert.Equal("", Said(new JObject { ["state"] = "disabled" }));
        var present = JObject.Parse(Propose("{}").Current.ToJson());
        present["passkeyProfiles"] = profiles;
        Give(present);
        Assert.StartsWith("The proposed policy takes about 1", Said(new JObject { ["isSelfServiceRegistrationAllowed"] = false }), StringComparison.Ordinal);
        // What makes it smaller is no reason to complain.
        Assert.Equal("", Said(new JObject { ["excludeTargets"] = new JArray() }));
    }

    [Fact]
    public void Another_type_of_a_target_is_a_difference()
    {
        var json = JObject.Parse(Propose("{}").Current.ToJson());
        json["includeTargets"]![1]!["targetType"] = "user";
        json["excludeTargets"]![0]!["targetType"] = "user";
        var (current, proposed) = Propose(json.ToString());
        Assert.Equal([$"{proposed.Target[1].DisplayName}: target type: Group -> User", $"exclusion {proposed.Exclusion[0].DisplayName}: target type: Group -> User"], PolicyDifference.Between(current, proposed));
    }

    [Fact]
    public void A_tenant_does_not_lose_its_profiles()
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Propose("""{"passkeyProfiles":[],"defaultPasskeyProfile":null,"includeTargets":[{"id":"all_users","targetType":"group","allowedPasskeyProfiles":[]}]}"""));
        Assert.Contains("takes away all profiles", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_sign_in_does_not_hinge_on_is_a_difference_too()
    {
        var targets = (JArray)_tenant.Targets.DeepClone();
        targets[0]["isRegistrationRequired"] = true;
        var (current, proposed) = Propose(new JObject { ["includeTargets"] = targets, ["defaultPasskeyProfile"] = UsersFixture.PilotProfile }.ToString());
        Assert.Equal(["default profile: Default passkey profile -> Synced pilot", "All users: registration required: off -> on"], PolicyDifference.Between(current, proposed));
    }

    [Fact]
    public void What_a_tenant_has_may_stay_however_odd_it_is()
    {
        _tenant.Profiles[1]["attestationEnforcement"] = "registrationOnly";
        var (current, proposed) = Propose("""{"state":"disabled"}""");
        Assert.Equal(["policy: Enabled -> Disabled"], PolicyDifference.Between(current, proposed));
        var (again, whole) = Propose(current.ToJson());
        Assert.Empty(PolicyDifference.Between(again, whole));
    }

    [Fact]
    public void A_policy_that_was_read_before_can_be_proposed_again()
    {
        var (current, _) = Propose("{}");
        var (_, proposed) = Propose(current.ToJson());
        Assert.Empty(PolicyDifference.Between(current, proposed));
    }

    [Fact]
    public void A_file_is_read_whatever_its_mark_and_refused_where_it_is_no_policy()
    {
        using var file = new TemporaryFile("\uFEFF{\"state\":\"disabled\"}");
        Assert.NotNull(PolicyProposal.Load(file.Path));
        using var large = new TemporaryFile("{\"a\":\"" + new string('x', 500_000) + "\"}");
        Assert.Contains("far larger", Assert.Throws<PasskeyAdminException>(() => PolicyProposal.Load(large.Path)).Message, StringComparison.Ordinal);
        Assert.Equal("FileNotFound", Assert.Throws<PasskeyAdminException>(() => PolicyProposal.Load(Path.Combine(Path.GetTempPath(), "no-such-policy.json"))).ErrorId);
    }

    private JObject NotEnrolled()
    {
        var present = JObject.Parse(Propose("{}").Current.ToJson());
        (present["passkeyProfiles"], present["defaultPasskeyProfile"]) = (new JArray(), null);
        foreach (var target in present["includeTargets"]!) target["allowedPasskeyProfiles"] = new JArray();
        return present;
    }

    private void Give(JObject policy)
    {
        var text = policy.ToString();
        _tenant.Graph.Server.Faults = (r, _) => r.Path.EndsWith("/fido2", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(200, text) : null;
    }

    private (PasskeyPolicy Current, PasskeyPolicy Proposed) Propose(string json)
    {
        var session = _tenant.Session();
        var source = new PasskeyPolicySource(session, session.CreateClient(), UsersFixture.Catalog);
        var current = source.Read(CancellationToken.None);
        return (current, source.Propose(current, PolicyProposal.Parse(json, "The test"), CancellationToken.None));
    }
}
