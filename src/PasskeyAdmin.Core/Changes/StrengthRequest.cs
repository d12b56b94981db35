using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>An authentication strength as somebody wants it: passkeys, and perhaps something beside them.</summary>
internal sealed record StrengthRequest(string Name)
{
    private const string Models = "#microsoft.graph.fido2CombinationConfiguration";

    /// <summary>Null where none was given.</summary>
    public string? Description { get; init; }

    /// <summary>The models that a passkey may be; null for any.</summary>
    public IReadOnlyList<Guid>? AaGuids { get; init; }

    public bool TakesPass { get; init; }

    public bool TakesWindowsHello { get; init; }

    public bool TakesCertificates { get; init; }

    /// <summary>As Graph names them (reference/adoption-and-troubleshooting.md §3).</summary>
    public IReadOnlyList<string> Combinations =>
    [
        "fido2",
        .. TakesWindowsHello ? ["windowsHelloForBusiness"] : Array.Empty<string>(),
        .. TakesCertificates ? ["x509CertificateMultiFactor"] : Array.Empty<string>(),
        .. TakesPass ? ["temporaryAccessPassOneTime", "temporaryAccessPassMultiUse"] : Array.Empty<string>(),
    ];

    /// <summary>What it takes, in words.</summary>
    public string Takes(ProviderCatalog catalog)
    {
        var passkeys = AaGuids is null ? "any passkey" : $"passkeys of {new JoinedList<PolicyProvider>(PolicyProvider.ListOf(AaGuids, catalog))}";
        string?[] others = [TakesWindowsHello ? "Windows Hello for Business" : null, TakesCertificates ? "certificates" : null, TakesPass ? "a Temporary Access Pass" : null];
        return NameLists.Or([passkeys, .. others.OfType<string>()]);
    }

    public AccessCreation ToCreation(string command, ProviderCatalog catalog) => new(AccessKind.Strength, Name, new JObject { ["displayName"] = Name, ["description"] = Description ?? "", ["allowedCombinations"] = new JArray(Combinations) })
    {
        Command = command,
        Words = [$"+ authentication strength {Name} ({Takes(catalog)})"],
        Restriction = AaGuids is null ? null : new JObject { ["@odata.type"] = Models, ["appliesToCombinations"] = new JArray("fido2"), ["allowedAAGUIDs"] = new JArray(AaGuids.Select(a => a.ToString())) },
    };

    /// <summary>What an existing one has otherwise, in words; none where it is just this one.</summary>
    public IReadOnlyList<string> DifferencesFrom(JObject shown, ProviderCatalog catalog)
    {
        var (wanted, existing) = (ToCreation("", catalog).Whole, new JObject(shown));
        // Whatever it is called, and described by where nobody asked for a description, it demands the same.
        wanted["displayName"] = existing["displayName"]?.DeepClone();
        if (Description is null) wanted["description"] = existing["description"]?.DeepClone();
        foreach (var configuration in (existing[AccessSource.Configurations] as JArray ?? []).OfType<JObject>()) configuration.Remove("id");
        return AccessDifference.Between(wanted, existing);
    }
}
