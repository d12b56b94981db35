using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>Two policies, before and after a change: who could lose what, and which groups that hinges on. Pure; one for a command, not for several threads.</summary>
internal sealed class PolicyChange
{
    /// <summary>Beyond so many things that are not known, they are not gone through case by case.</summary>
    private const int MostOpen = 8;

    private readonly HashSet<Guid> _listed;
    private readonly HashSet<string> _sameProfiles;
    private readonly Dictionary<PasskeyModel, bool> _isNarrowed = [];

    public PolicyChange(PasskeyPolicy before, PasskeyPolicy after)
    {
        (Before, After) = (new PolicyEvaluator(before), new PolicyEvaluator(after));
        _listed = [.. Before.ListedAaGuids, .. After.ListedAaGuids];
        _sameProfiles = [.. before.Profile.Where(b => after.Profile.Any(a => IsSame(a, b))).Select(Key)];
        Models = [.. PossibilitiesOf(new PasskeyTraits(PasskeyTypes.None, null) { IsOfOtherType = true })];
    }

    public PolicyEvaluator Before { get; }

    public PolicyEvaluator After { get; }

    /// <summary>Everything that a passkey can be, as far as these policies tell passkeys apart.</summary>
    public IReadOnlyList<PasskeyModel> Models { get; }

    /// <summary>What a group, or a user who is named outright, is called; safe to show.</summary>
    public string NameOf(string id) => new[] { Before.Policy, After.Policy }.SelectMany(p => p.Target.Where(t => t.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).Select(t => t.DisplayName)
        .Concat(p.Exclusion.Where(e => e.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).Select(e => e.DisplayName))).First();

    /// <summary>A target that means the user and whose profiles are not known, safe to show; null where there is none.</summary>
    public string? Riddle(Membership user) => new[] { Before, After }.SelectMany(e => e.Policy.Target.Where(t => e.ProfilesOf(t).Contains(null) && PolicyClauses.Means(t.Kind, t.Status, t.Id, user) != false)).FirstOrDefault()?.DisplayName;

    /// <summary>Whether anybody could lose anything.</summary>
    public bool CanTakeAway => Models.Any(IsNarrowed);

    /// <summary>Everything that a passkey may be, as far as these policies tell passkeys apart.</summary>
    public IEnumerable<PasskeyModel> PossibilitiesOf(PasskeyTraits passkey) => passkey.Possibilities(_listed, Before.HasOtherTypes || After.HasOtherTypes);

    /// <summary>What becomes of a passkey, or of several of which only this much is known.</summary>
    public PasskeyOutcome Of(Membership user, PasskeyTraits passkey)
    {
        var cases = PossibilitiesOf(passkey).Select(m => Of(user, m)).ToList();
        return new PasskeyOutcome(PolicyEvaluator.Combined(cases.Select(c => c.WasUsable)), PolicyEvaluator.Combined(cases.Select(c => c.IsUsable)), PolicyEvaluator.Combined(cases.Select(c => c.IsLost)));
    }

    public PasskeyOutcome Of(Membership user, PasskeyModel passkey)
    {
        var (was, isUsable) = (Before.MaySignIn(user, passkey), After.MaySignIn(user, passkey));
        return new PasskeyOutcome(was, isUsable, IsNarrowed(passkey) ? IsLost(user, passkey, was, isUsable) : false);
    }

    /// <summary>Whether somebody with these groups could lose a passkey, whichever it is.</summary>
    public bool MayAffect(Membership user) => Models.Any(m => Of(user, m).IsLost is not false);

