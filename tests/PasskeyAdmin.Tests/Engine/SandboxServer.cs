using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>A loopback server in front of the sandbox of the staged module.</summary>
internal static class SandboxServer
{
    /// <param name="json">The tenant; null for the small one.</param>
    public static GraphServer Start(ModuleSession session, string? json = null)
    {
        json ??= SmallTenant.Json;
        Load(session);
        return new((HttpMessageHandler)session.Output("[PasskeyAdmin.Sandbox.SandboxHandler]::new([PasskeyAdmin.Sandbox.SandboxTenant]::Parse($json))", ("json", json)).Single().BaseObject);
    }

    /// <summary>A small Contoso as the file of a sandbox has it. What the sample tenant has is another matter.</summary>
    public static string Contoso(ModuleSession session)
    {
        Load(session);
        return session.Output("[PasskeyAdmin.Sandbox.SandboxTenant]::Parse($json).ToJson()", ("json", SmallTenant.Json)).Single().ToString();
    }

    /// <summary>Nothing has used the sandbox yet in a session that has not connected one.</summary>
    private static void Load(ModuleSession session) => session.Output("[System.Reflection.Assembly]::LoadFrom($sandbox)", ("sandbox", Path.Combine(TestPaths.Module, "bin", "PasskeyAdmin.Sandbox.dll")));

    /// <summary>Connects the session to a server with a token, and gives what Connect wrote.</summary>
    public static void Connect(ModuleSession session, Uri address, string token = "opaque-token") =>
        Assert.Empty(session.Run("$null = Connect-PasskeyTenant -AccessToken $token -GraphEndpoint $endpoint", ("token", token), ("endpoint", address)).Errors);
}
