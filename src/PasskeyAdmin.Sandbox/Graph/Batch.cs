using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>POST /$batch: up to twenty requests, each with an answer of its own (reference/graph-users-and-usage.md §7, learn.microsoft.com/graph/json-batching).</summary>
internal static class Batch
{
    private const int MaximumRequests = 20;

    /// <summary>An address of its own. Within a query, as in a filter, there may be one.</summary>
    private static readonly Regex Scheme = new(@"\A[A-Za-z][A-Za-z0-9+.\-]*://", RegexOptions.CultureInvariant);

    public static SandboxAnswer Answer(SandboxRequest batch, Func<SandboxRequest, SandboxRefusal?, SandboxAnswer> answer)
    {
        if (batch.Method is not "POST") throw SandboxRefusal.WrongMethod(batch.Method, batch.Uri.AbsolutePath, "POST");
        QueryOptions.Of(batch);
        // All are read before the first is answered: a batch that is refused has done nothing.
        var requests = ReadItems(batch).Select(i => (Item: i, Request: Read(batch, i))).ToList();
        // Answers come as they are ready, so a caller must go by their ids; here it is the last one first.
        var answers = requests.Select(r => AnswerOne(r.Item, r.Request, answer)).Reverse().ToList();
        return SandboxAnswer.Ok(new JObject { ["responses"] = new JArray(answers) });
    }

    private static IReadOnlyList<JObject> ReadItems(SandboxRequest batch)
    {
        batch.RequireJson();
        if (!StrictJson.IsValid(batch.Body ?? "") || Parse(batch.Body ?? "") is not { } body || body["requests"] is not JArray { Count: > 0 } list || list.Any(r => r is not JObject))
            throw Refused("Invalid batch payload format: an object with a list 'requests' of one to 20 requests is needed.");
        if (list.Count > MaximumRequests) throw Refused($"Number of batch request steps exceeds the maximum value of {MaximumRequests}.");
        IReadOnlyList<JObject> requests = [.. list.Cast<JObject>()];
        if (requests.Any(r => r["id"] is not JValue { Value: string { Length: > 0 } })) throw Refused("Every request of a batch must have an 'id' that is a text.");
        if (requests.Select(r => JsonText.Of(r, "id")).Distinct().Count() != requests.Count) throw Refused("Invalid batch payload: two requests have the same 'id'.");
        if (requests.Any(r => r["dependsOn"] is { Type: not JTokenType.Null })) throw SandboxRefusal.NotKnown("'dependsOn' in a batch");
        return requests;
    }

    private static JObject AnswerOne(JObject item, SandboxRequest request, Func<SandboxRequest, SandboxRefusal?, SandboxAnswer> answer)
    {
        var result = answer(request, Refusal(request));
        var headers = new JObject();
        foreach (var header in result.Headers) headers[header.Key] = header.Value;
        var response = new JObject { ["id"] = item["id"]!.DeepClone(), ["status"] = result.Status, ["headers"] = headers };
        if (result.Text is { } text)
        {
            headers["Content-Type"] = "text/plain";
            response["body"] = text;
            return response;
        }
        if (result.Body is null) return response;
        headers["Content-Type"] = "application/json";
        response["body"] = result.Body;
        return response;
    }

    private static SandboxRequest Read(SandboxRequest batch, JObject item)
    {
        if (item["method"] is not JValue { Value: string method } || item["url"] is not JValue { Value: string url }) throw Refused($"Request '{item["id"]}' needs a 'method' and a 'url'.");
        // Urls are relative to the version of the batch.
        if (Scheme.IsMatch(url) || !Uri.TryCreate($"{batch.Root}/{url.TrimStart('/')}", UriKind.Absolute, out var uri)) throw Refused($"The url of request '{item["id"]}' must be relative, such as /groups.");
        return new SandboxRequest
        {
            Method = method.ToUpperInvariant(),
            Uri = uri,
            Body = item["body"] is { Type: not JTokenType.Null } body ? TenantJson.Compact(body) : null,
            ContentType = Header(item, "Content-Type").FirstOrDefault(),
            Preferences = SandboxRequest.ParsePreferences(Header(item, "Prefer")),
            IsEventual = Header(item, "ConsistencyLevel").Any(v => v.Equals("eventual", StringComparison.OrdinalIgnoreCase)),
            ClientRequestId = Header(item, "client-request-id").FirstOrDefault() ?? batch.ClientRequestId,
        };
    }

    /// <summary>Why one request of a batch is refused by itself; the others go on.</summary>
    private static SandboxRefusal? Refusal(SandboxRequest request)
    {
        if (GraphRouter.IsBatch(request)) return SandboxRefusal.NotKnown("a batch within a batch");
        if (request.Method is not ("GET" or "PATCH" or "POST" or "DELETE")) return SandboxRefusal.NotKnown($"the method {request.Method} in a batch");
        return null;
    }

    private static IEnumerable<string> Header(JObject item, string name) =>
        (item["headers"] as JObject ?? []).Properties().Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => (h.Value as JValue)?.Value as string).OfType<string>();

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

    private static SandboxRefusal Refused(string message) => new(400, "BadRequest", message);
}
