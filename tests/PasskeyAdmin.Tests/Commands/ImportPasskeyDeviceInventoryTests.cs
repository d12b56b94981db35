using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public class ImportPasskeyDeviceInventoryTests(ModuleSession session)
{
    private const string Id = ",PasskeyAdmin.Commands.ImportPasskeyDeviceInventoryCommand";
    private const string Header = "Device name,OS,OS version,Manufacturer\n";

    [Fact]
    public void The_sample_comes_in_whole()
    {
        var result = session.Run("Import-PasskeyDeviceInventory $sample -Verbose");
        Assert.Empty(result.Errors);
        Assert.Equal(1500, result.Output.Count);
        Assert.Equal("PasskeyAdmin.Devices.Device", result.Output[0].TypeNames[0]);
        Assert.Contains("contoso-devices.csv: 1,500 rows read.", result.Verbose);
    }

    [Theory]
    [InlineData("Import-PasskeyDeviceInventory in-*.csv")]
    [InlineData("Import-PasskeyDeviceInventory -Path in-1.csv, in-2.csv")]
    [InlineData("'in-1.csv', 'in-2.csv' | Import-PasskeyDeviceInventory")]
    [InlineData("[IO.FileInfo](Join in-1.csv), [IO.FileInfo](Join in-2.csv) | Import-PasskeyDeviceInventory")]
    [InlineData("[pscustomobject]@{ PSPath = (Join in-1.csv) }, [pscustomobject]@{ LP = 'in-2.csv' } | Import-PasskeyDeviceInventory")]
    [InlineData("[pscustomobject]@{ LiteralPath = 'in-1.csv', 'in-2.csv' } | Import-PasskeyDeviceInventory")]
    public void Files_come_by_every_road(string script)
    {
        session.File("in-1.csv", Header + "a,iOS,17,Apple\n");
        session.File("in-2.csv", Header + "b,iOS,17,Apple\n");
        var output = session.Output("function Join($name) { [IO.Path]::Combine($PWD.ProviderPath, $name) }; " + script);
        Assert.Equal(["a", "b"], output.Select(d => d.Text("DeviceName")));
    }

    [Fact]
    public void A_name_with_wildcard_characters_needs_LiteralPath()
    {
        session.File("odd[1].csv", Header + "a,iOS,17,Apple\n");
        Assert.Single(session.Output("Import-PasskeyDeviceInventory -LiteralPath 'odd[1].csv'"));
        var error = session.Run("Import-PasskeyDeviceInventory 'odd[1].csv'").Error;
        Assert.Equal("FileNotFound" + Id, error.FullyQualifiedErrorId);
        Assert.Contains("-LiteralPath", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.csv", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("folder", "FileIsFolder", ErrorCategory.InvalidArgument)]
    [InlineData("empty.csv", "FileEmpty", ErrorCategory.InvalidData)]
    [InlineData("columns.csv", "InventoryColumnsUnrecognised", ErrorCategory.InvalidData)]
    [InlineData("cut.json", "InventoryFileDamaged", ErrorCategory.InvalidData)]
    [InlineData("env:PATH", "PathNotFileSystem", ErrorCategory.InvalidArgument)]
    [InlineData("nodrive:x.csv", "FileNotFound", ErrorCategory.ObjectNotFound)]
    public void A_bad_file_is_one_error_and_the_next_file_is_read(string path, string errorId, ErrorCategory category)
    {
        Directory.CreateDirectory(Path.Combine(session.Folder, "folder"));
        session.File("empty.csv", "");
        session.File("columns.csv", "Colour\nred\n");
        session.File("cut.json", "[{\"deviceName\":\"a\",\"operatingSystem\":\"iOS\"}, {");
        session.File("good.csv", Header + "good,iOS,17,Apple\n");
        var result = session.Run("Import-PasskeyDeviceInventory $path, good.csv", ("path", path));
        Assert.Equal(errorId + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal((category, path), (result.Error.CategoryInfo.Category, result.Error.TargetObject));
        Assert.Equal("good", result.Output[^1].Text("DeviceName"));
    }

    [Fact]
    public void A_bad_row_is_an_error_with_its_place_and_the_end_counts()
    {
        session.File("rows.csv", Header + "a,iOS,17,Apple\n\"bad\" b,iOS,17,Apple\nc\nd,iOS,17,Apple\n");
        var result = session.Run("Import-PasskeyDeviceInventory rows.csv");
        Assert.Equal(["a", "d"], result.Output.Select(d => d.Text("DeviceName")));
        Assert.All(result.Errors, e => Assert.Equal("InventoryRowUnreadable" + Id, e.FullyQualifiedErrorId));
        Assert.Equal(["rows.csv, line 3", "rows.csv, line 4"], result.Errors.Select(e => e.ToString()[..16]));
        Assert.Equal("rows.csv: 2 rows read, 2 could not be read.", Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("Device name,OS\n")]
    [InlineData("{ \"value\": [] }")]
    public void A_file_without_devices_is_said_so(string content)
    {
        session.File("none.csv", content);
        var result = session.Run("Import-PasskeyDeviceInventory none.csv");
        Assert.Empty(result.Errors);
        Assert.StartsWith("none.csv holds no devices", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorAction_Stop_stops_at_the_bad_row()
    {
        session.File("stop.csv", Header + "a,iOS,17,Apple\nbad\nc,iOS,17,Apple\n");
        var error = session.Run("Import-PasskeyDeviceInventory stop.csv -ErrorAction Stop").Error;
        Assert.Equal("InventoryRowUnreadable" + Id, error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("@{ Colour = 'x' }", "Colour")]
    [InlineData("@{ OSVersion = '' }", "OSVersion")]
    [InlineData("@{ OSVersion = 'x'; Model = 'X' }", "twice")]
    public void A_bad_column_map_ends_the_command(string map, string reason)
    {
        var error = session.Run($"Import-PasskeyDeviceInventory $sample -ColumnMap {map}").Error;
        Assert.Equal("ColumnMapInvalid" + Id, error.FullyQualifiedErrorId);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_map_reads_foreign_columns()
    {
        session.File("mapped.csv", "Gerät;System;Stand\nL1;Windows;10.0.22631.1\n");
        var device = Assert.Single(session.Output("Import-PasskeyDeviceInventory mapped.csv -ColumnMap @{ devicename = 'Gerät'; OperatingSystem = 'System'; OSVersion = 'Stand' }"));
        Assert.Equal(("L1", "10.0.22631.1"), (device.Text("DeviceName"), device.Text("ParsedVersion")));
    }

    [Fact]
    public void Hostile_names_are_shown_harmless()
    {
        session.File("hostile.csv", Header + "\u001b]0;owned\u0007\u202Egpj,iOS,17,Apple\n");
        Assert.Equal("\uFFFD]0;owned\uFFFD\uFFFDgpj", Assert.Single(session.Output("Import-PasskeyDeviceInventory hostile.csv")).Text("DeviceName"));
        session.File("h\u001b.csv", "Colour\n");
        Assert.DoesNotContain('\u001b', session.Run("Import-PasskeyDeviceInventory h?.csv -ErrorAction SilentlyContinue; $Error[0].ToString()").Output[^1].ToString());
    }

    [Fact]
    public void Nothing_is_read_beyond_what_is_asked_for()
    {
        session.File("endless.csv", Header + "a,iOS,17,Apple\nb,iOS,17,Apple\nbad\n");
        // Select-Object is not in the bare engine; a throw upstream ends the pipeline the same way.
        var result = session.Run("$seen = 0; try { Import-PasskeyDeviceInventory endless.csv | ForEach-Object { $seen++; if ($seen -eq 2) { throw 'enough' } } } catch { $_.ToString() }; $seen");
        Assert.Equal(["enough", "2"], result.Output.Select(o => o.ToString()));
    }

    [Fact]
    public void What_is_not_UTF8_is_read_with_a_warning()
    {
        File.WriteAllBytes(session.File("western.csv", ""), System.Text.Encoding.Latin1.GetBytes(Header + "Jürgens Laptop,Windows,10.0.22631.1,Dell\n"));
        var result = session.Run("Import-PasskeyDeviceInventory western.csv");
        Assert.Equal("Jürgens Laptop", Assert.Single(result.Output).Text("DeviceName"));
        Assert.StartsWith("western.csv is not all UTF-8; the rest was read as Windows-1252", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_is_no_export_is_refused_and_the_next_file_is_read()
    {
        using (var archive = new System.IO.Compression.ZipArchive(File.Create(session.File("two.zip", "")), System.IO.Compression.ZipArchiveMode.Create))
            _ = (archive.CreateEntry("a.csv"), archive.CreateEntry("b.csv"));
        session.File("good.csv", Header + "good,iOS,17,Apple\n");
        var result = session.Run("Import-PasskeyDeviceInventory two.zip, good.csv");
        Assert.Equal("ArchiveRefused" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal("two.zip is a zip archive that is not read: it holds 2 files instead of one. Extract the export and name that file.", result.Error.ToString());
        Assert.Equal("good", Assert.Single(result.Output).Text("DeviceName"));
    }

    [Fact]
    public void A_stop_ends_it_at_once()
    {
        session.File("long.csv", Header + string.Concat(Enumerable.Range(0, 400_000).Select(i => $"d{i},iOS,17,Apple\n")));
        using var shell = PowerShell.Create(session.Runspace);
        shell.AddScript("Import-PasskeyDeviceInventory long.csv");
        using var first = new ManualResetEventSlim();
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, _) => first.Set();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        first.Wait();
        shell.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.True(output.Count < 400_000);
        Assert.Empty(shell.Streams.Error);
        running.AsyncWaitHandle.Dispose();
    }
}
