using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>
/// The tenant that a PowerShell session is connected to. A global variable holds it: ForEach-Object -Parallel reuses runspaces and clears their
/// global variables in between, so that one iteration cannot go on with the tenant of another. (A table keyed by runspace would hand it on.)
/// </summary>
internal static class CurrentTenant
{
    private const string Variable = "global:PasskeyAdminTenant";

    /// <summary>Null where none is connected.</summary>
    public static TenantSession? Get(SessionState state) => Of(state.PSVariable.GetValue(Variable));

    /// <summary>The same, for a completer, which has no session state of its own; null also where there is no PowerShell on this thread.</summary>
    public static TenantSession? Get()
    {
        if (Runspace.DefaultRunspace is null) return null;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        // Not the variable itself: in strict mode, one that is not there is an error.
        return Of(shell.AddScript($"$ExecutionContext.SessionState.PSVariable.GetValue('{Variable}')").Invoke().FirstOrDefault());
    }

    /// <exception cref="PasskeyAdminException"><c>NotConnected</c>.</exception>
    public static TenantSession Require(SessionState state) => Get(state)
        ?? throw new PasskeyAdminException(ErrorKind.SignInNeeded, "NotConnected", "No tenant is connected. Run Connect-PasskeyTenant, or Connect-PasskeyTenant -Sandbox to try things out.") { RecommendedAction = "Connect-PasskeyTenant" };

    public static void Set(SessionState state, TenantSession? session)
    {
        if (session is null) state.PSVariable.Remove(Variable);
        else state.PSVariable.Set(Variable, session);
    }

    /// <summary>A tenant as PowerShell hands it over, wrapped or not; null for anything else.</summary>
    public static TenantSession? Of(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) as TenantSession;
}
