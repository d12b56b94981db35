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
        SignIn("2026-11-01T08:00:00Z", "Password", "GB");
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

    [Fact]
    public void Only_what_somebody_should_look_at()
    {
        People();
        _tenant.Audit("Add Passkey (device-bound)", "ben", UsersFixture.YubiKey);
        _tenant.Audit("Add Passkey (device-bound)", "cara", UsersFixture.YubiKey);
        _tenant.Audits[1]["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = UsersFixture.IdOf("ann") } };
        Assert.Equal(["cara@contoso.com"], OfTenant(onlyAnomalies: true).Select(e => e.UserPrincipalName));
        Assert.Collection(_warnings, w => Assert.StartsWith("Unusual places were not looked for", w, StringComparison.Ordinal), w => Assert.StartsWith("1 event without an anomaly could not be judged in full", w, StringComparison.Ordinal));
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
