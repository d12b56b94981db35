using System.Collections.Generic;
using System.Globalization;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>An answer. Its body belongs to it: nothing of the tenant is in it, only copies.</summary>
internal sealed record SandboxAnswer(int Status, JObject? Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>An answer that is plain text; null where it is JSON.</summary>
    public string? Text { get; init; }

    public static SandboxAnswer Number(int number) => new(200, null) { Text = number.ToString(CultureInfo.InvariantCulture) };

    public static SandboxAnswer Ok(JObject body) => new(200, body);

    /// <summary>An object, and what it is one of.</summary>
    public static SandboxAnswer Ok(JObject item, string context)
    {
        // A file made from an answer of Graph has one already.
        item.Remove("@odata.context");
        item.AddFirst(new JProperty("@odata.context", context));
        return Ok(item);
    }

    public static SandboxAnswer NoContent { get; } = new(204, null);
}
