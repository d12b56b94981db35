using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>What is written passes the schema of NUnit 3, and is read by build systems as what it is.</summary>
public sealed class NUnitReportTests
{
    private static readonly XmlSchemaSet Schema = Load();

    private static readonly string[] Counts = ["testcasecount", "total", "failed", "passed", "inconclusive", "skipped", "warnings", "asserts"];

    [Fact]
    public void Every_outcome_and_severity_passes_the_schema() => Assert.Empty(FaultsOf(Write(Findings.Every)));

    [Fact]
    public void The_schema_refuses_what_is_broken()
    {
        Assert.NotEmpty(FaultsOf(Broken(run => run.Attribute("testcasecount")!.Remove())));
        Assert.NotEmpty(FaultsOf(Broken(run => run.Descendants("test-case").First().SetAttributeValue("result", "Unknown"))));
        Assert.NotEmpty(FaultsOf(Broken(run => run.Descendants("test-case").First().SetAttributeValue("id", run.Attribute("id")!.Value))));
        Assert.NotEmpty(FaultsOf(Broken(run => run.Descendants("test-case").First().Add(new XElement("finding")))));
        Assert.NotEmpty(FaultsOf(Broken(run => run.Elements("filter").Remove())));
    }

    [Fact]
    public void No_findings_are_a_run_that_concluded_nothing()
    {
        var report = Write([]);
        Assert.Empty(FaultsOf(report));
        var run = XElement.Parse(report);
        Assert.Equal(("0", "Inconclusive"), ((string?)run.Attribute("total"), (string?)run.Attribute("result")));
        Assert.Empty(run.Descendants("test-case"));
    }

    [Fact]
    public void Suites_are_areas_and_in_them_rules()
    {
        var assembly = XElement.Parse(Write([.. Findings.Every.Reverse()])).Elements("test-suite").Single();
        Assert.Equal(("Assembly", "PasskeyAdmin"), ((string?)assembly.Attribute("type"), (string?)assembly.Attribute("name")));
        Assert.Equal(["Profiles", "People", "Access", "Operation"], assembly.Elements("test-suite").Select(s => (string?)s.Attribute("name")));
        var people = assembly.Elements("test-suite").ElementAt(1).Elements("test-suite");
        Assert.Equal(["TestFixture PasskeyAdmin.People.PK202", "TestFixture PasskeyAdmin.People.PK201"], people.Select(s => $"{(string?)s.Attribute("type")} {(string?)s.Attribute("fullname")}"));
    }

    [Fact]
    public void Results_are_those_of_the_outcomes()
    {
        Assert.Equal(
            ["Failed  failure", "Failed  failure", "Failed  failure", "Skipped Ignored reason", "Failed  failure", "Passed  ", "Inconclusive  failure", "Skipped Ignored reason", "Failed  failure"],
            CasesOf(Write(Findings.Every)).Select(c => $"{(string?)c.Attribute("result")} {(string?)c.Attribute("label")} {c.Elements().FirstOrDefault(e => e.Name != "properties")?.Name}"));
    }

    [Fact]
    public void What_is_unknown_is_nowhere_fine()
    {
        var report = Write([Findings.Every[5], Findings.Every[6]]);
        var unknown = CasesOf(report)[1];
        Assert.Equal("Inconclusive", (string?)unknown.Attribute("result"));
        Assert.Equal("Unknown: The report could not be read.\nAsk for the role.\nConnect-MgGraph", (string?)unknown.Element("failure")!.Element("message"));
        // Jenkins takes whatever has a reason for skipped.
        Assert.Null(unknown.Element("reason"));
        Assert.All(unknown.Ancestors(), s => Assert.Equal("Inconclusive", (string?)s.Attribute("result")));
    }

