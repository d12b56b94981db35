using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Access;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What all users of a tenant share, read once.</summary>
internal sealed class TenantReading
{
    public TenantReading(TenantSession tenant, GraphClient client, CheckData data, IReadOnlyList<PasskeyPolicyChange>? journal, DateTimeOffset since, CancellationToken token)
    {
        var source = new PasskeyPolicySource(tenant, client, data.Catalog);
        Policy = SourceReading.Try("The passkey policy", () => source.Read(token));
        Pass = SourceReading.Try("The policy of the Temporary Access Pass", () => MethodsPolicyJson.TemporaryAccessPass(client.Get(MethodsPolicyJson.TemporaryAccessPassPath, token), new Dictionary<string, TargetName>()));
        var access = new AccessSource(client);
        var policies = SourceReading.Try("Conditional Access", () => access.ReadPolicies(token));
        var strengths = SourceReading.Try("The authentication strengths", () => access.ReadStrengths(token));
        // A strength that is not in the list is one of which nothing is known.
        Access = policies.IsRead ? Reading<TenantAccess>.Of(new TenantAccess(policies.Value, strengths.IsRead ? strengths.Value : [])) : Reading<TenantAccess>.NotRead(policies.Reason!, policies.Fix);
        var backtrack = new PolicyBacktrack(source, client);
        var changes = Policy.IsRead
            ? SourceReading.Try("The changes of the policy in the audit log", () => backtrack.Read(Policy.Value, journal ?? [], since, token))
            : Reading<IReadOnlyList<SeenPolicyChange>>.NotRead(Policy.Reason!, Policy.Fix);
        // What this module changed itself is known all the same.
        Changes = changes.IsRead || journal is not { Count: > 0 } || !Policy.IsRead ? changes : Reading<IReadOnlyList<SeenPolicyChange>>.Of(backtrack.OfJournal(Policy.Value, journal));
        NotRead = [.. new[] { Gap.Of(Policy), Gap.Of(Pass), Gap.Of(policies), Gap.Of(strengths), Gap.Of(changes), journal is null ? new Gap("The journal of changes could not be read.") : null }.OfType<Gap>().Concat((Policy.IsRead ? Policy.Value.NotRead : []).Select(r => new Gap(r))).Distinct()];
    }

    public Reading<PasskeyPolicy> Policy { get; }

    public Reading<TemporaryAccessPassSettings> Pass { get; }

    public Reading<TenantAccess> Access { get; }

    public Reading<IReadOnlyList<SeenPolicyChange>> Changes { get; }

    public IReadOnlyList<Gap> NotRead { get; }
}
