using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class UnknownAaGuidRule() : PolicyRule("PK104", "UnknownAaGuid", RuleSeverity.Warning, RuleSources.Policy, "The AAGUIDs of the lists are known")
{
    public override string LooksAt => "AAGUIDs in enforced lists that neither the built-in catalogue nor imported metadata has, and entries that are none.";

    public override string Why => "A mistyped AAGUID allows or blocks nothing, and nobody notices. A model that is newer than the catalogue is all right.";

    public override string Fix => "Compare with the maker's list. A model that is right is known after Import-PasskeyProviderMetadata; take out one that is mistyped.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/concept-fido2-hardware-vendor");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfProfiles(context.Policy),
        .. from profile in context.Policy.Profile
           where profile.Restriction is not KeyRestrictionKind.None
           let unknown = profile.AaGuid.Distinct().Where(a => !context.Catalog.Find(a).IsKnown).Select(a => a.ToString()).ToList()
           where unknown.Count > 0 || profile.UnreadableAaGuids > 0
           select profile.Restriction is KeyRestrictionKind.Unknown
               ? FindingResult.Unknown($"Whether '{profile.Name}' enforces its list is not known. It has {Evidence(unknown, profile.UnreadableAaGuids)}.")
               : Fail(profile.AsObject(), $"'{profile.Name}' lists {Evidence(unknown, profile.UnreadableAaGuids)}.", unknown.Count > 0 ? $"Get-PasskeyProvider -AaGuid {CommandText.Quote(unknown[0])}" : null),
    ], "Every AAGUID in an enforced list is known.");

    private static string Evidence(IReadOnlyList<string> unknown, int unreadable)
    {
        var known = unknown.Count > 0 ? $"{NameLists.First(unknown)}, which {(unknown.Count == 1 ? "is" : "are")} not known" : "";
        return unreadable == 0 ? known : $"{known}{(known.Length > 0 ? ", and " : "")}{unreadable} {(unreadable == 1 ? "entry that is" : "entries that are")} no AAGUID";
    }
}
