using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Works a file of desired state into a policy: everything by name, and nothing where a name means none or several. Pure but for the groups that it asks for.</summary>
/// <param name="find">Finds groups by name or id, many at once.</param>
/// <param name="empty">Those of some groups in which nobody is.</param>
internal sealed class DesiredPolicyEdit(DesiredPolicy desired, PasskeyPolicy current, Func<IReadOnlyList<string>, IReadOnlyList<GroupMatch>> find, Func<IEnumerable<DirectoryGroup>, IEnumerable<DirectoryGroup>> empty)
{
    private const string Advice = "Nothing was sent.";

    private readonly DesiredFaults _faults = new(desired.Source);

    /// <summary>Which profile of the tenant each of the file is; none for a new one.</summary>
    private readonly Dictionary<DesiredProfile, PasskeyProfile> _known = [];
    private readonly Dictionary<string, string> _profileIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<DesiredPeople, string> _ids = [];
    private readonly List<string> _notes = [.. desired.Notes];

    /// <summary>What is worth knowing; sentences, safe to show.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="PasskeyAdminException"><c>DesiredPolicyInvalid</c>, <c>PolicyTooLarge</c>, <c>PolicyGroupsUnresolved</c>, and what <see cref="PolicyEditor"/> throws, with the place in the file.</exception>
    public void Apply(PolicyEditor editor)
    {
        RequireRoom();
        Match();
        _faults.Require(ErrorKind.InvalidData, DesiredPolicyReader.FaultId, Advice);
        FindPeople();
        if (desired.State is { } state) editor.SetState(state);
        if (desired.SelfService is { } selfService) editor.SetSelfService(selfService);
        foreach (var profile in desired.Profiles ?? []) At(profile.Name.Place, () => Set(profile, editor));
        foreach (var target in desired.Targets ?? []) At(target.People.Name.Place, () => Set(target, editor));
        if (desired.Targets is not null)
            foreach (var gone in current.Target.Where(t => !desired.Targets.Any(d => _ids[d.People].Equals(t.Id, StringComparison.OrdinalIgnoreCase)))) editor.RemoveTarget(gone.Id, null, "");
        if (desired.Exclusions is not null) SetExclusions(desired.Exclusions, editor);
        if (desired.Profiles is not null)
            foreach (var gone in current.Profile.Where(p => !_known.ContainsValue(p))) editor.RemoveProfile(gone);
    }

    /// <summary>An error of an edit, with the place that asked for it.</summary>
    private void At(FilePlace place, Action edit)
    {
        try
        {
            edit();
        }
        catch (PasskeyAdminException e)
        {
            throw e.As(e.Kind, e.ErrorId, $"{desired.Source}, {place}: {e.Message}");
        }
    }

    /// <summary>Before thousands of groups are looked up for nothing.</summary>
    private void RequireRoom()
    {
        var (size, limit) = (PolicySize.WithoutTargets(desired.Profiles?.Select(p => p.Providers?.AaGuids.Count ?? 0) ?? current.Profile.Select(p => p.AaGuid.Count)), Math.Max(current.SizeLimit, current.Size));
        foreach (var people in (desired.Targets ?? []).Select(t => (t.People, Size: PolicySize.OfTarget(t.Profiles?.Count ?? 1))).Concat((desired.Exclusions ?? []).Select(e => (e.People, Size: PolicySize.OfTarget(0)))).OrderBy(p => p.People.Name.Place.Line))
        {
            if ((size += people.Size) <= limit) continue;
            throw new PasskeyAdminException(ErrorKind.LimitExceeded, "PolicyTooLarge", $"{desired.Source}, {people.People.Name.Place}: from here on, the policy takes more than the {limit} bytes that it has (estimated), and the service refuses what is larger. The file has {desired.Targets?.Count ?? 0:N0} targets, of which each takes about {PolicySize.OfTarget(1)} bytes: target fewer and larger groups. {Advice}");
        }
    }

