using System;
using System.IO;
using System.Linq;
using System.Threading;
using CsCheck;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Policy;

/// <summary>Read over HTTP, written back over HTTP, read again: the policy is the same, with everything in it that we do not know.</summary>
public class PolicyRoundTripTests
{
    private static readonly string[] Written = ["state", "isSelfServiceRegistrationAllowed", "includeTargets", "excludeTargets", "passkeyProfiles"];
    private static readonly string[] TargetTypes = ["group", "user", "administrativeUnit"];
    private static readonly string[] Types = ["deviceBound", "deviceBound,synced", "deviceBound,synced,hybrid"];
    private static readonly string[] Attestations = ["disabled", "always"];
    private static readonly string[] Enforcements = ["allow", "block", "prefer"];
    private static readonly string[] Names = ["A", "Ädmins [EU] 'x' \u202e", "會議"];

    [Theory]
    [InlineData("migrated")]
    [InlineData("not-migrated")]
    [InlineData("legacy")]
    public void Policies_of_the_documentation(string name)
    {
        var policy = Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Policy", $"{name}.json")).Replace("\"bbbbbbbb-0000-0000-0000-000000000002\", \"bbbbbbbb-0000-0000-0000-00000000dead\"", "\"bbbbbbbb-0000-0000-0000-000000000002\"", StringComparison.Ordinal));
        RequireSame(policy, Written.Where(p => policy[p] is { Type: not JTokenType.Null }).ToArray());
    }

    [Fact]
    public void Policies_with_what_nobody_knows_yet() =>
        (from profiles in Profile.Array[0, 4]
         from targets in Target.Array[0, 5]
         from extra in Gen.OneOf<JToken>(new JValue("2027-01-01T00:00:00.0000000Z"), new JValue(7), new JObject { ["deep"] = new JArray(1, "x") })
         from state in Gen.OneOf("enabled", "disabled", "paused")
         select (profiles, targets, extra, state))
        .Sample(p => RequireSame(Policy(p.profiles, p.targets, p.extra, p.state), [.. Written, "recovery"]), iter: 60, threads: 1);

    private static Gen<JObject> Profile => from type in Gen.OneOf(Types)
                                           from attestation in Gen.OneOf(Attestations)
                                           from enforcement in Gen.OneOf(Enforcements)
                                           from enforced in Gen.Bool
                                           from aaGuids in Gen.Guid.Array[0, 3]
                                           select new JObject
                                           {
                                               ["id"] = "set later",
                                               ["name"] = "set later",
                                               ["passkeyTypes"] = type,
                                               ["attestationEnforcement"] = attestation,
                                               ["keyRestrictions"] = new JObject { ["isEnforced"] = enforced, ["enforcementType"] = enforcement, ["aaGuids"] = new JArray(aaGuids.Distinct().Select(a => a.ToString())), ["vendors"] = new JArray("x") },
                                               ["autofillHint"] = new JObject { ["isEnabled"] = enforced },
                                           };

    private static Gen<JObject> Target => from id in Gen.Guid
                                          from type in Gen.OneOf(TargetTypes)
                                          from required in Gen.Bool
                                          select new JObject { ["id"] = id.ToString(), ["targetType"] = type, ["isRegistrationRequired"] = required, ["priority"] = 3 };

    private static JObject Policy(JObject[] profiles, JObject[] targets, JToken extra, string state)
    {
        for (var i = 0; i < profiles.Length; i++)
        {
            profiles[i]["id"] = $"bbbbbbbb-0000-0000-0000-{i:D12}";
            profiles[i]["name"] = Names[i % Names.Length] + i;
        }
        var ids = profiles.Select(p => (string)p["id"]!).Prepend("00000000-0000-0000-0000-000000000001").ToList();
        for (var i = 0; i < targets.Length; i++) targets[i]["allowedPasskeyProfiles"] = new JArray(ids[i % ids.Count]);
        var standard = new JObject
        {
            ["id"] = ids[0],
            ["name"] = "Default passkey profile",
            ["passkeyTypes"] = "deviceBound",
            ["attestationEnforcement"] = "disabled",
            ["keyRestrictions"] = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() },
        };
        return new JObject
        {
            ["@odata.type"] = PolicyDocument.Type,
            ["id"] = "Fido2",
            ["state"] = state,
            ["isSelfServiceRegistrationAllowed"] = true,
            ["isAttestationEnforced"] = false,
            ["keyRestrictions"] = standard["keyRestrictions"]!.DeepClone(),
            ["recovery"] = extra.DeepClone(),
            ["defaultPasskeyProfile"] = ids[0],
            ["excludeTargets"] = new JArray(targets.Take(1).Select(t => new JObject { ["id"] = Guid.NewGuid().ToString(), ["targetType"] = t["targetType"], ["reason"] = "x" })),
            ["includeTargets"] = new JArray(targets.Cast<object>().ToArray()),
            ["passkeyProfiles"] = new JArray(profiles.Prepend(standard).Cast<object>().ToArray()),
        };
    }

    private static void RequireSame(JObject policy, string[] properties)
    {
        var root = JObject.Parse(SmallTenant.Json);
        root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0] = policy;
        using var graph = new GraphFixture(new SandboxHandler(SandboxTenant.Parse(root.ToString())));
        var traffic = new GraphTraffic(graph.Clock, () => 0.5);
        var source = new PasskeyPolicySource(new TenantSession(new TenantFacts(TenantConnection.Sandbox, "Sandbox"), graph.Connection, traffic), graph.Client, ProviderCatalog.LoadBuiltIn());
        var before = source.Read(CancellationToken.None);
        graph.Client.Patch(PasskeyPolicySource.Path, before.Raw.WriteBody(properties), CancellationToken.None);
        var after = source.Read(CancellationToken.None);
        // An old policy without the property may get an empty one, as Graph gives it (reference/graph-passkey-policy.md §3).
        Assert.Equal(before.ToJson(), before.ProfilesEnrolled is ProfileEnrolment.Yes || before.ToJson().Contains("allowedPasskeyProfiles", StringComparison.Ordinal) ? after.ToJson() : after.ToJson().Replace(",\"allowedPasskeyProfiles\":[]", "", StringComparison.Ordinal));
        // And what was read is what the tenant has.
        Assert.All(properties, p => Assert.Equal(policy[p]!.ToString(Formatting.None), Parse(before.ToJson())[p]!.ToString(Formatting.None)));
    }

    private static JObject Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }
}
