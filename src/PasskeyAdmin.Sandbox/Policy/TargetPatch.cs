using System;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>Reads the targets of a PATCH (reference/graph-passkey-policy.md §3). Whether a group exists is not asked: policies outlive groups.</summary>
internal static class TargetPatch
{
    private const string AllUsers = "all_users";
    private static readonly string[] Properties = ["id", "targetType", "isRegistrationRequired", "allowedPasskeyProfiles"];
    private static readonly string[] TargetTypes = ["group", "user"];

    /// <param name="current">The configuration as it is, for kinds of targets that it has.</param>
    public static JArray ReadIncluded(BodyObject body, JObject current) => Read(body, "includeTargets", t => ReadIncludedTarget(t, current));

    public static JArray ReadExcluded(BodyObject body, JObject current) => Read(body, "excludeTargets", t => ReadTarget(t, t.Guid("id"), current));

    private static JArray Read(BodyObject body, string name, Func<BodyObject, JObject> read)
    {
        var targets = body.Objects(name).Select(t => read(t.Spelled(Properties))).ToList();
        // An entry is known by its id.
        if (targets.GroupBy(t => (string)t["id"]!).FirstOrDefault(g => g.Count() > 1) is { } twice) throw body.Error(name, $"has two entries with the id {twice.Key}");
        return new JArray(targets);
    }

    private static JObject ReadIncludedTarget(BodyObject given, JObject current)
    {
        var target = ReadTarget(given, given.Text("id") is AllUsers ? AllUsers : given.Guid("id"), current);
        target["isRegistrationRequired"] = given.Has("isRegistrationRequired") && given.Flag("isRegistrationRequired");
        target["allowedPasskeyProfiles"] = given.Has("allowedPasskeyProfiles") ? new JArray(given.Guids("allowedPasskeyProfiles")) : [];
        return target;
    }

    private static JObject ReadTarget(BodyObject given, string id, JObject current)
    {
        var target = (JObject)given.Values.DeepClone();
        target["id"] = id;
        target["targetType"] = given.Enum("targetType", current.MembersInUse("targetType", TargetTypes));
        return target;
    }
}
