using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>What the provider parameters of a command ask of the list of a profile. Nothing is asked for in the network.</summary>
/// <param name="note">Told what is worth knowing.</param>
internal sealed class ProviderLists(ProviderCatalog catalog, Action<string> note)
{
    private readonly List<(ProviderListAction Action, IReadOnlyList<Guid> AaGuids)> _changes = [];

    public ProviderLists With(ProviderListAction action, string[]? names)
    {
        if (names is null) return this;
        var selection = ProviderSelection.Of(ProviderNames.Parse(names), catalog, isToPass: action is ProviderListAction.Allow or ProviderListAction.Add);
        foreach (var line in selection.Notes) note(line);
        _changes.Add((action, selection.AaGuids));
        return this;
    }

    /// <exception cref="PasskeyAdminException"><c>ProviderParametersConflict</c>, <c>ProviderRepeated</c>, <c>AllowListEmpty</c>.</exception>
    public IReadOnlyList<ProviderListChange> Read(bool isCleared)
    {
        var whole = _changes.Count(c => c.Action is ProviderListAction.Allow or ProviderListAction.Block) + (isCleared ? 1 : 0);
        if (whole > 1 || (whole == 1 && _changes.Count + (isCleared ? 1 : 0) > 1))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProviderParametersConflict", "-AllowProvider, -BlockProvider and -ClearRestriction each say what the whole list is to be: give one of them, and without -AddProvider and -RemoveProvider, which change the list that is there.");
        if (_changes.Count == 2 && _changes[0].AaGuids.Intersect(_changes[1].AaGuids).FirstOrDefault() is var twice && twice != Guid.Empty)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProviderRepeated", $"{catalog.Find(twice).Name} ({twice}) is in -AddProvider and in -RemoveProvider. Name it in one of them.");
        if (isCleared) return [new ProviderListChange(ProviderListAction.Clear, [])];
        return [.. _changes.Select(c => new ProviderListChange(c.Action, c.AaGuids))];
    }
}
