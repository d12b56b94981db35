using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text;

namespace PasskeyAdmin.Shell;

/// <summary>Hosts the PowerShell engine with the staged module, for machines without pwsh.</summary>
internal static class Program
{
    private const int UsageError = 64;

    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (ShellArguments.Parse(args) is not { } arguments)
        {
            Console.Error.WriteLine(ShellArguments.Usage);
            return UsageError;
        }
        var module = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StagedModule").Value!;
        var manifest = Path.Combine(module, "PasskeyAdmin.psd1");
        if (!File.Exists(manifest))
        {
            Console.Error.WriteLine($"The module is not staged: {manifest} is missing. Run dotnet build first.");
            return 1;
        }

        var host = new ShellHost();
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule(manifest);
        using var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using var session = new ShellSession(runspace, host);
        Console.CancelKeyPress += (_, e) => e.Cancel = session.Stop();
        return arguments.Mode switch
        {
            ShellMode.Command => session.RunCommand(arguments.Text),
            ShellMode.File => session.RunFile(arguments.Text, arguments.Rest),
            _ => Tour.Run(session, module),
        };
    }
}
