using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>A change of the passkey policy that was worked out and not made.</summary>
public sealed class PasskeyPolicyPlan
{
    internal PasskeyPolicyPlan(PlanDocument source, PasskeyPolicy before, PasskeyPolicy after, IReadOnlyList<PlannedWrite> writes, IEnumerable<string> warnings)
    {
        Source = source;
        Before = before;
        After = after;
        Writes = writes;
        Difference = new JoinedList<string>(PolicyDifference.Between(before, after));
        Warning = new JoinedList<string>(warnings);
        Request = new JoinedList<PasskeyPolicyRequest>(writes.Select(w => new PasskeyPolicyRequest(w.Body)));
        Document = source.ToText();
    }

    private PasskeyPolicyPlan(PasskeyPolicyPlan plan, ImpactMeasurement measured)
    {
        (Source, Before, After, Writes) = (plan.Source, plan.Before, plan.After, plan.Writes);
        (Difference, Warning, Request, Document) = (plan.Difference, plan.Warning, plan.Request, plan.Document);
        Measured = measured;
        Impact = new PasskeyImpactSummary(measured);
    }

    public string? TenantId => Before.TenantId;

    public string? TenantName => Before.TenantName;

    /// <summary>The command that worked it out.</summary>
    public string Command => Source.Command;

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset MadeAt => Source.MadeAt;

    /// <summary>The policy that it was made from.</summary>
    public PasskeyPolicy Before { get; }

    /// <summary>The policy as it would be. A profile that is still to be created has an id that stands for the one that the service will give.</summary>
    public PasskeyPolicy After { get; }

    /// <summary>What differs, in words: <c>Synced pilot: - passkey type Synced</c>. Empty where there is nothing to do.</summary>
    public IReadOnlyList<string> Difference { get; }

    /// <summary>What else to know; sentences.</summary>
    public IReadOnlyList<string> Warning { get; }

    /// <summary>Whom it affects; null where that was not measured (-SkipImpact).</summary>
    public PasskeyImpactSummary? Impact { get; }

    /// <summary>What will be sent, in this order.</summary>
    public IReadOnlyList<PasskeyPolicyRequest> Request { get; }

    /// <summary>The size of the policy as it would be, in bytes, estimated: see <see cref="PasskeyPolicy.Size"/>.</summary>
    public int Size => After.Size;

    /// <summary>The same in per cent of the room that a policy has.</summary>
    public double SizePercent => After.SizePercent;

    /// <summary>The plan itself, as JSON: what Invoke-PasskeyPolicyPlan takes, today or later. It holds no numbers of people.</summary>
    public string Document { get; }

    internal PlanDocument Source { get; }

    internal IReadOnlyList<PlannedWrite> Writes { get; }

    internal ImpactMeasurement? Measured { get; }

    internal bool IsEmpty => Writes.Count == 0;

    internal PasskeyPolicyPlan With(ImpactMeasurement measured) => new(this, measured);

    public override string ToString() => Difference.Count == 0 ? "Nothing to do" : string.Join("; ", Difference);
}