    private void Match()
    {
        foreach (var profile in desired.Profiles ?? [])
        {
            if (Find(profile) is not { } known) RequireWhole(profile);
            else if (_known.ContainsValue(known)) _faults.Add(profile.Name.Place, $"{CommandText.Quote(profile.Name.Value)} is the same profile of the tenant as {CommandText.Quote(_known.First(k => k.Value == known).Key.Name.Value)}: {CommandText.Quote(known.Name)}");
            else _known.Add(profile, known);
        }
        if (desired.Profiles is not null && current.Profile.FirstOrDefault(p => p.IsDefault) is { } must && !_known.ContainsValue(must))
            _faults.Add(desired.Profiles.Count > 0 ? desired.Profiles[0].Name.Place : FilePlace.Start, $"the file leaves out {CommandText.Quote(must.Name)}, the default profile, which cannot be deleted. To let nobody use it, leave it out of the targets");
        if (desired.Profiles is null)
            foreach (var name in (desired.Targets ?? []).SelectMany(t => t.Profiles ?? []).Where(n => !Guid.TryParse(n.Value, out _) && ByName(n.Value) is null))
                _faults.Add(name.Place, $"the tenant has no profile {CommandText.Quote(name.Value)}, and the file says nothing of profiles. {NearNames.Question(name.Value, current.Profile.Select(p => p.Name), $"It has {NameLists.First(current.Profile.Select(p => CommandText.Quote(p.Name)))}.")}");
        foreach (var target in (desired.Targets ?? []).Where(t => t.Profiles is null && !IsThere(t.People)))
            _faults.Add(target.People.Name.Place, $"the target {CommandText.Quote(target.People.Name.Value)} would be new, and the file does not say its 'profiles'");
    }

    private PasskeyProfile? Find(DesiredProfile profile) => (profile.IsDefault ? current.Profile.FirstOrDefault(p => p.IsDefault) : null) ?? ByName(profile.Name.Value) ?? (profile.PreviousName is { } previous ? ByName(previous.Value) : null);

    private PasskeyProfile? ByName(string name) => current.Profile.FirstOrDefault(p => IsSame(p.RawName, name));

    /// <summary>What a new profile leaves out would be guessed.</summary>
    private void RequireWhole(DesiredProfile profile)
    {
        if (profile.IsDefault) _faults.Add(profile.Name.Place, "the tenant has no default profile that this could be");
        string?[] missing = [profile.Types is null ? "passkeyTypes" : null, profile.Attestation is null ? "attestation" : null, profile.Providers is null ? "providers" : null];
        if (missing.Any(m => m is not null)) _faults.Add(profile.Name.Place, $"the tenant has no profile {CommandText.Quote(profile.Name.Value)}, and for a new one the file does not say {NameLists.And(missing.OfType<string>().Select(m => $"'{m}'"))}{(profile.PreviousName is null ? "" : $". There is none called {CommandText.Quote(profile.PreviousName.Value)} either")}");
    }

    /// <summary>Whether somebody is a target already, as far as that shows before groups are looked up.</summary>
    private bool IsThere(DesiredPeople people) => current.Target.Any(t => people.Name.Value.Equals(people.IsById ? t.Id : t.RawName, StringComparison.OrdinalIgnoreCase));

