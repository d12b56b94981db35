using System.Collections.Generic;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>What a sign-in to Microsoft Graph PowerShell is wanted for.</summary>
internal sealed record GraphSignIn(IReadOnlyList<TenantCapability> Capabilities, string? TenantId, string? Environment);
