using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Nobody documents the values of the audit log: whole or in part, with numbers or with names, late or not at all.</summary>
public class PolicyAuditTests
{
    [Theory]
    [InlineData("whole, numbers", OtherEditState.None)]
    [InlineData("whole, names", OtherEditState.None)]
    [InlineData("in part", OtherEditState.None)]
    [InlineData("in part, from something else", OtherEditState.Suspected)]
    [InlineData("in part, more than was meant", OtherEditState.Suspected)]
    [InlineData("whole, a profile gone that was written back", OtherEditState.Suspected)]
    [InlineData("whole, and a later edit of somebody else", OtherEditState.None)]
    [InlineData("the same before, from something else", OtherEditState.None)]
    [InlineData("only the same before", OtherEditState.Unknown)]
    [InlineData("the new value in part", OtherEditState.None)]
    [InlineData("no old value", OtherEditState.None)]
    [InlineData("refused", OtherEditState.Unknown)]
    [InlineData("the same by somebody else", OtherEditState.Unknown)]
    [InlineData("only somebody else", OtherEditState.Unknown)]
    [InlineData("another setting", OtherEditState.Unknown)]
    [InlineData("no JSON", OtherEditState.Unknown)]
    [InlineData("no values", OtherEditState.Unknown)]
    [InlineData("nothing", OtherEditState.Unknown)]
    public void The_log_is_believed_as_far_as_it_says_something(string what, OtherEditState expected)
    {
        using var tenant = new ChangesFixture(account: "ann@contoso.com");
        var plan = tenant.Plan(ChangeKinds.NarrowPilot);
        var (before, after) = ((JArray)plan.Source.Before["passkeyProfiles"]!, (JArray)plan.Source.Change["passkeyProfiles"]!);
        JArray Pilot(JArray all, Action<JObject>? change = null)
        {
            var pilot = (JObject)all[1].DeepClone();
            change?.Invoke(pilot);
            return [pilot];
        }

        var wider = (JArray)before.DeepClone();
        wider[2]["name"] = "Edited";
        IEnumerable<JObject> events = what switch
        {
            "whole, numbers" => [Event(Numbers(before), Numbers(after))],
            "whole, names" => [Event(before, after)],
            "in part" => [Event(Pilot(before), Pilot(after))],
            "in part, from something else" => [Event(Pilot(before, p => p["passkeyTypes"] = 2), Pilot(after))],
            "in part, more than was meant" => [Event(Pilot(before, p => p["name"] = "Edited"), Pilot(after))],
            "whole, a profile gone that was written back" => [Event(new JArray(before.Take(2)), after)],
            "whole, and a later edit of somebody else" => [Event(after, wider, minute: 2), Event(before, after)],
            "the same before, from something else" => [Event(before, after, minute: 1), Event(wider, after, minute: -1)],
            "only the same before" => [Event(before, after, minute: -1)],
            "the new value in part" => [Event(before, Pilot(after))],
            "no old value" => [Event(JValue.CreateNull(), after)],
            "refused" => [With(Event(before, after), "result", "failure")],
            "the same by somebody else" => [With(Event(before, after), "initiatedBy", new JObject { ["user"] = new JObject { ["userPrincipalName"] = "somebody.else@contoso.com" } })],
            "only somebody else" => [Event(before, wider)],
            "another setting" => [Event(before, after, "state")],
            "no JSON" => [Event(JValue.CreateString("what"), JValue.CreateString("ever"))],
            "no values" => [new JObject { ["id"] = "x", ["activityDateTime"] = "2026-11-26T08:00:00Z", ["targetResources"] = new JArray(new JObject()) }],
            _ => [],
        };
        tenant.Server.Faults = (r, _) => r.Path.Contains("directoryAudits", StringComparison.Ordinal) ? Fault.Reply(200, new JObject { ["value"] = new JArray(events) }.ToString()) : null;
        var result = tenant.Apply(plan);
        Assert.Equal((PolicyChangeOutcome.Applied, expected), (result.Change.Outcome, result.Change.OtherEdit));
        Assert.Equal(expected is OtherEditState.Suspected ? 1 : 0, result.Warnings.Count);
    }

    private static JObject Event(JToken old, JToken value, string setting = "passkeyProfiles", int minute = 0) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["activityDateTime"] = new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero).AddMinutes(minute).UtcDateTime.ToString("o"),
        ["targetResources"] = new JArray(new JObject { ["modifiedProperties"] = new JArray(new JObject { ["displayName"] = setting, ["oldValue"] = old.ToString(Formatting.None), ["newValue"] = value.ToString(Formatting.None) }) }),
    };

    private static JObject With(JObject audit, string name, JToken value)
    {
        audit[name] = value;
        return audit;
    }

    private static JArray Numbers(JArray profiles)
    {
        var numbered = (JArray)profiles.DeepClone();
        foreach (var profile in numbered)
        {
            profile["passkeyTypes"] = ((string)profile["passkeyTypes"]!).Split(',').Sum(t => t == "synced" ? 2 : 1);
            profile["attestationEnforcement"] = 0;
            profile["keyRestrictions"]!["enforcementType"] = (string?)profile["keyRestrictions"]!["enforcementType"] == "allow" ? 0 : 1;
        }
        return numbered;
    }
}
