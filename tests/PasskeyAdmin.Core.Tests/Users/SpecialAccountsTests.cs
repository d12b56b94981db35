using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Administrators, emergency accounts, guests and disabled accounts in a measurement.</summary>
public sealed class SpecialAccountsTests : IDisposable
{
    private readonly UsersFixture _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Administrators_and_emergency_accounts_come_first()
    {
        foreach (var name in new[] { "anna", "berta", "carl", "dora" }) _tenant.User(name, methods: Passkey("synced"));
        _tenant.User("admin", methods: [Passkey("synced"), Hello()]);
        _tenant.User("glass", methods: [Passkey("synced"), Passkey("deviceBound", YubiKey)]);
        _tenant.Role(IdOf("admin"), IdOf("dora"));
        _tenant.AccessPolicy("enabled", IdOf("glass"), IdOf("anna"));
        _tenant.AccessPolicy("enabled", IdOf("glass"));
        _tenant.AccessPolicy("disabled");
        _tenant.AccessPolicy("enabledForReportingButNotEnforced");
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["glass LosesPasskey", "dora Stranded", "admin LosesPasskeySignIn", "anna Stranded", "berta Stranded", "carl Stranded"], Shown(measured));
        Assert.Equal((EmergencyAccountKind.Presumed, EmergencyAccountKind.No, true), (measured.Rows[0].EmergencyAccount, measured.Rows[3].EmergencyAccount, measured.Rows[1].IsAdministrator));
        var summary = new PasskeyImpactSummary(measured);
        Assert.Equal((2, 1, EmergencyAccountKind.Presumed), (summary.AffectedAdministrator, summary.AffectedEmergencyAccount, summary.EmergencyAccountBasis));
    }

    [Fact]
    public void Emergency_accounts_that_were_named_are_those_and_no_others()
    {
        _tenant.User("glass", methods: Passkey("synced"));
        _tenant.User("anna", methods: Passkey("synced"));
        _tenant.AccessPolicy("enabled", IdOf("glass"));
        _tenant.EmergencyAccounts.AddRange(["anna@contoso.com", "gone@contoso.com"]);
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal([("anna@contoso.com", EmergencyAccountKind.Named), ("glass@contoso.com", EmergencyAccountKind.No)], measured.Rows.Select(r => (r.UserPrincipalName, r.EmergencyAccount)));
        Assert.Contains("The emergency account gone@contoso.com is not in the directory.", measured.NotRead);
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("conditionalAccess", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nobody_who_was_named_is_there_emergency_accounts_are_presumed()
    {
        _tenant.User("glass", methods: Passkey("synced"));
        _tenant.AccessPolicy("enabled", IdOf("glass"));
        _tenant.EmergencyAccounts.Add("ghost@contoso.com");
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal((EmergencyAccountKind.Presumed, EmergencyAccountKind.Presumed), (Assert.Single(measured.Rows).EmergencyAccount, measured.EmergencyAccountBasis));
        Assert.Equal(["The emergency account ghost@contoso.com is not in the directory."], measured.NotRead);
        measured = _tenant.Measure(WithoutSynced, t => t.Fail("conditionalAccess"));
        Assert.Equal((EmergencyAccountKind.Unknown, 2), (measured.EmergencyAccountBasis, measured.NotRead.Count));
        Assert.Contains("nobody who was named is in the directory", measured.NotRead[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_disabled_administrator_is_one_where_roles_can_be_read()
    {
        _tenant.User("off", methods: Passkey("synced"))["accountEnabled"] = false;
        _tenant.Role(IdOf("off"));
        Assert.True(Assert.Single(_tenant.Measure(WithoutSynced).Rows).IsAdministrator);
        var measured = _tenant.Measure(WithoutSynced, t => t.Fail("directoryRoles"));
        Assert.Null(Assert.Single(measured.Rows).IsAdministrator);
        Assert.Empty(measured.NotRead);
    }

    [Fact]
    public void Emergency_accounts_that_cannot_be_presumed_are_not_known()
    {
        _tenant.User("anna", methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced, t => t.Fail("conditionalAccess"));
        Assert.Equal(EmergencyAccountKind.Unknown, Assert.Single(measured.Rows).EmergencyAccount);
        Assert.Equal(EmergencyAccountKind.Unknown, measured.EmergencyAccountBasis);
        Assert.Contains(measured.NotRead, r => r.StartsWith("Which accounts are emergency accounts is not known", StringComparison.Ordinal));
    }

    [Fact]
    public void Disabled_accounts_are_counted_apart_and_read_when_asked()
    {
        _tenant.User("off", methods: Passkey("synced"))["accountEnabled"] = false;
        _tenant.User("offline")["accountEnabled"] = false;
        _tenant.User("on", methods: Passkey("synced"));
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal(["on Stranded", "off Unknown", "offline Unknown"], Shown(measured));
        Assert.Equal((1, 0, 2), (new PasskeyImpactSummary(measured).Affected, new PasskeyImpactSummary(measured).Unknown, new PasskeyImpactSummary(measured).Disabled));
        Assert.Contains("-IncludeDisabled", measured.Rows[1].Reason, StringComparison.Ordinal);
        measured = _tenant.Measure(WithoutSynced, includesDisabled: true);
        Assert.Equal(["on Stranded", "off Stranded"], Shown(measured));
        Assert.Equal((1, 1), (new PasskeyImpactSummary(measured).Affected, new PasskeyImpactSummary(measured).Disabled));
    }

    [Fact]
    public void Guests_are_measured_and_marked()
    {
        _tenant.User("guest", methods: Passkey("synced"))["userType"] = "Guest";
        var row = Assert.Single(_tenant.Measure(WithoutSynced).Rows);
        Assert.Equal((PasskeyImpact.Stranded, true), (row.Impact, row.IsGuest));
    }

    [Fact]
    public void Emergency_accounts_are_presumed_through_groups_and_roles_too()
    {
        const string group = "20000000-0000-4000-8000-000000000060";
        foreach (var name in new[] { "glass", "byrole", "other" }) _tenant.User(name, methods: Passkey("synced"));
        _tenant.Group(group, "Break glass", IdOf("glass"), IdOf("byrole"));
        _tenant.Role(group);
        _tenant.AccessPolicy("enabled");
        _tenant.AccessPolicy("enabled");
        _tenant.AccessPolicies[0]["conditions"]!["users"]!["excludeGroups"] = new JArray(group);
        _tenant.AccessPolicies[1]["conditions"]!["users"]!["excludeRoles"] = new JArray("62e90394-69f5-4237-9190-012177145e10");
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal([("byrole", EmergencyAccountKind.Presumed), ("glass", EmergencyAccountKind.Presumed), ("other", EmergencyAccountKind.No)], measured.Rows.Select(r => (r.UserPrincipalName!.Split('@')[0], r.EmergencyAccount)));
    }

    [Fact]
    public void Large_groups_are_not_read_for_few_who_may_be_emergency_accounts()
    {
        const string group = "20000000-0000-4000-8000-000000000060", large = "20000000-0000-4000-8000-000000000061";
        foreach (var name in new[] { "glass", "other" }) _tenant.User(name, methods: Passkey("synced"));
        _tenant.Group(group, "Break glass", IdOf("glass"));
        _tenant.Group(large, "Large", group);
        _tenant.AccessPolicy("enabled", IdOf("glass"), IdOf("other"), IdOf("deleted"));
        _tenant.AccessPolicy("enabled", "GuestsOrExternalUsers");
        _tenant.AccessPolicies[1]["conditions"]!["users"]!["excludeGroups"] = new JArray(large);
        var measured = _tenant.Measure(WithoutSynced);
        Assert.Equal([("glass", EmergencyAccountKind.Presumed), ("other", EmergencyAccountKind.No)], measured.Rows.Select(r => (r.UserPrincipalName!.Split('@')[0], r.EmergencyAccount)));
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains(large, StringComparison.Ordinal));
    }

    [Fact]
    public void Many_who_may_be_emergency_accounts_are_looked_for_in_the_group()
    {
        const string group = "20000000-0000-4000-8000-000000000060";
        for (var i = 0; i < 21; i++) _tenant.User($"u{i:00}", methods: Passkey("synced"));
        _tenant.Group(group, "Break glass", IdOf("u07"));
        _tenant.AccessPolicy("enabled", [.. _tenant.Users.Select(u => (string)u["id"]!)]);
        _tenant.AccessPolicy("enabled");
        _tenant.AccessPolicies[1]["conditions"]!["users"]!["excludeGroups"] = new JArray(group);
        Assert.Equal("u07@contoso.com", _tenant.Measure(WithoutSynced).Rows.Single(r => r.EmergencyAccount is EmergencyAccountKind.Presumed).UserPrincipalName);
        Assert.DoesNotContain(_tenant.Asked, p => p.Contains("memberOf", StringComparison.OrdinalIgnoreCase));
    }
}
