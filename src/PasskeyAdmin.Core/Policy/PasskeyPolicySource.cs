using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
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
        return Named(new PolicyJson(client.Get(Path, token)), [], token);
    }

    /// <summary>A whole policy that somebody has in a file, with the names of the groups in this tenant.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>, and what <see cref="GraphClient"/> throws.</exception>
    public PasskeyPolicy Read(PolicyProposal whole, CancellationToken token) => Named(whole.Whole(), [], token);

    /// <summary>The policy as Graph has it, and nothing else: what it is compared by.</summary>
    public JObject ReadRaw(CancellationToken token) => client.Get(Path, token);

    /// <summary>What stands for a policy that could not be read: everything that is asked of it is not known.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    public PasskeyPolicy Unread(string reason) => new PolicyJson(new JObject { ["id"] = "Fido2", ["state"] = "enabled" }).ToPolicy(catalog, new Dictionary<string, TargetName>(), new PolicyFacts { TenantId = tenant.TenantId, TenantName = tenant.TenantName, ReadAt = tenant.Traffic.Now, NotRead = [reason] });

    /// <summary>A policy that was read or worked out, named by what is known already: nothing is asked for.</summary>
    /// <exception cref="PasskeyAdminException"><c>PolicyUnreadable</c>.</exception>
    public PasskeyPolicy Understand(JObject json, params PasskeyPolicy[] known) =>
        new PolicyJson(json).ToPolicy(catalog, NamesOf(known), new PolicyFacts { TenantId = tenant.TenantId, TenantName = tenant.TenantName, ReadAt = tenant.Traffic.Now });

    /// <summary>The policy as it would be.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>, and what <see cref="GraphClient"/> throws.</exception>
    public PasskeyPolicy Propose(PasskeyPolicy current, PolicyProposal proposal, CancellationToken token)
    {
        var proposed = Named(proposal.Over(current), NamesOf([current]), token);
        proposal.Require(proposed, current);
        return proposed;
    }

    private static Dictionary<string, TargetName> NamesOf(IEnumerable<PasskeyPolicy> known)
    {
        var names = new Dictionary<string, TargetName>(StringComparer.OrdinalIgnoreCase);
        foreach (var policy in known)
        {
            foreach (var target in policy.Target.Where(t => t.Status is not TargetStatus.NotRead)) names[target.Id] = new TargetName(target.Status, target.RawName);
            foreach (var exclusion in policy.Exclusion.Where(e => e.Status is not TargetStatus.NotRead)) names[exclusion.Id] = new TargetName(exclusion.Status, exclusion.Name);
        }
        return names;
    }

    /// <param name="known">Names that need not be read again.</param>
    private PasskeyPolicy Named(PolicyJson json, Dictionary<string, TargetName> known, CancellationToken token)
    {
        var readAt = tenant.Traffic.Now;
        var notRead = json.MissingLists.Select(l => $"Microsoft Graph gave no {l}: {(l == "includeTargets" ? "who is targeted" : "who is shut out")} is not known.").ToList();
        if (json.IsEnrolled && json.Targets.Any(t => !t.AreProfilesKnown)) notRead.Add("Microsoft Graph gave no allowedPasskeyProfiles for some targets: which profiles their users may use is not known.");
        var names = new TargetNames(client).Read(json.Targets.Concat(json.Exclusions).Where(t => !known.ContainsKey(t.Id)), notRead, token);
        foreach (var name in known) names[name.Key] = name.Value;
        return json.ToPolicy(catalog, names, new PolicyFacts { TenantId = tenant.TenantId, TenantName = tenant.TenantName, ReadAt = readAt, NotRead = notRead });
    }
}
