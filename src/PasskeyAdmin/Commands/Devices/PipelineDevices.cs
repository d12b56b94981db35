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
    /// <summary>What the shape of the last object did not have; an object that has it is of another shape.</summary>
    private static readonly string[] Telling = ["Manufacturer", "Model", "SkuFamily", "Edition", "OperatingSystem", "OSVersion"];

    private readonly HashSet<string> _refusedShapes = [];
    private readonly List<Property> _properties = [];
    private string[] _shape = [];
    private string[] _absent = [];
    private Type? _type;
    private InventoryColumns? _columns;
    private DeviceFactory _factory = new();

    /// <summary>Objects that describe no device; only the first of each shape had an error of its own.</summary>
    public long Refused { get; private set; }

    /// <summary>The device that an object describes; null where it describes none and one of the same shape was reported before.</summary>
    /// <exception cref="PasskeyAdminException"><c>InventoryColumnsUnrecognised</c>.</exception>
    public Device? Read(PSObject item)
    {
        if (!TryTake(item))
        {
            Collect(item);
            if (!HasShape()) TakeShape(item.BaseObject.GetType());
        }
        if (_columns is not null) return _factory.Create(_columns.Take(i => _properties[i].Text));
        Refused++;
        return null;
    }

    /// <summary>
    /// Takes the properties that the last shape used by their names. Enumerating the properties of a row with 50 columns costs 60 µs, a look-up
    /// 0.1 µs.
    /// </summary>
    private bool TryTake(PSObject item)
    {
        if (_columns is null || _type != item.BaseObject.GetType()) return false;
        foreach (var index in _columns.Used)
        {
            if (item.Properties[_shape[index]] is not { } property) return false;
            _properties[index] = new Property(property.Name, property, null);
        }
        foreach (var name in _absent)
            if (item.Properties[name] is not null) return false;
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

    private bool HasShape()
    {
        if (_properties.Count != _shape.Length || _shape.Length == 0) return false;
        for (var i = 0; i < _shape.Length; i++)
            if (!string.Equals(_properties[i].Name, _shape[i], StringComparison.Ordinal)) return false;
        return true;
    }

    private void TakeShape(Type type)
    {
        _shape = [.. _properties.Select(p => p.Name)];
        _absent = [.. Telling.Except(_shape, StringComparer.OrdinalIgnoreCase)];
        // Entries of dictionaries are not found by a property's name.
        _type = _properties.TrueForAll(p => p.IsProperty) ? type : null;
        _columns = null;
        try
        {
            _columns = new InventoryColumns("The object", _shape, names);
            _factory = new DeviceFactory { AssumedPlatform = _columns.AssumedPlatform };
        }
        catch (PasskeyAdminException) when (!_refusedShapes.Add(string.Join("\n", _shape)))
        {
            // An object like this one was reported; Refused counts the rest.
        }
        catch (PasskeyAdminException)
        {
            Refused++;
            throw;
        }
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
