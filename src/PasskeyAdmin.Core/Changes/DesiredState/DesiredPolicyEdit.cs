using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Works a file of desired state into a policy: everything by name, and nothing where a name means none or several.</summary>
/// <param name="find">Finds groups by name or id, many at once.</param>
/// <param name="empty">Those of some groups in which nobody is.</param>
internal sealed class DesiredPolicyEdit(DesiredPolicy desired, PasskeyPolicy current, Func<IReadOnlyList<string>, IReadOnlyList<GroupMatch>> find, Func<IEnumerable<DirectoryGroup>, IEnumerable<DirectoryGroup>> empty)
{
    private const string Advice = "Nothing was sent.";

    /// <summary>What stands for a profile, by its name in the file.</summary>
    private readonly Dictionary<string, string> _profileIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _notes = [.. desired.Notes];

    /// <summary>What is worth knowing; sentences, safe to show.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="PasskeyAdminException"><c>DesiredPolicyInvalid</c>, <c>PolicyTooLarge</c>, <c>PolicyGroupsUnresolved</c>, and what <see cref="PolicyEditor"/> throws, with the place in the file.</exception>
    public void Apply(PolicyEditor editor)
    {
        RequireRoom();
        var faults = new DesiredFaults(desired.Source);
        var profiles = new DesiredProfileMatch(desired, current, faults);
        profiles.Match();
        faults.Require(ErrorKind.InvalidData, DesiredPolicyReader.FaultId, Advice);
        var people = new DesiredPeopleFinder(current, faults, find, empty);
        people.Find([.. (desired.Targets ?? []).Select(t => t.People)], [.. (desired.Exclusions ?? []).Select(e => e.People)]);
        faults.Require(ErrorKind.NotFound, "PolicyGroupsUnresolved", Advice);
        if (desired.State is { } state) editor.SetState(state);
        if (desired.SelfService is { } selfService) editor.SetSelfService(selfService);
        foreach (var profile in desired.Profiles ?? []) At(profile.Name.Place, () => Set(profile, profiles.Of(profile), editor));
        foreach (var target in desired.Targets ?? []) At(target.People.Name.Place, () => Set(target, people.IdOf(target.People), profiles, editor));
        if (desired.Targets is not null)
            foreach (var gone in current.Target.Where(t => !desired.Targets.Any(d => IsSame(people.IdOf(d.People), t.Id)))) editor.RemoveTarget(gone.Id, null, "");
        if (desired.Exclusions is not null) SetExclusions([.. desired.Exclusions.Select(e => people.IdOf(e.People))], editor);
        foreach (var gone in profiles.Gone) editor.RemoveProfile(gone);
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
            throw e.As(e.Kind, e.ErrorId, $"{desired.Source}, {place}: {e.Message} {Advice}");
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

    private void Set(DesiredProfile profile, PasskeyProfile? known, PolicyEditor editor)
    {
        var (name, settings) = (profile.Name.Value.Trim(), new ProfileSettings { Types = profile.Types, Attestation = profile.Attestation, Providers = profile.Providers is { } list ? [list] : [] });
        if (known is null)
        {
            _profileIds[name] = editor.AddProfile(settings with { Name = name });
            return;
        }
        var isRenamed = known.RawName.Trim() != name;
        // Whether it can be renamed is not documented (reference/graph-passkey-policy.md §3 [U]): a refusal would leave a file half applied.
        if (isRenamed && known.IsDefault) _notes.Add($"The default profile is called {CommandText.Quote(known.Name)} in this tenant and {CommandText.Quote(name)} in the file: it keeps its name, which the service may not let be changed.");
        editor.SetProfile(known, isRenamed && !known.IsDefault ? settings with { Name = name } : settings);
        _profileIds[name] = known.Id!;
    }

    private void Set(DesiredTarget target, string id, DesiredProfileMatch profiles, PolicyEditor editor)
    {
        var before = current.Target.FirstOrDefault(t => IsSame(t.Id, id));
        if (target.Profiles is { } names)
        {
            var wanted = names.Select(n => _profileIds.TryGetValue(n.Value.Trim(), out var known) ? known : profiles.ByName(n.Value)?.Id ?? n.Value).ToList();
            // First what comes: a target without a profile would go.
            foreach (var profile in wanted.Where(w => before?.ProfileId.Contains(w, StringComparer.OrdinalIgnoreCase) != true)) editor.AddTarget(id, profile);
            foreach (var gone in (before?.ProfileId ?? []).Where(p => !wanted.Contains(p, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase)) editor.RemoveTarget(id, gone, DisplayText.Neutralise(gone));
        }
        if (target.IsRegistrationRequired is { } isRequired) editor.SetRegistrationRequired(id, isRequired);
    }

    private void SetExclusions(IReadOnlyList<string> ids, PolicyEditor editor)
    {
        foreach (var id in ids.Where(i => !current.Exclusion.Any(e => IsSame(e.Id, i)))) editor.AddExclusion(id);
        foreach (var gone in current.Exclusion.Where(e => !ids.Contains(e.Id, StringComparer.OrdinalIgnoreCase))) editor.RemoveExclusion(gone.Id);
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
