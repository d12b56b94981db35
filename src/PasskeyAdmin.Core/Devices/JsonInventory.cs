using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads a JSON inventory: Graph pages as saved from a request (<c>{"value": […]}</c>, one or several), an array of devices or of pages, one
/// device, and JSON lines. In JSON lines a bad line costs that line; elsewhere what stands behind a fault cannot be told apart any more.
/// </summary>
internal sealed class JsonInventory
{
    private const int MostProperties = 4096;

    /// <summary>A file that begins with more objects that are no devices holds none.</summary>
    private const int MostRefused = 10_000;

    private const string NoDevice = "it has no operating system, no version, or not the columns of -ColumnMap";

    private readonly InventoryFile _file;
    private readonly LimitedReader _text;
    private readonly RowReader _rows;
    private readonly List<long> _refusedLines = [];
    private readonly CancellationToken _cancellationToken;
    private readonly bool _isLines;
    private PasskeyAdminException? _firstRefusal;
    private bool _anyDevice;

    private JsonInventory(InventoryFile file, LimitedReader text, bool isLines, CancellationToken cancellationToken)
    {
        _file = file;
        _text = text;
        _rows = new RowReader(file.Names);
        _isLines = isLines;
        _cancellationToken = cancellationToken;
    }

    public static IEnumerable<Device> Read(InventoryText text, InventoryFile file, CancellationToken cancellationToken)
    {
        using var reader = new LimitedReader(text.CreateReader(), file.Endless);
        var inventory = new JsonInventory(file, reader, IsJsonLines(text), cancellationToken);
        foreach (var device in inventory._isLines ? inventory.ReadLines() : inventory.ReadValues())
        {
            file.CountRow();
            yield return device;
        }
        if (inventory is { _anyDevice: false, _firstRefusal: { } refusal }) throw refusal;
    }

    /// <summary>A first line that is a whole object, and a second that does not begin one that is spread over lines.</summary>
    private static bool IsJsonLines(InventoryText text)
    {
        var lines = text.StartLines().Select(l => l.Trim()).Take(2).ToList();
        var line = lines[0];
        if (!line.StartsWith("{", StringComparison.Ordinal) || !line.EndsWith("}", StringComparison.Ordinal) || lines[lines.Count - 1] is "{" or "[") return false;
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

    private IEnumerable<Device> ReadLines()
    {
        var number = 0L;
        while (_text.ReadLine() is { } line)
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

    private IEnumerable<Device> ReadValues()
    {
        using var json = Open(_text);
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
        else
        {
            _file.OnFault(json.LineNumber + linesBefore, "a device must be an object");
        }
    }

    /// <summary>A device, or a page: an object whose <c>value</c> is a list.</summary>
    private IEnumerable<Device> ReadObject(JsonTextReader json, long linesBefore)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var line = json.LineNumber + linesBefore;
        var (names, values) = (new List<string>(), new List<string?>());
        var isPage = false;
        while (Step(json) && json.TokenType is not JsonToken.EndObject)
        {
            if (json.TokenType is not JsonToken.PropertyName) continue;
            var name = (string)json.Value!;
            if (!Step(json)) break;
            if (json.TokenType is JsonToken.StartArray && name.Equals("value", StringComparison.OrdinalIgnoreCase) && !names.Exists(_file.Names.IsTelling))
            {
                isPage = true;
                foreach (var device in ReadValue(json, linesBefore)) yield return device;
            }
            else if (json.TokenType is JsonToken.StartArray or JsonToken.StartObject)
            {
                Skip(json);
            }
            else if (names.Count <= MostProperties)
            {
                names.Add(name);
                values.Add(Convert.ToString(json.Value, CultureInfo.InvariantCulture));
            }
        }
        if (names.Count > MostProperties) _file.OnFault(line, $"it has more than {MostProperties} properties");
        else if (!isPage && IsDevice(names, line)) yield return _rows.Read(i => values[i], _file.ShownName, line);
    }

    /// <summary>
    /// Whether an object has the properties of a device. Those that have not are faults; where the file begins with nothing else, it is the file
    /// that is wrong, and that is one error.
    /// </summary>
    private bool IsDevice(List<string> names, long line)
    {
        if (_rows.Expect(names, _file.ShownName) is { } refusal)
        {
            _firstRefusal ??= refusal;
            if (_anyDevice) _file.OnFault(line, NoDevice);
            else if (_refusedLines.Count == MostRefused) throw _firstRefusal;
            else _refusedLines.Add(line);
            return false;
        }
        _anyDevice = true;
        ReportRefused();
        return true;
    }

    private void ReportRefused()
    {
        foreach (var line in _refusedLines) _file.OnFault(line, NoDevice);
        _refusedLines.Clear();
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
            _text.Restart();
            while (json.Read())
                if (json.TokenType is not JsonToken.Comment) return true;
            return isInside ? throw new JsonReaderException("The text ends in the middle of an object.", json.Path, json.LineNumber, json.LinePosition, null) : false;
        }
        catch (JsonReaderException e) when (!_isLines)
        {
            throw _file.Damaged(e);
        }
    }

    private static JsonTextReader Open(TextReader text) => new(text) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = 64 };
}
