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
internal sealed class PipelineDevices(FieldNames names)
{
    /// <summary>
    /// Enumerating the properties of an object costs about 1 µs each, a look-up by name 0.2 µs. Up to this many are always enumerated; of wider
    /// objects (rows of <c>Import-Csv</c>) the columns that matter are looked up, and the names that the last object did not have.
    /// </summary>
    private const int Wide = 16;

    private readonly RowReader _rows = new(names);
    private readonly HashSet<string> _refusedShapes = [];
    private readonly List<Property> _properties = [];
    private string[] _absent = [];
    private Type? _wideType;

    /// <summary>Objects that describe no device; only the first of each shape had an error of its own.</summary>
    public long Refused { get; private set; }

    /// <summary>The device that an object describes; null where it describes none and one of the same shape was reported before.</summary>
    /// <exception cref="PasskeyAdminException"><c>InventoryColumnsUnrecognised</c>.</exception>
    public Device? Read(PSObject item)
    {
        if (!TryTake(item) && !TryCollect(item)) return null;
        return _rows.Read(i => _properties[i].Text);
    }

    /// <summary>Whether an object has an operating system or a version of its own.</summary>
    public bool IsDevice(PSObject item)
    {
        Collect(item);
        _wideType = null;
        return _properties.Exists(p => names.IsTelling(p.Name));
    }

    /// <summary>Takes the columns of the last object by name, where this one is as wide and has them and no others that matter.</summary>
    private bool TryTake(PSObject item)
    {
        if (_wideType is null || _wideType != item.BaseObject.GetType()) return false;
        foreach (var index in _rows.Columns!.Used)
        {
            if (item.Properties[_rows.Shape[index]] is not { } property) return false;
            _properties[index] = new Property(property.Name, property, null);
        }
        foreach (var name in _absent)
            if (item.Properties[name] is not null) return false;
        return true;
    }

    private bool TryCollect(PSObject item)
    {
        Collect(item);
        _wideType = null;
        var shape = _properties.ConvertAll(p => p.Name);
        try
        {
            _rows.Expect(shape, "The object");
        }
        catch (PasskeyAdminException)
        {
            Refused++;
            // One error for a million objects of the same kind; the end says how many they were.
            if (_refusedShapes.Count < 1000 && _refusedShapes.Add(string.Join("\n", shape))) throw;
            return false;
        }
        // Entries of dictionaries are not found by the name of a property.
        if (shape.Count > Wide && _properties.TrueForAll(p => p.IsProperty))
        {
            _wideType = item.BaseObject.GetType();
            _absent = [.. names.Spellings.Except(shape, StringComparer.OrdinalIgnoreCase)];
        }
        return true;
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
        public string Name => name;

        public bool IsProperty => info is not null;

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
        private static string? FromWrapped(PSObject wrapped)
        {
            if (wrapped.BaseObject is int) return wrapped.ToString();
            return wrapped.BaseObject is PSCustomObject ? ToText(wrapped.Properties["UtcDateTime"]?.Value) ?? wrapped.ToString() : ToText(wrapped.BaseObject);
        }

        private static string? ToText(object? value) => value switch
        {
            null => null,
            string text => text,
            PSObject wrapped => FromWrapped(wrapped),
            DateTime date => new DateTimeOffset(date.Kind is DateTimeKind.Unspecified ? DateTime.SpecifyKind(date, DateTimeKind.Utc) : date).UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
            DateTimeOffset date => date.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
            IEnumerable several => string.Join(", ", several.Cast<object?>().Select(ToText)),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
