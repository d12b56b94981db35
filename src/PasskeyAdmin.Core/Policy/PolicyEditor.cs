using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>
/// Works out a policy from the present one, and keeps everything in it that is not to change, also what this version does not know. What cannot be is refused with the reason and the
/// way out. Pure.
/// </summary>
internal sealed class PolicyEditor
{
    private const string Profiles = PolicyItems.Profiles;
    private const string Targets = PolicyItems.Targets;
    private const string Exclusions = PolicyItems.Exclusions;

    private readonly PasskeyPolicy _current;
    private readonly JObject _before;
    private JObject _after;
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _newProfiles = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PasskeyAdminException"><c>ProfilesNotEnrolled</c>, <c>PolicyUnreadable</c>.</exception>
    public PolicyEditor(PasskeyPolicy current)
    {
        RequireEnrolled(current);
        _current = current;
        _before = (JObject)PolicyDocument.WithoutAnnotations(current.Raw.Copy());
        _after = (JObject)_before.DeepClone();
    }

    /// <summary>The policy that it began with.</summary>
    public PasskeyPolicy Current => _current;

    /// <summary>What is worth knowing about what was done, or not done; sentences, safe to show.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Ids that stand for those that the service will give.</summary>
    public IReadOnlyCollection<string> NewProfiles => _newProfiles;

    /// <summary>The properties of the policy that differ, each with its whole value.</summary>
    public JObject Change() => new(_after.Properties().Where(p => !JToken.DeepEquals(p.Value, _before[p.Name])).Select(p => new JProperty(p.Name, p.Value.DeepClone())));

