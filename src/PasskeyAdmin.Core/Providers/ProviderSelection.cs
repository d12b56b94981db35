using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>The AAGUIDs that names of providers stand for in a list of a profile.</summary>
/// <param name="AaGuids">Each once, in the order of the names.</param>
/// <param name="Notes">What is worth knowing about them; sentences, safe to show.</param>
internal sealed record ProviderSelection(IReadOnlyList<Guid> AaGuids, IReadOnlyList<string> Notes)
{
    /// <summary>
    /// A provider or family stands for all its models, the name of a model for that one, an AAGUID for itself. Models that were never sold are not let in by a name, nor is what nobody
    /// vouches for: a name from a file must not let any AAGUID in. To shut out, all of them are taken.
    /// </summary>
    /// <param name="isToPass">Whether they are to be let in.</param>
    /// <exception cref="PasskeyAdminException"><c>ProviderNotFound</c>, <c>ProviderNotVerified</c>.</exception>
    public static ProviderSelection Of(IEnumerable<ProviderName> names, ProviderCatalog catalog, bool isToPass)
    {
        var (aaGuids, notes) = (new List<Guid>(), new List<string>());
        foreach (var name in names)
        {
            if (Guid.TryParse(name.Text, out var aaGuid))
            {
                aaGuids.Add(aaGuid);
                Note(catalog.Find(aaGuid), aaGuid, isToPass, notes);
                continue;
            }
            var models = Models(name, catalog).ToList();
            if (models.Count == 0) throw name.NotFound(catalog.Providers.Select(p => p.Name));
            // What is to be shut out goes as a whole.
            if (!isToPass)
            {
                aaGuids.AddRange(models.Select(m => m.AaGuid));
                continue;
            }
            var sold = models.Exists(m => !m.IsPreProduction) ? models.FindAll(m => !m.IsPreProduction) : models;
            var usable = sold.FindAll(m => m.MayEnterAllowList);
            if (usable.Count == 0)
                throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProviderNotVerified", $"Nobody vouches for {CommandText.Quote(name.Text)} ({(sold[0].Warning is { } warning ? $"warning: {warning}" : "it comes from a file whose signature was not verified")}), so the name does not let it in. Give the AAGUID itself if you mean it: {string.Join(", ", sold.Take(3).Select(m => m.AaGuid))}.");
            if (usable.Count < sold.Count) notes.Add($"Of {CommandText.Quote(name.Text)}, {sold.Count - usable.Count} {(sold.Count - usable.Count == 1 ? "model is" : "models are")} left out: {NameLists.First(sold.Except(usable).Select(m => $"{m.Name} ({m.Warning ?? "not verified"})"))}.");
            aaGuids.AddRange(usable.Select(m => m.AaGuid));
        }
        return new ProviderSelection([.. aaGuids.Distinct()], notes);
    }

    private static void Note(PasskeyProvider provider, Guid aaGuid, bool isToPass, List<string> notes)
    {
        if (isToPass && provider.Authenticator[0].Warning is { } warning) notes.Add($"{provider.Authenticator[0].Name} ({aaGuid}) has a warning in the FIDO metadata: {warning}.");
    }

    private static IEnumerable<PasskeyAuthenticator> Models(ProviderName name, ProviderCatalog catalog) =>
        from provider in name.Find(catalog)
        let isWhole = name.Matches(provider.Name) || provider.Alias.Any(name.Matches)
        from model in provider.Authenticator
        where isWhole || name.Matches(model.Name)
        select model;
}
