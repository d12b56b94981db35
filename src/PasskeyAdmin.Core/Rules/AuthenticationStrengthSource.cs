using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

/// <summary>The strengths of a tenant, and the policies that may name them.</summary>
internal sealed record StrengthList(IReadOnlyList<AuthenticationStrength> Strengths, Reading<IReadOnlyList<ConditionalAccessPolicy>> Policies);

/// <summary>Reads authentication strengths as people see them. Which policies name one, our own list of policies says: one request, and not one for each strength.</summary>
internal sealed class AuthenticationStrengthSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    /// <exception cref="PasskeyAdminException">Where the strengths cannot be read.</exception>
    public StrengthList Read(CancellationToken token)
    {
        var source = new AccessSource(client);
        var strengths = source.ReadStrengths(token);
        tenant.KnownStrengthNames = [.. strengths.Select(s => DisplayText.Neutralise(s.Name))];
        return new StrengthList(strengths, GraphReading.Try("Conditional Access", () => source.ReadPolicies(token)));
    }

    /// <param name="measure">How people are read; null where nobody asks whom the strengths would refuse.</param>
    /// <exception cref="PasskeyAdminException">Where the sign-in is no longer good.</exception>
    public IReadOnlyList<PasskeyAuthenticationStrength> Describe(StrengthList list, IReadOnlyList<AuthenticationStrength> chosen, RuleOptions? measure, CancellationToken token)
    {
        if (measure is null) return [.. chosen.Select(s => Describe(list, s, null, null, null))];
        var scopes = chosen.Select(s => Scopes(list, s)).ToList();
        var refusals = GraphReading.Try("The passkey policy", () => new AccessRefusalSource(tenant, client, catalog, measure).Measure([.. chosen.Select((s, i) => (s, scopes[i].Users))], token));
        return [.. chosen.Select((s, i) => Describe(list, s, scopes[i].Words, refusals.IsRead ? refusals.Value[i] : null, refusals.Reason))];
    }

    /// <param name="scope">Of whom it was looked into; null where nobody asked.</param>
    /// <param name="measured">Null where nobody asked, and where it could not be read.</param>
    /// <param name="whyNot">Why it could not be read; null where it was, and where nobody asked.</param>
    private PasskeyAuthenticationStrength Describe(StrengthList list, AuthenticationStrength strength, string? scope, AccessRefusals? measured, string? whyNot)
    {
        string?[] notRead = [list.Policies.Reason, whyNot, .. measured?.NotRead ?? []];
        return new PasskeyAuthenticationStrength(strength, PolicyProvider.ListOf(strength.AaGuids ?? [], catalog), list.Policies.IsRead ? [.. Using(list, strength).Select(p => new PasskeyStrengthUse(p))] : null, measured, tenant.TenantId)
        {
            IsAsked = scope is not null,
            RefusedScope = strength.IsPhishingResistant ? scope : null,
            NotRead = new JoinedList<string>(notRead.OfType<string>().Distinct()),
        };
    }

    private static IEnumerable<ConditionalAccessPolicy> Using(StrengthList list, AuthenticationStrength strength) => list.Policies.Value.Where(p => strength.Id.Equals(p.StrengthId, StringComparison.OrdinalIgnoreCase));

    private static string Names(IEnumerable<ConditionalAccessPolicy> policies) => NameLists.And(policies.Select(p => $"'{DisplayText.Neutralise(p.Name)}'"));

    /// <summary>Of one that no policy names, or of which that is not known, the question is what it would do to everybody.</summary>
    private static (IReadOnlyList<AccessUsers> Users, string Words) Scopes(StrengthList list, AuthenticationStrength strength)
    {
        IReadOnlyList<AccessUsers> everybody = [new AccessUsers { IncludeUsers = ["All"] }];
        if (!list.Policies.IsRead) return (everybody, "all enabled members, as it is not known which policies name it");
        var naming = Using(list, strength).Where(p => p.State is AccessState.Enabled or AccessState.ReportOnly).ToList();
        // Where something else would do, or at a risk only, whoever signs in as usual is not refused.
        var demanding = naming.FindAll(p => p.WouldDemandAlways);
        if (demanding.Count == 0) return (everybody, naming.Count == 0 ? "all enabled members, as no enabled or report-only policy names it" : $"all enabled members, as {Names(naming)} {(naming.Count == 1 ? "demands" : "demand")} it of no usual sign-in");
        var conditions = demanding.Select(p => new AccessDemand(p, strength).Condition is { Length: > 0 } condition ? $"'{DisplayText.Neutralise(p.Name)}'{condition.TrimEnd(',')}" : $"'{DisplayText.Neutralise(p.Name)}'");
        return ([.. demanding.Select(p => p.Users)], $"the users of {NameLists.And(conditions)}{(naming.Count > demanding.Count ? $"; besides, {Names(naming.Except(demanding))} may demand it of some sign-ins" : "")}");
    }
}
