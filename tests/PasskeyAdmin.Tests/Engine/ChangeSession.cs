using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>
/// A session that works on the small tenant, in a file, and what stands in its journal. Four people hold passkeys, so that a test can say who loses what: of those that only the default profile
/// lets in, Grady, an administrator, has nothing but a synced passkey, Kenji has Windows Hello besides, and Anna a security key; Tomás, who has a synced one, is in the pilot.
/// </summary>
internal sealed class ChangeSession : IDisposable
{
    public const string Default = "00000000-0000-0000-0000-000000000001";
    public const string Privileged = "4f2d7a35-8b1e-4c60-9d53-1a7c0e6b2f84";
    public const string Pilot = "a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40";
    public const string PilotGroup = "ee36a167-5f00-57c1-ac19-8102cbf43fdf";
    public const string SalesOfEurope = "2c41b595-805b-50c2-b11a-e84631710863";
    public const string TenantId = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";

    private const string Apple = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
    private const string YubiKey = "2fc0579f-8113-47ea-b116-bb5a8db9202a";

    private string _file = "";

    public ChangeSession()
    {
        Connect();
        Set("default", "Default passkey profile");
    }

    public ModuleSession Module { get; } = new();

    /// <summary>The files of the journal, in the order in which they were begun.</summary>
    public IReadOnlyList<string> Journal => [.. Directory.GetFiles(Module.Home, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>The policy as the tenant in the file has it.</summary>
    public JsonObject Policy => PolicyOf(JsonNode.Parse(File.ReadAllText(_file))!);

    /// <summary>The tenant, with something changed.</summary>
    public static string Tenant(Action<JsonObject>? prepare = null)
    {
        var tenant = JsonNode.Parse(SmallTenant.Json)!.AsObject();
        foreach (var user in tenant["users"]!.AsArray())
        {
            user!["createdDateTime"] = "2025-01-01T00:00:00Z";
            user["authenticationMethods"] = (string?)user["userPrincipalName"] switch
            {
                "grady.gu@contoso.com" => [Passkey("synced", Apple)],
                "kenji.moreau@contoso.com" => [Passkey("synced", Apple), Hello()],
                "anna.gupta@contoso.com" => [Passkey("synced", Apple), Passkey("deviceBound", YubiKey)],
                "tomas.graham@contoso.com" => [Passkey("synced", Apple)],
                _ => new JsonArray(),
            };
        }
        tenant["directoryRoles"] = new JsonArray(new JsonObject
        {
            ["id"] = "30000000-0000-4000-8000-000000000001",
            ["roleTemplateId"] = "62e90394-69f5-4237-9190-012177145e10",
            ["displayName"] = "Global Administrator",
            ["members"] = new JsonArray("1a1e5a05-bbb8-4126-af6d-f4a49c672f55"),
        });
        prepare?.Invoke(tenant);
        return tenant.ToJsonString();
    }

    /// <summary>The policy in a tenant.</summary>
    public static JsonObject PolicyOf(JsonNode tenant) => tenant["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]!.AsArray().First(c => (string?)c!["id"] == "Fido2")!.AsObject();

    /// <summary>What somebody may look up a profile, target or exclusion by.</summary>
    public static JsonObject Find(JsonObject policy, string list, string idOrName) =>
        policy[list]!.AsArray().Select(i => i!.AsObject()).Single(i => (string?)i["id"] == idOrName || (string?)i["name"] == idOrName);

    /// <summary>Works on a tenant in a file from now on.</summary>
    public void Connect(Action<JsonObject>? prepare = null, string name = "tenant.json")
    {
        _file = Module.File(name, Tenant(prepare));
        Module.Output("$contoso = Connect-PasskeyTenant -Sandbox -Path $file", ("file", _file));
    }

    /// <summary>Works on a tenant behind a server from now on. There, a change takes seconds.</summary>
    public GraphServer Serve(Action<JsonObject>? prepare = null, string token = "opaque-token")
    {
        var server = SandboxServer.Start(Module, Tenant(prepare));
        SandboxServer.Connect(Module, server.Address, token);
        return server;
    }

    /// <summary>What was asked of the policy itself.</summary>
    public static IReadOnlyList<ArrivedRequest> OfPolicy(GraphServer server) => [.. server.Requests.Where(r => r.Path.Contains("authenticationMethodConfigurations/fido2", StringComparison.OrdinalIgnoreCase))];

    public static bool IsWrite(ArrivedRequest request) => request.Method != "GET" && !request.Path.EndsWith("/$batch", StringComparison.Ordinal);

    public void Set(string name, object? value) => Module.Runspace.SessionStateProxy.SetVariable(name, value);

    public RunResult Run(string script) => Module.Run(script);

    public IReadOnlyList<PSObject> Output(string script) => Module.Output(script);

    /// <summary>What changes by a command with -PassThru, which must say that it was made.</summary>
    public string Made(string script)
    {
        var change = Assert.Single(Module.Output(script));
        Assert.Equal(("PasskeyAdmin.Changes.PasskeyPolicyChange", "Applied"), (change.BaseObject.GetType().FullName, change.Text("Outcome")));
        return string.Join("; ", Texts(change, "Difference"));
    }

    /// <summary>The error of a script that must change nothing, and write nothing into the journal.</summary>
    public ErrorRecord Refused(string script)
    {
        var (policy, files) = (Policy.ToJsonString(), Journal.Count);
        var result = Module.Run(script);
        Assert.Empty(result.Output);
        Assert.Equal((policy, files), (Policy.ToJsonString(), Journal.Count));
        return result.Error;
    }

    /// <summary>Runs a command that finds everything done already.</summary>
    public IReadOnlyList<string> NothingToDo(string script)
    {
        var (policy, files) = (Policy.ToJsonString(), Journal.Count);
        var result = Module.Run(script);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal((policy, files), (Policy.ToJsonString(), Journal.Count));
        Assert.Equal("There is nothing to do: the policy is like that already.", result.Warnings[^1]);
        return result.Warnings;
    }

    public IReadOnlyList<string> Completions(string script) =>
        [.. Module.Output("(TabExpansion2 $line).CompletionMatches", ("line", script)).Select(m => (CompletionResult)m.BaseObject).Where(m => m.ResultType is CompletionResultType.ParameterValue).Select(m => m.CompletionText)];

    public static IEnumerable<string> Texts(PSObject item, string list) => ((IEnumerable<string>)item.Get(list)!).ToList();

    /// <summary>Runs a script, and stops it while a request is under way: the server answers it when the stop has begun.</summary>
    /// <param name="isMet">Which request that is, the first of them.</param>
    /// <param name="answer">What it is answered then; null for what it would be.</param>
    public async Task StopAt(GraphServer server, string script, Func<ArrivedRequest, bool> isMet, Fault? answer, TimeSpan patience)
    {
        var (isAsked, isStopping) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ManualResetEventSlim());
        server.Faults = (r, _) =>
        {
            if (!isMet(r) || isAsked.Task.IsCompleted) return null;
            isAsked.TrySetResult();
            isStopping.Wait(patience);
            return answer;
        };
        using var shell = PowerShell.Create(Module.Runspace);
        shell.AddScript(script);
        var running = shell.BeginInvoke();
        await isAsked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var stopping = shell.StopAsync(null, null);
        SpinWait.SpinUntil(() => shell.InvocationStateInfo.State is not PSInvocationState.Running, patience);
        isStopping.Set();
        await stopping.WaitAsync(patience);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        _ = running;
    }

    /// <summary>What the one journal says came of it, in the order of its lines.</summary>
    public IReadOnlyList<string?> Outcomes() => [.. File.ReadLines(Assert.Single(Journal)).Select(l => JsonNode.Parse(l)!).Where(l => (string?)l["event"] == "outcome").Select(l => (string?)l["outcome"])];

    public void Dispose() => Module.Dispose();

    private static JsonObject Passkey(string type, string aaGuid) => new()
    {
        ["@odata.type"] = "#microsoft.graph.fido2AuthenticationMethod",
        ["id"] = $"key-{Guid.NewGuid():N}",
        ["displayName"] = "My passkey",
        ["createdDateTime"] = "2025-05-01T08:00:00Z",
        ["lastUsedDateTime"] = "2025-06-01T08:00:00Z",
        ["aaGuid"] = aaGuid,
        ["model"] = "",
        ["attestationCertificates"] = new JsonArray(),
        ["attestationLevel"] = "notAttested",
        ["passkeyType"] = type,
    };

    private static JsonObject Hello() => new()
    {
        ["@odata.type"] = "#microsoft.graph.windowsHelloForBusinessAuthenticationMethod",
        ["id"] = $"hello-{Guid.NewGuid():N}",
        ["displayName"] = "LT-1",
        ["createdDateTime"] = "2025-05-01T08:00:00Z",
        ["keyStrength"] = "normal",
    };
}
