using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads policies for a cmdlet, that of one tenant once, and says what could not be read beside it.</summary>
/// <param name="catalog">What the AAGUIDs of a policy are named by.</param>
internal sealed class PolicyReader(ProviderCatalog catalog, Action<string> warn, CancellationToken token)
{
    private const double NearlyFull = 90;

    private readonly Dictionary<TenantSession, PasskeyPolicy> _policies = [];

    public PasskeyPolicy Read(TenantSession session, GraphClient client)
    {
        if (_policies.TryGetValue(session, out var known)) return known;
        var policy = new PasskeyPolicySource(session, client, catalog).Read(token);
        session.KnownProfileNames = [.. policy.Profile.Where(p => !p.IsImplied).Select(p => p.Name)];
        session.KnownTargetNames = [.. policy.Target.Select(t => t.Name).OfType<string>()];
        session.KnownGroupNames = [.. policy.Target.Where(t => t.Kind is TargetKind.Group).Select(t => t.Name).Concat(policy.Exclusion.Where(e => e.Kind is TargetKind.Group).Select(e => e.Name)).OfType<string>()];
        foreach (var reason in policy.NotRead) warn(reason);
        if (policy.SizePercent >= NearlyFull) warn($"The policy takes about {policy.SizePercent:0} % of its {policy.SizeLimit} bytes (estimated). A larger one is refused by Microsoft Graph.");
        _policies.Add(session, policy);
        return policy;
    }

    /// <summary>The policy for a command that can do without it; null, with a warning, where it cannot be read.</summary>
    /// <param name="without">What is not known then, as it goes on after "so".</param>
    public PasskeyPolicy? TryRead(TenantSession session, GraphClient client, string without)
    {
        try
        {
            return Read(session, client);
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            warn($"The policy could not be read, so {without}. {e.Message}");
            return null;
        }
    }

    /// <summary>The same, for a command that judges by a policy: by one of which nothing is known, no answer is Yes or No.</summary>
    public PasskeyPolicy ReadOrUnread(TenantSession session, GraphClient client, string without) =>
        TryRead(session, client, without) ?? new PasskeyPolicySource(session, client, catalog).Unread("The policy could not be read.");
}
