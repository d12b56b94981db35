using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>Whom a strength refuses, over HTTP, of tenants that the tests make up.</summary>
public sealed class AccessRefusalSourceTests : IDisposable
{
    private const string Finance = "20000000-0000-4000-8000-000000000003";
    private const string Everybody = "All";

    private static readonly AuthenticationStrength Resistant = new("4", "Phishing-resistant MFA", ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"]);
    private static readonly AuthenticationStrength Keys = new("k", "Approved keys", ["fido2"]) { AaGuids = [Guid.Parse(YubiKey)] };
    private static readonly AuthenticationStrength Certificates = new("c", "Smart cards", ["x509CertificateMultiFactor"]);

    private readonly UsersFixture _tenant = new();
    private readonly List<string> _notices = [];

    public void Dispose() => _tenant.Dispose();

    /// <summary>"any" takes what withstands phishing, "keys" a YubiKey only, "cards" certificates only. Nobody said: not refused.</summary>
    [Theory]
    [InlineData("nothing", "any", "Refused: has no phishing-resistant method")]
    [InlineData("a key", "any", null)]
    [InlineData("a key", "keys", null)]
    [InlineData("a key", "cards", "Refused: has a passkey, which the strength does not take")]
    [InlineData("another model", "any", null)]
    [InlineData("another model", "keys", "Refused: has 'Microsoft Authenticator', which the strength does not take")]
    [InlineData("a model nobody knows", "keys", "Refused: has a passkey of the unknown model 12345678-0000-4000-8000-000000000000, which the strength does not take")]
    [InlineData("shut out by the policy", "any", "Refused: has 'Apple Passwords', which the passkey policy does not let in")]
    [InlineData("shut out, and another model", "keys", "Refused: has 'YubiKey 5 Series', which the passkey policy does not let in; has 'Microsoft Authenticator', which the strength does not take")]
    [InlineData("Windows Hello", "any", null)]
    [InlineData("Windows Hello", "keys", "Refused: has Windows Hello for Business, which the strength does not take")]
    [InlineData("a certificate", "any", null)]
    [InlineData("a certificate", "cards", null)]
    [InlineData("a certificate", "keys", "Refused: has a certificate, which the strength does not take")]
    [InlineData("no model", "keys", "Unknown: has a passkey without a model, and the strength takes some models only")]
    [InlineData("no type", "any", "Unknown: has 'Apple Passwords', of which it is not known whether the passkey policy lets it in")]
    [InlineData("a passkey was removed", "any", "Unknown: has had a method removed since the registration report")]
    [InlineData("just created", "any", "Unknown: is not in the registration report yet, so that other methods are not known")]
    [InlineData("just created", "keys", "Refused: has no phishing-resistant method")]
    [InlineData("just registered a key", "keys", null)]
    [InlineData("a guest", "any", null)]
    [InlineData("a member from another tenant", "any", null)]
    [InlineData("disabled", "any", null)]
    public void A_user(string kind, string strength, string? expected)
    {
        Add(kind, "ned");
        var measured = Measure(strength switch { "keys" => Keys, "cards" => Certificates, _ => Resistant });
        Assert.Equal(expected is null ? [] : [$"ned {expected}"], Shown(measured));
        Assert.Equal(kind is "a guest" or "a member from another tenant" ? (0, 1) : (kind is "disabled" ? 0 : 1, 0), (measured.InScope, measured.Guests));
        Assert.Empty(measured.NotRead);
        Assert.False(measured.MayMissPeople);
    }

    [Fact]
    public void A_pass_is_no_method_and_is_mentioned()
    {
        _tenant.User("ned");
        Assert.Equal(["ned Refused: has no phishing-resistant method; a Temporary Access Pass would do for as long as it is valid"], Shown(Measure(Resistant with { Combinations = ["fido2", "temporaryAccessPassOneTime"] })));
    }

    [Fact]
    public void Emergency_accounts_come_first_then_administrators()
    {
        foreach (var name in new[] { "anna", "berta", "dora", "glass" }) _tenant.User(name);
        _tenant.Role(IdOf("dora"));
        _tenant.EmergencyAccounts.Add("glass@contoso.com");
        var refused = Measure(Resistant).Refused;
        Assert.Equal(["glass@contoso.com", "dora@contoso.com", "anna@contoso.com", "berta@contoso.com"], refused.Select(r => r.ToString()));
        Assert.Equal((EmergencyAccountKind.Named, true, false, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83"), (refused[0].EmergencyAccount, refused[1].IsAdministrator, refused[2].IsAdministrator, refused[0].TenantId));
        Assert.Equal((IdOf("glass"), "GLASS", "Phishing-resistant MFA"), (refused[0].UserId, refused[0].DisplayName, refused[0].Strength));
    }

    [Fact]
    public void Of_several_scopes_any_is_enough_and_an_exclusion_wins_in_its_own()
    {
        _tenant.Group(Finance, "Finance", IdOf("anna"), IdOf("berta"));
        foreach (var name in new[] { "anna", "berta", "carl", "dora" }) _tenant.User(name, isPilot: name is "berta");
        AccessUsers finance = new() { IncludeGroups = [Finance], ExcludeGroups = [Pilot] };
        Assert.Equal(["anna"], Names(Measure(Resistant, finance).Refused));
        Assert.Equal(["anna", "dora"], Names(Measure(Resistant, finance, new() { IncludeUsers = [IdOf("dora")] }).Refused));
        Assert.Equal(["anna", "berta"], Names(Measure(Resistant, finance, new() { IncludeUsers = [IdOf("berta")] }).Refused));
        Assert.Equal(["anna", "carl", "dora"], Names(Measure(Resistant, new AccessUsers { IncludeUsers = [Everybody], ExcludeGroups = [Pilot] }).Refused));
        Assert.Empty(Measure(Resistant, new AccessUsers { IncludeUsers = ["None"] }).Refused);
        Assert.Equal(0, Measure(Resistant, new AccessUsers { IncludeGroups = ["20000000-0000-4000-8000-00000000dead"] }).InScope);
    }

    [Theory]
    [InlineData("include", "", "anna, berta", 0)]
    [InlineData("exclude", "", "anna, berta", 0)]
    [InlineData("beside all", "anna, berta", "", 3)]
    public void A_group_that_cannot_be_read_leaves_open_what_hinges_on_it(string use, string refused, string unknown, int inScope)
    {
        _tenant.Group(Finance, "Finance", IdOf("anna"));
        _tenant.User("anna");
        _tenant.User("berta");
        _tenant.User("happy", methods: Hello());
        _tenant.Fail($"{Finance}/transitiveMembers");
        var measured = Measure(Resistant, new AccessUsers { IncludeUsers = use is "include" ? [] : [Everybody], IncludeGroups = use is "exclude" ? [] : [Finance], ExcludeGroups = use is "exclude" ? [Finance] : [] });
        Assert.Equal((refused, unknown, inScope), (string.Join(", ", Names(measured.Refused)), string.Join(", ", Names(measured.Unknown)), measured.InScope));
        Assert.StartsWith($"Who is in group {Finance} could not be read", Assert.Single(measured.NotRead), StringComparison.Ordinal);
        Assert.All(measured.Unknown, u => Assert.StartsWith("may be in a group of the scope", u.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Roles_that_cannot_be_read_leave_open_whom_they_mean()
    {
        _tenant.User("anna");
        _tenant.Role(IdOf("anna"));
        _tenant.Fail("directoryRoles");
        var measured = Measure(Resistant, new AccessUsers { IncludeRoles = [RoleHoldersSource.GlobalAdministrator] });
        Assert.Equal(["anna"], Names(measured.Unknown));
        Assert.StartsWith("may have a directory role", measured.Unknown[0].Reason, StringComparison.Ordinal);
        Assert.Null(measured.Unknown[0].IsAdministrator);
        Assert.Contains(measured.NotRead, r => r.StartsWith("Who has a directory role could not be read", StringComparison.Ordinal));
        measured = Measure(Resistant);
        Assert.Equal(["anna"], Names(measured.Refused));
        Assert.Null(measured.Refused[0].IsAdministrator);
    }

    /// <summary>Nobody who cannot be judged counts as let in, and nobody as refused.</summary>
    [Theory]
    [InlineData("licence", "may have other methods: the registration report could not be read", false)]
    [InlineData("/userRegistrationDetails", "may have other methods: the registration report could not be read", false)]
    [InlineData("/directoryAudits", "has no phishing-resistant method, by the registration report; what was registered since is not known", true)]
    public void Without_the_report_or_the_log_nobody_is_refused_for_certain(string what, string reason, bool mayMiss)
    {
        _tenant.User("anna");
        _tenant.User("keyed", methods: Passkey("deviceBound", YubiKey));
        if (what is "licence") _tenant.Settings["licence"] = "Free";
        else _tenant.Fail(what);
        var measured = Measure(Resistant);
        Assert.Equal([$"anna Unknown: {reason}"], Shown(measured));
        Assert.Equal((2, mayMiss), (measured.InScope, measured.MayMissPeople));
        Assert.NotEmpty(measured.NotRead);
        Assert.NotNull(measured.DataAsOf);
    }

    [Fact]
    public void Without_the_list_of_users_somebody_may_be_missing()
    {
        _tenant.User("anna");
        _tenant.Fail("/users?");
        var measured = Measure(Resistant);
        Assert.True(measured.MayMissPeople);
        Assert.Contains(measured.NotRead, r => r.StartsWith("The users could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_about_nobody_known_may_be_about_anybody()
    {
        _tenant.User("anna", methods: Hello());
        _tenant.Audit("Delete Windows Hello for Business credential", "ghost");
        ((JObject)_tenant.Audits[0]["initiatedBy"]!["user"]!)["id"] = null;
        var measured = Measure(Resistant);
        Assert.True(measured.MayMissPeople);
        Assert.StartsWith("1 event of the audit log could not be assigned", Assert.Single(measured.NotRead), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_those_are_asked_for_passkeys_whose_passkeys_decide()
    {
        _tenant.Group(Finance, "Finance", IdOf("anna"), IdOf("hello"), IdOf("gus"));
        _tenant.User("anna", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("outside", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("hello", methods: [Passkey("deviceBound", YubiKey), Hello()]);
        _tenant.User("gus", methods: Passkey("deviceBound", YubiKey))["userType"] = "Guest";
        AccessUsers finance = new() { IncludeGroups = [Finance] };
        Measure(Resistant, finance);
        Assert.Equal(["anna"], AskedForPasskeys());
        Measure(Keys, finance);
        Assert.Equal(["anna", "hello"], AskedForPasskeys());
        Measure(Certificates, finance);
        Assert.Empty(AskedForPasskeys());
    }

    [Fact]
    public void Many_strengths_are_one_reading_and_come_in_their_order()
    {
        _tenant.User("anna", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("berta", methods: Hello());
        AuthenticationStrength mfa = new("2", "Multifactor authentication", ["fido2", "password,sms"]);
        IReadOnlyList<AccessUsers> all = [new() { IncludeUsers = [Everybody] }];
        var measured = Measure([(Keys, all), (mfa, all), (Resistant, all)]);
        Assert.Equal(["Approved keys", "Multifactor authentication", "Phishing-resistant MFA"], measured.Select(m => m.Strength.Name));
        Assert.Equal(["berta", "", ""], measured.Select(m => string.Join(", ", Names(m.Refused))));
        Assert.Equal(1, _tenant.Asked.Count(p => p.Contains("/userRegistrationDetails", StringComparison.Ordinal)));
        // What was not looked into is not fine.
        Assert.True(measured[1].MayMissPeople);
        Assert.StartsWith("Whom 'Multifactor authentication' would refuse is not looked into", Assert.Single(measured[1].NotRead), StringComparison.Ordinal);
    }

    [Fact]
    public void A_strength_that_is_not_judged_asks_for_nothing()
    {
        Measure(new AuthenticationStrength("2", "x", []));
        Assert.Empty(_tenant.Asked);
    }

    [Fact]
    public void What_takes_over_ten_minutes_is_left_open_until_somebody_waits()
    {
        for (var i = 0; i < 310; i++) _tenant.User($"u{i:000}", methods: Passkey("synced"));
        _tenant.User("none");
        var measured = Measure(Keys);
        Assert.Equal((1, 310), (measured.Refused.Count, measured.Unknown.Count));
        Assert.Equal("may have passkeys, which were not read", measured.Unknown[0].Reason);
        Assert.Contains("-Wait", Assert.Single(measured.NotRead), StringComparison.Ordinal);
        Assert.Equal(311, Measure([(Keys, [new AccessUsers { IncludeUsers = [Everybody] }])], new RuleOptions { Waits = true })[0].Refused.Count);
    }

    [Fact]
    public void One_user_who_cannot_be_read_costs_that_user_only()
    {
        foreach (var name in new[] { "anna", "berta" }) _tenant.User(name, methods: Passkey("deviceBound", YubiKey));
        _tenant.Graph.Server.Faults = (request, _) => request.Path.Contains($"{IdOf("anna")}/authentication", StringComparison.Ordinal) ? PasskeyAdmin.Testing.Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var measured = Measure(Resistant);
        Assert.Equal(["anna Unknown: has passkeys that could not be read"], Shown(measured));
        Assert.StartsWith("The passkeys of 1 user could not be read.", Assert.Single(measured.NotRead), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_steer_a_terminal_do_not()
    {
        var user = _tenant.User("ned");
        (user["displayName"], user["userPrincipalName"]) = ("Ned\u001b[2J\u202e", "ned\u0007@contoso.com");
        var row = Assert.Single(Measure(Resistant with { Name = "Str\u001bength" }).Refused);
        Assert.DoesNotContain($"{row.DisplayName}{row.UserPrincipalName}{row.Strength}{row.Reason}{row}", char.IsControl);
        Assert.DoesNotContain('\u202e', row.DisplayName!);
    }

    [Fact]
    public void A_sign_in_that_ends_ends_it()
    {
        _tenant.User("anna");
        _tenant.Fail("transitiveMembers", 401, "InvalidAuthenticationToken");
        Assert.Equal(ErrorKind.SignInNeeded, Assert.Throws<PasskeyAdminException>(() => Measure(Resistant)).Kind);
    }

    private void Add(string kind, string name)
    {
        var user = _tenant.User(name, isPilot: kind is not ("shut out by the policy" or "no type"), methods: kind switch
        {
            "a key" or "just registered a key" => [Passkey("deviceBound", YubiKey)],
            "another model" => [Passkey("deviceBound", Authenticator)],
            "a model nobody knows" => [Passkey("deviceBound", "12345678-0000-4000-8000-000000000000")],
            "shut out by the policy" => [Passkey("synced")],
            "shut out, and another model" => [Passkey("deviceBound", YubiKey), Passkey("deviceBound", Authenticator)],
            "Windows Hello" or "a passkey was removed" => [Hello()],
            "no model" => [Passkey("deviceBound", null)],
            "no type" => [Passkey(null)],
            _ => [],
        });
        if (kind is "shut out, and another model") _tenant.Join(Excluded, IdOf(name));
        if (kind is "a passkey was removed") _tenant.Audit("Delete Windows Hello for Business credential", name, hasId: true);
        if (kind is "just created") user["createdDateTime"] = "2026-11-26T07:00:00Z";
        if (kind is "just registered a key")
        {
            user["authenticationMethods"]![0]!["createdDateTime"] = "2026-11-26T07:00:00Z";
            _tenant.Audit("Add Passkey (device-bound)", name, YubiKey);
        }
        if (kind is "a certificate") user["x509"] = "multiFactor";
        if (kind is "a guest") user["userType"] = "Guest";
        if (kind is "a member from another tenant") user["userPrincipalName"] = "ned_fabrikam.com#EXT#@contoso.com";
        if (kind is "disabled") user["accountEnabled"] = false;
    }

    private AccessRefusals Measure(AuthenticationStrength strength, params AccessUsers[] scopes) => Assert.Single(Measure([(strength, scopes.Length > 0 ? scopes : [new AccessUsers { IncludeUsers = [Everybody] }])]));

    private IReadOnlyList<AccessRefusals> Measure(IReadOnlyList<(AuthenticationStrength, IReadOnlyList<AccessUsers>)> demands, RuleOptions? options = null)
    {
        var session = _tenant.Session();
        _tenant.ForgetAsked();
        return new AccessRefusalSource(session, session.CreateClient(), Catalog, (options ?? new RuleOptions()) with { Notice = _notices.Add }).Measure(demands, CancellationToken.None);
    }

    private static List<string> Names(IEnumerable<PasskeyAccessRefusal> rows) => [.. rows.Select(r => r.UserPrincipalName!.Split('@')[0])];

    private static List<string> Shown(AccessRefusals measured) => [.. measured.Refused.Concat(measured.Unknown).Select(r => $"{r.UserPrincipalName!.Split('@')[0]} {r.Result}: {r.Reason}")];

    private List<string> AskedForPasskeys() =>
        [.. _tenant.Asked.Where(p => p.EndsWith("/fido2Methods", StringComparison.Ordinal)).Select(p => p.Split('/')[^3]).Select(id => _tenant.Users.Single(u => (string?)u["id"] == id)["userPrincipalName"]!.ToString().Split('@')[0]).Order(StringComparer.Ordinal)];
}
