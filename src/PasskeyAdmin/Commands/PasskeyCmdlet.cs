using System;
using System.Management.Automation;
using System.Threading;

namespace PasskeyAdmin.Commands;

/// <summary>What every cmdlet of the module has: a token that Ctrl+C cancels, and errors that cost an item and not the pipeline.</summary>
public abstract class PasskeyCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private protected PasskeyCmdlet()
    {
    }

    private protected CancellationToken StopToken => _stop.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the command holds, however it ended.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing) _stop.Dispose();
    }

    protected override void StopProcessing() => _stop.Cancel();

    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>One bad item is an error and not the end; false where it was one.</summary>
    internal bool ForItem(object? target, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (PasskeyAdminException e)
        {
            WriteError(e.ToErrorRecord(target));
            return false;
        }
    }

    /// <summary>For what must succeed before any item: the error ends the command.</summary>
    private protected void OrTerminate(object? target, Action action) => OrTerminate(target, () =>
    {
        action();
        return true;
    });

    /// <summary>For what must succeed before any item: the error ends the command.</summary>
    private protected T OrTerminate<T>(object? target, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (PasskeyAdminException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(target));
            throw;
        }
    }
}
