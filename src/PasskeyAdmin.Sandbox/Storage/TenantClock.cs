using System;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>The clock of a tenant: the machine's, or one of its own (setting <c>now</c>), so that a sample is as fresh in years to come as on its first day.</summary>
internal sealed class TenantClock
{
    private string? _setting;
    private TimeSpan _ahead;

    public DateTimeOffset Now(TenantDocument tenant, DateTimeOffset machineTime)
    {
        var setting = tenant.Settings.Now;
        if (setting is null) return machineTime;
        if (setting != _setting)
        {
            var start = GraphTime.Parse(setting) ?? machineTime;
            // A file that was changed yesterday must not tell of changes to come.
            if (tenant.LastChange is { } last && last > start) start = last;
            (_setting, _ahead) = (setting, start - machineTime);
        }
        return machineTime + _ahead;
    }
}
