using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>Looks at a tenant after a write until it shows what is waited for, or the time is up.</summary>
internal sealed class PatientLook(TenantSession tenant, GraphClient client)
{
    /// <summary>
    /// When to look after a write, counted from the look before. How soon Microsoft Graph shows a change is not documented; and whoever writes at the same time has written within the first pause, so
    /// that the first look sees that, too.
    /// </summary>
    private static readonly IReadOnlyList<TimeSpan> Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(14)];

    /// <summary>How long it is looked for.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(Pauses.Sum(p => p.TotalSeconds));

    /// <param name="see">One look.</param>
    /// <param name="notRead">What a look is that could not be had, with the reason; null before there was any.</param>
    /// <param name="isEnough">Whether a look shows what is waited for.</param>
    /// <returns>What was seen last.</returns>
    public T Until<T>(CriticalSection critical, Func<T> see, Func<PasskeyAdminException?, T> notRead, Func<T, bool> isEnough)
    {
        var look = notRead(null);
        foreach (var pause in Pauses)
        {
            try
            {
                // In a sandbox, nobody has to wait.
                client.Pause(tenant.Traffic.IsPaced ? pause : TimeSpan.Zero, critical.Token);
                look = see();
            }
            catch (PasskeyAdminException e)
            {
                look = notRead(e);
            }
            catch (OperationCanceledException)
            {
                // Stopped, and the time after that is up: what was seen last stands.
                return look;
            }
            if (isEnough(look)) return look;
        }
        return look;
    }
}
