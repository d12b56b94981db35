using System;
using System.Collections.Generic;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>A request at the endpoint that answers it.</summary>
/// <param name="Ids">What the pattern of the route leaves open, in its order.</param>
/// <param name="Now">By the clock of the tenant.</param>
internal sealed record GraphCall(SandboxRequest Request, SandboxTenant Sandbox, TenantDocument Tenant, IReadOnlyList<string> Ids, Func<Guid> NewGuid, DateTimeOffset Now)
{
    public DirectoryData Directory => Tenant.Directory;

    public bool IsBeta => Request.IsBeta;

    public QueryOptions Options(params string[] known) => QueryOptions.Of(Request, known);

    /// <summary>The JSON object that was sent.</summary>
    public JObject Body()
    {
        Request.RequireJson();
        if (Request.Body is { } text && !StrictJson.IsValid(text) && IsReadable(text)) throw SandboxRefusal.BadRequest("Unable to read JSON request payload: it is not JSON to the letter (single quotation marks, comments, commas at the end).");
        try
        {
            return TenantJson.Read(Request.Body ?? "", TenantJson.MaximumDepthOfBody) as JObject ?? throw SandboxRefusal.BadRequest("The body of the request must be a JSON object.");
        }
        catch (JsonReaderException e)
        {
            throw SandboxRefusal.BadRequest($"Unable to read JSON request payload. Line {JsonFault.Line(e)}: {TenantJson.Reason(e)}.");
        }
    }

    /// <summary>What the kinder reader does not understand either, it explains better.</summary>
    private static bool IsReadable(string text)
    {
        try
        {
            TenantJson.Read(text, TenantJson.MaximumDepthOfBody);
            return true;
        }
        catch (JsonReaderException)
        {
            return false;
        }
    }

    public SandboxAnswer Commit(TenantChange change, SandboxAnswer? answer = null)
    {
        Sandbox.Commit(Tenant.Mark(change, Now));
        return answer ?? SandboxAnswer.NoContent;
    }

    /// <summary>A page of a list, with the link to the next.</summary>
    /// <param name="context">What the list is of, as in <c>@odata.context</c>.</param>
    public SandboxAnswer Page(QueryOptions options, string context, IReadOnlyList<JObject> items, Func<JObject, JObject> shown, int standard = QueryOptions.DefaultPage, int most = QueryOptions.MaximumPage)
    {
        var first = 0;
        if (options.SkipToken is { } token)
        {
            // The ids of the last object that was given and of the next: objects that come or go between two pages neither repeat nor hide others.
            var ids = token.Split('|');
            first = ids.Length == 2 && IndexOf(items, ids[1]) is >= 0 and var next ? next : IndexOf(items, ids[0]) is >= 0 and var last ? last + 1 : -1;
            if (first < 0) throw new SandboxRefusal(400, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request.");
        }
        var end = Math.Min(items.Count, first + options.Top(standard, most));
        var body = new JObject { ["@odata.context"] = $"{Request.Root}/$metadata#{context}{Chosen(options)}" };
        if (options.Count) body["@odata.count"] = items.Count;
        if (end < items.Count) body["@odata.nextLink"] = options.NextLink(Request, $"{TenantDocument.IdOf(items[end - 1])}|{TenantDocument.IdOf(items[end])}");
        var page = new JArray();
        for (var i = first; i < end; i++) page.Add(shown(items[i]));
        body["value"] = page;
        return SandboxAnswer.Ok(body);
    }

    /// <summary>A list that Graph gives in one piece.</summary>
    public SandboxAnswer Whole(string context, IEnumerable<JObject> items) =>
        SandboxAnswer.Ok(new JObject { ["@odata.context"] = $"{Request.Root}/$metadata#{context}", ["value"] = new JArray(items) });

    public SandboxAnswer Single(QueryOptions? options, string context, JObject item) => SandboxAnswer.Ok(item, $"{Request.Root}/$metadata#{context}{(options is null ? "" : Chosen(options))}/$entity");

    public SandboxAnswer Created(string context, JObject item) => Single(null, context, item) with { Status = 201 };

    private static int IndexOf(IReadOnlyList<JObject> items, string id)
    {
        if (items is ObjectList list) return list.IndexOf(id);
        for (var i = 0; i < items.Count; i++)
            if (TenantDocument.IdOf(items[i]) == id) return i;
        return -1;
    }

    private static string Chosen(QueryOptions options) => options.Select is { } names ? $"({string.Join(",", names)})" : "";
}
