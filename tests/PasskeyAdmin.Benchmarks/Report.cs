using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using PasskeyAdmin.Sandbox.Contoso;

namespace PasskeyAdmin.Benchmarks;

/// <summary>The promises of the README about large inventories, each beside its rival in the same run: whole processes, cold, in turns.</summary>
internal sealed class Report
{
    private const string Peak = "[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64";

    /// <summary>What an administrator writes who has no module, and wants the same table: the published requirements of three providers, best answer wins.</summary>
    private const string SameTable = """
        $matrix = @{
            Windows = @(@{ Support = 'Chrome'; Minimum = [version]'10.0' }, @{ Support = 'Extension'; Minimum = [version]'10.0' })
            macOS = @(@{ Support = 'BuiltIn'; Minimum = [version]'13.0' }, @{ Support = 'Chrome' }, @{ Support = 'Extension' })
            iOS = @(@{ Support = 'BuiltIn'; Minimum = [version]'16.0' }, @{ Support = 'Chrome'; Minimum = [version]'17.0' }, @{ Support = 'App'; Minimum = [version]'17.0' })
            Android = @(@{ Support = 'BuiltIn'; Minimum = [version]'9.0'; Not = 'samsung' }, @{ Support = 'App'; Minimum = [version]'14.0' })
        }
        $table = @{}
        Import-Csv FILE | ForEach-Object {
            $platform = switch -Wildcard ($_.OS) { 'Windows*' { 'Windows' } 'macOS*' { 'macOS' } 'iOS*' { 'iOS' } 'Android*' { 'Android' } 'AOSP*' { 'Android' } default { 'Other' } }
            if ($platform -eq 'Windows' -and $_.SkuFamily -like 'Server*') { $platform = 'WindowsServer' }
            $text = ($_.'OS version' -split ' ')[0]
            $version = $null
            $null = [version]::TryParse($(if ($text -like '*.*') { $text } else { "$text.0" }), [ref] $version)
            $status = 'NotReady'
            foreach ($cell in $matrix[$platform]) {
                $answer = if ($cell.Not -and $_.Manufacturer -like "*$($cell.Not)*") { 'NotReady' }
                    elseif ($cell.Not -and -not $_.Manufacturer -and -not $_.Model) { 'Unknown' }
                    elseif ($cell.Minimum -and -not $version) { 'Unknown' }
                    elseif ($cell.Minimum -and $version -lt $cell.Minimum) { 'NotReady' }
                    elseif ($cell.Support -in 'BuiltIn', 'Chrome') { 'Ready' }
                    else { 'ActionNeeded' }
                if ($answer -eq 'Ready') { $status = $answer; break }
                if ($answer -eq 'ActionNeeded' -or $status -eq 'NotReady') { $status = $answer }
            }
            if (-not $table[$platform]) { $table[$platform] = [pscustomobject]@{ Name = $platform; Count = 0; Ready = 0; ActionNeeded = 0; NotReady = 0; Unknown = 0 } }
            $table[$platform].Count++
            $table[$platform].$status++
        }
        $table.Values
        """;

    /// <summary>What fits on a postcard: ready or not, by system.</summary>
    private const string Postcard = """
        $count = @{}
        Import-Csv FILE | ForEach-Object {
            $os = $_.OS
            $version = $null
            $null = [version]::TryParse($(if ($_.'OS version' -like '*.*') { $_.'OS version' } else { $_.'OS version' + '.0' }), [ref] $version)
            $ready = if ($os -eq 'Windows') { $version.Major -ge 10 }
                elseif ($os -eq 'macOS') { $version.Major -ge 13 }
                elseif ($os -like 'iOS*') { $version.Major -ge 16 }
                elseif ($os -like 'Android*') { $version.Major -ge 9 -and $_.Manufacturer -notlike '*samsung*' }
                else { $false }
            $count["$os $ready"] += 1
        }
        $count
        """;

