using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>Says in words what to do about a device.</summary>
internal static class NextStepText
{
    public static string For(ReadinessStatus status, IReadOnlyList<ProviderReadiness> providers, DeviceSystem system) => status switch
    {
        ReadinessStatus.Ready => Ready(providers),
        ReadinessStatus.ActionNeeded => Act(providers),
        ReadinessStatus.Unknown => FindOut(providers, system),
        _ => NotReady(providers, system),
    };

    private static string Ready(IReadOnlyList<ProviderReadiness> providers)
    {
        var builtIn = Names(providers.Where(p => p.IsBuiltIn));
        return builtIn.Length > 0
            ? $"Register a passkey with {builtIn}."
            : $"Sign in with Google Chrome and register a passkey with {Names(providers.Where(p => p.IsBuiltInToChrome))}.";
    }

    private static string Act(IReadOnlyList<ProviderReadiness> providers)
    {
        var usable = providers.Where(p => p.Answer is RequirementAnswer.Yes).ToList();
        // Nobody is told to buy what has been revoked.
        var sound = usable.FindAll(p => p.Cell!.Warning is null);
        var ways = sound.Count > 0 ? sound.Select(Install).Distinct() : usable.Select(p => $"choose something else than {p.Name}: its metadata warns of it ({p.Cell!.Warning})").Distinct();
        var open = providers.Where(p => p.Answer is RequirementAnswer.Unknown).ToList();
        return Sentence(string.Join(", or ", ways))
            + (open.Count > 0 ? $" {Names(open)} may work as it is: {WhatToFindOut(open)}." : "");
    }

    private static string Install(ProviderReadiness provider)
    {
        var isRow = provider.Name.Equals(provider.Cell!.Provider, StringComparison.OrdinalIgnoreCase);
        var isOthers = isRow && provider.Name.StartsWith("Other ", StringComparison.OrdinalIgnoreCase);
        var what = !isOthers ? provider.Name : provider.Cell.IsNarrowed ? "a passkey provider that the profile allows" : "a passkey provider such as 1Password or Bitwarden";
        return provider.Support switch
        {
            SupportKind.BrowserExtension => $"install the browser extension of {what}",
            SupportKind.App => $"install the app of {what} and choose it for passkeys in the settings",
            _ => $"give the user a {(isRow ? "FIDO2 security key" : provider.Name)}{(provider.Cell.IsNarrowed ? " that the profile allows" : "")}",
        };
    }

    private static string FindOut(IReadOnlyList<ProviderReadiness> providers, DeviceSystem system)
    {
        if (system.Platform is DevicePlatform.Unknown) return "Find out the operating system: the inventory names none that is known.";
        var open = providers.Where(p => p.Answer is RequirementAnswer.Unknown).ToList();
        return open.Count == 0 ? "Ask about at least one provider." : Sentence(WhatToFindOut(open));
    }

    private static string WhatToFindOut(List<ProviderReadiness> open) => string.Join("; ", open.Select(p => p.Reason switch
    {
        ReadinessReason.VersionUnknown => "find out the exact version of the operating system",
        ReadinessReason.ManufacturerUnknown => "find out the manufacturer",
        ReadinessReason.ProfileUnclear => $"find out whether the profile allows {p.Name}",
        ReadinessReason.Unconfirmed => $"try {p.Name} on one such device",
        _ => $"ask the vendor of {p.Name} what it needs",
    }).Distinct());

    private static string NotReady(IReadOnlyList<ProviderReadiness> providers, DeviceSystem system)
    {
        // The lowest version that helps at all is the least to ask for.
        var update = providers.Where(p => p.Reason is ReadinessReason.OSTooOld).OrderBy(p => p.MinimumVersion).FirstOrDefault();
        if (update is not null)
        {
            var needed = CellEvaluation.Needed(update.Cell!);
            var then = update.Support switch
            {
                SupportKind.BuiltIn => $"then {update.Name} works",
                SupportKind.BuiltInToChrome => $"then {update.Name} works in Chrome",
                _ => $"then {Install(update)}",
            };
            return $"Update to {needed} or later, {then}; if it cannot be updated, replace the device.";
        }
        if (providers.Any(p => p.Reason is ReadinessReason.GoogleServicesMissing)) return "Use a device with Google's services, or another kind of passkey.";
        if (providers.Any(p => p.Reason is ReadinessReason.ManufacturerExcluded)) return "Use another provider, or a device of another manufacturer.";
        var kept = Names(providers.Where(p => p.Reason is ReadinessReason.NotInProfile));
        if (kept.Length > 0) return $"Use another device, or let the profile allow {kept} on {CellEvaluation.Shown(system.Platform)}.";
        return $"Use another device: no provider asked about works on {CellEvaluation.Shown(system.Platform)}.";
    }

    private static string Names(IEnumerable<ProviderReadiness> providers) => NameLists.Or(providers.Select(p => p.Name).Distinct());

    private static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text.Substring(1) + ".";
}
