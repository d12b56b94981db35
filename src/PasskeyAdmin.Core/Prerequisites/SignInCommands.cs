using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Commands that connect a tenant again, in the way it was connected; null where no command of ours would be the same sign-in.</summary>
internal static class SignInCommands
{
    // Microsoft Graph Command Line Tools, which Connect-MgGraph takes where nobody names another one.
    private const string UsualClient = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

    /// <param name="tenant">Null where none was connected.</param>
    public static string? SignIn(TenantSession? tenant, IReadOnlyList<TenantCapability> capabilities) => tenant switch
    {
        null => $"Connect-PasskeyTenant -Capability {string.Join(", ", capabilities)}",
        { HasSandboxSettings: true } => null,
        // With a certificate, a secret or an identity of the machine, which do not show: nobody could sign in there in a browser.
        { Connection: TenantConnection.GraphPowerShell, IsAppOnly: true } => null,
        { Connection: TenantConnection.GraphPowerShell } => $"{Graph(tenant, CapabilityPermissions.Least(capabilities))}; {Connect(tenant, capabilities)}",
        _ => Connect(tenant, capabilities),
    };

    /// <summary>What to do instead of, or with, <see cref="SignIn"/>.</summary>
    public static string SignInAdvice(TenantSession? tenant) => tenant switch
    {
        { HasSandboxSettings: true } => "Connect again with the command that connected, and its settings.",
        { Connection: TenantConnection.GraphPowerShell, IsAppOnly: true } => "Sign in with Connect-MgGraph as the same application, with the same certificate, secret or identity, and connect again.",
        _ => "Sign in.",
    };

    /// <summary>For a user of Microsoft Graph PowerShell, who can ask for more; null for others, who cannot by a command.</summary>
    public static string? WithPermissions(TenantSession tenant, IReadOnlyList<string> permissions, IReadOnlyList<TenantCapability> capabilities) =>
        tenant is { Connection: TenantConnection.GraphPowerShell, IsAppOnly: false } ? $"{Graph(tenant, permissions)}; {Connect(tenant, capabilities)}" : null;

    /// <summary>Null for a sandbox with settings: see <see cref="EmergencyAdvice"/>.</summary>
    public static string? WithEmergencyAccounts(TenantSession tenant, IReadOnlyList<string> accounts, IReadOnlyList<TenantCapability> capabilities) =>
        tenant.HasSandboxSettings ? null : Connect(tenant, capabilities, accounts);

    /// <summary>What the command would do, for where it is to be added to another one.</summary>
    public static string EmergencyAdvice(TenantSession tenant, IReadOnlyList<string> accounts) => tenant.HasSandboxSettings ? $" Add to the command that connected:{Emergency(accounts)}." : "";

    private static string Connect(TenantSession tenant, IReadOnlyList<TenantCapability> capabilities, IReadOnlyList<string>? accounts = null)
    {
        var way = tenant.Connection switch
        {
            TenantConnection.Sandbox => tenant.Path is { } path ? $" -Sandbox -Path {CommandText.Quote(path)}" : " -Sandbox",
            TenantConnection.AccessToken => $" -AccessToken $token{Id(tenant)}{Address(tenant)}",
            _ => Id(tenant),
        };
        // In a sandbox there is nothing to ask for.
        var wanted = tenant.IsSandbox ? "" : $" -Capability {string.Join(", ", capabilities)}";
        return $"Connect-PasskeyTenant{way}{wanted}{Emergency(accounts ?? tenant.EmergencyAccount)}";
    }

    private static string Emergency(IReadOnlyList<string> accounts) => accounts.Count > 0 ? $" -EmergencyAccount {string.Join(", ", accounts.Select(CommandText.Quote))}" : "";

    private static string Address(TenantSession tenant) =>
        GraphCloud.Find(tenant.Environment) is not { } cloud ? $" -GraphEndpoint {CommandText.Quote(tenant.Endpoint.ToString())}" : cloud.Name == "Global" ? "" : $" -Environment {cloud.Name}";

    private static string Graph(TenantSession tenant, IReadOnlyList<string> permissions)
    {
        var client = tenant.ClientId is { Length: > 0 } id && !id.Equals(UsualClient, System.StringComparison.OrdinalIgnoreCase) ? $" -ClientId {CommandText.Quote(id)}" : "";
        var environment = tenant.Environment == "Global" ? "" : $" -Environment {CommandText.Quote(tenant.Environment)}";
        return $"Connect-MgGraph{Id(tenant)}{client}{environment} -Scopes {string.Join(", ", permissions.Select(CommandText.Quote))}";
    }

    private static string Id(TenantSession tenant) => tenant.TenantId is { } id ? $" -TenantId {CommandText.Quote(id)}" : "";
}
