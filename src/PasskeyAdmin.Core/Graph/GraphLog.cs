using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace PasskeyAdmin.Graph;

/// <summary>Carries lines from the threads of the requests to the thread that waits for them, which alone may write in PowerShell.</summary>
internal sealed class GraphLog(Action<string>? write)
{
    private readonly ConcurrentQueue<string> _lines = new();
    private volatile TaskCompletionSource<bool> _added = New();

    public void Add(string line)
    {
        if (write is null) return;
        _lines.Enqueue(line);
        _added.TrySetResult(true);
    }

    /// <summary>Blocks until the task is done, and hands on what is said meanwhile: a pause is announced before it, not after.</summary>
    public T Wait<T>(Task<T> task)
    {
        while (write is not null)
        {
            var added = _added;
            var first = Task.WhenAny(task, added.Task).GetAwaiter().GetResult();
            if (first != task || added.Task.IsCompleted) _added = New();
            while (_lines.TryDequeue(out var line)) write(line);
            if (first == task) break;
        }
        return task.GetAwaiter().GetResult();
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
