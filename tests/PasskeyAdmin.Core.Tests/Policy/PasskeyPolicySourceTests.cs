using System;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Policy;

/// <summary>Policies as Graph gives them, read over HTTP, and written back as they were.</summary>
public sealed class PasskeyPolicySourceTests : IDisposable
{
    private readonly GraphFixture _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void A_migrated_tenant_has_profiles_with_targets_and_providers()
    {
        var policy = Read("migrated");
        Assert.Equal((PolicyState.Enabled, true, ProfileEnrolment.Yes), (policy.State, policy.SelfServiceRegistration, policy.ProfilesEnrolled));
        Assert.Equal("Passkey policy of Contoso", policy.ToString());
        Assert.Empty(policy.UnknownValue);
        Assert.Empty(policy.NotRead);
        Assert.Equal(["Default passkey profile", "Administrators"], policy.Profile.Select(p => p.Name));

        var standard = policy.Profile[0];
        Assert.Equal((PasskeyTypes.DeviceBound | PasskeyTypes.Synced, "DeviceBound, Synced"), (standard.PasskeyType, standard.PasskeyTypeName));
        Assert.Equal((PasskeyAttestation.Disabled, KeyRestrictionKind.None, "any provider"), (standard.Attestation, standard.Restriction, standard.Allows));
        Assert.Equal((true, false, "All users"), (standard.IsDefault, standard.IsImplied, standard.Target.ToString()));

        var administrators = policy.Profile[1];
        Assert.Equal((PasskeyTypes.DeviceBound, PasskeyAttestation.RegistrationOnly, KeyRestrictionKind.Allow), (administrators.PasskeyType, administrators.Attestation, administrators.Restriction));
        Assert.Equal(["Microsoft Authenticator", "YubiKey 5 FIPS Series (1 of 14 AAGUIDs)", "Unknown provider (12345678-1234-1234-1234-123456789abc)"], administrators.Provider.Select(p => p.ToString()));
        Assert.Equal("only Microsoft Authenticator, YubiKey 5 FIPS Series (1 of 14 AAGUIDs), Unknown provider (12345678-1234-1234-1234-123456789abc)", administrators.Allows);
        Assert.Equal("Group 1", administrators.Target.ToString());
    }

    [Fact]
    public void A_target_names_its_group_and_its_profiles()
    {
        var policy = Read("migrated");
        Assert.Equal([("All users", TargetKind.AllUsers, TargetStatus.Found), ("Group 1", TargetKind.Group, TargetStatus.Found)], policy.Target.Select(t => (t.Name, t.Kind, t.Status)));
        // A profile that is not there stays visible.
        Assert.Equal(["Administrators", "bbbbbbbb-0000-0000-0000-00000000dead"], policy.Target[1].ProfileName);
        Assert.Equal("Group 9", Assert.Single(policy.Exclusion).Name);
    }

    [Fact]
    public void The_policy_and_the_names_of_all_groups_take_two_requests()
    {
        Read("migrated");
        Assert.Equal([("GET", PasskeyPolicySource.Path), ("POST", "/v1.0/$batch")], _graph.Server.Requests.Select(r => (r.Method, r.Path)));
    }

    [Fact]
    public void A_tenant_that_is_not_enrolled_shows_what_its_settings_amount_to()
    {
        var policy = Read("not-migrated");
        Assert.Equal((ProfileEnrolment.No, null), (policy.ProfilesEnrolled, policy.DefaultProfileId));
        var implied = Assert.Single(policy.Profile);
        Assert.Equal((true, false, null, "Legacy settings"), (implied.IsImplied, implied.IsDefault, implied.Id, implied.Name));
        Assert.Equal((PasskeyTypes.DeviceBound, PasskeyAttestation.RegistrationOnly, KeyRestrictionKind.Block), (implied.PasskeyType, implied.Attestation, implied.Restriction));
        Assert.Equal("all but 1Password", implied.Allows);
        Assert.Equal(["All users", "Adele"], implied.Target.Select(t => t.Name));
        Assert.All(policy.Target, t => Assert.Equal(["Legacy settings"], t.ProfileName));
        Assert.Equal((TargetKind.User, true), (policy.Target[1].Kind, policy.Target[1].IsRegistrationRequired));
    }

