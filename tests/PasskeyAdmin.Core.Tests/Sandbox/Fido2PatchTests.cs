using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>What holds whatever the settings are (reference/graph-passkey-policy.md §3 to §6).</summary>
public sealed class Fido2PatchTests : IDisposable
{
    private static readonly string[] Neighbours = ["passkeyProfiles[1]", "passkeyProfiles[1].keyRestrictions", "includeTargets[0]"];

    private readonly SandboxClient _client = new();

    [Fact]
    public async Task What_is_left_out_stays()
    {
        var before = await _client.GetFido2Async();
        var after = await _client.PatchAsync("""{ "state": "disabled" }""");
        before["state"] = "disabled";
        Assert.Equal(before.ToString(), after.ToString());
    }

    [Fact]
    public async Task A_new_profile_gets_an_id_and_can_then_be_targeted()
    {
        var body = await _client.WithAsync(b => ((JArray)b["passkeyProfiles"]!).Add(SandboxClient.NewProfile("New")), "passkeyProfiles");
        var added = (await _client.PatchAsync(body))["passkeyProfiles"]!.Last();
        Assert.Equal(
            $$$"""{"id":"{{{SandboxClient.NewId}}}","name":"New","passkeyTypes":"deviceBound","attestationEnforcement":"disabled","keyRestrictions":{"isEnforced":false,"enforcementType":"allow","aaGuids":[]}}""",
            added.ToString(Newtonsoft.Json.Formatting.None));
        var after = await _client.PatchAsync(await _client.WithAsync(b => ((JArray)b["includeTargets"]![1]!["allowedPasskeyProfiles"]!).Add(SandboxClient.NewId.ToString()), "includeTargets"));
        Assert.Equal([SandboxClient.PrivilegedProfile, SandboxClient.NewId.ToString()], after["includeTargets"]![1]!["allowedPasskeyProfiles"]!.Select(p => (string)p!));
    }

