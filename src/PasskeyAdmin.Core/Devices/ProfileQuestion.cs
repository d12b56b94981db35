using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Which providers a readiness question is about where it is about a passkey profile: those that somebody in its targets may register, by the law of
/// reference/graph-passkey-policy.md §7 [D]. What is not certain to pass never answers Yes.
/// </summary>
internal sealed class ProfileQuestion(RequirementMatrix matrix, ProviderCatalog catalog, AllowedPasskeys allowed)
{
    private const string NotKnown = "whether the profile allows it is not known";

    private readonly ProfileAttestation _attestation = new(allowed.DemandsAttestation);
    private readonly ProfileList _list = new(allowed);

    /// <param name="names">Narrow the question to some providers; null for all that pass.</param>
    /// <param name="types">Narrow it to passkey types; null for those of the profile.</param>
    /// <exception cref="PasskeyAdminException"><c>ProfileAllowsNothing</c>, and what <see cref="AskedProvider.Named"/> throws.</exception>
    public IReadOnlyList<AskedProvider> Ask(IEnumerable<ProviderName>? names, PasskeyTypes? types)
    {
        var wanted = allowed.Types & (types ?? allowed.Types) & (allowed.DemandsAttestation is true ? ~PasskeyTypes.Synced : ~PasskeyTypes.None);
        var candidates = names is not null ? AskedProvider.Named(matrix, catalog, names, types)
            : allowed.Allowed is { } list ? [.. Listed(list)]
            : AskedProvider.All(matrix, wanted);
        var asked = new List<AskedProvider>();
        foreach (var provider in candidates.SelectMany(Admit).Select(p => Of(p, wanted)).OfType<AskedProvider>())
            if (!asked.Any(a => a.Name.Equals(provider.Name, StringComparison.OrdinalIgnoreCase))) asked.Add(provider);
        if (names is null) asked.AddRange(Strangers(wanted, types));
        return asked.Count > 0 ? asked : throw Nothing(names is not null, types);
    }

    /// <summary>The providers of an allow list, in its order.</summary>
    private IEnumerable<AskedProvider> Listed(IEnumerable<Guid> aaGuids) =>
        aaGuids.Select(catalog.Find).Where(p => p.IsKnown).Select(p => p.Name).Distinct().Select(name => Asked(catalog.Providers.First(p => p.Name == name)));

    private AskedProvider Asked(PasskeyProvider provider) => new(provider.Name, AskedProvider.CellsOf(matrix, provider.Name, provider.Requirement));

    /// <summary>What a profile lets in and nobody here knows.</summary>
    private IEnumerable<AskedProvider> Strangers(PasskeyTypes wanted, PasskeyTypes? types)
    {
        // With -TargetType, a type that is not known is not asked about.
        var others = types is null ? allowed.OtherTypes : null;
        if (others is not null) yield return new AskedProvider($"Passkeys of the type {others}", null);
        else if (wanted is PasskeyTypes.None) yield break;
        foreach (var aaGuid in (allowed.Allowed ?? []).Distinct().Where(a => !catalog.Find(a).IsKnown)) yield return new AskedProvider($"AAGUID {aaGuid}", null);
        if (allowed.Allowed is not null && allowed.UnreadableEntries > 0) yield return new AskedProvider("An AAGUID that cannot be read", null);
    }

    /// <summary>What the list leaves of a provider: itself, itself with an objection, the providers that it stands for, or nothing.</summary>
    private IEnumerable<AskedProvider> Admit(AskedProvider asked)
    {
        if (_list.IsUnclear) return [asked.With(c => c.Against(NotKnown))];
        if (!_list.Exists) return [asked];
        // An imported model may have had to take another name than its own.
        List<PasskeyProvider> behind =
        [
            .. catalog.Providers.Where(p => p.IsVouchedFor && (Is(p.Name, asked.Name) || Is(p.Requirement, asked.Name) || (!p.IsBuiltIn && p.Authenticator.Any(a => Is(a.Name, asked.Name))))),
        ];
        return behind.Count switch
        {
            0 => _list.MayConcernUnknown(catalog) ? [asked.With(c => c.Against(NotKnown))] : _list.PassesOthers ? [asked] : [],
            1 => Single(asked, behind[0]),
            _ => allowed.Allowed is not null ? behind.SelectMany(p => Single(Asked(p), p)) : [_list.NarrowRow(asked, behind)],
        };
    }

    private IEnumerable<AskedProvider> Single(AskedProvider asked, PasskeyProvider provider)
    {
        var passing = provider.Authenticator.Where(a => _list.Passes(a.AaGuid)).ToList();
        if (passing.Count == 0) yield break;
        var admitted = passing.Count == provider.AaGuidCount ? asked : asked.With(cell => _list.NarrowProvider(cell, provider, passing));
        var warned = passing.FindAll(a => a.Warning is not null);
        yield return warned.Count == 0 ? admitted : admitted.With(cell => Warned(cell, passing, warned));
    }

    /// <summary>A profile may still let in what verified metadata warns of.</summary>
    private static RequirementCell Warned(RequirementCell cell, IReadOnlyList<PasskeyAuthenticator> passing, IReadOnlyList<PasskeyAuthenticator> warned)
    {
        var warnings = string.Join(", ", warned.Select(a => a.Warning).Distinct());
        return warned.Count == passing.Count
            ? cell.WithCondition($"its metadata warns of all of it: {warnings}") with { Warning = warnings }
            : cell.WithCondition($"its metadata warns of {warned.Count} of the {passing.Count} AAGUIDs that the profile allows: {warnings}");
    }

    /// <summary>With what the types and the attestation of the profile leave of it; null where that is nothing.</summary>
    private AskedProvider? Of(AskedProvider asked, PasskeyTypes wanted)
    {
        if (asked.Cells is not null) return asked.Only(wanted)?.Where(_attestation.Judge);
        var provider = catalog.Providers.FirstOrDefault(p => Is(p.Name, asked.Name));
        var type = provider?.PasskeyType ?? PasskeyTypes.None;
        return wanted is PasskeyTypes.None || (type is not PasskeyTypes.None && (type & wanted) == 0) || _attestation.Excludes(type, provider?.Requirement) ? null : asked;
    }

    private static bool Is(string? one, string other) => other.Equals(one, StringComparison.OrdinalIgnoreCase);

    private PasskeyAdminException Nothing(bool isNamed, PasskeyTypes? types)
    {
        var why = allowed switch
        {
            { Allowed.Count: 0, UnreadableEntries: 0 } => "its list of allowed AAGUIDs is empty",
            { Types: PasskeyTypes.None, OtherTypes: null } => "it has no passkey type",
            { OtherTypes: { } others } => $"of the types that it allows, this version does not know {others}",
            { DemandsAttestation: true } when (allowed.Types & (types ?? allowed.Types)) is PasskeyTypes.Synced => "it demands attestation, which synced passkeys do not have",
            _ when isNamed => "it lets in none of the providers that -Provider names",
            _ when types is not null => $"it lets in no {types} passkeys that the requirements in force know",
            _ => "the requirements in force know none of the providers that it lets in",
        };
        var name = CommandText.Quote(allowed.ProfileName);
        return new(ErrorKind.InvalidArgument, "ProfileAllowsNothing", $"The passkey profile {name} leaves nothing to ask about: {why}. Get-PasskeyProfile {name} shows what it allows.")
        {
            RecommendedAction = $"Get-PasskeyProfile {name}",
        };
    }
}
