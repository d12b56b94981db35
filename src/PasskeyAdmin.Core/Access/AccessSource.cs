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
    public const string PoliciesPath = "/v1.0/identity/conditionalAccess/policies";

    /// <summary>This root lists the combination configurations as well (reference/adoption-and-troubleshooting.md §3).</summary>
    public const string StrengthsPath = "/v1.0/policies/authenticationStrengthPolicies";

    /// <summary>Which models a strength takes is written here only (§3).</summary>
    private const string StrengthRoot = "/v1.0/identity/conditionalAccess/authenticationStrength/policies";
    public const string Configurations = "combinationConfigurations";

    private static readonly string[] Usages = ["mfa", "none"];

    /// <exception cref="PasskeyAdminException">Where one of the two cannot be read.</exception>
    public TenantAccess Read(CancellationToken token) => Read(withModels: true, token);

    /// <param name="withModels">Whether the models that strengths take are asked for where the list does not have them.</param>
    /// <exception cref="PasskeyAdminException">Where one of the two cannot be read.</exception>
    public TenantAccess Read(bool withModels, CancellationToken token) => new(ReadPolicies(token), ReadStrengths(withModels, token));

    /// <summary>All policies, whatever their state.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<ConditionalAccessPolicy> ReadPolicies(CancellationToken token) => [.. client.GetAll(PoliciesPath, token).Select(ConditionalAccessPolicy.Of).OfType<ConditionalAccessPolicy>()];

    /// <summary>Built-in ones, and those of the tenant.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public IReadOnlyList<AuthenticationStrength> ReadStrengths(CancellationToken token) => ReadStrengths(withModels: true, token);

    private IReadOnlyList<AuthenticationStrength> ReadStrengths(bool withModels, CancellationToken token) => [.. client.GetAll(StrengthsPath, token).Select(s => AuthenticationStrength.Of(withModels ? Whole(s, token) : s)).OfType<AuthenticationStrength>()];

    /// <summary>Where the models that a strength takes are.</summary>
    public static string ConfigurationsPath(string strength) => $"{StrengthRoot}/{Uri.EscapeDataString(strength)}/{Configurations}";

    /// <summary>A strength as it is now; null where there is none of that id.</summary>
    /// <param name="withModels">Whether the models that it takes are asked for at their own place, whatever the strength itself shows of them.</param>
    public JObject? FindStrength(string id, bool withModels, CancellationToken token)
    {
        if (!withModels) return Find(StrengthsPath, id, token);
        // The strength itself is looked at last: what it shows is as new as can be.
        var path = ConfigurationsPath(id);
        var answer = client.TryGet(path, token);
        List<JObject>? models = answer.IsGone ? null : [.. client.ItemsOf(client.BodyOf(answer, path), path, token)];
        if (Find(StrengthsPath, id, token) is not { } strength) return null;
        return new JObject(strength) { [Configurations] = new JArray(models ?? throw client.ErrorOf(answer, path)) };
    }

    /// <summary>A Conditional Access policy as it is now; null where there is none of that id.</summary>
    public JObject? FindPolicy(string id, CancellationToken token) => Find(PoliciesPath, id, token);

    /// <summary>The Conditional Access policies that demand a strength.</summary>
    public IReadOnlyList<JObject> UsersOf(string strength, CancellationToken token)
    {
        var usage = client.Get($"{StrengthsPath}/{Uri.EscapeDataString(strength)}/usage", token);
        return [.. Usages.SelectMany(n => (usage[n] as JArray ?? []).OfType<JObject>())];
    }

    private JObject? Find(string list, string id, CancellationToken token)
    {
        var path = $"{list}/{Uri.EscapeDataString(id)}";
        var answer = client.TryGet(path, token);
        return answer.IsGone ? null : client.BodyOf(answer, path);
    }

    /// <summary>Which models a strength takes decides: where the list leaves that out, it is asked for. Those that are built in take any.</summary>
    private JObject Whole(JObject strength, CancellationToken token)
    {
        if (strength[Configurations] is JArray || JsonText.Of(strength, "policyType") is "builtIn" || JsonText.Of(strength, "id") is not { } id) return strength;
        return new JObject(strength) { [Configurations] = new JArray(client.GetAll(ConfigurationsPath(id), token)) };
    }
}
