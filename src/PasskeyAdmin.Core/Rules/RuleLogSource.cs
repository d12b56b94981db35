using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Reads what rules ask of the logs, the newest first, and no more than a number of pages: a log has no end.</summary>
internal sealed class RuleLogSource(GraphClient client, DateTimeOffset now)
{
    /// <summary>Of a thousand entries; under the limits of Microsoft Graph they take forty seconds.</summary>
    private const int MostPages = 20;

    /// <summary>As long as a tenant with a premium licence keeps its logs (reference/graph-users-and-usage.md §3).</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    public RuleSignIns SignIns(CancellationToken token)
    {
        var applications = new Dictionary<string, ApplicationUse>(StringComparer.OrdinalIgnoreCase);
        var (count, oldest) = (0, (string?)null);
        var isWhole = Read($"/v1.0/auditLogs/signIns?$filter={Uri.EscapeDataString($"createdDateTime ge {GraphDate.Text(now - Reach)}")}&$top=1000", entry =>
        {
            count++;
            oldest = JsonText.Of(entry, "createdDateTime") ?? oldest;
            if (LoggedSignIn.Of(entry) is not { IsSuccess: true, User: { } user } signIn) return;
            if (!applications.TryGetValue(signIn.ApplicationId, out var use)) applications.Add(signIn.ApplicationId, use = new ApplicationUse(signIn.ApplicationId, signIn.ApplicationName ?? signIn.ApplicationId, []));
            use.Users.Add(user);
        }, token);
        return new RuleSignIns([.. applications.Values.OrderBy(a => a.AppId, StringComparer.OrdinalIgnoreCase)], GraphDate.Parse(oldest), count, isWhole);
    }

    public RuleRenames Renames(CancellationToken token)
    {
        // As far back as the tenant keeps its log: a passkey does not come to life again.
        var renames = new List<Rename>();
        string? oldest = null;
        var isWhole = Read($"/v1.0/auditLogs/directoryAudits?$filter={Uri.EscapeDataString("activityDisplayName eq 'Update user'")}", entry =>
        {
            oldest = JsonText.Of(entry, "activityDateTime") ?? oldest;
            if (JsonText.Of(entry, "result") is { } result && !result.Equals("success", StringComparison.OrdinalIgnoreCase)) return;
            foreach (var target in (entry["targetResources"] as JArray ?? []).OfType<JObject>())
            {
                var change = (target["modifiedProperties"] as JArray ?? []).OfType<JObject>().FirstOrDefault(p => "UserPrincipalName".Equals(JsonText.Of(p, "displayName"), StringComparison.OrdinalIgnoreCase));
                if (change is null || !Guid.TryParse(JsonText.Of(target, "id"), out var user) || GraphDate.Parse(JsonText.Of(entry, "activityDateTime")) is not { } date) continue;
                var (oldName, newName) = (NameIn(JsonText.Of(change, "oldValue")), NameIn(JsonText.Of(change, "newValue")));
                if (!string.Equals(oldName, newName, StringComparison.OrdinalIgnoreCase)) renames.Add(new Rename(user, date, oldName));
            }
        }, token);
        return new RuleRenames(renames, isWhole) { Oldest = GraphDate.Parse(oldest) };
    }

    public bool IsAuditReadable(CancellationToken token)
    {
        client.Get("/v1.0/auditLogs/directoryAudits?$top=1", token);
        return true;
    }

    /// <summary>The log writes values as JSON in a text: <c>"name"</c>, or <c>["name"]</c>.</summary>
    private static string? NameIn(string? value) => value?.Trim('[', ']', '"', ' ', '\r', '\n') is { Length: > 0 } name ? name : null;

    /// <returns>Whether the log ended before the pages did.</returns>
    private bool Read(string path, Action<JObject> take, CancellationToken token)
    {
        var pages = 0;
        foreach (var page in client.PagesOf(client.Get(path, token), path, token))
        {
            foreach (var entry in GraphClient.ItemsOf(page)) take(entry);
            if (++pages == MostPages) return client.NextOf(page) is null;
        }
        return true;
    }
}
