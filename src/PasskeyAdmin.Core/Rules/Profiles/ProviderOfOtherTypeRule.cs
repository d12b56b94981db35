using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

internal sealed class ProviderOfOtherTypeRule() : PolicyRule("PK105", "ProviderOfOtherType", RuleSeverity.Warning, RuleSources.Policy, "The allowed providers make passkeys of the allowed types")
{
    public override string LooksAt => "AAGUIDs in lists of allowed providers whose passkeys are of a type that the profile does not allow: a synced provider in a device-bound profile, or the reverse.";

    public override string Why => "Both must pass, the type and the list. Such an entry never lets anything in, and whoever put it there expects that it does.";

    public override string Fix => "Allow the type as well, or take the provider out of the list.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-synced-passkeys");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfProfiles(context.Policy),
        .. from profile in context.Policy.Profile
           where profile.Restriction is KeyRestrictionKind.Allow or KeyRestrictionKind.Unknown
           let other = profile.AaGuid.Select(context.Catalog.Find).Where(p => p.PasskeyType is not PasskeyTypes.None && (p.PasskeyType & profile.PasskeyType) == 0).ToList()
           where other.Count > 0
           let names = other.Select(p => p.Name).Distinct().ToList()
           select profile.Restriction is KeyRestrictionKind.Unknown || profile.PasskeyTypeName != profile.PasskeyType.ToString()
               ? FindingResult.Unknown($"Whether the list of '{profile.Name}' and its types agree is not known. It has {NameLists.First(names)}.")
               : Fail(profile.AsObject(), $"'{profile.Name}' allows {(profile.PasskeyType is PasskeyTypes.None ? "no type of passkeys" : $"{profile.PasskeyTypeName} passkeys only")}, and lists {NameLists.First(names)}, whose passkeys are {other[0].PasskeyTypeName}.",
                   profile.IsImplied ? null : other.Count == profile.AaGuid.Count && profile.UnreadableAaGuids == 0 ? $"Get-PasskeyProfile -ProfileId {CommandText.Quote(profile.Id ?? "")} | Format-List"
                       : $"Set-PasskeyProfile {profile.Parameter()} -RemoveProvider {string.Join(", ", names.Select(CommandText.Quote))} -WhatIf"),
    ], "No list of allowed providers has one of another type.");
}
