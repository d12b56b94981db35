using System.Text.RegularExpressions;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>
/// Whether a text is JSON to the letter (RFC 8259), as a service demands it. The reader of files is kinder: it takes comments, single quotation marks and
/// commas at the end, which a person writes and Graph refuses.
/// </summary>
internal static class StrictJson
{
    private const string Blank = @"[\u0020\t\r\n]*";

    /// <summary>A balanced walk over the text: what is open stands on a stack of brackets, and each word is what may stand there.</summary>
    private static readonly Regex Word = new(
        "\\G" + Blank + @"(?:(?<open>[{\[])|(?<close>[}\]])|(?<comma>,)|(?<colon>:)|(?<text>""(?:[^""\\\u0000-\u001f]|\\(?:[""\\/bfnrt]|u[0-9a-fA-F]{4}))*"")|(?<other>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])|(?:true|false|null)(?!\w)))" + Blank,
        RegexOptions.CultureInvariant);

    public static bool IsValid(string text)
    {
        var open = new System.Collections.Generic.Stack<bool>();
        // A value, a name, a colon, or what comes behind a value.
        var (wanted, at, isEmpty) = (Wanted.Value, 0, false);
        while (at < text.Length)
        {
            var match = Word.Match(text, at);
            if (!match.Success) return false;
            at += match.Length;
            var mayClose = isEmpty;
            isEmpty = false;
            if (match.Groups["close"] is { Success: true } close)
            {
                if (open.Count == 0 || open.Pop() != (close.Value == "}") || (wanted is not Wanted.More && !mayClose)) return false;
                wanted = open.Count == 0 ? Wanted.Nothing : Wanted.More;
            }
            else if (match.Groups["open"] is { Success: true } bracket)
            {
                if (wanted is not Wanted.Value) return false;
                open.Push(bracket.Value == "{");
                (wanted, isEmpty) = (bracket.Value == "{" ? Wanted.Name : Wanted.Value, true);
            }
            else if (match.Groups["comma"].Success)
            {
                if (wanted is not Wanted.More) return false;
                wanted = open.Peek() ? Wanted.Name : Wanted.Value;
            }
            else if (match.Groups["colon"].Success)
            {
                if (wanted is not Wanted.Colon) return false;
                wanted = Wanted.Value;
            }
            else if (wanted is Wanted.Name)
            {
                if (!match.Groups["text"].Success) return false;
                wanted = Wanted.Colon;
            }
            else
            {
                if (wanted is not Wanted.Value) return false;
                wanted = open.Count == 0 ? Wanted.Nothing : Wanted.More;
            }
        }
        return wanted is Wanted.Nothing;
    }

    private enum Wanted
    {
        Value,
        Name,
        Colon,
        More,
        Nothing,
    }
}