    private void FindPeople()
    {
        var targets = (desired.Targets ?? []).Select(t => t.People).ToList();
        var all = targets.Concat((desired.Exclusions ?? []).Select(e => e.People)).ToList();
        bool IsKnown(string id) => current.Target.Any(t => t.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) || current.Exclusion.Any(e => e.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        var asked = all.Where(p => p.Kind is TargetKind.Group && !(p.IsById && IsKnown(p.Name.Value))).Select(p => p.Name.Value).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var found = (asked.Count == 0 ? [] : find(asked)).ToDictionary(m => m.Asked, m => m.Found, StringComparer.OrdinalIgnoreCase);
        var fresh = new List<(DesiredPeople People, DirectoryGroup Group)>();
        foreach (var people in all)
        {
            var name = people.Name.Value;
            if (!found.TryGetValue(name, out var groups) || people.Kind is not TargetKind.Group)
            {
                _ids[people] = name;
                if (people.Kind is TargetKind.User && !IsKnown(name)) _faults.Add(people.Name.Place, $"the user {DisplayText.Neutralise(name)} is no target of this tenant, and a policy is meant for groups");
            }
            else if (groups.Count == 0) _faults.Add(people.Name.Place, $"there is no group {CommandText.Quote(name)} in this tenant");
            else if (groups.Count > 1) _faults.Add(people.Name.Place, $"{groups.Count} groups of this tenant are called {CommandText.Quote(name)}: {NameLists.First(groups.Select(g => g.Id))}. Name one by its id");
            else
            {
                _ids[people] = groups[0].Id;
                if (!IsKnown(groups[0].Id)) fresh.Add((people, groups[0]));
            }
        }
        foreach (var same in targets.Where(_ids.ContainsKey).GroupBy(t => _ids[t], StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            _faults.Add(same.Last().Name.Place, $"{CommandText.Quote(same.Last().Name.Value)} is the same group as {CommandText.Quote(same.First().Name.Value)} ({same.First().Name.Place})");
        // Somebody has to be in a group that comes in: in an empty one, the wrong one was meant.
        var nobody = new HashSet<string>(empty(fresh.Select(f => f.Group).GroupBy(g => g.Id).Select(g => g.First())).Select(g => g.Id), StringComparer.OrdinalIgnoreCase);
        foreach (var (people, group) in fresh.Where(f => nobody.Contains(f.Group.Id))) _faults.Add(people.Name.Place, $"nobody is in the group {CommandText.Quote(group.Shown)} ({group.Id})");
        _faults.Require(ErrorKind.NotFound, "PolicyGroupsUnresolved", Advice);
    }

    private void Set(DesiredProfile profile, PolicyEditor editor)
    {
        var settings = new ProfileSettings { Types = profile.Types, Attestation = profile.Attestation, Providers = profile.Providers is { } list ? [list] : [] };
        if (_known.TryGetValue(profile, out var known))
        {
            var isRenamed = known.RawName.Trim() != profile.Name.Value.Trim();
            // Whether it can be renamed is not documented (reference/graph-passkey-policy.md §3 [U]): a refusal would leave a file half applied.
            if (isRenamed && known.IsDefault) _notes.Add($"The default profile is called {CommandText.Quote(known.Name)} in this tenant and {CommandText.Quote(profile.Name.Value)} in the file: it keeps its name, which the service may not let be changed.");
            editor.SetProfile(known, isRenamed && !known.IsDefault ? settings with { Name = ProfileRules.RequireName(profile.Name.Value, "a profile") } : settings);
            _profileIds[profile.Name.Value.Trim()] = known.Id!;
        }
        else
        {
            ProfileRules.RequireTypes(profile.Types, profile.Attestation);
            _profileIds[profile.Name.Value.Trim()] = editor.AddProfile(settings with { Name = ProfileRules.RequireName(profile.Name.Value, "a profile") });
        }
    }

    private void Set(DesiredTarget target, PolicyEditor editor)
    {
        var id = _ids[target.People];
        var before = current.Target.FirstOrDefault(t => t.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        if (target.Profiles is { } names)
        {
            var wanted = names.Select(n => (n.Place, Id: IdOf(n.Value))).ToList();
            // First what comes: a target without a profile would go.
            foreach (var profile in wanted.Where(w => before?.ProfileId.Contains(w.Id, StringComparer.OrdinalIgnoreCase) != true)) At(profile.Place, () => editor.AddTarget(id, profile.Id));
            foreach (var gone in (before?.ProfileId ?? []).Where(p => !wanted.Exists(w => w.Id.Equals(p, StringComparison.OrdinalIgnoreCase))).Distinct(StringComparer.OrdinalIgnoreCase)) editor.RemoveTarget(id, gone, DisplayText.Neutralise(gone));
        }
        // Left out of the file where it is off, which is what Microsoft advises.
        if (target.IsRegistrationRequired is { } isRequired ? before?.IsRegistrationRequired != isRequired : before?.IsRegistrationRequired == true) editor.SetRegistrationRequired(id, target.IsRegistrationRequired == true);
    }

    private void SetExclusions(IReadOnlyList<DesiredExclusion> exclusions, PolicyEditor editor)
    {
        var ids = exclusions.Select(e => (e.People, Id: _ids[e.People])).ToList();
        foreach (var (people, id) in ids.Where(i => !current.Exclusion.Any(e => e.Id.Equals(i.Id, StringComparison.OrdinalIgnoreCase)))) At(people.Name.Place, () => editor.AddExclusion(id));
        foreach (var gone in current.Exclusion.Where(e => !ids.Exists(i => i.Id.Equals(e.Id, StringComparison.OrdinalIgnoreCase)))) editor.RemoveExclusion(gone.Id);
    }

    private string IdOf(string nameOrId) => _profileIds.TryGetValue(nameOrId.Trim(), out var id) ? id : ByName(nameOrId)?.Id ?? nameOrId;

    private static bool IsSame(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);
}
