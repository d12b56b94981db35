using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads policies for a cmdlet, that of one tenant once, and says what could not be read beside it.</summary>
internal sealed class PolicyReader(Action<string> warn, CancellationToken token)
{
    private const double NearlyFull = 90;

    private readonly ProviderCatalog _catalog = ProviderCatalog.LoadBuiltIn();
    private readonly Dictionary<TenantSession, PasskeyPolicy> _policies = [];

    public PasskeyPolicy Read(TenantSession session, GraphClient client)
    {
        if (_policies.TryGetValue(session, out var known)) return known;
        var policy = new PasskeyPolicySource(session, client, _catalog).Read(token);
        session.KnownProfileNames = [.. policy.Profile.Where(p => !p.IsImplied).Select(p => p.Name)];
        session.KnownTargetNames = [.. policy.Target.Select(t => t.Name).OfType<string>()];
        foreach (var reason in policy.NotRead) warn(reason);
        if (policy.SizePercent >= NearlyFull) warn($"The policy takes about {policy.SizePercent:0} % of its {policy.SizeLimit} bytes (estimated). A larger one is refused by Microsoft Graph.");
        _policies.Add(session, policy);
        return policy;
    }
}
