using System;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Whether a pass gets its user to the page on which it is to be used: said before it is issued, and refused never.</summary>
public sealed class PassObstacleTests
{
    private const string Strength = "40000000-0000-4000-8000-000000000001";
    private const string Begin = "'Registration' demands Made here there as well, which takes no Temporary Access Pass";

    /// <summary>Of the policy of the pass: whether passes can be used once only; and what is wished.</summary>
    [Theory]
    [InlineData("fido2", false, null, Begin + ".")]
    [InlineData("fido2,temporaryAccessPassMultiUse", true, null, Begin + " that can be used once. The policy of the pass allows no other.")]
    [InlineData("fido2,temporaryAccessPassMultiUse", false, true, Begin + " that can be used once. One that can be used several times does: leave out -UsableOnce.")]
    [InlineData("fido2,temporaryAccessPassMultiUse", false, null, null)]
    [InlineData("fido2,temporaryAccessPassOneTime", false, null, Begin + " that can be used several times. One that can be used once does: -UsableOnce.")]
    [InlineData("fido2,temporaryAccessPassOneTime", false, true, null)]
    [InlineData("fido2,temporaryAccessPassOneTime", true, null, null)]
    [InlineData("block", false, null, "'Registration' blocks it.")]
    [InlineData("mfa", false, null, null)]
    public void A_pass_that_is_not_taken_before_the_registration_is_a_warning(string demand, bool isOnlyOnce, bool? wish, string? obstacle)
    {
        using var tenant = new HelpdeskFixture(t => Prepare(t, demand, isOnlyOnce));
        var plan = new TemporaryAccessPassPlanner(tenant.Session, tenant.Client).Plan("ann@contoso.com", new TemporaryAccessPassWish("x") { IsUsableOnce = wish }, CancellationToken.None);
        Assert.Equal(obstacle, plan.Obstacle);
        Assert.Equal(obstacle is null ? [] : [$"With a pass ann@contoso.com does not get to the registration: {obstacle}"], plan.Warnings);
        Assert.Equal(obstacle is not null, plan.Words("Contoso").EndsWith($"\nWith a pass the user does not get to the registration: {obstacle}", StringComparison.Ordinal));
        Assert.Empty(plan.Notes);
        // It is no reason to ask, and none to refuse.
        Assert.False(plan.Asks);
        Assert.True(new TemporaryAccessPassEngine(tenant.Session, tenant.Client).Issue(plan, tenant.Folder, "New-Something", asPlainText: false, CancellationToken.None).Pass!.IsConfirmed);
    }

    [Theory]
    [InlineData("conditionalAccess", "Whether Conditional Access lets ann@contoso.com register with a pass is not known: Conditional Access could not be read. ")]
    [InlineData("authenticationStrength", "Whether Conditional Access lets ann@contoso.com register with a pass is not known: Conditional Access could not be read. ")]
    public void What_cannot_be_read_is_a_note_and_no_warning(string part, string note)
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            Prepare(t, "fido2", isOnlyOnce: false);
            t.EmergencyAccounts.Add("ben@contoso.com");
        });
        tenant.Tenant.Fail(part);
        var plan = new TemporaryAccessPassPlanner(tenant.Session, tenant.Client).Plan("ann@contoso.com", new TemporaryAccessPassWish("x"), CancellationToken.None);
        Assert.Equal((null, 0), (plan.Obstacle, plan.Warnings.Count));
        Assert.StartsWith(note, Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Conditional_Access_is_read_once_for_all_users_and_takes_two_requests()
    {
        using var tenant = new HelpdeskFixture(t =>
        {
            Prepare(t, "fido2", isOnlyOnce: false);
            t.EmergencyAccounts.Add("ben@contoso.com");
            // A strength of which the list says nothing of models.
            t.Strengths.Add(new JObject { ["id"] = "40000000-0000-4000-8000-000000000002", ["displayName"] = "Other", ["policyType"] = "custom", ["allowedCombinations"] = new JArray("fido2") });
        });
        var planner = new TemporaryAccessPassPlanner(tenant.Session, tenant.Client);
        foreach (var user in new[] { "ann@contoso.com", "ben@contoso.com" }) Assert.NotNull(planner.Plan(user, new TemporaryAccessPassWish("x"), CancellationToken.None).Obstacle);
        Assert.Equal(2, tenant.Server.Requests.Count(r => (r.Path + r.Body).Contains("conditionalAccess", StringComparison.Ordinal) || (r.Path + r.Body).Contains("authenticationStrength", StringComparison.Ordinal)));
    }

    private static void Prepare(UsersFixture tenant, string demand, bool isOnlyOnce)
    {
        tenant.User("ann");
        tenant.User("ben");
        tenant.PassPolicy["isUsableOnce"] = isOnlyOnce;
        var isControl = demand is "block" or "mfa";
        if (!isControl) tenant.Strengths.Add(new JObject { ["id"] = Strength, ["displayName"] = "Made here", ["policyType"] = "custom", ["allowedCombinations"] = new JArray(demand.Split(',').Cast<object>().ToArray()) });
        tenant.AccessPolicies.Add(new JObject
        {
            ["id"] = "50000000-0000-4000-8000-000000000001",
            ["displayName"] = "Registration",
            ["state"] = "enabled",
            ["conditions"] = new JObject { ["users"] = new JObject { ["includeUsers"] = new JArray("All") }, ["applications"] = new JObject { ["includeUserActions"] = new JArray("urn:user:registersecurityinfo") } },
            ["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = isControl ? new JArray(demand) : [], ["authenticationStrength"] = isControl ? null : new JObject { ["id"] = Strength } },
        });
    }
}
