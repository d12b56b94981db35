using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>The tenants that removals are tested with, and the commands on them.</summary>
internal static class Removals
{
    /// <summary>Ann has two to be removed and one to keep, Bob one of each.</summary>
    public static HelpdeskFixture Three() => new(t =>
    {
        t.User("ann", true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound", UsersFixture.YubiKey));
        t.User("bob", true, UsersFixture.Passkey("synced"), UsersFixture.Passkey("deviceBound", UsersFixture.YubiKey));
    });

    public static Fault TurnedAway(int seconds) => Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}""", ("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static RemovalPlan Plan(HelpdeskFixture tenant) =>
        Planner(tenant, allowsLockout: false).OfUsers(["ann@contoso.com", "bob@contoso.com"], new RemovalFilter { Types = PasskeyTypes.Synced }, CancellationToken.None);

    public static RemovalPlan PlanFirst(HelpdeskFixture tenant, bool allowsLockout) => Planner(tenant, allowsLockout).Plan([new NamedPasskey("ann@contoso.com", Ids(tenant, "ann")[0])], CancellationToken.None);

    public static bool IsOfOthers(ArrivedRequest request) => (request.Path + request.Body).Contains("/authentication/methods", StringComparison.Ordinal) || (request.Path + request.Body).Contains("windowsHello", StringComparison.Ordinal);

    public static RemovalPlanner Planner(HelpdeskFixture tenant, bool allowsLockout, bool revokes = true, bool hasTypedIds = true, bool isSilent = false)
    {
        var policy = new PasskeyPolicySource(tenant.Session, tenant.Client, UsersFixture.Catalog).Read(CancellationToken.None);
        return new RemovalPlanner(tenant.Session, tenant.Client, new RegistrationSource(tenant.Session, tenant.Client, UsersFixture.Catalog, policy, new RegistrationOptions(_ => { })), allowsLockout) { Revokes = revokes, HasTypedIds = hasTypedIds, IsSilent = isSilent };
    }

    public static RemovalEngine Engine(HelpdeskFixture tenant, bool revokes) => new(tenant.Session, tenant.Client, allowsLockout: false, revokes);

    public static IReadOnlyList<RemovedUser> Remove(HelpdeskFixture tenant, RemovalPlan plan, bool revokes, out RemovalEngine engine) => [.. (engine = Engine(tenant, revokes)).Remove(plan, tenant.Folder, "New-Something", [], CancellationToken.None)];

    public static IReadOnlyList<string> Ids(HelpdeskFixture tenant, string user) => [.. tenant.Methods(user, "fido2Methods").Select(m => (string)m["id"]!)];

    public static void Ann(UsersFixture tenant, string words)
    {
        var all = words.Split(' ');
        var user = tenant.User("ann", !all.Contains("outsider"), [.. all.Select(Method).OfType<JObject>()]);
        if (all.Contains("disabled")) user["accountEnabled"] = false;
        if (all.Contains("certificate")) user["x509"] = "multiFactor";
    }

    private static JObject? Method(string word) => word switch
    {
        "synced" or "deviceBound" => UsersFixture.Passkey(word),
        "untyped" => UsersFixture.Passkey(null),
        "hello" => UsersFixture.Hello(),
        "platform" => new JObject { ["@odata.type"] = "#microsoft.graph.platformCredentialAuthenticationMethod", ["id"] = $"platform-{Guid.NewGuid():N}", ["displayName"] = "Mac", ["createdDateTime"] = "2026-01-01T08:00:00Z" },
        _ => null,
    };
}
