using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Refuses parameters of changes that make no sense, before anything is asked for.</summary>
internal static class ChangeParameters
{
    /// <exception cref="PasskeyAdminException"><c>TargetParametersConflict</c>, <c>TargetMissing</c>.</exception>
    public static void RequireTarget(IReadOnlyCollection<string>? groups, bool isAllUsers, bool isNeeded)
    {
        if (groups is not null && isAllUsers) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "TargetParametersConflict", "-AllUsers means everybody, so -Group adds nobody. Give one of them.");
        if (isNeeded && groups is null && !isAllUsers) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "TargetMissing", "Say whom it is about: -Group with names or ids of groups, or -AllUsers.");
    }

    /// <param name="hasLimit">Whether a number of users was given.</param>
    /// <exception cref="PasskeyAdminException"><c>SkipImpactWithLimit</c>.</exception>
    public static void RequireLimits(bool skipsImpact, bool hasLimit)
    {
        if (skipsImpact && hasLimit) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SkipImpactWithLimit", "-SkipImpact measures nothing, so -MaximumAffectedUser and -MaximumUnknownUser have nothing to hold against. Leave one or the other away.");
    }

    /// <summary>The one profile that is meant: a change is never made to all that a pattern happens to match.</summary>
    /// <param name="id">From an object on the pipeline, or typed; null where it goes by name.</param>
    /// <exception cref="PasskeyAdminException"><c>ProfileNotFound</c>, <c>ProfileAmbiguous</c>, <c>ProfileNameInvalid</c>.</exception>
    public static PasskeyProfile Profile(string? id, string? name, PasskeyPolicy policy)
    {
        if (id is not null) return ProfileNames.ById(id, policy);
        if (WildcardPattern.ContainsWildcardCharacters(name!) && !policy.Profile.Any(p => p.Name == name || p.RawName == name))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProfileNameInvalid", $"{CommandText.Quote(name!)} has wildcards, and a change is made to profiles that are named. For several, pipe them: Get-PasskeyProfile {CommandText.Quote(name!)} gives them.");
        var found = ProfileNames.Find(name!, policy);
        return found.Count == 1 ? found[0] : throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProfileAmbiguous", $"{found.Count} profiles are called {CommandText.Quote(name!)}: {NameLists.First(found.Select(p => p.Id ?? "no id"))}. Name one by -ProfileId.");
    }
}
