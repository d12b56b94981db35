using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Testing;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Events of the log may have a name and no id, and the report may have an older name than the directory: it is one user all the same.</summary>
public sealed class RenamedUsersTests : IDisposable
{
    private readonly UsersFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("", "Stranded", false)]
    [InlineData("", "Stranded", true)]
    [InlineData("\"passKeyDeviceBound\"", "LosesPasskey", false)]
    [InlineData("\"passKeyDeviceBound\"", "LosesPasskey", true)]
    public void What_was_registered_by_the_new_name_counts(string words, string impact, bool isEverybody)
    {
        if (isEverybody) _tenant.Targets = [Target("all_users", Default, PilotProfile)];
        _tenant.User("anna", isPilot: !isEverybody, methods: [.. words.Length > 0 ? [Passkey("deviceBound", YubiKey)] : Array.Empty<JObject>(), Passkey("synced", created: "2026-11-26T07:00:00Z")]);
        ByBoss("Add Passkey (synced)");
        Assert.Equal([$"anna@contoso.com: {impact}"], Measure(words));
    }

    [Fact]
    public void What_was_removed_by_the_new_name_counts()
    {
        _tenant.User("anna", methods: [Passkey("synced")]);
        ByBoss("Admin deleted security info");
        Assert.Equal(["anna@contoso.com: Stranded"], Measure("\"passKeyDeviceBound\",\"passKeySynced\""));
    }

    [Fact]
    public void Events_by_both_names_are_one_story()
    {
        _tenant.User("anna", methods: [Hello(), Passkey("synced", created: "2026-11-26T07:00:00Z")]);
        ByBoss("Add Passkey (synced)");
        ByBoss("Add Windows Hello for Business credential");
        _tenant.Audits[1]["targetResources"]![0]!["userPrincipalName"] = "anna.maiden@contoso.com";
        Assert.Equal(["anna@contoso.com: LosesPasskeySignIn"], Measure(""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"passKeyDeviceBound\"")]
    public void A_name_that_only_the_lookup_finds_is_the_same_user(string words)
    {
        // The group cannot be read, so nobody was met before the report.
        _tenant.User("anna", methods: [Passkey("synced", created: "2026-11-26T07:00:00Z")]);
        ByBoss("Add Passkey (synced)");
        var report = Report(words);
        var measured = _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = (r, n) => report(r, n) ?? (r.Path.Contains("/transitiveMembers", StringComparison.Ordinal) || r.Path.StartsWith("/v1.0/users?$select", StringComparison.Ordinal) ? Fault.Reply(403, """{"error":{"code":"x","message":"No."}}""") : null));
        Assert.Equal("anna@contoso.com: Unknown", Assert.Single(measured.Rows).ToString());
    }

    private string[] Measure(string words) => [.. _tenant.Measure(WithoutSynced, t => t.Graph.Server.Faults = Report(words)).Rows.Select(r => $"{r.UserPrincipalName}: {r.Impact}")];

    /// <summary>An event of somebody else about anna, by the name that the directory has now.</summary>
    private void ByBoss(string activity)
    {
        if (_tenant.Users.Count == 1) _tenant.User("boss", isPilot: false);
        _tenant.Audit(activity, "anna", Apple);
        _tenant.Audits.Last!["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = IdOf("boss"), ["userPrincipalName"] = "boss@contoso.com" } };
    }

    private static Func<ArrivedRequest, int, Fault?> Report(string words) => (r, _) => r.Path.Contains("userRegistrationDetails", StringComparison.Ordinal) ? Fault.Reply(200, $$"""{"value":[{{Row("boss", "boss", "")}},{{Row("anna", "anna.maiden", words)}}]}""") : null;

    private static string Row(string id, string name, string words) => $$"""{"id":"{{IdOf(id)}}","userPrincipalName":"{{name}}@contoso.com","userType":"member","isAdmin":false,"methodsRegistered":[{{words}}],"lastUpdatedDateTime":"2026-11-25T20:00:00Z"}""";
}
