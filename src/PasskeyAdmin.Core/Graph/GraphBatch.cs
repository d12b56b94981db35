using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http.Headers;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>The JSON of <c>$batch</c> (reference/graph-users-and-usage.md §7): reads only, each with an answer of its own, in any order.</summary>
internal static class GraphBatch
{
    public const int MaximumSize = 20;

    /// <summary>The version of a rooted path: <c>/v1.0</c> or <c>/beta</c>.</summary>
    public static string VersionOf(string path) => path.Substring(0, Math.Max(1, path.IndexOf('/', 1)));

    /// <param name="paths">All of one version.</param>
    /// <param name="indexes">Which of them to ask for; an index is the id of its request.</param>
    public static JObject Request(IReadOnlyList<string> paths, IEnumerable<int> indexes)
    {
        var requests = new JArray();
        foreach (var index in indexes)
        {
            requests.Add(new JObject
            {
                ["id"] = index.ToString(CultureInfo.InvariantCulture),
                ["method"] = "GET",
                ["url"] = paths[index].Substring(VersionOf(paths[index]).Length),
                // The header of the batch itself does not reach the requests in it.
                ["headers"] = new JObject { ["Prefer"] = "include-unknown-enum-members" },
            });
        }
        return new JObject { ["requests"] = requests };
    }

    /// <summary>The answers by index. What has none, or one that cannot be understood, is missing.</summary>
    /// <param name="now">What a date in Retry-After is measured by: a part has no clock of its own.</param>
    public static Dictionary<int, GraphAnswer> Read(JObject body, DateTimeOffset now)
    {
        var answers = new Dictionary<int, GraphAnswer>();
        if (body["responses"] is not JArray responses) return answers;
        foreach (var item in responses)
        {
            if (item is not JObject response || !int.TryParse((response["id"] as JValue)?.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) continue;
            if (response["status"] is not JValue { Value: long and >= 100 and < 600 and var status } || answers.ContainsKey(index)) continue;
            answers.Add(index, Read(response, (int)status, now));
        }
        return answers;
    }

    private static GraphAnswer Read(JObject response, int status, DateTimeOffset now)
    {
        var answer = new GraphAnswer { Status = status, Body = response["body"] as JObject, RetryAfter = RetryAfterOf(response["headers"] as JObject, now) };
        answer = answer with { RequestId = GraphText.RequestId(JsonText.Of(answer.Error?["innerError"] as JObject, "request-id")) };
        if (status is >= 300 and < 400) return answer with { Fault = GraphFault.Redirected, Detail = "another place" };
        return answer.IsSuccess && answer.Body is null && status != 204 ? answer with { Fault = GraphFault.Damaged, Detail = "it is no JSON object" } : answer;
    }

    private static TimeSpan? RetryAfterOf(JObject? headers, DateTimeOffset now) =>
        headers?.GetValue("Retry-After", StringComparison.OrdinalIgnoreCase) is JValue { Value: { } value }
        && RetryConditionHeaderValue.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out var parsed)
            ? GraphSender.RetryAfterOf(parsed, now)
            : null;
}
