using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

/// <summary>A best-practice rule, as a pure function of what was read.</summary>
/// <param name="id">Stable, PK and three digits, of which the first is the area.</param>
/// <param name="name">The id in words.</param>
/// <param name="needs">What has to be read so that it can be judged: where one of these is not read, the outcome is Unknown.</param>
/// <param name="title">What is so where the rule passes.</param>
internal abstract class PolicyRule(string id, string name, RuleSeverity severity, RuleSources needs, string title)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public RuleSeverity Severity { get; } = severity;

    public RuleSources Needs { get; } = needs;

    public string Title { get; } = title;

    public RuleArea Area => Id[2] switch { '1' => RuleArea.Profiles, '2' => RuleArea.People, '3' => RuleArea.Access, _ => RuleArea.Operation };

    public abstract string LooksAt { get; }

    public abstract string Why { get; }

    public abstract string Fix { get; }

    public abstract Uri Source { get; }

    /// <summary>What it makes use of where it can be read, and does without where not.</summary>
    public virtual RuleSources Wishes => RuleSources.Policy;

    /// <summary>At least one result.</summary>
    public IReadOnlyList<FindingResult> Evaluate(RuleContext context)
    {
        if (ByPolicyAlone(context.Policy) is { } early) return [early];
        if (context.IsFile && Needs is not RuleSources.Policy) return [FindingResult.NotApplicable("It needs a tenant, and only a policy in a file is judged.")];
        if (context.WhyNotRead(Needs) is { } reason) return [FindingResult.Unknown(reason)];
        return [.. Judge(context)];
    }

    /// <summary>Where the policy alone tells; null where it does not.</summary>
    protected virtual FindingResult? ByPolicyAlone(PasskeyPolicy policy) => null;

    /// <summary>What it needs was read.</summary>
    /// <returns>One result or more.</returns>
    protected abstract IEnumerable<FindingResult> Judge(RuleContext context);

    /// <summary>A failure that says what to do as the rule has it.</summary>
    /// <param name="describe">The evidence, of those of the objects that are not accepted.</param>
    /// <param name="look">A command that looks at the first user of those, in place of a command.</param>
    protected FindingResult Fail(IEnumerable<FindingObject> objects, Func<IReadOnlyList<FindingObject>, string> describe, string? command = null, string? look = null)
    {
        var all = objects.ToList();
        return new FindingResult(RuleOutcome.Fail, describe(all)) { Objects = all, Describe = describe, Fix = Fix, Look = look, Command = look is null ? command : FindingResult.CommandOf(look, all) };
    }

    /// <summary>A failure of one thing.</summary>
    protected FindingResult Fail(FindingObject of, string evidence, string? command = null) => Fail([of], _ => evidence, command);

    /// <summary>A failure of the policy as a whole.</summary>
    protected FindingResult Fail(string evidence, string? command = null) => Fail([], _ => evidence, command);

    /// <summary>That something could not be told of some users.</summary>
    /// <param name="what">What, as it goes on after "It is not known".</param>
    protected static FindingResult PeopleNotKnown(RuleContext context, IReadOnlyCollection<RulePerson> people, string what) =>
        FindingResult.Unknown($"It is not known {what}: {NameLists.First(people.Select(p => p.Shown).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).Select(DisplayText.Neutralise))}. {context.People.Report.Reason ?? "What it hinges on could not be read, or Microsoft Graph does not say it."}");

    /// <summary>Policies of which it is not known what they demand.</summary>
    protected static IEnumerable<FindingResult> UnclearDemands(RuleContext context) =>
        AccessDemand.Unclear(context.Access.Value).Select(p => FindingResult.Unknown($"The strength that '{DisplayText.Neutralise(p.Name)}' demands is not in the list of strengths: whether it is phishing-resistant is not known."));

    /// <summary>That some users could not be asked for their passkeys.</summary>
    protected static FindingResult PasskeysUnread(RuleContext context) => FindingResult.Unknown($"The passkeys of {Count(context.People.Passkeys.Value, "user", "users")} could not be read. {context.People.WhyUnasked}");

    protected static FindingResult NoAdministrators { get; } = FindingResult.NotApplicable("No enabled user is an administrator, emergency accounts and guests aside.");

    protected static string Count(int count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";

    /// <summary>A day as everybody writes it, whatever the calendar of the administrator.</summary>
    protected static string Day(DateTimeOffset date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What was found; where that is nothing, that it passed.</summary>
    protected static IEnumerable<FindingResult> OrPass(IEnumerable<FindingResult> found, string evidence)
    {
        var isAny = false;
        foreach (var result in found)
        {
            isAny = true;
            yield return result;
        }
        if (!isAny) yield return FindingResult.Pass(evidence);
    }
}
