using System;
using System.Collections.Generic;
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
        var json = new PolicyJson(client.Get(Path, token));
        var readAt = tenant.Traffic.Now;
        var notRead = json.MissingLists.Select(l => $"Microsoft Graph gave no {l}: {(l == "includeTargets" ? "who is targeted" : "who is shut out")} is not known.").ToList();
        var names = Names(json.Targets.Concat(json.Exclusions), notRead, token);
        return json.ToPolicy(catalog, names, new PolicyFacts { TenantId = tenant.TenantId, TenantName = tenant.TenantName, ReadAt = readAt, NotRead = notRead });
    }

    private Dictionary<string, TargetName> Names(IEnumerable<TargetFacts> targets, List<string> notRead, CancellationToken token)
    {
        var asked = targets.Where(t => t.Kind is TargetKind.Group or TargetKind.User).GroupBy(t => t.Id, StringComparer.OrdinalIgnoreCase).Select(g => g.First()).ToList();
        var names = new Dictionary<string, TargetName>(StringComparer.OrdinalIgnoreCase);
        var paths = asked.Select(t => $"/v1.0/{(t.Kind is TargetKind.User ? "users" : "groups")}/{Uri.EscapeDataString(t.Id)}?$select=id,displayName").ToList();
        var unread = new Dictionary<TargetKind, (int Count, string Reason)>();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            var target = asked[index];
            names[target.Id] = Name(answer, target.Id);
            // The sign-in ended: that is not about names.
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            if (names[target.Id].Status is not TargetStatus.NotRead) continue;
            unread.TryGetValue(target.Kind, out var before);
            unread[target.Kind] = (before.Count + 1, before.Reason ?? (answer.IsSuccess ? "the answer is about something else." : client.ErrorOf(answer, paths[index]).Message));
        }
        foreach (var kind in unread)
            notRead.Add($"The names of {kind.Value.Count} {(kind.Key is TargetKind.User ? "users" : "groups")} could not be read, as: {kind.Value.Reason}");
        return names;
    }

    private static TargetName Name(GraphAnswer answer, string id)
    {
        if (answer.IsGone) return new TargetName(TargetStatus.NotFound, null);
        // An answer about another object says nothing of this one.
        return answer.IsSuccess && id.Equals(JsonText.Of(answer.Body, "id"), StringComparison.OrdinalIgnoreCase)
            ? new TargetName(TargetStatus.Found, JsonText.Of(answer.Body, "displayName"))
            : TargetName.NotRead;
    }
}
