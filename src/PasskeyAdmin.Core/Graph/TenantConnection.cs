namespace PasskeyAdmin.Graph;

/// <summary>How a tenant was connected.</summary>
public enum TenantConnection
{
    /// <summary>Through the session of the Microsoft.Graph.Authentication module.</summary>
    GraphPowerShell,

    /// <summary>With an access token that the user brought.</summary>
    AccessToken,

    /// <summary>A tenant in memory or in a file, not a real one.</summary>
    Sandbox,
}
