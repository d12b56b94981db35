using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public class MeasurePasskeyDeviceReadinessTests(ModuleSession session)
{
    private const string Rows = "Device name,OS,OS version,Manufacturer,Primary user UPN,Last check-in\na,iOS,26.1,Apple,u@x,2020-01-01\nb,Android,15,samsung,U@x,\nc,Windows,6.1,Dell,v@x,2020-01-01\nd,Windows,10.0.22631.1,Dell,,2999-01-01\n";

    [Theory]
    [InlineData("Measure-PasskeyDeviceReadiness $sample -By Platform")]
    [InlineData("$sample | Measure-PasskeyDeviceReadiness")]
    [InlineData("Import-PasskeyDeviceInventory $sample | Measure-PasskeyDeviceReadiness -By Platform")]
    [InlineData("Import-PasskeyDeviceInventory $sample | Test-PasskeyDeviceReadiness | Measure-PasskeyDeviceReadiness -By Platform")]
    [InlineData("Test-PasskeyDeviceReadiness -Path $sample | Measure-PasskeyDeviceReadiness -By Platform")]
    public void Every_road_gives_the_same_counts(string script)
    {
        var expected = session.Output("Measure-PasskeyDeviceReadiness -Path $sample").Select(Numbers);
        var rows = session.Output(script);
        Assert.Equal(expected, rows.Select(Numbers));
        Assert.Equal(1500L, rows.Sum(r => (long)r.Get("Count")!));
    }

    [Fact]
    public void Judged_devices_keep_the_question_they_were_judged_by()
    {
        var judged = session.Output("Test-PasskeyDeviceReadiness $sample -Provider 'Apple Passwords' | Measure-PasskeyDeviceReadiness -By Status").Select(Numbers);
        Assert.Equal(session.Output("Measure-PasskeyDeviceReadiness $sample -Provider 'Apple Passwords' -By Status").Select(Numbers), judged);
        // A question of its own asks anew.
        var anew = session.Output("Test-PasskeyDeviceReadiness $sample -Provider 'Apple Passwords' | Measure-PasskeyDeviceReadiness -By Status -TargetType Synced").Select(Numbers);
        Assert.Equal(session.Output("Measure-PasskeyDeviceReadiness $sample -By Status").Select(Numbers), anew);
    }

    [Fact]
    public void Users_are_one_row()
    {
        session.File("users.csv", Rows);
        var row = Assert.Single(session.Output("Measure-PasskeyDeviceReadiness users.csv -By User"));
        Assert.Equal(("Users", 2L, 1L, 1L, 0L, 1L), (row.Text("Name"), row.Get("Count"), row.Get("Ready"), row.Get("NotReady"), row.Get("AllReady"), row.Get("DevicesWithoutUser")));
        Assert.Null(row.Get("Stale"));
    }

    [Fact]
    public void Stale_devices_are_counted_where_asked_and_unknown_ones_apart()
    {
        session.File("stale.csv", Rows);
        var rows = session.Output("Measure-PasskeyDeviceReadiness stale.csv -StaleAfter 90");
        Assert.Equal(["Windows 1 0", "iOS 1 0", "Android 0 1"], rows.Select(r => $"{r.Get("Name")} {r.Get("Stale")} {r.Get("LastSeenUnknown")}"));
    }

    [Theory]
    [InlineData("Platform")]
    [InlineData("Status")]
    [InlineData("Provider")]
    [InlineData("Reason")]
    [InlineData("Manufacturer")]
    [InlineData("OSVersion")]
    [InlineData("User")]
    public void Every_grouping_has_the_same_properties(string by)
    {
        foreach (var row in session.Output($"Measure-PasskeyDeviceReadiness $sample -By {by} -StaleAfter 30"))
        {
            var sum = (long)row.Get("Ready")! + (long)row.Get("ActionNeeded")! + (long)row.Get("NotReady")! + (long)row.Get("Unknown")!;
            Assert.Equal(row.Get("Count"), sum);
            Assert.InRange((double)row.Get("ReadyShare")!, 0, 1);
            Assert.Equal(by, row.Text("By"));
        }
    }

    [Fact]
    public void The_table_has_only_columns_that_were_asked_for_and_never_rounds_up_to_all()
    {
        session.File("almost.csv", "OS,OS version\n" + string.Concat(Enumerable.Repeat("iOS,26.1\n", 2999)) + "iOS,12\n");
        var plain = session.Shown("Measure-PasskeyDeviceReadiness almost.csv");
        Assert.DoesNotContain("Stale", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("All", plain, StringComparison.Ordinal);
        Assert.Contains("99.9 %", plain, StringComparison.Ordinal);
        Assert.Matches(@"Stale\s+NoDate\s+Share", session.Shown("Measure-PasskeyDeviceReadiness almost.csv -StaleAfter 9"));
        Assert.Matches(@"Unknown\s+All\s+Share", session.Shown("Measure-PasskeyDeviceReadiness $sample -By User"));
    }

    [Fact]
    public void Devices_that_occur_more_than_once_are_named_with_their_places()
    {
        session.File("one.csv", "Device ID,Device name,OS\nA1,first,iOS\nb2,second,iOS\n,same name,iOS\na1,first again,iOS\nsame name,id like a name,iOS\n,,iOS\n,,iOS\n");
        session.File("two.csv", "Device ID,Device name,OS\na1,third time,iOS\n,Same Name,iOS\n");
        var rows = session.Output("Measure-PasskeyDeviceReadiness one.csv, two.csv -DuplicateReport");
        Assert.Equal(["first again a1 3 one.csv:2, one.csv:5, two.csv:2", "Same Name  2 one.csv:4, two.csv:3"], rows.Select(r => $"{r.Get("DeviceName")} {r.Get("DeviceId")} {r.Get("Count")} {r.Get("Place")}"));
        Assert.Equal(["first again: 3 times", "Same Name: 2 times"], session.Output("Import-PasskeyDeviceInventory one.csv, two.csv | Measure-PasskeyDeviceReadiness -DuplicateReport").Select(r => r.ToString()));
        session.File("nothing.csv", "Device ID,OS\nN/A,iOS\nn/a,iOS\n00000000-0000-0000-0000-000000000000,iOS\n");
        var nothing = session.Run("Measure-PasskeyDeviceReadiness nothing.csv -DuplicateReport");
        Assert.Empty(nothing.Output);
        Assert.Equal("3 devices have neither an id nor a name that tells them from others, and could not be compared.", Assert.Single(nothing.Warnings));
        Assert.Empty(session.Output("Measure-PasskeyDeviceReadiness $sample -DuplicateReport"));
        Assert.Matches(@"first again\s+3 one\.csv:2, one\.csv:5, two\.csv:2", session.Shown("Measure-PasskeyDeviceReadiness one.csv, two.csv -DuplicateReport"));
    }

    [Fact]
    public void Files_of_the_same_name_are_told_apart()
    {
        var folder = Path.GetDirectoryName(session.File("x.csv", ""))!;
        foreach (var name in new[] { "east", "west" })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            session.File(Path.Combine(name, "devices.csv"), "Device ID,OS\na1,iOS\nshort\n");
        }
        Assert.Equal("devices.csv:2, west/devices.csv:2", Assert.Single(session.Run("Measure-PasskeyDeviceReadiness east/devices.csv, west/devices.csv -DuplicateReport -ErrorAction SilentlyContinue").Output).Text("Place"));
        var result = session.Run("Measure-PasskeyDeviceReadiness */devices.csv");
        Assert.Equal(["devices.csv, line 3", "west/devices.csv, line 3"], result.Errors.Select(e => e.ToString().Split(':')[0]));
        Assert.Equal(["devices.csv", "west/devices.csv"], result.Warnings.Select(w => w.Split(':')[0]));
    }

    [Fact]
    public void Numbers_that_Jamf_counts_up_are_ids_among_devices_of_a_kind()
    {
        session.File("computers.csv", "JSS Computer ID,Computer Name,Operating System Version,Serial Number,Last Inventory Update\n1,mac-anna,15.1,C1,2026-11-01\n2,mac-bert,15.1,C2,2026-11-01\n2,mac-bert,15.1,C2,2026-11-01\n");
        session.File("mobiles.csv", "JSS Mobile Device ID,Display Name,Model,OS Version\n1,ipad-carl,iPad Air,17.1\n2,ipad-dora,iPad Air,17.1\n");
        Assert.Equal(["mac-bert 2"], session.Output("Measure-PasskeyDeviceReadiness computers.csv, mobiles.csv -DuplicateReport").Select(r => $"{r.Get("DeviceName")} {r.Get("Count")}"));
    }

    [Fact]
    public void A_text_that_reads_like_rows_is_a_warning_in_a_narrow_table()
    {
        session.File("narrow.csv", "OS,Version,Note\niOS,17,\"\niOS,17,\"\niOS,17,\"one\ntwo\"\niOS,17,\"\niOS,17,\"\n");
        var result = session.Run("Measure-PasskeyDeviceReadiness narrow.csv");
        Assert.Equal(3L, result.Output.Single().Get("Count"));
        Assert.StartsWith("narrow.csv: 2 rows, the first at line 2, have a text over several lines that reads like further rows.", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_file_of_rubbish_ten_thousand_rows_are_errors_and_the_rest_a_number()
    {
        session.File("rubbish.csv", "Device ID,OS\n" + string.Concat(Enumerable.Repeat("x\n", 10_500)) + "a,iOS\n");
        var result = session.Run("Measure-PasskeyDeviceReadiness rubbish.csv");
        Assert.Equal((10_000, 1L), (result.Errors.Count, result.Output.Single().Get("Count")));
        Assert.Equal("rubbish.csv: 1 rows read, 10,500 could not be read. Errors were written for the first 10,000 of these.", Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("-By Status")]
    [InlineData("-StaleAfter 9")]
    public void A_report_of_duplicates_counts_nothing(string parameters)
    {
        var result = session.Run($"Measure-PasskeyDeviceReadiness $sample -DuplicateReport {parameters}");
        Assert.Equal("DuplicateReportAlone,PasskeyAdmin.Commands.MeasurePasskeyDeviceReadinessCommand", result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
    }

    /// <summary>The same figures whatever the file is packed and written in, less the broken rows.</summary>
    [Fact]
    public void An_archive_another_encoding_and_broken_rows_do_not_change_the_rest()
    {
        var lines = File.ReadAllText(TestPaths.Sample).Split("\r\n");
        using (var archive = new ZipArchive(File.Create(session.File("portal.zip", "")), ZipArchiveMode.Create))
            archive.CreateEntryFromFile(TestPaths.Sample, "DevicesWithInventory.csv");
        File.WriteAllText(session.File("utf16.csv", ""), string.Join("\r\n", lines), Encoding.Unicode);
        string[] broken = ["\"stray\" quote,x", "\"unclosed,x", "too,few", lines[1] + ",too,many", lines[0]];
        session.File("broken.csv", string.Join("\n", lines.SelectMany((line, i) => i is > 0 and <= 100 ? [line, broken[i % broken.Length]] : (string[])[line])));
        var expected = session.Output("Measure-PasskeyDeviceReadiness $sample -By OSVersion").Select(Numbers).ToList();
        Assert.Equal(expected, session.Output("Measure-PasskeyDeviceReadiness portal.zip -By OSVersion").Select(Numbers));
        Assert.Equal(expected, session.Output("Measure-PasskeyDeviceReadiness utf16.csv -By OSVersion").Select(Numbers));
        var result = session.Run("Measure-PasskeyDeviceReadiness broken.csv -By OSVersion");
        Assert.Equal(expected, result.Output.Select(Numbers));
        Assert.Equal(100, result.Errors.Count);
        Assert.Equal(100, result.Errors.Select(e => e.ToString().Split(':')[0]).Distinct().Count());
        Assert.Equal("broken.csv: 1,500 rows read, 100 could not be read.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_stop_in_the_middle_of_a_million_rows_ends_it_and_closes_the_file()
    {
        var path = session.File("million.csv", "Device name,OS,OS version\nbad row\n" + string.Concat(Enumerable.Repeat("d,iOS,17.1\n", 1_000_000)));
        foreach (var command in new[] { "Measure-PasskeyDeviceReadiness", "Test-PasskeyDeviceReadiness", "Import-PasskeyDeviceInventory" })
        {
            using var shell = PowerShell.Create(session.Runspace);
            shell.AddCommand(command).AddParameter("Path", path);
            // The pipeline is held at its second row until somebody has asked it to stop.
            shell.Streams.Error.DataAdded += (_, _) =>
            {
                shell.BeginStop(null, null);
                SpinWait.SpinUntil(() => shell.InvocationStateInfo.State is not PSInvocationState.Running);
            };
            using var output = new PSDataCollection<PSObject>();
            _ = Record.Exception(() => shell.Invoke(null, output));
            Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
            Assert.True(output.Count < 1_000_000);
            using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }

    private static string Numbers(PSObject r) =>
        $"{r.Get("Name")} {r.Get("Count")} {r.Get("Ready")} {r.Get("ReadyOnlyWithChrome")} {r.Get("ActionNeeded")} {r.Get("NotReady")} {r.Get("Unknown")}";
}
