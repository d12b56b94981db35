using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Commands that connect a tenant again, in the way it was connected.</summary>
internal static class SignInCommands
{
    /// <param name="tenant">Null where none was connected.</param>
    public static string SignIn(TenantSession? tenant, IReadOnlyList<TenantCapability> capabilities) => tenant switch
    {
        null => $"Connect-PasskeyTenant -Capability {string.Join(", ", capabilities)}",
        { Connection: TenantConnection.GraphPowerShell } => $"Connect-MgGraph{Place(tenant)}; {Connect(tenant)}",
        _ => Connect(tenant),
    };

    /// <summary>For a user of Microsoft Graph PowerShell, who can ask for more; null for others, who cannot by a command.</summary>
    public static string? WithPermissions(TenantSession tenant, IReadOnlyList<string> permissions) =>
        tenant is { Connection: TenantConnection.GraphPowerShell, IsAppOnly: false }
            ? $"Connect-MgGraph{Place(tenant)} -Scopes {string.Join(", ", permissions.Select(CommandText.Quote))}; {Connect(tenant)}"
            : null;

    public static string WithEmergencyAccounts(TenantSession tenant, IReadOnlyList<string> accounts) => Connect(tenant, accounts);

    private static string Connect(TenantSession tenant, IReadOnlyList<string>? accounts = null)
    {
        accounts ??= tenant.EmergencyAccount;
        var way = tenant.Connection switch
        {
            TenantConnection.Sandbox => tenant.Path is { } path ? $" -Sandbox -Path {CommandText.Quote(path)}" : " -Sandbox",
            TenantConnection.AccessToken => $" -AccessToken $token{Address(tenant)}",
            _ => tenant.TenantId is { } id ? $" -TenantId {CommandText.Quote(id)}" : "",
        };
        return $"Connect-PasskeyTenant{way}{(accounts.Count > 0 ? $" -EmergencyAccount {string.Join(", ", accounts.Select(CommandText.Quote))}" : "")}";
    }

    private static string Address(TenantSession tenant) =>
        GraphCloud.Find(tenant.Environment) is not { } cloud ? $" -GraphEndpoint {CommandText.Quote(tenant.Endpoint.ToString())}" : cloud.Name == "Global" ? "" : $" -Environment {cloud.Name}";

    private static string Place(TenantSession tenant) =>
        (tenant.TenantId is { } id ? $" -TenantId {CommandText.Quote(id)}" : "") + (tenant.Environment == "Global" ? "" : $" -Environment {CommandText.Quote(tenant.Environment)}");
}
