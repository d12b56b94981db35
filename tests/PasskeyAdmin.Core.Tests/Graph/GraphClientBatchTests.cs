using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Graph;

/// <summary>Many reads at once: cut into batches, answered in any order, handed on in ours.</summary>
public sealed class GraphClientBatchTests : IDisposable
{
    private readonly GraphFixture _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Batches_are_cut_at_twenty_and_answers_come_in_our_order()
    {
        _graph.Server.Faults = (r, _) => Answer(r, _ => 200, reverse: true);
        Assert.Equal(Enumerable.Range(0, 45).Select(i => $"/groups/{i}"), Names(Groups(45)));
        // Batches overlap, so they may arrive in another order than they left.
        Assert.Equal([5, 20, 20], Sizes().Order());
    }

    [Fact]
    public void One_path_needs_no_batch()
    {
        _graph.Server.Faults = (r, _) => Fault.Reply(200, """{"name":"x"}""");
        Assert.Equal(["x"], Names(["/v1.0/groups/1"]));
        Assert.Equal("GET", Assert.Single(_graph.Server.Requests).Method);
    }

    [Fact]
    public void No_path_is_no_request()
    {
        Assert.Empty(Names([]));
        Assert.Empty(_graph.Server.Requests);
    }

    [Fact]
    public void A_batch_holds_paths_of_one_version_only()
    {
        _graph.Server.Faults = (r, _) => Answer(r, _ => 200);
        Assert.Equal(["/groups/1", "/groups/2", "/users/3", "/users/4"], Names(["/v1.0/groups/1", "/v1.0/groups/2", "/beta/users/3", "/beta/users/4"]));
        Assert.Equal(["/beta/$batch", "/v1.0/$batch"], _graph.Server.Requests.Select(r => r.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Requests_in_a_batch_ask_for_unknown_members_too()
    {
        _graph.Server.Faults = (r, _) => Answer(r, _ => 200);
        Names(Groups(2)).ForEach(_ => { });
        Assert.All(Asked(_graph.Server.Requests[0]), q => Assert.Equal("include-unknown-enum-members", (string?)q["headers"]?["Prefer"]));
    }

    [Fact]
    public void Of_a_slow_class_no_more_go_into_a_batch_than_may_leave_at_once()
    {
        _graph.Server.Faults = (r, _) => r.Method == "GET" ? Fault.Reply(200, """{"name":"single"}""") : Answer(r, _ => 200);
        Names([.. Enumerable.Range(0, 11).Select(i => $"/v1.0/users/{i}/authentication/fido2Methods"), "/v1.0/identity/conditionalAccess/policies/1", "/v1.0/identity/conditionalAccess/policies/2"]);
        Assert.Equal([1, 1, 1, 5, 5], _graph.Server.Requests.Select(r => r.Method == "GET" ? 1 : Asked(r).Count()).Order());
    }

    [Fact]
    public void Those_that_were_turned_away_are_asked_again_after_the_longest_pause()
    {
        _graph.Server.Faults = (r, n) => Answer(r, id => n == 0 && id is "3" or "7" ? 429 : 200, retryAfter: id => id == "3" ? 4 : 9);
        Assert.Equal(10, Names(Groups(10)).Count);
        Assert.Equal([10, 2], Sizes());
        Assert.Equal(TimeSpan.FromSeconds(9), Assert.Single(_graph.Clock.Waits));
    }

    [Fact]
    public void As_long_as_some_are_answered_the_others_are_asked_again()
    {
        // One answer a time, more often than the tries for a single read.
        _graph.Server.Faults = (r, _) => Answer(r, id => id == (string)Asked(r).First()["id"]! ? 200 : 429, retryAfter: _ => 1);
        Assert.Equal(9, Names(Groups(9)).Count);
        Assert.Equal(9, _graph.Server.Requests.Count);
    }

    [Fact]
    public void One_that_is_turned_away_for_good_costs_itself_only()
    {
        _graph.Server.Faults = (r, _) => Answer(r, id => id == "1" ? 429 : 200, retryAfter: _ => 1);
        var answers = _graph.Client.GetMany(Groups(3), CancellationToken.None).ToList();
        Assert.Equal([200, 429, 200], answers.Select(a => a.Status));
        Assert.Equal("GraphThrottled", _graph.Client.ErrorOf(answers[1], "/v1.0/groups/1").ErrorId);
    }

    [Fact]
    public void Each_has_its_own_error()
    {
        _graph.Server.Faults = (r, _) => Answer(r, id => id switch { "0" => 404, "1" => 403, "2" => 302, _ => 200 });
        var answers = _graph.Client.GetMany(Groups(4), CancellationToken.None).ToList();
        Assert.Equal(["GraphNotFound", "AccessDenied", "GraphRedirectRefused"], answers.Take(3).Select(a => _graph.Client.ErrorOf(a, "/v1.0/groups/x").ErrorId));
        Assert.True(answers[3].IsSuccess);
        Assert.Equal("00000000-0000-0000-0000-000000000000", answers[0].RequestId);
    }

    [Theory]
    [InlineData("""{"responses":[]}""")]
    [InlineData("""{"nothing":1}""")]
    [InlineData("""{"responses":[{"id":1,"status":200,"body":{}},{"id":"0","status":"200"},7,{"id":"99","status":200,"body":{}}]}""")]
    public void Parts_that_are_missing_are_asked_again_and_then_faults(string body)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(200, body);
        var answers = _graph.Client.GetMany(Groups(2), CancellationToken.None).ToList();
        Assert.All(answers, a => Assert.Equal("GraphAnswerUnreadable", _graph.Client.ErrorOf(a, "/v1.0/groups/x").ErrorId));
        Assert.Equal(2, _graph.Server.Requests.Count);
    }

    [Fact]
    public void Of_two_answers_to_one_request_the_first_counts()
    {
        _graph.Server.Faults = (r, _) => Fault.Reply(200, new JObject { ["responses"] = new JArray(Part("0", "first", 200, null), Part("0", "second", 200, null), Part("1", "x", 200, null)) }.ToString());
        Assert.Equal(["first", "x"], Names(Groups(2)));
    }

    [Fact]
    public void A_batch_that_is_refused_is_refused_for_each()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(401, "{}");
        Assert.All(_graph.Client.GetMany(Groups(3), CancellationToken.None).ToList(), a => Assert.Equal(401, a.Status));
        Assert.Single(_graph.Server.Requests);
    }

    [Fact]
    public void A_batch_that_is_not_found_says_nothing_of_what_was_asked_for()
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(404, "{}");
        var answers = _graph.Client.GetMany(Groups(2), CancellationToken.None).ToList();
        Assert.All(answers, a => Assert.False(a.IsGone));
        Assert.Contains("/v1.0/$batch does not exist", _graph.Client.ErrorOf(answers[0], "/v1.0/groups/0").Message, StringComparison.Ordinal);
        _graph.Server.Faults = (r, _) => Answer(r, _ => 404);
        Assert.All(_graph.Client.GetMany(Groups(2), CancellationToken.None).ToList(), a => Assert.True(a.IsGone));
    }

