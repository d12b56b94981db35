using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Access;

/// <summary>What a tenant demands of whom.</summary>
/// <param name="Policies">All Conditional Access policies, whatever their state.</param>
/// <param name="Strengths">Built-in ones, and those of the tenant.</param>
internal sealed record TenantAccess(IReadOnlyList<ConditionalAccessPolicy> Policies, IReadOnlyList<AuthenticationStrength> Strengths)
{
    /// <summary>The strength that a policy demands; null where it demands none, and where the list does not have it.</summary>
    public AuthenticationStrength? StrengthOf(ConditionalAccessPolicy policy) => policy.StrengthId is { } id ? Strengths.FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) : null;
}

/// <summary>Reads Conditional Access and authentication strengths.</summary>
internal sealed class AccessSource(GraphClient client)
{
    private const string PoliciesPath = "/v1.0/identity/conditionalAccess/policies";

    /// <summary>This root lists the combination configurations as well (reference/adoption-and-troubleshooting.md §3).</summary>
    private const string StrengthsPath = "/v1.0/policies/authenticationStrengthPolicies";
    private const string StrengthRoot = "/v1.0/identity/conditionalAccess/authenticationStrength/policies";
    private const string Configurations = "combinationConfigurations";

    /// <exception cref="PasskeyAdminException">Where one of the two cannot be read.</exception>
    public TenantAccess Read(CancellationToken token) => new(ReadPolicies(token), ReadStrengths(token));

    /// <summary>All policies, whatever their state.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<ConditionalAccessPolicy> ReadPolicies(CancellationToken token) => [.. client.GetAll(PoliciesPath, token).Select(ConditionalAccessPolicy.Of).OfType<ConditionalAccessPolicy>()];

    /// <summary>Built-in ones, and those of the tenant.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<AuthenticationStrength> ReadStrengths(CancellationToken token) => [.. client.GetAll(StrengthsPath, token).Select(s => AuthenticationStrength.Of(Whole(s, token))).OfType<AuthenticationStrength>()];

    /// <summary>Which models a strength takes decides: where the list leaves that out, it is asked for. Those that are built in take any.</summary>
    private JObject Whole(JObject strength, CancellationToken token)
    {
        if (strength[Configurations] is JArray || JsonText.Of(strength, "policyType") is "builtIn" || JsonText.Of(strength, "id") is not { } id) return strength;
        return new JObject(strength) { [Configurations] = new JArray(client.GetAll($"{StrengthRoot}/{Uri.EscapeDataString(id)}/{Configurations}", token)) };
    }
}
