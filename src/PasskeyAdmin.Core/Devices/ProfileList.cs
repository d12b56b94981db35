using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>What the AAGUIDs that a profile allows or blocks mean for the cells of the matrix.</summary>
internal sealed class ProfileList(AllowedPasskeys allowed)
{
    private readonly HashSet<Guid>? _allowed = allowed.Allowed is { } list ? [.. list] : null;
    private readonly HashSet<Guid> _blocked = [.. allowed.Blocked];

    /// <summary>An entry of a block list that cannot be read may mean anybody.</summary>
    public bool IsUnclear => allowed.IsListUnclear || (_allowed is null && allowed.UnreadableEntries > 0);

    public bool Exists => _allowed is not null || _blocked.Count > 0;

    /// <summary>Whether an AAGUID passes that is not in the list.</summary>
    public bool PassesOthers => _allowed is null;

    public bool Passes(Guid aaGuid) => _allowed?.Contains(aaGuid) ?? !_blocked.Contains(aaGuid);

    /// <summary>
    /// Whether the list may mean a provider whose AAGUIDs nobody told us, such as a row of a user's own file. What an imported file says of an AAGUID
    /// without proof tells nothing.
    /// </summary>
    public bool MayConcernUnknown(ProviderCatalog catalog) => allowed.UnreadableEntries > 0 || (_allowed ?? _blocked).Any(a => !catalog.Find(a).IsVouchedFor);

    /// <summary>A cell of a provider of which only some AAGUIDs pass.</summary>
    public RequirementCell NarrowProvider(RequirementCell cell, PasskeyProvider provider, IReadOnlyList<PasskeyAuthenticator> passing)
    {
        // Which key somebody is given is free to choose; which app or vault a device has is not.
        if (cell.Support is SupportKind.Hardware) return cell.Narrowed($"the profile allows {passing.Count} of its {provider.AaGuidCount} AAGUIDs");
        var ofPlatform = provider.Authenticator.Where(a => AuthenticatorPlatforms.Of(a.AaGuid) == cell.Platform).ToList();
        if (ofPlatform.Count == 0) return cell.Against($"the profile allows only a part of it: {NameLists.First(passing.Select(a => a.Name))}");
        return ofPlatform.All(a => Passes(a.AaGuid)) ? cell : cell with { Objection = new ProfileObjection(true, $"the profile does not allow {NameLists.First(ofPlatform.Select(a => a.Name))}") };
    }

    /// <summary>A row that stands for many providers, some of which a block list keeps out.</summary>
    public AskedProvider NarrowRow(AskedProvider row, IReadOnlyList<PasskeyProvider> behind)
    {
        var hit = behind.Where(p => !p.AaGuid.All(Passes)).ToList();
        if (hit.Count == 0) return row;
        return behind.All(p => !p.AaGuid.Any(Passes))
            ? row.With(c => c.Against("the profile blocks all such providers that are known"))
            : row.With(c => c.Narrowed($"the profile blocks {NameLists.First(hit.Select(p => p.AaGuid.Any(Passes) ? $"a part of {p.Name}" : p.Name))}"));
    }
}
