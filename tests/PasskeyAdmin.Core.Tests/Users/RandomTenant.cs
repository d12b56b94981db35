using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>A passkey of a random user: exactly what it is, and what of that is known.</summary>
internal sealed record RandomPasskey(string? Type, Guid? AaGuid, PasskeyTraits Known);

/// <summary>A small tenant made up from a number: two policies, a user with groups and passkeys, and things that are not known.</summary>
internal sealed class RandomTenant
{
    public static readonly Guid[] AaGuids = [new("11111111-0000-0000-0000-000000000000"), new("22222222-0000-0000-0000-000000000000"), new("33333333-0000-0000-0000-000000000000"), Guid.Empty];
    public static readonly string[] Groups = [.. Enumerable.Range(1, 4).Select(i => $"0000000{i}-aaaa-0000-0000-000000000000")];
    public const string User = "99999999-bbbb-0000-0000-000000000000";
    private static readonly string[] Profiles = [.. Enumerable.Range(1, 4).Select(i => $"0000000{i}-cccc-0000-0000-000000000000")];
    private static readonly ProviderCatalog Catalog = new([]);

    private readonly Random _random;

    public RandomTenant(int seed)
    {
        _random = new Random(seed);
        Gone = [.. Groups.Where(_ => Chance(10))];
        Before = Policy();
        After = Chance(4) ? Policy() : Changed((JObject)Before.DeepClone());
        foreach (var group in Groups)
        {
            if (Chance(2)) In.Add(group);
            if (Chance(8)) Unknown.Add(group);
        }
        Passkeys = [.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => Passkey())];
        HasOtherMethod = Pick<bool?>(true, false, false, Chance(4) ? null : true);
    }

    public JObject Before { get; }

    public JObject After { get; }

    /// <summary>Groups that the directory does not have any more.</summary>
    public HashSet<string> Gone { get; }

    /// <summary>The groups that the user really is in.</summary>
    public HashSet<string> In { get; } = [];

    /// <summary>The groups of which that is not known.</summary>
    public HashSet<string> Unknown { get; } = [];

    public IReadOnlyList<RandomPasskey> Passkeys { get; }

    public bool? HasOtherMethod { get; }

    /// <summary>Whether everything is known: groups, passkeys and all that the policies say.</summary>
    public bool IsKnown => Unknown.Count == 0 && HasOtherMethod is not null && Passkeys.All(p => p.Type is "deviceBound" or "synced" && p.Known.Type is not PasskeyTypes.None && p.Known.AaGuid is { } a && a != Guid.Empty) && IsPlain(Before) && IsPlain(After);

    public Membership Membership => new(id => id.Equals(User, StringComparison.OrdinalIgnoreCase) ? true : Unknown.Contains(id) ? null : In.Contains(id));

    public static PasskeyPolicy Read(JObject json, HashSet<string> gone)
    {
        var policy = new PolicyJson((JObject)json.DeepClone());
        var names = policy.Targets.Concat(policy.Exclusions).Where(t => t.Kind is TargetKind.Group or TargetKind.User).GroupBy(t => t.Id).ToDictionary(g => g.Key, g => new TargetName(gone.Contains(g.Key) ? TargetStatus.NotFound : TargetStatus.Found, g.Key[..8]), StringComparer.OrdinalIgnoreCase);
        return policy.ToPolicy(Catalog, names, new PolicyFacts());
    }

    public PasskeyPolicy ReadBefore() => Read(Before, Gone);

    public PasskeyPolicy ReadAfter() => Read(After, Gone);

    /// <summary>Nothing that this version does not know.</summary>
    private static bool IsPlain(JObject policy) => policy["passkeyProfiles"]!.All(p => !((string)p["passkeyTypes"]!).Contains("future", StringComparison.Ordinal))
        && policy["includeTargets"]!.SelectMany(t => t["allowedPasskeyProfiles"]!).All(id => policy["passkeyProfiles"]!.Any(p => (string?)p["id"] == (string?)id));

    private JObject Policy() => new()
    {
        ["id"] = "Fido2",
        ["state"] = Chance(12) ? "disabled" : "enabled",
        ["isSelfServiceRegistrationAllowed"] = !Chance(6),
        ["defaultPasskeyProfile"] = Profiles[0],
        ["passkeyProfiles"] = new JArray(Profiles.Take(1 + _random.Next(4)).Select(Profile)),
        ["includeTargets"] = new JArray(new[] { "all_users", User }.Concat(Groups).Where(id => Chance(id == User ? 10 : 2)).Select(Target)),
        ["excludeTargets"] = new JArray(Groups.Where(_ => Chance(6)).Select(id => new JObject { ["id"] = id, ["targetType"] = "group" })),
    };

    private JObject Profile(string id) => new()
    {
        ["id"] = id,
        ["name"] = $"Profile {id[7]}",
        ["passkeyTypes"] = Pick("deviceBound", "synced", "deviceBound,synced", Chance(5) ? "deviceBound,future" : "synced"),
        ["attestationEnforcement"] = Pick("disabled", "disabled", "registrationOnly"),
        ["keyRestrictions"] = new JObject { ["isEnforced"] = Chance(2), ["enforcementType"] = Pick("allow", "block"), ["aaGuids"] = new JArray(AaGuids.Where(_ => Chance(2)).Select(a => a.ToString())) },
    };

    private JObject Target(string id) => new() { ["id"] = id, ["targetType"] = id == User ? "user" : "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JArray(Profiles.Where(_ => Chance(3))) };

    /// <summary>One to three small changes, as people make them.</summary>
    private JObject Changed(JObject policy)
    {
        for (var i = 1 + _random.Next(3); i > 0; i--)
        {
            var profiles = (JArray)policy["passkeyProfiles"]!;
            var targets = (JArray)policy["includeTargets"]!;
            switch (_random.Next(7))
            {
                case 0: profiles[_random.Next(profiles.Count)]["passkeyTypes"] = Pick("deviceBound", "synced", "deviceBound,synced"); break;
                case 1: profiles[_random.Next(profiles.Count)]["keyRestrictions"] = Profile(Profiles[0])["keyRestrictions"]; break;
                case 2: policy["excludeTargets"] = new JArray(Groups.Where(_ => Chance(4)).Select(id => new JObject { ["id"] = id, ["targetType"] = "group" })); break;
                case 3 when targets.Count > 0: targets.RemoveAt(_random.Next(targets.Count)); break;
                case 4 when targets.Count > 0: targets[_random.Next(targets.Count)]["allowedPasskeyProfiles"] = new JArray(Profiles.Where(_ => Chance(2))); break;
                case 5: policy["state"] = Pick("enabled", "disabled"); break;
                default: profiles[_random.Next(profiles.Count)]["attestationEnforcement"] = Pick("disabled", "registrationOnly"); break;
            }
        }
        return policy;
    }

    private RandomPasskey Passkey()
    {
        var type = Pick("deviceBound", "synced", "synced", Chance(8) ? "other" : "deviceBound");
        var aaGuid = Chance(4) ? new Guid("77777777-0000-0000-0000-000000000000") : AaGuids[_random.Next(AaGuids.Length)];
        var known = new PasskeyTraits(type switch { _ when Chance(8) => PasskeyTypes.None, "deviceBound" => PasskeyTypes.DeviceBound, "synced" => PasskeyTypes.Synced, _ => PasskeyTypes.None }, Chance(6) ? null : aaGuid);
        // What Graph leaves out is one of the two that there were; what it names and we do not know may also be a new one.
        if (type == "other") known = known with { Type = PasskeyTypes.None, IsOfOtherType = true };
        return new RandomPasskey(type, aaGuid, known);
    }

    private bool Chance(int outOf) => _random.Next(outOf) == 0;

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];
}
