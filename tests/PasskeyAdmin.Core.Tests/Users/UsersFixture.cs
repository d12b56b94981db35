using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>A tenant that a test makes up, behind a loopback server: two profiles, a pilot group, and the people that the test adds.</summary>
internal sealed class UsersFixture : IDisposable
{
    public const string Default = "00000000-0000-0000-0000-000000000001";
    public const string PilotProfile = "a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40";
    public const string Pilot = "20000000-0000-4000-8000-000000000001";
    public const string Excluded = "20000000-0000-4000-8000-000000000002";
    public const string Apple = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
    public const string Bitwarden = "d548826e-79b4-db40-a3d8-11116f7e8349";
    public const string YubiKey = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
    public const string Authenticator = "90a3ccdf-635c-4729-a248-9b709135078f";

    private readonly JArray _users = [];
    private readonly JArray _groups = [];
    private readonly Dictionary<string, JArray> _members = [];
    private GraphFixture? _graph;

    public UsersFixture()
    {
        Group(Pilot, "Pilot");
        Group(Excluded, "Shut out");
        Targets = [Target("all_users", Default), Target(Pilot, PilotProfile)];
        Exclusions = [new JObject { ["id"] = Excluded, ["targetType"] = "group" }];
    }

    /// <summary>In the order in which they were added.</summary>
    public JArray Users => _users;

    public JObject Settings { get; } = new() { ["reportLagInHours"] = 12 };

    public JArray Targets { get; set; }

    public JArray Exclusions { get; }

    public JArray Profiles { get; } = [Profile(Default, "Default passkey profile", "deviceBound"), Profile(PilotProfile, "Synced pilot", "deviceBound,synced")];

    /// <summary>Other methods of the policy, each in the place of one that the small tenant has of that id.</summary>
    public JArray Methods { get; } = [];

    /// <summary>What differs in the policy of the Temporary Access Pass from that of the small tenant: on for everybody, 60 to 480 minutes.</summary>
    public JObject PassPolicy { get; } = [];

    public JArray Roles { get; } = [];

    public JArray AccessPolicies { get; } = [];

    /// <summary>Authentication strengths of the tenant, beside the built-in ones.</summary>
    public JArray Strengths { get; } = [];

    public JArray Audits { get; } = [];

    public JArray SignIns { get; } = [];

    public JArray Applications { get; } = [];

    public List<ReadEstimate> Estimates { get; } = [];

    public List<string> EmergencyAccounts { get; } = [];

    /// <summary>What the server was asked for by the last measurement, parts of batches one by one.</summary>
    public IReadOnlyList<string> Asked => [.. Graph.Server.Requests.Skip(_before).SelectMany(Parts)];

    public GraphFixture Graph => _graph ??= Start();

    private int _before;

    public static string IdOf(string name) => $"10000000-0000-4000-8000-{string.Concat(name.Select(c => ((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)))[..Math.Min(12, name.Length * 2)].PadRight(12, '0')}";

