using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>The rules on the sample tenant, over HTTP: exactly the planted mistakes of about_PasskeyAdmin_Contoso, and no near miss; each collection read once; and what an unreadable source costs.</summary>
public sealed class ContosoRulesTests(ContosoOverHttp contoso) : IClassFixture<ContosoOverHttp>
{
    /// <summary>What fails, rule by rule: who or what is concerned, or how many.</summary>
    private static readonly Dictionary<string, string[]> Planted = new()
    {
        ["PK110"] = ["Privileged access"], // 1
        ["PK102"] = ["Synced pilot"], // 2
        ["PK107"] = ["group 5d0c2f6b-3a81-5c47-9e12-b8f4a6d07e39 (not in the directory)"], // 3
        ["PK108"] = ["Contractors 2025"], // 4
        ["PK109"] = ["Carla Holloway"], // 5
        ["PK212"] = ["External partners"], // 6
        ["PK111"] = ["Shared kiosk accounts", "lidia.gu"], // 7
        ["PK201"] = ["carla.siciliani", "isaiah.cline", "lee.robbins", "raul.gu", "saoirse.gu", "saoirse.wilke"], // 8
        ["PK204"] = ["isaiah.cline", "raul.gu", "saoirse.wilke"], // 9
        ["PK203"] = ["amira.berger"], // 10
        ["PK202"] = ["enrico.nowak", "emergency2"], // 11, 12
        ["PK205"] = ["emergency2"], // 12
        ["PK207"] = ["Phishing-resistant sign-in for administrators", "emergency2"], // 13
        ["PK206"] = ["emergency1"], // 14
        ["PK209"] = ["46", "kenji.moreau", "anna.novak", "carla.nowak", "lidia.gu", "irvin.braun"], // 15, 16
        ["PK208"] = ["52", "bjorn.gupta", "ngozi.gupta"], // 17
        ["PK210"] = ["17", "yuki.cattaneo"], // 18
        ["PK213"] = ["diego.lindqvist", "saoirse.sherman"], // 19
        ["PK211"] = ["adele.siciliani"], // 20
        ["PK214"] = ["Retail"], // 21
        ["PK301"] = ["Finance: approved passkeys"], // 22
        ["PK304"] = ["64", "Phishing-resistant sign-in for administrators", "enrico.nowak", "emergency2", "Finance: approved passkeys for the ERP system"], // 23, 11, 13
        ["PK302"] = ["Phishing-resistant sign-in for administrators"], // 24
        ["PK303"] = ["Security information only from a compliant device or an office"], // 25
        ["PK305"] = ["Contoso Payroll"], // 26
        ["PK402"] = [], // 27
    };

    [Fact]
    public void Exactly_the_planted_mistakes_are_found()
    {
        var findings = contoso.Evaluate();
        var failed = findings.Where(f => f.Outcome is RuleOutcome.Fail).ToList();
        Assert.Equal(Planted.Keys.Order(StringComparer.Ordinal), failed.Select(f => f.RuleId).Distinct().Order(StringComparer.Ordinal));
        foreach (var (rule, expected) in Planted)
        {
            var names = failed.Where(f => f.RuleId == rule).SelectMany(f => f.Subject).Select(s => s.Name.Split('@')[0]).ToList();
            // Of many, how many there are, and those that the topic names.
            if (expected.Length > 0 && int.TryParse(expected[0], out var count)) Assert.Equal((rule, count, ""), (rule, names.Count, string.Join(", ", expected[1..].Except(names))));
            else Assert.Equal($"{rule}: {string.Join(", ", expected.Order(StringComparer.Ordinal))}", $"{rule}: {string.Join(", ", names.Order(StringComparer.Ordinal))}");
        }
    }

    [Fact]
    public void What_cannot_be_told_is_one_old_passkey_without_a_type() =>
        Assert.Equal(["PK209"], contoso.Evaluate().Where(f => f.Outcome is RuleOutcome.Unknown).Select(f => f.RuleId));

