using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>Findings without a tenant.</summary>
internal static class Findings
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 20, 30, TimeSpan.FromHours(2));

    /// <summary>What no text that we show has, and no XML may have.</summary>
    public const string Hostile = "\"O'Neill\" <script>alert(1)</script> ]]> &amp; {0} [here](https://evil.example) 🔑 \uFFFD \u001B[31m \uD83D \uFFFF \uFFFE\nEnd";

    public static PasskeyPolicyFinding Of(PolicyRule rule, FindingResult result, Suppression? suppression = null) => new(rule, result, new RuleTenant("11111111-2222-3333-4444-555555555555", "Contoso", Now), suppression);

    public static PasskeyPolicyFinding Failed(PolicyRule rule, params FindingObject[] subjects) =>
        Of(rule, new FindingResult(RuleOutcome.Fail, "Two people are locked out.") { Fix = "Let them in.", Command = "Get-Thing | Where-Object { $_.Name }", Objects = subjects });

    public static PasskeyPolicyFinding Suppressed(PolicyRule rule, params FindingObject[] subjects) =>
        Of(rule, new FindingResult(RuleOutcome.Suppressed, "Two people are locked out.") { Objects = subjects }, Acceptance);

    public static PasskeyPolicyFinding Expired(PolicyRule rule) => Of(rule, new FindingResult(RuleOutcome.Fail, "Two people are locked out."), Acceptance);

    public static FindingObject User(int number, string? name = null) => new(FindingObjectKind.User, $"user-{number}", name ?? $"user{number}@contoso.com");

    /// <summary>One of each outcome and severity, with and without things that they are about.</summary>
    public static IReadOnlyList<PasskeyPolicyFinding> Every { get; } =
    [
        Failed(new FakeRule("PK101", RuleSeverity.Error), new FindingObject(FindingObjectKind.Profile, "p-1", "Administrators", "of 3")),
        Failed(new FakeRule("PK101", RuleSeverity.Error), new FindingObject(FindingObjectKind.Profile, "p-2", "Pilots")),
        Failed(new FakeRule("PK201", RuleSeverity.Warning), User(1), User(2)),
        Suppressed(new FakeRule("PK201", RuleSeverity.Warning), User(3), User(4)),
        Failed(new FakeRule("PK202", RuleSeverity.Information)),
        Of(new FakeRule("PK301", RuleSeverity.Error), FindingResult.Pass("All is well.")),
        Of(new FakeRule("PK302", RuleSeverity.Warning), FindingResult.Unknown("The report could not be read.", "Ask for the role.", "Connect-MgGraph")),
        Of(new FakeRule("PK401", RuleSeverity.Information), FindingResult.NotApplicable("There are no applications.")),
        Expired(new FakeRule("PK402", RuleSeverity.Error)),
    ];

    public static IReadOnlyList<PasskeyPolicyRule> RulesOf(IEnumerable<PasskeyPolicyFinding> findings) =>
        [.. findings.GroupBy(f => f.RuleId).Select(f => new PasskeyPolicyRule(new FakeRule(f.Key, f.First().Severity)))];

    private static Suppression Acceptance => new("PK201", null, "They leave in spring.", "Dana", new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), 3);
}

/// <summary>A rule that judges nothing.</summary>
internal sealed class FakeRule(string id, RuleSeverity severity = RuleSeverity.Error, string title = "All is as it should be") : PolicyRule(id, "Rule" + id, severity, RuleSources.Policy, title)
{
    public override string LooksAt => "It looks at {things}.";

    public override string Why => "Because.";

    public override string Fix => "Do it.";

    public override Uri Source => new("https://learn.microsoft.com/entra/identity/authentication/concept-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => [];
}
