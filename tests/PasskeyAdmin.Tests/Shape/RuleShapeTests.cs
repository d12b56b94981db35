using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Shape;

/// <summary>Every rule has its file, its test, its paragraph and its row, and none of these is of a rule that is not there.</summary>
[Collection(EngineGroup.Name)]
public sealed class RuleShapeTests(ModuleSession session)
{
    private static readonly string RuleFolder = Path.Combine(TestPaths.Repository, "src", "PasskeyAdmin.Core", "Rules");
    private static readonly string TestFolder = Path.Combine(TestPaths.Repository, "tests", "PasskeyAdmin.Core.Tests", "Rules");
    private static readonly string TopicPath = Path.Combine(TestPaths.Module, "en-US", "about_PasskeyAdmin_Rules.help.txt");

    [Fact]
    public void Ids_and_names_are_unique_and_of_one_form()
    {
        var rules = Rules();
        Assert.True(rules.Count >= 40, $"Only {rules.Count} were found.");
        Assert.All(rules, r =>
        {
            Assert.Matches("^PK[0-9]{3}$", r.Text("Id"));
            Assert.Matches("^([A-Z][a-z]+)([A-Z][a-z]*)*$", r.Text("Name"));
        });
        Assert.Equal(rules.Count, rules.Select(r => r.Text("Id")).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(rules.Count, rules.Select(r => r.Text("Name")).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Every_rule_says_what_why_and_where_from() => Assert.All(Rules(), r =>
    {
        Assert.All(["Title", "LooksAt", "Why", "Fix"], text => Assert.False(string.IsNullOrWhiteSpace(r.Text(text)), $"{r.Text("Id")} has no {text}."));
        // A title stands in a table, a test report and a list of alerts, none of which ends it with a full stop.
        Assert.Matches(@"[^.\s]$", r.Text("Title"));
        Assert.All(["LooksAt", "Why", "Fix"], text => Assert.Matches(@"[.)]$", r.Text(text)));
        Assert.Equal("https", ((Uri)r.Get("Source")!).Scheme);
    });

    [Fact]
    public void Every_rule_has_a_file_in_the_folder_of_its_area_and_no_other_file_is_there()
    {
        var files = Directory.GetFiles(RuleFolder, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(RuleFolder, f).Replace('\\', '/')).Where(f => f.Contains('/', StringComparison.Ordinal));
        Assert.Equal(Rules().Select(r => $"{r.Text("Area")}/{r.Text("Name")}Rule.cs").Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_has_a_test()
    {
        var missing = Rules().Select(r => $"{r.Text("Name")}RuleTests.cs").Where(f => !File.Exists(Path.Combine(TestFolder, f))).ToList();
        Assert.True(missing.Count == 0, $"Missing: {string.Join(", ", missing)}");
    }

    [Fact]
    public void The_README_has_a_row_for_every_rule_and_for_no_other()
    {
        var rows = Regex.Matches(File.ReadAllText(Path.Combine(TestPaths.Repository, "README.md")), @"^\| (?<id>PK\d{3}) \| (?<severity>\w+) \| (?<title>[^|]+) \|\r?$", RegexOptions.Multiline)
            .Select(m => (m.Groups["id"].Value, m.Groups["severity"].Value, m.Groups["title"].Value));
        Assert.Equal(Rules().Select(r => (r.Text("Id")!, r.Text("Severity")!, r.Text("Title")!)), rows);
    }

    [Fact]
    public void The_topic_has_a_paragraph_for_every_rule_and_for_no_other()
    {
        var paragraphs = Paragraphs();
        var rules = Rules();
        Assert.Equal(rules.Select(Heading).Order(StringComparer.Ordinal), paragraphs.Keys.Order(StringComparer.Ordinal));
        Assert.All(rules, r =>
        {
            var text = paragraphs[Heading(r)];
            // In the words of the rule; more may follow.
            var line = Regex.Replace(text, @"\s+", " ");
            Assert.All([("Looks at", "LooksAt"), ("Why", "Why"), ("Fix", "Fix")], part => Assert.Contains($"{part.Item1}: {r.Text(part.Item2)}", line, StringComparison.Ordinal));
            // An address may take two lines.
            Assert.EndsWith(((Uri)r.Get("Source")!).AbsoluteUri, Regex.Replace(text, @"\s", ""), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_text_names_a_rule_that_is_not_there()
    {
        var ids = Rules().Select(r => r.Text("Id")).ToHashSet();
        var texts = Directory.GetFiles(Path.Combine(TestPaths.Repository, "en-US")).Concat(["README.md", "CHANGELOG.md"]).Select(f => File.ReadAllText(Path.Combine(TestPaths.Repository, f)));
        Assert.All(texts.SelectMany(t => Regex.Matches(t, @"\bPK\d{3}\b")).Select(m => m.Value).Distinct(), id => Assert.Contains(id, ids));
    }

    private static string Heading(PSObject rule) => $"{rule.Text("Id")} {rule.Text("Name")} ({rule.Text("Severity")})";

    /// <summary>What stands below each heading, to the next blank line.</summary>
    private static Dictionary<string, string> Paragraphs() =>
        Regex.Matches(File.ReadAllText(TopicPath).Replace("\r", "", StringComparison.Ordinal), @"^    (?<heading>PK\d{3} \w+ \(\w+\))\n(?<text>(?:        .+\n)+)", RegexOptions.Multiline)
            .ToDictionary(m => m.Groups["heading"].Value, m => m.Groups["text"].Value, StringComparer.Ordinal);

    private IReadOnlyList<PSObject> Rules() => session.Output("Get-PasskeyPolicyRule");
}
