using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>Reads the targets of a PATCH (reference/graph-passkey-policy.md §3). Whether a group exists is not asked: policies outlive groups.</summary>
/// <param name="current">The configuration before the PATCH.</param>
internal sealed class TargetPatch(JObject current, SandboxSettings settings)
{
    /// <summary>§6 [U].</summary>
    public const string MissingProfiles = "Include conditions are missing passkey profile targets";

    private const string AllUsers = "all_users";
    private static readonly string[] TargetTypes = ["group", "user"];

    public JArray ReadIncluded(BodyObject body) => Read(body, "includeTargets", ReadIncludedTarget);

    // That everybody cannot be excluded is stricter than is known: see SandboxSettings.
    public JArray ReadExcluded(BodyObject body) => Read(body, "excludeTargets", t => ReadTarget(t, "excludeTargets", t.Guid("id"), DeclaredType.ExcludedTarget));

    private static JArray Read(BodyObject body, string name, Func<BodyObject, JObject> read)
    {
        var targets = body.Objects(name).Select(read).ToList();
        // An entry is known by its id. Stricter than is known: see SandboxSettings.
        if (targets.GroupBy(t => (string)t["id"]!).FirstOrDefault(g => g.Count() > 1) is { } twice) throw body.Error(name, $"has two entries with the id {twice.Key}");
        return new JArray(targets);
    }

    /// <summary>Both properties are marked as required (learn.microsoft.com/graph/api/resources/passkeyauthenticationmethodtarget).</summary>
    private JObject ReadIncludedTarget(BodyObject given)
    {
        var target = ReadTarget(given, "includeTargets", given.Text("id") is AllUsers ? AllUsers : given.Guid("id"), DeclaredType.IncludedTarget);
        if (!settings.AcceptsIncompleteItems)
        {
            given.Require("isRegistrationRequired");
            if (current.HasProfiles() && !given.Has("allowedPasskeyProfiles")) throw SandboxRefusal.BadRequest($"{MissingProfiles}: '{given.Place("allowedPasskeyProfiles")}' is required.");
        }
        target["isRegistrationRequired"] = given.Has("isRegistrationRequired") && given.Flag("isRegistrationRequired");
        // Before a tenant has profiles, Graph was seen to give an empty list here (§3 [C]), whether or not anybody wrote one.
        target["allowedPasskeyProfiles"] = given.Has("allowedPasskeyProfiles") ? new JArray(given.Guids("allowedPasskeyProfiles")) : [];
        return target;
    }

    private JObject ReadTarget(BodyObject given, string list, string id, DeclaredType type)
    {
        given.Of(type, current.List(list).FirstOrDefault(t => t.HasId(id)), settings);
        var target = (JObject)given.Values.DeepClone();
        target["id"] = id;
        target["targetType"] = given.Enum("targetType", current.MembersInUse("targetType", TargetTypes));
        return target;
    }
}
