using System;
using System.Collections.Generic;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin;

/// <summary>
/// JSON that people write: with comments and trailing commas, as editors take it (JSONC), and nothing else that the reader of the library would let pass, such as single quotes. Of every value it
/// is known where it begins, which the library does not say: it tells where its reader stood afterwards.
/// </summary>
internal sealed class PlacedJson
{
    private readonly string _text;
    private readonly List<int> _lines = [0];

    private PlacedJson(string text)
    {
        _text = text;
        for (var i = 0; i < text.Length; i++)
            if (text[i] is '\n' || (text[i] is '\r' && (i + 1 == text.Length || text[i + 1] is not '\n'))) _lines.Add(i + 1);
        Root = null!;
    }

    public JToken Root { get; private set; }

    /// <param name="fault">Makes the error for what is wrong, which goes on after "it".</param>
    public static PlacedJson Parse(string text, int maximumDepth, Func<FilePlace, string, Exception?, PasskeyAdminException> fault)
    {
        var json = new PlacedJson(text);
        try
        {
            json.RequireStrict(maximumDepth, fault);
            using var reader = Reader(text, maximumDepth);
            json.Root = JToken.ReadFrom(reader, new JsonLoadSettings { CommentHandling = CommentHandling.Ignore, LineInfoHandling = LineInfoHandling.Load });
            return json;
        }
        catch (JsonReaderException e)
        {
            throw fault(e.LineNumber > 0 ? new FilePlace(e.LineNumber, Math.Max(1, e.LinePosition)) : json.PlaceAt(text.Length), JsonFault.Reason(e), e);
        }
    }

    /// <summary>Where a value begins, or the name of a property.</summary>
    public FilePlace PlaceOf(JToken token)
    {
        if (token is not IJsonLineInfo info || !info.HasLineInfo() || info.LineNumber > _lines.Count) return FilePlace.Start;
        var end = Math.Min(_text.Length, _lines[info.LineNumber - 1] + info.LinePosition);
        return PlaceAt(token switch
        {
            // Behind the colon.
            JProperty => StartOfText(LastQuote(end)),
            JValue { Value: string } when end > 0 && _text[end - 1] is '"' => StartOfText(end - 1),
            JValue => StartOfWord(end),
            _ => end - 1,
        });
    }

    private static JsonTextReader Reader(string text, int maximumDepth) => new(new StringReader(text)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = maximumDepth };

    private void RequireStrict(int maximumDepth, Func<FilePlace, string, Exception?, PasskeyAdminException> fault)
    {
        using var reader = Reader(_text, maximumDepth);
        var names = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonToken.StartObject:
                    names.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonToken.EndObject:
                    names.Pop();
                    break;
                case JsonToken.PropertyName when reader.QuoteChar is not '"':
                    throw fault(new FilePlace(reader.LineNumber, Math.Max(1, reader.LinePosition)), "a name is not in double quotes", null);
                case JsonToken.PropertyName when !names.Peek().Add((string)reader.Value!):
                    throw fault(PlaceAt(StartOfText(LastQuote(_lines[reader.LineNumber - 1] + reader.LinePosition))), $"'{DisplayText.Excerpt((string)reader.Value!, 60)}' is there twice", null);
                case JsonToken.String when reader.QuoteChar is not '"':
                    throw fault(new FilePlace(reader.LineNumber, Math.Max(1, reader.LinePosition)), "a text is not in double quotes", null);
                case JsonToken.Undefined or JsonToken.StartConstructor or JsonToken.Raw:
                    throw fault(new FilePlace(reader.LineNumber, Math.Max(1, reader.LinePosition)), "there is something that is no JSON value", null);
            }
        }
    }

    private FilePlace PlaceAt(int index)
    {
        var line = _lines.BinarySearch(Math.Max(0, index));
        if (line < 0) line = ~line - 1;
        return new FilePlace(line + 1, Math.Max(0, index) - _lines[line] + 1);
    }

    private int LastQuote(int end)
    {
        var quote = end > 0 ? _text.LastIndexOf('"', Math.Min(end, _text.Length) - 1) : -1;
        return Math.Max(0, quote);
    }

    /// <summary>The quotation mark that opens what the one at this place closes: inside, each has a backslash before it.</summary>
    private int StartOfText(int close)
    {
        for (var i = close - 1; i >= 0; i--)
        {
            if (_text[i] is not '"') continue;
            var backslashes = 0;
            while (i - 1 - backslashes >= 0 && _text[i - 1 - backslashes] is '\\') backslashes++;
            if (backslashes % 2 == 0) return i;
        }
        return close;
    }

    private int StartOfWord(int end)
    {
        var start = end;
        while (start > 0 && (char.IsLetterOrDigit(_text[start - 1]) || _text[start - 1] is '+' or '-' or '.')) start--;
        return start;
    }
}
