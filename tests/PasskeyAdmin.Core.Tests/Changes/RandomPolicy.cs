using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A policy made up from a number, as odd as a tenant can have it, and the directory that it is of.</summary>
internal sealed class RandomPolicy
{
    private const string Default = "00000000-0000-0000-0000-000000000001";
    private const string Deleted = "0000000f-dddd-0000-0000-000000000000";
    private const string User = "0000000e-eeee-0000-0000-000000000000";

    public static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    /// <summary>Two of one name, one that is called as an id is, and some that are hard to write.</summary>
    private static readonly DirectoryGroup[] Groups =
    [
        Group(1, "Sales"), Group(2, "Zürich \"Nord\" \\ Süd"), Group(3, "Twice"), Group(4, "twice"), Group(5, "00000000-0000-4000-8000-00000000abcd"), Group(6, "A\u202Eb\u0007 🔑 O’Brien's // no comment /* */"), Group(7, "all_users"), Group(8, ""),
    ];

    private static readonly string[] Names = ["Wave", "Zürich", "O’Brien's \"best\"", "{brace}, [list]", "Nine", "A\u200Bb"];
    private static readonly Guid[] AaGuids = [.. Catalog.Providers.Take(6).SelectMany(p => p.AaGuid.Take(4)), new Guid("11111111-2222-3333-4444-555555555555")];

    private readonly Random _random;

    /// <param name="isPlain">Without what a file cannot say.</param>
    public RandomPolicy(int seed, bool isPlain = false)
    {
        _random = new Random(seed);
        // Two profiles of one name have no file.
        string[] names = [.. Names.OrderBy(_ => _random.Next()).Take(_random.Next(0, 4))];
        var profiles = new List<JObject> { Profile(Default, isPlain || !Chance(4) ? "Default passkey profile" : "Standard", isPlain) };
        profiles.AddRange(names.Select((name, i) => Profile($"{_random.Next(1, 9)}000000{i}-cccc-0000-0000-00000000000{_random.Next(9)}", isPlain ? name.Replace("\u200B", "") : name, isPlain)));
        string[] ids = [.. profiles.Select(p => (string)p["id"]!), .. isPlain ? Array.Empty<string>() : ["99999999-ffff-0000-0000-000000000000"]];
        Json = new JObject
        {
            ["@odata.context"] = "x",
            ["@odata.type"] = PolicyDocument.Type,
            ["id"] = "Fido2",
            ["state"] = Chance(6) ? "disabled" : "enabled",
            ["isSelfServiceRegistrationAllowed"] = !Chance(4),
            ["isAttestationEnforced"] = false,
            ["keyRestrictions"] = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() },
            ["defaultPasskeyProfile"] = Default,
            ["passkeyProfiles"] = new JArray(profiles.OrderBy(_ => _random.Next())),
            ["includeTargets"] = new JArray(People(isPlain).Select(id => new JObject { ["id"] = id, ["targetType"] = id == User ? "user" : "group", ["isRegistrationRequired"] = Chance(5), ["allowedPasskeyProfiles"] = new JArray(Some(ids)) })),
            ["excludeTargets"] = new JArray(People(isPlain).Where(id => Chance(3) && !(isPlain && id == "all_users")).Select(id => new JObject { ["id"] = id, ["targetType"] = id == User ? "user" : "group" })),
        };
        if (isPlain) return;
        if (Chance(4)) Json["future"] = 1;
        if (Chance(20)) Json["state"] = "paused";
        if (Chance(20)) Json["isSelfServiceRegistrationAllowed"] = null;
        if (Chance(30)) Json["includeTargets"] = null;
        if (Chance(30)) ((JArray)Json["excludeTargets"]!).Add(new JObject { ["id"] = "everyone", ["targetType"] = "group" });
    }

    public JObject Json { get; }

    public static PasskeyPolicy Read(JObject json) =>
        new PolicyJson((JObject)json.DeepClone()).ToPolicy(Catalog, Groups.ToDictionary(g => g.Id, g => new TargetName(TargetStatus.Found, g.Name)).Append(new(Deleted, new TargetName(TargetStatus.NotFound, null))).ToDictionary(g => g.Key, g => g.Value), new PolicyFacts());

    /// <summary>Names that several groups have.</summary>
    public static IReadOnlyCollection<string> Ambiguous { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Twice" };

    public static IReadOnlyList<GroupMatch> Find(IReadOnlyList<string> names) =>
        [.. names.Select(n => new GroupMatch(n, [.. Groups.Where(g => Guid.TryParse(n, out _) ? g.Id == n : n.Equals(g.Name, StringComparison.OrdinalIgnoreCase))]))];

    private static DirectoryGroup Group(int number, string name) => new($"0000000{number}-aaaa-0000-0000-000000000000", name);

    private IEnumerable<string> People(bool isPlain) => Groups.Select(g => g.Id).Prepend("all_users").Concat(isPlain ? [] : [Deleted, User]).Where(_ => Chance(3)).OrderBy(_ => _random.Next());

    private JObject Profile(string id, string name, bool isPlain)
    {
        var profile = new JObject
        {
            ["id"] = id,
            ["name"] = name,
            ["passkeyTypes"] = Pick("deviceBound", "synced", "deviceBound,synced", "synced, deviceBound"),
            ["attestationEnforcement"] = "disabled",
            ["keyRestrictions"] = new JObject { ["isEnforced"] = Chance(2), ["enforcementType"] = Pick("allow", "block"), ["aaGuids"] = new JArray(Families().Select(a => Chance(2) ? a.ToString().ToUpperInvariant() : a.ToString())) },
        };
        if (isPlain)
        {
            // What a list would mean that means nothing, a file can say of one that lets in.
            if ((bool)profile["keyRestrictions"]!["isEnforced"]! == false) profile["keyRestrictions"]!["enforcementType"] = "allow";
            return profile;
        }
        if (Chance(9)) profile["passkeyTypes"] = Pick<JToken>("", "deviceBound,future", JValue.CreateNull(), "future");
        if (Chance(9)) profile["attestationEnforcement"] = Pick<JToken>("registrationOnly", "future", JValue.CreateNull());
        if (Chance(9)) profile["keyRestrictions"] = null;
        else if (Chance(9)) ((JArray)profile["keyRestrictions"]!["aaGuids"]!).Add("no-aaguid");
        else if (Chance(9)) profile["keyRestrictions"]!["aaGuids"] = new JArray();
        if (Chance(5)) profile["futureSetting"] = new JObject { ["a"] = 1 };
        return profile;
    }

    /// <summary>Some families as a whole, some models.</summary>
    private IEnumerable<Guid> Families() => Some(AaGuids).Concat(Chance(2) ? Catalog.Providers[_random.Next(Catalog.Providers.Count)].AaGuid : []).Distinct();

    private T[] Some<T>(T[] of) => [.. of.Where(_ => Chance(3)).Prepend(of[_random.Next(of.Length)]).Distinct()];

    private bool Chance(int outOf) => _random.Next(outOf) == 0;

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];
}
