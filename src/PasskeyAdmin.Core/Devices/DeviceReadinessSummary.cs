namespace PasskeyAdmin.Devices;

/// <summary>How ready a group of devices is. For <see cref="MeasureBy.User"/> the numbers count users, each judged by the best of his devices.</summary>
public sealed class DeviceReadinessSummary
{
    internal DeviceReadinessSummary(MeasureBy by, string name, ReadinessTally tally, long? allReady = null, long? withoutUser = null)
    {
        By = by;
        Name = name;
        Count = tally.Count;
        Ready = tally.Ready;
        ReadyOnlyWithChrome = tally.ReadyOnlyWithChrome;
        ActionNeeded = tally.ActionNeeded;
        NotReady = tally.NotReady;
        Unknown = tally.Unknown;
        Stale = tally.Stale;
        LastSeenUnknown = tally.LastSeenUnknown;
        AllReady = allReady;
        DevicesWithoutUser = withoutUser;
    }

    /// <summary>What the rows group by.</summary>
    public MeasureBy By { get; }

    public string Name { get; }

    public long Count { get; }

    /// <summary>Ready devices; of users, those with at least one ready device.</summary>
    public long Ready { get; }

    /// <summary>How many of <see cref="Ready"/> are ready in Google Chrome only.</summary>
    public long ReadyOnlyWithChrome { get; }

    public long ActionNeeded { get; }

    public long NotReady { get; }

    public long Unknown { get; }

    /// <summary>Not seen for longer than <c>-StaleAfter</c> days; null where that was not asked. Of users, those all of whose devices are stale.</summary>
    public long? Stale { get; }

    /// <summary>Devices whose last check-in is missing or cannot be read, and which are therefore not counted as stale; null where that was not asked.</summary>
    public long? LastSeenUnknown { get; }

    /// <summary>Users all of whose devices are ready; null where devices are counted.</summary>
    public long? AllReady { get; }

    /// <summary>Devices that name no user; null where devices are counted.</summary>
    public long? DevicesWithoutUser { get; }

    /// <summary>Ready of all, between 0 and 1; 0 where there are none.</summary>
    public double ReadyShare => Count == 0 ? 0 : (double)Ready / Count;

    /// <summary><see cref="ReadyShare"/> in percent, rounded down to one decimal: 100 means all.</summary>
    public double ReadyPercent => Count == 0 ? 0 : Ready * 1000 / Count / 10.0;

    public override string ToString() => $"{Name}: {Ready} of {Count} ready";
}
