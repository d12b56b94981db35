using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A made-up tenant behind a loopback server, and a folder for journals.</summary>
internal sealed class ChangesFixture : IDisposable
{
    public const string Third = "20000000-0000-4000-8000-000000000003";
    public const string Spare = "b1c3e1d7-52f4-4b8a-8e06-73d5f1b29c41";

    /// <summary>Somebody who is not there for the faults.</summary>
    private const string Bypass = "X-Bypass";

    private readonly HttpClient _somebodyElse = new();
    private string? _nameBefore;

    public ChangesFixture(JObject? settings = null, Action<UsersFixture>? prepare = null, string? account = null)
    {
        foreach (var setting in settings?.Properties() ?? []) Tenant.Settings[setting.Name] = setting.Value;
        Tenant.Group(Third, "Third", UsersFixture.IdOf("ann"));
        Tenant.Profiles.Add(UsersFixture.Profile(Spare, "Spare", "deviceBound", "block", UsersFixture.YubiKey));
        Tenant.User("ann", isPilot: true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound", UsersFixture.YubiKey));
        Tenant.User("bob");
        Tenant.Join(UsersFixture.Excluded, UsersFixture.IdOf("bob"));
        prepare?.Invoke(Tenant);
        Session = account is null ? Tenant.Session() : new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = Tenant.Session().TenantId, TenantName = "Contoso", Account = account }, Tenant.Graph.Connection, new GraphTraffic(Tenant.Graph.Clock, () => 0.5));
        Client = Session.CreateClient(Log.Add);
        Source = new PasskeyPolicySource(Session, Client, UsersFixture.Catalog);
        Planner = new PolicyPlanner(Session, Client, UsersFixture.Catalog);
    }

    public UsersFixture Tenant { get; } = new();

    public TenantSession Session { get; }

    public GraphClient Client { get; }

    public PasskeyPolicySource Source { get; }

    public PolicyPlanner Planner { get; }

    public List<string> Log { get; } = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("passkeyadmin-changes-").FullName;

    public GraphServer Server => Tenant.Graph.Server;

    /// <summary>What arrived for the policy, but for what somebody else asked.</summary>
    public IReadOnlyList<ArrivedRequest> OnPolicy => [.. Server.Requests.Where(IsOurs)];

    public IEnumerable<ArrivedRequest> Writes => OnPolicy.Where(r => r.Method == "PATCH");

    public string OtherEdit { get; } = "Renamed by somebody else";

    public PasskeyPolicyPlan Plan(Action<PolicyEditor> edit)
    {
        var current = Source.Read(CancellationToken.None);
        var editor = new PolicyEditor(current);
        editor.Do(edit);
        return Planner.Plan(current, editor, "Set-Something", CancellationToken.None);
    }

    public ChangeResult Apply(PasskeyPolicyPlan plan, CancellationToken token = default) =>
        new PolicyChangeEngine(Session, Client, UsersFixture.Catalog).Apply(plan, new ChangeContext(Folder, new GuardLimits()), token);

    public ChangeResult Apply(Action<PolicyEditor> edit) => Apply(Plan(edit));

    public PasskeyPolicyPlan Undo(PasskeyPolicyChange change) => Planner.Undo(Source.Read(CancellationToken.None), change, new ChangeHistory(Folder).Read((_, e) => throw e), "Undo-Something", CancellationToken.None);

    /// <summary>The change as its file tells it.</summary>
    public PasskeyPolicyChange Journalled() => new ChangeHistory(Folder).Read((_, e) => throw e)[0];

    /// <summary>The policy as the tenant has it, whatever happens to others.</summary>
    public JObject Policy() => JObject.Parse(Send(HttpMethod.Get, null));

    /// <summary>Somebody else writes.</summary>
    public void Write(JObject body) => Send(HttpMethod.Patch, body);

    /// <summary>Somebody else gives a profile another name: the one that nobody uses, where it is there.</summary>
    public void EditElsewhere()
    {
        var policy = Policy();
        var profile = policy["passkeyProfiles"]!.FirstOrDefault(p => (string?)p["id"] == Spare) ?? policy["passkeyProfiles"]![1]!;
        _nameBefore = (string?)profile["name"];
        profile["name"] = OtherEdit;
        Write(new JObject { ["@odata.type"] = PolicyDocument.Type, ["passkeyProfiles"] = policy["passkeyProfiles"] });
    }

    /// <summary>The policy without what somebody else did.</summary>
    public JObject WithoutOtherEdit(JObject policy)
    {
        var copy = (JObject)policy.DeepClone();
        copy["passkeyProfiles"]!.First(p => (string?)p["name"] == OtherEdit)["name"] = _nameBefore;
        return copy;
    }

    public bool HasOtherEdit(JObject? policy = null) => (policy ?? Policy())["passkeyProfiles"]!.Any(p => (string?)p["name"] == OtherEdit);

    /// <summary>What happens to our own requests for the policy, the first being 0.</summary>
    public void OnPolicyRequest(Func<ArrivedRequest, int, Fault?> fault)
    {
        var number = -1;
        Server.Faults = (request, _) => IsOurs(request) ? fault(request, Interlocked.Increment(ref number)) : null;
    }

    /// <summary>Lets Graph have a request whose answer is then lost.</summary>
    public void Forward(ArrivedRequest request) => Send(new HttpMethod(request.Method), request.Body.Length > 0 ? JObject.Parse(request.Body) : null);

    public void Dispose()
    {
        _somebodyElse.Dispose();
        Tenant.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static bool IsOurs(ArrivedRequest request) => request.Path.EndsWith("/fido2", StringComparison.Ordinal) && !request.Headers.ContainsKey(Bypass);

    private string Send(HttpMethod method, JObject? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.Address, PasskeyPolicySource.Path));
        request.Headers.Add(Bypass, "1");
        request.Headers.Add("Prefer", "include-unknown-enum-members");
        if (body is not null) request.Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json");
        using var answer = _somebodyElse.Send(request);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        var text = reader.ReadToEnd();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }
}
