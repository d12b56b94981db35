using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Access;

/// <summary>Whose an authentication strength is.</summary>
public enum AuthenticationStrengthType
{
    /// <summary>Graph does not say, or gave a value that this version does not know.</summary>
    Unknown,

    /// <summary>Every tenant has it, and nobody can change it.</summary>
    BuiltIn,

    /// <summary>The tenant made it.</summary>
    Custom,
}

/// <summary>An authentication strength as Graph has it (reference/adoption-and-troubleshooting.md §3).</summary>
/// <param name="Combinations">The combinations of methods of which one is enough.</param>
internal sealed record AuthenticationStrength(string Id, string Name, IReadOnlyCollection<string> Combinations)
{
    private const string Passkey = "fido2";
    private const string WindowsHello = "windowsHelloForBusiness";
    private const string Certificate = "x509CertificateMultiFactor";
    private const string Pass = "temporaryAccessPass";
    private const string OneTimePass = "temporaryAccessPassOneTime";
    private const string MultiUsePass = "temporaryAccessPassMultiUse";

    /// <summary>The name in a sentence: safe to show, and not long.</summary>
    public string Shown => DisplayText.Excerpt(Name, 60);

    public string Description { get; init; } = "";

    public AuthenticationStrengthType Type { get; init; }

    /// <summary>When it was changed, as Graph writes it; null where it does not say.</summary>
    public string? Modified { get; init; }

    /// <summary>The models that a passkey may be; null for any.</summary>
    public IReadOnlyList<Guid>? AaGuids { get; init; }

    /// <summary>Whether the list of models has something that is no AAGUID.</summary>
    public bool HasUnreadableAaGuids { get; init; }

    public bool TakesPasskeys => Combinations.Contains(Passkey);

    /// <summary>With Platform SSO, which has no name of its own (§3, "newer docs").</summary>
    public bool TakesWindowsHello => Combinations.Contains(WindowsHello);

    public bool TakesCertificates => Combinations.Contains(Certificate);

    /// <summary>Whether a Temporary Access Pass lets somebody in who has nothing else yet.</summary>
    public bool TakesPass => Combinations.Any(IsPass);

    /// <summary>Whether it takes a Temporary Access Pass of one kind; null where it takes one of a kind that this version does not know.</summary>
    /// <param name="isUsableOnce">Whether the pass can be used once, or else several times.</param>
    public bool? TakesPassOf(bool isUsableOnce) => Combinations.Contains(isUsableOnce ? OneTimePass : MultiUsePass) ? true : Combinations.Any(c => IsPass(c) && c is not (OneTimePass or MultiUsePass)) ? null : false;

    /// <summary>Whether nothing but phishing-resistant methods, and perhaps a pass, is enough. A combination that this version does not know is none.</summary>
    public bool IsPhishingResistant => Combinations.Any(c => !IsPass(c)) && Combinations.All(c => c is Passkey or WindowsHello or Certificate || IsPass(c));

    /// <summary>Whether it takes a passkey by its model; null where that is not known.</summary>
    /// <param name="aaGuid">Null where it is not known.</param>
    public bool? Takes(Guid? aaGuid) => !TakesPasskeys ? false : AaGuids is not { } models ? true : aaGuid is not { } model ? null : models.Contains(model) ? true : HasUnreadableAaGuids ? null : false;

    private static bool IsPass(string combination) => combination.StartsWith(Pass, StringComparison.Ordinal);

    /// <summary>Null for an object without an id.</summary>
    public static AuthenticationStrength? Of(JObject json)
    {
        if (JsonText.Of(json, "id") is not { } id) return null;
        var lists = (json["combinationConfigurations"] as JArray ?? []).OfType<JObject>().Where(c => JsonText.Of(c, "@odata.type") is "#microsoft.graph.fido2CombinationConfiguration").Select(c => c["allowedAAGUIDs"] as JArray).OfType<JArray>().ToList();
        var texts = lists.SelectMany(l => l).Select(t => (string?)(t as JValue)).ToList();
        return new AuthenticationStrength(id, JsonText.Of(json, "displayName") ?? id, [.. JsonText.AllOf(json, "allowedCombinations")])
        {
            Description = JsonText.Of(json, "description") ?? "",
            Type = JsonText.Of(json, "policyType") switch { "builtIn" => AuthenticationStrengthType.BuiltIn, "custom" => AuthenticationStrengthType.Custom, _ => AuthenticationStrengthType.Unknown },
            Modified = JsonText.Of(json, "modifiedDateTime"),
            AaGuids = lists.Count == 0 ? null : [.. texts.Select(t => Guid.TryParse(t, out var aaGuid) ? aaGuid : (Guid?)null).OfType<Guid>().Distinct()],
            HasUnreadableAaGuids = texts.Any(t => !Guid.TryParse(t, out _)),
        };
    }
}
