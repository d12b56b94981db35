using System.Collections.Generic;

namespace PasskeyAdmin.Devices;

/// <summary>A device that occurs more than once in what was read.</summary>
public sealed class DeviceDuplicate
{
    internal DeviceDuplicate(Device device, long count, IEnumerable<string> places)
    {
        DeviceName = device.DeviceName;
        DeviceId = device.DeviceId;
        Count = count;
        Place = new JoinedList<string>(places);
    }

    /// <summary>The name at its second occurrence; null where it has none.</summary>
    public string? DeviceName { get; }

    /// <summary>The id by which it was recognised; null where the inventory has none, so that the name had to do.</summary>
    public string? DeviceId { get; }

    /// <summary>How often it occurs.</summary>
    public long Count { get; }

    /// <summary>Where, as file:line, the first ten occurrences; empty for objects from the pipeline that came from no file.</summary>
    public IReadOnlyList<string> Place { get; }

    public override string ToString() => $"{DeviceName ?? DeviceId}: {Count} times";
}
