using System.Collections.Generic;

namespace PasskeyAdmin.Graph;

/// <summary>What is known about a tenant and a sign-in when it is connected.</summary>
internal sealed record TenantFacts(TenantConnection Connection, string Environment)
{
    public string? TenantId { get; init; }

    public string? TenantName { get; init; }

    public string? Account { get; init; }

    public string? ClientId { get; init; }

    public string? Path { get; init; }

    /// <summary>Whether it is a sandbox in memory that was given settings, which are not kept.</summary>
    public bool HasSandboxSettings { get; init; }

    /// <summary>Null where they are not known.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    public IReadOnlyList<string> Limitations { get; init; } = [];

    public IReadOnlyList<string> EmergencyAccounts { get; init; } = [];
}
