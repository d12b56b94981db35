using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Organisation, users, groups and applications.</summary>
internal static class DirectoryEndpoints
{
    private const string SessionsFrom = "signInSessionsValidFromDateTime";

    /// <summary>
    /// What Graph gives of a user that was not asked for more (learn.microsoft.com/graph/api/user-list): accountEnabled and userType are not among it,
    /// so a caller that forgets $select notices here and not in production.
    /// </summary>
    private static readonly string[] DefaultOfUsers =
    [
        "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName",
    ];

    private static readonly string[] OfUsers =
    [
        .. DefaultOfUsers, "accountEnabled", "companyName", "country", "createdDateTime", "department", "employeeId", "externalUserState", "onPremisesSyncEnabled", SessionsFrom, "usageLocation", "userType",
    ];

    private static readonly string[] OfGroups =
    [
        "id", "displayName", "description", "securityEnabled", "groupTypes", "mail", "mailEnabled", "mailNickname", "createdDateTime", "isAssignableToRole", "membershipRule", "membershipRuleProcessingState", "visibility",
    ];

    private static readonly string[] OfServicePrincipals = ["id", "appId", "displayName", "servicePrincipalType", "accountEnabled", "tags", "appOwnerOrganizationId", "createdDateTime"];

    private const string SignInActivity = "signInActivity";

    private static readonly string[] FilterOfUsers =
    [
        "displayName eq startswith", "id eq in", "userPrincipalName eq in startswith", "mail eq startswith", "accountEnabled eq", "userType eq", "department eq in", "country eq in", "usageLocation eq", "createdDateTime ge le",
    ];

    private static readonly string[] FilterOfGroups = ["displayName eq in startswith", "id eq in", "securityEnabled eq", "isAssignableToRole eq", "groupTypes any"];

    public static readonly GraphRoute[] Routes =
    [
        new("GET", "organization", Organization),
        new("GET", "users", Users),
        new("GET", "users/$count", c => Counted(c, Filtered(c.Directory.Users, c.Options("$filter"), FilterOfUsers))),
        new("GET", "users/{}", User),
        new("POST", "users/{}/revokeSignInSessions", RevokeSignInSessions),
        new("GET", "groups", Groups),
        new("GET", "groups/$count", c => Counted(c, Filtered(c.Directory.Groups, c.Options("$filter"), FilterOfGroups))),
        new("GET", "groups/{}", Group),
        new("GET", "servicePrincipals", ServicePrincipals),
        new("GET", "servicePrincipals/{}", ServicePrincipal),
        new("POST", "directoryObjects/getByIds", GetByIds),
    ];

    /// <summary>A user as lists show it.</summary>
    public static JObject ShownUser(GraphCall call, QueryOptions options, JObject user)
    {
        if (options.Select?.Contains(SignInActivity) != true) return Shown(user, options, DefaultOfUsers, KnownOfUsers(call));
        // §2 of reference/graph-users-and-usage.md: signInActivity is refused as the sign-in log is.
        if (!call.Tenant.Settings.HasPremium) throw SandboxRefusal.NotPremium();
        var with = (JObject)user.DeepClone();
        with[SignInActivity] = SignIns.ActivityOf(call, TenantDocument.IdOf(user));
        return Shown(with, options, DefaultOfUsers, [.. KnownOfUsers(call), SignInActivity]);
    }

    public static JObject ShownGroup(GraphCall call, QueryOptions options, JObject group) => Shown(group, options, null, KnownOfGroups(call));

    /// <summary>An object of any kind in a list of several kinds: each may be asked for what the other has, and then has null.</summary>
    public static JObject ShownObject(GraphCall call, QueryOptions options, string type, JObject item)
    {
        string[] known = [.. KnownOfUsers(call), .. KnownOfGroups(call), "deviceId", "operatingSystem", "operatingSystemVersion", "trustType", "roleTemplateId", "appId"];
        var shown = Shown(item, options, type is "user" ? DefaultOfUsers : null, known);
        if (!GraphAccess.Shows(call.Tenant.Settings, type))
            foreach (var property in shown.Properties().Where(p => p.Name is not "id")) property.Value = JValue.CreateNull();
        shown.Remove("@odata.type");
        shown.AddFirst(new JProperty("@odata.type", $"#microsoft.graph.{type}"));
        return shown;
    }

    public static JObject FindGroup(GraphCall call, string id)
    {
        RequireId(id);
        return call.Directory.Groups.Find(id) ?? throw SandboxRefusal.NotFound(id);
    }

    public static JObject FindUser(GraphCall call, string idOrName) => call.Directory.FindUser(idOrName) ?? throw SandboxRefusal.NotFound(idOrName);

    public static void RequireId(string id)
    {
        if (!Guid.TryParseExact(id, "D", out _)) throw new SandboxRefusal(400, "Request_BadRequest", $"Invalid object identifier '{id}'.");
    }

    public static IReadOnlyList<JObject> Filtered(IReadOnlyList<JObject> items, QueryOptions options, params string[] allowed)
    {
        if (options.Filter is not { } text) return items;
        var matches = ObjectFilter.Parse(text, allowed);
        return [.. items.Where(matches)];
    }

