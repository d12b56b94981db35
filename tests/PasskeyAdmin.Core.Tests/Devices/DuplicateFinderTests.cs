using System;
using System.Linq;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class DuplicateFinderTests
{
    [Theory]
    [InlineData("L1,id1\nL2,ID1\n", "L2 ID1 2 2,3")]
    [InlineData("L1,id1\nL1,id2\n", "")]
    [InlineData("L1,\nl1,\nL1,\n", "l1  3 2,3,4")]
    [InlineData("L1,x\nx,\n", "")]
    [InlineData("L1,00000000-0000-0000-0000-000000000000\nL2,00000000-0000-0000-0000-000000000000\n", "")]
    [InlineData("L1,Unknown\nL2,Unknown\n", "")]
    public void Devices_are_the_same_by_their_id_or_else_by_their_name(string rows, string found)
    {
        var finder = Find("Device name,Device ID,OS\n" + rows.Replace("\n", ",iOS\n", StringComparison.Ordinal));
        Assert.Equal(found, string.Join(" / ", finder.Duplicates().Select(d => $"{d.DeviceName} {d.DeviceId} {d.Count} {string.Join(",", d.Place.Select(p => p.Split(':')[1]))}")));
    }

    [Fact]
    public void Devices_without_id_and_name_are_counted()
    {
        var finder = Find("Device name,Device ID,OS\n,,iOS\nn/a,,iOS\na,,iOS\n");
        Assert.Equal((2, 0), (finder.NotCompared, finder.Duplicates().Count));
    }

    [Fact]
    public void Ten_places_are_kept()
    {
        var finder = Find("Device ID,OS\n" + string.Concat(Enumerable.Repeat("a,iOS\n", 100)));
        Assert.Equal((100, 10), (finder.Duplicates()[0].Count, finder.Duplicates()[0].Place.Count));
    }

    private static DuplicateFinder Find(string csv)
    {
        using var file = new TemporaryFile(csv);
        var finder = new DuplicateFinder();
        foreach (var device in Inventories.Read(file.Path, f => Assert.Fail(f.Reason))) finder.Add(device);
        return finder;
    }
}
