using System;
using System.Threading;
using System.Threading.Tasks;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Commands;

/// <summary>The time of a sandbox: what "the last 90 days" means there. Waiting takes as long as here.</summary>
internal sealed class SandboxClock(SandboxTenant tenant, IClock machine) : IClock
{
    public DateTimeOffset UtcNow => tenant.Now(machine.UtcNow);

    public TimeSpan Elapsed => machine.Elapsed;

    public Task Delay(TimeSpan time, CancellationToken token) => machine.Delay(time, token);
}