    /// <exception cref="PasskeyAdminException"><c>ProfilesNotEnrolled</c>.</exception>
    public static void RequireEnrolled(PasskeyPolicy current)
    {
        if (current.ProfilesEnrolled is ProfileEnrolment.Yes) return;
        throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ProfilesNotEnrolled",
            $"{current.TenantName ?? "The tenant"} is not enrolled in passkey profiles, so there is nothing that could be changed profile by profile. Enrol it in the Entra admin center: Entra ID > Authentication methods > Policies > Passkey (FIDO2), and opt in to passkey profiles there. That cannot be undone, and no command of this module does it.");
    }

    /// <summary>Does all of an edit, or none of it.</summary>
    public void Do(Action<PolicyEditor> edit)
    {
        var (after, notes) = ((JObject)_after.DeepClone(), _notes.Count);
        try
        {
            edit(this);
        }
        catch (PasskeyAdminException)
        {
            _after = after;
            _notes.RemoveRange(notes, _notes.Count - notes);
            _newProfiles.RemoveWhere(n => !Items(Profiles).Any(p => IsOf(p, n)));
            throw;
        }
    }

    public void SetState(PolicyState state)
    {
        if (_current.State != state) _after["state"] = state is PolicyState.Enabled ? "enabled" : "disabled";
    }

    public void SetSelfService(bool isAllowed)
    {
        if (_current.SelfServiceRegistration != isAllowed) _after["isSelfServiceRegistrationAllowed"] = isAllowed;
    }

    /// <summary>Adds a profile. One of that name with just these settings is taken for it, so that a command that was interrupted can be given again.</summary>
    /// <returns>Its id, or what stands for it.</returns>
    /// <exception cref="PasskeyAdminException"><c>ProfileNameTaken</c>, <c>AttestationWithSynced</c>, <c>AllowListEmpty</c>.</exception>
    public string AddProfile(ProfileSettings wanted)
    {
        var name = wanted.Name!;
        var profile = new JObject
        {
            ["name"] = name,
            ["passkeyTypes"] = Types(wanted.Types ?? PasskeyTypes.None),
            ["attestationEnforcement"] = Attestation(wanted.Attestation ?? PasskeyAttestation.Disabled),
            ["keyRestrictions"] = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() },
        };
        foreach (var providers in wanted.Providers) ChangeProviders(profile, name, providers);
        RequireSound(profile, name, null);
        if (Items(Profiles).FirstOrDefault(p => name.Equals(JsonText.Of(p, "name"), StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            var id = JsonText.Of(same, "id") ?? "";
            profile["name"] = same["name"]!.DeepClone();
            profile["id"] = id;
            // The service may have added settings of its own to it.
            if (PolicyPlaces.OfProperty(Profiles, new JArray(profile)).DifferencesTo(PolicyPlaces.OfProperty(Profiles, new JArray(same.DeepClone()))).Any(PolicyPlaces.IsKnown)) throw NameTaken(name);
            _notes.Add($"There is a profile {CommandText.Quote(name)} with just these settings already: it is not created again.");
            return id;
        }
        var standIn = StandInId(name);
        profile.AddFirst(new JProperty("id", standIn));
        List(Profiles).Add(profile);
        _newProfiles.Add(standIn);
        return standIn;
    }

    /// <exception cref="PasskeyAdminException"><c>ProfileNameTaken</c>, <c>AttestationWithSynced</c>, <c>AllowListEmpty</c>, <c>ProviderListMissing</c>, <c>ProviderListUnknown</c>.</exception>
    public void SetProfile(PasskeyProfile profile, ProfileSettings wanted)
    {
        var json = Find(profile);
        var before = (JObject)json.DeepClone();
        if (wanted.Name is { } name && name != JsonText.Of(json, "name"))
        {
            if (Items(Profiles).Any(p => p != json && name.Equals(JsonText.Of(p, "name"), StringComparison.OrdinalIgnoreCase))) throw NameTaken(name);
            if (profile.IsDefault) _notes.Add("Whether the default profile can have another name is not documented: the service may refuse it, or keep the old one.");
            json["name"] = name;
        }
        if (wanted.Types is { } types) json["passkeyTypes"] = profile.PasskeyType == types && profile.PasskeyTypeName == types.ToString() ? json["passkeyTypes"] : Types(types);
        if (wanted.Attestation is { } attestation) json["attestationEnforcement"] = Attestation(attestation);
        foreach (var providers in wanted.Providers) ChangeProviders(json, profile.Name, providers);
        if (!JToken.DeepEquals(before, json)) RequireSound(json, profile.Name, before);
    }

    /// <exception cref="PasskeyAdminException"><c>DefaultProfileNotRemovable</c>, <c>ProfileStillTargeted</c>.</exception>
    public void RemoveProfile(PasskeyProfile profile)
    {
        // Microsoft: the default profile cannot be deleted, nor one that a target uses (reference/graph-passkey-policy.md §4 [D]).
        if (profile.IsDefault)
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "DefaultProfileNotRemovable", $"{CommandText.Quote(profile.Name)} is the default profile, which cannot be deleted. To let nobody use it, take it out of its targets with Remove-PasskeyProfileTarget.");
        var targets = Items(Targets).Where(t => Names(t, profile.Id!)).Select(t => NameOf(JsonText.Of(t, "id") ?? "")).ToList();
        if (targets.Count > 0)
        {
            var command = $"Remove-PasskeyProfileTarget -ProfileName {CommandText.Quote(profile.Name)}";
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ProfileStillTargeted", $"The profile {CommandText.Quote(profile.Name)} is used by {NameLists.First(targets)}, and cannot be deleted while it is. Take it out of these targets first: {command} with -Group or -AllUsers.")
            {
                RecommendedAction = $"Get-PasskeyProfileTarget -ProfileName {CommandText.Quote(profile.Name)} | {command}",
            };
        }
        Find(profile).Remove();
    }

    /// <summary>Lets a group, or all users, use a profile beside those that they may use already.</summary>
    public void AddTarget(string id, string profileId)
    {
        if (!Items(Profiles).Any(p => IsOf(p, profileId))) throw Deleted(profileId);
        if (Items(Targets).FirstOrDefault(t => IsOf(t, id)) is not { } target)
        {
            List(Targets).Add(new JObject { ["id"] = id, ["targetType"] = "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JArray(profileId) });
            return;
        }
        if (target["allowedPasskeyProfiles"] is not JArray profiles) throw NotReadable($"which profiles {NameOf(id)} may use");
        if (!Names(target, profileId)) profiles.Add(profileId);
    }

    public void SetRegistrationRequired(string id, bool isRequired)
    {
        if (Items(Targets).FirstOrDefault(t => IsOf(t, id)) is { } target && !(target["isRegistrationRequired"] is JValue { Value: bool present } && present == isRequired)) target["isRegistrationRequired"] = isRequired;
    }

    /// <summary>Takes a profile from a target; with the last one, the target itself.</summary>
    /// <param name="profileId">Null for all of them.</param>
    /// <exception cref="PasskeyAdminException"><c>TargetNotFound</c>.</exception>
    public void RemoveTarget(string id, string? profileId, string shownProfile)
    {
        if (Items(Targets).FirstOrDefault(t => IsOf(t, id)) is not { } target)
        {
            throw new PasskeyAdminException(ErrorKind.NotFound, "TargetNotFound", $"{NameOf(id)} is no target of the policy. Get-PasskeyProfileTarget lists all.{(_current.Exclusion.Any(e => e.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) ? " It is an exclusion: its members are shut out. Set-PasskeyPolicy -RemoveExcludedGroup lets them in." : "")}") { RecommendedAction = "Get-PasskeyProfileTarget" };
        }
        if (profileId is null)
        {
            target.Remove();
            return;
        }
        if (target["allowedPasskeyProfiles"] is not JArray profiles) throw NotReadable($"which profiles {NameOf(id)} may use");
        if (!Names(target, profileId)) throw new PasskeyAdminException(ErrorKind.NotFound, "TargetNotFound", $"{NameOf(id)} does not use the profile {shownProfile}. Get-PasskeyProfileTarget lists who uses which.") { RecommendedAction = "Get-PasskeyProfileTarget" };
        foreach (var entry in profiles.Where(p => IsText(p, profileId)).ToList()) entry.Remove();
        // A target must have a profile (reference/graph-passkey-policy.md §4 [U]).
        if (profiles.Count > 0) return;
        target.Remove();
        _notes.Add($"{shownProfile} is the only profile of {NameOf(id)}: without it, the target goes.");
    }

    public void AddExclusion(string groupId)
    {
        if (!Items(Exclusions).Any(e => IsOf(e, groupId))) List(Exclusions).Add(new JObject { ["id"] = groupId, ["targetType"] = "group" });
    }

    /// <exception cref="PasskeyAdminException"><c>ExclusionNotFound</c>.</exception>
    public void RemoveExclusion(string nameOrId)
    {
        var found = _current.Exclusion.Where(e => nameOrId.Equals(e.Id, StringComparison.OrdinalIgnoreCase) || nameOrId.Equals(e.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count > 1) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "GroupAmbiguous", $"{found.Count} excluded groups are called {CommandText.Quote(nameOrId)}: {NameLists.First(found.Select(e => e.Id))}. Name one by its id.");
        if (found.Count == 0 || Items(Exclusions).FirstOrDefault(e => IsOf(e, found[0].Id)) is not { } exclusion)
        {
            throw new PasskeyAdminException(ErrorKind.NotFound, "ExclusionNotFound", $"The group {CommandText.Quote(nameOrId)} is not excluded. {NearNames.Question(nameOrId, _current.Exclusion.Select(e => e.DisplayName), _current.Exclusion.Count > 0 ? $"Excluded are {NameLists.First(_current.Exclusion.Select(e => e.DisplayName))}." : "No group is.")}{(_current.Exclusion.Any(e => e.Status is TargetStatus.NotRead) ? " Names of excluded groups could not be read; the id does as well." : "")}") { RecommendedAction = "(Get-PasskeyPolicy).Exclusion" };
        }
        exclusion.Remove();
    }

    /// <summary>An id that stands for a profile until the service gives it one: the same for the same plan, and of a version that no service gives.</summary>
    public string StandInId(string name)
    {
        using var hash = System.Security.Cryptography.SHA256.Create();
        var bytes = hash.ComputeHash(System.Text.Encoding.UTF8.GetBytes($"{PolicyPlaces.HashOf(_before)}\n{name.ToUpperInvariant()}")).Take(16).ToArray();
        // Version 8 (RFC 9562): made by whoever made it. In .NET's order of bytes, the version is in the eighth.
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }

    private void ChangeProviders(JObject profile, string name, ProviderListChange change)
    {
        if (profile["keyRestrictions"] is not JObject restrictions) profile["keyRestrictions"] = restrictions = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() };
        if (restrictions["aaGuids"] is not JArray list) restrictions["aaGuids"] = list = [];
        if (change.Action is ProviderListAction.Clear)
        {
            restrictions["isEnforced"] = false;
            list.Clear();
            return;
        }
        if (change.Action is ProviderListAction.Lift)
        {
            restrictions["isEnforced"] = false;
            return;
        }
        if (change.Action is ProviderListAction.Allow or ProviderListAction.Block or ProviderListAction.Suspend)
        {
            restrictions["isEnforced"] = change.Action is not ProviderListAction.Suspend;
            // What an empty list would mean is all the same.
            if (change.Action is not ProviderListAction.Suspend || change.AaGuids.Count > 0) restrictions["enforcementType"] = change.Action is ProviderListAction.Block ? "block" : "allow";
            // Those that stay keep their place, so that nothing seems to have changed that did not.
            foreach (var entry in list.Where(e => !change.AaGuids.Any(a => IsText(e, a.ToString()))).ToList()) entry.Remove();
            Add(list, change.AaGuids);
            return;
        }
        var isAdded = change.Action is ProviderListAction.Add;
        switch (restrictions["isEnforced"], JsonText.Of(restrictions, "enforcementType"))
        {
            case (JValue { Value: false }, _) when isAdded:
                _notes.Add($"The profile {CommandText.Quote(name)} allows any provider already: it stays as it is. -AllowProvider restricts it to some.");
                break;
            case (JValue { Value: false }, _):
                throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProviderListMissing", $"The profile {CommandText.Quote(name)} allows any provider, so there is no list to take some from. -BlockProvider shuts some out and lets all others in; -AllowProvider lets just some in.");
            case (JValue { Value: true }, "allow") when isAdded:
            case (JValue { Value: true }, "block") when !isAdded:
                Add(list, change.AaGuids);
                break;
            case (JValue { Value: true }, "allow" or "block"):
                foreach (var entry in list.Where(e => change.AaGuids.Any(a => IsText(e, a.ToString()))).ToList()) entry.Remove();
                // Whether the service takes a list that blocks nothing is not known, and none says the same.
                if (isAdded && list.Count == 0) restrictions["isEnforced"] = false;
                break;
            default:
                throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ProviderListUnknown", $"What the list of providers of the profile {CommandText.Quote(name)} means is not known to this version, so nothing can be added or removed. -AllowProvider, -BlockProvider and -ClearRestriction replace it.");
        }
    }

    private static void Add(JArray list, IEnumerable<Guid> aaGuids)
    {
        foreach (var aaGuid in aaGuids)
            if (!list.Any(e => IsText(e, aaGuid.ToString()))) list.Add(aaGuid.ToString());
    }

    /// <summary>What the service would refuse or what would shut everybody out. What was so before may stay.</summary>
    private static void RequireSound(JObject profile, string name, JObject? before)
    {
        if (AttestsSynced(profile) && !(before is not null && AttestsSynced(before))) throw ProfileRules.AttestedSynced($"The profile {CommandText.Quote(name)}");
        if (IsShut(profile) && !(before is not null && IsShut(before)))
            throw ProfileRules.Shut(name);
    }

    private static bool AttestsSynced(JObject profile) => JsonText.Of(profile, "attestationEnforcement") == "registrationOnly" && (JsonText.Of(profile, "passkeyTypes") ?? "").Split(',').Any(t => t.Trim() == "synced");

    private static bool IsShut(JObject profile) => profile["keyRestrictions"] is JObject list && list["isEnforced"] is JValue { Value: true } && JsonText.Of(list, "enforcementType") == "allow" && list["aaGuids"] is not JArray { Count: > 0 };

    /// <exception cref="PasskeyAdminException"><c>PolicyIncomplete</c>: a list that is not known cannot be written back.</exception>
    private JArray List(string name) => _after[name] as JArray ?? throw NotReadable(name switch { Targets => "who is targeted", Exclusions => "who is shut out", _ => "which profiles there are" });

    private IEnumerable<JObject> Items(string list) => List(list).OfType<JObject>();

    /// <exception cref="PasskeyAdminException"><c>ProfileNotFound</c> where an edit before this one took it away.</exception>
    private JObject Find(PasskeyProfile profile) => Items(Profiles).FirstOrDefault(i => IsOf(i, profile.Id!))
        ?? throw Deleted(profile.Id!);

    private static bool IsOf(JObject item, string id) => id.Equals(JsonText.Of(item, "id"), StringComparison.OrdinalIgnoreCase);

    private static bool IsText(JToken entry, string text) => entry is JValue { Value: string value } && value.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool Names(JObject target, string profileId) => target["allowedPasskeyProfiles"] is JArray profiles && profiles.Any(p => IsText(p, profileId));

    /// <summary>A group as people know it.</summary>
    private string NameOf(string id) => _current.Target.FirstOrDefault(t => t.Id.Equals(id, StringComparison.OrdinalIgnoreCase))?.DisplayName ?? (id == TargetFacts.AllUsers ? "All users" : $"the group {DisplayText.Neutralise(id)}");

    private static string Types(PasskeyTypes types) => string.Join(",", new[] { (PasskeyTypes.DeviceBound, "deviceBound"), (PasskeyTypes.Synced, "synced") }.Where(t => types.HasFlag(t.Item1)).Select(t => t.Item2));

    private static string Attestation(PasskeyAttestation attestation) => attestation is PasskeyAttestation.RegistrationOnly ? "registrationOnly" : "disabled";

    private PasskeyAdminException Deleted(string id) => new(ErrorKind.NotFound, "ProfileNotFound", $"The profile {CommandText.Quote(_current.Profile.FirstOrDefault(p => id.Equals(p.Id, StringComparison.OrdinalIgnoreCase))?.Name ?? id)} is deleted by this change already.");

    private static PasskeyAdminException NameTaken(string name) => new(ErrorKind.InvalidArgument, "ProfileNameTaken", $"There is another profile called {CommandText.Quote(name)}. Choose another name, or change that one with Set-PasskeyProfile.") { RecommendedAction = $"Get-PasskeyProfile -Name {CommandText.Quote(name)}" };

    private static PasskeyAdminException NotReadable(string what) => new(ErrorKind.InvalidOperation, "PolicyIncomplete", $"Microsoft Graph does not say {what}, so it cannot be written back without losing it. Change it in the Entra admin center.");
}
