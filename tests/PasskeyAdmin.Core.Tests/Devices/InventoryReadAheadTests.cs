using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class InventoryReadAheadTests
{
    private static readonly DeviceFactory Factory = new();

    [Fact]
    public void Devices_and_faults_come_in_the_order_of_the_file()
    {
        var seen = new List<long>();
        IEnumerable<Device> Read(Action<InventoryRowFault> onFault)
        {
            for (var line = 1L; line <= 5000; line++)
                if (line % 3 == 0) onFault(new InventoryRowFault("x", line, ""));
                else yield return Factory.Create(new DeviceFields(), "x", line);
        }
        foreach (var device in InventoryReadAhead.Read((onFault, _) => Read(onFault), fault => seen.Add(fault.Line), default)) seen.Add(device.Line!.Value);
        Assert.Equal(Enumerable.Range(1, 5000).Select(i => (long)i), seen);
    }

    [Fact]
    public void Faults_without_devices_do_not_pile_up()
    {
        var (reported, most) = (0L, 0L);
        IEnumerable<Device> Read(Action<InventoryRowFault> onFault)
        {
            for (var i = 1L; i <= 100_000; i++)
            {
                onFault(new InventoryRowFault("x", i, ""));
                most = Math.Max(most, i - Interlocked.Read(ref reported));
            }
            yield break;
        }
        Assert.Empty(InventoryReadAhead.Read((onFault, _) => Read(onFault), _ => Interlocked.Increment(ref reported), default));
        Assert.Equal(100_000, reported);
        Assert.InRange(most, 1, 10_000);
    }

    [Fact]
    public void An_error_comes_behind_what_was_read_before_it_and_a_bug_stays_a_bug()
    {
        static IEnumerable<Device> Read(Exception end)
        {
            yield return Factory.Create(new DeviceFields());
            throw end;
        }
        var seen = 0;
        var error = Assert.Throws<PasskeyAdminException>(() => { foreach (var _ in InventoryReadAhead.Read((_, _) => Read(new PasskeyAdminException(ErrorKind.InvalidData, "X", "x")), _ => { }, default)) seen++; });
        Assert.Equal(("X", 1), (error.ErrorId, seen));
        Assert.Throws<InvalidOperationException>(() => InventoryReadAhead.Read((_, _) => Read(new InvalidOperationException()), _ => { }, default).Count());
    }

    [Fact]
    public void Whoever_has_enough_ends_the_reading_and_the_file_is_closed()
    {
        using var file = new TemporaryFile("Name,OS\n" + string.Concat(Enumerable.Repeat("d,iOS\n", 200_000)));
        Assert.Equal(3, Inventories.Read(file.Path, _ => { }).Take(3).Count());
        using (new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
        }
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => { foreach (var _ in Inventories.Read(file.Path, _ => { }, stop: stop.Token)) stop.Cancel(); });
        using var alone = new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }
}
