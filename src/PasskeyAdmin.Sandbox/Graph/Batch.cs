using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>POST /$batch: up to twenty requests, each with an answer of its own (reference/graph-users-and-usage.md §7, learn.microsoft.com/graph/json-batching).</summary>
internal static class Batch
{
    private const int MaximumRequests = 20;

    public static GraphAnswer Answer(GraphRequest batch, Func<GraphRequest, GraphErrorException?, GraphAnswer> answer)
    {
        if (batch.Method is not "POST") throw GraphErrorException.WrongMethod(batch.Method, batch.Uri.AbsolutePath, "POST");
        QueryOptions.Of(batch);
        var requests = ReadRequests(batch);
        // Answers come as they are ready, so a caller must go by their ids; here it is the last one first.
        var answers = requests.Select(r => AnswerOne(batch, r, answer)).Reverse().ToList();
        return GraphAnswer.Ok(new JObject { ["responses"] = new JArray(answers) });
    }

    private static IReadOnlyList<JObject> ReadRequests(GraphRequest batch)
    {
        if (Parse(batch.Body ?? "") is not { } body || body["requests"] is not JArray { Count: > 0 } list || list.Any(r => r is not JObject))
            throw Refused("Invalid batch payload format: an object with a list 'requests' of one to 20 requests is needed.");
        if (list.Count > MaximumRequests) throw Refused($"Number of batch request steps exceeds the maximum value of {MaximumRequests}.");
        IReadOnlyList<JObject> requests = [.. list.Cast<JObject>()];
        if (requests.Any(r => r["id"] is not JValue { Value: string { Length: > 0 } })) throw Refused("Every request of a batch must have an 'id' that is a text.");
        if (requests.Select(r => (string)r["id"]!).Distinct().Count() != requests.Count) throw Refused("Invalid batch payload: two requests have the same 'id'.");
        if (requests.Any(r => r["dependsOn"] is { Type: not JTokenType.Null })) throw GraphErrorException.NotKnown("'dependsOn' in a batch");
        return requests;
    }

    private static JObject AnswerOne(GraphRequest batch, JObject item, Func<GraphRequest, GraphErrorException?, GraphAnswer> answer)
    {
        var request = Read(batch, item);
        var result = answer(request, Refusal(request, item));
        var headers = new JObject();
        foreach (var header in result.Headers) headers[header.Key] = header.Value;
        var response = new JObject { ["id"] = item["id"]!.DeepClone(), ["status"] = result.Status, ["headers"] = headers };
        if (result.Body is null) return response;
        headers["Content-Type"] = "application/json";
        response["body"] = result.Body;
        return response;
    }

    private static GraphRequest Read(GraphRequest batch, JObject item)
    {
        if (item["method"] is not JValue { Value: string method } || item["url"] is not JValue { Value: string url }) throw Refused($"Request '{item["id"]}' needs a 'method' and a 'url'.");
        // Urls are relative to the version of the batch.
        if (url.Contains("://") || !Uri.TryCreate($"{batch.Root}/{url.TrimStart('/')}", UriKind.Absolute, out var uri)) throw Refused($"The url of request '{item["id"]}' must be relative, such as /groups.");
        return new GraphRequest
        {
            Method = method.ToUpperInvariant(),
            Uri = uri,
            Body = item["body"] is { Type: not JTokenType.Null } body ? TenantJson.Compact(body) : null,
            Preferences = GraphRequest.ParsePreferences(Header(item, "Prefer")),
            ClientRequestId = Header(item, "client-request-id").FirstOrDefault() ?? batch.ClientRequestId,
        };
    }

    /// <summary>Why one request of a batch is refused by itself; the others go on.</summary>
    private static GraphErrorException? Refusal(GraphRequest request, JObject item)
    {
        if (GraphRouter.IsBatch(request)) return GraphErrorException.NotKnown("a batch within a batch");
        if (request.Method is not ("GET" or "PATCH")) return GraphErrorException.NotKnown($"the method {request.Method} in a batch");
        return request.Body is not null && !Header(item, "Content-Type").Any() ? Refused($"Request '{item["id"]}' has a body and no Content-Type header.") : null;
    }

    private static IEnumerable<string> Header(JObject item, string name) =>
        (item["headers"] as JObject ?? []).Properties().Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => (string?)(h.Value as JValue)).OfType<string>();

    private static JObject? Parse(string text)
    {
        try
        {
            return TenantJson.Read(text) as JObject;
        }
        catch (JsonReaderException)
        {
            return null;
        }
    }

    private static GraphErrorException Refused(string message) => new(400, "BadRequest", message);
}
