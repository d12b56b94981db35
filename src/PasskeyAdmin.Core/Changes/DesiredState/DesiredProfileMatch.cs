using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>Which profile of a tenant each of a file is, and what neither the tenant nor anybody can have. Pure.</summary>
internal sealed class DesiredProfileMatch(DesiredPolicy desired, PasskeyPolicy current, DesiredFaults faults)
{
    private readonly Dictionary<DesiredProfile, PasskeyProfile> _known = [];

    /// <summary>Those that the file does not want.</summary>
    public IEnumerable<PasskeyProfile> Gone => desired.Profiles is null ? [] : current.Profile.Where(p => !_known.ContainsValue(p));

    /// <summary>Null for a new one.</summary>
    public PasskeyProfile? Of(DesiredProfile profile) => _known.TryGetValue(profile, out var known) ? known : null;

    public void Match()
    {
        // Who says the old name, is meant before whoever would take it anew.
        foreach (var profile in (desired.Profiles ?? []).OrderBy(p => p.PreviousName is null))
        {
            if (Find(profile) is not { } known) RequireWhole(profile);
            else if (_known.ContainsValue(known)) RefuseTwin(profile, known);
            else _known.Add(profile, known);
        }
        foreach (var profile in desired.Profiles ?? []) RequireSound(profile, Of(profile));
        if (desired.Profiles is not null && current.Profile.FirstOrDefault(p => p.IsDefault) is { } must && !_known.ContainsValue(must))
            faults.Add(desired.Profiles.Count > 0 ? desired.Profiles[0].Name.Place : FilePlace.Start, $"the file leaves out {CommandText.Quote(must.Name)}, the default profile, which cannot be deleted. To let nobody use it, leave it out of the targets");
        RequireUnused();
        foreach (var target in desired.Targets ?? []) RequireProfiles(target);
    }

    /// <summary>The profile that a name means, in the tenant as it is; null where there is none.</summary>
    public PasskeyProfile? ByName(string name) => current.Profile.FirstOrDefault(p => PolicyWatch.IsSameName(p.RawName, name));

    private PasskeyProfile? Find(DesiredProfile profile)
    {
        if (profile.IsDefault && current.Profile.FirstOrDefault(p => p.IsDefault) is { } standard) return standard;
        var (same, old) = (ByName(profile.Name.Value), profile.PreviousName is { } previous ? ByName(previous.Value) : null);
        // Renamed before, and somebody else has the old name now: the file says who.
        if (same is not null && old is not null && same != old && !desired.Profiles!.Any(p => p != profile && PolicyWatch.IsSameName(p.Name.Value, old.RawName)))
            faults.Add(profile.PreviousName!.Place, $"the tenant has {CommandText.Quote(profile.Name.Value)} as well as {CommandText.Quote(old.Name)}, so there is nothing to rename, and the old one would be deleted. If that is meant, take out 'previousName'");
        return same ?? old;
    }

    private void RefuseTwin(DesiredProfile profile, PasskeyProfile known)
    {
        var other = _known.First(k => k.Value == known).Key;
        faults.Add(profile.Name.Place, other.PreviousName is not null && PolicyWatch.IsSameName(known.RawName, profile.Name.Value)
            ? $"the profile that is called {CommandText.Quote(profile.Name.Value)} gets the name {CommandText.Quote(other.Name.Value)} ({other.Name.Place}), and a new one cannot take its old name in the same change. Rename first, and add the new one afterwards"
            : $"{CommandText.Quote(profile.Name.Value)} is the same profile of the tenant as {CommandText.Quote(other.Name.Value)} ({other.Name.Place}): {CommandText.Quote(known.Name)}");
    }

