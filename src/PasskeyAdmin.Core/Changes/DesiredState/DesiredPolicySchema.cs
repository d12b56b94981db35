using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>The JSON schema of a file of desired state, with the names of the providers, so that an editor can complete them.</summary>
internal static class DesiredPolicySchema
{
    public const string FileName = "passkey-policy.schema.json";

    public static string Text(ProviderCatalog catalog)
    {
        using var stream = typeof(DesiredPolicySchema).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new JsonTextReader(new StreamReader(stream));
        var schema = JObject.Load(reader);
        schema["definitions"]!["providers"]!["properties"]!["list"]!["items"]!["anyOf"]![0]!["enum"] = new JArray(catalog.Providers.Where(p => p.IsBuiltIn).Select(p => p.Name));
        return schema.ToString(Formatting.Indented).Replace("\r\n", "\n") + "\n";
    }
}
