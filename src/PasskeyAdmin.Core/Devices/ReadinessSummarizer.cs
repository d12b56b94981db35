using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace PasskeyAdmin.Devices;

/// <summary>Counts readiness by one property, in one pass and without keeping the devices.</summary>
internal sealed class ReadinessSummarizer
{
    private const int MostKinds = 4096;

    /// <summary>Nobody reads more rows; a file of rubbish must not let the memory grow.</summary>
    private const int MostGroups = 20_000;
    private const string OtherGroups = "(others)";

    private readonly MeasureBy _by;
    private readonly DateTimeOffset? _staleBefore;
    private readonly Dictionary<string, ReadinessTally> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<DeviceSystem, Shares> _shares = new(new ReferenceComparer<DeviceSystem>());
    private readonly UserTally _users = new();

    /// <summary>Whether there were more groups than are told apart. Which ones those are depends on what was counted before.</summary>
    public bool HasOthers { get; private set; }

    /// <param name="staleBefore">Devices last seen before this moment count as stale; null to leave that out.</param>
    public ReadinessSummarizer(MeasureBy by, DateTimeOffset? staleBefore)
    {
        _by = by;
        _staleBefore = staleBefore;
    }

    /// <summary>The fields that are counted by, beside those that decide the verdict.</summary>
    public static IReadOnlyCollection<InventoryField> FieldsOf(MeasureBy by, bool countsStale) =>
        [.. by is MeasureBy.User ? [InventoryField.UserPrincipalName] : (InventoryField[])[], .. countsStale ? [InventoryField.LastSeen] : (InventoryField[])[]];

    [MethodImpl(Tiering.None)]
    public void Add(Device device, ReadinessVerdict verdict)
    {
        bool? isStale = _staleBefore is { } limit && device.LastSeen is { } seen ? seen < limit : null;
        if (_by is MeasureBy.User)
        {
            _users.Add(device.UserPrincipalName, verdict, isStale);
            return;
        }
        // Makers differ within a kind of device; everything else is the same for all devices of a kind.
        if (_by is MeasureBy.Manufacturer)
        {
            Group(device.Manufacturer ?? device.System.Maker ?? "(not stated)").Add(verdict.Status, verdict.ReadyOnlyWithChrome, isStale, _staleBefore is not null);
            return;
        }
        if (!_shares.TryGetValue(device.System, out var shares) || !ReferenceEquals(shares.Verdict, verdict))
        {
            if (_shares.Count >= MostKinds) _shares.Clear();
            _shares[device.System] = shares = new Shares(verdict, [.. SharesOf(device.System, verdict)]);
        }
        foreach (var share in shares.Groups) share.Tally.Add(share.Status, share.OnlyWithChrome, isStale, _staleBefore is not null);
    }

    /// <summary>Adds what another summary of the same question counted of other devices.</summary>
    public void Add(ReadinessSummarizer other)
    {
        _users.Add(other._users);
        foreach (var group in other._groups) Group(group.Key).Add(group.Value);
    }

    /// <summary>The rows so far: platforms and statuses in their own order, versions by platform, everything else by size.</summary>
    public IReadOnlyList<DeviceReadinessSummary> Summarize()
    {
        if (_by is MeasureBy.User) return _users.Summarize(_staleBefore is not null);
        var rows = _groups.Select(g => new DeviceReadinessSummary(_by, g.Key, g.Value));
        return
        [
            .. _by switch
            {
                MeasureBy.Platform => rows.OrderBy(r => PlatformOrder(r.Name)),
                MeasureBy.Status => rows.OrderByDescending(r => (int)Enum.Parse(typeof(ReadinessStatus), r.Name)),
                MeasureBy.OSVersion => rows.OrderBy(r => NaturalOrder(r.Name), StringComparer.OrdinalIgnoreCase),
                MeasureBy.Provider => rows,
                _ => rows.OrderByDescending(r => r.Count).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase),
            },
        ];
    }

    /// <summary>The groups that a device counts in, and as what.</summary>
    private IEnumerable<Share> SharesOf(DeviceSystem system, ReadinessVerdict verdict)
    {
        return _by switch
        {
            MeasureBy.Provider => verdict.Providers.Select(p => new Share(Group(p.Name), p.Status, p.IsBuiltInToChrome)),
            MeasureBy.Reason when verdict.Reasons.Count > 0 => verdict.Reasons.Select(r => As(r.ToString())),
            MeasureBy.Reason => [As(nameof(ReadinessReason.None))],
            MeasureBy.Platform => [As(system.Platform.ToString())],
            MeasureBy.Status => [As(verdict.Status.ToString())],
            _ => [As(system.ReleaseName)],
        };

        Share As(string group) => new(Group(group), verdict.Status, verdict.ReadyOnlyWithChrome);
    }

    private ReadinessTally Group(string name)
    {
        if (_groups.TryGetValue(name, out var tally)) return tally;
        if (_groups.Count >= MostGroups && name != OtherGroups)
        {
            HasOthers = true;
            return Group(OtherGroups);
        }
        _groups.Add(name, tally = new ReadinessTally());
        return tally;
    }

    private static int PlatformOrder(string name) => Enum.TryParse<DevicePlatform>(name, out var platform) && platform is not DevicePlatform.Unknown ? (int)platform : int.MaxValue;

    /// <summary>"iOS 9" before "iOS 17".</summary>
    private static string NaturalOrder(string name) =>
        string.Join(" ", name.Split(' ').Select(word => word.Length > 0 && word.All(char.IsDigit) ? word.PadLeft(8, '0') : word));

    private readonly record struct Share(ReadinessTally Tally, ReadinessStatus Status, bool OnlyWithChrome);

    private sealed class Shares(ReadinessVerdict verdict, Share[] groups)
    {
        public ReadinessVerdict Verdict => verdict;

        public Share[] Groups => groups;
    }
}
