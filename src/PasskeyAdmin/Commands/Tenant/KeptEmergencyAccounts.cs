using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Names the emergency accounts of a tenant once: they are kept for the next connection.</summary>
internal static class KeptEmergencyAccounts
{
    /// <param name="named">Those that were named now; null for none.</param>
    /// <param name="isForgotten">Whether those that were kept are to be forgotten.</param>
    public static void Apply(TenantSession session, IReadOnlyList<string>? named, bool isForgotten, Action<string> log, Action<string> warn)
    {
        if (KeyOf(session) is not { } key)
        {
            if (named is not null && !session.IsSandbox) warn("The id of the tenant is not known, so the emergency accounts hold for this connection only.");
            else if (named is not null) log("A sandbox in memory keeps nothing: the emergency accounts hold for this connection.");
            return;
        }
        if (UserFolder.Path is not { } folder)
        {
            if (named is not null) warn("This account has no folder for application data, so the emergency accounts hold for this connection only. PASSKEYADMIN_HOME names one.");
            return;
        }
        try
        {
            var store = new EmergencyAccountStore(folder);
            if (named is not null || isForgotten) store.Write(key, named ?? []);
            if (named is not null || isForgotten) return;
            session.EmergencyAccount = new JoinedList<string>(store.Read(key));
            if (session.EmergencyAccount.Count > 0) log($"The emergency accounts that were named for this tenant before: {session.EmergencyAccount}.");
        }
        catch (PasskeyAdminException e)
        {
            if (named is null) session.EmergencyAccountFault = e.Message;
            warn(e.Message);
        }
    }

    /// <summary>What a tenant is known by; two sandbox files may both be Contoso.</summary>
    private static string? KeyOf(TenantSession session)
    {
        if (!session.IsSandbox) return Guid.TryParse(session.TenantId, out var id) ? id.ToString() : null;
        if (session.Path is not { } path) return null;
        using var hash = SHA256.Create();
        return $"sandbox-{BitConverter.ToString(hash.ComputeHash(Encoding.UTF8.GetBytes(path)), 0, 8).Replace("-", "")}";
    }
}
