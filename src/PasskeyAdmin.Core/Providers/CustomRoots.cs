using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace PasskeyAdmin.Providers;

/// <summary>Tells .NET which roots count. .NET Standard 2.0 does not know the switch, and .NET Framework has none.</summary>
internal static class CustomRoots
{
    /// <summary>X509ChainTrustMode.CustomRootTrust.</summary>
    private const int CustomRootTrust = 1;

    /// <returns>False where the runtime cannot be told.</returns>
    public static bool Trust(X509ChainPolicy policy, IReadOnlyList<X509Certificate2> roots)
    {
        var mode = typeof(X509ChainPolicy).GetProperty("TrustMode");
        if (mode is null || typeof(X509ChainPolicy).GetProperty("CustomTrustStore")?.GetValue(policy) is not X509Certificate2Collection store) return false;
        store.AddRange(roots.ToArray());
        mode.SetValue(policy, Enum.ToObject(mode.PropertyType, CustomRootTrust));
        return true;
    }
}
