using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

public sealed class ProfileWidthTests
{
    private const string A = "12345678-0000-0000-0000-00000000000a";
    private const string B = "12345678-0000-0000-0000-00000000000b";

    /// <summary>No list has it.</summary>
    private const string Other = "12345678-0000-0000-0000-00000000000f";

    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();
    private static readonly string[] Models = [A, B, RuleFacts.YubiKey];
    private static readonly string?[] Lists = ["allow", "block", null];
    private static readonly bool[] Either = [true, false];
    private static readonly PasskeyTypes[] Kinds = [PasskeyTypes.DeviceBound, PasskeyTypes.Synced];
    private static readonly string[] Types = ["deviceBound", "synced", "deviceBound,synced", ""];

    private static readonly Dictionary<string, JObject> Known = new()
    {
        ["device-bound"] = Json("deviceBound"),
        ["synced"] = Json("synced"),
        ["both"] = Json("deviceBound,synced"),
        ["no type"] = Json(""),
        ["attested"] = Json("deviceBound", isAttested: true),
        ["both, attested"] = Json("deviceBound,synced", isAttested: true),
        ["synced, attested"] = Json("synced", isAttested: true),
        ["allow A"] = Json("deviceBound", "allow", [A]),
        ["allow A twice"] = Json("deviceBound", "allow", [A, A]),
        ["allow A and B"] = Json("deviceBound", "allow", [A, B]),
        ["allow B"] = Json("deviceBound", "allow", [B]),
        ["allow nothing"] = Json("deviceBound", "allow", []),
        ["block A"] = Json("deviceBound", "block", [A]),
        ["block A and B"] = Json("deviceBound", "block", [A, B]),
        ["block B"] = Json("deviceBound", "block", [B]),
        ["block nothing"] = Json("deviceBound", "block", []),
        ["attested, allow A"] = Json("deviceBound", "allow", [A], isAttested: true),
        ["new type"] = Json("deviceBound,hybrid"),
        ["new attestation"] = With(Json("deviceBound"), "attestationEnforcement", "somethingNew"),
        ["new list"] = Json("deviceBound", "prefer", [A]),
        ["no AAGUID"] = Json("deviceBound", "allow", ["x"]),
        ["no types said"] = With(Json("deviceBound"), "passkeyTypes", JValue.CreateNull()),
    };

    [Theory]
    [InlineData("device-bound", "both", "synced passkeys")]
    [InlineData("synced", "both", "device-bound passkeys")]
    [InlineData("no type", "both", "all types of passkeys")]
    [InlineData("attested", "device-bound", "passkeys without attestation")]
    [InlineData("attested", "both", "synced passkeys and passkeys without attestation")]
    [InlineData("both, attested", "both", "synced passkeys and passkeys without attestation")]
    [InlineData("both, attested", "device-bound", "passkeys without attestation")]
    [InlineData("synced, attested", "device-bound", "device-bound passkeys and passkeys without attestation")]
    [InlineData("allow A", "allow A and B", "passkeys of more providers")]
    [InlineData("allow A", "device-bound", "passkeys of any provider")]
    [InlineData("allow A", "block nothing", "passkeys of any provider")]
    [InlineData("allow A", "block B", "passkeys of more providers")]
    [InlineData("allow nothing", "allow A", "passkeys of more providers")]
    [InlineData("allow nothing", "block A", "passkeys of more providers")]
    [InlineData("block A and B", "block A", "passkeys of more providers")]
    [InlineData("block A", "device-bound", "passkeys of any provider")]
    [InlineData("block A", "both", "synced passkeys and passkeys of any provider")]
    [InlineData("block nothing", "both", "synced passkeys")]
    [InlineData("attested, allow A", "block nothing", "passkeys of any provider and passkeys without attestation")]
    public void One_is_narrower(string narrow, string wide, string more)
    {
        Assert.True(ProfileWidth.IsNarrower(Read(narrow), Read(wide)));
        Assert.False(ProfileWidth.IsNarrower(Read(wide), Read(narrow)));
        Assert.Equal(more, ProfileWidth.More(Read(narrow), Read(wide)));
    }

