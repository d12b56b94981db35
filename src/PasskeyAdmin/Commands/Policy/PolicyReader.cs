using System;
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
    private TenantSession? _session;
    private PasskeyPolicy? _policy;

    public PasskeyPolicy Read(TenantSession session, GraphClient client)
    {
        if (session == _session) return _policy!;
        var policy = new PasskeyPolicySource(session, client, _catalog).Read(token);
        session.KnownProfileNames = [.. policy.Profile.Where(p => !p.IsImplied).Select(p => p.Name)];
        session.KnownTargetNames = [.. policy.Target.Select(t => t.Name).OfType<string>()];
        foreach (var reason in policy.NotRead) warn(reason);
        if (policy.SizePercent >= NearlyFull) warn($"The policy takes about {policy.SizePercent:0} % of its {policy.SizeLimit} bytes (estimated). A larger one is refused by Microsoft Graph.");
        (_session, _policy) = (session, policy);
        return policy;
    }
}
