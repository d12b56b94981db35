using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
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
    /// <param name="settings">Settings of Contoso in memory; null for its own.</param>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileInvalid</c> and others: see <see cref="SandboxTenant"/>.</exception>
    public static (TenantFacts Facts, GraphConnection Connection) Open(string? path, IDictionary? settings, IClock clock, Action<string> warn)
    {
        var tenant = path is null ? SandboxTenant.CreateContoso(settings is null ? [] : Entries(settings)) : LoadOrCreate(path, warn);
        var client = new HttpClient(new SandboxHandler(tenant)) { BaseAddress = Endpoint, Timeout = Timeout.InfiniteTimeSpan };
        var id = tenant.Id;
        var connection = new GraphConnection(Endpoint, () => client)
        {
            SignInCommand = "Connect-PasskeyTenant -Sandbox",
            IsSandbox = true,
            OtherTenantAdvice = path is null ? "The built-in sandbox is always Contoso; another tenant needs a file of its own." : "Name the file of the tenant that you want.",
            Verify = () => RequireSame(id, tenant.Id),
            Closed = client.Dispose,
            Clock = new SandboxClock(tenant, clock),
            // Who learns should not wait; a tenant that enforces the limits is there to see them at work.
            IsPaced = tenant.EnforcesThrottling,
            Permissions = tenant.Scopes,
            IsAppOnly = tenant.IsAppOnly,
        };
        return (new TenantFacts(TenantConnection.Sandbox, nameof(TenantConnection.Sandbox)) { TenantId = id, Path = path, Account = tenant.Account, Scopes = tenant.Scopes, HasSandboxSettings = settings is { Count: > 0 } }, connection);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary settings)
    {
        foreach (DictionaryEntry entry in settings) yield return new KeyValuePair<string, object?>(LanguagePrimitives.ConvertTo<string>(entry.Key), Plain(entry.Value));
    }

    /// <summary>What PowerShell wrapped, without the wrapping.</summary>
    private static object? Plain(object? value) => Wrapped.Unwrap(value) switch
    {
        IEnumerable list and not string => list.Cast<object?>().Select(Plain).ToArray(),
        var plain => plain,
    };

    private static SandboxTenant LoadOrCreate(string path, Action<string> warn)
    {
        if (Directory.Exists(path)) throw PathInvalid(path, "is a folder. Name a file in it");
        if (File.Exists(path)) return SandboxTenant.Load(path);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder)) throw PathInvalid(path, $"cannot be made: there is no folder '{DisplayText.Neutralise(folder)}'");
        if (WildcardPattern.ContainsWildcardCharacters(path)) throw PathInvalid(path, "is not there, and a file of that name is not made, because it has wildcards");
        var tenant = SandboxTenant.Create(path);
        warn($"There was no file '{DisplayText.Neutralise(path)}': it was created, with the sample tenant Contoso in it.");
        return tenant;
    }

    /// <summary>Somebody may put another tenant into the file.</summary>
    private static void RequireSame(string pinned, string now)
    {
        if (!pinned.Equals(now, StringComparison.OrdinalIgnoreCase))
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "TenantSessionChanged", $"The file of the sandbox now holds another tenant ({DisplayText.Neutralise(now)}) than when it was connected ({pinned}). Connect again with Connect-PasskeyTenant.")
            {
                RecommendedAction = "Connect-PasskeyTenant",
            };
    }

    private static PasskeyAdminException PathInvalid(string path, string reason) => new(ErrorKind.InvalidArgument, "SandboxPathInvalid", $"'{DisplayText.Neutralise(path)}' {reason}.");
}
