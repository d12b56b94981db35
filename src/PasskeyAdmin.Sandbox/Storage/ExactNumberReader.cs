using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Newtonsoft.Json;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>A number with more digits, or smaller ones, than a decimal holds: 28 of them, 28 places behind the point.</summary>
internal sealed class InexactNumberException(string message, string path, int lineNumber, int linePosition) : JsonReaderException(message, path, lineNumber, linePosition, null);

/// <summary>Reads numbers with a point or an exponent as decimals, and refuses those that a decimal would round: the reader of Json.NET rounds silently.</summary>
internal sealed class ExactNumberReader : JsonTextReader
{
    private readonly string _text;
    private readonly List<int> _lines;

    public ExactNumberReader(string text) : base(new StringReader(text))
    {
        _text = text;
        _lines = LineStarts(text);
        FloatParseHandling = FloatParseHandling.Decimal;
    }

    public override bool Read()
    {
        var isRead = base.Read();
        if (isRead && TokenType is JsonToken.Float && Value is decimal number && Digits(number.ToString(CultureInfo.InvariantCulture)) != Digits(Written()))
            throw new InexactNumberException($"the number {DisplayText.Excerpt(Written(), 60)} cannot be kept exactly; write it with at most 28 digits", Path, LineNumber, LinePosition);
        return isRead;
    }

    /// <summary>The number as the text has it. The reader stands behind it.</summary>
    private string Written()
    {
        var end = _lines[LineNumber - 1] + LinePosition;
        var start = end;
        while (start > 0 && _text[start - 1] is (>= '0' and <= '9') or '+' or '-' or '.' or 'e' or 'E') start--;
        return _text.Substring(start, end - start);
    }

    /// <summary>What is left of a number when two that are nearly the same are compared: its digits from the first to the last that is not zero.</summary>
    private static string Digits(string number) => new string([.. number.TakeWhile(c => c is not ('e' or 'E')).Where(char.IsDigit)]).Trim('0');

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
            if (text[i] is '\n' || text[i] is '\r' && (i + 1 == text.Length || text[i + 1] is not '\n')) starts.Add(i + 1);
        return starts;
    }
}
