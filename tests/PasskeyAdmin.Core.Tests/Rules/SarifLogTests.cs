using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>What is written passes the schema of SARIF 2.1.0, and says what the specification means by it.</summary>
public sealed class SarifLogTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, "Schemas", "sarif-2.1.0.json"));

    [Fact]
    public void Every_outcome_and_severity_passes_the_schema()
    {
        Assert.Empty(FaultsOf(Write(Findings.Every)));
        Assert.Empty(FaultsOf(Write(Findings.Every, artifactPath: "policies/main.json")));
    }

    [Fact]
    public void The_schema_refuses_what_is_broken()
    {
        Assert.NotEmpty(FaultsOf(Broken(run => run.Remove("tool"))));
        Assert.NotEmpty(FaultsOf(Broken(run => run["results"]![0]!["kind"] = "bad")));
        Assert.NotEmpty(FaultsOf(Broken(run => run["results"]![0]!["ruleIndex"] = "0")));
        Assert.NotEmpty(FaultsOf(Broken(run => run["results"]![0]!.AsObject().Remove("message"))));
        Assert.NotEmpty(FaultsOf(Broken(run => run["results"]![0]!["outcome"] = "Fail")));
        Assert.NotEmpty(FaultsOf(Broken(run => run["invocations"]![0]!["endTimeUtc"] = "yesterday")));
        Assert.NotEmpty(FaultsOf(Broken(run => run["tool"]!["driver"]!["rules"]![0]!["helpUri"] = "no uri at all")));
    }

    [Fact]
    public void No_findings_and_no_rules_are_a_run_all_the_same()
    {
        var log = Write([], []);
        Assert.Empty(FaultsOf(log));
        var run = RunOf(log);
        Assert.Empty(run["results"]!.AsArray());
        Assert.Empty(run["tool"]!["driver"]!["rules"]!.AsArray());
        Assert.Equal("PasskeyPolicy/", (string?)run["automationDetails"]!["id"]);
        Assert.Null(run["invocations"]![0]!["endTimeUtc"]);
    }

    [Fact]
    public void Outcomes_are_kinds_and_only_failures_have_a_level()
    {
        var results = RunOf(Write(Findings.Every))["results"]!.AsArray();
        Assert.Equal(
            ["fail error", "fail error", "fail warning", "fail warning", "fail note", "pass none", "open none", "notApplicable none", "fail error"],
            results.Select(r => $"{r!["kind"]} {r["level"]}"));
        Assert.Equal(Findings.Every.Select(f => f.Outcome.ToString()), results.Select(r => (string?)r!["properties"]!["outcome"]));
    }

    [Fact]
    public void Rules_are_written_whole_and_results_point_at_theirs()
    {
        var driver = RunOf(Write(Findings.Every))["tool"]!["driver"]!;
        Assert.Equal(("PasskeyAdmin", "1.2.3", "https://example.org/"), ((string?)driver["name"], (string?)driver["version"], (string?)driver["informationUri"]));
        var rules = driver["rules"]!.AsArray();
        var rule = rules[0]!;
        Assert.Equal(("PK101", "RulePK101", "error", "Profiles"), ((string?)rule["id"], (string?)rule["name"], (string?)rule["defaultConfiguration"]!["level"], (string?)rule["properties"]!["area"]));
        Assert.Equal("All is as it should be", (string?)rule["shortDescription"]!["text"]);
        // A brace in a message of SARIF would begin a placeholder.
        Assert.Equal("It looks at {{things}}. Because.", (string?)rule["fullDescription"]!["text"]);
        Assert.Equal("Do it.", (string?)rule["help"]!["text"]);
        Assert.StartsWith("https://learn.microsoft.com/", (string?)rule["helpUri"], StringComparison.Ordinal);
        foreach (var result in RunOf(Write(Findings.Every))["results"]!.AsArray()) Assert.Equal((string?)result!["ruleId"], (string?)rules[(int)result["ruleIndex"]!]!["id"]);
    }

    [Fact]
    public void A_finding_of_a_rule_that_is_not_given_has_no_index()
    {
        var log = Write(Findings.Every, []);
        Assert.Empty(FaultsOf(log));
        Assert.All(RunOf(log)["results"]!.AsArray(), r => Assert.Null(r!["ruleIndex"]));
    }

    [Fact]
    public void The_message_has_evidence_fix_and_command_and_the_command_can_be_copied_from_the_properties()
    {
        var result = RunOf(Write(Findings.Every))["results"]![0]!;
        Assert.Equal("Two people are locked out.\nLet them in.\nGet-Thing | Where-Object {{ $_.Name }}", (string?)result["message"]!["text"]);
        Assert.Equal("Get-Thing | Where-Object { $_.Name }", (string?)result["properties"]!["command"]);
    }

    [Fact]
    public void Without_a_file_each_thing_is_a_logical_location()
    {
        var results = RunOf(Write(Findings.Every))["results"]!.AsArray();
        var locations = results[2]!["locations"]!.AsArray();
        Assert.Equal(["User/user-1 user1@contoso.com", "User/user-2 user2@contoso.com"], locations.Select(l => $"{l!["logicalLocations"]![0]!["fullyQualifiedName"]} {l["logicalLocations"]![0]!["name"]}"));
        Assert.All(locations, l => Assert.Null(l!["physicalLocation"]));
        Assert.Equal("of 3", (string?)results[0]!["locations"]![0]!["message"]!["text"]);
        Assert.Null(results[4]!["locations"]);
    }

    [Fact]
    public void With_a_file_each_result_is_in_it()
    {
        var run = RunOf(Write(Findings.Every, artifactPath: @".\policies\main policy.json"));
        foreach (var result in run["results"]!.AsArray())
        {
            Assert.All(result!["locations"]!.AsArray(), l => Assert.Equal("policies/main%20policy.json", (string?)l!["physicalLocation"]!["artifactLocation"]!["uri"]));
            // The published schema of OASIS demands one of these; the one at hand does not.
            Assert.All(result["locations"]!.AsArray(), l => Assert.Equal(1, (int)l!["physicalLocation"]!["region"]!["startLine"]!));
            Assert.Equal((string?)result["partialFingerprints"]!["ruleAndSubjects/v1"], (string?)result["partialFingerprints"]!["primaryLocationLineHash"]);
        }
        Assert.Equal("PasskeyPolicy/policies/main%20policy.json/", (string?)run["automationDetails"]!["id"]);
        Assert.Equal("PasskeyPolicy/a%20b.json/", (string?)RunOf(Write(Findings.Every, artifactPath: "/home/dana/a b.json"))["automationDetails"]!["id"]);
        Assert.Equal("User/user-1", (string?)run["results"]![2]!["locations"]![0]!["logicalLocations"]![0]!["fullyQualifiedName"]);
    }

    [Fact]
    public void What_is_accepted_is_suppressed_and_all_results_say_whether_they_are()
    {
        var results = RunOf(Write(Findings.Every))["results"]!.AsArray();
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0, 0], results.Select(r => r!["suppressions"]!.AsArray().Count));
        var suppression = results[3]!["suppressions"]![0]!;
        Assert.Equal(("external", "accepted", "They leave in spring. Accepted by Dana. Until 2026-04-01T00:00:00Z."), ((string?)suppression["kind"], (string?)suppression["status"], (string?)suppression["justification"]));
    }

    [Fact]
    public void What_was_accepted_until_a_date_that_is_over_is_not_suppressed()
    {
        var result = RunOf(Write(Findings.Every))["results"]![8]!;
        Assert.Equal(("fail", "error"), ((string?)result["kind"], (string?)result["level"]));
        Assert.Empty(result["suppressions"]!.AsArray());
        var expired = result["properties"]!["expiredSuppression"]!;
        Assert.Equal(("They leave in spring.", "Dana", "2026-04-01T00:00:00Z"), ((string?)expired["reason"], (string?)expired["owner"], (string?)expired["expires"]));
    }

    [Fact]
    public void The_run_says_when_and_of_which_tenant()
    {
        var run = RunOf(Write(Findings.Every));
        Assert.True((bool)run["invocations"]![0]!["executionSuccessful"]!);
        Assert.Equal("2026-03-04T08:20:30Z", (string?)run["invocations"]![0]!["endTimeUtc"]);
        Assert.Equal("PasskeyPolicy/11111111-2222-3333-4444-555555555555/", (string?)run["automationDetails"]!["id"]);
    }

    [Fact]
    public void Hostile_texts_stay_texts()
    {
        var hostile = Findings.Of(
            new FakeRule("PK101"),
            new FindingResult(RuleOutcome.Suppressed, Findings.Hostile) { Fix = Findings.Hostile, Command = Findings.Hostile, Objects = [new FindingObject(FindingObjectKind.User, Findings.Hostile, Findings.Hostile, Findings.Hostile)] },
            new Suppression("PK101", null, Findings.Hostile, Findings.Hostile, null, 1));
        var log = Write([hostile], artifactPath: Findings.Hostile);
        Assert.Empty(FaultsOf(log));
        Assert.DoesNotContain(log, c => char.IsControl(c) && c is not ('\r' or '\n'));
        var result = RunOf(log)["results"]![0]!;
        var message = (string)result["message"]!["text"]!;
        Assert.Contains("\"O'Neill\" <script>alert(1)</script> ]]> &amp; {{0}} [here] (https://evil.example) 🔑 \uFFFD", message, StringComparison.Ordinal);
        Assert.Equal(3, message.Split('\n').Length);
    }

    [Fact]
    public void Fingerprints_hang_on_the_rule_and_its_things_alone()
    {
        var rule = new FakeRule("PK201");
        var same = new[]
        {
            Findings.Failed(rule, Findings.User(1), Findings.User(2)),
            Findings.Failed(rule, Findings.User(2, "renamed@contoso.com"), Findings.User(1)),
            Findings.Suppressed(rule, Findings.User(1), Findings.User(2), Findings.User(2)),
        };
        var fingerprint = Assert.Single(same.Select(f => FingerprintsOf([f])[0]).Distinct());
        // It is in logs that others have kept.
        Assert.Equal("e466132b", fingerprint[..8]);
        Assert.Equal(64, fingerprint.Length);
        var others = FingerprintsOf([same[0], Findings.Failed(rule, Findings.User(1)), Findings.Failed(rule), Findings.Failed(new FakeRule("PK202"), Findings.User(1), Findings.User(2)), Findings.Failed(rule, new FindingObject(FindingObjectKind.Passkey, "user-1", "a"), Findings.User(2))]);
        Assert.Equal(5, others.Distinct().Count());
        Assert.Equal([fingerprint, fingerprint + ":2", fingerprint + ":3"], FingerprintsOf(same));
    }

    [Fact]
    public void The_same_findings_are_the_same_text() => Assert.Equal(Write(Findings.Every), Write(Findings.Every));

    [Fact]
    public void Ten_thousand_users_are_written()
    {
        var log = Write([Findings.Failed(new FakeRule("PK201"), [.. Enumerable.Range(0, 10_000).Select(i => Findings.User(i))])]);
        Assert.Empty(FaultsOf(log));
        Assert.Equal(10_000, RunOf(log)["results"]![0]!["locations"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("policy.json", "policy.json")]
    [InlineData("./a/../b/policy.json", "a/../b/policy.json")]
    [InlineData("a b/50%/#1?.json", "a%20b/50%25/%231%3F.json")]
    [InlineData("c:/d/ü🔑.json", "file:///c:/d/%C3%BC%F0%9F%94%91.json")]
    [InlineData("c:policy.json", "c%3Apolicy.json")]
    [InlineData("policy:1.json", "policy%3A1.json")]
    [InlineData("/srv/a b.json", "file:///srv/a%20b.json")]
    [InlineData(@"C:\a b\policy.json", "file:///C:/a%20b/policy.json")]
    [InlineData(@"\\server\share\policy.json", "file://server/share/policy.json")]
    public void Paths_are_uri_references(string path, string uri)
    {
        Assert.Equal(uri, SarifUri.Of(path));
        Assert.True(Uri.TryCreate(uri, UriKind.RelativeOrAbsolute, out _));
        Assert.Matches("^[A-Za-z0-9._~:/%-]+$", uri);
    }

    [Fact]
    public void A_path_may_have_what_no_uri_can() => Assert.Equal("%EF%BF%BD.json", SarifUri.Of("\uD83D.json"));

    private static string Write(IReadOnlyList<PasskeyPolicyFinding> findings, IReadOnlyList<PasskeyPolicyRule>? rules = null, string? artifactPath = null)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new SarifLog("1.2.3", new Uri("https://example.org/"), artifactPath).Write(text, findings, rules ?? Findings.RulesOf(findings));
        return text.ToString();
    }

    private static List<string> FingerprintsOf(IReadOnlyList<PasskeyPolicyFinding> findings) => [.. RunOf(Write(findings))["results"]!.AsArray().Select(r => (string)r!["partialFingerprints"]!["ruleAndSubjects/v1"]!)];

    private static JsonObject RunOf(string log) => JsonNode.Parse(log)!["runs"]!.AsArray().Single()!.AsObject();

    private static string Broken(Action<JsonObject> change)
    {
        var log = JsonNode.Parse(Write(Findings.Every))!;
        change(log["runs"]![0]!.AsObject());
        return log.ToJsonString();
    }

    /// <summary>What the published schema has against a log.</summary>
    internal static List<string> FaultsOf(string log)
    {
        using var json = JsonDocument.Parse(log);
        var results = Schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return results.IsValid ? [] : [.. (results.Details ?? []).SelectMany(d => (d.Errors ?? new Dictionary<string, string>()).Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}")).DefaultIfEmpty("not valid")];
    }
}
