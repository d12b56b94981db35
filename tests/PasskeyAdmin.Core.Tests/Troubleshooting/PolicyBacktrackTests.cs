using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Sandbox;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Going back through the changes of the policy by what the audit log has of them.</summary>
public sealed class PolicyBacktrackTests
{
    private const string Default = "00000000-0000-0000-0000-000000000001";

    [Fact]
    public void Whole_lists_with_numbers_are_gone_back_over_one_by_one()
    {
        var changes = Changes(
            Event(1, "passkeyProfiles", Profile(3), Profile(1)),
            Event(5, "passkeyProfiles", Profile(1), Profile(3)));
        Assert.Equal(["Default passkey profile: - passkey type Synced", "Default passkey profile: + passkey type Synced"], changes.Select(c => Assert.Single(c.Words)));
        Assert.Equal([PasskeyTypes.DeviceBound | PasskeyTypes.Synced, PasskeyTypes.DeviceBound], changes.Select(c => c.Before.Profile[0].PasskeyType));
        Assert.Equal([PasskeyTypes.DeviceBound, PasskeyTypes.DeviceBound | PasskeyTypes.Synced], changes.Select(c => c.After.Profile[0].PasskeyType));
        Assert.All(changes, c => Assert.Equal("somebody@contoso.com", c.By));
    }

    [Fact]
    public void Of_an_item_in_part_the_rest_is_as_it_is()
    {
        var change = Assert.Single(Changes(Event(1, "passkeyProfiles", Part("""{ "passkeyTypes": 3 }"""), Part("""{ "passkeyTypes": 1 }"""))));
        Assert.Equal(("Default passkey profile", PasskeyTypes.DeviceBound | PasskeyTypes.Synced), (change.Before.Profile[0].Name, change.Before.Profile[0].PasskeyType));
    }

    [Fact]
    public void What_came_and_what_went_is_seen()
    {
        var group = "22222222-0000-4000-8000-000000000001";
        var change = Assert.Single(Changes(Event(1, "excludeTargets", "[]", $$"""[{ "id": "{{Excluded}}", "targetType": "group" }]"""), Event(2, "excludeTargets", $$"""[{ "id": "{{group}}", "targetType": "group" }]""", $$"""[{ "id": "{{group}}", "targetType": "group" }]""")));
        Assert.Empty(change.Before.Exclusion);
        Assert.Equal(Excluded, Assert.Single(change.After.Exclusion).Id);
    }

    [Fact]
    public void A_switch_is_gone_back_over()
    {
        var change = Assert.Single(Changes(Event(1, "isSelfServiceRegistrationAllowed", "false", "true")));
        Assert.Equal((false, true), (change.Before.SelfServiceRegistration, change.After.SelfServiceRegistration));
    }

    [Theory]
    [InlineData("passkeyProfiles", "rubbish", "[]")]
    [InlineData("isSelfServiceRegistrationAllowed", "{", "true")]
    [InlineData("somethingElse", "1", "2")]
    public void What_is_not_understood_tells_nothing(string setting, string old, string now) => Assert.DoesNotContain(Changes(Event(1, setting, old, now)), c => c.Words.Any(w => w.Contains("profile", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void What_failed_changed_nothing()
    {
        var failed = Event(1, "passkeyProfiles", Profile(3), Profile(1));
        failed["result"] = "failure";
        Assert.Empty(Changes(failed));
    }

    private const string Excluded = "be0c992f-399d-5476-9d60-39382213e87a";

    private static IReadOnlyList<SeenPolicyChange> Changes(params JObject[] events)
    {
        var root = SandboxClient.Small(r =>
        {
            r["settings"] = new JObject { ["now"] = "2026-11-23T09:00:00Z" };
            r["directoryAudits"] = new JArray(events);
            var fido2 = SandboxClient.ConfigurationOf(r);
            fido2["passkeyProfiles"] = JArray.Parse(Profile(1).Replace("\"passkeyTypes\":1", "\"passkeyTypes\":\"deviceBound\"", StringComparison.Ordinal).Replace("\"attestationEnforcement\":0", "\"attestationEnforcement\":\"disabled\"", StringComparison.Ordinal));
            fido2["excludeTargets"] = JArray.Parse($$"""[{ "id": "{{Excluded}}", "targetType": "group" }]""");
            fido2["isSelfServiceRegistrationAllowed"] = true;
        });
        using var tenant = new DiagnosedTenant(root);
        return tenant.Read((string)JObject.Parse(root.ToJson())["users"]![0]!["userPrincipalName"]!).PolicyChanges.Value;
    }

    private static string Profile(int types) => new JArray(new JObject
    {
        ["id"] = Default,
        ["name"] = "Default passkey profile",
        ["passkeyTypes"] = types,
        ["attestationEnforcement"] = 0,
        ["keyRestrictions"] = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() },
    }).ToString(Newtonsoft.Json.Formatting.None);

    private static string Part(string part)
    {
        var item = JObject.Parse(part);
        item["id"] = Default;
        return new JArray(item).ToString(Newtonsoft.Json.Formatting.None);
    }

    private static JObject Event(int daysAgo, string setting, string old, string now) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["activityDateTime"] = DiagnosedTenant.Now.AddDays(-daysAgo).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["activityDisplayName"] = "Authentication Methods Policy Update",
        ["category"] = "ApplicationManagement",
        ["loggedByService"] = "Authentication Methods",
        ["result"] = "success",
        ["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = "33333333-0000-4000-8000-000000000001", ["userPrincipalName"] = "somebody@contoso.com" } },
        ["targetResources"] = new JArray(new JObject { ["id"] = null, ["type"] = "Other", ["displayName"] = "Authentication Methods Policy", ["modifiedProperties"] = new JArray(new JObject { ["displayName"] = setting, ["oldValue"] = old, ["newValue"] = now }) }),
    };
}
