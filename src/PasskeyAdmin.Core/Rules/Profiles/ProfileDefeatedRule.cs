using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class ProfileDefeatedRule() : PolicyRule("PK110", "ProfileDefeated", RuleSeverity.Error, RuleSources.Groups, "No profile is defeated by a wider one for the same people")
{
    public override string LooksAt => "Profiles that let in less than another one that the same people have. Less means: no type, provider or unattested passkey more, and something less.";

    public override string Why => "Profiles add up: an allow in one beats everything that another demands. The stricter profile looks like a protection and is none.";

    public override string Fix => "Keep the wider profile away from the people of the stricter one: target groups that leave them out instead of all users.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override FindingResult? ByPolicyAlone(PasskeyPolicy policy) => policy.Profile.Count == 1 ? FindingResult.NotApplicable("There is one profile only.") : null;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var used = context.Policy.Profile.Where(p => p.Target.Count > 0).ToList();
        return OrPass(
        [
            .. PolicyGaps.OfProfiles(context.Policy),
            .. PolicyGaps.OfUses(context.Policy),
            .. from profile in used
               where used.Count > 1 && !ProfileWidth.IsKnown(profile)
               select FindingResult.Unknown($"Whether '{profile.Name}' lets in less than another profile, or more, is not known: not all that it says is understood."),
            .. from strict in used
               from wide in used
               where strict != wide && ProfileWidth.IsNarrower(strict, wide)
               let result = Compare(context, strict, wide)
               where result is not null
               select result,
        ], "No profile is defeated by another.");
    }

    private FindingResult? Compare(RuleContext context, PasskeyProfile strict, PasskeyProfile wide)
    {
        var command = $"Get-PasskeyProfileTarget {wide.Parameter()}";
        if (wide.Target.Any(t => t.Kind is TargetKind.AllUsers))
            return context.Reaches(strict) == false ? null : Fail(strict.AsObject(), $"'{strict.Name}' restricts nobody: everybody has '{wide.Name}' as well, which lets in {ProfileWidth.More(strict, wide)}.", command);
        // Where everybody has the stricter one, somebody who is let in to more is an exception that was meant.
        if (strict.Target.Any(t => t.Kind is TargetKind.AllUsers) || context.Policy.Exclusion.Any(e => e.Kind is TargetKind.AllUsers)) return null;
        if (context.UsersOf(wide) is not { } few || context.UsersOf(strict) is not { } all)
            return FindingResult.Unknown($"Whether people of '{strict.Name}' also have '{wide.Name}' is not known: the members of a target could not be read.");
        // Whoever is excluded has neither.
        var (excluded, isOpen) = context.Excluded();
        all.ExceptWith(excluded);
        var both = few.Count(all.Contains);
        if (both == 0) return null;
        if (isOpen) return FindingResult.Unknown($"Whether people of '{strict.Name}' also have '{wide.Name}' is not known: who is excluded could not be read.");
        var people = all.Count == 1 ? "the one user who has it" : both == all.Count ? $"any of the {all.Count:N0} users who have it" : $"{both:N0} of the {all.Count:N0} users who have it";
        return Fail(strict.AsObject(), $"'{strict.Name}' does not restrict {people}: '{wide.Name}' is for {(both == 1 ? "that user" : "them")} as well, and lets in {ProfileWidth.More(strict, wide)}.", command);
    }
}
