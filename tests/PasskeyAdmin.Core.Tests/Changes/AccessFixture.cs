using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A made-up tenant behind a loopback server whose strengths and Conditional Access policies are created, and a folder for journals.</summary>
internal sealed class AccessFixture : IDisposable
{
    public const string Name = "Approved keys";

    /// <summary>Somebody who is not there for the faults.</summary>
    private const string Bypass = "X-Bypass";

    private readonly HttpClient _somebodyElse = new();

    public AccessFixture(Action<UsersFixture>? prepare = null)
    {
        Tenant.User("ann");
        prepare?.Invoke(Tenant);
        Session = Tenant.Session();
        Client = Session.CreateClient(Log.Add);
    }

    public UsersFixture Tenant { get; } = new();

    public TenantSession Session { get; }

    public GraphClient Client { get; }

    public List<string> Log { get; } = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("passkeyadmin-access-").FullName;

    /// <summary>What somebody else made, as it was sent.</summary>
    public List<(AccessKind Kind, JObject Body)> MadeElsewhere { get; } = [];

    public bool EditedElsewhere { get; set; }

    public GraphServer Server => Tenant.Graph.Server;

    public VirtualClock Clock => Tenant.Graph.Clock;

    /// <summary>What arrived of ours.</summary>
    public IReadOnlyList<ArrivedRequest> Ours => [.. Server.Requests.Where(IsOurs)];

    public IEnumerable<ArrivedRequest> Writes => Ours.Where(r => r.Method != "GET");

    /// <summary>Those of the tenant, whatever happens to others.</summary>
    public IReadOnlyList<JObject> All(AccessKind kind) => [.. JObject.Parse(Send("GET", kind.Path, null))["value"]!.Cast<JObject>().Where(s => (string?)s["policyType"] != "builtIn")];

    public AccessChangeResult Apply(AccessCreation creation, CancellationToken token = default) => new AccessChangeEngine(Session, Client).Apply(creation, new ChangeContext(Folder, new GuardLimits()), token);

    /// <summary>The lines of the one journal.</summary>
    public IReadOnlyList<JObject> Journal() => [.. File.ReadLines(Assert.Single(Directory.GetFiles(Path.Combine(Folder, AccessChangeEngine.FolderName)))).Select(JObject.Parse)];

    /// <summary>What happens to our own requests, the first being 0.</summary>
    public void OnRequest(Func<ArrivedRequest, int, Fault?> fault)
    {
        var number = -1;
        Server.Faults = (request, _) => IsOurs(request) ? fault(request, Interlocked.Increment(ref number)) : null;
    }

    /// <summary>Lets Graph have a request whose answer is then lost; what it refuses is lost as well.</summary>
    public void Forward(ArrivedRequest request) => Answer(request.Method, request.Path, request.Body.Length > 0 ? JObject.Parse(request.Body) : null, out _);

    /// <summary>Somebody else asks.</summary>
    public string Send(string method, string path, JObject? body) => Answer(method, path, body, out var text) ? text : throw new InvalidOperationException(text);

    public void Dispose()
    {
        _somebodyElse.Dispose();
        Tenant.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static JObject StrengthBody(string name = Name, params string[] combinations) => new() { ["displayName"] = name, ["description"] = "", ["allowedCombinations"] = new JArray("fido2", combinations) };

    public static JObject ModelsBody(params string[] aaGuids) => new() { ["@odata.type"] = "#microsoft.graph.fido2CombinationConfiguration", ["appliesToCombinations"] = new JArray("fido2"), ["allowedAAGUIDs"] = new JArray(aaGuids) };

    public static AccessCreation Strength(params string[] aaGuids) => new(AccessKind.Strength, Name, StrengthBody()) { Command = "New-Something", Restriction = aaGuids.Length == 0 ? null : ModelsBody(aaGuids) };

    public static AccessCreation Policy() => new(AccessKind.Policy, Name, new JObject
    {
        ["displayName"] = Name,
        ["state"] = "enabledForReportingButNotEnforced",
        ["conditions"] = new JObject
        {
            ["clientAppTypes"] = new JArray("all"),
            ["applications"] = new JObject { ["includeApplications"] = new JArray("All") },
            ["users"] = new JObject { ["includeGroups"] = new JArray(UsersFixture.Pilot), ["excludeGroups"] = new JArray(UsersFixture.Excluded) },
        },
        ["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray(), ["authenticationStrength"] = new JObject { ["id"] = "00000000-0000-0000-0000-000000000004" } },
    })
    { Command = "New-Something" };

    private static bool IsOurs(ArrivedRequest request) => (request.Path.Contains("/authenticationStrength", StringComparison.Ordinal) || request.Path.Contains(AccessSource.PoliciesPath, StringComparison.Ordinal)) && !request.Headers.ContainsKey(Bypass);

    private bool Answer(string method, string path, JObject? body, out string text)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.Address, path));
        request.Headers.Add(Bypass, "1");
        if (body is not null) request.Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json");
        using var answer = _somebodyElse.Send(request);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        text = reader.ReadToEnd();
        return answer.IsSuccessStatusCode;
    }
}
