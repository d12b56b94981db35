using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using CsCheck;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public sealed class InventoryReaderTests : IDisposable
{
    private const string Header = "Device name,OS,OS version,Manufacturer,Model";

    private readonly string _path = Path.GetTempFileName();
    private readonly List<InventoryRowFault> _faults = [];

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void The_delimiter_is_told_from_the_header(char delimiter)
    {
        var device = Assert.Single(Read($"{Header}\nL1,Windows,10.0.22631.1,\"Dell, Inc.; \t\",X\n".Replace(",Inc", ", Inc", StringComparison.Ordinal).Replace(',', delimiter)));
        Assert.Equal(("L1", DevicePlatform.Windows, "10.0.22631.1"), (device.DeviceName, device.Platform, device.OSVersion));
    }

    [Fact]
    public void A_first_line_sep_decides_and_is_passed_over() => Assert.Equal("a", Assert.Single(Read("sep=;\r\nName;OS\r\na;iOS\r\n")).DeviceName);

    [Theory]
    [InlineData("[Name],[OS]\na,iOS\n")]
    [InlineData("[\n{ \"Name\": \"a\", \"OS\": \"iOS\" } ]")]
    [InlineData("  [ {\"Name\":\"a\",\"OS\":\"iOS\"}]")]
    [InlineData("{\n\"Name\":\"a\",\"OS\":\"iOS\"}")]
    public void Csv_and_JSON_are_told_apart(string content) => Assert.Equal(("a", DevicePlatform.iOS), (Assert.Single(Read(content)).DeviceName, ReadFile()[0].Platform));

    [Fact]
    public void Quoted_line_breaks_belong_to_the_field_and_lines_are_counted()
    {
        var devices = Read($"{Header}\r\n\"two\r\nlines\",iOS,17,Apple,iPhone\r\nnext,iOS,17,Apple,iPhone");
        Assert.Equal([("two lines", 2L), ("next", 4L)], devices.Select(d => (d.DeviceName!, d.Line!.Value)));
    }

    [Fact]
    public void Doubled_quotes_and_quotes_inside_a_plain_field_are_text() =>
        Assert.Equal(["The \"loud\" one", "11\" tablet"], Read($"{Header}\n\"The \"\"loud\"\" one\",iOS,17,,\n11\" tablet,iOS,17,,\n").Select(d => d.DeviceName));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Any_line_end_will_do_and_blank_lines_are_none(string end) =>
        Assert.Equal([("a", 2L), ("b", 5L)], Read($"{Header}\na,iOS,17,,\n\n  \nb,iOS,17,,".Replace("\n", end, StringComparison.Ordinal)).Select(d => (d.DeviceName!, d.Line!.Value)));

    [Fact]
    public void A_row_that_begins_with_a_number_sign_is_a_row() => Assert.Equal("#1", Assert.Single(Read($"{Header}\n#1,iOS,17,,\n")).DeviceName);

    [Fact]
    public void A_field_of_20000_characters_is_a_field() => Assert.Equal(20000, Assert.Single(Read($"{Header}\n{new string('x', 20000)},iOS,17,,\n")).DeviceName!.Length);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_column()
    {
        File.WriteAllText(_path, $"{Header}\nZoë,iOS,17,,\n", new UTF8Encoding(true));
        Assert.Equal("Zoë", Assert.Single(ReadFile()).DeviceName);
        File.WriteAllText(_path, $"{Header}\nZoë,iOS,17,,\n", Encoding.Unicode);
        Assert.Equal("Zoë", Assert.Single(ReadFile()).DeviceName);
    }

    [Theory]
    [InlineData("\"bad\" x,iOS,17,,", "text behind a closing quotation mark")]
    [InlineData("\"bad,iOS,17,,", "text behind a closing quotation mark")]
    [InlineData("bad,iOS", "2 fields instead of 5")]
    [InlineData("bad,iOS,17,,,x", "6 fields instead of 5")]
    public void A_bad_row_costs_that_row(string row, string reason)
    {
        var devices = Read($"{Header}\na,iOS,17,,\n{row}\n\"b\",iOS,17,,\nc,iOS,17,,\n");
        Assert.Equal(["a", "b", "c"], devices.Select(d => d.DeviceName));
        var fault = Assert.Single(_faults);
        Assert.Equal(3, fault.Line);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unclosed_quote_costs_its_row_also_at_the_end_of_a_file()
    {
        var devices = Read($"{Header}\na,iOS,17,,\n\"bad,iOS,17,,\nb,iOS,17,,\nc,iOS,17,,\n");
        Assert.Equal(["a", "b", "c"], devices.Select(d => d.DeviceName));
        Assert.Equal(3, _faults.Single().Line);
        Assert.StartsWith("a quotation mark is not closed (the row would go over ", _faults.Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unclosed_quote_in_a_large_file_costs_its_row()
    {
        var rows = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"d{i},iOS,17,Apple,iPhone 15\n"));
        var devices = Read($"{Header}\n\"bad,iOS,17,,\n{rows}");
        Assert.Equal(60_000, devices.Count);
        Assert.Equal(60_001 + 1, devices[^1].Line);
        Assert.Equal(2, _faults.Single().Line);
    }

    [Fact]
    public void A_row_over_lines_may_leave_unnamed_columns_out()
    {
        Assert.Equal(["multi line", "d"], Read("DeviceName,OS,OSVersion,,\n\"multi\nline\",iOS,17\nd,iOS,17\n").Select(d => d.DeviceName));
        Assert.Empty(_faults);
    }

    [Fact]
    public void A_header_with_a_line_break_keeps_its_delimiter() => Assert.Equal("a", Assert.Single(Read("\"Device\nName\"\tOS\tOSVersion\na\tiOS\t17\n")).DeviceName);

    [Fact]
    public void A_repeated_line_of_names_is_reported_and_the_rows_behind_it_are_read()
    {
        var devices = Read($"{Header}\na,iOS,17,,\n{Header}\nb,iOS,17,,\n\uFEFF\"Device Name\",os,OS Version,Manufacturer,Model\nc,iOS,17,,\n");
        Assert.Equal([("a", 2L), ("b", 4L), ("c", 6L)], devices.Select(d => (d.DeviceName!, d.Line!.Value)));
        Assert.Equal([(3L, "it repeats the names of the columns"), (5, "it repeats the names of the columns")], _faults.Select(f => (f.Line, f.Reason)));
    }

    [Theory]
    [InlineData("Asset tag,OS\nA1,Windows\nasset tag,OS\nA2,iOS\n")]
    [InlineData("OS version\n17.4\nOS version\n10.0.22631.1\n")]
    public void Of_repeated_names_only_one_need_be_known(string content)
    {
        Assert.Equal(2, Read(content).Count);
        Assert.Equal(3, Assert.Single(_faults).Line);
    }

    [Fact]
    public void A_first_line_of_Export_Csv_with_the_type_is_passed_over() =>
        Assert.Equal([("a", 3L)], Read("#TYPE Selected.Object\r\n\"Device name\",\"OS\"\r\n\"a\",\"iOS\"\r\n").Select(d => (d.DeviceName!, d.Line!.Value)));

    [Fact]
    public void Devices_that_look_alike_are_different_devices_with_a_place_each()
    {
        var devices = Read("OS,OS version\niOS,17.4\niOS,17.4\n");
        Assert.NotSame(devices[0], devices[1]);
        Assert.Equal([2L, 3], devices.Select(d => d.Line!.Value));
    }

    [Fact]
    public void A_stop_is_seen_also_where_nothing_but_blank_and_bad_lines_comes()
    {
        File.WriteAllText(_path, $"{Header}\na,iOS,17,,\n\"bad\" x\n" + new string('\n', 1_000_000));
        using var stop = new CancellationTokenSource();
        var counter = new ReadinessCounter([], MeasureBy.Status, null);
        Assert.ThrowsAny<OperationCanceledException>(() => new InventoryReader(new FieldNames(InventoryFormat.Auto), _ => stop.Cancel()).Count(_path, counter, 2, null, null, stop.Token));
    }

    [Theory]
    [InlineData("displayName,accountEnabled,operatingSystem,operatingSystemVersion,model")]
    [InlineData("Device name,OS version,OS,Manufacturer,Model")]
    [InlineData("Computer Name,Operating System Version,Last Check-in")]
    public void Other_names_in_the_middle_end_the_file_rather_than_fill_wrong_columns(string names)
    {
        var devices = new List<Device>();
        File.WriteAllText(_path, $"{Header}\na,iOS,17,,\n{names}\nb,17,iOS,,\n");
        var error = Assert.Throws<PasskeyAdminException>(() => devices.AddRange(Inventories.Read(_path, _faults.Add)));
        Assert.Equal("InventoryColumnsChanged", error.ErrorId);
        Assert.Contains("line 3: other names of columns begin here", error.Message, StringComparison.Ordinal);
        Assert.Contains(" 1 devices before it were read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_may_be_called_like_a_column() => Assert.Equal(["OS", "Model"], Read($"{Header}\nOS,,,,\nModel,iOS,OS,,\n").Select(d => d.DeviceName));

    [Fact]
    public void A_lost_quote_that_meets_another_one_costs_only_its_own_row()
    {
        var devices = Read($"{Header}\nA,\"iOS,17,Dell,\nB,iOS,17,HP,\nC,iOS,17,6\",\nD,iOS,17,,\n");
        Assert.Equal(["B", "C", "D"], devices.Select(d => d.DeviceName));
        Assert.Equal(2, _faults.Single().Line);
    }

    [Theory]
    [InlineData("B,iOS,17,Dell,x,\"lost\nC,iOS,17,HP,x,y\nD,iOS,17,HP,x,y\"\nE,iOS,17,,,\n", "A C D E", "the lines behind it have the form of rows")]
    [InlineData("B,iOS,17,Dell,x,\"lost\n\nC,iOS,17,HP,x,y\n\nD,iOS,17,HP,x,y\"\nE,iOS,17,,,\n", "A C D E", "the lines behind it have the form of rows")]
    [InlineData("B,\"iOS,17,Dell,x,y\r\nC,iOS,17,HP,x,y\r\nD,iOS\",17,HP,x,y\r\nE,iOS,17,,,\r\n", "A C D E", "the lines behind it have the form of rows")]
    [InlineData("B,\"iOS,17,Dell,x,y\nC,iOS,17,HP,x,y\nD,iOS\",17,HP,x,y,z\nE,iOS,17,,,\n", "A C E", "it has 7 fields instead of 6")]
    [InlineData("B,iOS,17,Dell,\"see:\nOLD, a note\nend\",x,y\nE,iOS,17,,,\n", "A E", "it has 7 fields instead of 6 (it goes over 3 lines)")]
    [InlineData("B,iOS,17,Dell,x,\"was:\nOLD,iOS,17,HP,x,y\nand more\nend\"\nE,iOS,17,,,\n", "A B E", "")]
    [InlineData("B,iOS,17,Dell,x,\"Spare: dock, cable, bag, mouse, keyboard, charger\nRoom 5\"\nE,iOS,17,,,\n", "A B E", "")]
    [InlineData("B,iOS,17,Dell,x,\"a note, with commas,\nand, lines, and, so, on, and, so, on\"\nE,iOS,17,,,\n", "A B E", "")]
    public void Rows_that_two_lost_quotes_would_swallow_are_rows(string rows, string devices, string reason)
    {
        var read = Read($"Device name,OS,OS version,Manufacturer,Model,Note\nA,iOS,17,,,\n{rows}");
        Assert.Equal(devices, string.Join(' ', read.Select(d => d.DeviceName)));
        if (reason.Length == 0) Assert.Empty(_faults);
        else Assert.Contains(reason, _faults[0].Reason, StringComparison.Ordinal);
        Assert.All(_faults.Take(1), f => Assert.Equal(3, f.Line));
    }

    [Fact]
    public void In_a_wide_table_two_rows_are_told_from_a_text_of_two_lines()
    {
        var wide = string.Concat(Enumerable.Range(0, 9).Select(i => $",x{i}"));
        var read = Read($"Device name,OS,Note{wide}\nA,iOS,\"lost{wide}\nB,iOS,lost\"{wide}\nC,iOS,\"two\nlines, with, commas\"{wide}\n");
        Assert.Equal(["B", "C"], read.Select(d => d.DeviceName));
        Assert.Equal(2, Assert.Single(_faults).Line);
    }

    [Fact]
    public void Names_of_columns_behind_a_row_without_line_end_cost_that_row()
    {
        var export = $"{Header}\na,iOS,17,,x\nb,iOS,17,,y";
        Assert.Equal(["a", "a", "b"], Read(export + export).Select(d => d.DeviceName));
        Assert.Contains("names of the columns of the next one", Assert.Single(_faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_columns_may_begin_with_digits()
    {
        Assert.Equal(["a", "b"], Read("Name,OS,2FA,802.1x\na,iOS,1,2\nName,OS,2FA,802.1x\nb,iOS,1,2\n").Select(d => d.DeviceName));
        Assert.Equal("it repeats the names of the columns", Assert.Single(_faults).Reason);
    }

    [Fact]
    public void Names_of_columns_that_read_like_a_platform_are_no_device()
    {
        using var file = new TemporaryFile("Name,iOS version,User\na,17,u\nName,iOS version,User\nb,18,u\n");
        Assert.Equal(["a", "b"], Inventories.Read(file.Path, _faults.Add, columnMap: new() { [InventoryField.OSVersion] = "iOS version" }).Select(d => d.DeviceName));
        Assert.Equal((3L, "it repeats the names of the columns"), (Assert.Single(_faults).Line, _faults[0].Reason));
    }

    [Fact]
    public void No_character_marks_a_comment()
    {
        var devices = Read($"{Header}\nA,iOS,17,,\n\uFFFFB,iOS,17,,\nC,iOS,17,,\n");
        Assert.Equal([("A", 2L), ("\uFFFFB", 3L), ("C", 4L)], devices.Select(d => (d.DeviceName!, d.Line!.Value)));
    }

    [Fact]
    public void Rows_of_delimiters_are_blank() => Assert.Equal([("a", 2L), ("b", 5L)], Read($"{Header}\na,iOS,17,,\n,,,,\n,\nb,iOS,17,,\n,,,,\n").Select(d => (d.DeviceName!, d.Line!.Value)));

    [Fact]
    public void A_line_without_end_costs_that_line()
    {
        var devices = Read($"{Header}\na,iOS,17,,\n{new string('x', 3_000_000)}\nb,iOS,17,,\n");
        Assert.Equal([("a", 2L), ("b", 4L)], devices.Select(d => (d.DeviceName!, d.Line!.Value)));
        Assert.Equal(3, _faults.Single().Line);
    }

    [Fact]
    public void Empty_fields_at_the_end_may_be_too_many()
    {
        Assert.Equal(2, Read($"{Header}\na,iOS,17,,,,\nb,iOS,17,,,\n").Count);
        Assert.Equal(2, Read($"{Header},\na,iOS,17,,\nb,iOS,17,,,\n").Count);
        Assert.Empty(_faults);
    }

    [Fact]
    public void Many_bad_rows_among_good_ones_cost_no_good_one()
    {
        var random = new Random(7);
        var lines = Enumerable.Range(0, 5000).Select(i => random.Next(10) == 0 ? (Good: false, Text: $"\"bad{i}\"x,iOS,17,,") : (Good: true, Text: $"\"d{i}\",iOS,17,,")).ToList();
        var devices = Read($"{Header}\n{string.Join("\n", lines.Select(l => l.Text))}\n");
        Assert.Equal(lines.Count(l => l.Good), devices.Count);
        Assert.Equal(lines.Count(l => !l.Good), _faults.Count);
        Assert.All(devices, d => Assert.Equal($"\"{d.DeviceName}\",iOS,17,,", lines[(int)d.Line!.Value - 2].Text));
        Assert.All(_faults, f => Assert.False(lines[(int)f.Line - 2].Good));
    }

    [Fact]
    public void What_is_written_by_the_rules_is_read_back() =>
        Gen.Select(Gen.Char[" ab,;\"\n\r\t#ü"].Array[0, 12].Select(c => new string(c)).Array[1, 20], Gen.Bool).Sample((names, crlf) =>
        {
            var end = crlf ? "\r\n" : "\n";
            using var file = new TemporaryFile($"{Header}{end}" + string.Concat(names.Select(n => $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\",iOS,17,,{end}")));
            var devices = Inventories.Read(file.Path, f => Assert.Fail(f.Reason)).ToList();
            Assert.Equal(names.Select(n => n.Trim() is "" ? null : DisplayText.Neutralise(n.Trim())), devices.Select(d => d.DeviceName));
        }, iter: 300);

    [Fact]
    public void Rubbish_never_throws_anything_but_our_own_error() =>
        Gen.Char[" ab,;\"\n\r\t#{}[]:17"].Array[0, 200].Select(c => new string(c)).Sample(text =>
        {
            using var file = new TemporaryFile(Header + "\n" + text);
            var read = 0;
            try
            {
                read = Inventories.Read(file.Path, _ => read++).Count();
            }
            catch (PasskeyAdminException e)
            {
                Assert.NotEmpty(e.ErrorId);
            }
        }, iter: 2000);

    [Theory]
    [InlineData("", "FileEmpty")]
    [InlineData("\r\n \r\n", "FileEmpty")]
    [InlineData("Colour,Size\nred,5\n", "InventoryColumnsUnrecognised")]
    [InlineData("PK\u0003\u0004\u0014\0\0x", "ArchiveDamaged")]
    [InlineData("\u007FELF\u0002\u0001\0\0", "FileNotText")]
    [InlineData("[]", null)]
    [InlineData("{\"value\":[]}", null)]
    [InlineData("[{\"colour\":\"red\"}]", "InventoryColumnsUnrecognised")]
    [InlineData("{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"expired\",\"innerError\":{\"code\":\"x\",\"message\":{}}}}", "InventoryIsError")]
    [InlineData("{\"error\":{\"code\":\"x\"}", "InventoryFileDamaged")]
    [InlineData("{\"error\":\"none\",\"operatingSystem\":\"iOS\"}", null)]
    [InlineData("{\"error\":{\"count\":0},\"operatingSystem\":\"iOS\"}", null)]
    [InlineData("[{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"},\n{\"deviceName\"", "InventoryFileDamaged")]
    [InlineData("[{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"},", "InventoryFileDamaged")]
    [InlineData("{\"value\":[{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"}", "InventoryFileDamaged")]
    [InlineData("{\"value\":[{\"deviceName\":\"a\",\n\"operatingSystem\":", "InventoryFileDamaged")]
    public void A_file_that_cannot_be_used_is_one_error(string content, string? errorId)
    {
        var read = Record.Exception(() => Read(content));
        Assert.Equal(errorId, (read as PasskeyAdminException)?.ErrorId);
        if (errorId == "InventoryIsError") Assert.Contains("Graph: InvalidAuthenticationToken: expired. ", read!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_for_unknown_columns_says_what_was_found_and_what_is_needed()
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Read("Colour,\"Si\u001bze\"\nred,5\n"));
        Assert.Contains("Found: Colour, Si\uFFFDze", error.Message, StringComparison.Ordinal);
        Assert.Contains("'OS version'", error.Message, StringComparison.Ordinal);
        Assert.Contains("-ColumnMap", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_a_missing_file_are_told_apart()
    {
        Assert.Equal("FileIsFolder", Assert.Throws<PasskeyAdminException>(() => Inventories.Read(Path.GetTempPath(), _ => { }).ToList()).ErrorId);
        Assert.Equal("FileNotFound", Assert.Throws<PasskeyAdminException>(() => Inventories.Read(_path + ".x", _ => { }).ToList()).ErrorId);
    }

    [Fact]
    public void A_locked_file_is_said_so()
    {
        File.WriteAllText(_path, Header);
        using var locked = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal("FileLocked", Assert.Throws<PasskeyAdminException>(ReadFile).ErrorId);
    }

    [Fact]
    public void Rows_come_before_the_file_was_read_and_a_stop_ends_it()
    {
        File.WriteAllText(_path, $"{Header}\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"d{i},iOS,17,,\n")));
        using var stop = new CancellationTokenSource();
        var devices = Inventories.Read(_path, _ => { }, stop: stop.Token).GetEnumerator();
        Assert.True(devices.MoveNext());
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => devices.MoveNext());
    }

    [Fact]
    public void Progress_and_the_end_count_rows_and_faults()
    {
        File.WriteAllText(_path, $"{Header}\nbad\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"d{i},iOS,17,,\n")));
        var (progress, ends) = (new Reports(), new List<(long, long)>());
        _ = new InventoryReader(new FieldNames(InventoryFormat.Auto), _ => { }).Read(_path, progress, f => ends.Add((f.Rows, f.Faults)), default).Count();
        Assert.Equal([(1000L, 1L)], ends);
        Assert.Equal(10, progress.Count);
        Assert.All(progress, p => Assert.Equal(new FileInfo(_path).Length, p.BytesTotal));
    }

    [Fact]
    public void Progress_of_a_count_reaches_the_end_and_never_goes_back()
    {
        File.WriteAllText(_path, $"{Header}\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"d{i},iOS,17,,\n")));
        var progress = new Reports();
        var counter = new ReadinessCounter([], MeasureBy.Status, null);
        new InventoryReader(new FieldNames(InventoryFormat.Auto), _ => { }).Count(_path, counter, 2, progress, null, default);
        Assert.Equal((100_000L, new FileInfo(_path).Length), (progress[^1].Rows, progress[^1].BytesRead));
        Assert.Equal(progress.Select(p => p.Rows).Order(), progress.Select(p => p.Rows));
        Assert.All(progress, p => Assert.InRange(p.BytesRead, 1, p.BytesTotal!.Value));
    }

    private List<Device> Read(string content)
    {
        File.WriteAllText(_path, content);
        return ReadFile();
    }

    private List<Device> ReadFile() => [.. Inventories.Read(_path, _faults.Add)];

    private sealed class Reports : List<InventoryProgress>, IProgress<InventoryProgress>
    {
        public void Report(InventoryProgress value) => Add(value);
    }
}
