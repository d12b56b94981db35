using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>A runspace with the staged module, imported through its manifest, and a folder of its own for files.</summary>
public sealed class ModuleSession : IDisposable
{
    private readonly CapturingHost _host;

    public ModuleSession()
        : this("Tests")
    {
    }

    /// <param name="hostName">What the host says that it is.</param>
    internal ModuleSession(string hostName)
    {
        _host = new CapturingHost(hostName);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule(TestPaths.Manifest);
        Runspace = RunspaceFactory.CreateRunspace(_host, state);
        Runspace.Open();
        Folder = Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName;
        Home = Directory.CreateTempSubdirectory("passkeyadmin-home-").FullName;
        // Not the folder of whoever runs the tests. They run one after the other.
        Environment.SetEnvironmentVariable("PASSKEYADMIN_HOME", Home);
        Runspace.SessionStateProxy.Path.SetLocation(Folder);
        Runspace.SessionStateProxy.SetVariable("sample", TestPaths.Sample);
    }

    public Runspace Runspace { get; }

    internal CapturingHost Host => _host;

    /// <summary>What was asked, each with the choice that a blank line means.</summary>
    public IReadOnlyList<string> Questions => [.. _host.Asked.Select(q => $"{q.Caption}\n{q.Message}\n[{q.Default}]")];

    /// <summary>Gives every question from now on the same answer.</summary>
    /// <param name="choice">As the host shows it, such as Yes.</param>
    public void Answer(string choice) => _host.Answer = q => q.Choices.Select(c => c.Replace("&", "", StringComparison.Ordinal)).ToList().IndexOf(choice);

    /// <summary>The current location of the session, empty at first.</summary>
    public string Folder { get; }

    /// <summary>Where the module keeps what belongs to the user, empty at first.</summary>
    public string Home { get; }

    /// <summary>Runs a script and collects its streams.</summary>
    public RunResult Run(string script, params (string Name, object? Value)[] variables)
    {
        foreach (var (name, value) in variables) Runspace.SessionStateProxy.SetVariable(name, value);
        using var shell = PowerShell.Create(Runspace);
        shell.AddScript(script);
        RuntimeException? thrown = null;
        IList<PSObject> output = [];
        try
        {
            output = shell.Invoke();
        }
        catch (RuntimeException e)
        {
            thrown = e;
        }
        var errors = shell.Streams.Error.ToList();
        if (thrown is not null && !errors.Any(e => e.FullyQualifiedErrorId == thrown.ErrorRecord.FullyQualifiedErrorId)) errors.Add(thrown.ErrorRecord);
        return new RunResult([.. output], errors, [.. shell.Streams.Warning.Select(w => w.Message)], [.. shell.Streams.Verbose.Select(v => v.Message)]);
    }

    /// <summary>The output of a script that must not report anything.</summary>
    public IReadOnlyList<PSObject> Output(string script, params (string Name, object? Value)[] variables)
    {
        var result = Run(script, variables);
        Assert.Empty(result.Errors);
        return result.Output;
    }

    /// <summary>What the host shows, as a user sees it.</summary>
    public string Shown(string script, params (string Name, object? Value)[] variables)
    {
        foreach (var (name, value) in variables) Runspace.SessionStateProxy.SetVariable(name, value);
        _host.Clear();
        using var shell = PowerShell.Create(Runspace);
        shell.AddScript(script);
        shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default").Invoke();
        return _host.Text;
    }

    /// <summary>Writes a file into the session's folder.</summary>
    public string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose()
    {
        Runspace.Dispose();
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Home, recursive: true);
    }
}

/// <summary>What a script wrote.</summary>
public sealed record RunResult(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<string> Verbose)
{
    /// <summary>The only error.</summary>
    public ErrorRecord Error => Assert.Single(Errors);
}

/// <summary>Engine tests run one after the other: a runspace is expensive, and two cores are all there is.</summary>
[CollectionDefinition(Name)]
public sealed class EngineGroup : ICollectionFixture<ModuleSession>
{
    public const string Name = "Engine";
}

internal static class Properties
{
    /// <summary>A property of an output object, as a script reads it.</summary>
    public static object? Get(this PSObject item, string name) => (item.Properties[name] ?? throw new InvalidOperationException($"There is no property {name}.")).Value;

    public static string? Text(this PSObject item, string name) => item.Get(name)?.ToString();
}
