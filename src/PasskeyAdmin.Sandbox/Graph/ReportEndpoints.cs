using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>The registration and usage reports (reference/graph-users-and-usage.md §2). All need P1 or P2, and none is of this minute.</summary>
internal static class ReportEndpoints
{
    private const string Root = "reports/authenticationMethods";

    /// <summary>How many rows a page has and takes is not in the reference: 999, as everything of the directory (unconfirmed).</summary>
    private const int PageOfReport = 999;

    public static readonly GraphRoute[] Routes =
    [
        new("GET", $"{Root}/userRegistrationDetails", List) { NeedsPremium = true },
        new("GET", $"{Root}/userRegistrationDetails/{{}}", One) { NeedsPremium = true },
        new("GET", $"{Root}/usersRegisteredByMethod({{}})", ByMethod) { NeedsPremium = true },
        new("GET", $"{Root}/usersRegisteredByFeature({{}})", ByFeature) { NeedsPremium = true },
        new("GET", $"{Root}/userSignInsByAuthMethodSummary(period={{}})", SignInsByMethod) { NeedsPremium = true, IsBetaOnly = true },
    ];

    /// <summary>Methods as the sign-in log writes them, and as the summary counts them.</summary>
    private static readonly (string Log, string Summary)[] SummaryNames =
    [
        ("Passkey (device-bound)", "passKeyDeviceBound"), ("Passkey (synced)", "passKeySynced"), ("FIDO2 security key", "fido2SecurityKey"), ("Windows Hello for Business", "windowsHelloForBusiness"), ("Password", "password"),
        ("Mobile app notification", "appNotification"), ("Text message", "sms"), ("Phone call", "mobileCall"), ("Temporary Access Pass", "temporaryAccessPass"), ("OATH verification code", "appCode"),
        ("Certificate-based authentication", "certificateBasedAuthentication"), ("Platform Credential", "macOsSecureEnclaveKey"),
    ];

    private static readonly (string Feature, string Property)[] Features =
    [
        ("ssprRegistered", "isSsprRegistered"), ("ssprEnabled", "isSsprEnabled"), ("ssprCapable", "isSsprCapable"), ("passwordlessCapable", "isPasswordlessCapable"), ("mfaCapable", "isMfaCapable"),
    ];

    private static SandboxAnswer List(GraphCall call)
    {
        var options = call.Options("$filter", "$top", "$skiptoken", "$select", "$orderby");
        if (options.OrderBy is not (null or "userPrincipalName")) throw SandboxRefusal.NotKnown($"the order '{options.OrderBy}' of the report");
        // Without a filter a row is made when its page is: a report of a large tenant is never there as a whole.
        IReadOnlyList<JObject> users = options.Filter is null && options.OrderBy is null ? call.Directory.Reported(AsOf(call)) : Rows(call, options);
        return call.Page(options, $"{Root}/userRegistrationDetails", users, u => Chosen(options, options.Filter is null && options.OrderBy is null ? RowOf(call, u)! : u), PageOfReport);
    }

    private static SandboxAnswer One(GraphCall call)
    {
        call.Options();
        return call.Single(null, $"{Root}/userRegistrationDetails", (call.Directory.Users.Find(call.Ids[0]) is { } user ? RowOf(call, user) : null) ?? throw SandboxRefusal.NotFound(call.Ids[0]));
    }

    private static IReadOnlyList<JObject> Rows(GraphCall call, QueryOptions options)
    {
        var rows = DirectoryEndpoints.Filtered([.. call.Directory.Users.Select(u => RowOf(call, u)).OfType<JObject>()], options,
            "id eq", "userPrincipalName eq startswith", "userDisplayName eq startswith", "userType eq", "isAdmin eq", "isMfaCapable eq", "isMfaRegistered eq", "isPasswordlessCapable eq", "isSsprCapable eq", "isSsprRegistered eq",
            "methodsRegistered any", "systemPreferredAuthenticationMethods any", "userPreferredMethodForSecondaryAuthentication eq");
        return options.OrderBy is null ? rows : [.. rows.OrderBy(r => JsonText.Of(r, "userPrincipalName"), StringComparer.OrdinalIgnoreCase)];
    }

