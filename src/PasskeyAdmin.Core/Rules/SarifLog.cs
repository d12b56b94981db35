using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;

namespace PasskeyAdmin.Rules;

/// <summary>
/// Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code scanning and result managers read. Every outcome is written.
/// GitHub shows every result as an alert, whatever its kind and its suppressions say (https://github.com/microsoft/PSRule/issues/955,
/// https://github.com/github/codeql-action/issues/1230): for an upload there, give it the findings that failed or are unknown, and all the rules.
/// </summary>
/// <param name="version">Of the module.</param>
/// <param name="informationUri">Where the module is described; null where it is not said.</param>
/// <param name="artifactPath">The file that was judged, best relative to the root of its repository; null where a tenant was.</param>
internal sealed class SarifLog(string version, Uri? informationUri = null, string? artifactPath = null)
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private readonly string? _artifact = artifactPath is null ? null : SarifUri.Of(artifactPath);

    /// <param name="text">Stays open. Its encoding should be UTF-8, which SARIF demands.</param>
    /// <param name="rules">Those that were evaluated, also where they have no finding.</param>
    public void Write(TextWriter text, IReadOnlyList<PasskeyPolicyFinding> findings, IReadOnlyList<PasskeyPolicyRule> rules)
    {
        using var json = new JsonTextWriter(text) { Formatting = Formatting.Indented, CloseOutput = false };
        json.WriteStartObject();
        Property(json, "$schema", Schema);
        Property(json, "version", "2.1.0");
        json.WritePropertyName("runs");
        json.WriteStartArray();
        json.WriteStartObject();
        WriteTool(json, rules);
        WriteRun(json, findings);
        json.WritePropertyName("results");
        json.WriteStartArray();
        var index = IndexOf(rules);
        var fingerprints = FindingFingerprint.Of(findings);
        for (var i = 0; i < findings.Count; i++) WriteResult(json, findings[i], fingerprints[i], index);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    private void WriteTool(JsonTextWriter json, IReadOnlyList<PasskeyPolicyRule> rules)
    {
        json.WritePropertyName("tool");
        json.WriteStartObject();
        json.WritePropertyName("driver");
        json.WriteStartObject();
        Property(json, "name", "PasskeyAdmin");
        Property(json, "version", version);
        if (informationUri is not null) Property(json, "informationUri", informationUri.AbsoluteUri);
        json.WritePropertyName("rules");
        json.WriteStartArray();
        foreach (var rule in rules) WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(JsonTextWriter json, PasskeyPolicyRule rule)
    {
        json.WriteStartObject();
        Property(json, "id", rule.Id);
        Property(json, "name", rule.Name);
        Message(json, "shortDescription", rule.Title);
        Message(json, "fullDescription", $"{rule.LooksAt} {rule.Why}");
        Message(json, "help", rule.Fix);
        Property(json, "helpUri", rule.Source.AbsoluteUri);
        json.WritePropertyName("defaultConfiguration");
        json.WriteStartObject();
        Property(json, "level", LevelOf(rule.Severity));
        json.WriteEndObject();
        json.WritePropertyName("properties");
        json.WriteStartObject();
        Property(json, "area", rule.Area.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteRun(JsonTextWriter json, IReadOnlyList<PasskeyPolicyFinding> findings)
    {
        json.WritePropertyName("invocations");
        json.WriteStartArray();
        json.WriteStartObject();
        json.WritePropertyName("executionSuccessful");
        json.WriteValue(true);
        if (findings.Count > 0) Property(json, "endTimeUtc", FindingText.Moment(findings.Max(f => f.EvaluatedAt)));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WritePropertyName("automationDetails");
        json.WriteStartObject();
        // The slash at the end makes it a category of runs that are compared with each other: two tenants, or two files, in one repository do not replace each other's results.
        var tenants = findings.Select(f => f.TenantId).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        // Where a file lies on this machine is nobody's business, and elsewhere it would be another category.
        var file = _artifact?.StartsWith("file:", StringComparison.Ordinal) is true ? _artifact.Substring(_artifact.LastIndexOf('/') + 1) : _artifact;
        var judged = file ?? (tenants.Count is 1 ? tenants[0] : null);
        Property(json, "id", judged is null ? "PasskeyPolicy/" : $"PasskeyPolicy/{judged}/");
        json.WriteEndObject();
        // It has to be said wherever there is a region.
        Property(json, "columnKind", "utf16CodeUnits");
    }

    private void WriteResult(JsonTextWriter json, PasskeyPolicyFinding finding, string fingerprint, Dictionary<string, int> index)
    {
        json.WriteStartObject();
        Property(json, "ruleId", finding.RuleId);
        if (index.TryGetValue(finding.RuleId, out var at))
        {
            json.WritePropertyName("ruleIndex");
            json.WriteValue(at);
        }
        Property(json, "kind", KindOf(finding.Outcome));
        // What is no failure has no severity: a level beside another kind must be "none" (§3.27.10).
        Property(json, "level", finding.Outcome is RuleOutcome.Fail or RuleOutcome.Suppressed ? LevelOf(finding.Severity) : "none");
        Message(json, "message", FindingText.Of(finding));
        WriteLocations(json, finding.Subject);
        json.WritePropertyName("partialFingerprints");
        json.WriteStartObject();
        Property(json, "ruleAndSubjects/v1", fingerprint);
        // The one that GitHub compares; where it is missing, the hash of the first line is taken, and all findings of a rule in one file are one.
        if (_artifact is not null) Property(json, "primaryLocationLineHash", fingerprint);
        json.WriteEndObject();
        WriteSuppressions(json, finding);
        WriteProperties(json, finding);
        json.WriteEndObject();
    }

    /// <summary>One location for each thing: several mean that each has to be changed (§3.27.12), while several names in one location would be names of the same thing (§3.28.4).</summary>
    private void WriteLocations(JsonTextWriter json, IReadOnlyList<FindingObject> subjects)
    {
        if (subjects.Count is 0 && _artifact is null) return;
        json.WritePropertyName("locations");
        json.WriteStartArray();
        if (subjects.Count is 0) WriteLocation(json, null);
        foreach (var subject in subjects) WriteLocation(json, subject);
        json.WriteEndArray();
    }

    private void WriteLocation(JsonTextWriter json, FindingObject? subject)
    {
        json.WriteStartObject();
        if (_artifact is not null)
        {
            json.WritePropertyName("physicalLocation");
            json.WriteStartObject();
            json.WritePropertyName("artifactLocation");
            json.WriteStartObject();
            Property(json, "uri", _artifact);
            json.WriteEndObject();
            // The file as a whole is meant. GitHub shows nothing that has no line.
            json.WritePropertyName("region");
            json.WriteStartObject();
            json.WritePropertyName("startLine");
            json.WriteValue(1);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        if (subject is not null)
        {
            json.WritePropertyName("logicalLocations");
            json.WriteStartArray();
            json.WriteStartObject();
            Property(json, "name", subject.Name);
            Property(json, "fullyQualifiedName", FindingFingerprint.Of(subject));
            json.WriteEndObject();
            json.WriteEndArray();
            if (subject.Detail is { } detail) Message(json, "message", DisplayText.Neutralise(detail));
        }
        json.WriteEndObject();
    }

    /// <summary>
    /// Always there: either all results have it or none has (§3.27.23). An expired suppression is not in it: "rejected" is for one that was refused, and readers that
    /// do not look at the status would take the failure for accepted. It is among the properties.
    /// </summary>
    private static void WriteSuppressions(JsonTextWriter json, PasskeyPolicyFinding finding)
    {
        json.WritePropertyName("suppressions");
        json.WriteStartArray();
        if (finding.Outcome is RuleOutcome.Suppressed)
        {
            json.WriteStartObject();
            Property(json, "kind", "external");
            Property(json, "status", "accepted");
            if (FindingText.Acceptance(finding) is { } acceptance) Property(json, "justification", acceptance);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteProperties(JsonTextWriter json, PasskeyPolicyFinding finding)
    {
        json.WritePropertyName("properties");
        json.WriteStartObject();
        Property(json, "outcome", finding.Outcome.ToString());
        if (finding.Fix is { } fix) Property(json, "fix", fix);
        // The message doubles braces; this one can be copied.
        if (finding.Command is { } command) Property(json, "command", command);
        if (finding.TenantId is { } id) Property(json, "tenantId", id);
        if (finding.TenantName is { } name) Property(json, "tenantName", name);
        if (FindingText.HasExpired(finding))
        {
            json.WritePropertyName("expiredSuppression");
            json.WriteStartObject();
            Property(json, "reason", finding.Reason!);
            if (finding.Owner is { } owner) Property(json, "owner", owner);
            if (finding.Expires is { } expires) Property(json, "expires", FindingText.Moment(expires));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static Dictionary<string, int> IndexOf(IReadOnlyList<PasskeyPolicyRule> rules)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++) index[rules[i].Id] = i;
        return index;
    }

    /// <summary>"open" is that there was too little to decide, which is what Unknown says; "review" would ask a person to judge what was seen (§3.27.9).</summary>
    private static string KindOf(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Pass => "pass",
        RuleOutcome.NotApplicable => "notApplicable",
        RuleOutcome.Unknown => "open",
        _ => "fail",
    };

    private static string LevelOf(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "error",
        RuleSeverity.Warning => "warning",
        _ => "note",
    };

    /// <summary>A text in which braces are no placeholders (§3.11.5), and in which a name from a tenant makes no link (§3.11.6).</summary>
    private static void Message(JsonTextWriter json, string name, string text)
    {
        json.WritePropertyName(name);
        json.WriteStartObject();
        json.WritePropertyName("text");
        json.WriteValue(text.Replace("{", "{{").Replace("}", "}}").Replace("](", "] ("));
        json.WriteEndObject();
    }

    private static void Property(JsonTextWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        // Also without lone surrogates, which no UTF-8 has.
        json.WriteValue(DisplayText.Neutralise(value));
    }
}