    /// <summary>Ids of the groups (and users) through which something is lost: only their people can be affected. <c>all_users</c> is among them where it is everybody.</summary>
    public IReadOnlyCollection<string> Concerned()
    {
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var model in Models.Where(IsNarrowed))
        {
            // A target that is not known could mean anybody.
            if (!Before.Policy.AreTargetsKnown) ids.Add(TargetFacts.AllUsers);
            var added = NewExclusions().Select(e => e.Id).ToList();
            var through = LetIn(Before, model).ToList();
            var kept = LetIn(After, model).Where(t => After.Allows(t, model) is true).Select(t => t.Id).ToList();
            var isSwitchedOff = !IsStateKept || !After.Policy.AreExclusionsKnown;
            ids.UnionWith(through.Select(t => t.Id).Where(id => isSwitchedOff || !kept.Contains(id, StringComparer.OrdinalIgnoreCase)));
            if (through.Count > 0) ids.UnionWith(added);
        }
        return ids;
    }

    /// <summary>Ids of the groups whose members decide something: those through which something is lost, those that may still let it in, and those that let in what is left.</summary>
    public IReadOnlyCollection<string> Deciding()
    {
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (!CanTakeAway) return ids;
        foreach (var model in Models)
        {
            if (IsNarrowed(model)) ids.UnionWith(LetIn(Before, model).Select(t => t.Id));
            var letIn = LetIn(After, model).ToList();
            // What all users have, no group adds to.
            if (!letIn.Any(t => t.Kind is TargetKind.AllUsers && After.Allows(t, model) is true)) ids.UnionWith(letIn.Select(t => t.Id));
        }
        ids.UnionWith(Before.Policy.Exclusion.Concat(After.Policy.Exclusion).Select(e => e.Id));
        ids.Remove(TargetFacts.AllUsers);
        return ids;
    }

    /// <summary>
    /// Whether a change takes this passkey from anybody at all. Where everything that let it in before lets it in afterwards, and nobody else is shut out, it
    /// takes nothing, whoever is in which group.
    /// </summary>
    public bool IsNarrowed(PasskeyModel passkey)
    {
        if (!_isNarrowed.TryGetValue(passkey, out var isNarrowed)) _isNarrowed.Add(passkey, isNarrowed = IsNarrowedFor(passkey));
        return isNarrowed;
    }

    private bool IsNarrowedFor(PasskeyModel passkey)
    {
        var (before, after) = (Before.Policy, After.Policy);
        if (before.State is PolicyState.Disabled) return false;
        var letIn = LetIn(Before, passkey).ToList();
        if (!before.AreTargetsKnown && after.AreTargetsKnown) return true;
        // Whom the profiles are meant for is not known: what one of them let in and no longer does may be missed by somebody.
        if (!before.AreTargetsKnown && before.Profile.Any(b => PolicyClauses.AllowsSignIn(b, passkey) is not false && !after.Profile.Any(a => Key(a) == Key(b) && (PolicyClauses.AllowsSignIn(a, passkey) is true || IsSame(a, b))))) return true;
        if (letIn.Count == 0 && before.AreTargetsKnown) return false;
        if (!IsStateKept || before.AreTargetsKnown != after.AreTargetsKnown || before.AreExclusionsKnown != after.AreExclusionsKnown || NewExclusions().Any()) return true;
        var stays = LetIn(After, passkey).ToLookup(t => t.Id, StringComparer.OrdinalIgnoreCase);
        return !LetIn(After, passkey).Any(t => t.Kind is TargetKind.AllUsers && After.Allows(t, passkey) is true)
            && letIn.Exists(t => !stays[t.Id].Any(s => s.Kind == t.Kind && (After.Allows(s, passkey) is true || IsSameDoubt(t, s))));
    }

    /// <summary>Whether a target that may let something in does so for the same unclear reasons before and after.</summary>
    private bool IsSameDoubt(PasskeyProfileTarget before, PasskeyProfileTarget after)
    {
        // Any of the profiles may be meant.
        if (!before.AreProfilesKnown || !after.AreProfilesKnown) return before.AreProfilesKnown == after.AreProfilesKnown && Before.Policy.Profile.All(p => _sameProfiles.Contains(Key(p)));
        if (!before.ProfileId.All(id => after.ProfileId.Contains(id, StringComparer.OrdinalIgnoreCase))) return false;
        // One that is named and not listed, before and after, is the same riddle.
        return before.ProfileId.Count == 0
            ? Before.ProfilesOf(before).All(w => w is not null && _sameProfiles.Contains(Key(w)))
            : before.ProfileId.All(id => _sameProfiles.Contains(id.ToUpperInvariant()) || (!Has(Before, id) && !Has(After, id)));
    }

    private static bool Has(PolicyEvaluator policy, string id) => policy.Policy.Profile.Any(p => id.Equals(p.Id, StringComparison.OrdinalIgnoreCase));

    private bool IsStateKept => After.Policy.State is PolicyState.Enabled || After.Policy.State == Before.Policy.State;

    private IEnumerable<PasskeyExclusion> NewExclusions() => After.Policy.Exclusion.Where(a => !Before.Policy.Exclusion.Any(b => b.Kind == a.Kind && b.Id.Equals(a.Id, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<PasskeyProfileTarget> LetIn(PolicyEvaluator policy, PasskeyModel passkey) => policy.Policy.Target.Where(t => t.Status is not TargetStatus.NotFound && policy.Allows(t, passkey) is not false);

    /// <summary>
    /// Whether it worked and works no more. Where groups are not known, the same doubt stands on both sides: each case is gone through, so that a group that
    /// nobody may read costs no certainty about a change elsewhere.
    /// </summary>
    private bool? IsLost(Membership user, PasskeyModel passkey, bool? was, bool? isUsable)
    {
        if ((was & !isUsable) is { } certain) return certain;
        var open = OpenGroups(user);
        if (open.Count is 0 or > MostOpen) return null;
        bool? all = null;
        for (var bits = 0; bits < 1 << open.Count; bits++)
        {
            var one = bits;
            var assumed = new Membership(id => user.Covers(id) ?? (open.TryGetValue(id, out var index) ? (one & (1 << index)) != 0 : null));
            if ((Before.MaySignIn(assumed, passkey) & !After.MaySignIn(assumed, passkey)) is not { } lost || (all is { } before && before != lost)) return null;
            all = lost;
        }
        return all;
    }

    private Dictionary<string, int> OpenGroups(Membership user)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var ids = new[] { Before.Policy, After.Policy }.SelectMany(p => p.Target.Where(t => t.Kind is not TargetKind.AllUsers && t.Status is not TargetStatus.NotFound).Select(t => t.Id)
            .Concat(p.Exclusion.Where(e => e.Kind is not TargetKind.AllUsers && e.Status is not TargetStatus.NotFound).Select(e => e.Id)));
        foreach (var id in ids)
            if (!open.ContainsKey(id) && user.Covers(id) is null) open.Add(id, open.Count);
        return open;
    }

    /// <summary>Whether a profile is the same as far as it lets passkeys in.</summary>
    private static bool IsSame(PasskeyProfile one, PasskeyProfile other) =>
        Key(one) == Key(other) && one.PasskeyTypeName == other.PasskeyTypeName && one.Restriction == other.Restriction
        && (one.Restriction is KeyRestrictionKind.None || (one.UnreadableAaGuids == other.UnreadableAaGuids && new HashSet<Guid>(one.AaGuid).SetEquals(other.AaGuid))) && one.UnknownValue.Select(PolicyUnknowns.WithoutPlace).SequenceEqual(other.UnknownValue.Select(PolicyUnknowns.WithoutPlace));

    private static string Key(PasskeyProfile profile) => profile.Id?.ToUpperInvariant() ?? "";
}
