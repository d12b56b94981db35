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
    private readonly IReadOnlyList<(string Family, JObject On)> _families;
    private readonly IReadOnlyList<string> _others;

    private BrowserSupport(JObject json)
    {
        // The longest name first: "Firefox iOS" before "Firefox".
        _families = [.. json["browsers"]!.SelectMany(b => b["families"]!.Select(f => ((string)f!, (JObject)b["on"]!))).OrderByDescending(f => f.Item1.Length)];
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
    public bool? Offers(string? browser, DevicePlatform platform)
    {
        var name = browser?.Trim() ?? "";
        // A rich client, which is no browser, has one as well: it says what it is.
        if (name.Length == 0 || name.StartsWith("Rich Client", StringComparison.OrdinalIgnoreCase)) return null;
        if (_others.Any(o => Is(name, o))) return false;
        foreach (var (family, on) in _families)
        {
            if (!Is(name, family)) continue;
            return on[platform.ToString()] is JValue { Value: bool offers } ? offers : null;
        }
        return null;
    }

    private static bool Is(string name, string family) => name.StartsWith(family, StringComparison.OrdinalIgnoreCase) && (name.Length == family.Length || name[family.Length] is ' ' or '/' or '(');
}
