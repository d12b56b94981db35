using System;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Synthetic;

/// <summary>A tenant of any size: a default profile for everybody, and one with synced passkeys for the pilot.</summary>
internal static class SyntheticTenant
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static TenantDocument Create(int users, int registrations)
    {
        const string pilot = "a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40";
        var root = new JObject
        {
            ["settings"] = new JObject { ["now"] = GraphTime.Text(Now), ["reportLagInHours"] = 12 },
            ["organization"] = new JObject { ["id"] = "73796e74-6865-4000-8000-746963000001", ["displayName"] = "Synthetic", ["verifiedDomains"] = new JArray(new JObject { ["name"] = "synthetic.example" }) },
            ["authenticationMethodsPolicy"] = new JObject
            {
                ["id"] = "authenticationMethodsPolicy",
                ["authenticationMethodConfigurations"] = new JArray(new JObject
                {
                    ["@odata.type"] = "#microsoft.graph.fido2AuthenticationMethodConfiguration",
                    ["id"] = "Fido2",
                    ["state"] = "enabled",
                    ["isSelfServiceRegistrationAllowed"] = true,
                    ["isAttestationEnforced"] = false,
                    ["keyRestrictions"] = KeyRestrictions.None,
                    ["defaultPasskeyProfile"] = PolicyObjects.DefaultProfileId,
                    ["excludeTargets"] = new JArray(),
                    ["includeTargets"] = new JArray(Target("all_users", PolicyObjects.DefaultProfileId), Target(SyntheticDirectory.PilotId, pilot)),
                    ["passkeyProfiles"] = new JArray(Profile(PolicyObjects.DefaultProfileId, "Default passkey profile", "deviceBound"), Profile(pilot, "Synced pilot", "deviceBound,synced")),
                }, new JObject
                {
                    ["@odata.type"] = "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration",
                    ["id"] = "TemporaryAccessPass",
                    ["state"] = "enabled",
                    ["includeTargets"] = new JArray(new JObject { ["targetType"] = "group", ["id"] = "all_users" }),
                    ["excludeTargets"] = new JArray(),
                }),
            },
            // For everybody, so that everybody has to be looked at by whoever asks whom it keeps out.
            ["conditionalAccessPolicies"] = new JArray(new JObject
            {
                ["id"] = "73796e74-6865-4000-8000-746963000002",
                ["displayName"] = "Phishing-resistant sign-in for everybody",
                ["state"] = "enabled",
                ["conditions"] = new JObject { ["users"] = new JObject { ["includeUsers"] = new JArray("All") }, ["applications"] = new JObject { ["includeApplications"] = new JArray("All") } },
                ["grantControls"] = new JObject { ["operator"] = "OR", ["authenticationStrength"] = new JObject { ["id"] = "00000000-0000-0000-0000-000000000004" } },
            }),
        };
        return new TenantDocument(root, directory: new SyntheticDirectory(users, registrations, Now));
    }

    private static JObject Target(string id, string profile) => new() { ["targetType"] = "group", ["id"] = id, ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JArray(profile) };

    private static JObject Profile(string id, string name, string types) => new() { ["id"] = id, ["name"] = name, ["passkeyTypes"] = types, ["attestationEnforcement"] = "disabled", ["keyRestrictions"] = KeyRestrictions.None };
}
