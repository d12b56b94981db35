using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Something that a PowerShell session keeps between commands. A global variable holds it: ForEach-Object -Parallel reuses runspaces and clears their
/// global variables in between, so that one iteration cannot go on with what another left. (A table keyed by runspace would hand it on.)
/// </summary>
internal sealed class SessionVariable<T>(string name) where T : class
{
    private readonly string _path = "global:" + name;

    /// <summary>Null where there is none.</summary>
    public T? Get(SessionState state) => Of(state.PSVariable.GetValue(_path));

    /// <summary>The same, for a completer, which has no session state of its own; null also where there is no PowerShell on this thread.</summary>
    public T? Get()
    {
        if (Runspace.DefaultRunspace is null) return null;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        // Not the variable itself: in strict mode, one that is not there is an error.
        return Of(shell.AddScript($"$ExecutionContext.SessionState.PSVariable.GetValue('{_path}')").Invoke().FirstOrDefault());
    }

    /// <exception cref="PasskeyAdminException"><c>SessionVariableReadOnly</c>.</exception>
    public void Set(SessionState state, T? value)
    {
        try
        {
            if (value is null) state.PSVariable.Remove(_path);
            else state.PSVariable.Set(_path, value);
        }
        catch (SessionStateUnauthorizedAccessException e)
        {
            throw new PasskeyAdminException(ErrorKind.AccessDenied, "SessionVariableReadOnly",
                $"The global variable {name}, in which the module keeps what this session knows, is read-only. Remove it with Remove-Variable -Name {name} -Scope Global -Force; if that is refused too, it is a constant, and only a new session helps.", e)
            {
                RecommendedAction = $"Remove-Variable -Name {name} -Scope Global -Force",
            };
        }
    }

    /// <summary>A value as PowerShell hands it over, wrapped or not; null for anything else.</summary>
    public static T? Of(object? value) => Wrapped.Unwrap(value) as T;
}
