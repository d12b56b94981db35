using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace PasskeyAdmin.Shell;

/// <summary>Runs commands in the hosted runspace and knows how they ended.</summary>
internal sealed partial class ShellSession(Runspace runspace, ShellHost host) : IDisposable
{
    private const int Failed = 1;
    private const int UsageError = 64;
    private const string ExitVariable = "PasskeyAdminShellExitCode";
    private const string SuccessVariable = "PasskeyAdminShellSucceeded";

    private PowerShell? _running;
    private bool _stopped;

    /// <summary>Commands, as <c>pwsh -Command</c> runs them: 1 where the last one failed, else 0; or what <c>exit</c> said.</summary>
    public int RunCommand(string text) => Invoke(p => p.AddScript($"{text}\n$global:{SuccessVariable} = $?"), () => Read<bool>(SuccessVariable) ? 0 : Failed);

    /// <summary>A script, as <c>pwsh -File</c> runs it: what <c>exit</c> said, 1 where an error ended it, else 0.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"There is no script {file}.");
            return UsageError;
        }
        var line = string.Join(' ', arguments.Select(Argument).Prepend(Quote(file)).Prepend("&"));
        // A program that the script runs sets LASTEXITCODE as well; only exit makes the script itself fail.
        return Invoke(p => p.AddScript($"{line}\nif (-not $?) {{ $global:{ExitVariable} = if ($null -ne $global:LASTEXITCODE) {{ $global:LASTEXITCODE }} else {{ 1 }} }}"), () => Read<int?>(ExitVariable) ?? 0);
    }

    /// <summary>Ends what is running, if anything is.</summary>
    public bool Stop()
    {
        if (_running is not { } running) return false;
        _stopped = true;
        running.BeginStop(null, null);
        return true;
    }

    public void Dispose() => _running?.Dispose();

    private int Invoke(Action<PowerShell> commands, Func<int> exitCode)
    {
        // Commands that return early leave it as it is.
        runspace.SessionStateProxy.SetVariable(SuccessVariable, true);
        using var shell = _running = PowerShell.Create(runspace);
        commands(shell);
        shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException e)
        {
            if (host.ExitCode is null) Show(e);
            return host.ExitCode ?? (_stopped ? 130 : Failed);
        }
        finally
        {
            _running = null;
        }
        return host.ExitCode ?? (_stopped ? 130 : exitCode());
    }

    private void Show(RuntimeException exception)
    {
        if (_stopped) return;
        if (exception is ParseException)
        {
            // Its record has no place in a script, and the engine's view shows nothing without one.
            host.UI.WriteErrorLine(exception.Message);
            return;
        }
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Out-Default").AddParameter("InputObject", exception.ErrorRecord).Invoke();
    }

    /// <summary>What a script left in a global variable. (In a pipeline of its own, $? would speak of Out-Default.)</summary>
    private T? Read<T>(string variable)
    {
        using var shell = PowerShell.Create(runspace);
        return shell.AddScript($"$global:{variable}").Invoke<T>().FirstOrDefault();
    }

    /// <summary>An argument that looks like a parameter stays one; everything else is text.</summary>
    private static string Argument(string argument) =>
        ParameterName().Match(argument) is { Success: true } match
            ? match.Groups["value"].Success ? $"-{match.Groups["name"].Value}:{Value(match.Groups["value"].Value)}" : argument
            : Quote(argument);

    /// <summary>A switch can be given as -Switch:$false, as with pwsh.</summary>
    private static string Value(string value) => value.ToLowerInvariant() is "$true" or "$false" ? value : Quote(value);

    private static string Quote(string text) => "'" + Quotes().Replace(text, "$0$0") + "'";

    [GeneratedRegex("^-(?<name>[A-Za-z_][A-Za-z0-9_]*)(:(?<value>.*))?$", RegexOptions.Singleline)]
    private static partial Regex ParameterName();

    [GeneratedRegex("['\u2018\u2019\u201A\u201B]")]
    private static partial Regex Quotes();
}
