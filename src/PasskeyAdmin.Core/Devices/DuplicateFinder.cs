using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Finds devices that occur more than once: by their id, or by their name where the inventory has no id; letter case does not count. Of a device that
/// occurs once only a number (<see cref="TextHash"/>) and its place are kept.
/// </summary>
internal sealed class DuplicateFinder
{
    private const int MostPlaces = 10;

    /// <summary>Bits for the line; the file stands above them.</summary>
    private const int LineBits = 40;

    private readonly Dictionary<ulong, long> _first = [];
    private readonly Dictionary<ulong, Found> _duplicates = [];
    private readonly List<string> _sources = [];
    private readonly Dictionary<string, int> _numberOfSource = [];

    /// <summary>The fields that are looked at, beside those that decide a verdict.</summary>
    public static IReadOnlyCollection<InventoryField> Fields { get; } = [InventoryField.DeviceId, InventoryField.DeviceName];

    /// <summary>Devices with neither an id nor a name, which cannot be told apart.</summary>
    public long NotCompared { get; private set; }

    public void Add(Device device)
    {
        // What inventories write where they know nothing is the same for many devices.
        var id = DeviceFactory.KnownMaker(device.DeviceId) is { } known && known.Trim('0', '-').Length > 0 ? known : null;
        if ((id ?? DeviceFactory.KnownMaker(device.DeviceName)) is not { } text)
        {
            NotCompared++;
            return;
        }
        // A name is not an id, even if they read the same; and Jamf counts its computers and its mobile devices each from 1.
        var key = TextHash.IgnoringCase(id is null ? $"name {text}" : device.IdCountedBy is { } counter ? $"{counter} {text}" : text);
        var place = PlaceOf(device);
        if (!_first.TryGetValue(key, out var first))
        {
            _first.Add(key, place);
            return;
        }
        if (!_duplicates.TryGetValue(key, out var found)) _duplicates.Add(key, found = new Found(device, first));
        found.Add(place);
    }

    /// <summary>The most frequent first, otherwise in the order in which they were noticed.</summary>
    public IReadOnlyList<DeviceDuplicate> Duplicates() =>
        [.. _duplicates.Values.OrderByDescending(f => f.Count).Select(f => new DeviceDuplicate(f.Device, f.Count, f.Places.Where(p => p > 0).Select(Shown)))];

    /// <summary>0 for a device without a place.</summary>
    private long PlaceOf(Device device)
    {
        if (device is not { Source: { } source, Line: { } line }) return 0;
        if (!_numberOfSource.TryGetValue(source, out var number))
        {
            _numberOfSource.Add(source, number = _sources.Count);
            _sources.Add(source);
        }
        return ((long)number << LineBits) | line;
    }

    private string Shown(long place) => string.Format(CultureInfo.InvariantCulture, "{0}:{1}", _sources[(int)(place >> LineBits)], place & ((1L << LineBits) - 1));

    private sealed class Found(Device device, long first)
    {
        private readonly List<long> _places = [first];

        public Device Device => device;

        public long Count { get; private set; } = 1;

        public IReadOnlyList<long> Places => _places;

        public void Add(long place)
        {
            Count++;
            if (_places.Count < MostPlaces) _places.Add(place);
        }
    }
}
