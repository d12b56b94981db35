using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Commands;

/// <summary>Connects a sandbox: Contoso in memory, or a tenant in a file.</summary>
internal static class SandboxConnection
{
    private static readonly Uri Endpoint = new("https://graph.sandbox.invalid/");

    /// <param name="path">Null for Contoso in memory.</param>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileInvalid</c> and others: see <see cref="SandboxTenant"/>.</exception>
    public static (TenantFacts Facts, GraphConnection Connection) Open(string? path, Action<string> warn)
    {
        var tenant = path is null ? SandboxTenant.CreateContoso() : LoadOrCreate(path, warn);
        var client = new HttpClient(new SandboxHandler(tenant)) { BaseAddress = Endpoint, Timeout = Timeout.InfiniteTimeSpan };
        var connection = new GraphConnection(Endpoint, () => client) { SignInCommand = "Connect-PasskeyTenant -Sandbox", Closed = client.Dispose };
        return (new TenantFacts(TenantConnection.Sandbox, nameof(TenantConnection.Sandbox)) { TenantId = tenant.Id, Path = path }, connection);
    }

    private static SandboxTenant LoadOrCreate(string path, Action<string> warn)
    {
        if (File.Exists(path) || Directory.Exists(path)) return SandboxTenant.Load(path);
        var tenant = SandboxTenant.Create(path);
        warn($"There was no file '{DisplayText.Neutralise(path)}': it was created, with the sample tenant Contoso in it.");
        return tenant;
    }
}
