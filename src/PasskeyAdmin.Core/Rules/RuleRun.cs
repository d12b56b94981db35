using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasskeyAdmin.Rules;

/// <summary>Judges rules and takes suppressions into account.</summary>
internal sealed class RuleRun(IReadOnlyList<PolicyRule> rules, IReadOnlyList<Suppression> suppressions)
{
    private readonly HashSet<Suppression> _used = [];

    /// <summary>Those that something was found for, whether or not another one was before them.</summary>
    private readonly HashSet<Suppression> _met = [];

    /// <summary>What has to be read for the rules.</summary>
    public RuleSources Needs => rules.Aggregate(RuleSources.Policy, (needs, rule) => needs | rule.Needs | rule.Wishes);

    /// <summary>Rules of which it is open whether they would find what is accepted.</summary>
    private readonly HashSet<string> _open = [];

    private readonly List<RuleTenant> _tenants = [];

    /// <summary>Judges one tenant, or one file.</summary>
    public IEnumerable<PasskeyPolicyFinding> Evaluate(RuleContext context, RuleTenant tenant)
    {
        _tenants.Add(tenant);
        foreach (var rule in rules.Where(r => r is not SuppressionUnusedRule))
        {
            foreach (var result in rule.Evaluate(context))
            {
                if (result.Outcome is RuleOutcome.Unknown || (context.IsFile && rule.Needs is not RuleSources.Policy)) _open.Add(rule.Id);
                foreach (var finding in result.Outcome is RuleOutcome.Fail ? Suppressed(rule, result, tenant) : [new PasskeyPolicyFinding(rule, result, tenant)]) yield return finding;
            }
        }
    }

    /// <summary>Judges the suppressions, once, when everything else is judged: one that a tenant does not need another may.</summary>
    public IEnumerable<PasskeyPolicyFinding> EvaluateSuppressions()
    {
        if (_tenants.Count == 0 || rules.OfType<SuppressionUnusedRule>().FirstOrDefault() is not { } meta) yield break;
        var tenant = _tenants.Count == 1 ? _tenants[0] : new RuleTenant(null, null, _tenants[_tenants.Count - 1].EvaluatedAt);
        var unused = Unused(meta).ToList();
        if (unused.Count == 0) unused.Add(suppressions.Count == 0 ? FindingResult.NotApplicable("No suppressions are given.") : FindingResult.Pass($"{suppressions.Count} {(suppressions.Count == 1 ? "suppression is" : "suppressions are")} needed, or of rules that were not judged."));
        foreach (var result in unused) yield return new PasskeyPolicyFinding(meta, result, tenant);
    }

    /// <summary>A failure, divided into what is accepted, for each reason, what was accepted once, and the rest.</summary>
    private IEnumerable<PasskeyPolicyFinding> Suppressed(PolicyRule rule, FindingResult result, RuleTenant tenant)
    {
        var own = suppressions.Where(s => Means(rule, s.Rule)).ToList();
        if (result.Objects.Count == 0)
        {
            yield return Of(rule, result, tenant, Best(own, null, null, tenant.EvaluatedAt));
            yield break;
        }
        // A finding about one thing, such as a policy with the users who miss something, is accepted as a whole by that thing.
        var head = result.Objects[0].Kind is not FindingObjectKind.User && result.Objects.Skip(1).All(o => o.Kind is FindingObjectKind.User) && result.Objects.Count > 1 ? result.Objects[0] : null;
        var rest = new List<FindingObject>();
        var groups = new Dictionary<Suppression, List<FindingObject>>();
        foreach (var thing in head is null ? result.Objects : result.Objects.Skip(1))
        {
            if (Best(own, thing, head, tenant.EvaluatedAt) is not { } suppression) rest.Add(thing);
            else if (groups.TryGetValue(suppression, out var group)) group.Add(thing);
            else groups.Add(suppression, [thing]);
        }
        IReadOnlyList<FindingObject> With(List<FindingObject> things) => head is null ? things : [head, .. things];
        if (rest.Count > 0) yield return Of(rule, groups.Count == 0 ? result : result.Of(With(rest)), tenant, null);
        foreach (var group in groups) yield return Of(rule, rest.Count == 0 && groups.Count == 1 ? result : result.Of(With(group.Value)), tenant, group.Key);
    }

    private PasskeyPolicyFinding Of(PolicyRule rule, FindingResult result, RuleTenant tenant, Suppression? suppression)
    {
        if (suppression is null) return new PasskeyPolicyFinding(rule, result, tenant);
        _used.Add(suppression);
        if (IsOver(suppression, tenant.EvaluatedAt))
            return new PasskeyPolicyFinding(rule, result with { Evidence = $"{result.Evidence} It was accepted until {Shown(suppression.Expires!.Value)}{(suppression.Owner is { } owner ? $" by {owner}" : "")}: {suppression.Reason.TrimEnd('.')}. That is over." }, tenant, suppression);
        return new PasskeyPolicyFinding(rule, result with { Outcome = RuleOutcome.Suppressed }, tenant, suppression);
    }

    private IEnumerable<FindingResult> Unused(SuppressionUnusedRule meta)
    {
        foreach (var suppression in suppressions)
        {
            if (PolicyRules.Find(suppression.Rule) is not { } rule) yield return meta.Result(suppression, $"is for a rule '{DisplayText.Excerpt(suppression.Rule, 60)}', which does not exist");
            else if (rule == meta) yield return meta.Result(suppression, $"silences nothing: what {meta.Id} finds cannot be suppressed");
            // Of a rule that was not judged, or not as a whole, it cannot be said.
            else if (!_used.Contains(suppression) && rules.Contains(rule) && !_open.Contains(rule.Id))
                yield return meta.Result(suppression, _met.Contains(suppression) ? "silences nothing: another one accepts the same" : $"silences nothing: {rule.Id} does not find {(suppression.Object is { } name ? $"'{DisplayText.Excerpt(name, 100)}'" : "anything")}");
        }
    }

    private static bool Means(PolicyRule rule, string idOrName) => rule.Id.Equals(idOrName, StringComparison.OrdinalIgnoreCase) || rule.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase);

    /// <summary>By id, or by the name that the finding shows.</summary>
    private static bool Names(Suppression suppression, FindingObject thing) =>
        suppression.Object is { } name && (name.Equals(thing.Id, StringComparison.OrdinalIgnoreCase) || DisplayText.Neutralise(name).Trim().Equals(thing.Name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>One that still holds before one that does not; that for a thing before that for what the thing belongs to, and that before one for all.</summary>
    private Suppression? Best(IEnumerable<Suppression> own, FindingObject? thing, FindingObject? head, DateTimeOffset now)
    {
        int? Nearness(Suppression suppression) => suppression.Object is null ? 2 : thing is not null && Names(suppression, thing) ? 0 : head is not null && Names(suppression, head) ? 1 : null;
        var candidates = own.Where(s => Nearness(s) is not null).OrderBy(s => IsOver(s, now)).ThenBy(Nearness).ToList();
        _met.UnionWith(candidates);
        return candidates.FirstOrDefault();
    }

    private static bool IsOver(Suppression suppression, DateTimeOffset now) => suppression.Expires is { } end && end <= now;

    private static string Shown(DateTimeOffset date) => date.TimeOfDay == TimeSpan.Zero ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : date.ToString("u", CultureInfo.InvariantCulture);
}
