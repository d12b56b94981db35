using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>Reads <c>passkeyProfiles</c> of a PATCH: the list that the policy has afterwards (reference/graph-passkey-policy.md §4 to §6).</summary>
/// <param name="current">The configuration before the PATCH.</param>
internal sealed class ProfilePatch(JObject current, SandboxSettings settings, Func<Guid> newGuid)
{
    public JArray Read(BodyObject body)
    {
        var given = body.Objects("passkeyProfiles");
        var profiles = given.Select(ReadProfile).ToList();
        // Stricter than is known: see SandboxSettings.
        if (profiles.Select(p => (string)p["id"]!).Distinct().Count() < profiles.Count) throw body.Error("passkeyProfiles", "has two profiles with the same id");
        AddOmitted(profiles);
        CheckNames(profiles);
        // §5: 3 documented, 10 announced.
        if (profiles.Count > settings.MaximumProfiles) throw SandboxRefusal.BadRequest($"The policy has {profiles.Count} passkey profiles. At most {settings.MaximumProfiles} are allowed.");
        return new JArray(profiles);
    }

    /// <summary>
    /// An entry is the whole profile: what it leaves out is not kept, since the list is replaced whole (§4 [U]). Name, types, attestation and key
    /// restrictions are marked as required (learn.microsoft.com/graph/api/resources/passkeyprofile).
    /// </summary>
    private JObject ReadProfile(BodyObject given)
    {
        var id = ReadId(given);
        var same = current.Profile(id);
        given.Of(DeclaredType.Profile, same, settings);
        if (!settings.AcceptsIncompleteItems) given.Require("name", "passkeyTypes", "attestationEnforcement", "keyRestrictions");
        var profile = (JObject)given.Values.DeepClone();
        profile.Remove("id");
        profile.AddFirst(new JProperty("id", id));
        profile["name"] = given.Text("name");
        profile["passkeyTypes"] = given.Flags("passkeyTypes", current.MembersInUse("passkeyTypes", EvolvableEnums.PasskeyTypes));
        profile["attestationEnforcement"] = given.Has("attestationEnforcement")
            ? given.Enum("attestationEnforcement", current.MembersInUse("attestationEnforcement", EvolvableEnums.Attestation))
            : "disabled";
        profile["keyRestrictions"] = given.Has("keyRestrictions") ? KeyRestrictions.Read(given, same, current, settings) : KeyRestrictions.None;
        return profile;
    }

    /// <summary>§4: a new profile comes without an id and gets one [U]; whether one of its own is taken is unconfirmed.</summary>
    private string ReadId(BodyObject given)
    {
        if (!given.Has("id")) return newGuid().ToString();
        var id = given.Guid("id");
        return current.Profile(id) is not null || settings.AcceptsProfileIdOfCaller ? id : throw given.Error("id", $"is {id}, and there is no such passkey profile; a new one must come without an id");
    }

    /// <summary>§4 [U]: a profile that is left out is deleted. The default profile stays whatever the setting is [D].</summary>
    private void AddOmitted(List<JObject> profiles)
    {
        foreach (var omitted in current.Profiles())
        {
            if (profiles.Any(p => p.HasId(omitted.Text("id")!))) continue;
            if (!settings.OmittedProfileIsDeleted) profiles.Add((JObject)omitted.DeepClone());
            else if (ReferenceEquals(omitted, current.DefaultProfile())) throw SandboxRefusal.BadRequest("The default passkey profile cannot be deleted.");
            else if (!settings.DeletesAndUntargetsTogether && current.IsTargeted(omitted.Text("id")!)) throw StillTargeted(omitted);
        }
    }

    private void CheckNames(List<JObject> profiles)
    {
        if (current.DefaultProfile() is { } before && !settings.DefaultProfileCanBeRenamed && profiles.First(p => p.HasId(before.Text("id")!)).Text("name") != before.Text("name"))
            throw SandboxRefusal.BadRequest("The default passkey profile cannot be renamed.");
        if (!settings.AcceptsDuplicateProfileNames && profiles.GroupBy(p => (string)p["name"]!, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw SandboxRefusal.BadRequest($"Two passkey profiles have the name '{twice.Key}'. Names must be unique.");
    }

    /// <summary>§4 [D]: refused while any target lists it; Microsoft's words are not known.</summary>
    public static SandboxRefusal StillTargeted(JObject profile) =>
        SandboxRefusal.BadRequest($"The passkey profile '{profile.Text("name")}' ({profile.Text("id")}) cannot be deleted while a target uses it.");
}
