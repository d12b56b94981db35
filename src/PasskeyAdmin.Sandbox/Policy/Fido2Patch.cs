using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Sandbox.Graph;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>PATCH of the passkey configuration (reference/graph-passkey-policy.md §4 to §6). Pure: makes a new configuration or refuses.</summary>
internal sealed class Fido2Patch(JObject current, SandboxSettings settings, Func<Guid> newGuid)
{
    /// <param name="body">Its type is checked already.</param>
    /// <exception cref="SandboxRefusal">400, with what is wrong.</exception>
    public JObject Apply(JObject body)
    {
        var content = MethodBody.Content(current, body);
        var given = new BodyObject(content, "").Of(DeclaredType.Configuration, current, settings);
        var before = current;
        if (!current.HasProfiles() && content.HasProfiles())
        {
            if (!settings.EnrolsByPatch) throw SandboxRefusal.BadRequest("This tenant is not enrolled in passkey profiles. An administrator opts in in the portal; it cannot be undone.");
            before = Enrolment.Enrolled(current);
            KeepDefaultProfile(content, before);
        }
        var after = Merge(before, given);
        if (after.HasProfiles()) FinishProfiles(given, before, after);
        CheckSize(after);
        return after;
    }

    private JObject Merge(JObject before, BodyObject given)
    {
        var after = (JObject)before.DeepClone();
        foreach (var property in given.Values.Properties()) after[property.Name] = ReadProperty(property, before, given).DeepClone();
        return after;
    }

    private JToken ReadProperty(JProperty property, JObject before, BodyObject given) => property.Name switch
    {
        "state" => given.Enum("state", before.MembersInUse("state", BodyObject.States)),
        "isSelfServiceRegistrationAllowed" or "isAttestationEnforced" => given.Flag(property.Name),
        // That null is refused is stricter than is known: see SandboxSettings.
        "keyRestrictions" => KeyRestrictions.Read(given, before, before, settings),
        "includeTargets" => new TargetPatch(before, settings).ReadIncluded(given),
        "excludeTargets" => new TargetPatch(before, settings).ReadExcluded(given),
        // §4: taking the profiles away again existed in the preview only.
        "passkeyProfiles" => !before.HasProfiles() && !given.Has("passkeyProfiles") ? property.Value : new ProfilePatch(before, settings, newGuid).Read(given),
        // Stricter than is known: see SandboxSettings.
        "defaultPasskeyProfile" => IsSameDefault(property.Value, before) ? before["defaultPasskeyProfile"] ?? JValue.CreateNull() : throw given.Error("defaultPasskeyProfile", "cannot be changed"),
        // The tenant has it, or is set to take anything.
        _ => property.Value,
    };

    private static bool IsSameDefault(JToken value, JObject before) =>
        value.Type is JTokenType.String or JTokenType.Null && string.Equals((string?)value, before.Text("defaultPasskeyProfile"), StringComparison.OrdinalIgnoreCase);

    private void FinishProfiles(BodyObject given, JObject before, JObject after)
    {
        var hasLegacy = given.Has("isAttestationEnforced") || given.Has("keyRestrictions");
        if (settings.LegacyFollowsDefaultProfile && (hasLegacy || given.Has("passkeyProfiles")))
        {
            if (hasLegacy && (!given.Has("passkeyProfiles") || settings.LegacyOverridesDefaultProfile)) LegacySettings.ToDefaultProfile(after);
            LegacySettings.FromDefaultProfile(after);
        }
        if (given.Has("includeTargets") || given.Has("passkeyProfiles")) CheckTargets(given, before, after);
        // §7: what the service says of this pair is unconfirmed. A policy that has it already may be changed elsewhere.
        if (!settings.AcceptsAttestationWithSynced && after.Profiles().FirstOrDefault(p => IsContradiction(p) && !(before.Profile(p.Text("id")!) is { } old && IsContradiction(old))) is { } profile)
            throw SandboxRefusal.BadRequest($"The passkey profile '{profile.Text("name")}' enforces attestation and allows synced passkeys, which cannot be attested.");
    }

    private void CheckTargets(BodyObject given, JObject before, JObject after)
    {
        foreach (var target in after.List("includeTargets"))
        {
            var profiles = target.Texts("allowedPasskeyProfiles");
            // §4 [U]. Only who sends targets is asked: the state alone stays a minimal PATCH.
            if (profiles.Count == 0 && given.Has("includeTargets") && settings.TargetNeedsProfile) throw SandboxRefusal.BadRequest(TargetPatch.MissingProfiles);
            // A deleted profile is §4 [D]; that one that never was is refused too is stricter than is known: see SandboxSettings.
            foreach (var id in profiles.Where(p => after.Profile(p) is null))
                throw before.Profile(id) is { } deleted
                    ? ProfilePatch.StillTargeted(deleted)
                    : SandboxRefusal.BadRequest($"The target '{target.Text("id")}' uses the passkey profile {id}, which does not exist.");
        }
    }

    private static bool IsContradiction(JObject profile) =>
        profile.Text("attestationEnforcement") == "registrationOnly" && EvolvableEnums.Members(profile.Text("passkeyTypes") ?? "").Contains("synced");

    /// <summary>§5 [D]: 20 KB for the passkey policy itself; the words are [U] (§6). Who has too large a policy may still switch it off or shrink it.</summary>
    private void CheckSize(JObject after)
    {
        var excess = SizeOf(after) - settings.MaximumPolicySize;
        if (excess > 0 && SizeOf(WithoutSwitches(after)) > SizeOf(WithoutSwitches(current))) throw SandboxRefusal.BadRequest($"Persistence of policy failed with error: Policy size is larger than allowed by {excess} bytes");
    }

    /// <summary>The word "disabled" is longer than "enabled", which is no growth.</summary>
    private static JObject WithoutSwitches(JObject configuration)
    {
        var content = (JObject)configuration.DeepClone();
        content.Remove("state");
        content.Remove("isSelfServiceRegistrationAllowed");
        return content;
    }

    /// <summary>Who enrols cannot list the default profile, which only now comes into being.</summary>
    private static void KeepDefaultProfile(JObject content, JObject enrolled)
    {
        if (content["passkeyProfiles"] is JArray profiles && content.Profile(PolicyObjects.DefaultProfileId) is null) profiles.AddFirst(enrolled.DefaultProfile()!.DeepClone());
    }

    /// <summary>Microsoft says nowhere how the service measures.</summary>
    private int SizeOf(JObject configuration)
    {
        var size = TenantJson.CompactSize(configuration);
        return settings.MeasuresDocumentedSizes ? Math.Max(size, PolicySize.Documented(configuration)) : size;
    }
}
