using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>What is looked at before a plan is one, wherever it came from (design §5.3). What was so before may stay. Pure.</summary>
internal sealed class PlanChecks(PasskeyPolicy before, PasskeyPolicy after, PlanDocument plan, ProviderCatalog catalog)
{
    /// <summary>Documented; ten were announced, and the service decides (reference/graph-passkey-policy.md §5).</summary>
    private const int DocumentedProfiles = 3;

    private const double NearlyFull = 90;

    /// <exception cref="PasskeyAdminException"><c>UnknownValueNotWritable</c>, <c>ProfileNameTaken</c>, <c>ProfileNameInvalid</c>, <c>AllowListEmpty</c>, <c>PolicyTooLarge</c>.</exception>
    public void Require()
    {
        // Graph's stand-in for what it does not show: written back, it would take the place of what it stands for (§3).
        if (plan.Change.DescendantsAndSelf().OfType<JValue>().Any(v => v.Value is string text && text.Split(',').Any(t => t.Trim() == "unknownFutureValue")))
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "UnknownValueNotWritable", "The policy has a value that Microsoft Graph shows only as 'unknownFutureValue'. Written back, it would be lost. Change the policy in the Entra admin center, or with a newer version of PasskeyAdmin.");
        if (after.Profile.FirstOrDefault(p => IsNew(p) && before.Profile.Any(b => b.RawName.Equals(p.RawName, StringComparison.OrdinalIgnoreCase))) is { } twin)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProfileNameTaken", $"The name {CommandText.Quote(twin.Name)} is another profile's until this change is made. Rename that one first, in a change of its own.");
        if (after.Profile.GroupBy(p => p.RawName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1 && before.Profile.Count(b => b.RawName.Equals(g.Key, StringComparison.OrdinalIgnoreCase)) < g.Count()) is { } same)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProfileNameTaken", $"There would be {same.Count()} profiles called {CommandText.Quote(same.Key)}. Choose another name.");
        foreach (var profile in after.Profile)
        {
            var was = before.Profile.FirstOrDefault(b => IsSame(b.Id, profile.Id));
            if (profile.PasskeyType is PasskeyTypes.None && profile.PasskeyTypeName == nameof(PasskeyTypes.None) && was?.PasskeyTypeName != profile.PasskeyTypeName)
                throw new PasskeyAdminException(ErrorKind.InvalidArgument, "TargetTypeEmpty", $"The profile {CommandText.Quote(profile.Name)} would allow no type of passkey. To let nobody use it, take it out of its targets.");
            // What is undone was so before.
            if (plan.Undoes is not null) continue;
            if (was?.RawName != profile.RawName) ProfileRules.RequireName(profile.RawName, "a profile");
            if (profile.IsShut && was?.IsShut != true) throw ProfileRules.Shut(profile.Name);
        }
        if (after.Size > after.SizeLimit && after.Size > before.Size)
            throw new PasskeyAdminException(ErrorKind.LimitExceeded, "PolicyTooLarge", $"The policy would take about {after.SizePercent:0} % of the {after.SizeLimit} bytes that it has (estimated; now {before.SizePercent:0} %), and the service refuses what is larger. Each AAGUID takes about 31 bytes, each target about 236: list families that you really use, or target fewer and larger groups.") { RecommendedAction = "Get-PasskeyProfile | Select-Object Name, Size" };
    }

    public IEnumerable<string> Warnings()
    {
        if (after.Profile.Count > DocumentedProfiles && after.Profile.Count > before.Profile.Count)
            yield return $"The policy would have {after.Profile.Count} profiles. Microsoft documents {DocumentedProfiles} and has announced 10: the service may refuse more than {DocumentedProfiles}.";
        if (after.SizePercent >= NearlyFull && after.Size > before.Size) yield return $"The policy would take about {after.SizePercent:0} % of its {after.SizeLimit} bytes (estimated).";
        var known = new HashSet<Guid>(before.Profile.SelectMany(p => p.AaGuid));
        foreach (var aaGuid in after.Profile.SelectMany(p => p.AaGuid).Distinct().Where(a => !known.Contains(a) && !catalog.Find(a).IsKnown))
            yield return $"The AAGUID {aaGuid} is not known to this module: whose it is, and of which type, cannot be told.";
        foreach (var profile in after.Profile.Where(p => before.Profile.FirstOrDefault(b => IsSame(b.Id, p.Id)) is { Attestation: not PasskeyAttestation.RegistrationOnly } && p.Attestation is PasskeyAttestation.RegistrationOnly))
            yield return $"Attestation counts for new registrations only: what is registered through {CommandText.Quote(profile.Name)} already goes on working.";
        foreach (var profile in after.Profile.Where(p => p.Target.Count == 0 && (IsNew(p) || before.Profile.Any(b => IsSame(b.Id, p.Id) && b.Target.Count > 0))))
            yield return $"No target uses the profile {CommandText.Quote(profile.Name)}: Add-PasskeyProfileTarget -ProfileName {CommandText.Quote(profile.Name)} gives it one.";
    }

    private bool IsNew(PasskeyProfile profile) => profile.Id is { } id && plan.NewProfiles.Contains(id, StringComparer.OrdinalIgnoreCase);

    private static bool IsSame(string? one, string? other) => one is not null && one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
