using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class ProfileWithoutPeopleRule() : PolicyRule("PK106", "ProfileWithoutPeople", RuleSeverity.Information, RuleSources.Groups, "Every profile reaches somebody")
{
    public override string LooksAt => "Profiles of the tenant's own that no target uses, or whose targets are deleted, empty or excluded.";

    public override string Why => "A profile that nobody has does nothing, and takes room in a policy that may have 20 KB. It is often the rest of a change that was not finished.";

    public override string Fix => "Give it a target, or remove it.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override FindingResult? ByPolicyAlone(PasskeyPolicy policy) => policy.IsWithoutItsProfiles || policy.Profile.Any(p => p is { IsDefault: false, IsImplied: false }) ? null : FindingResult.NotApplicable("The tenant has no profile of its own.");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfProfiles(context.Policy),
        .. from profile in context.Policy.Profile
           where profile is { IsDefault: false, IsImplied: false }
           let reaches = context.Reaches(profile)
           where reaches != true
           select reaches is null
               ? FindingResult.Unknown($"Whether '{profile.Name}' reaches anybody is not known: {(PolicyGaps.AreUsesKnown(context.Policy) ? "the members of a target or an exclusion could not be read" : "the policy does not say which targets use it")}.")
               : Unreached(profile),
    ], "Every profile of the tenant's own reaches somebody.");

    /// <summary>One that a target uses cannot be removed (reference/graph-passkey-policy.md §4): its targets come first.</summary>
    private FindingResult Unreached(PasskeyProfile profile) => profile.Target.Count == 0
        ? Fail(profile.AsObject(), $"No target uses '{profile.Name}'.", $"Remove-PasskeyProfile {profile.Parameter()} -WhatIf")
        : Fail(profile.AsObject(), $"'{profile.Name}' reaches nobody: {NameLists.First(profile.Target.Select(t => t.DisplayName))} {(profile.Target.Count == 1 ? "is" : "are")} deleted, empty or excluded.", $"Get-PasskeyProfileTarget {profile.Parameter()}");
}
