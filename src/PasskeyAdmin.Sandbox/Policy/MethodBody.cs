using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>What holds for the body of a PATCH whatever the method is.</summary>
internal static class MethodBody
{
    private static readonly JsonMergeSettings MergeSettings = new() { MergeArrayHandling = MergeArrayHandling.Replace, MergeNullValueHandling = MergeNullValueHandling.Merge };

    /// <summary>The OData type of a configuration; Graph's are all made from the id in the same way.</summary>
    public static string TypeOf(JObject method)
    {
        var id = TenantDocument.IdOf(method);
        return (string?)method["@odata.type"] ?? $"#microsoft.graph.{char.ToLowerInvariant(id[0])}{id.Substring(1)}AuthenticationMethodConfiguration";
    }

    /// <summary>reference/graph-passkey-policy.md §4 [D]: the body must carry the type; §6 [U]: without it, 204 and no change was seen.</summary>
    public static bool IsToBeIgnored(JObject body, JObject current, SandboxSettings settings)
    {
        var expected = TypeOf(current);
        if (body["@odata.type"] is not { } type)
            return settings.MissingTypeIsIgnored ? true : throw SandboxRefusal.BadRequest($"The body must carry \"@odata.type\": \"{expected}\".");
        if (type is not JValue { Value: string text } || text.TrimStart('#') != expected.TrimStart('#'))
            throw SandboxRefusal.BadRequest($"\"@odata.type\" must be \"{expected}\" here.");
        return false;
    }

    /// <summary>
    /// Left-out properties keep their value [D]; lists are replaced whole. Which properties other methods have is not in the reference: those of the
    /// tenant's file are known, of another one nobody can say here whether Graph refuses it.
    /// </summary>
    public static JObject Merge(JObject current, JObject body, SandboxSettings settings)
    {
        var merged = (JObject)current.DeepClone();
        var content = Content(current, body);
        if (!settings.AcceptsUnknownProperties && content.Properties().FirstOrDefault(p => current[p.Name] is null) is { } stranger)
            throw SandboxRefusal.NotKnown($"the property '{stranger.Name}' of {TypeOf(current)}");
        // What its type is, the tenant's own value tells.
        foreach (var property in content.Properties())
            if (current[property.Name] is { Type: not JTokenType.Null } now && property.Value.Type is not JTokenType.Null && now.Type != property.Value.Type)
                throw new BodyObject(content, "").Error(property.Name, "has a value of another type than the tenant's");
        if (content["state"] is not null) content["state"] = new BodyObject(content, "").Enum("state", BodyObject.States);
        merged.Merge(content, MergeSettings);
        return merged;
    }

    /// <summary>The body without what is said about it rather than in it, checked for what no PATCH may change.</summary>
    public static JObject Content(JObject current, JObject body)
    {
        var content = (JObject)body.DeepClone();
        foreach (var property in content.Properties().ToList())
        {
            if (BodyObject.IsAnnotation(property.Name)) property.Remove();
        }
        new BodyObject(content, "").Spelled(current.Properties().Select(p => p.Name));
        if (content["id"] is { } id && !(id is JValue { Value: string text } && text.Equals(TenantDocument.IdOf(current), StringComparison.OrdinalIgnoreCase)))
            throw SandboxRefusal.BadRequest("The property 'id' cannot be changed.");
        content.Remove("id");
        return content;
    }
}
