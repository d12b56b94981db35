namespace PasskeyAdmin.Devices;

/// <summary>Running counts of one group.</summary>
internal sealed class ReadinessTally
{
    public long Count { get; private set; }

    public long Ready { get; private set; }

    public long ReadyOnlyWithChrome { get; private set; }

    public long ActionNeeded { get; private set; }

    public long NotReady { get; private set; }

    public long Unknown { get; private set; }

    public long? Stale { get; private set; }

    public long? LastSeenUnknown { get; private set; }

    public void Add(ReadinessTally other)
    {
        Count += other.Count;
        Ready += other.Ready;
        ReadyOnlyWithChrome += other.ReadyOnlyWithChrome;
        ActionNeeded += other.ActionNeeded;
        NotReady += other.NotReady;
        Unknown += other.Unknown;
        // Null only where nobody asked, or nothing was counted.
        Stale = Stale is null ? other.Stale : Stale + (other.Stale ?? 0);
        LastSeenUnknown = LastSeenUnknown is null ? other.LastSeenUnknown : LastSeenUnknown + (other.LastSeenUnknown ?? 0);
    }

    /// <param name="isStale">Null where the last check-in is not known.</param>
    /// <param name="countsStale">False where nobody asked.</param>
    public void Add(ReadinessStatus status, bool onlyWithChrome, bool? isStale, bool countsStale)
    {
        Count++;
        switch (status)
        {
            case ReadinessStatus.Ready: Ready++; break;
            case ReadinessStatus.ActionNeeded: ActionNeeded++; break;
            case ReadinessStatus.NotReady: NotReady++; break;
            default: Unknown++; break;
        }
        if (onlyWithChrome) ReadyOnlyWithChrome++;
        if (!countsStale) return;
        Stale = (Stale ?? 0) + (isStale is true ? 1 : 0);
        LastSeenUnknown = (LastSeenUnknown ?? 0) + (isStale is null ? 1 : 0);
    }
}
