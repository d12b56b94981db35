using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>The sign-in log and the directory audits: the newest first, as long as the tenant keeps them.</summary>
internal static class LogEndpoints
{
    /// <summary>learn.microsoft.com/graph/api/signin-list: a page has a thousand at most.</summary>
    private const int PageOfLog = 1000;

    public static readonly GraphRoute[] Routes =
    [
        new("GET", "auditLogs/signIns", SignInList) { NeedsPremium = true },
        new("GET", "auditLogs/signIns/{}", SignIn) { NeedsPremium = true },
        new("GET", "auditLogs/directoryAudits", Audits),
        new("GET", "auditLogs/directoryAudits/{}", Audit),
    ];

    private static readonly string[] FilterOfSignIns =
    [
        "id eq", "createdDateTime ge gt le lt", "userId eq", "userPrincipalName eq startswith", "userDisplayName eq startswith", "appId eq", "appDisplayName eq startswith", "ipAddress eq startswith", "clientAppUsed eq",
        "conditionalAccessStatus eq", "status/errorCode eq ne", "deviceDetail/browser eq startswith", "deviceDetail/operatingSystem eq startswith", "correlationId eq", "location/countryOrRegion eq startswith",
    ];

    /// <summary>
    /// learn.microsoft.com/graph/api/directoryaudit-list has the list of what can be asked [D]; the name of a target is not in it, and many public scripts ask for it (reference/graph-users-and-usage.md §4
    /// has why: the id can be missing) [C].
    /// </summary>
    private static readonly string[] FilterOfAudits =
    [
        "id eq", "activityDateTime ge gt le lt", "activityDisplayName eq startswith", "category eq", "loggedByService eq", "result eq", "correlationId eq", "initiatedBy/user/id eq", "initiatedBy/user/userPrincipalName eq startswith",
        "targetResources/id any", "targetResources/displayName any", "targetResources/userPrincipalName any",
    ];

    private static SandboxAnswer SignInList(GraphCall call)
    {
        var options = call.Options("$filter", "$top", "$skiptoken", "$orderby", "$select");
        string[] filters = call.IsBeta ? [.. FilterOfSignIns, "signInEventTypes any", "isInteractive eq", "authenticationRequirement eq"] : FilterOfSignIns;
        return Log(call, options, "signIns", "createdDateTime", SignIns.Shown, filters);
    }

    private static SandboxAnswer Audits(GraphCall call) => Log(call, call.Options("$filter", "$top", "$skiptoken", "$orderby", "$select"), "directoryAudits", "activityDateTime", AuditLog.Shown, FilterOfAudits);

    private static SandboxAnswer SignIn(GraphCall call) => One(call, "signIns", "createdDateTime", SignIns.Shown);

    private static SandboxAnswer Audit(GraphCall call) => One(call, "directoryAudits", "activityDateTime", AuditLog.Shown);

    private static SandboxAnswer Log(GraphCall call, QueryOptions options, string name, string date, Func<GraphCall, JObject, JObject> shown, string[] filters)
    {
        // Whoever writes a file by hand, or from two machines, does not keep its entries in order.
        var implied = options.Filter is null ? null : new ImpliedFilter(options.Filter, date);
        var entries = Kept(call, name, date).Where(e => implied?.MayPass(e) != false).OrderBy(e => GraphTime.Parse(JsonText.Of(e, date))).ToList();
        if (Order(options, date)) entries.Reverse();
        // What a filter asks about may be what the entry does not have itself.
        IReadOnlyList<JObject> list = options.Filter is null ? entries : DirectoryEndpoints.Filtered([.. entries.Select(e => shown(call, e))], options, filters);
        return call.Page(options, $"auditLogs/{name}", list, e => Chosen(options, options.Filter is null ? shown(call, e) : e), PageOfLog, PageOfLog);
    }

    private static JObject Chosen(QueryOptions options, JObject entry) => options.Select is null ? entry : options.Selected(entry, [.. entry.Properties().Select(p => p.Name)]);

    /// <summary>Whether the newest come first, as they do where nobody asks.</summary>
    private static bool Order(QueryOptions options, string date) => options.OrderBy switch
    {
        null => true,
        var order when order == $"{date} desc" => true,
        var order when order == date || order == $"{date} asc" => false,
        var order => throw SandboxRefusal.NotKnown($"the order '{order}' of a log"),
    };

    private static SandboxAnswer One(GraphCall call, string name, string date, Func<GraphCall, JObject, JObject> shown)
    {
        call.Options();
        var entry = Kept(call, name, date).FirstOrDefault(e => call.Ids[0].Equals(TenantDocument.IdOf(e), StringComparison.OrdinalIgnoreCase)) ?? throw SandboxRefusal.NotFound(call.Ids[0]);
        return call.Single(null, $"auditLogs/{name}", shown(call, entry));
    }

    private static IEnumerable<JObject> Kept(GraphCall call, string name, string date)
    {
        var since = call.Now.AddDays(-call.Tenant.Settings.LogRetentionInDays);
        return call.Tenant.Section(name).Cast<JObject>().Where(e => GraphTime.Parse(JsonText.Of(e, date)) is { } time && time >= since && time <= call.Now);
    }
}
