using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;

namespace PasskeyAdmin.Providers;

/// <summary>Reads <c>providers.json</c>. It is our own file: a test proves it sound, so what is wrong with it surfaces as a plain JSON error.</summary>
internal static class ProviderCatalogJson
{
    public static IReadOnlyList<PasskeyProvider> Read(TextReader text)
    {
        using var json = new JsonTextReader(text) { CloseInput = false };
        var file = new JsonSerializer { MissingMemberHandling = MissingMemberHandling.Error }.Deserialize<CatalogRow>(json)!;
        return [.. file.Providers.Select(p => ToProvider(p, file.Sources))];
    }

    private static PasskeyProvider ToProvider(ProviderRow row, Dictionary<string, SourceRow> sources) =>
        new(row.Name, row.Vendor, row.Aliases, row.Requirement,
            [.. row.Authenticators.Select(a => new PasskeyAuthenticator(a.AaGuid, a.Name, a.Type, a.Basis, $"{sources[a.Source].Title} ({sources[a.Source].Url})", a.PreProduction))]);

    private sealed class CatalogRow
    {
        [JsonRequired] public Dictionary<string, SourceRow> Sources { get; set; } = [];

        [JsonRequired] public List<ProviderRow> Providers { get; set; } = [];
    }

    private sealed class SourceRow
    {
        [JsonRequired] public string Title { get; set; } = "";

        [JsonRequired] public string Url { get; set; } = "";
    }

    private sealed class ProviderRow
    {
        [JsonRequired] public string Name { get; set; } = "";

        public string? Vendor { get; set; }

        public List<string> Aliases { get; set; } = [];

        public string? Requirement { get; set; }

        [JsonRequired] public List<AuthenticatorRow> Authenticators { get; set; } = [];
    }

    private sealed class AuthenticatorRow
    {
        [JsonRequired] public Guid AaGuid { get; set; }

        [JsonRequired] public string Name { get; set; } = "";

        public PasskeyTypes Type { get; set; }

        [JsonRequired] public PasskeyTypeBasis Basis { get; set; }

        [JsonRequired] public string Source { get; set; } = "";

        public bool PreProduction { get; set; }
    }
}
