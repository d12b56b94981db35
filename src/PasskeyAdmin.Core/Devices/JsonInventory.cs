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
    private const int MostPeople = 100;

    /// <summary>A file that begins with more objects that are no devices holds none.</summary>
    private const int MostWaiting = 10_000;
    private const int DeepestNesting = 256;

    /// <summary>Longer texts are cut: only the reader of the JSON must hold one whole, and not the object all of them.</summary>
    private const int LongestText = 1 << 15;

    private readonly InventoryFile _file;
    private readonly LimitedReader _text;
    private readonly RowReader _rows;
    private readonly List<(long Line, string Reason, bool IsNoDevice)> _waiting = [];
    private readonly bool _isLines;
    private PasskeyAdminException? _firstRefusal;
    private bool _anyDevice;

    private JsonInventory(InventoryFile file, LimitedReader text, bool isLines)
    {
        _file = file;
        _text = text;
        _rows = new RowReader(file.Names);
        _isLines = isLines;
    }

    public static IEnumerable<Device> Read(InventoryText text, InventoryFile file, CancellationToken cancellationToken)
    {
        using var reader = new LimitedReader(text.CreateReader(), file.Endless, cancellationToken);
        var inventory = new JsonInventory(file, reader, IsJsonLines(text));
        using var devices = (inventory._isLines ? inventory.ReadLines() : inventory.ReadValues()).GetEnumerator();
        while (inventory.GoOn(devices))
        {
            file.CountRow();
            yield return devices.Current;
        }
    }

    /// <summary>As MoveNext, and tells at an end of whatever kind what was not told yet.</summary>
    private bool GoOn(IEnumerator<Device> devices)
    {
        var isEnd = true;
        try
        {
            isEnd = !devices.MoveNext();
        }
        finally
        {
            // That no object is a device is one error for the file.
            if (isEnd && !_anyDevice) ReportWaiting(withoutNoDevice: true);
        }
        if (isEnd && !_anyDevice && _firstRefusal is not null) throw _firstRefusal;
        return !isEnd;
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
                Report(number, JsonFault.Reason(e));
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
            Report(json.LineNumber + linesBefore, "a device must be an object");
        }
    }

    /// <summary>A device, or a page: an object whose <c>value</c> is a list.</summary>
    private IEnumerable<Device> ReadObject(JsonTextReader json, long linesBefore)
    {
        var line = json.LineNumber + linesBefore;
        var (names, values) = (new List<string>(), new List<string?>());
        var (isPage, isTelling) = (false, false);
        while (Step(json) && json.TokenType is not JsonToken.EndObject)
        {
            if (json.TokenType is not JsonToken.PropertyName) continue;
            var name = Cut((string)json.Value!, FieldNames.LongestName + 1);
            Step(json);
            if (json.TokenType is JsonToken.StartArray && name.Equals("value", StringComparison.OrdinalIgnoreCase) && !isTelling)
            {
                isPage = true;
                foreach (var device in ReadValue(json, linesBefore)) yield return device;
            }
            else if (json.TokenType is JsonToken.StartObject && name == "error" && !isTelling)
            {
                if (ReadError(json) is not { Length: > 0 } said) continue;
                isPage = true;
                _firstRefusal ??= _file.IsError(said);
                Report(line, $"it is an error of Microsoft Graph: {said}", isNoDevice: true);
            }
            else if (json.TokenType is JsonToken.StartArray && _file.Names.Find(name)?.Field is InventoryField.UserPrincipalName && names.Count <= MostProperties)
            {
                names.Add(name);
                values.Add(ReadPeople(json));
            }
            else if (json.TokenType is JsonToken.StartArray or JsonToken.StartObject)
            {
                Skip(json);
            }
            else if (names.Count <= MostProperties)
            {
                names.Add(name);
                isTelling |= _file.Names.IsTelling(name);
                values.Add(_file.Names.Find(name) is null ? null : Cut(Convert.ToString(json.Value, CultureInfo.InvariantCulture) ?? "", LongestText));
            }
        }
        if (names.Count > MostProperties) Report(line, $"it has more than {MostProperties} properties");
        else if (!isPage && IsDevice(names, line))
        {
            if (_rows.Read(i => values[i], _file.ShownName, line) is { } device) yield return device;
            else Report(line, "it repeats the names of its properties");
        }
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
            Report(line, "it has no operating system, no version, or not the columns of -ColumnMap", isNoDevice: true);
            return false;
        }
        _anyDevice = true;
        ReportWaiting(withoutNoDevice: false);
        return true;
    }

    /// <summary>Until there is a device, faults wait: the file may be none at all.</summary>
    private void Report(long line, string reason, bool isNoDevice = false)
    {
        if (_anyDevice)
        {
            _file.OnFault(line, reason);
            return;
        }
        _waiting.Add((line, reason, isNoDevice));
        if (_waiting.Count <= MostWaiting) return;
        if (_firstRefusal is not null) throw _firstRefusal;
        ReportWaiting(withoutNoDevice: false);
    }

    private void ReportWaiting(bool withoutNoDevice)
    {
        foreach (var (line, reason, isNoDevice) in _waiting)
            if (!(withoutNoDevice && isNoDevice)) _file.OnFault(line, reason);
        _waiting.Clear();
    }

    private static string Cut(string text, int length) => text.Length > length ? text.Substring(0, length) : text;

    /// <summary>What Microsoft Graph says where it refuses: code and message, as they are.</summary>
    private string ReadError(JsonTextReader json)
    {
        var (depth, said, name) = (json.Depth, new List<string>(), "");
        while (Step(json) && json.Depth > depth)
        {
            if (json.TokenType is JsonToken.PropertyName) name = (string)json.Value!;
            else if (json.TokenType is JsonToken.String && json.Depth == depth + 1 && name is "code" or "message" && said.Count < 2) said.Add((string)json.Value!);
        }
        return string.Join(": ", said);
    }

    /// <summary>Names in a list, or the user principal names of the people in it, as <c>$expand=registeredOwners</c> gives them.</summary>
    private string ReadPeople(JsonTextReader json)
    {
        var (depth, people, name) = (json.Depth, new List<string>(), "");
        while (Step(json) && json.Depth > depth)
        {
            if (json.TokenType is JsonToken.PropertyName) name = (string)json.Value!;
            else if (json.TokenType is JsonToken.String && people.Count < MostPeople && (json.Depth == depth + 1 || (json.Depth == depth + 2 && name == "userPrincipalName")))
                people.Add(Cut((string)json.Value!, FieldNames.LongestName));
        }
        return string.Join(", ", people.Where(p => p.Length > 0));
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

    private static JsonTextReader Open(TextReader text) => new(text) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = DeepestNesting };
}
