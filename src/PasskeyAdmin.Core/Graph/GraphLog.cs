using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace PasskeyAdmin.Graph;

/// <summary>Carries lines from the threads of the requests to the thread that waits for them, which alone may write in PowerShell.</summary>
/// <param name="write">For each line; null where nobody listens.</param>
/// <param name="notice">For pauses that somebody who waits should know of; null for <paramref name="write"/>.</param>
internal sealed class GraphLog(Action<string>? write, Action<string>? notice = null)
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<(string Text, bool IsNotice)> _lines = new();
    private volatile TaskCompletionSource<bool> _added = New();

    /// <summary>Whether pauses of the limits were announced, and are no news.</summary>
    public bool ArePausesAnnounced { get; set; }

    public void Add(string line) => Add(line, isNotice: false);

    /// <summary>A pause that the limits of Graph make, as they do again and again.</summary>
    public void AddPause(TimeSpan time, string why) => Add(WaitText(time, why), time >= Noticeable && !ArePausesAnnounced);

    public void AddWait(TimeSpan time, string why) => Add(WaitText(time, why), time >= Noticeable);

    /// <summary>Blocks until the task is done, and hands on what is said meanwhile: a pause is announced before it, not after.</summary>
    public T Wait<T>(Task<T> task)
    {
        HandOn(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Blocks without handing anything on; that is left for the next time. For what must not be lost: to write in a pipeline that is being stopped throws.
    /// </summary>
    public static T WaitInSilence<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <summary>Hands on what was said in silence.</summary>
    public void HandOn()
    {
        while (write is not null && _lines.TryDequeue(out var line)) (line.IsNotice ? notice ?? write : write)(line.Text);
    }

    private static string WaitText(TimeSpan time, string why) => $"Waiting {time.TotalSeconds:0.#} s {why}.";

    private void Add(string text, bool isNotice)
    {
        if (write is null) return;
        _lines.Enqueue((text, isNotice));
        _added.TrySetResult(true);
    }

    private void HandOn(Task task)
    {
        while (write is not null)
        {
            var added = _added;
            var first = Task.WhenAny(task, added.Task).GetAwaiter().GetResult();
            if (first != task || added.Task.IsCompleted) _added = New();
            HandOn();
            if (first == task) break;
        }
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