    [Fact]
    public void Numbers_are_those_of_the_topic()
    {
        var evidence = contoso.Evaluate().Where(f => f.Outcome is RuleOutcome.Fail).ToLookup(f => f.RuleId, f => f.Evidence);
        Assert.Contains("24 of them have no other phishing-resistant method", evidence["PK209"].Single(), StringComparison.Ordinal);
        Assert.Contains("of 72 users, and 60 of them have no method", evidence["PK304"].Last(), StringComparison.Ordinal);
        Assert.Contains("1Password, Dashlane", evidence["PK301"].Single(), StringComparison.Ordinal);
        Assert.Contains("in 70 days", evidence["PK208"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Named_emergency_accounts_give_the_same() =>
        Assert.Equal(["PK205 emergency2@contoso.onmicrosoft.com", "PK206 emergency1@contoso.onmicrosoft.com", "PK207 Phishing-resistant sign-in for administrators, emergency2@contoso.onmicrosoft.com"],
            contoso.Evaluate(rules: ["PK205", "PK206", "PK207"], emergency: ["emergency1@contoso.onmicrosoft.com", "emergency2@contoso.onmicrosoft.com"]).Where(f => f.Outcome is RuleOutcome.Fail).Select(f => $"{f.RuleId} {f.Subject}"));

    [Fact]
    public void Both_reports_of_them_pass_their_published_schemas()
    {
        var findings = contoso.Evaluate();
        using var sarif = new StringWriter();
        new SarifLog("1.2.3").Write(sarif, findings, [.. PolicyRules.All.Select(r => new PasskeyPolicyRule(r))]);
        Assert.Empty(SarifLogTests.FaultsOf(sarif.ToString()));
        using var nunit = new StringWriter();
        NUnitReport.Write(nunit, findings);
        Assert.Empty(NUnitReportTests.FaultsOf(nunit.ToString()));
    }

    [Fact]
    public void Each_collection_is_read_once()
    {
        contoso.Evaluate();
        var asked = contoso.Asked;
        Assert.Empty(asked.GroupBy(a => a).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(asked, a => Assert.StartsWith("GET ", a, StringComparison.Ordinal));
        Assert.Single(asked, a => a.Contains("/conditionalAccess/policies", StringComparison.Ordinal));
        Assert.Single(asked, a => a.Contains("userRegistrationDetails", StringComparison.Ordinal));
        Assert.Single(asked, a => a.Contains("/v1.0/users?", StringComparison.Ordinal));
        Assert.InRange(asked.Count(a => a.Contains("/signIns", StringComparison.Ordinal)), 1, 20);
    }

    [Fact]
    public void Only_what_the_rules_need_is_read()
    {
        contoso.Evaluate(rules: ["PK101", "PK102", "PK403"]);
        Assert.Single(contoso.Asked, a => !a.Contains("/groups/", StringComparison.Ordinal) && !a.Contains("/users/", StringComparison.Ordinal));
        contoso.Evaluate(rules: ["PK302"]);
        Assert.DoesNotContain(contoso.Asked, a => a.Contains("fido2Methods", StringComparison.Ordinal) || a.Contains("Members", StringComparison.Ordinal) || a.Contains("reports", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy$", "PK206, PK214, PK402")]
    [InlineData("/conditionalAccess/policies", "PK205, PK206, PK207, PK301, PK302, PK303, PK304, PK305")]
    [InlineData("/authenticationStrengthPolicies", "PK205, PK206, PK207, PK301, PK302, PK303, PK304, PK305")]
    [InlineData("/v1.0/users\\?", "PK111, PK201, PK202, PK203, PK204, PK205, PK212, PK214, PK301, PK304, PK305")]
    [InlineData("/userRegistrationDetails", "PK202, PK205, PK208, PK213, PK304, PK401")]
    [InlineData("/fido2Methods", "PK202, PK203, PK204, PK205, PK209, PK210, PK211, PK213, PK304")]
    [InlineData("/directoryRoles", "PK201, PK202, PK203, PK204, PK207, PK210, PK301, PK304, PK305")]
    [InlineData("/auditLogs/signIns", "PK305")]
    [InlineData("/auditLogs/directoryAudits", "PK211, PK401")]
    [InlineData("/beta/policies/authenticationMethodsPolicy", "")]
    public void An_unreadable_source_makes_its_rules_Unknown_and_no_others(string path, string rules)
    {
        var before = contoso.Evaluate().ToLookup(f => f.RuleId, f => f.Outcome);
        var after = contoso.Evaluate(broken: path).ToLookup(f => f.RuleId, f => f.Outcome);
        // PK209 has one passkey that cannot be told in any case; without the report everybody is asked.
        var changed = after.Where(g => g.Contains(RuleOutcome.Unknown) && !before[g.Key].Contains(RuleOutcome.Unknown)).Select(g => g.Key).Order(StringComparer.Ordinal);
        Assert.Equal(rules.Split(", ", StringSplitOptions.RemoveEmptyEntries).Except(["PK209"]), changed);
        Assert.All(after.Where(g => !rules.Contains(g.Key, StringComparison.Ordinal)), g => Assert.Equal((g.Key, string.Join(", ", before[g.Key])), (g.Key, string.Join(", ", g))));
        // What could not be looked at passes nowhere.
        Assert.All(rules.Split(", ", StringSplitOptions.RemoveEmptyEntries), r => Assert.DoesNotContain(RuleOutcome.Pass, after[r]));
    }
}

/// <summary>The sample tenant behind a loopback server.</summary>
public sealed class ContosoOverHttp : IDisposable
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    private readonly GraphFixture _graph;
    private int _before;

    public ContosoOverHttp()
    {
        var tenant = SandboxTenant.CreateContoso();
        _graph = new GraphFixture(new SandboxHandler(tenant));
    }

    /// <summary>What the last evaluation asked for, parts of batches one by one.</summary>
    internal IReadOnlyList<string> Asked => [.. _graph.Server.Requests.Skip(_before).SelectMany(Parts)];

    internal IReadOnlyList<PasskeyPolicyFinding> Evaluate(string[]? rules = null, string? broken = null, string[]? emergency = null)
    {
        _before = _graph.Server.Requests.Count;
        _graph.Server.Faults = broken is null ? null : (request, _) => System.Text.RegularExpressions.Regex.IsMatch($"{request.Path}\n{request.Body}", broken, System.Text.RegularExpressions.RegexOptions.Multiline)
            ? Fault.Reply(403, """{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}}""") : null;
        var session = Session(emergency);
        var client = session.CreateClient();
        var run = new RuleRun(rules is null ? PolicyRules.All : [.. rules.Select(r => PolicyRules.Find(r)!)], []);
        var policy = new PasskeyPolicySource(session, client, Catalog).Read(CancellationToken.None);
        var context = new RuleSource(session, client, Catalog, new RuleOptions { Waits = true }).Read(policy, run.Needs, CancellationToken.None);
        return [.. run.Evaluate(context, new RuleTenant(session.TenantId, "Contoso", context.Now)), .. run.EvaluateSuppressions()];
    }

    internal TenantSession Session(string[]? emergency = null) =>
        new(new TenantFacts(TenantConnection.AccessToken, "Global") { TenantId = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", TenantName = "Contoso", EmergencyAccounts = emergency ?? [] }, _graph.Connection, new GraphTraffic(new SandboxTime(_graph.Clock, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero)), () => 0.5));

    public void Dispose() => _graph.Dispose();

    private static IEnumerable<string> Parts(ArrivedRequest request) => request.Path.EndsWith("/$batch", StringComparison.Ordinal)
        ? Newtonsoft.Json.Linq.JObject.Parse(request.Body)["requests"]!.Select(r => $"{r["method"]} /{request.Path.Split('/')[1]}{r["url"]}")
        : [$"{request.Method} {request.Path}"];

    /// <summary>The day of the sample tenant, with the waiting of a clock that skips it.</summary>
    private sealed class SandboxTime(IClock clock, DateTimeOffset now) : IClock
    {
        public DateTimeOffset UtcNow => now;

        public TimeSpan Elapsed => clock.Elapsed;

        public System.Threading.Tasks.Task Delay(TimeSpan time, CancellationToken token) => clock.Delay(time, token);
    }
}
