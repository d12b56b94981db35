using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>
/// In which browsers Microsoft Entra ID offers passkeys (reference/device-requirements.md §3 [D]), from <c>browsers.json</c>. Browsers are named as the sign-in log does: a family with a version behind
/// it, such as "Firefox Mobile 145.0".
/// </summary>
internal sealed class BrowserSupport
{
    private readonly IReadOnlyList<(string Family, JObject Browser)> _families;
    private readonly IReadOnlyList<string> _others;

    private BrowserSupport(JObject json)
    {
        // The longest name first: "Firefox iOS" before "Firefox".
        _families = [.. json["browsers"]!.SelectMany(b => b["families"]!.Select(f => ((string)f!, (JObject)b))).OrderByDescending(f => f.Item1.Length)];
        _others = [.. json["notInMatrix"]!.Select(b => (string)b!)];
        Source = (string)json["source"]!;
    }

    /// <summary>The page that has the matrix.</summary>
    public string Source { get; }

    public static BrowserSupport LoadBuiltIn()
    {
        using var stream = typeof(BrowserSupport).Assembly.GetManifestResourceStream("browsers.json")!;
        using var json = new JsonTextReader(new StreamReader(stream)) { DateParseHandling = DateParseHandling.None };
        return new BrowserSupport(JObject.Load(json));
    }

    /// <summary>Whether passkeys are offered there; null for a browser or system of which nobody can tell.</summary>
    public bool? Offers(string? browser, DevicePlatform platform) =>
        browser?.Trim() is not { Length: > 0 } name ? null
        : _others.Any(o => Is(name, o)) ? false
        : Find(name)?["on"]![platform.ToString()] is JValue { Value: bool offers } ? offers : null;

    /// <summary>Providers, by their names in the catalogue, whose passkeys are not offered there although others are.</summary>
    public IReadOnlyList<string> NotFrom(string? browser, DevicePlatform platform) =>
        browser?.Trim() is { Length: > 0 } name && Find(name)?["notFrom"]?[platform.ToString()] is JArray providers ? [.. providers.Select(p => (string)p!)] : [];

    /// <summary>Null for what is not known. A rich client, which is no browser, has one as well: it says what it is.</summary>
    private JObject? Find(string name) => name.StartsWith("Rich Client", StringComparison.OrdinalIgnoreCase) ? null : _families.FirstOrDefault(f => Is(name, f.Family) && IsVersion(name, f.Family.Length)).Browser;

    /// <summary>Behind a family stands its version, or nothing: "Chrome Mobile WebView 120" is a page within an application, and no Chrome.</summary>
    private static bool IsVersion(string name, int at) => name.Substring(at).TrimStart(' ', '/', '(') is var rest && (rest.Length == 0 || char.IsDigit(rest[0]));

    private static bool Is(string name, string family) => name.StartsWith(family, StringComparison.OrdinalIgnoreCase) && (name.Length == family.Length || name[family.Length] is ' ' or '/' or '(');
}
