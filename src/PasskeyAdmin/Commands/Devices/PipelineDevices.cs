using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Reads devices from pipeline objects: rows of <c>Import-Csv</c>, objects of the Graph SDK, answers of <c>Invoke-MgGraphRequest</c> (hashtables).
/// Properties are matched like the columns of files, so a row means the same by either road.
/// </summary>
internal sealed class PipelineDevices
{
    private readonly FieldNames _names;
    private readonly RowReader _rows;
    private readonly HashSet<string> _refusedShapes = [];
    private readonly List<Property> _properties = [];
    private readonly Func<int, string?> _alikeValue;
    private RowShape? _shape;

    public PipelineDevices(FieldNames names)
    {
        _names = names;
        _rows = new RowReader(names);
        _alikeValue = index => Property.ToText(_shape!.Value(index));
    }

    /// <summary>Objects that describe no device; only the first of each shape had an error of its own.</summary>
    public long Refused { get; private set; }

    /// <summary>The device of an object that looks as the one before it, as the rows of a file do; null where it does not, or where that cannot be told quickly.</summary>
    public Device? ReadAlike(PSObject item) => _shape?.Take(item) == true ? _rows.Read(_alikeValue) : null;

    /// <summary>The device that an object describes; null where it describes none and one of the same shape was reported before.</summary>
    /// <exception cref="PasskeyAdminException"><c>InventoryColumnsUnrecognised</c>.</exception>
    public Device? Read(PSObject item)
    {
        Collect(item);
        _shape = null;
        var shape = _properties.ConvertAll(p => p.Name);
        if (_rows.Expect(shape, "The object") is { } refusal)
        {
            Refused++;
            // One error for a million objects of the same kind; the end says how many they were.
            if (_refusedShapes.Count < 1000 && _refusedShapes.Add(string.Join("\n", shape))) throw refusal;
            return null;
        }
        _shape = RowShape.Of(item, shape);
        return _rows.Read(i => _properties[i].Text)
            ?? throw new PasskeyAdminException(ErrorKind.InvalidData, "InventoryRowUnreadable", "The object repeats the names of its properties instead of having values, as the middle of joined exports does. The other objects are read.");
    }

    /// <summary>Whether an object has an operating system or a version of its own.</summary>
    public bool IsDevice(PSObject item)
    {
        Collect(item);
        _shape = null;
        return _properties.Exists(p => _names.IsTelling(p.Name));
    }

    private void Collect(PSObject item)
    {
        _properties.Clear();
        if (item.BaseObject is IDictionary dictionary)
        {
            CollectEntries(dictionary);
            return;
        }
        foreach (var property in item.Properties)
        {
            // Directory objects of the Graph SDK keep what their type does not declare in a dictionary.
            if (property.Name == "AdditionalProperties" && property.Value is IDictionary more) CollectEntries(more);
            else _properties.Add(new Property(property.Name, property, null));
        }
    }

    private void CollectEntries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) _properties.Add(new Property(entry.Key.ToString() ?? "", null, entry.Value));
    }

    /// <summary>A property of an object, or an entry of a dictionary. Its value is asked for only where a field needs it.</summary>
    private readonly struct Property(string name, PSPropertyInfo? info, object? value)
    {
        /// <summary>As lists of owners have it. A list may hold itself.</summary>
        private const int DeepestList = 2;
        private const int MostItems = 100;

        public string Name => name;

        public string? Text => ToText(info is null ? value : Value(info));

        private static object? Value(PSPropertyInfo info)
        {
            try
            {
                return info.Value;
            }
            catch (GetValueException)
            {
                // A property that fails when it is read says nothing.
                return null;
            }
        }

        /// <summary>
        /// What came back from a file or a job is wrapped: an enum is a number that remembers its name, a DateTimeOffset is a bag of its properties
        /// (reference/host-experiments.md).
        /// </summary>
        private static string? FromWrapped(PSObject wrapped, int depth)
        {
            if (wrapped.BaseObject is int) return wrapped.ToString();
            return wrapped.BaseObject is PSCustomObject
                ? ToText(wrapped.Properties["UtcDateTime"]?.Value ?? wrapped.Properties["userPrincipalName"]?.Value, depth) ?? wrapped.ToString()
                : ToText(wrapped.BaseObject, depth);
        }

        /// <param name="depth">How many lists and wrappers it lies in.</param>
        public static string? ToText(object? value, int depth = 0) => value switch
        {
            null => null,
            string text => text,
            _ when depth > DeepestList => null,
            PSObject wrapped => FromWrapped(wrapped, depth + 1),
            DateTime date => new DateTimeOffset(date.Kind is DateTimeKind.Unspecified ? DateTime.SpecifyKind(date, DateTimeKind.Utc) : date).UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
            DateTimeOffset date => date.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
            // An owner, as $expand=registeredOwners gives it.
            IDictionary person => ToText(person.Keys.OfType<string>().Where(k => k.Equals("userPrincipalName", StringComparison.OrdinalIgnoreCase)).Select(k => person[k]).FirstOrDefault(), depth + 1),
            IEnumerable several => string.Join(", ", several.Cast<object?>().Take(MostItems).Select(item => ToText(item, depth + 1))),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