    private static SandboxAnswer ByMethod(GraphCall call)
    {
        RefuseApplication(call);
        var rows = Included(call).ToList();
        var counts = rows.SelectMany(r => r["methodsRegistered"]!.Select(m => (string)m!)).GroupBy(m => m).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new JObject { ["authenticationMethod"] = g.Key, ["userCount"] = g.Count() });
        return Summary(call, "userRegistrationMethodSummary", "userRegistrationMethodCounts", rows.Count, counts);
    }

    private static SandboxAnswer ByFeature(GraphCall call)
    {
        RefuseApplication(call);
        var rows = Included(call).ToList();
        return Summary(call, "userRegistrationFeatureSummary", "userRegistrationFeatureCounts", rows.Count, Features.Select(f => new JObject { ["feature"] = f.Feature, ["userCount"] = rows.Count(r => r[f.Property] is JValue { Value: true }) }));
    }

    private static SandboxAnswer Summary(GraphCall call, string type, string list, int total, IEnumerable<JObject> counts)
    {
        var (types, roles) = Argument(call.Ids[0]);
        return SandboxAnswer.Ok(new JObject
        {
            ["@odata.context"] = $"{call.Request.Root}/$metadata#microsoft.graph.{type}",
            ["totalUserCount"] = total,
            ["userTypes"] = types,
            ["userRoles"] = roles,
            [list] = new JArray(counts),
        });
    }

    /// <summary>Successful sign-ins by method, in the days of the period (beta only).</summary>
    private static SandboxAnswer SignInsByMethod(GraphCall call)
    {
        call.Options();
        var days = call.Ids[0] switch { "'d1'" => 1, "'d7'" => 7, "'d30'" => 30, _ => throw SandboxRefusal.BadQuery($"The period {call.Ids[0]} is none of 'd1', 'd7' and 'd30'.") };
        var since = call.Now.AddDays(-days);
        var counts = call.Tenant.Section("signIns").OfType<JObject>()
            .Where(s => GraphTime.Parse(JsonText.Of(s, "createdDateTime")) is { } at && at >= since && at <= call.Now && SignIns.ErrorOf(s) == 0)
            .SelectMany(s => (s["authenticationDetails"] as JArray ?? []).OfType<JObject>().Select(d => JsonText.Of(d, "authenticationMethod")).OfType<string>().Distinct())
            .GroupBy(m => SummaryNames.FirstOrDefault(n => n.Log.Equals(m, StringComparison.OrdinalIgnoreCase)).Summary ?? "unknownFutureValue").OrderBy(g => g.Key, StringComparer.Ordinal);
        return call.Whole("Collection(microsoft.graph.userSignInsByAuthMethodSummary)", counts.Select(g => new JObject { ["authenticationMethod"] = g.Key, ["successActivityCount"] = g.Count() }));
    }

    /// <summary>§2: for users only, by documentation and permission file.</summary>
    private static void RefuseApplication(GraphCall call)
    {
        call.Options();
        if (call.Tenant.Settings.IsAppOnly) throw SandboxRefusal.Denied("This report is available to signed-in users only.");
    }

    private static IEnumerable<JObject> Included(GraphCall call)
    {
        var (types, roles) = Argument(call.Ids[0]);
        // The sandbox does not tell privileged roles from others.
        return call.Directory.Users.Select(u => RowOf(call, u)).OfType<JObject>()
            .Where(r => types is "all" || (string?)r["userType"] == types)
            .Where(r => roles switch { "all" => true, "user" => r["isAdmin"] is JValue { Value: false }, _ => r["isAdmin"] is JValue { Value: true } });
    }

    private static (string Types, string Roles) Argument(string arguments)
    {
        var given = arguments.Split(',').Select(a => a.Split('=')).Where(a => a.Length == 2).GroupBy(a => a[0].Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(a => a.Key, a => a.Last()[1].Trim().Trim('\''), StringComparer.OrdinalIgnoreCase);
        if (!given.TryGetValue("includedUserTypes", out var types) || types is not ("all" or "member" or "guest")) throw SandboxRefusal.BadQuery("includedUserTypes must be 'all', 'member' or 'guest'.");
        if (!given.TryGetValue("includedUserRoles", out var roles) || roles is not ("all" or "privilegedAdmin" or "admin" or "user")) throw SandboxRefusal.BadQuery("includedUserRoles must be 'all', 'privilegedAdmin', 'admin' or 'user'.");
        return (types, roles);
    }

    private static JObject? RowOf(GraphCall call, JObject user) => RegistrationDetails.Of(call.Tenant, user, AsOf(call), call.IsBeta);

    private static DateTimeOffset AsOf(GraphCall call) => call.Now.AddHours(-call.Tenant.Settings.ReportLagInHours);

    private static JObject Chosen(QueryOptions options, JObject row) => options.Select is null ? row : options.Selected(row, [.. row.Properties().Select(p => p.Name)]);
}
