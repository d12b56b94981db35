using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.DataFile;

namespace PasskeyAdmin.Providers;

/// <summary>
/// Reads <c>providers.json</c>. It is our own file: a test proves it sound, so what is wrong with it surfaces as a plain error. By hand, because a
/// serializer that compiles itself first takes as long as the rest of a first command.
/// </summary>
internal static class ProviderCatalogJson
{
    public static IReadOnlyList<PasskeyProvider> Read(TextReader text)
    {
        using var json = new JsonTextReader(text) { CloseInput = false, DateParseHandling = DateParseHandling.None };
        var file = JObject.Load(json);
        var sources = ((JObject)file["sources"]!).Properties().ToDictionary(p => p.Name, p => $"{Text(p.Value, "title")} ({Text(p.Value, "url")})");
        return [.. file["providers"]!.Select(p => ToProvider(p, sources))];
    }

    private static PasskeyProvider ToProvider(JToken row, Dictionary<string, string> sources) =>
        new(Text(row, "name"), (string?)row["vendor"], [.. (row["aliases"] ?? new JArray()).Select(a => (string)a!)], (string?)row["requirement"],
            [.. row["authenticators"]!.Select(a => ToAuthenticator(a, sources))]);

    private static PasskeyAuthenticator ToAuthenticator(JToken row, Dictionary<string, string> sources) =>
        new(Guid.Parse(Text(row, "aaGuid")), Text(row, "name"), Member<PasskeyTypes>((string?)row["type"] ?? nameof(PasskeyTypes.None)), Member<PasskeyTypeBasis>(Text(row, "basis")),
            sources[Text(row, "source")], (bool?)row["preProduction"] ?? false)
        {
            Verification = AuthenticatorVerification.BuiltIn,
        };
}
