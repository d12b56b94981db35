using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>The evaluation of policies against the same law written the slow way, for ten thousand random tenants each.</summary>
public class PolicyEvaluatorTests
{
    private const int Tenants = 10_000;

    [Fact]
    public void What_is_known_of_one_policy_is_what_the_law_says_in_every_case() => Check(tenant =>
    {
        var evaluator = new PolicyEvaluator(tenant.ReadBefore());
        foreach (var passkey in tenant.Passkeys)
        {
            var signIn = Cases(tenant, passkey, tenant.Before).Select(c => Slow(tenant, tenant.Before, c).MaySignIn(c.Type, c.AaGuid)).ToHashSet();
            Agree(tenant, signIn, evaluator.MaySignIn(tenant.Membership, passkey.Known));
            foreach (var isAttested in Both)
            {
                var register = Cases(tenant, passkey, tenant.Before).Select(c => Slow(tenant, tenant.Before, c).MayRegister(c.Type, c.AaGuid, isAttested)).ToHashSet();
                Agree(tenant, register, evaluator.MayRegister(tenant.Membership, passkey.Known, isAttested));
            }
        }
    });

    [Fact]
    public void The_impact_is_the_difference_of_the_two_policies_for_every_user() => Check(tenant =>
    {
        var change = new PolicyChange(tenant.ReadBefore(), tenant.ReadAfter());
        var impact = ImpactRule.Judge(tenant.Passkeys.Select(p => change.Of(tenant.Membership, p.Known)), tenant.HasOtherMethod);
        var cases = Everything(tenant).ToHashSet();
        if (impact is not PasskeyImpact.Unknown) Assert.Equal([impact], cases);
        if (tenant.IsKnown) Assert.NotEqual(PasskeyImpact.Unknown, impact);
    });

    [Fact]
    public void A_group_that_nobody_may_read_costs_no_more_certainty_than_it_must() => Check(tenant =>
    {
        var change = new PolicyChange(tenant.ReadBefore(), tenant.ReadAfter());
        foreach (var passkey in tenant.Passkeys.Where(p => p.Known.AaGuid is { } a && a != Guid.Empty && p.Known.Type is not PasskeyAdmin.Providers.PasskeyTypes.None))
        {
            var cases = Cases(tenant, passkey, tenant.Before, tenant.After).Select(c => Slow(tenant, tenant.Before, c).MaySignIn(c.Type, c.AaGuid) && !Slow(tenant, tenant.After, c).MaySignIn(c.Type, c.AaGuid)).ToHashSet();
            // Profiles that a target names and the policy does not list are another matter.
            if (!HasUnlisted(tenant)) Assert.Equal(cases.Count == 1 ? cases.Single() : null, change.Of(tenant.Membership, passkey.Known).IsLost);
        }
    });

    [Fact]
    public void Only_the_groups_that_decide_need_to_be_read() => Check(tenant =>
    {
        if (tenant.Unknown.Count > 0) return;
        var change = new PolicyChange(tenant.ReadBefore(), tenant.ReadAfter());
        var deciding = change.Deciding();
        var concerned = change.Concerned();
        // What is not asked for counts as a group that the user is not in.
        var read = new Membership(id => id == RandomTenant.User || (deciding.Contains(id) && tenant.In.Contains(id)));
        PasskeyImpact Impact(Membership m) => ImpactRule.Judge(tenant.Passkeys.Select(p => change.Of(m, p.Known)), tenant.HasOtherMethod);
        Assert.Equal(Impact(tenant.Membership), Impact(read));
        if (!change.CanTakeAway) Assert.Empty(deciding);
        if (Impact(tenant.Membership) is PasskeyImpact.Unaffected) return;
        Assert.True(change.CanTakeAway);
        Assert.True(change.MayAffect(read));
        Assert.Contains(concerned, id => id is "all_users" or RandomTenant.User || tenant.In.Contains(id));
    });

    [Fact]
    public void What_changes_nothing_takes_nothing_away() => Check(tenant =>
    {
        var policy = tenant.ReadBefore();
        Assert.False(new PolicyChange(policy, tenant.ReadBefore()).CanTakeAway);
        Assert.Empty(PolicyDifference.Between(policy, tenant.ReadBefore()));
    });

