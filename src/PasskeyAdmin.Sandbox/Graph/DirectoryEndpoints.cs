using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Organisation, users, groups and their members.</summary>
internal static class DirectoryEndpoints
{
    /// <summary>
    /// What Graph gives of a user that was not asked for more (learn.microsoft.com/graph/api/user-list): accountEnabled and userType are not among it,
    /// so a caller that forgets $select notices here and not in production.
    /// </summary>
    private static readonly string[] DefaultOfUsers =
    [
        "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName",
    ];

    private static readonly string[] OfUsers = [.. DefaultOfUsers, "accountEnabled", "userType"];
    private static readonly string[] OfGroups = ["id", "displayName", "description", "securityEnabled", "groupTypes", "mail", "mailEnabled", "mailNickname"];
    private static readonly string[] FilterOfUsers = ["displayName", "id", "userPrincipalName"];
    private static readonly string[] FilterOfGroups = ["displayName", "id"];

    public static SandboxAnswer Organization(SandboxRequest request, TenantDocument tenant)
    {
        var options = QueryOptions.Of(request, "$select");
        var organization = options.Selected(tenant.Organization, [.. tenant.Organization.Properties().Select(p => p.Name)]);
        return SandboxAnswer.Ok(new JObject { ["@odata.context"] = $"{request.Root}/$metadata#organization{Chosen(options)}", ["value"] = new JArray(organization) });
    }

    public static SandboxAnswer Users(SandboxRequest request, TenantDocument tenant)
    {
        var options = QueryOptions.Of(request, "$select", "$top", "$filter", "$skiptoken");
        var known = KnownOfUsers(tenant);
        return Page(request, options, "users", Filtered(tenant.Users, options, FilterOfUsers), u => Shown(u, options, DefaultOfUsers, known));
    }

    public static SandboxAnswer User(SandboxRequest request, TenantDocument tenant, string idOrName)
    {
        var options = QueryOptions.Of(request, "$select");
        var user = tenant.FindUser(idOrName) ?? throw SandboxRefusal.NotFound(idOrName);
        return Single(request, options, "users", Shown(user, options, DefaultOfUsers, KnownOfUsers(tenant)));
    }

    public static SandboxAnswer Groups(SandboxRequest request, TenantDocument tenant)
    {
        var options = QueryOptions.Of(request, "$select", "$top", "$filter", "$skiptoken");
        var known = KnownOfGroups(tenant);
        return Page(request, options, "groups", Filtered(tenant.Groups, options, FilterOfGroups), g => Shown(g, options, null, known));
    }

    public static SandboxAnswer Group(SandboxRequest request, TenantDocument tenant, string id)
    {
        var options = QueryOptions.Of(request, "$select");
        return Single(request, options, "groups", Shown(Find(tenant, id), options, null, KnownOfGroups(tenant)));
    }

    public static SandboxAnswer Members(SandboxRequest request, TenantDocument tenant, string id) => MembersOf(request, tenant, tenant.Members(Find(tenant, id)));

    public static SandboxAnswer TransitiveMembers(SandboxRequest request, TenantDocument tenant, string id) => MembersOf(request, tenant, tenant.TransitiveMembers(Find(tenant, id)));

    private static SandboxAnswer MembersOf(SandboxRequest request, TenantDocument tenant, IEnumerable<JObject> members)
    {
        var options = QueryOptions.Of(request, "$select", "$top", "$skiptoken");
        // Users and groups are in one list: each may be asked for what the other has, and then has null.
        IReadOnlyCollection<string> known = [.. KnownOfUsers(tenant).Union(KnownOfGroups(tenant))];
        return Page(request, options, "directoryObjects", [.. members], m => WithType(Shown(m, options, tenant.IsGroup(m) ? null : DefaultOfUsers, known), tenant.IsGroup(m) ? "group" : "user"));
    }

    private static JObject Find(TenantDocument tenant, string id) =>
        !Guid.TryParseExact(id, "D", out _)
            ? throw new SandboxRefusal(400, "Request_BadRequest", $"Invalid object identifier '{id}'.")
            : tenant.FindGroup(id) ?? throw SandboxRefusal.NotFound(id);

    private static IReadOnlyList<JObject> Filtered(IReadOnlyList<JObject> items, QueryOptions options, string[] comparable)
    {
        if (options.Filter is not { } text) return items;
        var filter = ObjectFilter.Parse(text, comparable);
        return [.. items.Where(filter.Matches)];
    }

    /// <summary>Graph's properties that we know, and those that the tenant's own file has.</summary>
    private static IReadOnlyCollection<string> KnownOfUsers(TenantDocument tenant) => [.. OfUsers.Union(tenant.UserProperties)];

    private static IReadOnlyCollection<string> KnownOfGroups(TenantDocument tenant) => [.. OfGroups.Union(tenant.GroupProperties)];

    private static JObject Shown(JObject item, QueryOptions options, string[]? byDefault, IReadOnlyCollection<string> known)
    {
        var shown = options.Selected(item, known);
        if (options.Select is not null) return shown;
        foreach (var property in shown.Properties().ToList())
            if (property.Name is "members" || byDefault?.Contains(property.Name) == false) property.Remove();
        return shown;
    }

    private static JObject WithType(JObject item, string type)
    {
        item.AddFirst(new JProperty("@odata.type", $"#microsoft.graph.{type}"));
        return item;
    }

    private static SandboxAnswer Page(SandboxRequest request, QueryOptions options, string collection, IReadOnlyList<JObject> items, Func<JObject, JObject> shown)
    {
        var first = 0;
        if (options.SkipToken is { } token)
        {
            // The id of the last object that was given: objects that come or go between two pages neither repeat nor hide others.
            while (first < items.Count && TenantDocument.IdOf(items[first]) != token) first++;
            if (first++ == items.Count) throw new SandboxRefusal(400, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request.");
        }
        var page = items.Skip(first).Take(options.Top).ToList();
        var body = new JObject { ["@odata.context"] = $"{request.Root}/$metadata#{collection}{Chosen(options)}" };
        if (first + page.Count < items.Count) body["@odata.nextLink"] = options.NextLink(request, TenantDocument.IdOf(page[page.Count - 1]));
        body["value"] = new JArray(page.Select(shown));
        return SandboxAnswer.Ok(body);
    }

    private static SandboxAnswer Single(SandboxRequest request, QueryOptions options, string collection, JObject item) =>
        SandboxAnswer.Ok(item, $"{request.Root}/$metadata#{collection}{Chosen(options)}/$entity");

    private static string Chosen(QueryOptions options) => options.Select is { } names ? $"({string.Join(",", names)})" : "";
}
