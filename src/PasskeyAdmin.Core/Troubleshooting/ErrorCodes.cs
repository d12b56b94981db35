using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.DataFile;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>The table of reference/adoption-and-troubleshooting.md §4, from <c>errorcodes.json</c>: our own file, proven sound by a test.</summary>
internal sealed class ErrorCodes
{
    private const string Prefix = "AADSTS";
    private const int ShortWord = 3;

    private ErrorCodes(IReadOnlyList<PasskeyErrorCode> all) => All = all;

    /// <summary>In the order of the file: sign-in codes first. A code once each, a message without a code once.</summary>
    public IReadOnlyList<PasskeyErrorCode> All { get; }

    public static ErrorCodes LoadBuiltIn()
    {
        using var stream = typeof(ErrorCodes).Assembly.GetManifestResourceStream("errorcodes.json")!;
        using var json = new JsonTextReader(new StreamReader(stream)) { DateParseHandling = DateParseHandling.None };
        return new ErrorCodes([.. JObject.Load(json)["rows"]!.Select(ToRow).SelectMany(r => r.Codes.Count == 0 ? [new PasskeyErrorCode(null, r)] : r.Codes.Select(c => new PasskeyErrorCode(c, r)))]);
    }

    /// <summary>The code to the letter, whatever the capitals, also with <c>AADSTS</c> before it; null for one that is not in the table.</summary>
    public PasskeyErrorCode? Find(string code)
    {
        var wanted = Bare(code);
        return All.FirstOrDefault(c => wanted.Equals(c.Code, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What somebody typed or pasted: a code, or a message with a code or a known piece in it. Null where nothing in it is known.</summary>
    /// <remarks>A code that is written out counts before the words around it: one that is not in the table is not known, whatever they say.</remarks>
    public PasskeyErrorCode? Recognise(string text) => Find(text) ?? WithText(text) ?? Words(text).Select(Find).FirstOrDefault(c => c is not null) ?? (Words(text).Any(IsWritten) ? null : InMessage(text).FirstOrDefault());

    /// <summary>The codes of the table that stand in a text, each once.</summary>
    public IReadOnlyList<PasskeyErrorCode> CodesIn(string text) => [.. Words(text).Select(Find).OfType<PasskeyErrorCode>().Distinct()];

    private static bool IsWritten(string word) => word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && word.Length > Prefix.Length && word.Skip(Prefix.Length).All(char.IsDigit);

    /// <summary>Those of which a piece stands in a message, or that have all words of a text; a pasted message and a few words both find something. A single letter is no word: nearly all have it.</summary>
    public IEnumerable<PasskeyErrorCode> Search(string text)
    {
        var codes = Words(text).Select(Find).OfType<PasskeyErrorCode>().ToList();
        if (codes.Count > 0) return codes.Distinct();
        var found = InMessage(text).ToList();
        var words = Words(text).Where(w => w.Length > 1).ToList();
        return found.Concat(All.Where(c => words.Count > 0 && words.TrueForAll(w => Has(c, w)))).Distinct();
    }

    /// <summary>The code without what Microsoft writes before it.</summary>
    public static string Bare(string code)
    {
        var text = code.Trim().TrimEnd('.', ':');
        return text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(Prefix.Length) : text;
    }

    /// <summary>The row whose own words these are, as this module shows them.</summary>
    private PasskeyErrorCode? WithText(string text)
    {
        var plain = Plain(text).Trim().TrimEnd('.');
        return All.FirstOrDefault(c => plain.Equals(Plain(c.Text), StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<PasskeyErrorCode> InMessage(string text)
    {
        var plain = Plain(text);
        return All.Select(c => (Code: c, Length: Pieces(c).Where(p => HasPiece(plain, p)).Select(p => p.Length).DefaultIfEmpty().Max())).Where(f => f.Length > 0).OrderByDescending(f => f.Length).Select(f => f.Code);
    }

    private static IEnumerable<string> Pieces(PasskeyErrorCode code) => code.Row.Pieces.Append(Plain(code.Text));

    /// <summary>Without the quotation marks, straight or curly, that some pages set around words; an apostrophe stays, as a straight one.</summary>
    private static string Plain(string text) => text.Replace("\"", "").Replace("\u201C", "").Replace("\u201D", "").Replace('\u2019', '\'');

    /// <summary>Whole words only: "opera" is in "operation".</summary>
    private static bool HasPiece(string text, string piece)
    {
        for (var at = text.IndexOf(piece, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(piece, at + 1, StringComparison.OrdinalIgnoreCase))
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + piece.Length == text.Length || !char.IsLetterOrDigit(text[at + piece.Length]))) return true;
        return false;
    }

    private static bool Has(PasskeyErrorCode code, string word) => Contains(code.Text, word) || Contains(code.Where, word) || Contains(code.Meaning, word) || code.Row.Pieces.Any(p => Contains(p, word));

    /// <summary>A short word as a whole one: "pin" is in "typing".</summary>
    private static bool Contains(string text, string word) => word.Length <= ShortWord ? HasPiece(text, word) : text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    private static IEnumerable<string> Words(string text) => text.Split([' ', '\t', '\r', '\n', ',', ';', '(', ')', '[', ']', '"', '\u201C', '\u201D', '\'', ':', '.', '!', '?'], StringSplitOptions.RemoveEmptyEntries);

    private static ErrorRow ToRow(JToken row) => new(Text(row, "text"), Text(row, "where"), Text(row, "meaning"), Text(row, "remedy"), Text(row, "source"))
    {
        Codes = [.. row["codes"]!.Select(c => (string)c!)],
        Pieces = [.. row["match"]!.Select(c => (string)c!)],
        Causes = new JoinedList<string>(row["causes"]!.Select(c => (string)c!)),
        IsInterrupt = (bool?)row["interrupt"] ?? false,
        Confidence = Member<FactConfidence>(Text(row, "confidence")),
    };
}
