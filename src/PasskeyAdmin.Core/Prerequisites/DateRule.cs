using System;
using System.Globalization;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>A day of Microsoft's: whether it concerns the tenant, and whether the tenant is ready for it.</summary>
internal abstract class DateRule(PrerequisiteDate date) : PrerequisiteRule(date.Id, date.Title, date.Source, TenantCapability.PolicyWrite, TenantCapability.Rollout)
{
    private const string GlobalCloud = "Global";

    /// <param name="day">In this cloud.</param>
    /// <returns>With evidence that says what was seen; what happens on the day is put behind it.</returns>
    protected abstract CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day);

    protected sealed override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        // The sandbox is told when Microsoft does what; an endpoint that is not known is taken for the cloud that most are in.
        var isKnown = tenant.IsSandbox || GraphCloud.Find(tenant.Environment) is not null;
        var day = date.In(tenant.IsSandbox || !isKnown ? GlobalCloud : tenant.Environment);
        if (day is not { } due) return CheckResult.Pass($"Not in this cloud ({tenant.Environment}), as far as Microsoft has said.");
        var result = Evaluate(facts, due);
        if (!isKnown && result.Outcome is CheckOutcome.Fail) result = result with { Outcome = CheckOutcome.Unknown, Evidence = $"{result.Evidence} Whether the day is one of this cloud is not known." };
        return result with { DueDate = due, Evidence = $"{result.Evidence} {About(result.Outcome, due, facts.Now)}" };
    }

    private string About(CheckOutcome outcome, DateTimeOffset day, DateTimeOffset now)
    {
        // Who has nothing to do needs no more than the day.
        if (outcome is CheckOutcome.Pass) return $"({Shown(day)}{(date.IsConfirmed ? "" : ", not confirmed")})";
        return $"{When(day, now)}: {date.Event}.{(date.IsConfirmed ? "" : " (Not confirmed: the day is from a message to administrators.)")}";
    }

    private static string When(DateTimeOffset day, DateTimeOffset now)
    {
        var days = (int)Math.Ceiling((day - now).TotalDays);
        return days > 0 ? $"On {Shown(day)}, in {days} {(days == 1 ? "day" : "days")}" : $"Since {Shown(day)}";
    }

    private static string Shown(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
