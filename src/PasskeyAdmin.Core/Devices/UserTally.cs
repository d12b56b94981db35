using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>Counts users, each by the best of their devices. Of a user only a number is kept (<see cref="TextHash"/>), not the name.</summary>
internal sealed class UserTally
{
    private static readonly string[] Nobody = ["none", "n/a", "null", "-"];

    private readonly UserTable _users = new();
    private long _withoutUser;

    /// <param name="user">The text of the inventory: one user, several, or null.</param>
    /// <param name="isStale">Null where the last check-in is not known.</param>
    public void Add(string? user, ReadinessVerdict verdict, bool? isStale)
    {
        if (user is not null && user.IndexOf(';') < 0 && user.IndexOf(',') < 0 && !IsNobody(user))
        {
            AddOwner(user, verdict, isStale);
            return;
        }
        var owners = Owners(user ?? "");
        if (owners.Count == 0) _withoutUser++;
        foreach (var owner in owners) AddOwner(owner, verdict, isStale);
    }

    /// <summary>Adds what another tally counted of other devices.</summary>
    public void Add(UserTally other)
    {
        _withoutUser += other._withoutUser;
        foreach (var user in other._users.Entries)
        {
            ref var devices = ref _users.Value(user.Key);
            devices = new UserDevices(devices).With(new UserDevices(user.Value)).Bits;
        }
    }

    /// <summary>The one row; none where nothing was counted.</summary>
    public IReadOnlyList<DeviceReadinessSummary> Summarize(bool countsStale)
    {
        var tally = new ReadinessTally();
        var allReady = 0L;
        foreach (var user in _users.Entries.Select(e => new UserDevices(e.Value)))
        {
            tally.Add(user.Best, user.OnlyWithChrome, user.AllStale ? true : user.AnyFresh ? false : null, countsStale);
            if (user.AllReady) allReady++;
        }
        return tally.Count + _withoutUser == 0 ? [] : [new DeviceReadinessSummary(MeasureBy.User, "Users", tally, allReady, _withoutUser)];
    }

    private void AddOwner(string owner, ReadinessVerdict verdict, bool? isStale)
    {
        ref var devices = ref _users.Value(TextHash.IgnoringCase(owner));
        devices = new UserDevices(devices).With(UserDevices.Of(verdict, isStale)).Bits;
    }

    /// <summary>Entra lists several owners in one field. A comma separates addresses, and belongs to names ("Doe, John").</summary>
    private static List<string> Owners(string text) =>
        [.. Split(text, ';').SelectMany(part => Split(part, ',') is var pieces && pieces.TrueForAll(p => p.Contains('@')) ? pieces : [part]).Where(owner => !IsNobody(owner))];

    private static bool IsNobody(string owner) => owner.Length < 5 && Nobody.Contains(owner, StringComparer.OrdinalIgnoreCase);

    private static List<string> Split(string text, char separator) => [.. text.Split(separator).Select(part => part.Trim()).Where(part => part.Length > 0)];

    /// <summary>What is known of the devices of one user, in a byte. 0 is a user without any.</summary>
    private readonly record struct UserDevices(byte Bits)
    {
        private const byte BestMask = 3;
        private const byte HasAnyBit = 4;
        private const byte OnlyWithChromeBit = 8;
        private const byte AllReadyBit = 16;
        private const byte AllStaleBit = 32;
        private const byte AnyFreshBit = 64;

        /// <summary>From the best to the worst: Ready before ActionNeeded before Unknown before NotReady, as for the providers of one device.</summary>
        private static readonly ReadinessStatus[] FromWorst = [ReadinessStatus.NotReady, ReadinessStatus.Unknown, ReadinessStatus.ActionNeeded, ReadinessStatus.Ready];

        public ReadinessStatus Best => FromWorst[Bits & BestMask];

        /// <summary>Whether all ready devices are that in Chrome only.</summary>
        public bool OnlyWithChrome => (Bits & OnlyWithChromeBit) != 0;

        public bool AllReady => (Bits & AllReadyBit) != 0;

        public bool AllStale => (Bits & AllStaleBit) != 0;

        /// <summary>Whether one of them is known not to be stale.</summary>
        public bool AnyFresh => (Bits & AnyFreshBit) != 0;

        /// <summary>One device.</summary>
        public static UserDevices Of(ReadinessVerdict verdict, bool? isStale) => new((byte)(HasAnyBit | Array.IndexOf(FromWorst, verdict.Status)
            | (verdict.ReadyOnlyWithChrome ? OnlyWithChromeBit : 0)
            | (verdict.Status is ReadinessStatus.Ready ? AllReadyBit : 0)
            | (isStale is true ? AllStaleBit : 0)
            | (isStale is false ? AnyFreshBit : 0)));

        /// <summary>These devices and others of the same user.</summary>
        public UserDevices With(UserDevices other)
        {
            if (Bits == 0) return other;
            var (mine, others) = (Bits & BestMask, other.Bits & BestMask);
            // The better ones decide whether Chrome is needed; of equally good ones, all must need it.
            var chrome = mine > others ? Bits : others > mine ? other.Bits : Bits & other.Bits;
            return new((byte)(HasAnyBit | Math.Max(mine, others) | (chrome & OnlyWithChromeBit)
                | (Bits & other.Bits & (AllReadyBit | AllStaleBit)) | ((Bits | other.Bits) & AnyFreshBit)));
        }
    }
}
