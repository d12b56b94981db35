using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>What a passkey profile lets in, as far as an authentication strength can say it: by models alone (reference/adoption-and-troubleshooting.md §3).</summary>
/// <param name="AaGuids">The models; null for any.</param>
/// <param name="Notes">What the strength takes that the profile does not; sentences, safe to show.</param>
internal sealed record ProfileModels(IReadOnlyList<Guid>? AaGuids, IReadOnlyList<string> Notes)
{
    /// <exception cref="PasskeyAdminException"><c>ProfileNotExpressible</c>.</exception>
    public static ProfileModels Of(PasskeyProfile profile, ProviderCatalog catalog)
    {
        var name = CommandText.Quote(profile.Name);
        if (profile.UnreadableAaGuids > 0) throw NotExpressible(name, "has entries in its list that are no AAGUIDs, so that what it lets in is not known. Mend the list first, or name the models: -Provider.");
        // Which of its models may be used is not known then, and a strength would take them all.
        if (profile.PasskeyTypeName != profile.PasskeyType.ToString() || profile.PasskeyType is PasskeyTypes.None) throw NotExpressible(name, $"allows passkeys of a type that this version does not know ({profile.PasskeyTypeName}). Name the models: -Provider.");
        return profile.Restriction switch
        {
            KeyRestrictionKind.None => new ProfileModels(null, [.. TypeWords.Of(profile.PasskeyType) is { } type ? [$"The profile {name} allows {type} passkeys of any model, and a strength cannot tell these from the others: it takes any passkey. Name models with -Provider to narrow it."] : Array.Empty<string>()]),
            KeyRestrictionKind.Allow when profile.AaGuid.Count == 0 => throw NotExpressible(name, "has an empty allow list, and a strength that lets nothing in would shut everybody out. Name the models: -Provider."),
            KeyRestrictionKind.Allow => new ProfileModels(profile.AaGuid, Others(profile, name, catalog)),
            KeyRestrictionKind.Block => throw NotExpressible(name, "has a block list, and a strength can only list what it takes. Name the models that are to open it: -Provider; Get-PasskeyProvider lists them."),
            _ => throw NotExpressible(name, "has a list of a kind that this version does not know. Name the models: -Provider."),
        };
    }

    /// <summary>What is listed, and still not let in for its type.</summary>
    private static IReadOnlyList<string> Others(PasskeyProfile profile, string name, ProviderCatalog catalog)
    {
        var others = profile.AaGuid.Where(a => ModelReach.TypeOf(catalog, a) is var type and not PasskeyTypes.None && PolicyClauses.TypePasses(profile, type) == false).Select(a => catalog.Find(a).Name).Distinct().ToList();
        return others.Count == 0 ? [] : [$"The list of the profile {name} has {NameLists.First(others)}, whose passkeys are of a type that the profile does not allow. The strength takes them, too, where another profile does."];
    }

    private static PasskeyAdminException NotExpressible(string name, string reason) => new(ErrorKind.InvalidArgument, "ProfileNotExpressible", $"The profile {name} {reason}");
}
