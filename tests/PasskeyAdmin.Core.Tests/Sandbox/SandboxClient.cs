using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>Talks to a sandbox as our own Graph code does: over an HttpClient with a base address.</summary>
internal sealed class SandboxClient : IDisposable
{
    public const string Fido2 = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
    public const string Fido2Type = "#microsoft.graph.fido2AuthenticationMethodConfiguration";
    public const string DefaultProfile = "00000000-0000-0000-0000-000000000001";
    public const string PrivilegedProfile = "4f2d7a35-8b1e-4c60-9d53-1a7c0e6b2f84";
    public const string PilotProfile = "a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40";

    public static readonly Guid NewId = new("11111111-2222-4333-8444-555555555555");

    private readonly HttpClient _http;

    public SandboxClient(SandboxTenant? tenant = null, Func<Guid>? newGuid = null)
    {
        Tenant = tenant ?? SandboxTenant.Parse(SmallTenant.Json);
        _http = new HttpClient(new SandboxHandler(Tenant) { NewGuid = newGuid ?? (() => NewId), Now = Now }) { BaseAddress = new Uri("https://graph.sandbox.invalid/") };
    }

    public SandboxTenant Tenant { get; }

    /// <summary>The time of the machine.</summary>
    public Func<DateTimeOffset> Now { get; } = () => new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The small tenant as it was before passkey profiles.</summary>
    public static SandboxTenant NotEnrolled(bool isAttested = false) => Small(root =>
    {
        var fido2 = (JObject)root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!;
        fido2["isAttestationEnforced"] = isAttested;
        fido2["keyRestrictions"] = JObject.Parse("""{ "isEnforced": true, "enforcementType": "block", "aaGuids": ["bada5566-a7aa-401f-bd96-45619a55120d"] }""");
        fido2["defaultPasskeyProfile"] = null;
        fido2["passkeyProfiles"] = new JArray();
        foreach (var target in fido2["includeTargets"]!) target["allowedPasskeyProfiles"] = new JArray();
    });

    /// <summary>The passkey configuration in a tenant's JSON.</summary>
    public static JObject ConfigurationOf(JObject root) => (JObject)root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!;

    /// <summary>A whole new profile, as a writer sends it.</summary>
    public static JObject NewProfile(string name) => new()
    {
        ["name"] = name,
        ["passkeyTypes"] = "deviceBound",
        ["attestationEnforcement"] = "disabled",
        ["keyRestrictions"] = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() },
    };

    public static SandboxTenant Small(Action<JObject> change)
    {
        var root = JObject.Parse(SmallTenant.Json);
        change(root);
        return SandboxTenant.Parse(root.ToString());
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return _http.SendAsync(request);
    }

    /// <summary>An answer that must be 200.</summary>
    public async Task<JObject> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var response = await SendAsync("GET", path, null, headers);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, $"{path}: {(int)response.StatusCode} {body}");
        return Parse(body);
    }

    /// <summary>As it was sent: dates are texts.</summary>
    public static JObject Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    /// <summary>The status, and the body of the error.</summary>
    public async Task<(int Status, string Code, string Message)> FailAsync(string method, string path, string? body = null)
    {
        var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode >= 400, $"{path}: {(int)response.StatusCode} {text}");
        var error = JObject.Parse(text)["error"]!;
        return ((int)response.StatusCode, (string)error["code"]!, (string)error["message"]!);
    }

    public async Task<JObject> GetFido2Async() => await GetAsync(Fido2, ("Prefer", "include-unknown-enum-members"));

    /// <summary>A PATCH of the passkey configuration that must be taken; then what it is.</summary>
    public async Task<JObject> PatchAsync(JObject body)
    {
        body["@odata.type"] ??= Fido2Type;
        var response = await SendAsync("PATCH", Fido2, body.ToString());
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 204, $"{(int)response.StatusCode} {text}");
        Assert.Empty(text);
        return await GetFido2Async();
    }

    public Task<JObject> PatchAsync(string body) => PatchAsync(JObject.Parse(body));

    /// <summary>A PATCH that must be refused with 400 and change nothing.</summary>
    public async Task<string> RefusedAsync(JObject body)
    {
        body["@odata.type"] ??= Fido2Type;
        var before = Tenant.ToJson();
        var (status, code, message) = await FailAsync("PATCH", Fido2, body.ToString());
        Assert.Equal((400, "badRequest"), (status, code));
        Assert.Equal(before, Tenant.ToJson());
        return message;
    }

    public Task<string> RefusedAsync(string body) => RefusedAsync(JObject.Parse(body));

    /// <summary>A body with the profiles or targets of the tenant, changed.</summary>
    public async Task<JObject> WithAsync(Action<JObject> change, params string[] properties)
    {
        var current = await GetFido2Async();
        var body = new JObject(properties.Select(p => new JProperty(p, current[p])));
        change(body);
        return body;
    }

    public static IEnumerable<string> Names(JObject list, string property = "displayName") => list["value"]!.Select(v => (string)v[property]!);

    public void Dispose() => _http.Dispose();
}
