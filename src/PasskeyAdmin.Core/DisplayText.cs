using System.Globalization;
using System.Text;

namespace PasskeyAdmin;

/// <summary>Makes text that a file or a tenant's users supplied safe to show.</summary>
public static class DisplayText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Replaces what could steer a terminal or disguise a text: control characters (escape sequences begin with one), marks that change the
    /// writing direction, invisible characters and lone surrogates become U+FFFD; line breaks and tabs become a space.
    /// </summary>
    /// <returns>The same instance where nothing had to be replaced.</returns>
    public static string Neutralise(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (!IsHarmless(text, i)) return Rewrite(text, i);
        return text;
    }

    /// <summary>The beginning of a text, safe to show, with an ellipsis where there is more.</summary>
    internal static string Excerpt(string text, int length) => Neutralise(text.Length > length ? text.Substring(0, length) + "…" : text);

    private static string Rewrite(string text, int from)
    {
        var clean = new StringBuilder(text, 0, from, text.Length);
        for (var i = from; i < text.Length; i++)
        {
            var c = text[i];
            if (IsHarmless(text, i))
            {
                clean.Append(c);
            }
            else if (c is '\r' && i + 1 < text.Length && text[i + 1] is '\n')
            {
                // The line feed that follows stands for both.
            }
            else
            {
                clean.Append(c is '\t' or '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' ? ' ' : Replacement);
            }
        }
        return clean.ToString();
    }

    private static bool IsHarmless(string text, int index)
    {
        var c = text[index];
        if (c is >= ' ' and < '\u007F') return true;
        if (char.IsHighSurrogate(c))
            // Tag characters (U+E0000 to U+E007F) are invisible and can carry a second text.
            return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) && !(c is '\uDB40' && text[index + 1] <= '\uDC7F');
        if (char.IsLowSurrogate(c))
            return index > 0 && char.IsHighSurrogate(text[index - 1]) && !(text[index - 1] is '\uDB40' && c <= '\uDC7F');
        // Joiners belong to Persian and Indic writing and to emoji; between plain letters they only hide.
        if (c is '\u200C' or '\u200D') return index > 0 && text[index - 1] > '\u007F';
        return CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format);
    }
}