    /// <summary>What a new profile leaves out would be guessed.</summary>
    private void RequireWhole(DesiredProfile profile)
    {
        if (profile.IsDefault) faults.Add(profile.Name.Place, "the tenant has no default profile that this could be");
        string?[] missing = [profile.Types is null ? "passkeyTypes" : null, profile.Attestation is null ? "attestation" : null, profile.Providers is null ? "providers" : null];
        if (missing.Any(m => m is not null)) faults.Add(profile.Name.Place, $"the tenant has no profile {CommandText.Quote(profile.Name.Value)}, and for a new one the file does not say {NameLists.And(missing.OfType<string>().Select(m => $"'{m}'"))}{(profile.PreviousName is null ? "" : $". There is none called {CommandText.Quote(profile.PreviousName.Value)} either")}");
    }

    /// <summary>What the service would refuse, or what would shut everybody out. What was so before may stay.</summary>
    private void RequireSound(DesiredProfile profile, PasskeyProfile? known)
    {
        var (types, attestation) = (profile.Types ?? known?.PasskeyType ?? PasskeyTypes.None, profile.Attestation ?? known?.Attestation);
        if (types.HasFlag(PasskeyTypes.Synced) && attestation is PasskeyAttestation.RegistrationOnly && known?.AttestsSynced != true)
            faults.Add(profile.Name.Place, "the profile would allow synced passkeys and demand attestation, which they do not have. Take \"Synced\" out of its passkeyTypes, or leave attestation Disabled");
        if (profile.Types is PasskeyTypes.None && known?.PasskeyType is not PasskeyTypes.None) faults.Add(profile.Name.Place, "the profile would allow no type of passkey. To let nobody use it, leave it out of the targets");
        if (profile.Providers is { Action: ProviderListAction.Allow, AaGuids.Count: 0 } && known?.IsShut != true)
            faults.Add(profile.Name.Place, "the profile would allow no provider at all. Put one into its list, or make its restriction None; to let nobody use it, leave it out of the targets");
        if (known?.RawName.Trim() == profile.Name.Value.Trim() || known?.IsDefault == true) return;
        try
        {
            ProfileRules.RequireName(profile.Name.Value, "the profile");
        }
        catch (PasskeyAdminException e)
        {
            faults.Add(profile.Name.Place, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>A profile that goes, and that a target still has where the file does not say the profiles of targets.</summary>
    private void RequireUnused()
    {
        foreach (var gone in Gone)
        {
            var users = gone.Target.Where(t => desired.Targets is null || desired.Targets.Any(d => d.Profiles is null && d.People.Means(t))).ToList();
            if (users.Count > 0) faults.Add(desired.Profiles!.Count > 0 ? desired.Profiles[0].Name.Place : FilePlace.Start, $"the file leaves out the profile {CommandText.Quote(gone.Name)}, which is used by {NameLists.First(users.Select(t => t.DisplayName))}, and does not say which profiles these are to have instead");
        }
    }

    private void RequireProfiles(DesiredTarget target)
    {
        var before = current.Target.FirstOrDefault(target.People.Means);
        if (target.Profiles is null && before is null) faults.Add(target.People.Name.Place, $"the target {CommandText.Quote(target.People.Name.Value)} would be new, and the file does not say its 'profiles'");
        foreach (var name in (target.Profiles ?? []).Where(n => !(desired.Profiles ?? []).Any(p => PolicyWatch.IsSameName(p.Name.Value, n.Value))))
        {
            if (desired.Profiles is null && ByName(name.Value) is not null) continue;
            if (current.Profile.Any(p => name.Value.Equals(p.Id, StringComparison.OrdinalIgnoreCase)) || before?.ProfileId.Contains(name.Value, StringComparer.OrdinalIgnoreCase) == true) continue;
            // Where the file says its profiles, the reader has told of a name that is not among them.
            if (desired.Profiles is null || Guid.TryParse(name.Value, out _)) faults.Add(name.Place, $"the tenant has no profile {CommandText.Quote(name.Value)}. {NearNames.Question(name.Value, current.Profile.Select(p => p.Name), $"It has {NameLists.First(current.Profile.Select(p => CommandText.Quote(p.Name)))}.")}");
        }
    }
}