    public static SandboxAnswer Counted(GraphCall call, IReadOnlyCollection<JObject> items) => call.Request.IsEventual
        ? SandboxAnswer.Number(items.Count)
        : throw new SandboxRefusal(400, "Request_BadRequest", "$count is not currently supported without the header ConsistencyLevel: eventual.");

    public static JObject Shown(JObject item, QueryOptions options, string[]? byDefault, IReadOnlyCollection<string> known)
    {
        var shown = options.Selected(item, known);
        if (options.Select is not null) return shown;
        foreach (var property in shown.Properties().ToList())
            if (TenantDocument.Elsewhere.Contains(property.Name) || byDefault?.Contains(property.Name) == false) property.Remove();
        return shown;
    }

    private static SandboxAnswer Organization(GraphCall call)
    {
        var options = call.Options("$select");
        var organization = options.Selected(call.Tenant.Organization, [.. call.Tenant.Organization.Properties().Select(p => p.Name)]);
        return call.Whole(options.Select is { } names ? $"organization({string.Join(",", names)})" : "organization", [organization]);
    }

    private static SandboxAnswer Users(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$filter", "$skiptoken", "$count");
        return call.Page(options, "users", Filtered(call.Directory.Users, options, FilterOfUsers), u => ShownUser(call, options, u));
    }

    private static SandboxAnswer User(GraphCall call)
    {
        var options = call.Options("$select");
        return call.Single(options, "users", ShownUser(call, options, FindUser(call, call.Ids[0])));
    }

    /// <summary>
    /// Sets the date from which sessions count; those of guests are at home and go on (learn.microsoft.com/graph/api/user-revokesigninsessions [D]). There are no sessions in the sandbox.
    /// </summary>
    private static SandboxAnswer RevokeSignInSessions(GraphCall call)
    {
        call.Options();
        var user = FindUser(call, call.Ids[0]);
        if (user.Parent is null) throw SandboxRefusal.NotKnown("changes of a tenant that is made up for benches");
        // Which roles it takes is unconfirmed; for administrators, as with their methods.
        GraphAccess.RequireForMethodsOf(call, user);
        return call.Commit(new TenantChange().Set(user, SessionsFrom, GraphTime.Text(call.Now)), SandboxAnswer.Ok(new JObject { ["@odata.context"] = $"{call.Request.Root}/$metadata#Edm.Boolean", ["value"] = true }));
    }

    private static SandboxAnswer Groups(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$filter", "$skiptoken", "$count");
        return call.Page(options, "groups", Filtered(call.Directory.Groups, options, FilterOfGroups), g => ShownGroup(call, options, g));
    }

    private static SandboxAnswer Group(GraphCall call)
    {
        var options = call.Options("$select");
        return call.Single(options, "groups", ShownGroup(call, options, FindGroup(call, call.Ids[0])));
    }

    private static SandboxAnswer ServicePrincipals(GraphCall call)
    {
        var options = call.Options("$select", "$top", "$filter", "$skiptoken", "$count");
        return call.Page(options, "servicePrincipals", Filtered(call.Directory.ServicePrincipals, options, "appId eq in", "displayName eq startswith", "id eq in"), s => Shown(s, options, null, OfServicePrincipals));
    }

    private static SandboxAnswer ServicePrincipal(GraphCall call)
    {
        var options = call.Options("$select");
        RequireId(call.Ids[0]);
        return call.Single(options, "servicePrincipals", Shown(call.Directory.ServicePrincipals.Find(call.Ids[0]) ?? throw SandboxRefusal.NotFound(call.Ids[0]), options, null, OfServicePrincipals));
    }

    /// <summary>Up to a thousand objects by id (learn.microsoft.com/graph/api/directoryobject-getbyids); those that are not there are left out.</summary>
    private static SandboxAnswer GetByIds(GraphCall call)
    {
        const int most = 1000;
        var options = call.Options("$select");
        var body = call.Body();
        if (body["ids"] is not JArray { Count: > 0 and <= most } ids || ids.Any(i => i is not JValue { Value: string })) throw new SandboxRefusal(400, "Request_BadRequest", $"'ids' must be a list of 1 to {most} ids.");
        var types = body["types"] is JArray list ? list.Select(t => (t as JValue)?.Value as string).ToList() : null;
        var found = ids.Select(i => call.Directory.Find((string)i!)).Where(f => f is not null && types?.Contains(f.Value.Type) != false).Select(f => f!.Value);
        return call.Whole("directoryObjects", found.Select(f => ShownObject(call, options, f.Type, f.Object)));
    }

    /// <summary>Graph's properties that we know, and those that the tenant's own file has.</summary>
    private static IReadOnlyCollection<string> KnownOfUsers(GraphCall call) => [.. OfUsers.Union(call.Directory.UserProperties)];

    private static IReadOnlyCollection<string> KnownOfGroups(GraphCall call) => [.. OfGroups.Union(call.Directory.GroupProperties)];
}
