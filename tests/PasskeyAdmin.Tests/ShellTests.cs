using System;
using System.Diagnostics;
using System.IO;
using System.Text.RegularExpressions;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests;

/// <summary>PasskeyAdmin.Shell as a user starts it: a process, without standard input.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("passkeyadmin-shell-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_tour_does_the_main_job()
    {
        var (code, output) = Shell();
        Assert.Equal(0, code);
        Assert.Matches(@"Android\s+283\s+170\s+0\s+67\s+43\s+3\s+60\.0 %", output);
        Assert.Matches(@"Contoso\s+Sandbox\s+6f1c2b9e-\S+", output);
        Assert.Matches(@"Fail\s+EmergencyAccount\s+None is named", output);
        Assert.Matches(@"ProfilesEnrolled\s+: Yes", output);
        Assert.Matches(@"Privileged access\s+DeviceBound\s+RegistrationOnly\s+only Microsoft Authenticator", output);
        Assert.Matches(@"60 Stranded \(2 administrators\)", output);
        Assert.Matches(@"Stranded\s+raul\.gu@contoso\.com\s+admin\s+Google Password Manager", output);
        Assert.Matches(@"Difference : Synced pilot: - passkey type Synced\s+Affected   : 132", output);
        Assert.Matches(@"Synced pilot: \+ passkey type\s+Applied", output);
        Assert.Matches(@"Synced pilot: - passkey type\s+Applied[^\n]*\n[^\n]*undone by", output);
        Assert.Contains("Synced: Synced pilot allows it.", output, StringComparison.Ordinal);
        Assert.Contains("# What to do next", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Theory]
    [InlineData("Get-PasskeyProvider 1Password", 0, "AgileBits")]
    [InlineData("Get-PasskeyProvider Nobody", 1, "There is no passkey provider 'Nobody'")]
    [InlineData("Get-PasskeyProvider Nobody; 'still here' # a comment at the end", 0, "still here")]
    [InlineData("throw 'enough'", 1, "enough")]
    [InlineData("'early'; return; throw 'late'", 0, "early")]
    [InlineData("exit 7", 7, "")]
    [InlineData("if (", 1, "Missing")]
    public void Command_gives_the_exit_code(string command, int expected, string text)
    {
        var (code, output) = Shell("-Command", command);
        Assert.Equal(expected, code);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("param($Name, [switch]$Loud) \"$Name $Loud\"", 0, "O'Brien & ‘co’ True")]
    [InlineData("'before'; exit 5; 'too late'", 5, "before")]
    [InlineData("throw 'enough'", 1, "enough")]
    [InlineData("exit 0", 0, "")]
    [InlineData("(", 1, "")]
    [InlineData("#requires -Version 99", 1, "")]
    [InlineData("param([int]$Name) $Name", 1, "")]
    [InlineData("param([Parameter(Mandatory)]$Other, [switch]$Loud, $Name) $Name", 1, "")]
    [InlineData("dotnet no-such-command 2>$null | Out-Null; \"$LASTEXITCODE then 'fine'\"", 0, "1 then 'fine'")]
    [InlineData("Get-PasskeyProvider Nobody; 'goes on'", 0, "goes on")]
    [InlineData("param([switch]$Loud, $Name) $Loud.IsPresent", 0, "True")]
    public void File_runs_a_script_with_arguments(string script, int expected, string text)
    {
        var path = Path.Combine(_folder, "it's a script.ps1");
        File.WriteAllText(path, script);
        var (code, output) = Shell("-File", path, "-Name", "O'Brien & ‘co’", "-Loud");
        Assert.Equal(expected, code);
        Assert.Contains(text, output, StringComparison.Ordinal);
        Assert.DoesNotContain("too late", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-File", "nowhere.ps1")]
    [InlineData("-Nonsense", "x")]
    [InlineData("-Command")]
    public void Wrong_use_is_said(params string[] arguments) => Assert.Equal(64, Shell(arguments).Code);

    [Theory]
    [InlineData("Import-PasskeyDeviceInventory", "missing mandatory parameters: Path")]
    [InlineData("$Host.UI.ReadLine()", "asks no questions")]
    public void It_never_waits_for_input(string command, string text)
    {
        var (code, output) = Shell("-Command", command);
        Assert.Equal(1, code);
        Assert.Contains(text, Regex.Replace(output, @"\s+", " "), StringComparison.Ordinal);
    }

    private static (int Code, string Output) Shell(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet")
        {
            // An open pipe that nobody writes to: a shell that waits for input would wait for ever.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(TestPaths.Repository, "src", "PasskeyAdmin.Shell", "bin", configuration, "net10.0", "PasskeyAdmin.Shell.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
