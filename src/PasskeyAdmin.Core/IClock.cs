using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasskeyAdmin;

/// <summary>Time as an input: the module hands in the real one, tests and simulations a virtual one.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    /// <summary>Time since some moment, which nobody sets back: what durations are measured by.</summary>
    TimeSpan Elapsed { get; }

    Task Delay(TimeSpan time, CancellationToken token);
}
