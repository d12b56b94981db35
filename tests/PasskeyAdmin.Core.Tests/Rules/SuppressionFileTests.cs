using System;
using System.Globalization;
using System.IO;
using System.Text;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class SuppressionFileTests
{
    private const string End = " See about_PasskeyAdmin_Rules for the form of a file of suppressions.";

    /// <summary>How files in UTF-8 and UTF-16 begin that have a mark.</summary>
    private static readonly byte[] Marks = [0xEF, 0xFF];

    private const string Whole = """
        // What we live with.
        {
          "$schema": "https://example.org/suppressions.json",
          "suppressions": [
            { "rule": "PK102", "object": "Synced pilot", "reason": "Guidance only.", "owner": "Dana", "expires": "2027-03-01" }, /* until the audit */
            {
              "rule": " ProfileDefeated ",
              "reason": "All of it."
            },
            { "rule": "PK110", "object": null, "reason": "x", "owner": null, "expires": null },
          ]
        }
        // That is all.
        """;

    [Fact]
    public void A_file_with_comments_and_a_schema()
    {
        using var file = new TemporaryFile(Whole);
        Assert.Equal(
        [
            new Suppression("PK102", "Synced pilot", "Guidance only.", "Dana", new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero), 5),
            new Suppression("ProfileDefeated", null, "All of it.", null, null, 6),
            new Suppression("PK110", null, "x", null, null, 10),
        ], SuppressionFile.Load(file.Path));
    }

    [Fact]
    public void Nothing_may_be_suppressed() => Assert.Empty(SuppressionFile.Parse("""{ "suppressions": [] }""", "it"));

    [Fact]
    public void Windows_ends_its_lines_otherwise() =>
        Assert.Equal(SuppressionFile.Parse(Whole.ReplaceLineEndings("\n"), "it"), SuppressionFile.Parse(Whole.ReplaceLineEndings("\r\n"), "it"));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void A_mark_at_the_beginning_is_no_text(string encoding)
    {
        using var file = new TemporaryFile("");
        File.WriteAllText(file.Path, """{ "suppressions": [ { "rule": "PK102", "object": "Pilotöre 會議", "reason": "x" } ] }""", Encoding.GetEncoding(encoding));
        Assert.Contains(File.ReadAllBytes(file.Path)[0], Marks);
        Assert.Equal("Pilotöre 會議", Assert.Single(SuppressionFile.Load(file.Path)).Object);
    }

    [Theory]
    [InlineData("2027-03-01", "2027-03-01T00:00:00Z")]
    [InlineData("2027-03-01T12:30Z", "2027-03-01T12:30:00Z")]
    [InlineData("2027-03-01T12:30:15Z", "2027-03-01T12:30:15Z")]
    [InlineData("2027-03-01T12:30:15+02:00", "2027-03-01T10:30:15Z")]
    [InlineData("2027-03-01T00:30-05:00", "2027-03-01T05:30:00Z")]
    [InlineData("2027-03-01T12:30:15", "2027-03-01T12:30:15Z")]
    public void A_date_is_one_of_UTC(string text, string moment)
    {
        var read = Assert.Single(SuppressionFile.Parse($$"""{ "suppressions": [ { "rule": "PK102", "reason": "x", "expires": "{{text}}" } ] }""", "it")).Expires!.Value;
        Assert.Equal((DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), TimeSpan.Zero), (read, read.Offset));
    }

    [Fact]
    public void What_is_shown_is_safe_and_what_is_compared_is_as_it_stands()
    {
        var read = Assert.Single(SuppressionFile.Parse("""{ "suppressions": [ { "rule": "PK102", "object": "\u001b[31mA", "reason": "\u001b[2Jx", "owner": "\u202eDana" } ] }""", "it"));
        Assert.Equal(("\u001b[31mA", "\uFFFD[2Jx", "\uFFFDDana"), (read.Object, read.Reason, read.Owner));
    }

    [Theory]
    [InlineData("[ { \"rule\": \"PK102\", \"reason\": \"x\",\n \"ownr\": \"Dana\" } ]", "has a property 'ownr' (line 2), which is not known. Did you mean 'owner'?")]
    [InlineData("[ { \"Rule\": \"PK102\", \"reason\": \"x\" } ]", "has a property 'Rule' (line 1), which is not known. Did you mean 'rule'?")]
    [InlineData("[ { \"rule\": \"PK102\", \"reason\": \"x\", \"zzzzzz\": 1 } ]", "has a property 'zzzzzz' (line 1), which is not known. A suppression has rule, object, reason, owner, expires.")]
    [InlineData("[\n { \"rule\": \"PK102\" } ]", "has a suppression without a reason (line 2).")]
    [InlineData("[\n\n { \"rule\": \"PK102\", \"reason\": null } ]", "has a suppression without a reason (line 3).")]
    [InlineData("[ { \"rule\": \"PK102\",\n\"reason\": \"\" } ]", "has a 'reason' that is no text, or an empty one (line 2).")]
    [InlineData("[ { \"rule\": \"PK102\",\n\"reason\": \" \\t \" } ]", "has a 'reason' that is no text, or an empty one (line 2).")]
    [InlineData("[ { \"rule\": \"PK102\",\n\"reason\": [ \"x\" ] } ]", "has a 'reason' that is no text, or an empty one (line 2).")]
    [InlineData("[ { \"rule\": 102, \"reason\": \"x\" } ]", "has a 'rule' that is no text, or an empty one (line 1).")]
    [InlineData("[\n{ \"reason\": \"x\" } ]", "has a suppression without a rule (line 2).")]
    [InlineData("[\n\n\"PK102\" ]", "has something in its list that is no object (line 3).")]
    [InlineData("[ null ]", "has something in its list that is no object (line 1).")]
    [InlineData("[ { \"rule\": \"PK102\", \"reason\": \"x\",\n\"expires\": \"01.03.2027\" } ]", "has '01.03.2027' for a date (line 2). Write it as 2027-03-01, or as 2027-03-01T12:00:00Z.")]
    [InlineData("[ { \"rule\": \"PK102\", \"reason\": \"x\", \"expires\": \"2027-02-30\" } ]", "has '2027-02-30' for a date (line 1). Write it as 2027-03-01, or as 2027-03-01T12:00:00Z.")]
    [InlineData("[ { \"rule\": \"PK102\", \"reason\": \"x\", \"expires\": 20270301 } ]", "has a 'expires' that is no text, or an empty one (line 1).")]
    public void A_fault_in_the_list(string list, string reason) => Assert.Equal($"it {reason}{End}", Fault($$"""{ "suppressions": {{list}} }"""));

    [Theory]
    [InlineData("{}", "has no list 'suppressions'.")]
    [InlineData("[]", "has no list 'suppressions'.")]
    [InlineData("null", "has no list 'suppressions'.")]
    [InlineData("""{ "suppressions": {} }""", "has no list 'suppressions'.")]
    [InlineData("""{ "suppressions": null }""", "has no list 'suppressions'.")]
    [InlineData("{ \"suppressions\": [],\n\"sup\\u001bpressions\": [] }", "has a property 'sup\uFFFDpressions' (line 2), which is not known.")]
    public void A_fault_around_the_list(string text, string reason) => Assert.Equal($"it {reason}{End}", Fault(text));

    [Theory]
    [InlineData("", "line 1", "there is nothing in it")]
    [InlineData("  \n ", "line", "there is nothing in it")]
    [InlineData("// only a comment", "line 1", "there is nothing in it")]
    [InlineData("rule: PK102\nreason: x", "line 1", "it is not JSON")]
    [InlineData("{\n \"suppressions\": [", "line 2", "it is not JSON")]
    [InlineData("{\n \"suppressions\": [ { \"rule\": \"PK1", "line 2", "it breaks off in the middle of a text")]
    [InlineData("{ \"suppressions\": [] }\n}", "line 2", "it is not JSON")]
    [InlineData("{ \"suppressions\": [] }\n{ \"suppressions\": [] }", "line 2", "it is not JSON")]
    [InlineData("{ \"suppressions\": [ { \"rule\": \"PK102\",\n \"rule\": \"PK103\", \"reason\": \"x\" } ] }", "line 2", "'rule' already exists")]
    [InlineData("{ \"suppressions\": [],\n \"suppressions\": [] }", "line 2", "'suppressions' already exists")]
    [InlineData("{ \"suppressions\":\n [[[[[[[[[]]]]]]]]] }", "line 2", "it is nested too deeply")]
    public void A_text_that_is_no_such_file(string text, string line, string reason)
    {
        var message = Fault(text);
        Assert.StartsWith($"it cannot be read ({line}", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.EndsWith("." + End, message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_named_in_the_message()
    {
        using var file = new TemporaryFile("{}");
        Assert.Equal($"'{file.Path}' has no list 'suppressions'.{End}", Assert.Throws<PasskeyAdminException>(() => SuppressionFile.Load(file.Path)).Message);
    }

    [Fact]
    public void An_empty_file_and_one_that_is_not_there_are_errors_of_their_own()
    {
        using var file = new TemporaryFile("");
        Assert.Equal("FileEmpty", Assert.Throws<PasskeyAdminException>(() => SuppressionFile.Load(file.Path)).ErrorId);
        Assert.Equal("FileNotFound", Assert.Throws<PasskeyAdminException>(() => SuppressionFile.Load(file.Path + ".none")).ErrorId);
    }

    [Fact]
    public void A_file_with_a_mark_and_nothing_else_is_no_list()
    {
        using var file = new TemporaryFile("");
        File.WriteAllBytes(file.Path, [0xEF, 0xBB, 0xBF]);
        Assert.Equal("SuppressionFileInvalid", Assert.Throws<PasskeyAdminException>(() => SuppressionFile.Load(file.Path)).ErrorId);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_file_may_have_four_megabytes(int more, bool isRead)
    {
        const string Text = """{ "suppressions": [] }""";
        using var file = new TemporaryFile(Text + new string(' ', 4 * 1024 * 1024 - Text.Length + more));
        if (isRead)
        {
            Assert.Empty(SuppressionFile.Load(file.Path));
            return;
        }
        var error = Assert.Throws<PasskeyAdminException>(() => SuppressionFile.Load(file.Path));
        Assert.Equal(("SuppressionFileInvalid", $"'{file.Path}' is far larger than a file of suppressions is.{End}"), (error.ErrorId, error.Message));
    }

    private static string Fault(string text)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => SuppressionFile.Parse(text, "it"));
        Assert.Equal((ErrorKind.InvalidData, "SuppressionFileInvalid"), (error.Kind, error.ErrorId));
        return error.Message;
    }
}
