using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using CsCheck;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Devices;

/// <summary>Whatever a file holds and wherever it is cut, counting it in parts gives what counting it in one gives.</summary>
public class InventoryPartsTests
{
    private const string Header = "Device name,OS,OS version,Primary user UPN\n";
    private static readonly DateTimeOffset StaleBefore = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<AskedProvider> Asked = AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyTypes.Synced);

    /// <summary>Rows of devices, and everything that goes wrong with them.</summary>
    private static readonly Gen<string> Rows = Gen.Select(Gen.Int[0, 14], Gen.Int[1, 20]).Select((kind, number) => kind switch
    {
        0 => $"\"two\nlines\",Windows,10.0.22631.{number},u{number}@x",
        1 => $"\"a \"\"quoted\"\" one\",iOS,{number},u{number}@x\r",
        2 => $"\"lost,iOS,{number},u{number}@x",
        3 => $"lost\",iOS,{number},u{number}@x\"",
        4 => $"\"bad\" x,iOS,{number},",
        5 => "short,iOS",
        6 => $"long,iOS,{number},u{number}@x,more",
        7 => "",
        8 => Header.TrimEnd(),
        9 => $"müller,Android,{number},u{number}@x",
        11 => $"d{number},\"iOS,{number},u{number}@x\nd,Android\",{number},u{number}@x",
        10 => $"\"{new string('\n', number)}\",macOS,{number},",
        _ => $"d{number},Android,{number},u{number}@x",
    }).Array[0, 60].Select(rows => string.Join('\n', rows));

    [Fact]
    public void Parts_add_up_to_the_whole() => Gen.Select(Rows, Gen.Int[2, 5], Gen.Int[10, 200], Gen.Bool).Sample((rows, threads, smallest, countsUsers) =>
        Assert.Equal(Count(Header + rows, 1, countsUsers), Count(Header + rows, threads, countsUsers, smallest)), iter: 2000);

    /// <summary>For counting, devices of a kind are one object, known by its strings; rows of the pipeline are known by what their texts say.</summary>
    [Fact]
    public void Counting_a_file_is_judging_its_rows_one_by_one() => Gen.Select(
        OneOf("Windows", "iOS", "Android", "macOS", ""), OneOf("10.0.26100.1", "10.0.17763.1", "17", "9", "15.1", ""), OneOf("Enterprise", "ServerStandard", ""),
        OneOf("Samsung", "Google", ""), OneOf("SM-S901B", "Pixel 8", "iPad8,1", "")).Where(r => r != ("", "", "", "", "")).Array[1, 30].Sample(rows =>
        {
            string[] columns = ["OS", "OS version", "SkuFamily", "Manufacturer", "Model"];
            using var file = new TemporaryFile(string.Join(',', columns) + "\n" + string.Concat(rows.Select(r => $"{r.Item1},{r.Item2},{r.Item3},{r.Item4},\"{r.Item5}\"\n")));
            foreach (var by in new[] { MeasureBy.OSVersion, MeasureBy.Platform, MeasureBy.Manufacturer, MeasureBy.Reason })
            {
                var (counted, judged) = (new ReadinessCounter(Asked, by, null), new ReadinessCounter(Asked, by, null));
                new InventoryReader(new FieldNames(InventoryFormat.Auto, fields: ReadinessSummarizer.FieldsOf(by, countsStale: false)), f => Assert.Fail(f.Reason)).Count(file.Path, counted, 1, null, null, default);
                var reader = new RowReader(new FieldNames(InventoryFormat.Auto));
                Assert.Null(reader.Expect(columns, "x"));
                foreach (var (os, version, edition, maker, model) in rows) judged.Add(reader.Read(i => new[] { os, version, edition, maker, model }[i])!);
                Assert.Equal(judged.Summarize().Select(Numbers), counted.Summarize().Select(Numbers));
            }
        }, iter: 500);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Numbers(DeviceReadinessSummary row) => $"{row.Name} {row.Count} {row.Ready} {row.ActionNeeded} {row.NotReady} {row.Unknown}";

    [Fact]
    public void More_faults_than_a_part_keeps_are_all_reported_in_order()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? "\"bad\" x\n" : $"d{i},iOS,17,u@x\n"));
        var whole = Count(Header + rows, 1, false);
        Assert.Equal(10_000, whole.Count(line => line.StartsWith("fault", StringComparison.Ordinal)));
        Assert.Equal(whole, Count(Header + rows, 4, false, 100));
    }

    [Fact]
    public void Other_column_names_in_a_later_part_are_the_error_that_they_are_in_one()
    {
        var rows = string.Concat(Enumerable.Repeat("d,iOS,17,u@x\n", 500));
        var text = $"{Header}{rows}displayName,operatingSystem,operatingSystemVersion,userNames\n{rows}";
        var whole = Count(text, 1, false);
        Assert.Contains("line 502: other names of columns begin here", whole[^1], StringComparison.Ordinal);
        Assert.Contains("500 devices before it were read", whole[^1], StringComparison.Ordinal);
        Assert.Equal(whole, Count(text, 4, false, 100));
    }

    [Fact]
    public void Stale_devices_of_later_parts_are_counted()
    {
        var rows = string.Concat(Enumerable.Range(0, 900).Select(i => $"{(i % 3 == 0 ? "2020-01-01" : i % 3 == 1 ? "2026-06-01" : "")},iOS,17,u@x\n"));
        var text = $"Last check-in,OS,OS version,Primary user UPN\n{rows}";
        Assert.Contains(Count(text, 1, false), line => line.EndsWith(" 300 300", StringComparison.Ordinal));
        Assert.Equal(Count(text, 1, false), Count(text, 4, false, 100));
    }

    [Fact]
    public void Windows_1252_in_a_later_part_is_said_so()
    {
        using var file = new TemporaryFile("");
        File.WriteAllBytes(file.Path, [.. Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Repeat("d,iOS,17,u@x\n", 100))), .. Encoding.Latin1.GetBytes("d,iOS,17,jürgen@x\n")]);
        Assert.Contains("Windows-1252", Count(file.Path, true, 2, 50)[^1], StringComparison.Ordinal);
    }

    /// <summary>Which groups are told apart and which are others depends on all that came before.</summary>
    [Fact]
    public void More_groups_than_are_told_apart_are_the_same_ones_in_parts()
    {
        var makers = Enumerable.Range(0, 24_000).ToList();
        using var file = new TemporaryFile("OS,Manufacturer\n" + string.Concat(makers.Concat(makers.AsEnumerable().Reverse()).Select(i => $"iOS,maker{i}\n")));
        var counts = Enumerable.Range(1, 2).Select(threads =>
        {
            var counter = new ReadinessCounter(Asked, MeasureBy.Manufacturer, null);
            using var text = InventoryText.Open(file.Path);
            var inventory = new InventoryFile("x.csv", new FieldNames(InventoryFormat.Auto), fault => Assert.Fail(fault.Reason));
            new InventoryParts(file.Path, text, inventory, counter, (_, _) => { }, default).Count(threads, 1000);
            return counter.Summarize().Select(Numbers).ToList();
        }).ToList();
        Assert.Contains("(others) 8000 0 0 0 8000", counts[0]);
        Assert.Equal(counts[0], counts[1]);
    }

    /// <summary>The first record goes on behind every cut, so that what the later parts count is nothing.</summary>
    [Fact]
    public void Progress_counts_nothing_twice()
    {
        var swallowed = string.Concat(Enumerable.Repeat("d,iOS,17,u@x\n", 30_000));
        using var file = new TemporaryFile($"{Header}\"{swallowed}\",iOS,17,\n{swallowed}");
        var (rows, bytes) = (0L, 0L);
        using var text = InventoryText.Open(file.Path);
        var inventory = new InventoryFile("x.csv", new FieldNames(InventoryFormat.Auto), fault => Assert.Fail(fault.Reason));
        new InventoryParts(file.Path, text, inventory, new ReadinessCounter(Asked, MeasureBy.Platform, null), (r, b) => (rows, bytes) = (Math.Max(rows, r), Math.Max(bytes, b)), default).Count(4, 1000);
        Assert.Equal(30_001, inventory.Rows);
        Assert.InRange(rows, 29_000, 30_001);
        Assert.InRange(bytes, 1, new FileInfo(file.Path).Length + (1 << 17));
    }

    [Fact]
    public void A_stop_ends_all_parts_and_closes_the_file()
    {
        using var file = new TemporaryFile(Header + "bad\n" + string.Concat(Enumerable.Repeat("d,iOS,17,u@x\n", 200_000)));
        using var stop = new CancellationTokenSource();
        var reader = new InventoryReader(new FieldNames(InventoryFormat.Auto), _ => stop.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => reader.Count(file.Path, new ReadinessCounter(Asked, MeasureBy.Platform, null), 4, null, null, stop.Token));
        using var alone = new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private static List<string> Count(string content, int threads, bool countsUsers, long smallestPart = 1)
    {
        using var file = new TemporaryFile(content);
        return Count(file.Path, countsUsers, threads, smallestPart);
    }

    private static List<string> Count(string path, bool countsUsers, int threads, long smallestPart)
    {
        var seen = new List<string>();
        var by = countsUsers ? MeasureBy.User : MeasureBy.OSVersion;
        var names = new FieldNames(InventoryFormat.Auto, fields: ReadinessSummarizer.FieldsOf(by, countsStale: true));
        var counter = new ReadinessCounter(Asked, by, StaleBefore);
        using var text = InventoryText.Open(path);
        var file = new InventoryFile("x.csv", names, fault => seen.Add($"fault {fault.Line}: {fault.Reason}"));
        try
        {
            new InventoryParts(path, text, file, counter, (_, _) => { }, default).Count(threads, smallestPart);
            seen.AddRange(counter.Summarize().Select(r => $"{r.Name} {r.Count} {r.Ready} {r.ActionNeeded} {r.NotReady} {r.Unknown} {r.AllReady} {r.DevicesWithoutUser} {r.Stale} {r.LastSeenUnknown}"));
            seen.Add($"{file.Rows} rows, {file.Faults} faults");
        }
        catch (PasskeyAdminException e)
        {
            seen.Add(e.Message);
        }
        if (file.DoubtfulRows > 0) seen.Add($"{file.DoubtfulRows} doubtful from {file.FirstDoubtfulLine}");
        if (file.HasWindows1252 || text.HasWindows1252) seen.Add("Windows-1252");
        return seen;
    }
}
