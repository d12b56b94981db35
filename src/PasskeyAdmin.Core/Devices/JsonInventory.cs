using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using Newtonsoft.Json;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads a JSON inventory: Graph pages as saved from a request (<c>{"value": […]}</c>, one or several), an array of devices or of pages, one
/// device, and JSON lines. In JSON lines a bad line costs that line; elsewhere what stands behind a fault cannot be told apart any more.
/// </summary>
internal sealed class JsonInventory
{
    private readonly InventoryFile _file;
    private readonly DeviceFactory _factory = new();
    private readonly CancellationToken _cancellationToken;
    private readonly bool _isLines;
    private bool _anyDevice;

    private JsonInventory(InventoryFile file, bool isLines, CancellationToken cancellationToken)
    {
        _file = file;
        _isLines = isLines;
        _cancellationToken = cancellationToken;
    }

    public static IEnumerable<Device> Read(PeekedReader text, InventoryFile file, CancellationToken cancellationToken)
    {
        var inventory = new JsonInventory(file, IsJsonLines(text), cancellationToken);
        return inventory._isLines ? inventory.ReadLines(text) : inventory.ReadValues(text);
    }

    /// <summary>A first line that is a whole object.</summary>
    private static bool IsJsonLines(PeekedReader text)
    {
        var line = text.PeekLine().Trim();
        if (!line.StartsWith("{", StringComparison.Ordinal) || !line.EndsWith("}", StringComparison.Ordinal)) return false;
        using var json = Open(new StringReader(line));
        try
        {
            var depth = -1;
            while (json.Read()) depth = json.TokenType is JsonToken.EndObject ? json.Depth : -1;
            return depth == 0;
        }
        catch (JsonReaderException)
        {
            return false;
        }
    }

    private IEnumerable<Device> ReadLines(TextReader text)
    {
        var number = 0L;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (line.Trim().Length == 0) continue;
            var devices = new List<Device>();
            try
            {
                using var json = Open(new StringReader(line));
                if (json.Read()) devices.AddRange(ReadValue(json, number - 1));
                if (json.Read()) throw new JsonReaderException("There is more text behind the object.");
            }
            catch (JsonReaderException e)
            {
                _file.OnFault(number, JsonFault.Reason(e));
                continue;
            }
            foreach (var device in devices) yield return device;
        }
    }

    private IEnumerable<Device> ReadValues(TextReader text)
    {
        using var json = Open(text);
        json.SupportMultipleContent = true;
        while (Step(json, isInside: false))
            foreach (var device in ReadValue(json, 0)) yield return device;
    }

    /// <summary>Reads the value that the reader stands on.</summary>
    private IEnumerable<Device> ReadValue(JsonTextReader json, long linesBefore)
    {
        if (json.TokenType is JsonToken.StartArray)
        {
            while (Step(json) && json.TokenType is not JsonToken.EndArray)
                foreach (var device in ReadValue(json, linesBefore)) yield return device;
        }
        else if (json.TokenType is JsonToken.StartObject)
        {
            foreach (var device in ReadObject(json, linesBefore)) yield return device;
        }
        else if (json.TokenType is not JsonToken.Comment)
        {
            _file.OnFault(json.LineNumber + linesBefore, "a device must be an object");
        }
    }

    /// <summary>A device, or a page: an object whose <c>value</c> is a list.</summary>
    private IEnumerable<Device> ReadObject(JsonTextReader json, long linesBefore)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var line = json.LineNumber + linesBefore;
        var fields = default(DeviceFields);
        var ranks = new int?[Enum.GetValues(typeof(InventoryField)).Length];
        var seen = new bool[ranks.Length];
        var names = new List<string>();
        var isPage = false;
        while (Step(json) && json.TokenType is not JsonToken.EndObject)
        {
            if (json.TokenType is not JsonToken.PropertyName) continue;
            var name = (string)json.Value!;
            if (!Step(json)) break;
            if (json.TokenType is JsonToken.StartArray && name is "value" or "devices")
            {
                isPage = true;
                foreach (var device in ReadValue(json, linesBefore)) yield return device;
                continue;
            }
            if (names.Count < 60) names.Add(name);
            if (json.TokenType is JsonToken.StartArray or JsonToken.StartObject) Skip(json);
            else if (_file.Names.Find(name) is { } match)
            {
                seen[(int)match.Field] = true;
                if (ranks[(int)match.Field] < match.Rank) continue;
                if (fields.Set(match.Field, Convert.ToString(json.Value, CultureInfo.InvariantCulture))) ranks[(int)match.Field] = match.Rank;
            }
        }
        if (isPage) yield break;
        if (!_anyDevice && !seen[(int)InventoryField.OperatingSystem] && !seen[(int)InventoryField.OSVersion]) throw _file.Names.Unrecognised(_file.ShownName, names);
        if (Array.TrueForAll(seen, s => !s))
        {
            _file.OnFault(line, "it has no property of a device");
            yield break;
        }
        _anyDevice = true;
        yield return _factory.Create(fields, _file.ShownName, line);
    }

    private void Skip(JsonTextReader json)
    {
        var depth = json.Depth;
        while (Step(json) && json.Depth > depth) { }
    }

    /// <param name="isInside">Whether an object or array is open: the library takes a text that ends there for complete.</param>
    private bool Step(JsonTextReader json, bool isInside = true)
    {
        try
        {
            if (json.Read()) return true;
            return isInside ? throw new JsonReaderException("The text ends in the middle of an object.", json.Path, json.LineNumber, json.LinePosition, null) : false;
        }
        catch (JsonReaderException e) when (!_isLines)
        {
            throw _file.Damaged(e);
        }
    }

    private static JsonTextReader Open(TextReader text) => new(text) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = 64 };
}
