using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What is asked of Graph, over real HTTP on a tenant that remembers.</summary>
public sealed class AuditSourceTests : IDisposable
{
    private readonly UsersFixture _tenant = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void One_user_is_found_by_id_and_by_name_in_one_request()
    {
        People();
        // Only the name says whose it is.
        _tenant.Audit("Add Passkey (synced)", "ben", UsersFixture.Apple);
        _tenant.Audits[0]["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = UsersFixture.IdOf("ann") } };
        _tenant.Audit("Delete Passkey (device-bound)", "ben", UsersFixture.YubiKey, at: "2026-11-26T07:30:00Z", hasId: true);
        _tenant.Audit("Add Passkey (synced)", "cara", UsersFixture.Apple);
        var told = OfUser("ben@contoso.com");
        Assert.Equal(["Removal Themselves", "Registration OtherUser"], told.Select(e => $"{e.Kind} {e.Initiator}"));
        Assert.Equal(["/users/", "/auditLogs/signIns", "/auditLogs/directoryAudits"], _tenant.Asked.Select(a => a[a.IndexOf('/', StringComparison.Ordinal)..].Split('?')[0].Replace("ben%40contoso.com", "", StringComparison.Ordinal)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Where_names_are_refused_as_a_filter_documented_ones_are_used_and_what_is_missed_is_said_once()
    {
        People();
        _tenant.Audit("Add Passkey (synced)", "ben", UsersFixture.Apple);
        _tenant.Audit("Admin registered security info", "ben", at: "2026-11-26T06:00:00Z", hasId: true);
        _tenant.Audits[1]["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = UsersFixture.IdOf("ann") } };
        var source = Source();
        _tenant.Fail("userPrincipalName eq", 400, "BadRequest");
        _tenant.Graph.Server.Faults = (r, _) => Uri.UnescapeDataString(r.Path).Contains("t/userPrincipalName eq", StringComparison.Ordinal) ? Fault.Reply(400, """{"error":{"code":"BadRequest","message":"Invalid filter clause"}}""") : null;
        Assert.Equal(["Registration Themselves", "Registration OtherUser"], source.OfUser("ben@contoso.com", CancellationToken.None).Select(e => $"{e.Kind} {e.Initiator}"));
        Assert.Equal(2, source.OfUser(UsersFixture.IdOf("ben"), CancellationToken.None).Count());
        Assert.Single(_tenant.Asked, a => Uri.UnescapeDataString(a).Contains("t/userPrincipalName eq", StringComparison.Ordinal));
        Assert.StartsWith("This tenant does not let the audit log be asked by the name", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "the tenant has no premium licence, and so no sign-in log that can be read")]
    [InlineData(403, "Authorization_RequestDenied", "the sign-in log could not be read")]
    public void Without_the_sign_in_log_the_rest_goes_on(int status, string code, string reason)
    {
        People();
        _tenant.Audit("Add Passkey (synced)", "ben", UsersFixture.Apple);
        _tenant.Audit("Add Passkey (synced)", "cara", UsersFixture.Apple);
        var source = Source();
        _tenant.Fail("signIns", status, code);
        foreach (var name in new[] { "ben", "cara" })
            Assert.Contains($"Where it was registered: {reason}.", Assert.Single(source.OfUser($"{name}@contoso.com", CancellationToken.None)).NotChecked);
        Assert.StartsWith($"Use of passkeys is missing, and unusual places are not looked for: {reason}.", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_log_that_cannot_be_read_is_an_error()
    {
        People();
        var source = Source();
        _tenant.Fail("directoryAudits");
        Assert.Equal("AccessDenied", Assert.Throws<PasskeyAdminException>(() => source.OfUser("ben@contoso.com", CancellationToken.None).ToList()).ErrorId);
        Assert.Equal("AccessDenied", Assert.Throws<PasskeyAdminException>(() => source.OfTenant(CancellationToken.None).ToList()).ErrorId);
    }

    [Fact]
    public void Use_with_its_place_and_what_was_refused()
    {
        People();
        foreach (var day in new[] { "01", "02", "03" }) SignIn($"2026-11-{day}T08:00:00Z", "Password", "GB");
        SignIn("2026-11-25T08:00:00Z", "Passkey (synced)", "GB");
        SignIn("2026-11-25T09:00:00Z", "Windows Hello for Business", "GB");
        SignIn("2026-11-25T10:00:00Z", "Passkey (device-bound)", "BR");
        SignIn("2026-11-25T11:00:00Z", "Passkey (synced)", "GB", 135016);
        SignIn("2026-11-25T12:00:00Z", null, "GB", 135016);
        var told = OfUser("ben@contoso.com");
        Assert.Equal(["No  GB 135016", "No Passkey (synced) GB 135016", "Yes Passkey (device-bound) BR ", "Yes Passkey (synced) GB "], told.Select(e => $"{e.Succeeded} {e.Method} {e.Country} {e.ErrorCode}"));
        Assert.Equal(PasskeyAnomalyKind.UnusualPlace, Assert.Single(told[2].Anomaly).Kind);
        Assert.All(told, e => Assert.DoesNotContain("198.51.100", e.Summary + string.Join(" ", e.Anomaly), StringComparison.Ordinal));
    }

    [Fact]
    public void What_came_just_before_the_time_asked_for_counts_and_is_not_told()
    {
        People();
        _tenant.Audit("Admin registered security info", "ben", at: "2026-11-26T06:40:00Z", hasId: true);
        _tenant.Audits[0]["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = UsersFixture.IdOf("ann") } };
        _tenant.Audit("Add Passkey (synced)", "ben", UsersFixture.Apple, at: "2026-11-26T07:10:00Z");
        var told = Assert.Single(OfTenant(new DateTimeOffset(2026, 11, 26, 7, 0, 0, TimeSpan.Zero)));
        Assert.Contains(told.Anomaly, a => a.Kind is PasskeyAnomalyKind.RegisteredAfterPass);
    }

    [Fact]
    public void A_whole_tenant_says_the_cost_and_reads_sign_ins_only_where_use_is_asked_for()
    {
        People();
        _tenant.Audit("Add Passkey (synced)", "ben", UsersFixture.Apple);
        SignIn("2026-11-25T08:00:00Z", "Passkey (synced)", "GB");
        Assert.Equal([PasskeyAuditKind.Registration], OfTenant().Select(e => e.Kind));
        Assert.StartsWith("Audit log since", Assert.Single(_tenant.Estimates).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_tenant.Asked, a => a.Contains("signIns", StringComparison.Ordinal));
        Assert.Equal([PasskeyAuditKind.Registration, PasskeyAuditKind.Use], OfTenant(kinds: [PasskeyAuditKind.Registration, PasskeyAuditKind.Use]).Select(e => e.Kind));
        Assert.Contains(_tenant.Estimates, e => e.ToString().StartsWith("Sign-in log since", StringComparison.Ordinal) && e.IsMost);
    }

    [Fact]
    public void A_change_of_the_policy_is_in_words_with_who_made_it()
    {
        People();
        _tenant.Settings["account"] = "ann@contoso.com";
        _tenant.Settings["enforcesRoles"] = false;
        var session = _tenant.Session();
        var before = new PasskeyPolicySource(session, session.CreateClient(), UsersFixture.Catalog).Read(CancellationToken.None);
        var body = before.Raw.WriteBody("passkeyProfiles");
        body["passkeyProfiles"]![1]!["passkeyTypes"] = "deviceBound";
        session.CreateClient().Patch("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2", body, CancellationToken.None);
        var told = Assert.Single(OfTenant(kinds: [PasskeyAuditKind.PolicyChange]));
        Assert.Equal(["Synced pilot: - passkey type Synced"], told.Change);
        Assert.Equal("Synced pilot: - passkey type Synced by ann@contoso.com", told.Summary);
    }

    [Theory]
    // Who registered it is known or not; what could not be judged of what is not shown is said, and only then.
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Only_what_somebody_should_look_at(bool isKnown, int warnings)
    {
        People();
        _tenant.Audit("Add Passkey (device-bound)", "ben", UsersFixture.YubiKey);
        if (!isKnown) _tenant.Audits[0]["initiatedBy"] = new JObject();
        _tenant.Audit("Add Passkey (device-bound)", "cara", UsersFixture.YubiKey);
        _tenant.Audits[1]["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = UsersFixture.IdOf("ann") } };
        Assert.Equal(["cara@contoso.com"], OfTenant(onlyAnomalies: true).Select(e => e.UserPrincipalName));
        Assert.StartsWith("Unusual places were not looked for", _warnings[0], StringComparison.Ordinal);
        Assert.Equal(warnings, _warnings.Skip(1).Count(w => w.StartsWith("1 event without an anomaly could not be judged in full", StringComparison.Ordinal)));
        Assert.Equal(1 + warnings, _warnings.Count);
    }

    [Fact]
    public void What_an_administrator_did_for_one_user_is_no_reason_to_warn_each_time()
    {
        People();
        _tenant.Audit("Add Passkey (device-bound)", "cara", UsersFixture.YubiKey);
        _tenant.Audit("Admin registered security info", "cara", at: "2026-11-26T03:00:00Z", hasId: true);
        foreach (var audit in _tenant.Audits) audit["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = UsersFixture.IdOf("ann") } };
        var told = Assert.Single(Source(onlyAnomalies: true).OfUser("cara@contoso.com", CancellationToken.None));
        Assert.Contains(told.NotChecked, n => n.StartsWith("Whether ann@contoso.com registered passkeys for many others", StringComparison.Ordinal));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Where_people_usually_are_is_read_from_the_whole_log_whatever_is_asked_for()
    {
        People();
        foreach (var day in new[] { "01", "02", "03" }) SignIn($"2026-11-{day}T08:00:00Z", "Passkey (synced)", "GB");
        SignIn("2026-11-26T06:00:00Z", "Passkey (synced)", "BR");
        var told = Assert.Single(OfTenant(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), [PasskeyAuditKind.Use]));
        Assert.Equal("It was in BR, where the user had not signed in before (since 2026-11-01: GB).", Assert.Single(told.Anomaly).Reason);
    }

    [Theory]
    [InlineData(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "PremiumLicenceRequired")]
    [InlineData(403, "Authorization_RequestDenied", "AccessDenied")]
    public void Nothing_but_use_without_the_sign_in_log_is_an_error_and_not_an_empty_answer(int status, string code, string errorId)
    {
        People();
        var source = Source(kinds: [PasskeyAuditKind.Use]);
        _tenant.Fail("signIns", status, code);
        Assert.Equal(errorId, Assert.Throws<PasskeyAdminException>(() => source.OfTenant(CancellationToken.None).ToList()).ErrorId);
        foreach (var name in new[] { "ben", "cara" })
            Assert.Equal(errorId, Assert.Throws<PasskeyAdminException>(() => source.OfUser($"{name}@contoso.com", CancellationToken.None).ToList()).ErrorId);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void What_is_told_while_it_is_read_is_asked_for_in_its_order()
    {
        People();
        OfTenant();
        Assert.Equal(2, _tenant.Asked.Count(a => a.Contains("directoryAudits", StringComparison.Ordinal) && Uri.UnescapeDataString(a).EndsWith("&$orderby=activityDateTime desc", StringComparison.Ordinal)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_log_that_does_not_come_in_order_is_said_once()
    {
        People();
        var source = Source(kinds: [PasskeyAuditKind.Registration]);
        string[] dates = ["2026-11-24T07:00:00Z", "2026-11-26T07:00:00Z", "2026-11-25T07:00:00Z"];
        var entries = dates.Select((d, i) => new JObject(AuditLogEntries.Entry("Add Passkey (synced)", "ben", i, aaGuid: UsersFixture.Apple)) { ["activityDateTime"] = d });
        var page = new JObject { ["value"] = new JArray(entries) }.ToString();
        _tenant.Graph.Server.Faults = (r, _) => r.Path.Contains("directoryAudits", StringComparison.Ordinal) ? Fault.Reply(200, page) : null;
        Assert.Equal(3, source.OfTenant(CancellationToken.None).Count());
        Assert.StartsWith("The audit log did not come newest first", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_beginning_of_time_is_no_trouble()
    {
        People();
        _tenant.Audit("Add Passkey (synced)", "ben", UsersFixture.Apple);
        Assert.Single(OfTenant(DateTimeOffset.MinValue));
        Assert.Single(Source(DateTimeOffset.MinValue).OfUser("ben@contoso.com", CancellationToken.None));
    }

    [Fact]
    public void A_tenant_in_which_nothing_happened_has_no_event_of_any_kind()
    {
        People();
        foreach (var kind in Enum.GetValues<PasskeyAuditKind>())
        {
            Assert.Empty(OfTenant(kinds: [kind]));
            Assert.Empty(Source(kinds: [kind]).OfUser("ben@contoso.com", CancellationToken.None));
        }
        Assert.Empty(_warnings);
    }

    private void People()
    {
        foreach (var name in new[] { "ann", "ben", "cara" }) _tenant.User(name);
    }

    private void SignIn(string at, string? method, string country, long error = 0) => _tenant.SignIns.Add(new JObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["createdDateTime"] = at,
        ["userId"] = UsersFixture.IdOf("ben"),
        ["appId"] = "00000003-0000-0ff1-ce00-000000000000",
        ["status"] = new JObject { ["errorCode"] = error },
        ["location"] = new JObject { ["countryOrRegion"] = country },
        ["authenticationDetails"] = method is null ? [] : new JArray(new JObject { ["authenticationMethod"] = method }),
    });

    private List<PasskeyAuditEvent> OfUser(string user) => [.. Source().OfUser(user, CancellationToken.None)];

    private List<PasskeyAuditEvent> OfTenant(DateTimeOffset? since = null, PasskeyAuditKind[]? kinds = null, bool onlyAnomalies = false) => [.. Source(since, kinds, onlyAnomalies).OfTenant(CancellationToken.None)];

    private AuditSource Source(DateTimeOffset? since = null, PasskeyAuditKind[]? kinds = null, bool onlyAnomalies = false)
    {
        var session = _tenant.Session();
        var client = session.CreateClient();
        var policy = new PasskeyPolicySource(session, client, UsersFixture.Catalog).Read(CancellationToken.None);
        _tenant.ForgetAsked();
        return new AuditSource(session, client, UsersFixture.Catalog, policy, new AuditRequest(since ?? session.Traffic.Now - AuditSource.DefaultSpan, kinds, onlyAnomalies) { Warn = _warnings.Add, Announce = _tenant.Estimates.Add });
    }
}
