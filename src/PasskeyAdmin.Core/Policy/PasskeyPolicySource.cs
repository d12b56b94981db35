using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>Reads the passkey policy of a tenant, and what its groups are called.</summary>
internal sealed class PasskeyPolicySource(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    /// <summary>Profiles and targets come inline, without $expand (reference/graph-passkey-policy.md §3).</summary>
    public const string Path = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";

    /// <exception cref="PasskeyAdminException"><c>PolicyUnreadable</c>, and what <see cref="GraphClient"/> throws.</exception>
    public PasskeyPolicy Read(CancellationToken token)
    {
        return Named(new PolicyJson(client.Get(Path, token)), token);
    }

    /// <summary>The policy as it would be.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>, and what <see cref="GraphClient"/> throws.</exception>
    public PasskeyPolicy Propose(PasskeyPolicy current, PolicyProposal proposal, CancellationToken token)
    {
        var proposed = Named(proposal.Over(current), token);
        proposal.Require(proposed, current);
        return proposed;
    }

    private PasskeyPolicy Named(PolicyJson json, CancellationToken token)
    {
        var readAt = tenant.Traffic.Now;
        var notRead = json.MissingLists.Select(l => $"Microsoft Graph gave no {l}: {(l == "includeTargets" ? "who is targeted" : "who is shut out")} is not known.").ToList();
        if (json.IsEnrolled && json.Targets.Any(t => !t.AreProfilesKnown)) notRead.Add("Microsoft Graph gave no allowedPasskeyProfiles for some targets: which profiles their users may use is not known.");
        var names = new TargetNames(client).Read(json.Targets.Concat(json.Exclusions), notRead, token);
        return json.ToPolicy(catalog, names, new PolicyFacts { TenantId = tenant.TenantId, TenantName = tenant.TenantName, ReadAt = readAt, NotRead = notRead });
    }
}