    [Theory]
    [InlineData("both", "both")]
    [InlineData("device-bound", "synced")]
    [InlineData("attested", "synced")]
    [InlineData("attested", "both, attested")]
    [InlineData("attested", "allow A")]
    [InlineData("allow A", "allow A twice")]
    [InlineData("allow A", "allow B")]
    [InlineData("allow A", "block A")]
    [InlineData("allow A and B", "block B")]
    [InlineData("block A", "block B")]
    [InlineData("block nothing", "device-bound")]
    [InlineData("allow nothing", "no type")]
    [InlineData("allow nothing", "synced, attested")]
    public void None_is_narrower(string one, string other)
    {
        Assert.False(ProfileWidth.IsNarrower(Read(one), Read(other)));
        Assert.False(ProfileWidth.IsNarrower(Read(other), Read(one)));
    }

    [Theory]
    [InlineData("new type")]
    [InlineData("new attestation")]
    [InlineData("new list")]
    [InlineData("no AAGUID")]
    [InlineData("no types said")]
    public void What_is_not_understood_is_neither(string unknown)
    {
        Assert.False(ProfileWidth.IsKnown(Read(unknown)));
        foreach (var other in Known.Keys)
        {
            Assert.False(ProfileWidth.IsNarrower(Read(unknown), Read(other)), other);
            Assert.False(ProfileWidth.IsNarrower(Read(other), Read(unknown)), other);
        }
    }

    [Fact]
    public void It_agrees_with_registering_one_passkey_after_another() =>
        Gen.Select(AnyProfile, AnyProfile).Sample((one, other) =>
        {
            var (a, b) = (Read(one), Read(other));
            var (ofA, ofB) = (Registered(a), Registered(b));
            Assert.Equal(ofA.IsProperSubsetOf(ofB), ProfileWidth.IsNarrower(a, b));
            // What is wider says how.
            if (ofA.IsProperSubsetOf(ofB)) Assert.NotEqual("", ProfileWidth.More(a, b));
        }, iter: 3000, threads: 1, print: p => $"{p.Item1.ToString(Newtonsoft.Json.Formatting.None)} {p.Item2.ToString(Newtonsoft.Json.Formatting.None)}");

    private static Gen<JObject> AnyProfile => from types in Gen.OneOf(Types)
                                              from list in Gen.OneOf(Lists)
                                              from aaGuids in Gen.OneOf(Models).Array[0, 3]
                                              from isAttested in Gen.Bool
                                              select Json(types, list, aaGuids, isAttested);

    /// <summary>Every passkey of a small world that a profile lets in.</summary>
    private static HashSet<(PasskeyTypes, Guid, bool)> Registered(PasskeyProfile profile) =>
    [
        .. from type in Kinds
           from aaGuid in Models.Append(Other)
           from isAttested in Either
           where PolicyClauses.AllowsRegistration(profile, new PasskeyModel(type, Guid.Parse(aaGuid)), isAttested) ?? throw new InvalidOperationException("Not known.")
           select (type, Guid.Parse(aaGuid), isAttested),
    ];

    private static JObject Json(string types, string? list = null, string[]? aaGuids = null, bool isAttested = false) => new()
    {
        ["id"] = A,
        ["name"] = "x",
        ["passkeyTypes"] = types,
        ["attestationEnforcement"] = isAttested ? "registrationOnly" : "disabled",
        ["keyRestrictions"] = new JObject { ["isEnforced"] = list is not null, ["enforcementType"] = list ?? "allow", ["aaGuids"] = new JArray(aaGuids ?? []) },
    };

    private static JObject With(JObject json, string property, JToken value)
    {
        json[property] = value;
        return json;
    }

    private static PasskeyProfile Read(string name) => Read(Known[name]);

    private static PasskeyProfile Read(JObject json) =>
        Assert.Single(new PolicyJson(new JObject { ["id"] = "Fido2", ["state"] = "enabled", ["passkeyProfiles"] = new JArray(json) }).ToPolicy(Catalog, new Dictionary<string, TargetName>(), new PolicyFacts()).Profile);
}