    [Fact]
    public async Task Lists_are_replaced_whole()
    {
        var after = await _client.PatchAsync("""
            { "excludeTargets": [],
              "includeTargets": [ { "id": "all_users", "targetType": "group", "isRegistrationRequired": true, "allowedPasskeyProfiles": ["00000000-0000-0000-0000-000000000001"] } ] }
            """);
        Assert.Empty(after["excludeTargets"]!);
        Assert.Equal("""[{"id":"all_users","targetType":"group","isRegistrationRequired":true,"allowedPasskeyProfiles":["00000000-0000-0000-0000-000000000001"]}]""", after["includeTargets"]!.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Fact]
    public async Task GUIDs_are_kept_in_small_letters_and_once()
    {
        var body = await _client.WithAsync(
            b =>
            {
                b["passkeyProfiles"]![1]!["id"] = SandboxClient.PrivilegedProfile.ToUpperInvariant();
                b["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"] = new JArray("BADA5566-A7AA-401F-BD96-45619A55120D", "bada5566-a7aa-401f-bd96-45619a55120d");
                b["includeTargets"]![1]!["id"] = "9A7EDC15-F2BA-5FCD-96F0-581E2DF4F84D";
                b["includeTargets"]![1]!["allowedPasskeyProfiles"] = new JArray(SandboxClient.PrivilegedProfile.ToUpperInvariant());
                b["excludeTargets"]![0]!["id"] = "F7EA8A90-8609-5835-B795-39A43CBECD11";
            },
            "passkeyProfiles",
            "includeTargets",
            "excludeTargets");
        var after = await _client.PatchAsync(body);
        Assert.Equal(SandboxClient.PrivilegedProfile, (string?)after["passkeyProfiles"]![1]!["id"]);
        Assert.Equal(["bada5566-a7aa-401f-bd96-45619a55120d"], after["passkeyProfiles"]![1]!["keyRestrictions"]!["aaGuids"]!.Select(g => (string)g!));
        Assert.Equal("9a7edc15-f2ba-5fcd-96f0-581e2df4f84d", (string?)after["includeTargets"]![1]!["id"]);
        Assert.Equal([SandboxClient.PrivilegedProfile], after["includeTargets"]![1]!["allowedPasskeyProfiles"]!.Select(p => (string)p!));
        Assert.Equal("f7ea8a90-8609-5835-b795-39a43cbecd11", (string?)after["excludeTargets"]![0]!["id"]);
    }

    [Fact]
    public async Task What_the_tenant_has_and_we_do_not_know_is_written_back_and_annotations_are_not()
    {
        using var client = new SandboxClient(SandboxClient.Small(Newer));
        var body = await client.WithAsync(
            b =>
            {
                b["passkeyProfiles"]![2]!["future"] = 2;
                b["passkeyProfiles"]![2]!["keyRestrictions@odata.context"] = "x";
                b["includeTargets"]![0]!["allowedPasskeyProfiles@odata.type"] = "#Collection(Guid)";
                ((JArray)b["passkeyProfiles"]!).Insert(1, SandboxClient.NewProfile("Another place in the list"));
            },
            "passkeyProfiles",
            "includeTargets",
            "excludeTargets",
            "keyRestrictions",
            "future");
        body["@odata.context"] = "https://graph.sandbox.invalid/v1.0/$metadata#x";
        body["includeTargets@odata.context"] = "x";
        body["future"] = new JObject { ["deep"] = new JArray(1, JValue.CreateNull()) };
        var after = await client.PatchAsync(body);
        body["passkeyProfiles"]![1]!["id"] = SandboxClient.NewId.ToString();
        ((JObject)body["passkeyProfiles"]![3]!).Remove("keyRestrictions@odata.context");
        ((JObject)body["includeTargets"]![0]!).Remove("allowedPasskeyProfiles@odata.type");
        foreach (var name in new[] { "passkeyProfiles", "includeTargets", "excludeTargets", "future" }) Assert.True(JToken.DeepEquals(body[name], after[name]), $"{name}: {after[name]}");
        Assert.Equal(1, JObject.Parse(client.Tenant.ToJson()).Descendants().OfType<JProperty>().Count(p => p.Name.Contains("@odata.", StringComparison.Ordinal) && p.Name != "@odata.type"));
        after = await client.PatchAsync("""{ "state": "enabled" }""");
        Assert.Equal(body["future"]!.ToString(), after["future"]!.ToString());

        static void Newer(JObject root)
        {
            var fido2 = SandboxClient.ConfigurationOf(root);
            fido2["passkeyProfiles"]![2]!["future"] = 1;
            fido2["passkeyProfiles"]![2]!["@odata.type"] = "#microsoft.graph.passkeyProfile";
            fido2["passkeyProfiles"]![2]!["keyRestrictions"]!["future"] = "2026-11-23T10:00:00Z";
            fido2["keyRestrictions"]!["future"] = false;
            fido2["passkeyProfiles"]![0]!["keyRestrictions"]!["future"] = false;
            fido2["includeTargets"]![0]!["future"] = 1.5m;
            fido2["includeTargets"]![0]!["future@odata.type"] = "#Double";
            fido2["includeTargets"]![1]!["@odata.type"] = "#microsoft.graph.authenticationMethodTarget";
            fido2["excludeTargets"]![0]!["future"] = true;
            fido2["future"] = 1;
        }
    }

    [Theory]
    [InlineData("passkeyProfiles[0]", "microsoft.graph.passkeyProfile")]
    [InlineData("passkeyProfiles[0].keyRestrictions", "microsoft.graph.fido2KeyRestrictions")]
    [InlineData("includeTargets[1]", "microsoft.graph.passkeyAuthenticationMethodTarget")]
    [InlineData("excludeTargets[0]", "microsoft.graph.excludeTarget")]
    [InlineData("keyRestrictions", "microsoft.graph.fido2KeyRestrictions")]
    public async Task A_property_of_another_object_and_a_wrong_type_are_refused(string place, string type)
    {
        // The neighbours have the property, and it does not count.
        using var client = new SandboxClient(SandboxClient.Small(root =>
        {
            foreach (var path in Neighbours) SandboxClient.ConfigurationOf(root).SelectToken(path)!["future"] = 1;
        }));
        string[] lists = ["passkeyProfiles", "includeTargets", "excludeTargets", "keyRestrictions"];
        var message = await client.RefusedAsync(await client.WithAsync(b => b.SelectToken(place)!["future"] = 1, lists));
        Assert.StartsWith($"The property 'future' does not exist on type '{type}'.", message, StringComparison.Ordinal);
        Assert.Contains($"({place}.future)", message, StringComparison.Ordinal);
        message = await client.RefusedAsync(await client.WithAsync(b => b.SelectToken(place)!["@odata.type"] = "#microsoft.graph.group", lists));
        Assert.Contains($"'{place}.@odata.type' must be \"#{type}\"", message, StringComparison.Ordinal);
        await client.PatchAsync(await client.WithAsync(b => b.SelectToken(place)!["@odata.type"] = "#" + type, lists));
    }

    [Fact]
    public async Task A_new_profile_or_target_has_declared_properties_only()
    {
        var profile = SandboxClient.NewProfile("New");
        profile["future"] = 1;
        Assert.Contains("passkeyProfiles[3].future", await _client.RefusedAsync(await _client.WithAsync(b => ((JArray)b["passkeyProfiles"]!).Add(profile), "passkeyProfiles")), StringComparison.Ordinal);
        Assert.Contains("'future' does not exist", await _client.RefusedAsync("""{ "future": 1 }"""), StringComparison.Ordinal);
        Assert.Contains("excludeTargets[0].isRegistrationRequired", await _client.RefusedAsync(await _client.WithAsync(b => b["excludeTargets"]![0]!["isRegistrationRequired"] = false, "excludeTargets")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_dated()
    {
        await _client.PatchAsync("""{ "state": "disabled" }""");
        Assert.Contains("\"lastModifiedDateTime\": \"2026-11-23T10:00:00Z\"", _client.Tenant.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("text/plain", 415)]
    [InlineData("application/json; charset=utf-8", 204)]
    [InlineData("Application/JSON;odata.metadata=minimal", 204)]
    public async Task A_body_says_that_it_is_JSON(string? contentType, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, SandboxClient.Fido2);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{ "@odata.type": "{{SandboxClient.Fido2Type}}", "state": "disabled" }"""));
        if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        Assert.Equal(status, (int)(await _client.SendAsync(request)).StatusCode);
        Assert.Equal(status == 204 ? "disabled" : "enabled", (string?)(await _client.GetFido2Async())["state"]);
    }

    [Theory]
    [InlineData(31, 204)]
    [InlineData(32, 400)]
    [InlineData(63, 400)]
    public async Task A_body_that_is_taken_can_be_read_again(int lists, int status)
    {
        _client.Tenant.Settings.AcceptsUnknownProperties = true;
        var body = $$"""{ "@odata.type": "{{SandboxClient.Fido2Type}}", "deep": {{new string('[', lists)}}{{new string(']', lists)}} }""";
        Assert.Equal(status, (int)(await _client.SendAsync("PATCH", SandboxClient.Fido2, body)).StatusCode);
        Assert.Equal(_client.Tenant.ToJson(), SandboxTenant.Parse(_client.Tenant.ToJson()).ToJson());
    }

    [Fact]
    public async Task Flags_may_have_blanks_and_come_back_without() =>
        Assert.Equal("synced,deviceBound", (string?)(await _client.PatchAsync(await _client.WithAsync(b => b["passkeyProfiles"]![0]!["passkeyTypes"] = "synced, deviceBound", "passkeyProfiles")))["passkeyProfiles"]![0]!["passkeyTypes"]);

    [Theory]
    [InlineData("""{ "state": "on" }""", "state")]
    [InlineData("""{ "state": "Enabled" }""", "state")]
    [InlineData("""{ "state": null }""", "state")]
    [InlineData("""{ "State": "enabled" }""", "State")]
    [InlineData("""{ "id": "Sms" }""", "id")]
    [InlineData("""{ "isSelfServiceRegistrationAllowed": "true" }""", "isSelfServiceRegistrationAllowed")]
    [InlineData("""{ "isAttestationEnforced": 1 }""", "isAttestationEnforced")]
    [InlineData("""{ "keyRestrictions": null }""", "keyRestrictions")]
    [InlineData("""{ "keyRestrictions": { "isEnforced": 1 } }""", "keyRestrictions.isEnforced")]
    [InlineData("""{ "keyRestrictions": { "enforcementType": "deny" } }""", "keyRestrictions.enforcementType")]
    [InlineData("""{ "keyRestrictions": { "aaGuids": ["x"] } }""", "keyRestrictions.aaGuids[0]")]
    [InlineData("""{ "keyRestrictions": { "aaguids": [] } }""", "keyRestrictions.aaguids")]
    [InlineData("""{ "passkeyProfiles": null }""", "passkeyProfiles")]
    [InlineData("""{ "passkeyProfiles": [1] }""", "passkeyProfiles[0]")]
    [InlineData("""{ "passkeyProfiles": [{ "name": "", "passkeyTypes": "synced", "attestationEnforcement": "disabled", "keyRestrictions": {} }] }""", "passkeyProfiles[0].name")]
    [InlineData("""{ "passkeyProfiles": [{ "passkeyTypes": "synced" }] }""", "passkeyProfiles[0].name")]
    [InlineData("""{ "passkeyProfiles": [{ "name": "A" }] }""", "passkeyProfiles[0].passkeyTypes")]
    [InlineData("""{ "passkeyProfiles": [{ "name": "A", "passkeyTypes": "all", "attestationEnforcement": "disabled", "keyRestrictions": {} }] }""", "'all'")]
    [InlineData("""{ "passkeyProfiles": [{ "name": "A", "passkeyTypes": "synced", "attestationEnforcement": "enabled", "keyRestrictions": {} }] }""", "passkeyProfiles[0].attestationEnforcement")]
    [InlineData("""{ "passkeyProfiles": [{ "name": "A", "passkeyTypes": "synced", "attestationenforcement": "disabled" }] }""", "attestationenforcement")]
    [InlineData("""{ "passkeyProfiles": [{ "id": "x", "name": "A", "passkeyTypes": "synced" }] }""", "passkeyProfiles[0].id")]
    [InlineData("""{ "passkeyProfiles": [{ "name": "A", "passkeyTypes": "synced", "attestationEnforcement": "disabled", "keyRestrictions": {} }] }""", "default passkey profile cannot be deleted")]
    [InlineData("""{ "passkeyProfiles": [] }""", "default passkey profile cannot be deleted")]
    [InlineData("""{ "includeTargets": [{ "id": "x", "targetType": "group" }] }""", "includeTargets[0].id")]
    [InlineData("""{ "includeTargets": [{ "id": "all_users", "isRegistrationRequired": false, "allowedPasskeyProfiles": [] }] }""", "includeTargets[0].targetType")]
    [InlineData("""{ "includeTargets": [{ "id": "all_users", "targetType": "group", "isRegistrationRequired": false, "allowedPasskeyProfiles": ["all"] }] }""", "includeTargets[0].allowedPasskeyProfiles[0]")]
    [InlineData("""{ "includeTargets": [{ "id": "all_users", "targetType": "group", "isRegistrationRequired": "no", "allowedPasskeyProfiles": [] }] }""", "isRegistrationRequired")]
    [InlineData("""{ "includeTargets": [{ "id": "all_users", "targetType": "group", "isRegistrationRequired": false, "allowedPasskeyProfiles": ["11111111-2222-4333-8444-555555555555"] }] }""", "does not exist")]
    [InlineData("""{ "excludeTargets": [{ "id": "all_users", "targetType": "group" }] }""", "excludeTargets[0].id")]
    [InlineData("""{ "excludeTargets": {} }""", "excludeTargets")]
    [InlineData("""{ "defaultPasskeyProfile": "4f2d7a35-8b1e-4c60-9d53-1a7c0e6b2f84" }""", "defaultPasskeyProfile")]
    [InlineData("""{ "defaultPasskeyProfile": null }""", "defaultPasskeyProfile")]
    [InlineData("""{ "@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration", "state": "enabled" }""", "@odata.type")]
    public async Task What_is_refused(string body, string says) => Assert.Contains(says, await _client.RefusedAsync(body), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"state\": \"enabled\", \"state\": \"disabled\" }")]
    [InlineData("{ \"state\":")]
    [InlineData("{} {}")]
    [InlineData("null")]
    public async Task What_is_no_body(string body) => Assert.Equal((400, "badRequest"), (await _client.FailAsync("PATCH", SandboxClient.Fido2, body)) is var e ? (e.Status, e.Code) : default);

    [Fact]
    public async Task A_patch_takes_no_query_options() => Assert.Equal(501, (await _client.FailAsync("PATCH", SandboxClient.Fido2 + "?$select=id", "{}")).Status);

    [Fact]
    public async Task The_same_target_twice_is_refused() =>
        Assert.Contains("two entries", await _client.RefusedAsync(await _client.WithAsync(b => ((JArray)b["includeTargets"]!).Add(b["includeTargets"]![0]!.DeepClone()), "includeTargets")), StringComparison.Ordinal);

    [Fact]
    public async Task The_same_profile_twice_is_refused() =>
        Assert.Contains("same id", await _client.RefusedAsync(await _client.WithAsync(b => ((JArray)b["passkeyProfiles"]!).Add(b["passkeyProfiles"]![1]!.DeepClone()), "passkeyProfiles")), StringComparison.Ordinal);

    [Fact]
    public async Task A_profile_in_use_is_not_deleted_and_an_unused_one_is()
    {
        Assert.Contains("cannot be deleted while a target uses it", await _client.RefusedAsync(await _client.WithAsync(b => b["passkeyProfiles"]![2]!.Remove(), "passkeyProfiles")), StringComparison.Ordinal);
        await _client.PatchAsync(await _client.WithAsync(b => b["includeTargets"]![2]!.Remove(), "includeTargets"));
        var after = await _client.PatchAsync(await _client.WithAsync(b => b["passkeyProfiles"]![2]!.Remove(), "passkeyProfiles"));
        Assert.Equal([SandboxClient.DefaultProfile, SandboxClient.PrivilegedProfile], after["passkeyProfiles"]!.Select(p => (string)p["id"]!));
    }

    [Fact]
    public async Task A_group_that_does_not_exist_can_be_a_target() =>
        Assert.Equal("aaaaaaaa-0000-4000-8000-000000000000", (string?)(await _client.PatchAsync("""{ "excludeTargets": [{ "id": "aaaaaaaa-0000-4000-8000-000000000000", "targetType": "group" }] }"""))["excludeTargets"]![0]!["id"]);

    [Fact]
    public async Task Other_methods_are_merged()
    {
        const string Path = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass";
        const string Type = "\"@odata.type\": \"#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration\"";
        var (status, code, message) = await _client.FailAsync("PATCH", Path, $$"""{ {{Type}}, "nested": { "a": 1 } }""");
        Assert.Equal((501, "notImplemented"), (status, code));
        Assert.Contains("'nested'", message, StringComparison.Ordinal);
        _client.Tenant.Settings.AcceptsUnknownProperties = true;
        Assert.Equal(204, (int)(await _client.SendAsync("PATCH", Path, $$"""{ {{Type}}, "isUsableOnce": true, "includeTargets": [], "nested": { "a": 1 } }""")).StatusCode);
        _client.Tenant.Settings.AcceptsUnknownProperties = false;
        Assert.Equal(204, (int)(await _client.SendAsync("PATCH", Path, $$"""{ {{Type}}, "nested": { "b": 2 } }""")).StatusCode);
        var pass = await _client.GetAsync(Path);
        Assert.Equal((true, 60, 0), ((bool)pass["isUsableOnce"]!, (int)pass["defaultLifetimeInMinutes"]!, pass["includeTargets"]!.Count()));
        Assert.Equal("""{"a":1,"b":2}""", pass["nested"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal(400, (await _client.FailAsync("PATCH", Path, $$"""{ {{Type}}, "state": "on" }""")).Status);
        Assert.Equal(400, (await _client.FailAsync("PATCH", Path, """{ "state": "enabled" }""")).Status);
    }

    public void Dispose() => _client.Dispose();
}
