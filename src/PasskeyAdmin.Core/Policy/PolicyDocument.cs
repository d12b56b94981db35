using System;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>
/// The policy as Graph gave it, with everything that we do not know. A change starts from here: collections are replaced whole, so what is left out
/// of one is lost (reference/graph-passkey-policy.md §4).
/// </summary>
internal sealed class PolicyDocument
{
    public const string Type = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

    private readonly JObject _json;

    /// <param name="json">Nobody else may change it afterwards.</param>
    public PolicyDocument(JObject json)
    {
        _json = json;
        Size = PolicySize.Of(json);
    }

    public int Size { get; }

    public string Text => _json.ToString(Formatting.None);

    /// <summary>A copy that may be changed.</summary>
    public JObject Copy() => (JObject)_json.DeepClone();

    /// <summary>
    /// The body of a PATCH that writes these properties back as they are. Annotations of the answer (<c>…@odata.context</c>) are not part of the policy and
    /// stay out, those that say a type go along; the type at the top is documented as needed.
    /// </summary>
    public JObject WriteBody(params string[] properties)
    {
        var body = new JObject { ["@odata.type"] = Type };
        foreach (var name in properties)
        {
            if (!_json.TryGetValue(name, StringComparison.Ordinal, out var value)) continue;
            if (_json[name + "@odata.type"] is { } type) body[name + "@odata.type"] = type.DeepClone();
            body[name] = WithoutAnnotations(value);
        }
        return body;
    }

    /// <summary>The part of an answer that is the policy's own.</summary>
    public static JToken WithoutAnnotations(JToken json) => json switch
    {
        // A type says what a value is, and goes with it; the rest is about the answer.
        JObject item => new JObject(item.Properties().Where(p => p.Name.IndexOf("@odata.", StringComparison.Ordinal) < 0 || p.Name.EndsWith("@odata.type", StringComparison.Ordinal)).Select(p => new JProperty(p.Name, WithoutAnnotations(p.Value)))),
        JArray list => new JArray(list.Select(WithoutAnnotations)),
        _ => json.DeepClone(),
    };
}
