using System.Linq;
using CsCheck;

namespace PasskeyAdmin.Core.Tests;

public class DisplayTextTests
{
    [Theory]
    [InlineData("LAPTOP-1", "LAPTOP-1")]
    [InlineData("Zoë's 会議室 iPad 👍", "Zoë's 会議室 iPad 👍")]
    [InlineData("\u001b[31mred\u001b[0m", "\uFFFD[31mred\uFFFD[0m")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    [InlineData("a\r\nb\tc\nd", "a b c d")]
    [InlineData("abc\u202Egnp.exe", "abc\uFFFDgnp.exe")]
    [InlineData("a\u2066b\u2069\u200Fc", "a\uFFFDb\uFFFD\uFFFDc")]
    [InlineData("zero\u200Bwidth\uFEFF", "zero\uFFFDwidth\uFFFD")]
    [InlineData("علی\u200Cرضا 👩\u200D💻", "علی\u200Cرضا 👩\u200D💻")]
    [InlineData("ali\u200Creza", "ali\uFFFDreza")]
    [InlineData("bell\u0007nul\0", "bell\uFFFDnul\uFFFD")]
    [InlineData("line\u2028paragraph\u2029next\u0085", "line paragraph next ")]
    public void Steering_characters_are_replaced(string text, string expected) => Assert.Equal(expected, DisplayText.Neutralise(text));

    [Fact]
    public void Lone_surrogates_and_tag_characters_are_replaced()
    {
        Assert.Equal("a\uFFFD", DisplayText.Neutralise("a\uD83D"));
        Assert.Equal("\uFFFDa", DisplayText.Neutralise("\uDE00a"));
        Assert.Equal("\uFFFD\uFFFD", DisplayText.Neutralise("\U000E0041"));
    }

    [Fact]
    public void Harmless_text_stays_the_same_instance()
    {
        var text = new string('x', 20);
        Assert.Same(text, DisplayText.Neutralise(text));
    }

    [Fact]
    public void Nothing_that_steers_a_terminal_survives() => Gen.String.Sample(text =>
    {
        var shown = DisplayText.Neutralise(text);
        Assert.DoesNotContain(shown, char.IsControl);
        Assert.Equal(shown, DisplayText.Neutralise(shown));
        Assert.True(shown.All(c => c is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069')));
    });
}
