using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Takes a change back out of the policy as it is now: each place that the change touched gets the value that it had before, where it still has the one that the change gave it. What
/// somebody else did elsewhere stays. Pure.
/// </summary>
internal sealed class PolicyRestore
{
    private const string Profiles = PolicyItems.Profiles;
    private const string Targets = PolicyItems.Targets;
    private const string Allowed = "allowedPasskeyProfiles";
    private const string Restrictions = "keyRestrictions";

    private readonly PolicyPlaces _before;
    private readonly PolicyPlaces _after;
    private readonly PolicyPlaces _now;
    private readonly List<string> _conflicts = [];

    /// <param name="before">The policy before the change.</param>
    /// <param name="after">The policy as the change made it, with the ids that the service gave.</param>
    /// <param name="current">The policy as it is.</param>
    /// <param name="standIn">Makes the id that stands for the one which the service will give, from the name of a profile.</param>
    public PolicyRestore(JObject before, JObject after, JObject current, Func<string, string> standIn)
    {
        (before, after, current) = (Own(before), Own(after), Own(current));
        var renewed = new Dictionary<string, string>();
        // A profile that the change deleted comes back under another id: whatever named the old one names that.
        foreach (var profile in PolicyItems.Of(before, Profiles).Where(p => PolicyItems.Find(after, Profiles, PolicyItems.IdOf(p)) is null && PolicyItems.Find(current, Profiles, PolicyItems.IdOf(p)) is null))
            renewed[PolicyItems.IdOf(profile)] = standIn(JsonText.Of(profile, "name") ?? PolicyItems.IdOf(profile));
        Renewed = renewed;
        before = Renamed(before, renewed);
        (_before, _after, _now) = (PolicyPlaces.Of(before), PolicyPlaces.Of(after), PolicyPlaces.Of(current));
        var wanted = (JObject)current.DeepClone();
        foreach (var name in _before.DifferencesTo(_after).Select(p => p.Split('/')[0]).Distinct().ToList())
        {
            if (PolicyItems.Lists.Contains(name)) RestoreList(name, before, after, wanted);
            else RestoreValue(name, before, wanted, name);
        }
        AddBrokenTargets(current, wanted);
        Expected = WithConflicts(current, after);
        Change = new JObject(wanted.Properties().Where(p => !JToken.DeepEquals(p.Value, current[p.Name])).Select(p => new JProperty(p.Name, p.Value.DeepClone())));
    }

    /// <summary>The properties that change, each with its whole value; empty where the policy is as it was before.</summary>
    public JObject Change { get; }

    /// <summary>Places that somebody else changed since.</summary>
    public IReadOnlyList<string> Conflicts => _conflicts;

    /// <summary>The policy as it is, but for what somebody else changed in the same places: there, as the change made it.</summary>
    public JObject Expected { get; }

    /// <summary>Old ids of profiles, and what stands for the new ones.</summary>
    public IReadOnlyDictionary<string, string> Renewed { get; }

    /// <summary>The policy with other ids of profiles.</summary>
    public static JObject Renamed(JObject policy, IReadOnlyDictionary<string, string> ids)
    {
        if (ids.Count == 0) return policy;
        var renamed = (JObject)policy.DeepClone();
        foreach (var profile in PolicyItems.Of(renamed, Profiles))
            if (ids.TryGetValue(PolicyItems.IdOf(profile), out var id)) profile["id"] = id;
        foreach (var target in PolicyItems.Of(renamed, Targets).Where(t => t[Allowed] is JArray))
            target[Allowed] = new JArray(((JArray)target[Allowed]!).Select(p => p is JValue { Value: string old } && ids.TryGetValue(old.ToLowerInvariant(), out var id) ? id : p.DeepClone()));
        return renamed;
    }

    /// <summary>What somebody else has come to use since is theirs: a target must not be left with a profile that goes, or with none.</summary>
    private void AddBrokenTargets(JObject current, JObject wanted)
    {
        var gone = PolicyItems.Of(current, Profiles).Select(PolicyItems.IdOf).Except(PolicyItems.Of(wanted, Profiles).Select(PolicyItems.IdOf)).ToList();
        foreach (var target in PolicyItems.Of(wanted, Targets))
        {
            var profiles = target[Allowed] is JArray list ? Texts(list).Select(p => p.ToLowerInvariant()).ToList() : [];
            var isLeftEmpty = profiles.Count == 0 && PolicyItems.Find(current, Targets, PolicyItems.IdOf(target))?[Allowed] is JArray { Count: > 0 };
            if (isLeftEmpty || profiles.Exists(gone.Contains)) _conflicts.Add(PolicyPlaces.PlaceOf(Targets, PolicyItems.IdOf(target)));
        }
    }

