using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Shape;

[Collection(EngineGroup.Name)]
public sealed class AboutTopicTests(ModuleSession session, HelpContent help) : IClassFixture<HelpContent>
{
    /// <summary>The width of the narrowest window that people use.</summary>
    private const int LongestLine = 80;

    private static readonly string[] Shipped = ["PasskeyAdmin", "PasskeyAdmin.Core", "PasskeyAdmin.Sandbox"];

    private static string[] Lines => File.ReadAllLines(HelpContent.AboutPath);

    [Fact]
    public void It_names_every_exported_cmdlet()
    {
        var text = File.ReadAllText(HelpContent.AboutPath);
        Assert.All(help.Commands, c => Assert.Contains(c.Name, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PasskeyAdmin.Devices.ReadinessStatus")]
    [InlineData("PasskeyAdmin.Devices.ReadinessReason")]
    [InlineData("PasskeyAdmin.Devices.RequirementBaseline")]
    [InlineData("PasskeyAdmin.Devices.SupportKind")]
    [InlineData("PasskeyAdmin.Devices.InventoryField")]
    [InlineData("PasskeyAdmin.Providers.MetadataVerification")]
    [InlineData("PasskeyAdmin.Providers.AuthenticatorVerification")]
    [InlineData("PasskeyAdmin.Providers.AttestationEligibility")]
    [InlineData("PasskeyAdmin.Graph.TenantConnection")]
    [InlineData("PasskeyAdmin.Graph.TenantCapability")]
    [InlineData("PasskeyAdmin.Policy.PolicyState")]
    [InlineData("PasskeyAdmin.Policy.ProfileEnrolment")]
    [InlineData("PasskeyAdmin.Policy.PasskeyAttestation")]
    [InlineData("PasskeyAdmin.Policy.KeyRestrictionKind")]
    [InlineData("PasskeyAdmin.Policy.TargetKind")]
    [InlineData("PasskeyAdmin.Policy.TargetStatus")]
    [InlineData("PasskeyAdmin.Prerequisites.CheckOutcome")]
    [InlineData("PasskeyAdmin.Users.PasskeyImpact")]
    [InlineData("PasskeyAdmin.Users.PasskeyAnswer")]
    [InlineData("PasskeyAdmin.Users.PasskeyAttestationLevel")]
    [InlineData("PasskeyAdmin.Users.EmergencyAccountKind")]
    [InlineData("PasskeyAdmin.Changes.PolicyChangeOutcome")]
    [InlineData("PasskeyAdmin.Changes.PolicySighting")]
    [InlineData("PasskeyAdmin.Changes.OtherEditState")]
    [InlineData("PasskeyAdmin.Changes.PasskeyRemovalOutcome")]
    [InlineData("PasskeyAdmin.Changes.SessionRevocation")]
    [InlineData("PasskeyAdmin.Access.AccessState")]
    [InlineData("PasskeyAdmin.Access.AuthenticationStrengthType")]
    [InlineData("PasskeyAdmin.Rules.PasskeyAccessResult")]
    [InlineData("PasskeyAdmin.Rollout.PilotSuitability")]
    [InlineData("PasskeyAdmin.Users.PasskeyRecoveryVerdict")]
    [InlineData("PasskeyAdmin.Troubleshooting.PasskeyAuditKind")]
    [InlineData("PasskeyAdmin.Troubleshooting.PasskeyAuditInitiator")]
    [InlineData("PasskeyAdmin.Troubleshooting.PasskeyAnomalyKind")]
    public void It_explains_every_word_of(string enumeration)
    {
        var text = File.ReadAllText(HelpContent.AboutPath);
        Assert.All(session.Output($"[Enum]::GetNames([{enumeration}])"), name => Assert.Matches($@"\b{name}\b", text));
    }

    [Theory]
    [InlineData("PasskeyAdmin.Rules.RuleOutcome")]
    [InlineData("PasskeyAdmin.Rules.RuleSeverity")]
    [InlineData("PasskeyAdmin.Rules.RuleArea")]
    [InlineData("PasskeyAdmin.Rules.FindingObjectKind")]
    [InlineData("PasskeyAdmin.Commands.FindingFormat")]
    public void The_topic_of_rules_explains_every_word_of(string enumeration)
    {
        var text = TextOf("about_PasskeyAdmin_Rules");
        Assert.All(session.Output($"[Enum]::GetNames([{enumeration}])"), name => Assert.Matches($@"\b{name}\b", text));
    }

    [Fact]
    public void The_suppressions_of_the_topic_of_rules_are_valid()
    {
        session.File("accepted.json", Example(TextOf("about_PasskeyAdmin_Rules").Split('\n'), "SUPPRESSIONS"));
        var finding = session.Output("Connect-PasskeyTenant -Sandbox; Test-PasskeyPolicy -RuleId PK102 -SuppressionPath accepted.json; Disconnect-PasskeyTenant")[^1];
        Assert.Equal(("Suppressed", "pradeep.petrova@contoso.com"), (finding.Text("Outcome"), finding.Text("Owner")));
    }

    [Theory]
    [InlineData("PasskeyAdmin.Changes.PolicyDriftKind")]
    [InlineData("PasskeyAdmin.Policy.PolicyPart")]
    public void The_topic_of_policy_as_code_explains_every_word_of(string enumeration)
    {
        var text = TextOf("about_PasskeyAdmin_PolicyAsCode");
        Assert.All(session.Output($"[Enum]::GetNames([{enumeration}])"), name => Assert.Matches($@"\b{name}\b", text));
    }

    [Theory]
    [InlineData("PasskeyAdmin.Troubleshooting.PasskeySymptom")]
    [InlineData("PasskeyAdmin.Troubleshooting.CauseConfidence")]
    [InlineData("PasskeyAdmin.Troubleshooting.UserCheckOutcome")]
    [InlineData("PasskeyAdmin.Troubleshooting.EvidenceSource")]
    [InlineData("PasskeyAdmin.Troubleshooting.FactConfidence")]
    public void The_topic_of_the_helpdesk_explains_every_word_of(string enumeration)
    {
        var text = TextOf("about_PasskeyAdmin_Helpdesk");
        Assert.All(session.Output($"[Enum]::GetNames([{enumeration}])"), name => Assert.Matches($@"\b{name}\b", text));
    }

    [Fact]
    public void The_topic_of_the_helpdesk_has_every_cause()
    {
        var text = TextOf("about_PasskeyAdmin_Helpdesk");
        var source = Path.Combine(TestPaths.Repository, "src", "PasskeyAdmin.Core", "Troubleshooting", "Checks");
        var ids = Directory.GetFiles(source, "*.cs").SelectMany(f => Regex.Matches(File.ReadAllText(f), """(?:new CauseFinding\(|UserCheck\(|\[)"(?<id>[A-Z][A-Za-z]+)"[,\]]""").Select(m => m.Groups["id"].Value)).Distinct().ToList();
        Assert.True(ids.Count > 40, $"Only {ids.Count} were found.");
        // Two checks give several causes and have a name of their own.
        Assert.All(ids.Except(["RegistrationNotAllowed", "ErrorCode"]), id => Assert.Matches($@"\b{id}\b", text));
    }

    [Fact]
    public void The_file_of_the_topic_of_policy_as_code_is_valid_and_is_of_Contoso()
    {
        session.File("desired.json", Example(TextOf("about_PasskeyAdmin_PolicyAsCode").Split('\n'), "THE FILE"));
        var drift = session.Output("Connect-PasskeyTenant -Sandbox; Compare-PasskeyPolicy desired.json; Disconnect-PasskeyTenant").Skip(1).ToList();
        Assert.Contains(drift, d => d.ToString() == "- profile Privileged access");
        Assert.DoesNotContain(drift, d => d.Text("Kind") == "Missing");
    }

    [Fact]
    public void Its_sandbox_file_is_a_valid_one()
    {
        session.File("fabrikam.json", Example("SANDBOX FILES"));
        Assert.Equal("Fabrikam", session.Output("Connect-PasskeyTenant -Path fabrikam.json -TenantId fabrikam.com").Single().Text("TenantName"));
        var policy = session.Output("Get-PasskeyPolicy; Disconnect-PasskeyTenant").Single();
        Assert.Equal(("No", "Legacy settings", "All users"), (policy.Text("ProfilesEnrolled"), policy.Text("Profile"), policy.Text("Target")));
    }

    [Fact]
    public void It_explains_every_setting_of_the_sandbox()
    {
        var source = File.ReadAllText(Path.Combine(TestPaths.Repository, "src", "PasskeyAdmin.Sandbox", "SandboxSettings.cs"));
        var settings = Regex.Matches(source, @"\[""(?<name>[a-z]\w+)""\] = SandboxSetting\.\w+\((?<value>\w*)").ToList();
        Assert.True(settings.Count > 20);
        var text = File.ReadAllText(HelpContent.AboutPath).Replace("\r", "", StringComparison.Ordinal);
        // What has no default says so; a word that is a constant stands for its value.
        Assert.All(settings, s => Assert.Matches($@"\n    {s.Groups["name"].Value}\s+{s.Groups["value"].Value switch { "" => "\\(none\\)", "Premium2" => "P2", var value => value + "\\b" }}", text));
    }

    [Fact]
    public void Its_requirement_file_is_a_valid_one()
    {
        var path = session.File("about.json", Example("REQUIREMENT FILES"));
        Assert.Contains(session.Output($"Get-PasskeyDeviceRequirement -Path '{path}'"), r => r.Text("Baseline") == "about.json");
    }

    private static string Example(string section) => Example(Lines, section);

    /// <summary>The JSON in a section.</summary>
    private static string Example(string[] lines, string section)
    {
        var from = Array.FindIndex(lines, Array.IndexOf(lines, section), l => l.Trim() == "{");
        var to = Array.FindIndex(lines, from, l => l == lines[from].Replace('{', '}'));
        return string.Join('\n', lines[from..(to + 1)]);
    }

    private static string PathOf(string topic) => Path.Combine(Path.GetDirectoryName(HelpContent.AboutPath)!, $"{topic}.help.txt");

    private static string TextOf(string topic) => File.ReadAllText(PathOf(topic)).Replace("\r", "", StringComparison.Ordinal);

    [Fact]
    public void It_lists_every_error_id()
    {
        var text = File.ReadAllText(HelpContent.AboutPath);
        var ids = Shipped
            .SelectMany(p => Directory.GetFiles(Path.Combine(TestPaths.Repository, "src", p), "*.cs", SearchOption.AllDirectories)).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "ErrorKind\\.\\w+, *\\s*\"(?<id>[A-Z]\\w+)\"").Select(m => m.Groups["id"].Value)).Distinct().ToList();
        Assert.True(ids.Count > 40, $"Only {ids.Count} were found.");
        Assert.All(ids, id => Assert.Matches($@"\b{id}\b", text));
    }

    [Theory]
    [InlineData("about_PasskeyAdmin")]
    [InlineData("about_PasskeyAdmin_Contoso")]
    [InlineData("about_PasskeyAdmin_Helpdesk")]
    [InlineData("about_PasskeyAdmin_PolicyAsCode")]
    [InlineData("about_PasskeyAdmin_Rules")]
    public void It_fits_a_narrow_window(string topic) =>
        Assert.DoesNotContain(File.ReadAllLines(PathOf(topic)), l => l.Length > LongestLine || l != l.TrimEnd() || l.Any(c => c is '\t' or > '~'));

    [Theory]
    [InlineData("about_PasskeyAdmin")]
    [InlineData("about_PasskeyAdmin_Contoso")]
    [InlineData("about_PasskeyAdmin_Helpdesk")]
    [InlineData("about_PasskeyAdmin_PolicyAsCode")]
    [InlineData("about_PasskeyAdmin_Rules")]
    public void Get_Help_shows_it(string topic)
    {
        var shown = Assert.Single(session.Output($"Get-Help {topic}")).ToString();
        Assert.StartsWith($"TOPIC\n    {topic}\n", shown.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("SHORT DESCRIPTION", shown, StringComparison.Ordinal);
    }
}
