using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>
/// reference/graph-passkey-policy.md §7 written down once more, the slow way: from the JSON, step by step, with everything known. What is not known is gone through case
/// by case by who asks.
/// </summary>
/// <param name="blocksZeros">Whether a block list stops an AAGUID of zeros, which nobody documents.</param>
/// <param name="futureIsOther">Whether the type that a profile names and nobody knows is the type of a passkey that nobody knows.</param>
internal sealed class SlowEvaluator(JObject policy, IReadOnlySet<string> gone, IReadOnlySet<string> groups, bool blocksZeros, bool futureIsOther, Func<string, bool> unlistedProfileAllows)
{
    public bool MaySignIn(string type, Guid aaGuid) => Any((p, id) => p is null ? unlistedProfileAllows(id) : TypeIn(p, type) && ListPasses(p, aaGuid));

    public bool MayRegister(string type, Guid aaGuid, bool isAttested) =>
        Any((p, id) => p is null ? unlistedProfileAllows(id) : TypeIn(p, type) && ListPasses(p, aaGuid) && ((string?)p["attestationEnforcement"] == "disabled" || (type != "synced" && isAttested)));

    private bool Any(Func<JToken?, string, bool> allows)
    {
        if ((string?)policy["state"] != "enabled") return false;
        foreach (var exclusion in policy["excludeTargets"]!)
            if (IsMeant((string)exclusion["id"]!)) return false;
        var union = new List<string>();
        foreach (var target in policy["includeTargets"]!)
            if (IsMeant((string)target["id"]!)) union.AddRange(target["allowedPasskeyProfiles"]!.Select(i => (string)i!));
        foreach (var id in union)
            if (allows(policy["passkeyProfiles"]!.FirstOrDefault(p => (string?)p["id"] == id), id)) return true;
        return false;
    }

    private bool IsMeant(string id) => id == "all_users" || id == RandomTenant.User || (!gone.Contains(id) && groups.Contains(id));

    private bool TypeIn(JToken profile, string type)
    {
        var types = ((string)profile["passkeyTypes"]!).Split(',');
        return types.Contains(type) || (type == "other" && futureIsOther && types.Contains("future"));
    }

    private bool ListPasses(JToken profile, Guid aaGuid)
    {
        var restrictions = profile["keyRestrictions"]!;
        if (!(bool)restrictions["isEnforced"]!) return true;
        var isListed = restrictions["aaGuids"]!.Any(a => new Guid((string)a!) == aaGuid);
        if ((string?)restrictions["enforcementType"] == "allow") return isListed;
        return !isListed && !(aaGuid == Guid.Empty && blocksZeros);
    }

    /// <summary>What the difference of two such policies does to a user, by the words of design §1.</summary>
    public static PasskeyImpact Impact(SlowEvaluator before, SlowEvaluator after, IEnumerable<(string Type, Guid AaGuid)> passkeys, bool hasOtherMethod)
    {
        var (isLost, isLeft) = (false, false);
        foreach (var (type, aaGuid) in passkeys)
        {
            var (was, works) = (before.MaySignIn(type, aaGuid), after.MaySignIn(type, aaGuid));
            isLost |= was && !works;
            isLeft |= works;
        }
        return !isLost ? PasskeyImpact.Unaffected : isLeft ? PasskeyImpact.LosesPasskey : hasOtherMethod ? PasskeyImpact.LosesPasskeySignIn : PasskeyImpact.Stranded;
    }
}
