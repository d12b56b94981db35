using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Design §8, last row: every request of every write meets every fault. The tenant is before or after (or has a profile that nobody uses yet), and the journal says which.</summary>
public sealed class FaultTableTests
{
    /// <summary>What happens to a request, once or from then on.</summary>
    private static readonly Dictionary<string, Func<ChangesFixture, ArrivedRequest, Fault?>> Faults = new()
    {
        ["reset before"] = (_, _) => Fault.Reset,
        ["reset after"] = (t, r) => Fault.Reset.After(() => t.Forward(r)),
        ["429"] = (_, _) => Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}""", ("Retry-After", "3")),
        ["400"] = (_, _) => Fault.Reply(400, """{"error":{"code":"badRequest","message":"Persistence of policy failed with error: Policy size is larger than allowed by 7 bytes"}}"""),
        ["403"] = (_, _) => Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}"""),
        ["500"] = (_, _) => Fault.Reply(500, """{"error":{"code":"generalException","message":"Oops."}}"""),
        ["503"] = (_, _) => Fault.Reply(503, "", ("Retry-After", "1")),
        ["504 after"] = (t, r) => Fault.Reply(504, "").After(() => t.Forward(r)),
        ["504"] = (_, _) => Fault.Reply(504, ""),
        ["timeout before"] = (t, _) => TimeOut(t),
        ["timeout after"] = (t, r) => TimeOut(t).After(() => t.Forward(r)),
        ["garbage"] = (_, _) => Fault.Reply(200, "<html>", "text/html"),
        ["garbage after"] = (t, r) => Fault.BreakOff("{\"a\":").After(() => t.Forward(r)),
        ["204 without effect"] = (_, r) => r.Method == "PATCH" ? Fault.Reply(204, "") : null,
        ["concurrent edit"] = (t, _) =>
        {
            if (!t.HasOtherEdit()) t.EditElsewhere();
            return null;
        },
    };

    public static TheoryData<string, string, bool> Cells()
    {
        var cells = new TheoryData<string, string, bool>();
        foreach (var kind in ChangeKinds.All)
            foreach (var fault in Faults.Keys)
                for (var lasts = 0; lasts < 2; lasts++) cells.Add(kind.Name, fault, lasts == 1);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_tenant_is_before_or_after_and_the_journal_says_which(string name, string fault, bool lasts)
    {
        var kind = ChangeKinds.All.First(k => k.Name == name);
        for (var number = 0; ; number++)
        {
            using var tenant = new ChangesFixture();
            var plan = kind.Plan(tenant);
            var (before, writes) = (tenant.Policy(), tenant.Writes.Count());
            var (hasMet, isRead) = (false, false);
            tenant.OnPolicyRequest((request, n) =>
            {
                if (lasts ? n < number : n != number) return null;
                if (!hasMet) isRead = request.Method == "GET";
                hasMet = true;
                return Faults[fault](tenant, request);
            });
            var result = tenant.Apply(plan);
            if (!hasMet) return;
            Assert.True(tenant.Writes.Count() - writes <= plan.Writes.Count, "A write was sent twice.");
            Check(tenant, plan, before, result, $"request {number}: {result.Change.Outcome}, {result.Change.TenantShows}, {result.Error?.ErrorId}");
            // The edit of somebody else before any look of ours is never lost.
            if (fault == "concurrent edit" && isRead) Assert.True(tenant.HasOtherEdit());
        }
    }

    private static void Check(ChangesFixture tenant, PasskeyPolicyPlan plan, JObject before, ChangeResult result, string about)
    {
        var now = tenant.Policy();
        var stages = plan.Writes.Select(w => w.Expected).ToList();
        var isEdited = tenant.HasOtherEdit(now);
        bool Is(JObject expected) => ChangeKinds.Shows(now, expected) || (isEdited && ChangeKinds.Shows(tenant.WithoutOtherEdit(now), expected));
        var (isBefore, isAfter, isBetween) = (Is(before), Is(stages[^1]), stages.Count > 1 && Is(stages[0]));
        Assert.True(isBefore || isAfter || isBetween, $"{about}: {now}");
        Assert.True(result.Error is null == result.Change.Outcome is PolicyChangeOutcome.Applied, about);
        switch (result.Change.Outcome)
        {
            case PolicyChangeOutcome.Applied:
                Assert.True(isAfter, about);
                break;
            case PolicyChangeOutcome.NotSent or PolicyChangeOutcome.Failed:
                Assert.True(isBefore, about);
                break;
            case PolicyChangeOutcome.Incomplete:
                Assert.True(isBetween, about);
                break;
            default:
                // It says that it does not know, or what it saw.
                Assert.Equal(PolicyChangeOutcome.NotConfirmed, result.Change.Outcome);
                if (result.Change.TenantShows is PolicySighting.Before) Assert.True(isBefore, about);
                break;
        }
        var journalled = tenant.Journalled();
        Assert.Equal((result.Change.Outcome, result.Change.TenantShows), (journalled.Outcome, journalled.TenantShows));
        Assert.Contains(journalled.ChangeId, result.Error?.Message ?? journalled.ChangeId, StringComparison.Ordinal);
        Complete(tenant, plan, result, isEdited);
    }

    /// <summary>A profile that was created and not targeted: the same again completes it.</summary>
    private static void Complete(ChangesFixture tenant, PasskeyPolicyPlan plan, ChangeResult result, bool isEdited)
    {
        if (result.Change.Outcome is not PolicyChangeOutcome.Incomplete || plan.Writes[0].Creates.Count == 0 || plan.Source.Undoes is not null) return;
        Assert.Contains("'New' was created and is not yet targeted", result.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("'New' was created and is not yet targeted", tenant.Journalled().Detail, StringComparison.Ordinal);
        tenant.Server.Faults = null;
        var again = tenant.Apply(ChangeKinds.AddWithTargets);
        Assert.Equal(PolicyChangeOutcome.Applied, again.Change.Outcome);
        Assert.Equal("GET GET PATCH GET", string.Join(' ', tenant.OnPolicy.TakeLast(4).Select(r => r.Method)));
        Assert.Equal(isEdited, tenant.HasOtherEdit());
    }

    private static Fault TimeOut(ChangesFixture tenant) => Fault.Silence.After(() => tenant.Tenant.Graph.Clock.Advance(GraphSender.RequestTimeout));
}
