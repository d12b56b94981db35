using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox.Contoso;

namespace PasskeyAdmin.Core.Tests.Devices;

public class ReadinessSummarizerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    private const string Fleet = """
        Device name,OS,OS version,Manufacturer,Primary user UPN,Last check-in
        a1,iOS,26.1,Apple,a@x,2026-11-15
        a2,Windows,10.0.22631.1,Dell,A@x,2026-11-15
        b1,macOS,12.1,Apple,b@x,2026-01-01
        b2,Android,15,samsung,b@x,
        c1,Android,13,samsung,c@x,2026-01-01
        c2,iOS,,Apple,c@x,2026-01-01
        d1,Android,12,samsung,d@x,2026-11-15
        n1,TempleOS,1,,,2026-11-15
        """;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 0, 100)]
    [InlineData(1999, 1, 99.9)]
    [InlineData(999, 1000, 49.9)]
    [InlineData(29, 71, 29)]
    public void A_percentage_is_rounded_down(int ready, int notReady, double percent)
    {
        var tally = new ReadinessTally();
        for (var i = 0; i < ready; i++) tally.Add(ReadinessStatus.Ready, false, null, false);
        for (var i = 0; i < notReady; i++) tally.Add(ReadinessStatus.NotReady, false, null, false);
        Assert.Equal(percent, new DeviceReadinessSummary(MeasureBy.Platform, "iOS", tally).ReadyPercent);
    }

    [Fact]
    public void Platforms_in_their_own_order_with_all_counts()
    {
        var rows = Summarize(MeasureBy.Platform, Fleet, Now.AddDays(-90));
        Assert.Equal(["Windows", "macOS", "iOS", "Android", "Unknown"], rows.Select(r => r.Name));
        Assert.Equal("Android 3 0 0 1 2 0 1 1", Numbers(rows[3]));
        Assert.Equal("Windows 1 1 1 0 0 0 0 0", Numbers(rows[0]));
        Assert.Equal("iOS 2 1 0 0 0 1 1 0", Numbers(rows[2]));
        Assert.Equal(0.5, rows[2].ReadyShare);
        Assert.All(rows, r => Assert.Equal(r.Count, r.Ready + r.ActionNeeded + r.NotReady + r.Unknown));
    }

    [Fact]
    public void Users_are_judged_by_their_best_device()
    {
        var row = Assert.Single(Summarize(MeasureBy.User, Fleet, Now.AddDays(-90)));
        // a: ready without Chrome; b: ready only with Chrome; c: Unknown before NotReady; d: NotReady. The unnamed device is counted apart.
        Assert.Equal("Users 4 2 1 0 1 1 1 1", Numbers(row));
        Assert.Equal((1L, 1L), (row.AllReady, row.DevicesWithoutUser));
    }

    [Fact]
    public void Several_owners_in_one_field_are_several_users()
    {
        var row = Assert.Single(Summarize(MeasureBy.User, "displayName,operatingSystem,operatingSystemVersion,registeredOwners\na,iOS,17,a@x;b@x\nb,iOS,9,B@x\n", null));
        Assert.Equal((2L, 2L, 1L), (row.Count, row.Ready, row.AllReady));
        row = Assert.Single(Summarize(MeasureBy.User, "displayName,operatingSystem,operatingSystemVersion,registeredOwners\na,iOS,17,\"Doe, John\"\nb,iOS,9,;\nc,iOS,9,None\nd,iOS,9,\"e@x, f@x\"\n", null));
        Assert.Equal((3L, 1L, 2L), (row.Count, row.Ready, row.DevicesWithoutUser));
    }

    [Theory]
    [InlineData("17 9 17", 0)]
    [InlineData("9 17 17", 0)]
    [InlineData("17 17 9", 0)]
    [InlineData("17 17 17", 1)]
    public void All_ready_is_all_in_any_order(string versions, int allReady)
    {
        var rows = string.Concat(versions.Split(' ').Select(v => $"d,iOS,{v},a@x,2020-01-01\n")) + "e,iOS,17,b@x,2026-11-15\nf,iOS,17,b@x,2020-01-01\n";
        var row = Assert.Single(Summarize(MeasureBy.User, "Device name,OS,OS version,UPN,Last check-in\n" + rows, Now.AddDays(-90)));
        Assert.Equal((allReady + 1L, 1L), (row.AllReady, row.Stale));
    }

    [Theory]
    [InlineData("2026-11-15,", "0 0")]
    [InlineData(",2026-11-15", "0 0")]
    [InlineData("2020-01-01,", "0 1")]
    [InlineData("2020-01-01,2020-01-01", "1 0")]
    [InlineData(",", "0 1")]
    public void A_user_with_a_device_that_was_seen_is_not_stale(string dates, string staleAndUnknown)
    {
        var row = Assert.Single(Summarize(MeasureBy.User, "OS,OS version,UPN,Last check-in\n" + string.Concat(dates.Split(',').Select(d => $"iOS,17,a@x,{d}\n")), Now.AddDays(-90)));
        Assert.Equal(staleAndUnknown, $"{row.Stale} {row.LastSeenUnknown}");
    }

    [Fact]
    public void Makers_without_end_are_others_sooner_or_later()
    {
        var rows = Summarize(MeasureBy.Manufacturer, "OS,Manufacturer\n" + string.Concat(Enumerable.Range(0, 20_010).Select(i => $"iOS,maker{i}\n")), null);
        Assert.Equal((20_001, 20_010L, 10L), (rows.Count, rows.Sum(r => r.Count), rows.Single(r => r.Name == "(others)").Count));
    }

    [Fact]
    public void Texts_that_decide_are_cut_where_nothing_is_called_so()
    {
        using var file = new TemporaryFile($"Device name,OS,Model\n{new string('n', 20_000)},iOS,{new string('m', 20_000)}\n");
        var device = Assert.Single(Inventories.Read(file.Path, f => Assert.Fail(f.Reason)));
        Assert.Equal((20_000, 256), (device.DeviceName!.Length, device.Model!.Length));
    }

    [Fact]
    public void Providers_are_judged_one_by_one()
    {
        var rows = Summarize(MeasureBy.Provider, Fleet, null);
        Assert.Equal(["Apple Passwords", "Google Password Manager", "Other providers"], rows.Select(r => r.Name));
        Assert.All(rows, r => Assert.Equal(8, r.Count));
        Assert.Equal((3L, 3L, 0L), (rows[1].Ready, rows[1].ReadyOnlyWithChrome, rows[0].ReadyOnlyWithChrome));
        Assert.Null(rows[0].Stale);
    }

    [Fact]
    public void A_device_counts_under_each_of_its_reasons()
    {
        var rows = Summarize(MeasureBy.Reason, Fleet, null).ToDictionary(r => r.Name, r => r.Count);
        Assert.Equal((2L, 2L, 1L, 2L), (rows["OSTooOld"], rows["ManufacturerExcluded"], rows["AppNeeded"], rows["ChromeNeeded"]));
        Assert.Equal(1, rows["None"]);
    }

    [Fact]
    public void A_device_that_was_judged_by_two_questions_counts_as_each_judged_it()
    {
        using var file = new TemporaryFile("OS,OS version\niOS,16.1\n");
        var device = Assert.Single(Inventories.Read(file.Path, f => Assert.Fail(f.Reason)));
        var asked = AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyTypes.Synced);
        var summarizer = new ReadinessSummarizer(MeasureBy.Status, null);
        foreach (var question in new[] { asked, [.. asked.Where(a => a.Name == "Other providers")], asked }) summarizer.Add(device, new ReadinessEvaluator(question).Evaluate(device.System));
        Assert.Equal(["Ready 2", "NotReady 1"], summarizer.Summarize().Select(r => $"{r.Name} {r.Count}"));
    }

    [Theory]
    [InlineData(MeasureBy.Status, "Ready,ActionNeeded,NotReady,Unknown")]
    [InlineData(MeasureBy.Manufacturer, "Apple,samsung,(not stated),Dell")]
    [InlineData(MeasureBy.OSVersion, "(platform unknown),Android 12,Android 13,Android 15,iOS (version unreadable),iOS 26,macOS 12,Windows 11 23H2")]
    public void Groups_have_names_in_a_sensible_order(MeasureBy by, string names) => Assert.Equal(names, string.Join(",", Summarize(by, Fleet, null).Select(r => r.Name)));

    [Theory]
    [InlineData(MeasureBy.Platform)]
    [InlineData(MeasureBy.User)]
    public void Nothing_gives_nothing(MeasureBy by) => Assert.Empty(new ReadinessSummarizer(by, null).Summarize());

    [Fact]
    public void The_sample_is_what_its_generator_writes()
    {
        using var writer = new StringWriter();
        ContosoInventory.Write(writer);
        Assert.Equal(File.ReadAllText(SamplePath, new UTF8Encoding(false, true)), writer.ToString());
    }

    [Fact]
    public void The_sample_is_read_without_a_fault_and_agrees_with_itself_by_every_grouping()
    {
        var faults = new List<InventoryRowFault>();
        var devices = Inventories.Read(SamplePath, faults.Add).ToList();
        Assert.Empty(faults);
        Assert.Equal(ContosoInventory.SampleDevices, devices.Count);
        var evaluator = new ReadinessEvaluator(AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyTypes.Synced));
        var readiness = devices.Select(evaluator.Evaluate).ToList();
        foreach (var by in new[] { MeasureBy.Platform, MeasureBy.Status, MeasureBy.Manufacturer, MeasureBy.OSVersion })
        {
            var summarizer = new ReadinessSummarizer(by, null);
            readiness.ForEach(r => summarizer.Add(r.Device, r.Verdict));
            var rows = summarizer.Summarize();
            foreach (var status in Enum.GetValues<ReadinessStatus>())
                Assert.Equal(readiness.Count(r => r.Status == status), rows.Sum(r => status switch { ReadinessStatus.Ready => r.Ready, ReadinessStatus.ActionNeeded => r.ActionNeeded, ReadinessStatus.NotReady => r.NotReady, _ => r.Unknown }));
        }
    }

    private static string SamplePath => Path.Combine(AppContext.BaseDirectory, "Samples", "contoso-devices.csv");

    private static IReadOnlyList<DeviceReadinessSummary> Summarize(MeasureBy by, string csv, DateTimeOffset? staleBefore)
    {
        using var file = new TemporaryFile(csv);
        var evaluator = new ReadinessEvaluator(AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyTypes.Synced));
        var summarizer = new ReadinessSummarizer(by, staleBefore);
        foreach (var device in Inventories.Read(file.Path, f => Assert.Fail(f.Reason))) summarizer.Add(device, evaluator.Evaluate(device.System));
        return summarizer.Summarize();
    }

    private static string Numbers(DeviceReadinessSummary r) => $"{r.Name} {r.Count} {r.Ready} {r.ReadyOnlyWithChrome} {r.ActionNeeded} {r.NotReady} {r.Unknown} {r.Stale} {r.LastSeenUnknown}";
}