    public static JObject Profile(string id, string name, string types, string? kind = null, params string[] aaGuids) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["passkeyTypes"] = types,
        ["attestationEnforcement"] = "disabled",
        ["keyRestrictions"] = new JObject { ["isEnforced"] = kind is not null, ["enforcementType"] = kind ?? "allow", ["aaGuids"] = new JArray(aaGuids) },
    };

    public static JObject Target(string id, params string[] profiles) => new() { ["id"] = id, ["targetType"] = "group", ["isRegistrationRequired"] = false, ["allowedPasskeyProfiles"] = new JArray(profiles) };

    public static JObject Passkey(string? type, string? aaGuid = Apple, string? created = "2026-05-01T08:00:00Z") => new()
    {
        ["@odata.type"] = "#microsoft.graph.fido2AuthenticationMethod",
        ["id"] = $"key-{Guid.NewGuid():N}",
        ["displayName"] = "My passkey",
        ["createdDateTime"] = created,
        ["lastUsedDateTime"] = "2026-11-20T08:00:00Z",
        ["aaGuid"] = aaGuid,
        ["model"] = "",
        ["attestationCertificates"] = new JArray(),
        ["attestationLevel"] = "notAttested",
        ["passkeyType"] = type,
    };

    public static JObject Hello() => new() { ["@odata.type"] = "#microsoft.graph.windowsHelloForBusinessAuthenticationMethod", ["id"] = $"hello-{Guid.NewGuid():N}", ["displayName"] = "LT-1", ["createdDateTime"] = "2026-01-01T08:00:00Z", ["keyStrength"] = "normal" };

    public void Group(string id, string name, params string[] members)
    {
        _members[id] = new JArray(members);
        _groups.Add(new JObject { ["id"] = id, ["displayName"] = name, ["securityEnabled"] = true, ["groupTypes"] = new JArray(), ["members"] = _members[id] });
    }

    public void Rename(string group, string name) => _groups.First(g => (string?)g["id"] == group)["displayName"] = name;

    public void Join(string group, string memberId) => _members[group].Add(memberId);

    /// <summary>Somebody, in the pilot unless said otherwise.</summary>
    public JObject User(string name, bool isPilot = true, params JObject[] methods)
    {
        var user = new JObject
        {
            ["id"] = IdOf(name),
            ["displayName"] = name.ToUpperInvariant(),
            ["userPrincipalName"] = $"{name}@contoso.com",
            ["accountEnabled"] = true,
            ["userType"] = "Member",
            ["createdDateTime"] = "2025-01-01T00:00:00Z",
            ["authenticationMethods"] = new JArray(methods),
        };
        _users.Add(user);
        if (isPilot) Join(Pilot, IdOf(name));
        return user;
    }

    public void Role(params string[] members) => Roles.Add(new JObject { ["id"] = "30000000-0000-4000-8000-000000000001", ["roleTemplateId"] = "62e90394-69f5-4237-9190-012177145e10", ["displayName"] = "Global Administrator", ["members"] = new JArray(members) });

    public void Audit(string activity, string user, string? aaGuid = null, string at = "2026-11-26T07:00:00Z", bool hasId = false) => Audits.Add(new JObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["activityDateTime"] = at,
        ["activityDisplayName"] = activity,
        ["category"] = "UserManagement",
        ["loggedByService"] = "Device Registration Service",
        ["result"] = "success",
        ["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = IdOf(user) } },
        ["targetResources"] = new JArray(new JObject { ["id"] = hasId ? IdOf(user) : null, ["type"] = "User", ["userPrincipalName"] = $"{user}@contoso.com" }),
        ["additionalDetails"] = aaGuid is null ? [] : new JArray(new JObject { ["key"] = "WebAuthnInfo", ["value"] = "x" }, new JObject { ["key"] = "AAGuid", ["value"] = aaGuid }),
    });

    public void AccessPolicy(string state, params string[] excludedUsers) => AccessPolicies.Add(new JObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["displayName"] = "Policy",
        ["state"] = state,
        ["conditions"] = new JObject { ["users"] = new JObject { ["includeUsers"] = new JArray("All"), ["excludeUsers"] = new JArray(excludedUsers) }, ["applications"] = new JObject { ["includeApplications"] = new JArray("All") } },
        ["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray("mfa") },
    });

    /// <summary>Measures the change of a part of the policy.</summary>
    public ImpactMeasurement Measure(Action<JObject> change, Action<UsersFixture>? prepare = null, bool includesDisabled = false, string? checkpoint = null, bool keepsUnaffected = false, CancellationToken token = default)
    {
        var session = Session();
        var client = session.CreateClient(Graph.Log.Add);
        var current = new PasskeyPolicySource(session, client, Catalog).Read(token);
        var wanted = current.Raw.Copy();
        change(wanted);
        var proposed = new PasskeyPolicySource(session, client, Catalog).Propose(current, PolicyProposal.Parse(wanted.ToString(), "The test"), token);
        prepare?.Invoke(this);
        _before = Graph.Server.Requests.Count;
        using var file = checkpoint is null ? null : ReadCheckpoint.Open(checkpoint, session.TenantId!, session.Traffic.Now);
        return new PolicyImpactSource(session, client, Catalog, new ImpactOptions { IncludesDisabled = includesDisabled, KeepsUnaffected = keepsUnaffected, Checkpoint = file, Announce = Estimates.Add }).Measure(current, proposed, token);
    }

    /// <summary>The users of the rows with their impact.</summary>
    public static IEnumerable<string> Shown(ImpactMeasurement measured) => measured.Rows.Select(r => $"{r.UserPrincipalName?.Split('@')[0] ?? r.UserId} {r.Impact}");

    /// <summary>Reads registrations by the policy that was read before; what is asked for counts from here.</summary>
    public RegistrationSource Registrations(Action<string> warn, ReadCheckpoint? checkpoint = null)
    {
        var session = Session();
        var client = session.CreateClient();
        var policy = new PasskeyPolicySource(session, client, Catalog).Read(CancellationToken.None);
        ForgetAsked();
        return new RegistrationSource(session, client, Catalog, policy, new RegistrationOptions(warn) { Checkpoint = checkpoint, Announce = Estimates.Add });
    }

    public static IEnumerable<UserRegistrations> Of(RegistrationSource source, params string[] groups) =>
        source.OfMembers(groups.SelectMany(g => source.MembersOf(new DirectoryGroup(g, "x"), CancellationToken.None)), CancellationToken.None);

    /// <summary>The users of the passkeys with the answer, or the error of a user.</summary>
    public static List<string> All(IEnumerable<UserRegistrations> users) =>
        [.. users.SelectMany(u => u.Fault is { } fault ? [fault.ErrorId] : u.Registrations.Select(r => $"{r.UserPrincipalName!.Split('@')[0]} {r.Usable}"))];

    public static ProviderCatalog Catalog { get; } = ProviderCatalog.LoadBuiltIn();

    public TenantSession Session() => new(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", TenantName = "Contoso", EmergencyAccounts = EmergencyAccounts }, Graph.Connection, new GraphTraffic(Graph.Clock, () => 0.5));

    public void ForgetAsked() => _before = Graph.Server.Requests.Count;

    /// <summary>Takes a passkey type from the pilot's profile.</summary>
    public static void WithoutSynced(JObject policy) => policy["passkeyProfiles"]![1]!["passkeyTypes"] = "deviceBound";

    /// <summary>Answers requests whose path has a part in it with a fault, alone or in a batch as a whole.</summary>
    public void Fail(string part, int status = 403, string code = "Authorization_RequestDenied") => Graph.Server.Faults = (r, _) =>
        (r.Path + r.Body).Contains(part, StringComparison.OrdinalIgnoreCase) ? Fault.Reply(status, new JObject { ["error"] = new JObject { ["code"] = code, ["message"] = "No." } }.ToString()) : null;

    public void Dispose() => _graph?.Dispose();

    private static IEnumerable<string> Parts(ArrivedRequest request) => request.Path.EndsWith("/$batch", StringComparison.Ordinal)
        ? JObject.Parse(request.Body)["requests"]!.Select(r => $"{request.Path.Split('/')[1]}{r["url"]}")
        : [request.Path.TrimStart('/')];

    private GraphFixture Start()
    {
        var root = JObject.Parse(SmallTenant.Json);
        root["settings"] = Settings;
        var methods = (JArray)root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]!;
        var fido2 = (JObject)methods[0];
        (fido2["passkeyProfiles"], fido2["includeTargets"], fido2["excludeTargets"]) = (Profiles, Targets, Exclusions);
        foreach (var setting in PassPolicy.Properties()) methods[1][setting.Name] = setting.Value;
        methods[2].Remove();
        foreach (var method in Methods)
        {
            methods.FirstOrDefault(m => (string?)m["id"] == (string?)method["id"])?.Remove();
            methods.Add(method);
        }
        (root["users"], root["groups"], root["authenticationStrengthPolicies"]) = (_users, _groups, Strengths);
        (root["directoryRoles"], root["conditionalAccessPolicies"], root["directoryAudits"]) = (Roles, AccessPolicies, Audits);
        root["signIns"] = SignIns;
        root["servicePrincipals"] = Applications;
        GraphFixture? fixture = null;
        fixture = new GraphFixture(new SandboxHandler(SandboxTenant.Parse(root.ToString())) { Now = () => fixture!.Clock.UtcNow });
        return fixture;
    }
}
