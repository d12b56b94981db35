using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What is asked of Microsoft Graph for one user, and what comes of a source that cannot be read.</summary>
public sealed class UserCaseSourceTests
{
    private const int MostRequests = 12;

    /// <summary>A piece of the path of each source, and a check that hangs on it.</summary>
    public static TheoryData<string, string> Sources => new()
    {
        { "authenticationMethodConfigurations/fido2", "MethodDisabled" },
        { "transitiveMemberOf", "UserExcluded" },
        { "authentication/methods", "NoPasskeyRegistered" },
        { "registeredDevices", "DeviceNotReady" },
        { "conditionalAccess/policies", "NoMethodForStrength" },
        { "signIns", "AccountLocked" },
        { "targetResources", "RegistrationNotCompleted" },
    };

    [Fact]
    public void One_user_takes_twelve_requests_at_most_and_others_share_what_they_can()
    {
        using var tenant = Contoso();
        tenant.Ask("kenji.moreau@contoso.com");
        var first = tenant.Graph.Server.Requests.Count;
        Assert.InRange(first, 1, MostRequests);
        foreach (var name in Ten) tenant.Ask($"{name}@contoso.com");
        Assert.InRange(tenant.Graph.Server.Requests.Count - first, 1, 6 * Ten.Length);
        // What belongs to the tenant was asked for once.
        Assert.Single(Parts(tenant), p => p.Contains("conditionalAccess/policies", StringComparison.Ordinal));
        Assert.Single(Parts(tenant), p => p.Contains("authenticationMethodConfigurations/fido2", StringComparison.Ordinal));
        Assert.Single(Parts(tenant), p => p.Contains("Authentication%20Methods%20Policy", StringComparison.Ordinal) || p.Contains("'Authentication Methods Policy'", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_written()
    {
        using var tenant = Contoso();
        tenant.Ask("kenji.moreau@contoso.com", PasskeySymptom.LostDevice);
        Assert.All(tenant.Graph.Server.Requests, r => Assert.True(r.Method == "GET" || r.Path.EndsWith("/$batch", StringComparison.Ordinal), r.Path));
        Assert.All(Batches(tenant).SelectMany(b => b["requests"]!), r => Assert.Equal("GET", (string?)r["method"]));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void With_a_source_that_is_refused_the_answer_still_comes_and_says_so(string source, string check) => Unreadable(source, check, 403, "Authorization_RequestDenied");

    [Theory]
    [MemberData(nameof(Sources))]
    public void With_a_source_that_fails_for_good_the_answer_still_comes_and_says_so(string source, string check) => Unreadable(source, check, 503, "serviceNotAvailable");

    private static void Unreadable(string source, string check, int status, string code)
    {
        using var tenant = Contoso();
        var whole = tenant.Ask("pradeep.petrova@contoso.com");
        Assert.True(whole.IsClear, whole.Text);
        using var broken = Contoso();
        broken.Graph.Server.Faults = (request, _) => Answer(request, source, status, code);
        var diagnosis = broken.Ask("pradeep.petrova@contoso.com");
        Assert.Equal(UserCheckOutcome.NotChecked, Assert.Single(diagnosis.Check, c => c.Id == check).Outcome);
        Assert.NotEmpty(diagnosis.NotRead);
        // Neither a cause out of nothing, nor an all-clear.
        Assert.Empty(diagnosis.Cause);
        Assert.False(diagnosis.IsClear);
        Assert.Contains("no all-clear", diagnosis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_without_a_licence_gets_what_can_be_told_without_logs()
    {
        using var tenant = new DiagnosedTenant(SandboxTenant.CreateContoso([new("licence", "Free")]));
        var diagnosis = tenant.Ask("kenji.moreau@contoso.com", PasskeySymptom.StoppedWorking);
        Assert.Equal("PasskeyTypeNotAllowed", diagnosis.Cause[0].CauseId);
        Assert.Equal(CauseConfidence.Certain, diagnosis.Cause[0].Confidence);
        Assert.Contains(diagnosis.NotRead, r => r.Contains("premium licence", StringComparison.Ordinal));
    }

    /// <summary>No answer says of a time what no log has (reference/graph-users-and-usage.md §3).</summary>
    [Theory]
    [InlineData("Free", 30, 7)]
    [InlineData("Free", 3, 3)]
    [InlineData("P1", 30, 30)]
    public void The_logs_of_a_tenant_without_a_licence_go_back_a_week(string licence, int asked, int days)
    {
        using var tenant = new DiagnosedTenant(SandboxTenant.CreateContoso([new("licence", licence)])) { Days = asked };
        var diagnosis = tenant.Ask("pradeep.petrova@contoso.com");
        Assert.Equal(DiagnosedTenant.Now.AddDays(-days).Date, diagnosis.Since.UtcDateTime.Date);
        Assert.Contains($"since {DiagnosedTenant.Now.AddDays(-days):yyyy-MM-dd}", Assert.Single(diagnosis.Check, c => c.Id == "UserPrincipalNameChanged").Detail, StringComparison.Ordinal);
        Assert.Equal(days < asked, diagnosis.Note.Any(n => n.Contains("the last 7 days only", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_account_that_cannot_be_read_is_asked_about_all_the_same()
    {
        using var tenant = Contoso();
        tenant.Graph.Server.Faults = (request, _) => request.Path.StartsWith("/v1.0/users/", StringComparison.Ordinal) ? Denied() : null;
        var diagnosis = tenant.Ask("kenji.moreau@contoso.com");
        Assert.Contains(diagnosis.NotRead, r => r.StartsWith("The account could not be read: access was refused (403).", StringComparison.Ordinal));
        Assert.Equal(UserCheckOutcome.NotChecked, Assert.Single(diagnosis.Check, c => c.Id == "AccountDisabled").Outcome);
    }

    [Fact]
    public void Somebody_who_is_not_there_is_an_error()
    {
        using var tenant = Contoso();
        Assert.Equal("UserNotFound", Assert.Throws<PasskeyAdminException>(() => tenant.Ask("nobody@contoso.com")).ErrorId);
    }

    [Fact]
    public void A_narrowed_profile_is_found_by_who_changed_it_and_when()
    {
        using var tenant = Contoso();
        var cause = tenant.Ask("kenji.moreau@contoso.com", PasskeySymptom.StoppedWorking).Cause[0];
        Assert.Equal(("PasskeyTypeNotAllowed", CauseConfidence.Certain), (cause.CauseId, cause.Confidence));
        var change = Assert.Single(cause.Evidence, e => e.Source is EvidenceSource.AuditLog);
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 8, 15, 0, TimeSpan.Zero), change.At);
        Assert.Contains("pradeep.petrova@contoso.com", change.Text, StringComparison.Ordinal);
        Assert.Contains(cause.NextStep, s => s.Command?.StartsWith("Set-PasskeyProfile ", StringComparison.Ordinal) == true);
        Assert.Contains(cause.NextStep, s => s.Command?.StartsWith("New-PasskeyTemporaryAccessPass ", StringComparison.Ordinal) == true);
    }

    private static readonly string[] Ten = ["adele.siciliani", "lidia.gu", "enrico.nowak", "joni.holloway", "pradeep.gupta", "zoe.siciliani", "anna.obrien", "carla.nowak", "olga.rossi", "raul.gu"];

    private static DiagnosedTenant Contoso() => new(SandboxTenant.CreateContoso());

    private static Fault? Answer(ArrivedRequest request, string source, int status, string code)
    {
        if (!request.Path.EndsWith("/$batch", StringComparison.Ordinal)) return Uri.UnescapeDataString(request.Path).Contains(source, StringComparison.OrdinalIgnoreCase) ? Reply(status, code) : null;
        // A batch that has the source in it fails as a whole; the others in it are of the same kind.
        return Uri.UnescapeDataString(request.Body).Contains(source, StringComparison.OrdinalIgnoreCase) ? Reply(status, code) : null;
    }

    private static Fault Denied() => Reply(403, "Authorization_RequestDenied");

    private static Fault Reply(int status, string code) => Fault.Reply(status, new JObject { ["error"] = new JObject { ["code"] = code, ["message"] = "No." } }.ToString());

    private static IEnumerable<JObject> Batches(DiagnosedTenant tenant) => tenant.Graph.Server.Requests.Where(r => r.Path.EndsWith("/$batch", StringComparison.Ordinal)).Select(r => JObject.Parse(r.Body));

    private static IReadOnlyList<string> Parts(DiagnosedTenant tenant) =>
        [.. tenant.Graph.Server.Requests.SelectMany(r => r.Path.EndsWith("/$batch", StringComparison.Ordinal) ? JObject.Parse(r.Body)["requests"]!.Select(p => Uri.UnescapeDataString((string)p["url"]!)) : [Uri.UnescapeDataString(r.Path)])];
}