    [Fact]
    public void An_old_policy_without_the_properties_is_not_enrolled_either()
    {
        var policy = Read("legacy");
        Assert.Equal((PolicyState.Disabled, ProfileEnrolment.No), (policy.State, policy.ProfilesEnrolled));
        Assert.Equal((PasskeyAttestation.Disabled, KeyRestrictionKind.None), (policy.Profile[0].Attestation, policy.Profile[0].Restriction));
        Assert.Empty(policy.Exclusion);
    }

    [Theory]
    [InlineData("""{"id":"fido2","state":"enabled","passkeyProfiles":[{"id":"1","name":"x"}]}""")]
    [InlineData("""{"id":"fido2","state":"enabled","defaultPasskeyProfile":"00000000-0000-0000-0000-000000000001"}""")]
    [InlineData("""{"id":"fido2","state":"enabled","includeTargets":[{"id":"all_users","allowedPasskeyProfiles":["1"]}]}""")]
    public void Any_sign_of_profiles_means_enrolled(string json) => Assert.Equal(ProfileEnrolment.Yes, Read(JObject.Parse(json)).ProfilesEnrolled);

    [Fact]
    public void What_is_not_known_is_listed_and_never_guessed()
    {
        var policy = Read("unknown-members");
        Assert.Equal((PolicyState.Unknown, null), (policy.State, policy.SelfServiceRegistration));
        Assert.Equal(["recovery", "state: paused"], policy.UnknownValue.Take(2));
        Assert.Equal(2 + policy.Profile.Sum(p => p.UnknownValue.Count) + policy.Target.Sum(t => t.UnknownValue.Count) + policy.Exclusion.Sum(e => e.UnknownValue.Count), policy.UnknownValue.Count);
        var first = policy.Profile[0];
        Assert.Equal((PasskeyTypes.DeviceBound | PasskeyTypes.Synced, "DeviceBound, Synced, hybrid"), (first.PasskeyType, first.PasskeyTypeName));
        Assert.Equal((PasskeyAttestation.Unknown, KeyRestrictionKind.Unknown), (first.Attestation, first.Restriction));
        Assert.Equal(
            [
                "passkeyProfiles[0].autofillHint", "passkeyProfiles[0].passkeyTypes: hybrid", "passkeyProfiles[0].keyRestrictions.vendors",
                "passkeyProfiles[0].aaGuids: not-a-guid", "passkeyProfiles[0].enforcementType: prefer", "passkeyProfiles[0].attestationEnforcement: always",
            ],
            first.UnknownValue);
        Assert.Equal((PasskeyTypes.None, "hybrid", PasskeyAttestation.Unknown), (policy.Profile[1].PasskeyType, policy.Profile[1].PasskeyTypeName, policy.Profile[1].Attestation));
        Assert.Equal("None", policy.Profile[2].PasskeyTypeName);
        var target = Assert.Single(policy.Target);
        Assert.Equal((TargetKind.Unknown, TargetStatus.NotRead, null), (target.Kind, target.Status, target.IsRegistrationRequired));
        Assert.Equal(["includeTargets[0].priority", "includeTargets[0].targetType: administrativeUnit"], target.UnknownValue);
        Assert.Equal(["excludeTargets[0].reason", "excludeTargets[0].targetType: agent"], Assert.Single(policy.Exclusion).UnknownValue);
    }

    [Theory]
    [InlineData("migrated")]
    [InlineData("not-migrated")]
    [InlineData("legacy")]
    [InlineData("unknown-members")]
    public void What_was_read_is_written_back_as_it_was(string name)
    {
        using var reader = new JsonTextReader(new StringReader(Text(name))) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
        var before = JObject.Load(reader);
        string[] properties = ["state", "isSelfServiceRegistrationAllowed", "includeTargets", "excludeTargets", "passkeyProfiles", "recovery"];
        var body = Read(name).Raw.WriteBody(properties);
        Assert.Equal(PolicyDocument.Type, (string?)body["@odata.type"]);
        Assert.Equal(properties.Where(before.ContainsKey).Prepend("@odata.type"), body.Properties().Select(p => p.Name));
        Assert.All(properties.Where(before.ContainsKey), p => Assert.Equal(before[p]!.ToString(), body[p]!.ToString()));
    }