    [Fact]
    public void Messages_say_what_to_do_and_what_is_accepted()
    {
        var cases = CasesOf(Write(Findings.Every));
        Assert.Equal("Two people are locked out.\nLet them in.\nGet-Thing | Where-Object { $_.Name }", (string?)cases[0].Element("failure")!.Element("message"));
        Assert.Equal("Accepted: They leave in spring. Accepted by Dana. Until 2026-04-01T00:00:00Z.\nTwo people are locked out.", (string?)cases[3].Element("reason")!.Element("message"));
        Assert.Equal("Not applicable: There are no applications.", (string?)cases[7].Element("reason")!.Element("message"));
    }

    [Fact]
    public void Numbers_are_right_on_every_level()
    {
        var run = XElement.Parse(Write(Findings.Every));
        Assert.Equal("9 9 5 1 1 2 0 6", NumbersOf(run));
        foreach (var suite in run.DescendantsAndSelf().Where(e => e.Name.LocalName is "test-run" or "test-suite"))
        {
            var results = suite.Descendants("test-case").Select(c => (string?)c.Attribute("result")).ToList();
            var (passed, failed, inconclusive, skipped) = (results.Count(r => r is "Passed"), results.Count(r => r is "Failed"), results.Count(r => r is "Inconclusive"), results.Count(r => r is "Skipped"));
            Assert.Equal($"{results.Count} {results.Count} {failed} {passed} {inconclusive} {skipped} 0 {passed + failed}", NumbersOf(suite));
            Assert.Equal(failed > 0 ? "Failed" : inconclusive > 0 ? "Inconclusive" : passed > 0 ? "Passed" : "Skipped", (string?)suite.Attribute("result"));
        }
        Assert.Equal(["Failed", "Failed", "Inconclusive", "Failed"], run.Element("test-suite")!.Elements("test-suite").Select(s => (string?)s.Attribute("result")));
        Assert.Equal("Skipped", (string?)run.Descendants("test-suite").Single(s => (string?)s.Attribute("name") is "PK401").Attribute("result"));
    }

    [Fact]
    public void Times_are_that_of_the_judgement_in_utc() => Assert.All(
        XElement.Parse(Write(Findings.Every)).DescendantsAndSelf().Where(e => e.Name.LocalName is "test-run" or "test-suite" or "test-case"),
        e => Assert.Equal(("2026-03-04T08:20:30Z", "2026-03-04T08:20:30Z", "0.000"), ((string?)e.Attribute("start-time"), (string?)e.Attribute("end-time"), (string?)e.Attribute("duration"))));

    [Fact]
    public void Full_names_are_of_one_test_each_and_hang_on_no_other()
    {
        var rule = new FakeRule("PK201");
        PasskeyPolicyFinding[] findings =
        [
            Findings.Failed(rule, Findings.User(1)),
            Findings.Failed(rule, Findings.User(2)),
            Findings.Failed(rule, Findings.User(3), Findings.User(4)),
            Findings.Suppressed(rule, Findings.User(5), Findings.User(6)),
        ];
        string[] names = ["PasskeyAdmin.People.PK201.RulePK201(User/user-1)", "PasskeyAdmin.People.PK201.RulePK201(User/user-2)", "PasskeyAdmin.People.PK201.RulePK201", "PasskeyAdmin.People.PK201.RulePK201(accepted)"];
        Assert.Equal(names, NamesOf(findings));
        Assert.Equal(names.Reverse(), NamesOf([.. findings.Reverse()]));
        for (var i = 0; i < findings.Length; i++) Assert.Equal([names[i]], NamesOf([findings[i]]));
        // Tomorrow they are others.
        Assert.Equal([names[2]], NamesOf([Findings.Failed(rule, Findings.User(7), Findings.User(8), Findings.User(9))]));
    }

