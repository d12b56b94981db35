using System;
using System.Linq;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

public sealed class ErrorCodesTests
{
    private static readonly ErrorCodes Codes = ErrorCodes.LoadBuiltIn();

    [Fact]
    public void The_table_is_sound()
    {
        var named = Codes.All.Where(c => c.Code is not null).Select(c => c.Code!).ToList();
        Assert.Equal(named.Count, named.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Codes.All, c => Assert.All(new[] { c.Text, c.Where, c.Meaning, c.Remedy, c.Source }, t => Assert.False(string.IsNullOrWhiteSpace(t))));
        Assert.All(Codes.All, c => Assert.All(c.Row.Pieces, p => Assert.Equal(p.ToLowerInvariant(), p)));
        // What is documented names its page; nothing else does as if it were.
        Assert.All(Codes.All.Where(c => c.Confidence is FactConfidence.Documented), c => Assert.StartsWith("https://learn.microsoft.com/", c.Source, StringComparison.Ordinal));
        Assert.All(Codes.All.Where(c => c.Confidence is not FactConfidence.Documented), c => Assert.DoesNotContain("learn.microsoft.com", c.Source, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_cause_that_it_names_is_one_that_a_check_can_name() => Assert.All(Codes.All.SelectMany(c => c.CauseId), id => Assert.Contains(id, HelpdeskCaseTests.Causes));

    [Theory]
    [InlineData("135016", "135016")]
    [InlineData(" AADSTS135016: ", "135016")]
    [InlineData("aadsts50126", "50126")]
    [InlineData("0x5b4", "0x5B4")]
    [InlineData("notallowederror", "NotAllowedError")]
    [InlineData("135017", null)]
    [InlineData("13501", null)]
    public void A_code_is_found_to_the_letter(string typed, string? code) => Assert.Equal(code, Codes.Find(typed)?.Code);

    [Theory]
    [InlineData("AADSTS53003: Access has been blocked by Conditional Access policies. Trace ID: 0", "53003")]
    [InlineData("Error code: 500121, request id 1234", "500121")]
    [InlineData("NotAllowedError: The operation either timed out or was not allowed.", "NotAllowedError")]
    [InlineData("The passkey couldn't be added.", null)]
    [InlineData("This security key doesn't look familiar. Please try a different one.", "0x2E")]
    public void A_pasted_message_is_recognised(string message, string? code)
    {
        Assert.NotNull(Codes.Recognise(message));
        Assert.Equal(code, Codes.Recognise(message)!.Code);
    }

    /// <summary>What this module shows can be given back to it.</summary>
    [Fact]
    public void Every_row_is_recognised_by_its_own_words()
    {
        Assert.All(Codes.All, c => Assert.Same(c, Codes.Recognise(c.Code ?? c.Text)));
        Assert.All(Codes.All, c => Assert.Same(c.Row, Codes.Recognise($" {c.Text.ToUpperInvariant()}. ")!.Row));
        Assert.All(Codes.All, c => Assert.Contains(Codes.Search($"The page says: {c.Text}"), f => f.Row == c.Row));
    }

    [Theory]
    [InlineData("The passkey couldn\u2019t be added.", "The passkey could not be added; unknown error")]
    [InlineData("\u201CNext\u201D does nothing", "\"Next\" does nothing on Add a passkey")]
    public void Curly_quotation_marks_are_read_as_straight_ones(string message, string text) => Assert.Equal(text, Codes.Recognise(message)?.Text);

    [Theory]
    [InlineData("something else altogether")]
    [InlineData("99999")]
    [InlineData("")]
    // A code that is written out counts before the words around it.
    [InlineData("AADSTS90072: Your account is disabled in this tenant.")]
    [InlineData("AADSTS53999: Access has been blocked by Conditional Access.")]
    public void What_is_not_known_is_nothing(string text) => Assert.Null(Codes.Recognise(text));

    [Fact]
    public void Words_find_rows_that_have_all_of_them()
    {
        Assert.Contains(Codes.Search("Windows Hello key"), c => c.Code == "130004");
        Assert.Contains(Codes.Search("bluetooth"), c => c.CauseId.Contains("CrossDeviceBlocked"));
        Assert.Empty(Codes.Search("windows zebra"));
        Assert.Empty(Codes.Search(" "));
        // A short word is a whole one.
        Assert.Empty(Codes.Search("x"));
        Assert.Empty(Codes.Search("te"));
        Assert.Contains(Codes.Search("PIN on a key"), c => c.CauseId.Contains("KeyPinBlocked") || c.CauseId.Contains("KeyNeedsPin"));
    }
}
