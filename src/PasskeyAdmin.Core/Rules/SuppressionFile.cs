using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Rules;

/// <summary>
/// Reads a file of suppressions: <c>{ "suppressions": [ { "rule": "PK102", "object": "Synced pilot", "reason": "…", "owner": "…", "expires": "2027-03-01" } ] }</c>, with comments where somebody
/// wants them. Nothing in it is guessed: a misspelt name would silence nothing, or for ever.
/// </summary>
internal static class SuppressionFile
{
    private const string List = "suppressions";
    private const int MaximumLength = 4 * 1024 * 1024;
    private const int MaximumDepth = 8;

    private static readonly string[] Known = ["rule", "object", "reason", "owner", "expires"];
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    /// <exception cref="PasskeyAdminException"><c>SuppressionFileInvalid</c>, and what <see cref="InputFile.Open"/> throws.</exception>
    public static IReadOnlyList<Suppression> Load(string path)
    {
        var shown = $"'{InputFile.Shown(path)}'";
        using var stream = InputFile.Open(path);
        if (stream.CanSeek && stream.Length > MaximumLength) throw Invalid(shown, "is far larger than a file of suppressions is");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string text;
        try
        {
            text = reader.ReadToEnd();
        }
        catch (IOException e)
        {
            throw InputFile.ReadFailed(shown, e);
        }
        return Parse(text, shown);
    }

    /// <param name="source">What it is called in messages, safe to show.</param>
    /// <exception cref="PasskeyAdminException"><c>SuppressionFileInvalid</c>.</exception>
    public static IReadOnlyList<Suppression> Parse(string text, string source)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = MaximumDepth };
            var json = JToken.ReadFrom(reader, new JsonLoadSettings { CommentHandling = CommentHandling.Ignore, DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error, LineInfoHandling = LineInfoHandling.Load });
            // Comments may stand behind the end; of anything else the reader complains.
            while (reader.Read()) { }
            if (json is not JObject file || file[List] is not JArray list) throw Invalid(source, $"has no list '{List}'");
            if (file.Properties().FirstOrDefault(p => p.Name is not (List or "$schema")) is { } other) throw Invalid(source, $"has a property '{DisplayText.Excerpt(other.Name, 60)}' (line {LineOf(other)}), which is not known");
            return [.. list.Select(i => Read(i, source))];
        }
        catch (JsonReaderException e)
        {
            throw Invalid(source, $"cannot be read (line {JsonFault.Line(e)}, column {e.LinePosition}): {JsonFault.Reason(e)}", e);
        }
        catch (JsonException e)
        {
            throw Invalid(source, $"cannot be read: {JsonFault.Reason(e)}", e);
        }
    }

    private static Suppression Read(JToken token, string source)
    {
        var line = LineOf(token);
        if (token is not JObject item) throw Invalid(source, $"has something in its list that is no object (line {line})");
        if (item.Properties().FirstOrDefault(p => !Known.Contains(p.Name)) is { } stranger)
            throw Invalid(source, $"has a property '{DisplayText.Excerpt(stranger.Name, 60)}' (line {LineOf(stranger)}), which is not known. {NearNames.Question(stranger.Name, Known, $"A suppression has {string.Join(", ", Known)}.")}");
        var rule = Text(item, "rule", source) ?? throw Invalid(source, $"has a suppression without a rule (line {line})");
        // Nobody could say later why something was accepted.
        var reason = Text(item, "reason", source) ?? throw Invalid(source, $"has a suppression without a reason (line {line})");
        return new Suppression(rule, Text(item, "object", source), DisplayText.Neutralise(reason), Text(item, "owner", source) is { } owner ? DisplayText.Neutralise(owner) : null, Date(item, source), line);
    }

    private static string? Text(JObject item, string name, string source) => item[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        JValue { Value: string text } when text.Trim().Length > 0 => text.Trim(),
        var other => throw Invalid(source, $"has a '{name}' that is no text, or an empty one (line {LineOf(other)})"),
    };

    /// <summary>A day holds to its beginning, in UTC.</summary>
    private static DateTimeOffset? Date(JObject item, string source)
    {
        if (Text(item, "expires", source) is not { } text) return null;
        return DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date
            : throw Invalid(source, $"has '{DisplayText.Excerpt(text, 40)}' for a date (line {LineOf(item["expires"]!)}). Write it as 2027-03-01, or as 2027-03-01T12:00:00Z");
    }

    private static int LineOf(JToken token) => token is IJsonLineInfo info && info.HasLineInfo() ? info.LineNumber : 1;

    private static PasskeyAdminException Invalid(string source, string reason, Exception? cause = null) =>
        new(ErrorKind.InvalidData, "SuppressionFileInvalid", $"{source} {reason}{(reason.EndsWith(".", StringComparison.Ordinal) || reason.EndsWith("?", StringComparison.Ordinal) ? "" : ".")} See about_PasskeyAdmin_Rules for the form of a file of suppressions.", cause);
}