    [Fact]
    public void What_makes_a_difference_is_said() => Check(tenant =>
    {
        var differences = PolicyDifference.Between(tenant.ReadBefore(), tenant.ReadAfter()).ToList();
        if (new PolicyChange(tenant.ReadBefore(), tenant.ReadAfter()).CanTakeAway) Assert.NotEmpty(differences);
    });

    private static void Check(Action<RandomTenant> test) => Gen.Int.Sample(seed => test(new RandomTenant(seed)), iter: Tenants);

    private static void Agree(RandomTenant tenant, HashSet<bool> cases, bool? said)
    {
        if (said is { } known) Assert.Equal([known], cases);
        if (tenant.IsKnown) Assert.NotNull(said);
    }

    private sealed record Case(string Type, Guid AaGuid, IReadOnlySet<string> Groups, bool BlocksZeros, bool FutureIsOther, bool UnlistedAllows);

    private static SlowEvaluator Slow(RandomTenant tenant, Newtonsoft.Json.Linq.JObject policy, Case c) => new(policy, tenant.Gone, c.Groups, c.BlocksZeros, c.FutureIsOther, _ => c.UnlistedAllows);

    /// <summary>Whether a policy names a type that nobody knows.</summary>
    private static bool HasFuture(params Newtonsoft.Json.Linq.JObject[] policies) => policies.Any(p => p["passkeyProfiles"]!.Any(f => ((string)f["passkeyTypes"]!).Contains("future", StringComparison.Ordinal)));

    private static bool HasUnlisted(RandomTenant tenant) => new[] { tenant.Before, tenant.After }.Any(p => p["includeTargets"]!.SelectMany(t => t["allowedPasskeyProfiles"]!).Any(id => !p["passkeyProfiles"]!.Any(f => (string?)f["id"] == (string?)id)));

    /// <summary>Everything that may be so, for one passkey.</summary>
    private static IEnumerable<Case> Cases(RandomTenant tenant, RandomPasskey passkey, params Newtonsoft.Json.Linq.JObject[] policies) =>
        from groups in GroupCases(tenant)
        from what in Whats(passkey, HasFuture(policies))
        from zeros in Both
        from future in Both
        from unlisted in HasUnlisted(tenant) ? Both : [false]
        select new Case(what.Type, what.AaGuid, groups, zeros, future, unlisted);

    private static readonly bool[] Both = [true, false];

    private static IEnumerable<PasskeyImpact> Everything(RandomTenant tenant) =>
        from groups in GroupCases(tenant)
        from passkeys in Product(tenant.Passkeys.Select(p => Whats(p, HasFuture(tenant.Before, tenant.After)).ToList()).ToList())
        from zeros in Both
        from future in Both
        from unlisted in HasUnlisted(tenant) ? Both : [false]
        from other in tenant.HasOtherMethod is { } has ? [has] : Both
        let c = new Case("", Guid.Empty, groups, zeros, future, unlisted)
        select SlowEvaluator.Impact(Slow(tenant, tenant.Before, c), Slow(tenant, tenant.After, c), passkeys, other);

    private static IEnumerable<(string Type, Guid AaGuid)> Whats(RandomPasskey passkey, bool hasFuture)
    {
        string[] types = passkey.Known.IsOfOtherType ? ["other", "deviceBound", "synced"] : passkey.Known.Type is PasskeyAdmin.Providers.PasskeyTypes.None ? hasFuture ? ["deviceBound", "synced", "other"] : ["deviceBound", "synced"] : [passkey.Type!];
        Guid[] aaGuids = passkey.Known.AaGuid is { } known ? [known] : [.. RandomTenant.AaGuids, new("77777777-0000-0000-0000-000000000000")];
        return types.SelectMany(t => aaGuids.Select(a => (t, a)));
    }

    private static IEnumerable<IReadOnlySet<string>> GroupCases(RandomTenant tenant)
    {
        var open = tenant.Unknown.ToList();
        for (var bits = 0; bits < 1 << open.Count; bits++)
            yield return tenant.In.Except(open).Concat(open.Where((_, i) => (bits & (1 << i)) != 0)).ToHashSet();
    }

    private static IEnumerable<IReadOnlyList<(string, Guid)>> Product(IReadOnlyList<List<(string, Guid)>> lists) =>
        lists.Aggregate((IEnumerable<IReadOnlyList<(string, Guid)>>)[[]], (all, list) => all.SelectMany(a => list.Select(i => (IReadOnlyList<(string, Guid)>)[.. a, i])));
}
