using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace PasskeyAdmin.Rules;

/// <summary>
/// Findings as a result file of NUnit 3 (https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html), which build systems show as tests: a suite for
/// each area, in it one for each rule, in it a test for each finding.
/// </summary>
internal static class NUnitReport
{
    private const string Root = "PasskeyAdmin";

    /// <param name="text">Stays open. Its encoding must be UTF-8, or UTF-16 with a byte order mark: the declaration names none, so that what is written into a string can be stored in either.</param>
    public static void Write(TextWriter text, IReadOnlyList<PasskeyPolicyFinding> findings)
    {
        var tests = NUnitTest.Of(Root, findings);
        text.Write("<?xml version=\"1.0\"?>\n");
        using var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n", CloseOutput = false });
        var ids = new NUnitIds();
        xml.WriteStartElement("test-run");
        WriteSummary(xml, ids, Root, Root, tests);
        xml.WriteAttributeString("random-seed", "0");
        xml.WriteElementString("filter", null);
        WriteSuite(xml, ids, "Assembly", Root, Root, tests, () =>
        {
            foreach (var area in tests.GroupBy(t => t.Finding.Area).OrderBy(a => a.Key)) WriteArea(xml, ids, area.Key.ToString(), [.. area]);
        });
        xml.WriteEndElement();
        xml.Flush();
    }

    private static void WriteArea(XmlWriter xml, NUnitIds ids, string area, IReadOnlyList<NUnitTest> tests) => WriteSuite(xml, ids, "TestSuite", area, $"{Root}.{area}", tests, () =>
    {
        foreach (var rule in tests.GroupBy(t => t.Finding.RuleId)) WriteSuite(xml, ids, "TestFixture", rule.Key, rule.First().ClassName, [.. rule], () =>
        {
            foreach (var test in rule) WriteTest(xml, ids, test);
        });
    });

    private static void WriteSuite(XmlWriter xml, NUnitIds ids, string type, string name, string fullName, IReadOnlyList<NUnitTest> tests, Action writeContent)
    {
        xml.WriteStartElement("test-suite");
        xml.WriteAttributeString("type", type);
        WriteSummary(xml, ids, name, fullName, tests);
        xml.WriteAttributeString("runstate", "Runnable");
        writeContent();
        xml.WriteEndElement();
    }

    private static void WriteSummary(XmlWriter xml, NUnitIds ids, string name, string fullName, IReadOnlyList<NUnitTest> tests)
    {
        WriteName(xml, ids, name, fullName);
        WriteCount(xml, "testcasecount", tests.Count);
        xml.WriteAttributeString("result", NUnitTest.ResultOf(tests));
        WriteCount(xml, "total", tests.Count);
        WriteCount(xml, "passed", tests.Count(t => t.Result is NUnitTest.Passed));
        WriteCount(xml, "failed", tests.Count(t => t.Result is NUnitTest.Failed));
        WriteCount(xml, "warnings", 0);
        WriteCount(xml, "inconclusive", tests.Count(t => t.Result is NUnitTest.Inconclusive));
        WriteCount(xml, "skipped", tests.Count(t => t.Result is NUnitTest.Skipped));
        WriteCount(xml, "asserts", tests.Sum(t => t.Asserts));
        WriteTimes(xml, tests);
    }

    private static void WriteTest(XmlWriter xml, NUnitIds ids, NUnitTest test)
    {
        xml.WriteStartElement("test-case");
        WriteName(xml, ids, test.Name, test.FullName);
        xml.WriteAttributeString("classname", test.ClassName);
        xml.WriteAttributeString("methodname", Safe(test.Finding.RuleName));
        // As with Assert.Ignore(): readers add a second reason of their own where it is not.
        xml.WriteAttributeString("runstate", "Runnable");
        xml.WriteAttributeString("seed", "0");
        xml.WriteAttributeString("result", test.Result);
        if (test.Result is NUnitTest.Skipped) xml.WriteAttributeString("label", "Ignored");
        WriteCount(xml, "asserts", test.Asserts);
        WriteTimes(xml, [test]);
        WriteProperties(xml, test.Finding);
        WriteMessage(xml, test);
        xml.WriteEndElement();
    }

    /// <summary>
    /// A failure has a failure element and what was skipped a reason, as NUnit has them. What is unknown has the result Inconclusive, and a failure element as well: readers that
    /// know the word show it, and the others must not take it for fine. dorny/test-reporter, for one, calls all successful that is neither skipped nor has a failure; Jenkins makes a
    /// failure of that element, and Azure Pipelines shows its message beside "Inconclusive". A reason beside it would make it skipped in Jenkins.
    /// </summary>
    private static void WriteMessage(XmlWriter xml, NUnitTest test)
    {
        var finding = test.Finding;
        if (finding.Outcome is RuleOutcome.Pass) return;
        var message = finding.Outcome switch
        {
            RuleOutcome.Unknown => $"Unknown: {FindingText.Of(finding)}",
            RuleOutcome.NotApplicable => $"Not applicable: {FindingText.Of(finding)}",
            RuleOutcome.Suppressed => $"Accepted: {DisplayText.Neutralise(FindingText.Acceptance(finding) ?? "")}\n{FindingText.Of(finding)}",
            _ => FindingText.Of(finding),
        };
        xml.WriteStartElement(test.Result is NUnitTest.Skipped ? "reason" : "failure");
        xml.WriteElementString("message", Allowed(message));
        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, PasskeyPolicyFinding finding)
    {
        xml.WriteStartElement("properties");
        WriteProperty(xml, "Severity", finding.Severity.ToString());
        WriteProperty(xml, "Source", finding.Source.AbsoluteUri);
        if (finding.TenantId is { } id) WriteProperty(xml, "TenantId", id);
        if (finding.TenantName is { } name) WriteProperty(xml, "TenantName", name);
        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Safe(value));
        xml.WriteEndElement();
    }

    private static void WriteName(XmlWriter xml, NUnitIds ids, string name, string fullName)
    {
        xml.WriteAttributeString("id", ids.Next());
        xml.WriteAttributeString("name", Safe(name));
        xml.WriteAttributeString("fullname", Safe(fullName));
    }

    private static void WriteCount(XmlWriter xml, string name, int count) => xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>All findings of a run are of one moment; how long it took to find them is not known here.</summary>
    private static void WriteTimes(XmlWriter xml, IReadOnlyList<NUnitTest> tests)
    {
        if (tests.Count is 0) return;
        var (start, end) = (tests.Min(t => t.Finding.EvaluatedAt), tests.Max(t => t.Finding.EvaluatedAt));
        xml.WriteAttributeString("start-time", FindingText.Moment(start));
        xml.WriteAttributeString("end-time", FindingText.Moment(end));
        xml.WriteAttributeString("duration", (end - start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
    }

    private static string Safe(string text) => Allowed(DisplayText.Neutralise(text));

    /// <summary>What is safe to show can still have the two characters that no XML may have.</summary>
    private static string Allowed(string text) => new StringBuilder(text).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD').ToString();

    /// <summary>Ids in the order of the document.</summary>
    private sealed class NUnitIds
    {
        private int _last = -1;

        public string Next() => "0-" + (++_last).ToString(CultureInfo.InvariantCulture);
    }
}
