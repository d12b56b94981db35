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
        var json = new PolicyJson(client.Get(Path, token));
        var readAt = tenant.Traffic.Now;
        var notRead = new List<string>();
        var names = Names(json.Targets.Concat(json.Exclusions), notRead, token);
        return json.ToPolicy(catalog, names, new PolicyFacts { TenantId = tenant.TenantId, TenantName = tenant.TenantName, ReadAt = readAt, NotRead = notRead });
    }

    private Dictionary<string, TargetName> Names(IEnumerable<TargetFacts> targets, List<string> notRead, CancellationToken token)
    {
        var asked = targets.Where(t => t.Kind is TargetKind.Group or TargetKind.User).GroupBy(t => t.Id, StringComparer.OrdinalIgnoreCase).Select(g => g.First()).ToList();
        var names = new Dictionary<string, TargetName>(StringComparer.OrdinalIgnoreCase);
        var paths = asked.Select(t => $"/v1.0/{(t.Kind is TargetKind.User ? "users" : "groups")}/{Uri.EscapeDataString(t.Id)}?$select=id,displayName").ToList();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            var isGone = answer.Status == 404;
            names[asked[index].Id] = answer.IsSuccess ? new TargetName(TargetStatus.Found, answer.Body?["displayName"] is JValue { Value: string name } ? name : null)
                : isGone ? new TargetName(TargetStatus.NotFound, null)
                : TargetName.NotRead;
            if (answer.IsSuccess || isGone) continue;
            // One reason is enough: it is the same for all groups as a rule.
            var kind = asked[index].Kind is TargetKind.User ? "Names of users" : "Names of groups";
            if (!notRead.Any(n => n.StartsWith(kind, StringComparison.Ordinal))) notRead.Add($"{kind} could not be read: {client.ErrorOf(answer, paths[index]).Message}");
        }
        return names;
    }
}
