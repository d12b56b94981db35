using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>The tenant that a PowerShell session is connected to.</summary>
internal static class CurrentTenant
{
    private static readonly SessionVariable<TenantSession> Variable = new("PasskeyAdminTenant");

    /// <summary>Null where none is connected.</summary>
    public static TenantSession? Get(SessionState state) => Variable.Get(state);

    /// <summary>The same, for a completer, which has no session state of its own; null also where there is no PowerShell on this thread.</summary>
    public static TenantSession? Get() => Variable.Get();

    /// <exception cref="PasskeyAdminException"><c>NotConnected</c>.</exception>
    public static TenantSession Require(SessionState state) => Get(state)
        ?? throw new PasskeyAdminException(ErrorKind.SignInNeeded, "NotConnected", "No tenant is connected. Run Connect-PasskeyTenant, or Connect-PasskeyTenant -Sandbox to try things out.") { RecommendedAction = "Connect-PasskeyTenant" };

    public static void Set(SessionState state, TenantSession? session) => Variable.Set(state, session);

    /// <summary>A tenant as PowerShell hands it over, wrapped or not; null for anything else.</summary>
    public static TenantSession? Of(object? value) => SessionVariable<TenantSession>.Of(value);
}
