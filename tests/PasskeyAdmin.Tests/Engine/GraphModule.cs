using System;
using System.IO;
using Microsoft.Graph.PowerShell.Authentication;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>
/// For as long as it lives, PowerShell finds the stand-in for Microsoft.Graph.Authentication. Module path and stand-in are the process's:
/// only tests of the engine group use it, each with a session of its own, since a module once imported stays in a runspace.
/// </summary>
public sealed class GraphModule : IDisposable
{
    private const string ModulePath = "PSModulePath";

    private readonly string? _path = Environment.GetEnvironmentVariable(ModulePath);

    public GraphModule(Uri? endpoint = null)
    {
        StandIn.Reset();
        StandIn.Endpoint = endpoint;
        Environment.SetEnvironmentVariable(ModulePath, TestPaths.TestModules + Path.PathSeparator + _path);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(ModulePath, _path);
        StandIn.Reset();
    }
}
