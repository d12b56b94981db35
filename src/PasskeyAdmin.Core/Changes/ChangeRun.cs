using System;
using System.Collections.Generic;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>A change under way.</summary>
internal sealed class ChangeRun(PasskeyPolicyPlan plan, ChangeJournal journal, TenantSession tenant, CancellationToken stop)
{
    public PasskeyPolicyPlan Plan { get; } = plan;

    public ChangeJournal Journal { get; } = journal;

    public TenantSession Tenant { get; } = tenant;

    public CancellationToken Stop { get; } = stop;

    public DateTimeOffset Now => Tenant.Traffic.Now;

    /// <summary>The policy as the plan has it before the next write.</summary>
    public JObject Wanted { get; set; } = plan.Source.Before;

    /// <summary>The policy as it was last seen.</summary>
    public JObject State { get; set; } = [];

    public Dictionary<string, string> Ids { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What was written over what, as far as it may have arrived.</summary>
    public List<SentWrite> Sent { get; } = [];

    /// <summary>What is done so far of a change that takes several writes; empty where nothing is.</summary>
    public string Done { get; set; } = "";

    public List<string> Others { get; } = [];

    public ChangeFault? Error { get; set; }

    public List<PasskeyAdminException> Warnings { get; } = [];
}

/// <summary>A write that may have arrived.</summary>
/// <param name="Before">The policy as it was read before.</param>
/// <param name="At">When it was sent, by the clock here.</param>
internal sealed record SentWrite(JObject Before, JObject Body, DateTimeOffset At);

/// <summary>Why a change did not become what it was meant to be.</summary>
/// <param name="More">What that means for the tenant; null where the error says it.</param>
internal sealed record ChangeFault(PasskeyAdminException Cause, string? More)
{
    public PasskeyAdminException Describe(PasskeyPolicyChange change)
    {
        var text = More is null ? Cause.Message : $"{Cause.Message} {More}";
        return Cause.As(Cause.Kind, Cause.ErrorId, $"{text} (change {change.ChangeId})");
    }
}