    [Fact]
    public void Findings_that_would_have_one_name_have_two()
    {
        var rule = new FakeRule("PK201");
        var names = NamesOf([Findings.Failed(rule, Findings.User(1), Findings.User(2)), Findings.Failed(rule, Findings.User(3), Findings.User(4)), Findings.Failed(rule), Findings.Failed(rule)]);
        Assert.Equal(4, names.Distinct().Count());
        Assert.All(names, n => Assert.StartsWith("PasskeyAdmin.People.PK201.RulePK201#", n, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_say_the_rule_and_what_it_is_about() => Assert.Equal(
        ["PK101 All is as it should be (Administrators)", "PK101 All is as it should be (Pilots)", "PK201 All is as it should be (user1@contoso.com and 1 more)", "PK201 All is as it should be (user3@contoso.com and 1 more)", "PK202 All is as it should be"],
        CasesOf(Write(Findings.Every)).Take(5).Select(c => (string?)c.Attribute("name")));

    [Fact]
    public void Hostile_texts_stay_texts()
    {
        var result = new FindingResult(RuleOutcome.Fail, Findings.Hostile) { Fix = Findings.Hostile, Command = Findings.Hostile, Objects = [new FindingObject(FindingObjectKind.User, Findings.Hostile, Findings.Hostile)] };
        var acceptance = new Suppression("PK101", null, Findings.Hostile, Findings.Hostile, Findings.Now, 1);
        PasskeyPolicyFinding[] findings = [.. Enum.GetValues<RuleOutcome>().Select(o => new PasskeyPolicyFinding(new FakeRule("PK101", title: Findings.Hostile), result with { Outcome = o }, new RuleTenant(null, Findings.Hostile, Findings.Now), acceptance))];
        var report = Write(findings);
        Assert.Empty(FaultsOf(report));
        Assert.Contains("\"O'Neill\" <script>alert(1)</script> ]]> &amp; {0} [here](https://evil.example) 🔑 \uFFFD", (string?)CasesOf(report)[1].Element("failure")!.Element("message"), StringComparison.Ordinal);
        // Also as bytes, as a file has it.
        using var file = new MemoryStream(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(report));
        Assert.Equal(findings.Length, XDocument.Load(file).Descendants("test-case").Count());
    }

    [Fact]
    public void The_same_findings_are_the_same_text()
    {
        Assert.Equal(Write(Findings.Every), Write(Findings.Every));
        Assert.DoesNotContain('\r', Write(Findings.Every));
    }

    [Fact]
    public void Ten_thousand_users_are_written()
    {
        var rule = new FakeRule("PK201");
        var report = Write([Findings.Failed(rule, [.. Enumerable.Range(0, 10_000).Select(i => Findings.User(i))]), .. Enumerable.Range(0, 10_000).Select(i => Findings.Failed(rule, Findings.User(i)))]);
        Assert.Empty(FaultsOf(report));
        Assert.Equal(10_001, NamesOf(report).Distinct().Count());
    }

    private static string Write(IReadOnlyList<PasskeyPolicyFinding> findings)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        NUnitReport.Write(text, findings);
        return text.ToString();
    }

    private static List<XElement> CasesOf(string report) => [.. XElement.Parse(report).Descendants("test-case")];

    private static List<string> NamesOf(string report) => [.. CasesOf(report).Select(c => (string)c.Attribute("fullname")!)];

    private static List<string> NamesOf(IReadOnlyList<PasskeyPolicyFinding> findings) => NamesOf(Write(findings));

    private static string NumbersOf(XElement suite) => string.Join(' ', Counts.Select(n => (string?)suite.Attribute(n)));

    private static string Broken(Action<XElement> change)
    {
        var run = XElement.Parse(Write(Findings.Every));
        change(run);
        return run.ToString();
    }

    private static XmlSchemaSet Load()
    {
        var schema = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schema.Add(null, Path.Combine(AppContext.BaseDirectory, "Schemas", "NUnit3", "TestResult.xsd"));
        schema.Compile();
        return schema;
    }

    /// <summary>What the published schema has against a report.</summary>
    internal static List<string> FaultsOf(string report)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schema };
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        // Without it, the schema's rule that ids are unique is not looked at.
        settings.ValidationFlags |= XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.ReportValidationWarnings;
        using var reader = XmlReader.Create(new StringReader(report), settings);
        while (reader.Read())
        {
        }
        return faults;
    }
}
