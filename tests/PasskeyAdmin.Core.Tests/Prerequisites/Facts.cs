using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Prerequisites;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Prerequisites;

/// <summary>A tenant in which everything is right on 2026-11-26, for tests that make one thing wrong.</summary>
internal static class Facts
{
    public const string TenantId = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";
    public const string GlobalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    public const string PolicyAdministrator = "0526716b-113d-4c15-b2c8-68e3c22b9f80";
    public const string Group = "11111111-1111-1111-1111-111111111111";

    public static readonly DateTimeOffset Now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);

    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    public static PrerequisiteFacts Good(TenantSession? tenant = null, params TenantCapability[] capabilities) => new(capabilities.Length > 0 ? capabilities : [TenantCapability.PolicyWrite], Now)
    {
        Tenant = tenant ?? Tenant(),
        Organization = Reading<Organization>.Of(new Organization(TenantId, "Contoso", [])),
        Policy = Reading<PasskeyPolicy>.Of(Policy()),
        TemporaryAccessPass = Pass(On("All users")),
        Methods = Phone(Off, Off),
        IsOptedOut = Reading<bool>.Of(false),
        Roles = Roles(new DirectoryRole(PolicyAdministrator, "Authentication Policy Administrator"), new DirectoryRole(GlobalReader, "Global Reader")),
        HasPremiumLicence = Reading<bool>.Of(true),
        EmergencyAccounts = [new EmergencyAccountState("one@contoso.com") { Id = "1", IsEnabled = true }, new EmergencyAccountState("two@contoso.com") { Id = "2", IsEnabled = true }],
    };

    public static MethodConfiguration Off { get; } = new(PolicyState.Disabled) { Targets = [], Exclusions = [] };

    public static MethodConfiguration On(params string[] targets) => new(PolicyState.Enabled) { Targets = [.. targets.Select(t => Target(t))], Exclusions = [] };

    /// <summary>A group whose id begins with its name, or all users.</summary>
    public static MethodTarget Target(string name, TargetStatus status = TargetStatus.Found) =>
        name == "All users" ? new(TargetFacts.AllUsers, TargetKind.AllUsers, TargetStatus.Found, name) : new($"{name}-0000000", TargetKind.Group, status, name);

    public static Reading<TemporaryAccessPassSettings> Pass(MethodConfiguration method) =>
        Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(method) { DefaultLifetime = 60, MinimumLifetime = 60, MaximumLifetime = 480, IsUsableOnce = false });

    public static Dictionary<string, GroupPeople> People(params (string Name, GroupPeople People)[] groups) => groups.ToDictionary(g => g.Name.Length > 20 ? g.Name : $"{g.Name}-0000000", g => g.People);

    public static Reading<MethodsPolicy> Phone(MethodConfiguration? sms, MethodConfiguration? voice, string? migration = "migrationComplete", string? campaign = "default") =>
        Reading<MethodsPolicy>.Of(new MethodsPolicy(sms, voice, migration, campaign));

    public static Reading<IReadOnlyList<DirectoryRole>> Roles(params DirectoryRole[] roles) => Reading<IReadOnlyList<DirectoryRole>>.Of(roles);

    public static TenantSession Tenant(
        TenantConnection way = TenantConnection.GraphPowerShell, string environment = "Global", string[]? permissions = null, bool arePermissionsKnown = true, bool isAppOnly = false, string? account = "adele@contoso.com", string? client = null, bool hasSettings = false)
    {
        var connection = new GraphConnection(new Uri("https://graph.example/"), () => throw new HttpRequestException("Rules send nothing."))
        {
            Permissions = arePermissionsKnown ? permissions ?? [.. CapabilityPermissions.Least(Enum.GetValues<TenantCapability>())] : null,
            IsAppOnly = isAppOnly,
        };
        var facts = new TenantFacts(way, environment) { TenantId = TenantId, TenantName = "Contoso", Account = isAppOnly ? null : account, ClientId = isAppOnly ? "app-1" : client, HasSandboxSettings = hasSettings, Limitations = GraphCloud.Find(environment)?.Limitations ?? [] };
        return new TenantSession(facts, connection, new GraphTraffic(new VirtualClock(), () => 0.5));
    }

    /// <summary>A policy whose one profile is narrow, changed by a test.</summary>
    public static PasskeyPolicy Policy(Action<JObject>? change = null, TargetStatus groups = TargetStatus.Found)
    {
        var json = JObject.Parse("""
            {
              "id": "Fido2", "state": "enabled", "isSelfServiceRegistrationAllowed": true, "isAttestationEnforced": false,
              "keyRestrictions": { "isEnforced": false, "enforcementType": "allow", "aaGuids": [] },
              "defaultPasskeyProfile": "00000000-0000-0000-0000-000000000001", "excludeTargets": [],
              "includeTargets": [ { "id": "all_users", "targetType": "group", "allowedPasskeyProfiles": ["00000000-0000-0000-0000-000000000001"] } ],
              "passkeyProfiles": [
                { "id": "00000000-0000-0000-0000-000000000001", "name": "Standard", "passkeyTypes": "deviceBound", "attestationEnforcement": "disabled",
                  "keyRestrictions": { "isEnforced": false, "enforcementType": "allow", "aaGuids": [] } } ]
            }
            """);
        change?.Invoke(json);
        var read = new PolicyJson(json);
        var names = read.Targets.Concat(read.Exclusions).Where(t => t.Kind is TargetKind.Group).GroupBy(t => t.Id).ToDictionary(g => g.Key, g => new TargetName(groups, groups is TargetStatus.Found ? "Sales" : null));
        return read.ToPolicy(Catalog, names, new PolicyFacts { TenantId = TenantId, ReadAt = Now, NotRead = [.. read.MissingLists.Select(l => $"No {l}.")] });
    }

    public static Reading<PasskeyPolicy> PolicyOf(Action<JObject>? change = null, TargetStatus groups = TargetStatus.Found) => Reading<PasskeyPolicy>.Of(Policy(change, groups));

    /// <summary>For one group, with the default profile.</summary>
    public static void ForOneGroup(JObject json) => json["includeTargets"]![0]!["id"] = Group;

    public static void WithoutProfiles(JObject json)
    {
        json["passkeyProfiles"] = new JArray();
        json["defaultPasskeyProfile"] = null;
        json["includeTargets"]![0]!["allowedPasskeyProfiles"] = new JArray();
    }

    public static void Wide(JObject json) => json["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound,synced";
}
