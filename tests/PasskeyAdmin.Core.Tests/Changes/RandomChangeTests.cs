using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>What holds for any policy and any change of it.</summary>
public class RandomChangeTests
{
    private const int Many = 4_000;

    [Fact]
    public void The_writes_of_a_change_give_the_policy_that_was_wanted() => Gen.Int.Sample(seed =>
    {
        var change = new RandomChange(seed);
        var writes = PlannedWrites.Of(change.Before, change.Change, change.NewProfiles);
        Assert.Equal(change.Change.Count == 0, writes.Count == 0);
        Assert.True(writes.Count <= 3);
        Assert.True(ChangeKinds.Shows(WithoutLegacy(change.Send(change.Before, writes, [])), WithoutLegacy(change.Wanted)));
    }, iter: Many);

    [Fact]
    public void Undo_gives_the_start_but_for_ids_that_the_service_gives() => Gen.Int.Sample(seed =>
    {
        var change = new RandomChange(seed);
        var ids = new Dictionary<string, string>();
        var after = change.Send(change.Before, PlannedWrites.Of(change.Before, change.Change, change.NewProfiles), ids);
        Assert.True(ChangeKinds.Shows(WithoutLegacy(Undone(change, after, after, ids)), WithoutLegacy(change.Before)));
    }, iter: Many);

    [Fact]
    public void Undo_keeps_what_somebody_else_did_elsewhere() => Gen.Int.Sample(seed =>
    {
        var change = new RandomChange(seed);
        var ids = new Dictionary<string, string>();
        var after = change.Send(change.Before, PlannedWrites.Of(change.Before, change.Change, change.NewProfiles), ids);
        if (change.EditElsewhere(after) is not { } edited) return;
        var undone = Undone(change, after, edited, ids);
        Assert.True(ChangeKinds.Shows(WithoutLegacy(undone), WithoutLegacy(change.EditElsewhere(change.Before)!)));
    }, iter: Many);

    [Fact]
    public void A_plan_through_its_text_is_the_same_plan() => Gen.Int.Sample(seed =>
    {
        var plan = new RandomChange(seed).Plan;
        var again = PlanDocument.Parse(plan.ToText());
        Assert.Equal(plan.ToText(), again.ToText());
        Assert.Equal(Bodies(plan), Bodies(again));
    }, iter: Many / 5);

    /// <summary>Whoever edits a plan by hand gets an error, or another plan that is measured anew; never the same one with other numbers.</summary>
    [Fact]
    public void A_plan_that_was_edited_by_hand_fails_or_is_another_one() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var plan = new RandomChange(seed).Plan;
        var json = plan.ToJson();
        var values = json.Descendants().OfType<JValue>().ToList();
        var value = values[random.Next(values.Count)];
        value.Value = value.Value switch { bool flag => !flag, long number => number + 1, _ => $"{value.Value}x" };
        PlanDocument edited;
        try
        {
            edited = PlanDocument.Of(json);
        }
        catch (PasskeyAdminException e)
        {
            Assert.Equal("PlanInvalid", e.ErrorId);
            return;
        }
        // What it was made from is as it was, so the comparison with the tenant still holds.
        Assert.True(edited.Hash == plan.Hash);
    }, iter: Many);

    [Fact]
    public void The_order_of_lists_and_the_spelling_of_ids_make_no_difference() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var policy = new RandomChange(seed).Before;
        var other = (JObject)policy.DeepClone();
        foreach (var list in other.Descendants().OfType<JArray>().ToList()) list.ReplaceAll(list.OrderBy(_ => random.Next()).ToList());
        foreach (var id in other.Descendants().OfType<JValue>().Where(v => v.Value is string s && Guid.TryParse(s, out _) && v.Path.Contains('[', StringComparison.Ordinal)).ToList()) id.Value = ((string)id!).ToUpperInvariant();
        Assert.Equal(PolicyPlaces.HashOf(policy), PolicyPlaces.HashOf(other));
        other["passkeyProfiles"]![0]!["futureSetting"] = 99;
        Assert.NotEqual(PolicyPlaces.HashOf(policy), PolicyPlaces.HashOf(other));
    }, iter: Many / 5);

    /// <summary>Plans and journals of earlier days are read by it: another one is another version of the document.</summary>
    [Fact]
    public void The_fingerprint_of_a_policy_stays_what_it_is() => Assert.StartsWith("e4381d48af07ff7748ae818bf13b2363ec3a7b00d", PolicyPlaces.HashOf(JObject.Parse("""{"@odata.context":"x","id":"Fido2","state":"enabled","future":{"b":1,"a":[2]},"passkeyProfiles":[{"id":"ABC","name":"x","passkeyTypes":"synced,deviceBound","keyRestrictions":{"isEnforced":true,"enforcementType":"allow","aaGuids":["F","E"]}}],"includeTargets":[{"id":"all_users","targetType":"group","allowedPasskeyProfiles":["ABC"]}],"isAttestationEnforced":null}""")));

    /// <param name="current">The policy as it is when it is undone.</param>
    private static JObject Undone(RandomChange change, JObject after, JObject current, Dictionary<string, string> ids)
    {
        var restore = new PolicyRestore(change.Before, PolicyRestore.Renamed(change.Wanted, ids), current, new PolicyEditor(RandomChange.Read(current)).StandInId);
        Assert.Empty(restore.Conflicts);
        Assert.NotNull(after);
        return change.Send(current, PlannedWrites.Of(current, restore.Change, [.. restore.Renewed.Values]), []);
    }

    private static IEnumerable<string> Bodies(PlanDocument plan) => PlannedWrites.Of(plan.Before, plan.Change, plan.NewProfiles).Select(w => w.Body.ToString());

    /// <summary>What follows the default profile in some tenants, and not in others.</summary>
    private static JObject WithoutLegacy(JObject policy)
    {
        var copy = (JObject)policy.DeepClone();
        copy.Remove("isAttestationEnforced");
        copy.Remove("keyRestrictions");
        return copy;
    }
}
