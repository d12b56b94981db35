using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Commands;

/// <summary>The rules that somebody means, by id or name, with wildcards.</summary>
internal static class RuleSelection
{
    /// <param name="include">Null for all.</param>
    /// <param name="exclude">Null for none.</param>
    /// <param name="severities">Null for all.</param>
    /// <exception cref="PasskeyAdminException"><c>RuleNotFound</c>, <c>RuleIdInvalid</c>.</exception>
    public static IReadOnlyList<PolicyRule> Of(IEnumerable<string>? include, IEnumerable<string>? exclude, IReadOnlyCollection<RuleSeverity>? severities)
    {
        var included = include?.SelectMany(Find).ToList();
        var excluded = exclude?.SelectMany(Find).ToList();
        return [.. PolicyRules.All.Where(r => included?.Contains(r) != false && excluded?.Contains(r) != true && severities?.Contains(r.Severity) != false)];
    }

    /// <summary>A name without wildcards that means nothing is a mistake.</summary>
    private static List<PolicyRule> Find(string typed)
    {
        var found = NamePattern.Find(typed, PolicyRules.All, r => [r.Id, r.Name], "RuleIdInvalid");
        if (found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(typed)) return found;
        var hint = NearNames.Question(typed, PolicyRules.All.Select(r => r.Name).Concat(PolicyRules.All.Select(r => r.Id)), "Get-PasskeyPolicyRule lists them.");
        throw new PasskeyAdminException(ErrorKind.NotFound, "RuleNotFound", $"There is no rule {CommandText.Quote(typed)}. {hint}") { RecommendedAction = "Get-PasskeyPolicyRule" };
    }
}
