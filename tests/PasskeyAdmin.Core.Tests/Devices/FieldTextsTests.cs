using System;
using System.Linq;
using System.Text;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class FieldTextsTests
{
    [Fact]
    public void A_remembered_text_is_the_same_string_again()
    {
        var texts = new FieldTexts(Encoding.UTF8);
        var first = Remembered(texts, "10.0.26100");
        Assert.Equal("10.0.26100", first);
        Assert.Same(first, Remembered(texts, "10.0.26100"));
        Assert.Null(Remembered(texts, "  "));
        Assert.Equal("zu", Remembered(texts, " zu "));
    }

    /// <summary>Texts that meet in one place of the memory, among them beginnings and likenesses of each other.</summary>
    [Fact]
    public void No_text_is_taken_for_another()
    {
        var (texts, random) = (new FieldTexts(Encoding.UTF8), new Random(1));
        for (var i = 0; i < 400_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(2, 14)).Select(_ => random.Next(2) == 0 ? 'a' : 'b')]);
            var lower = new string([.. text.Select(c => random.Next(2) == 0 ? 'a' : c)]);
            foreach (var one in new[] { text[..random.Next(1, text.Length)], text, lower, text }) Assert.Equal(one, Remembered(texts, one));
        }
    }

    private static string? Remembered(FieldTexts texts, string text)
    {
        var bytes = Encoding.UTF8.GetBytes($"x{text}x");
        return texts.Remembered(bytes, 1, bytes.Length - 2);
    }
}
