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
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A made-up tenant behind a loopback server whose users' methods are changed, and a folder for journals. Ann is in the pilot and has no role.</summary>
internal sealed class HelpdeskFixture : IDisposable
{
    /// <summary>Somebody who is not there for the faults.</summary>
    private const string Bypass = "X-Bypass";

    private readonly HttpClient _somebodyElse = new();

    public HelpdeskFixture(Action<UsersFixture>? prepare = null)
    {
        if (prepare is null) Tenant.User("ann");
        else prepare(Tenant);
        Session = Tenant.Session();
        Client = Session.CreateClient(Log.Add);
    }

    public UsersFixture Tenant { get; } = new();

    public TenantSession Session { get; }

    public GraphClient Client { get; }

    public List<string> Log { get; } = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("passkeyadmin-helpdesk-").FullName;

    public GraphServer Server => Tenant.Graph.Server;

    public VirtualClock Clock => Tenant.Graph.Clock;

    /// <summary>What arrived of ours and is about methods or sessions of users, after the last call of <see cref="OnRequest"/>.</summary>
    public IReadOnlyList<ArrivedRequest> Ours => [.. Server.Requests.Skip(_before).Where(IsOurs)];

    public IReadOnlyList<ArrivedRequest> Writes => [.. Ours.Where(r => r.Method is not "GET" && !r.Path.EndsWith("/$batch", StringComparison.Ordinal))];

    private int _before;

    /// <summary>The lines of the one journal.</summary>
    public IReadOnlyList<JObject> Journal() => [.. File.ReadLines(JournalPath).Select(JObject.Parse)];

    public string JournalPath => Assert.Single(Directory.GetFiles(Path.Combine(Folder, UserChangeJournal.FolderName)));

    /// <summary>What happens to our own requests from now on, the first being 0.</summary>
    public void OnRequest(Func<ArrivedRequest, int, Fault?> fault)
    {
        var number = -1;
        _before = Server.Requests.Count;
        Server.Faults = (request, _) => IsOurs(request) ? fault(request, Interlocked.Increment(ref number)) : null;
    }

    /// <summary>Lets Graph have a request whose answer is then lost; what it refuses is lost as well.</summary>
    /// <returns>The lost answer.</returns>
    public string Forward(ArrivedRequest request)
    {
        Answer(request.Method, request.Path, request.Body.Length > 0 ? JObject.Parse(request.Body) : null, out var text);
        return text;
    }

    /// <summary>Somebody else asks.</summary>
    public string Send(string method, string path, JObject? body = null) => Answer(method, path, body, out var text) ? text : throw new InvalidOperationException(text);

    /// <summary>The methods of a user, of one kind, whatever happens to others.</summary>
    public IReadOnlyList<JObject> Methods(string user, string list) => [.. JObject.Parse(Send("GET", $"/v1.0/users/{UsersFixture.IdOf(user)}/authentication/{list}"))["value"]!.Cast<JObject>()];

    public Fault TimeOut() => Fault.Silence.After(() => Clock.Advance(GraphSender.RequestTimeout));

    /// <summary>What happens to a request, once or from then on.</summary>
    public static Dictionary<string, Func<HelpdeskFixture, ArrivedRequest, Fault?>> Faults { get; } = new()
    {
        ["reset before"] = (_, _) => Fault.Reset,
        ["reset after"] = (t, r) => Fault.Reset.After(() => t.Forward(r)),
        ["429"] = (_, _) => Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}"""),
        ["400"] = (_, _) => Fault.Reply(400, """{"error":{"code":"badRequest","message":"No."}}"""),
        ["401"] = (_, _) => Fault.Reply(401, """{"error":{"code":"InvalidAuthenticationToken","message":"No."}}"""),
        ["403"] = (_, _) => Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}"""),
        ["404"] = (_, _) => Fault.Reply(404, """{"error":{"code":"notFound","message":"No."}}"""),
        ["500"] = (_, _) => Fault.Reply(500, """{"error":{"code":"generalException","message":"Oops."}}"""),
        ["500 after"] = (t, r) => Fault.Reply(500, "").After(() => t.Forward(r)),
        ["503"] = (_, _) => Fault.Reply(503, "", ("Retry-After", "1")),
        ["504"] = (_, _) => Fault.Reply(504, ""),
        ["504 after"] = (t, r) => Fault.Reply(504, "").After(() => t.Forward(r)),
        ["timeout before"] = (t, _) => t.TimeOut(),
        ["timeout after"] = (t, r) => t.TimeOut().After(() => t.Forward(r)),
        ["garbage"] = (_, _) => Fault.Reply(200, "<html>", "text/html"),
        ["garbage after"] = (t, r) => Cut(t.Forward(r)),
        ["broken JSON after"] = (t, r) => Fault.Reply(201, t.Forward(r).Replace("\"TAP-", "TAP-", StringComparison.Ordinal).Replace("\"value\":", "\"value\" ", StringComparison.Ordinal)),
        ["204 without effect"] = (_, r) => r.Method is "GET" ? null : Fault.Reply(204, ""),
        ["204 after"] = (t, r) => r.Method is "GET" ? null : Fault.Reply(204, "").After(() => t.Forward(r)),
        ["201 without effect"] = (_, r) => r.Method is "POST" ? Fault.Reply(201, $$"""{"id":"{{Guid.NewGuid()}}"}""") : null,
    };

    public void Dispose()
    {
        _somebodyElse.Dispose();
        Tenant.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Half of an answer, as JSON that ends too early.</summary>
    private static Fault Cut(string text) => Fault.Reply(201, text.Length > 20 ? text[..^6] : "{\"a\":");

    private static bool IsOurs(ArrivedRequest request) =>
        ((request.Path + request.Body).Contains("/authentication/", StringComparison.OrdinalIgnoreCase) || request.Path.EndsWith("/revokeSignInSessions", StringComparison.Ordinal) || request.Path.Contains("signInSessionsValidFromDateTime", StringComparison.Ordinal)) && !request.Headers.ContainsKey(Bypass);

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