    [Theory]
    [InlineData("date", 42)]
    [InlineData("7", 7)]
    [InlineData("-Infinity", 0.75)]
    [InlineData("soon", 0.75)]
    public void Retry_After_is_read_inside_a_batch_too(string value, double seconds)
    {
        var text = value == "date" ? _graph.Clock.UtcNow.AddSeconds(42).ToString("R", System.Globalization.CultureInfo.InvariantCulture) : value;
        _graph.Server.Faults = (r, n) => n > 0 ? Answer(r, _ => 200) : Fault.Reply(200, new JObject
        {
            ["responses"] = new JArray(new JObject { ["id"] = "0", ["status"] = 429, ["headers"] = new JObject { ["retry-after"] = text } }, Part("1", "/groups/1", 200, null)),
        }.ToString());
        Assert.Equal(2, _graph.Client.GetMany(Groups(2), CancellationToken.None).Count(a => a.IsSuccess || a.Status == 404));
        Assert.Equal(seconds, Assert.Single(_graph.Clock.Waits).TotalSeconds, 3);
    }

    [Fact]
    public void A_batch_that_breaks_off_is_sent_again()
    {
        _graph.Server.Faults = (r, n) => n == 0 ? Fault.Reset : Answer(r, _ => 200);
        Assert.Equal(3, Names(Groups(3)).Count);
    }

    [Fact]
    public void Whoever_stops_reading_stops_the_requests()
    {
        _graph.Server.Faults = (r, _) => Answer(r, _ => 200);
        var taken = 0;
        IEnumerable<string> Endless()
        {
            for (var i = 0; ; i++)
            {
                taken++;
                yield return $"/v1.0/groups/{i}";
            }
        }
        Assert.Equal(25, _graph.Client.GetMany(Endless(), CancellationToken.None).Take(25).Count());
        Assert.InRange(taken, 26, (GraphTraffic.MaximumInFlight + 2) * GraphBatch.MaximumSize);
    }

    private static List<string> Groups(int count) => [.. Enumerable.Range(0, count).Select(i => $"/v1.0/groups/{i}")];

    private List<string> Names(IEnumerable<string> paths) => [.. _graph.Client.GetMany(paths, CancellationToken.None).Select(a => (string)_graph.Client.BodyOf(a, "/v1.0/groups/x")["name"]!)];

    private IEnumerable<int> Sizes() => _graph.Server.Requests.Select(r => r.Method == "GET" ? 1 : Asked(r).Count());

    private static IEnumerable<JToken> Asked(ArrivedRequest request) => JObject.Parse(request.Body)["requests"]!;

    /// <summary>Answers a batch, or a single read, as Graph would; each object is called what its address is.</summary>
    private static Fault Answer(ArrivedRequest request, Func<string, int> status, Func<string, int>? retryAfter = null, bool reverse = false)
    {
        if (request.Method == "GET") return Fault.Reply(200, new JObject { ["name"] = request.Path["/v1.0".Length..] }.ToString());
        var answers = Asked(request).Select(q => Part((string)q["id"]!, (string)q["url"]!, status((string)q["id"]!), retryAfter));
        return Fault.Reply(200, new JObject { ["responses"] = new JArray(reverse ? answers.Reverse() : answers) }.ToString());
    }

    private static JObject Part(string id, string url, int status, Func<string, int>? retryAfter) => new()
    {
        ["id"] = id,
        ["status"] = status,
        ["headers"] = status == 429 && retryAfter is not null ? new JObject { ["Retry-After"] = retryAfter(id).ToString(System.Globalization.CultureInfo.InvariantCulture) } : new JObject(),
        ["body"] = status == 200
            ? new JObject { ["name"] = url }
            : new JObject { ["error"] = new JObject { ["code"] = "code", ["message"] = "no", ["innerError"] = new JObject { ["request-id"] = $"00000000-0000-0000-0000-00000000000{id}" } } },
    };
}