    private JObject WithConflicts(JObject current, JObject after)
    {
        var expected = (JObject)current.DeepClone();
        foreach (var place in _conflicts.Select(c => c.Split('/')))
        {
            if (!PolicyItems.Lists.Contains(place[0]))
            {
                expected[place[0]] = after[place[0]]?.DeepClone();
                continue;
            }
            var (now, then) = (PolicyItems.Find(expected, place[0], place[1]), PolicyItems.Find(after, place[0], place[1]));
            if (now is null && then is not null) (expected[place[0]] as JArray)?.Add(then.DeepClone());
            else if (then is null) now?.Remove();
            else now!.Replace(then.DeepClone());
        }
        return expected;
    }

    private void RestoreList(string list, JObject before, JObject after, JObject wanted)
    {
        foreach (var id in PolicyItems.Of(before, list).Concat(PolicyItems.Of(after, list)).Select(PolicyItems.IdOf).Distinct().ToList())
        {
            var place = PolicyPlaces.PlaceOf(list, id);
            if (!Differs(place)) continue;
            var (was, became, now) = (PolicyItems.Find(before, list, id), PolicyItems.Find(after, list, id), PolicyItems.Find(wanted, list, id));
            if (became is null) Revive(place, was!, now, list, wanted);
            else if (was is null) Retract(place, now);
            else if (now is null) _conflicts.Add(place);
            else foreach (var name in was.Properties().Concat(became.Properties()).Select(p => p.Name).Distinct().ToList()) RestoreProperty($"{place}/{name}", name, was, became, now);
        }
    }

    /// <summary>What the change took away.</summary>
    private void Revive(string place, JObject was, JObject? now, string list, JObject wanted)
    {
        if (now is null && wanted[list] is JArray items) items.Add(was.DeepClone());
        else if (now is null || _now.Below(place).Concat(_before.Below(place)).Any(p => _now[p] != _before[p])) _conflicts.Add(place);
    }

    /// <summary>What the change added.</summary>
    private void Retract(string place, JObject? now)
    {
        if (now is null) return;
        // The service may have added settings of its own.
        if (_now.Below(place).Concat(_after.Below(place)).Any(p => _now[p] != _after[p] && (_after[p] is not null || PolicyPlaces.IsKnown(p)))) _conflicts.Add(place);
        else now.Remove();
    }

    private void RestoreProperty(string place, string name, JObject was, JObject became, JObject now)
    {
        if (!Differs(place)) return;
        if (name == Restrictions && !(IsSameKind(was[name] as JObject, became[name] as JObject) && IsSameKind(became[name] as JObject, now[name] as JObject)))
        {
            // An entry of an allow list says the opposite in a block list: then the list is one thing.
            RestoreValue(place, was, now, name);
        }
        else if (name == Restrictions && was[name] is JObject oldList && became[name] is JObject newList && now[name] is JObject list)
        {
            foreach (var part in oldList.Properties().Concat(newList.Properties()).Select(p => p.Name).Distinct().ToList()) RestoreProperty($"{place}/{part}", part, oldList, newList, list);
        }
        else if (name is "aaGuids" or Allowed && was[name] is JArray old && became[name] is JArray changed && now[name] is JArray entries)
        {
            foreach (var entry in Texts(changed).Except(Texts(old), StringComparer.OrdinalIgnoreCase))
                foreach (var item in entries.Where(e => IsText(e, entry)).ToList()) item.Remove();
            foreach (var entry in Texts(old).Except(Texts(changed), StringComparer.OrdinalIgnoreCase).Where(o => !entries.Any(e => IsText(e, o)))) entries.Add(entry);
        }
        else
        {
            RestoreValue(place, was, now, name);
        }
    }

    private void RestoreValue(string place, JObject was, JObject now, string name)
    {
        if (_now.Below(place).Concat(_before.Below(place)).All(p => _now[p] == _before[p])) return;
        if (_now.Below(place).Concat(_after.Below(place)).Any(p => _now[p] != _after[p])) _conflicts.Add(place);
        else if (was[name] is { } value) now[name] = value.DeepClone();
        else now.Remove(name);
    }

    private static bool IsSameKind(JObject? one, JObject? other) => JToken.DeepEquals(one?["isEnforced"], other?["isEnforced"]) && JToken.DeepEquals(one?["enforcementType"], other?["enforcementType"]);

    private bool Differs(string place) => _before.Below(place).Concat(_after.Below(place)).Any(p => _before[p] != _after[p]);

    private static JObject Own(JObject policy) => (JObject)PolicyDocument.WithoutAnnotations(policy);

    private static IEnumerable<string> Texts(JArray list) => list.OfType<JValue>().Select(v => v.Value).OfType<string>();

    private static bool IsText(JToken entry, string text) => entry is JValue { Value: string value } && value.Equals(text, StringComparison.OrdinalIgnoreCase);
}