    [Fact]
    public void Numbers_and_dates_in_unknown_properties_keep_their_text()
    {
        var document = Read("unknown-members").ToJson();
        Assert.Contains("2027-01-01T00:00:00.0000000Z", document, StringComparison.Ordinal);
        Assert.Contains("\"ratio\":1.10,\"fine\":0.12345678901234567890", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_that_are_gone_are_told_from_those_that_could_not_be_read()
    {
        _graph.Server.Faults = (r, _) => r.Method == "GET" ? Fault.Reply(200, Text("migrated")) : Batch(r, url => url.Contains("0009", StringComparison.Ordinal) ? 404 : 403);
        var policy = Source().Read(CancellationToken.None);
        Assert.Equal((TargetStatus.NotRead, null), (policy.Target[1].Status, policy.Target[1].Name));
        Assert.Equal("group aaaaaaaa-0000-0000-0000-000000000001 (name not read)", policy.Target[1].DisplayName);
        Assert.Equal("group aaaaaaaa-0000-0000-0000-000000000009 (not in the directory)", policy.Exclusion[0].ToString());
        var reason = Assert.Single(policy.NotRead);
        Assert.StartsWith("The names of 1 group could not be read, as: Microsoft Graph refused access to /v1.0/groups/", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_shown_harmless()
    {
        _graph.Server.Faults = (r, _) => r.Method == "GET" ? Fault.Reply(200, Text("migrated").Replace("Administrators", "\\u001b[31mred", StringComparison.Ordinal)) : Batch(r, _ => 200, "\u202egroup");
        var policy = Source().Read(CancellationToken.None);
        Assert.Equal(("\uFFFD[31mred", "\u001b[31mred"), (policy.Profile[1].Name, policy.Profile[1].RawName));
        Assert.Equal(("\uFFFDgroup", "\uFFFDgroup", "\u202egroup"), (policy.Target[1].DisplayName, policy.Target[1].Name, policy.Target[1].RawName));
        Assert.Equal("\uFFFD[31mred", policy.Target[1].ProfileName[0]);
    }

    [Theory]
    [InlineData("""{"id":"Fido2","state":"enabled","passkeyProfiles":{}}""", "passkeyProfiles is no list")]
    [InlineData("""{"id":"Fido2","state":"enabled","passkeyProfiles":[1]}""", "passkeyProfiles[0] is no object")]
    [InlineData("""{"id":"Fido2","state":"enabled","passkeyProfiles":[{"name":5}]}""", "passkeyProfiles[0].name is no text")]
    [InlineData("""{"id":"Fido2","state":"enabled","passkeyProfiles":[{"keyRestrictions":{"isEnforced":"yes"}}]}""", "passkeyProfiles[0].keyRestrictions.isEnforced is neither true nor false")]
    [InlineData("""{"id":"Fido2","state":"enabled","passkeyProfiles":[{"keyRestrictions":{"aaGuids":[7]}}]}""", "passkeyProfiles[0].keyRestrictions.aaGuids holds something that is no text")]
    [InlineData("""{"id":"Fido2","state":"enabled","includeTargets":[{}]}""", "includeTargets[0] has no id")]
    [InlineData("""{"id":"Fido2","state":"enabled","includeTargets":[{"id":"x","allowedPasskeyProfiles":"1"}]}""", "includeTargets[0].allowedPasskeyProfiles is no list")]
    [InlineData("""{"@odata.type":"#microsoft.graph.smsAuthenticationMethodConfiguration"}""", "it is of the type #microsoft.graph.smsAuthenticationMethodConfiguration")]
    [InlineData("""{"id":"Fido2","state":"enabled","isAttestationEnforced":"no"}""", "isAttestationEnforced is neither true nor false")]
    [InlineData("{}", "it is not the configuration Fido2")]
    [InlineData("""{"id":"Sms","state":"enabled"}""", "it is not the configuration Fido2")]
    [InlineData("""{"id":"Fido2"}""", "it has no state")]
    public void A_policy_of_another_form_is_not_guessed_at(string json, string reason)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Read(JObject.Parse(json)));
        Assert.Equal("PolicyUnreadable", error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_is_what_Microsoft_gives_for_the_parts()
    {
        // reference/graph-passkey-policy.md §5: base 1.44 KB, a target with a profile 0.23 KB, with five 0.4 KB, a profile without AAGUIDs 0.4 KB, ten AAGUIDs 0.3 KB more.
        var policy = Read("migrated");
        Assert.Equal([236, 280], policy.Target.Select(t => t.Size));
        Assert.Equal([410, 534], policy.Profile.Select(p => p.Size));
        Assert.Equal(1475 + (410 + 534) + (236 + 280) + 190, policy.Size);
        Assert.Equal(20480, policy.SizeLimit);
        Assert.Equal(Math.Round(policy.Size / 204.8, 1), policy.SizePercent);
        // JSON that is larger counts as it is.
        Assert.InRange(Read(JObject.Parse($$"""{"id":"Fido2","state":"enabled","note":"{{new string('x', 9000)}}"}""")).Size, 9000, 9100);
    }

    [Theory]
    [InlineData("""{"name":"a"}""", KeyRestrictionKind.Unknown, "not known", "Unknown")]
    [InlineData("""{"passkeyTypes":"synced","keyRestrictions":{"enforcementType":"allow","aaGuids":[]}}""", KeyRestrictionKind.Unknown, "not known", "Synced")]
    [InlineData("""{"keyRestrictions":{"isEnforced":true,"enforcementType":"allow","aaGuids":["oops"]}}""", KeyRestrictionKind.Allow, "only 1 entry that cannot be read", "Unknown")]
    [InlineData("""{"keyRestrictions":{"isEnforced":true,"enforcementType":"block","aaGuids":["oops","bada5566-a7aa-401f-bd96-45619a55120d","no"]}}""", KeyRestrictionKind.Block, "all but 1Password, 2 entries that cannot be read", "Unknown")]
    [InlineData("""{"keyRestrictions":{"isEnforced":true,"enforcementType":"allow","aaGuids":[]}}""", KeyRestrictionKind.Allow, "nothing (the list is empty)", "Unknown")]
    [InlineData("""{"keyRestrictions":{"isEnforced":true,"enforcementType":"block","aaGuids":[]}}""", KeyRestrictionKind.Block, "any provider (nothing is blocked)", "Unknown")]
    [InlineData("""{"keyRestrictions":{"isEnforced":true,"enforcementType":"prefer","aaGuids":["bada5566-a7aa-401f-bd96-45619a55120d"]}}""", KeyRestrictionKind.Unknown, "not known (the list has 1Password)", "Unknown")]
    public void What_Graph_does_not_say_is_not_known(string profile, KeyRestrictionKind restriction, string allows, string types)
    {
        var found = Read(JObject.Parse($$"""{"id":"Fido2","state":"enabled","passkeyProfiles":[{{profile}}]}""")).Profile[0];
        Assert.Equal((restriction, allows, types, PasskeyAttestation.Unknown), (found.Restriction, found.Allows, found.PasskeyTypeName, found.Attestation));
    }

    [Fact]
    public void Settings_that_Graph_no_longer_gives_are_not_known()
    {
        var policy = Read(JObject.Parse("""{"id":"Fido2","state":"enabled","includeTargets":[]}"""));
        Assert.Equal((KeyRestrictionKind.Unknown, PasskeyAttestation.Unknown, "not known"), (policy.Profile[0].Restriction, policy.Profile[0].Attestation, policy.Profile[0].Allows));
        Assert.Equal("Microsoft Graph gave no excludeTargets: who is shut out is not known.", Assert.Single(policy.NotRead));
    }

    [Fact]
    public void Ids_of_profiles_are_compared_as_GUIDs_are()
    {
        var policy = Read(JObject.Parse("""{"id":"Fido2","state":"enabled","defaultPasskeyProfile":"ABC","passkeyProfiles":[{"id":"abc","name":"x"}],"includeTargets":[{"id":"all_users","allowedPasskeyProfiles":["aBc"]}]}"""));
        Assert.Equal((true, "All users", "x"), (policy.Profile[0].IsDefault, policy.Profile[0].Target.ToString(), policy.Target[0].ProfileName.Single()));
    }

    [Fact]
    public void A_target_that_is_no_id_is_asked_nobody()
    {
        var policy = Read(JObject.Parse("""{"id":"Fido2","state":"enabled","includeTargets":[{"id":"../me","targetType":"group"},{"id":"","targetType":"group"}],"excludeTargets":[]}"""));
        Assert.All(policy.Target, t => Assert.Equal((TargetKind.Unknown, TargetStatus.NotRead), (t.Kind, t.Status)));
        Assert.Single(_graph.Server.Requests);
    }

    [Fact]
    public void An_answer_about_another_group_is_none()
    {
        _graph.Server.Faults = (r, _) => r.Method == "GET" ? Fault.Reply(200, Text("migrated")) : Batch(r, _ => 200, "Swapped", "aaaaaaaa-0000-0000-0000-00000000ffff");
        var policy = Source().Read(CancellationToken.None);
        Assert.Equal(TargetStatus.NotRead, policy.Target[1].Status);
        Assert.Equal("The names of 2 groups could not be read, as: the answer is about something else.", Assert.Single(policy.NotRead));
    }

    [Fact]
    public void A_sign_in_that_ends_in_between_is_an_error_and_no_missing_name()
    {
        _graph.Server.Faults = (r, _) => r.Method == "GET" ? Fault.Reply(200, Text("migrated")) : Batch(r, _ => 401);
        Assert.Equal("SignInExpired", Assert.Throws<PasskeyAdminException>(() => Source().Read(CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void A_batch_that_is_not_there_does_not_delete_groups()
    {
        _graph.Server.Faults = (r, _) => r.Method == "GET" ? Fault.Reply(200, Text("migrated")) : Fault.Reply(404, "{}");
        Assert.Equal(TargetStatus.NotRead, Source().Read(CancellationToken.None).Target[1].Status);
    }

    [Fact]
    public void Annotations_of_the_answer_stay_out_of_what_is_written_and_types_do_not()
    {
        var json = JObject.Parse("""{"id":"Fido2","state":"enabled","includeTargets@odata.context":"x","includeTargets@odata.type":"#Collection(x)","includeTargets":[{"id":"all_users","profiles@odata.navigationLink":"x","tags@odata.type":"#Collection(String)","tags":["a"]}]}""");
        var body = Read(json).Raw.WriteBody("state", "includeTargets");
        Assert.Equal("""{"@odata.type":"#microsoft.graph.fido2AuthenticationMethodConfiguration","state":"enabled","includeTargets@odata.type":"#Collection(x)","includeTargets":[{"id":"all_users","tags@odata.type":"#Collection(String)","tags":["a"]}]}""", body.ToString(Formatting.None));
    }

    private PasskeyPolicy Read(string name) => ReadText(Text(name));

    private PasskeyPolicy Read(JObject json) => ReadText(json.ToString());

    private PasskeyPolicy ReadText(string json)
    {
        _graph.Server.Faults = (r, _) => r.Method == "POST" ? Batch(r, _ => 200) : Fault.Reply(200, r.Path == PasskeyPolicySource.Path ? json : Named(r.Path["/v1.0".Length..]));
        return Source().Read(CancellationToken.None);
    }

    private PasskeyPolicySource Source()
    {
        var traffic = new GraphTraffic(_graph.Clock, () => 0.5);
        var tenant = new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = "t", TenantName = "Contoso" }, _graph.Connection, traffic);
        return new PasskeyPolicySource(tenant, _graph.Client, ProviderCatalog.LoadBuiltIn());
    }

    private static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Policy", $"{name}.json"));

    private static string Named(string url, string? name = null, string? id = null) =>
        new JObject { ["id"] = id ?? url.Split('?')[0].Split('/')[^1].ToUpperInvariant(), ["displayName"] = name ?? (url.StartsWith("/users", StringComparison.Ordinal) ? "Adele" : $"Group {url.Split('?')[0][^1]}") }.ToString();

    private static Fault Batch(ArrivedRequest request, Func<string, int> status, string? name = null, string? id = null) => Fault.Reply(200, new JObject
    {
        ["responses"] = new JArray(JObject.Parse(request.Body)["requests"]!.Select(q => new JObject
        {
            ["id"] = q["id"],
            ["status"] = status((string)q["url"]!),
            ["body"] = status((string)q["url"]!) == 200 ? JObject.Parse(Named((string)q["url"]!, name, id)) : new JObject { ["error"] = new JObject { ["code"] = "x", ["message"] = "y" } },
        })),
    }.ToString());
}