    private readonly int _rows;
    private readonly int _rounds;
    private readonly string _folder = Directory.CreateTempSubdirectory("passkeyadmin-bench-").FullName;
    private readonly StringBuilder _text = new();
    private readonly string _own = Path.ChangeExtension(typeof(Report).Assembly.Location, ".dll");
    private readonly string _repository = typeof(Report).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
    private readonly string? _pwsh = FindPwsh();

    public Report(int rows, int rounds) => (_rows, _rounds) = (rows, rounds);

    public string Run()
    {
        try
        {
            var file = WriteInventory("inventory.csv", _rows);
            Line($"# Large inventories");
            Line();
            Line($"`dotnet run -c Release --project tests/PasskeyAdmin.Benchmarks -- report {_rows} {_rounds}` on {DateTime.UtcNow:yyyy-MM-dd}: {Machine()}.");
            Line($"An Intune export of {_rows:N0} devices, {new FileInfo(file).Length / 1048576.0:N0} MB, 53 columns, in the file cache. Whole processes from start to end, each alone, {_rounds} rounds in turns; medians.");
            Line($"Staged module and CSV library are the builds for .NET Standard 2.0. The rival is a bare single-threaded scan of the columns that a summary looks at with Sylvan.Data.Csv, which makes their strings and does nothing with them.");
            WithoutPowerShell(file);
            InPowerShell(file);
            if (_pwsh is not null)
            {
                AgainstAScript(file);
                RowsOfImportCsv();
                Start();
            }
            return _text.ToString();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void WithoutPowerShell(string file)
    {
        var scan = Console("Bare scan", "scan", file);
        var users = Console("Bare scan, distinct users as strings", "scan-users", file);
        Contestant[] ours = [Console("Summary, 1 thread", "measure", file, "1"), Console("Summary, 2 threads", "measure", file, "2"), Console("Summary by user, 1 thread", "measure-users", file, "1"), Console("Summary by user, 2 threads", "measure-users", file, "2")];
        Contestant.RunInTurns([scan, users, .. ours], _rounds);
        Table("Without PowerShell", scan, [scan, users, .. ours], null);
    }

    private void InPowerShell(string file)
    {
        var host = _pwsh is null ? "PasskeyAdmin.Shell, as there is no pwsh" : "pwsh";
        var empty = PowerShell("Nothing (both modules imported)", "");
        var scan = PowerShell("`Invoke-BareScan`", $"Invoke-BareScan {file}");
        Contestant[] ours =
        [
            PowerShell("`Measure-PasskeyDeviceReadiness -Path`", $"Measure-PasskeyDeviceReadiness -Path {file} | Out-Null"),
            PowerShell("`… -By User`", $"Measure-PasskeyDeviceReadiness -Path {file} -By User | Out-Null"),
            PowerShell("`… -DuplicateReport`", $"Measure-PasskeyDeviceReadiness -Path {file} -DuplicateReport | Out-Null"),
            PowerShell("`Test-PasskeyDeviceReadiness -Path …` to `Out-Null`", $"Test-PasskeyDeviceReadiness -Path {file} | Out-Null"),
        ];
        Contestant.RunInTurns([empty, scan, .. ours], _rounds);
        Table($"In PowerShell ({host})", scan, [empty, scan, .. ours], empty);
        Line();
        Line($"One object a device from `-Path` to `Out-Null`: {(ours[3].Seconds - empty.Seconds) * 1e6 / _rows:0.00} µs above the empty host.");
        var five = WriteInventory("five.csv", 5 * _rows);
        Contestant[] large = [PowerShell("`Measure-PasskeyDeviceReadiness`", $"Measure-PasskeyDeviceReadiness -Path {five} | Out-Null"), PowerShell("`… -By User`", $"Measure-PasskeyDeviceReadiness -Path {five} -By User | Out-Null"), PowerShell("`… -DuplicateReport`", $"Measure-PasskeyDeviceReadiness -Path {five} -DuplicateReport | Out-Null")];
        Contestant.RunInTurns(large, 1);
        File.Delete(five);
        Line();
        Line($"The same with {5 * _rows:N0} devices ({5 * _rows * 8L / 15:N0} users), once: {string.Join("; ", large.Select(l => $"{l.Name} {l.Seconds:0.0} s, {l.Megabytes - empty.Megabytes:0} MB above the empty host"))}.");
        Line($"So a user takes {Bytes(large[1], ours[1], (5 - 1) * _rows * 8L / 15)} bytes and a device in the report of duplicates {Bytes(large[2], ours[2], (5 - 1) * (long)_rows)} bytes, measured between the two sizes (a table that has just grown is half empty).");
    }

    private void AgainstAScript(string file)
    {
        // Five times as much was written and read since.
        using (var again = File.OpenRead(file)) again.CopyTo(Stream.Null);
        var measure = $"Measure-PasskeyDeviceReadiness -Path {file} | Out-Null";
        var (whole, table, postcard) = (PowerShell("Whole process", measure), Script("Script block, the same table", SameTable, file), Script("Script block, ready or not", Postcard, file));
        Contestant.RunInTurns([whole], _rounds);
        Contestant.RunInTurns([table, postcard], 1);
        var sessions = Enumerable.Range(0, _rounds).Select(_ => Session($"Time {{ {measure} }}; Time {{ {measure} }}")).ToList();
        var (first, second) = (Contestant.Median(sessions.Select(s => s[0])), Contestant.Median(sessions.Select(s => s[1])));
        var (tableInside, postcardInside) = (Session($"Time {{ {Script(SameTable, file)} }}")[0], Session($"Time {{ {Script(Postcard, file)} }}")[0]);
        Line();
        Line("## Against a script");
        Line();
        Line("`Import-Csv` and a script block, once each, for the same table (three providers, the best answer wins) and for ready or not by system.");
        Line();
        Line("| | `Measure-PasskeyDeviceReadiness -Path`, s | same table, s | times as long | ready or not, s | times as long |");
        Line("|---|---:|---:|---:|---:|---:|");
        ScriptRow("Whole process with the start of pwsh", whole.Seconds, table.Seconds, postcard.Seconds);
        ScriptRow("In an open session, first command", first, tableInside, postcardInside);
        ScriptRow("In an open session, second command", second, tableInside, postcardInside);
    }

    private void ScriptRow(string name, double seconds, double table, double postcard) =>
        Line($"| {name} | {seconds:0.00} | {table:0.0} | **{table / seconds:0}** | {postcard:0.0} | {postcard / seconds:0} |");

    /// <summary>Seconds of what is timed with Time in a new session into which the module was imported.</summary>
    private List<double> Session(string script) => [.. Contestant.Output(_pwsh!, "-NoProfile", "-NonInteractive", "-Command",
        Imports() + "function Time($block) { $watch = [Diagnostics.Stopwatch]::StartNew(); $null = & $block; $watch.Elapsed.TotalSeconds.ToString('0.000000', [cultureinfo]::InvariantCulture) }\n" + script)
        .Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    private void RowsOfImportCsv()
    {
        var rows = Math.Min(_rows, 200_000);
        var part = WriteInventory("part.csv", rows);
        // Warm and in one process: 14 µs of Import-Csv vary more between processes than what is measured.
        var times = Session($$"""
            foreach ($round in 1..{{_rounds + 2}}) {
                Time { Import-Csv {{part}} | Out-Null }
                Time { Import-Csv {{part}} | Measure-PasskeyDeviceReadiness | Out-Null }
                Time { Import-Csv {{part}} | Test-PasskeyDeviceReadiness | Out-Null }
            }
            """);
        double[] numbers = [.. Enumerable.Range(0, 3).Select(which => Contestant.Median(times.Where((_, i) => i % 3 == which)) * 1e6 / rows)];
        Line();
        Line("## Rows of Import-Csv");
        Line();
        Line($"Rows of `Import-Csv` through `-InputObject`, {rows:N0} rows of 53 columns, medians of {_rounds + 2} rounds in one process: `Import-Csv | Out-Null` {numbers[0]:0.0} µs a row, with `Measure-PasskeyDeviceReadiness` {numbers[1] - numbers[0]:0.0} µs more, with `Test-PasskeyDeviceReadiness` before `Out-Null` {numbers[2] - numbers[0]:0.0} µs more.");
    }

    private void Start()
    {
        var module = $"Import-Module {Path.Combine(_repository, "out", "PasskeyAdmin", "PasskeyAdmin.psd1")}; ";
        Contestant[] starts = [Pwsh("Nothing", ""), Pwsh("Import", module), Pwsh("Import and `Get-PasskeyProvider 1Password`", module + "Get-PasskeyProvider 1Password | Out-Null"), Pwsh("the same with its table shown", module + "Get-PasskeyProvider 1Password"), Pwsh("Import and `Measure-PasskeyDeviceReadiness` of the sample", module + $"Measure-PasskeyDeviceReadiness {Path.Combine(_repository, "out", "PasskeyAdmin", "Samples", "contoso-devices.csv")} | Out-Null")];
        Contestant.RunInTurns(starts, _rounds * 4 + 1);
        Line();
        Line("## Start");
        Line();
        Line($"pwsh alone takes {starts[0].Seconds * 1000:0} ms; above that: {string.Join("; ", starts.Skip(1).Select(s => $"{s.Name} {(s.Seconds - starts[0].Seconds) * 1000:0} ms"))}.");
    }

    private Contestant Script(string name, string script, string file) => PowerShell(name, Script(script, file));

    private static string Script(string script, string file) => script.Replace("FILE", file, StringComparison.Ordinal) + " | Out-Null";

    private static string Bytes(Contestant large, Contestant small, long more) => $"{(large.Megabytes - small.Megabytes) * 1048576 / more:0}";

    private void Table(string title, Contestant rival, IReadOnlyList<Contestant> contestants, Contestant? empty)
    {
        Line();
        Line($"## {title}");
        Line();
        Line("| | seconds | of the scan | MB |" + (empty is null ? "" : " above the empty host |"));
        Line("|---|---:|---:|---:|" + (empty is null ? "" : "---:|"));
        foreach (var c in contestants)
            Line($"| {c.Name} | {c.Seconds:0.00} | {c.Seconds / rival.Seconds:0.00} | {c.Megabytes:0} |" + (empty is null ? "" : $" {c.Megabytes - empty.Megabytes:0} |"));
    }

    private Contestant Console(string name, params string[] arguments) => new(name, "dotnet", [_own, .. arguments]);

    private Contestant PowerShell(string name, string command) => _pwsh is not null
        ? new Contestant(name, _pwsh, "-NoProfile", "-NonInteractive", "-Command", $"{Imports()}{command}; {Peak}")
        : new Contestant(name, "dotnet", Path.Combine(_repository, "src", "PasskeyAdmin.Shell", "bin", "Release", "net10.0", "PasskeyAdmin.Shell.dll"), "-Command", $"Import-Module {_own}; {command}; {Peak}");

    private Contestant Pwsh(string name, string command) => new(name, _pwsh!, "-NoProfile", "-NonInteractive", "-Command", $"{command}; {Peak}");

    private string Imports() => $"Import-Module {Path.Combine(_repository, "out", "PasskeyAdmin", "PasskeyAdmin.psd1")}, {_own}; ";

    private string WriteInventory(string name, int devices)
    {
        var path = Path.Combine(_folder, name);
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        ContosoInventory.Write(writer, devices);
        return path;
    }

    private static string Machine()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var model = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors{(model is null ? "" : $" ({model})")}, {RuntimeInformation.FrameworkDescription}";
    }

    private static string? FindPwsh() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "pwsh"), Path.Combine(folder, "pwsh.exe") }).FirstOrDefault(File.Exists);

    private void Line(string text = "") => _text.Append(text).Append('\n');

    private void Line(FormattableString text) => Line(text.ToString(CultureInfo.InvariantCulture));
}
