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

    public static JArray ReadIncluded(BodyObject body) => Read(body, "includeTargets", ReadIncludedTarget);

    public static JArray ReadExcluded(BodyObject body) => Read(body, "excludeTargets", t => ReadTarget(t, t.Guid("id")));

    private static JArray Read(BodyObject body, string name, Func<BodyObject, JObject> read)
    {
        var targets = body.Objects(name).Select(t => read(t.Spelled(Properties))).ToList();
        // An entry is known by its id.
        if (targets.GroupBy(t => (string)t["id"]!).FirstOrDefault(g => g.Count() > 1) is { } twice) throw body.Error(name, $"has two entries with the id {twice.Key}");
        return new JArray(targets);
    }

    private static JObject ReadIncludedTarget(BodyObject given)
    {
        var target = ReadTarget(given, given.Text("id") is AllUsers ? AllUsers : given.Guid("id"));
        target["isRegistrationRequired"] = given.Has("isRegistrationRequired") && given.Flag("isRegistrationRequired");
        target["allowedPasskeyProfiles"] = given.Has("allowedPasskeyProfiles") ? new JArray(given.Guids("allowedPasskeyProfiles")) : [];
        return target;
    }

    private static JObject ReadTarget(BodyObject given, string id)
    {
        var target = (JObject)given.Values.DeepClone();
        target["id"] = id;
        target["targetType"] = given.Enum("targetType", TargetTypes);
        return target;
    }
}
