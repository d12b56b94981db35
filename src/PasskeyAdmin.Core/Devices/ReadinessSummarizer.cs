using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>Counts readiness by one property, in one pass and without keeping the devices.</summary>
internal sealed class ReadinessSummarizer
{
    private readonly MeasureBy _by;
    private readonly DateTimeOffset? _staleBefore;
    private readonly Dictionary<string, ReadinessTally> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, UserDevices> _users = new(StringComparer.OrdinalIgnoreCase);
    private long _withoutUser;

    /// <param name="staleBefore">Devices last seen before this moment count as stale; null to leave that out.</param>
    public ReadinessSummarizer(MeasureBy by, DateTimeOffset? staleBefore)
    {
        _by = by;
        _staleBefore = staleBefore;
    }

    public void Add(DeviceReadiness readiness)
    {
        bool? isStale = _staleBefore is { } limit && readiness.LastSeen is { } seen ? seen < limit : null;
        switch (_by)
        {
            case MeasureBy.User: AddUser(readiness, isStale); break;
            case MeasureBy.Provider:
                foreach (var provider in readiness.Provider) Count(provider.Name, provider.Status, provider.IsBuiltInToChrome, isStale);
                break;
            case MeasureBy.Reason when readiness.Reason.Count > 0:
                foreach (var reason in readiness.Reason) Count(reason.ToString(), readiness.Status, readiness.ReadyOnlyWithChrome, isStale);
                break;
            default: Count(GroupOf(readiness), readiness.Status, readiness.ReadyOnlyWithChrome, isStale); break;
        }
    }

    /// <summary>The rows so far: platforms and statuses in their own order, versions by platform, everything else by size.</summary>
    public IReadOnlyList<DeviceReadinessSummary> Summarize()
    {
        if (_by is MeasureBy.User) return _users.Count + _withoutUser > 0 ? [SummarizeUsers()] : [];
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

    private string GroupOf(DeviceReadiness readiness) => _by switch
    {
        MeasureBy.Platform => readiness.Platform.ToString(),
        MeasureBy.Status => readiness.Status.ToString(),
        MeasureBy.Reason => nameof(ReadinessReason.None),
        MeasureBy.Manufacturer => readiness.Manufacturer ?? readiness.Device.System.Maker ?? "(not stated)",
        _ => readiness.Device.System.ReleaseName,
    };

    private void Count(string group, ReadinessStatus status, bool onlyWithChrome, bool? isStale)
    {
        if (!_groups.TryGetValue(group, out var tally)) _groups.Add(group, tally = new ReadinessTally());
        tally.Add(status, onlyWithChrome, isStale, _staleBefore is not null);
    }

    private void AddUser(DeviceReadiness readiness, bool? isStale)
    {
        var owners = Owners(readiness.UserPrincipalName);
        if (owners.Count == 0) _withoutUser++;
        foreach (var owner in owners)
        {
            _users.TryGetValue(owner, out var devices);
            _users[owner] = devices.With(readiness, isStale);
        }
    }

    /// <summary>Entra lists several owners in one field. A comma separates addresses, and belongs to names ("Doe, John").</summary>
    private static List<string> Owners(string? text)
    {
        var parts = Split(text ?? "", ';');
        return [.. parts.SelectMany(part => Split(part, ',') is var pieces && pieces.TrueForAll(p => p.Contains('@')) ? pieces : [part])
            .Where(owner => owner.ToLowerInvariant() is not ("none" or "n/a" or "null" or "-"))];
    }

    private static List<string> Split(string text, char separator) => [.. text.Split(separator).Select(part => part.Trim()).Where(part => part.Length > 0)];

    private DeviceReadinessSummary SummarizeUsers()
    {
        var tally = new ReadinessTally();
        foreach (var user in _users.Values) tally.Add(user.Best, user.OnlyWithChrome, user.AllStale ? true : user.AnySeenUnknown ? null : false, _staleBefore is not null);
        return new DeviceReadinessSummary(MeasureBy.User, "Users", tally, _users.Values.LongCount(u => u.AllReady), _withoutUser);
    }

    private static int PlatformOrder(string name) => Enum.TryParse<DevicePlatform>(name, out var platform) && platform is not DevicePlatform.Unknown ? (int)platform : int.MaxValue;

    /// <summary>"iOS 9" before "iOS 17".</summary>
    private static string NaturalOrder(string name) =>
        string.Join(" ", name.Split(' ').Select(word => word.Length > 0 && word.All(char.IsDigit) ? word.PadLeft(8, '0') : word));

    /// <summary>What is known of one user's devices. The default value is a user without any.</summary>
    private readonly record struct UserDevices(bool HasAny, ReadinessStatus Best, bool OnlyWithChrome, bool AllReady, bool AllStale, bool AnySeenUnknown)
    {
        public UserDevices With(DeviceReadiness device, bool? isStale) => new(
            true,
            Rank(device.Status) > Rank(Best) || !HasAny ? device.Status : Best,
            device.Status is ReadinessStatus.Ready ? device.ReadyOnlyWithChrome && (Best is not ReadinessStatus.Ready || OnlyWithChrome) : OnlyWithChrome,
            device.Status is ReadinessStatus.Ready && (AllReady || !HasAny),
            isStale is true && (AllStale || !HasAny),
            isStale is null || AnySeenUnknown);

        /// <summary>Ready before ActionNeeded before Unknown before NotReady, as for the providers of one device.</summary>
        private static int Rank(ReadinessStatus status) => status switch
        {
            ReadinessStatus.Ready => 3,
            ReadinessStatus.ActionNeeded => 2,
            ReadinessStatus.Unknown => 1,
            _ => 0,
        };
    }
}
