using System.Collections.Generic;

namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>What one Connect-MgGraph was asked. Null where the parameter was not given.</summary>
public sealed record ConnectCall(IReadOnlyList<string>? Scopes, string? TenantId, string? Environment, ContextScope? ContextScope, bool NoWelcome);
