using System;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the policy for a cmdlet, and says what could not be read beside it.</summary>
internal static class PolicyReading
{
    public static PasskeyPolicy Read(TenantSession session, GraphClient client, Action<string> warn, CancellationToken token)
    {
        var policy = new PasskeyPolicySource(session, client, ProviderCatalog.LoadBuiltIn()).Read(token);
        session.KnownProfileNames = [.. policy.Profile.Where(p => !p.IsImplied).Select(p => p.Name)];
        foreach (var reason in policy.NotRead) warn(reason);
        return policy;
    }
}
