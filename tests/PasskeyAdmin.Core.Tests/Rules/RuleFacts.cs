using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rules;

/// <summary>
/// A tenant in which everything is right on 2026-11-26, for tests that make one thing wrong: a policy with three profiles (default for everybody, attested for administrators, synced for a
/// pilot), people with methods, and Conditional Access. Groups, users and profiles are named by short words, which become ids.
/// </summary>
internal sealed class RuleFacts
{
    public const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
    public const string UserAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    public const string ReportsReader = "4a5d8f65-41da-4de4-8968-e035b65339cf";

    /// <summary>YubiKey 5 FIPS Series with NFC.</summary>
    public const string YubiKey = "c1f9a0bc-1dd2-404a-b27f-8e29047a43fd";
    public const string Apple = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
    public const string OnePassword = "bada5566-a7aa-401f-bd96-45619a55120d";

    public static readonly DateTimeOffset Now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);

    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    private readonly Dictionary<string, TargetStatus> _statuses = new(StringComparer.OrdinalIgnoreCase);
    private readonly RuleGroups _groups = new();
    private readonly RulePeople _people = new() { Users = Reading<int>.Of(0), Report = Reading<DateTimeOffset>.Of(Now), Passkeys = Reading<int>.Of(0) };
    private readonly Dictionary<string, (string Name, HashSet<string> Holders)> _roles = [];
    private readonly Dictionary<string, List<DirectoryGroup>> _groupsOf = [];
    private readonly List<string> _emergency = [];

    /// <summary>The policy, as Graph has it.</summary>
    public JObject Policy { get; } = new()
    {
        ["@odata.type"] = "#microsoft.graph.fido2AuthenticationMethodConfiguration",
        ["id"] = "Fido2",
        ["state"] = "enabled",
        ["isSelfServiceRegistrationAllowed"] = true,
        ["isAttestationEnforced"] = false,
        ["keyRestrictions"] = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() },
        ["defaultPasskeyProfile"] = Id("default"),
        ["excludeTargets"] = new JArray(),
        ["includeTargets"] = new JArray(),
        ["passkeyProfiles"] = new JArray(),
    };

    public Reading<MethodsPolicy> Methods { get; set; } = Reading<MethodsPolicy>.Of(new MethodsPolicy(null, null, "migrationComplete", "enabled") { CampaignTargets = [] });

    public Reading<TemporaryAccessPassSettings> Pass { get; set; } = Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(new MethodConfiguration(PolicyState.Enabled) { Targets = [Everybody], Exclusions = [] }));

    public Reading<bool> IsOptedOut { get; set; } = Reading<bool>.Of(true);

    public Reading<RuleSignIns> SignIns { get; set; } = Reading<RuleSignIns>.Of(new RuleSignIns([], null, 0, true));

    public Reading<RuleRenames> Renames { get; set; } = Reading<RuleRenames>.Of(new RuleRenames([], true));

    public Reading<bool> AuditLog { get; set; } = Reading<bool>.Of(true);

    public Reading<RuleGroups>? Groups { get; set; }

    public Reading<RuleRoles>? Roles { get; set; }

    public Reading<RuleEmergency>? Emergency { get; set; }

    /// <summary>Why Conditional Access could not be read; null where it could.</summary>
    public string? WhyNoAccess { get; set; }

    public RulePeople People => _people;

    public List<ConditionalAccessPolicy> AccessPolicies { get; } = [];

    public List<AuthenticationStrength> Strengths { get; } = [new AuthenticationStrength("00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA", ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"])];

    public bool? IsPublicCloud { get; set; } = true;

    public bool IsFile { get; set; }

    public DateTimeOffset At { get; set; } = Now;

    public bool AreEmergencyAccountsNamed { get; set; } = true;

    public static MethodTarget Everybody { get; } = new(TargetFacts.AllUsers, TargetKind.AllUsers, TargetStatus.Found, "All users");

    public JArray Profiles => (JArray)Policy["passkeyProfiles"]!;

    public JArray Targets => (JArray)Policy["includeTargets"]!;

    /// <summary>The default profile for everybody, an attested one for "admins", a synced one for "pilot", and one user of each kind.</summary>
    public static RuleFacts Good()
    {
        var facts = new RuleFacts();
        facts.Profile("default", "deviceBound").Profile("strict", "deviceBound", isAttested: true, allow: [YubiKey]).Profile("synced", "synced");
        facts.Target("staff", "default").Target("admins", "strict").Target("pilot", "synced");
        facts.Person("ann", ["passKeyDeviceBound", "microsoftAuthenticatorPush"], [("deviceBound", YubiKey)], ["staff"]);
        facts.Person("pia", ["passKeySynced", "microsoftAuthenticatorPush"], [("synced", Apple)], ["staff", "pilot"]);
        facts.Person("adam", ["passKeyDeviceBound", "windowsHelloForBusiness"], [("deviceBound", YubiKey), ("deviceBound", YubiKey)], ["admins"], roles: [GlobalAdministrator]);
        facts.Person("exit", ["passKeyDeviceBound"], [("deviceBound", YubiKey), ("deviceBound", YubiKey)], ["admins"], roles: [GlobalAdministrator]).IsEmergency("exit");
        return facts;
    }

    /// <summary>A GUID that a word stands for, always the same.</summary>
    public static string Id(string word) => Guid.TryParse(word, out _) ? word : new Guid([.. word.Select(c => (byte)c).Concat(new byte[16]).Take(16)]).ToString();

    /// <summary>Adds a profile, or replaces the one of that name.</summary>
    /// <param name="allow">An enforced list of allowed AAGUIDs; null for none.</param>
    public RuleFacts Profile(string name, string types, bool isAttested = false, string[]? allow = null, string[]? block = null)
    {
        Profiles.FirstOrDefault(p => (string?)p["id"] == Id(name))?.Remove();
        Profiles.Add(new JObject
        {
            ["id"] = Id(name),
            ["name"] = name,
            ["passkeyTypes"] = types,
            ["attestationEnforcement"] = isAttested ? "registrationOnly" : "disabled",
            ["keyRestrictions"] = new JObject { ["isEnforced"] = (allow ?? block) is not null, ["enforcementType"] = block is null ? "allow" : "block", ["aaGuids"] = new JArray(allow ?? block ?? []) },
        });
        return this;
    }

    /// <param name="group">The word for a group, or <c>all_users</c>.</param>
    public RuleFacts Target(string group, params string[] profiles) => Add("includeTargets", group, "group", profiles);

    public RuleFacts UserTarget(string user, params string[] profiles) => Add("includeTargets", user, "user", profiles);

    public RuleFacts Exclude(string group, string kind = "group") => Add("excludeTargets", group, kind, []);

    /// <summary>Takes a target or an exclusion out.</summary>
    public RuleFacts Without(string target)
    {
        foreach (var item in Targets.Concat((JArray)Policy["excludeTargets"]!).Where(t => (string?)t["id"] == Id(target) || (string?)t["id"] == target).ToList()) item.Remove();
        return this;
    }

    public RuleFacts IsDeleted(string group)
    {
        _statuses[Id(group)] = TargetStatus.NotFound;
        return this;
    }

    /// <summary>The directory does not say whether the group is there, nor who is in it.</summary>
    public RuleFacts IsUnreadable(string group)
    {
        _groups.SetUnread(Id(group), "Not allowed.");
        return this;
    }

    /// <summary>A group in which nobody is, until somebody is put into it.</summary>
    public RuleFacts Group(string name)
    {
        _groups.SetRead(Id(name));
        return this;
    }

    /// <param name="methods">Words of the registration report; null where it has no row.</param>
    /// <param name="passkeys">Type and AAGUID of each; null where they could not be read.</param>
    public RuleFacts Person(string name, string[]? methods, (string Type, string AaGuid)[]? passkeys, string[]? groups = null, string[]? roles = null, bool isEnabled = true, bool? isGuest = false, DateTimeOffset? created = null, DateTimeOffset? used = null)
    {
        var id = Guid.Parse(Id(name));
        var person = _people.Meet(id);
        (person.UserPrincipalName, person.IsEnabled, person.IsGuest, person.HasLastUse) = ($"{name}@contoso.com", isEnabled, isGuest, true);
        person.Methods = methods is null ? null : ReportWords.Of(new JArray(methods));
        person.Passkeys = passkeys is null ? null : [.. passkeys.Select((p, i) => RegisteredPasskey.Of(new JObject
        {
            ["id"] = $"{name}-{i}",
            ["aaGuid"] = p.AaGuid,
            ["passkeyType"] = p.Type.Length > 0 ? p.Type : null,
            ["createdDateTime"] = (created ?? Now.AddDays(-20)).ToString("o"),
            ["lastUsedDateTime"] = used?.ToString("o") ?? (created is null ? Now.AddDays(-1).ToString("o") : null),
        }))];
        foreach (var group in groups ?? [])
        {
            _groups.Add(Id(group), id);
            _groups.SetRead(Id(group));
            (_groupsOf.TryGetValue(name, out var list) ? list : _groupsOf[name] = []).Add(new DirectoryGroup(Id(group), group));
        }
        foreach (var role in roles ?? []) (_roles.TryGetValue(role, out var known) ? known : _roles[role] = ($"Role {role[..4]}", [])).Holders.Add(id.ToString());
        return this;
    }

    /// <summary>Somebody who is there already is an emergency account.</summary>
    public RuleFacts IsEmergency(string name)
    {
        _emergency.Add(name);
        return this;
    }

    /// <summary>A Conditional Access policy, enabled, that demands a strength for all resources of all users but "exit"; changed by <c>with</c>.</summary>
    public static ConditionalAccessPolicy Demand(string name = "demand", string strength = "00000000-0000-0000-0000-000000000004") => new(Id(name), name, AccessState.Enabled)
    {
        Users = new AccessUsers { IncludeUsers = ["All"], ExcludeUsers = [Id("exit")] },
        IncludeApplications = ["All"],
        IsAnyEnough = true,
        StrengthId = strength,
    };

    /// <summary>Somebody, to change what <see cref="Person"/> has no parameter for.</summary>
    public RulePerson Known(string name) => _people.Meet(Guid.Parse(Id(name)));

    public RuleFacts With(ConditionalAccessPolicy policy)
    {
        AccessPolicies.Add(policy);
        return this;
    }

    public RuleContext Build()
    {
        foreach (var person in _people.All) person.Number = _groups.Members.NumberOf(person.Id.ToString());
        var json = new PolicyJson((JObject)Policy.DeepClone());
        var names = json.Targets.Concat(json.Exclusions).Where(t => t.Kind is not TargetKind.AllUsers).GroupBy(t => t.Id).ToDictionary(g => g.Key, g => new TargetName(_statuses.TryGetValue(g.Key, out var status) ? status : TargetStatus.Found, Word(g.Key)), StringComparer.OrdinalIgnoreCase);
        return new RuleContext(json.ToPolicy(Catalog, names, new PolicyFacts { ReadAt = At }), Catalog, At)
        {
            IsFile = IsFile,
            IsPublicCloud = IsPublicCloud,
            Methods = Methods,
            TemporaryAccessPass = Pass,
            IsOptedOut = IsOptedOut,
            Groups = Groups ?? Reading<RuleGroups>.Of(_groups),
            People = _people,
            Roles = Roles ?? Reading<RuleRoles>.Of(new RuleRoles(_roles.Select(r => new RoleHolders(r.Key, r.Value.Name, r.Value.Holders)))),
            Access = WhyNoAccess is { } reason ? Reading<TenantAccess>.NotRead(reason) : Reading<TenantAccess>.Of(new TenantAccess(AccessPolicies, Strengths)),
            Emergency = Emergency ?? Reading<RuleEmergency>.Of(new RuleEmergency([.. _emergency.Select(e => new EmergencyAccount(Guid.Parse(Id(e)), $"{e}@contoso.com", _groupsOf.TryGetValue(e, out var groups) ? groups : []))], AreEmergencyAccountsNamed)),
            SignIns = SignIns,
            Renames = Renames,
            AuditLog = AuditLog,
        };
    }

    /// <summary>What a rule says: the outcomes, and the names of what failed.</summary>
    public (string Outcomes, string Subjects) Judge(string rule)
    {
        var results = PolicyRules.Find(rule)!.Evaluate(Build());
        Assert.NotEmpty(results);
        return (string.Join(", ", results.Select(r => r.Outcome)), string.Join(", ", results.Where(r => r.Outcome is RuleOutcome.Fail).SelectMany(r => r.Objects).Select(o => o.Name)));
    }

    private RuleFacts Add(string list, string id, string kind, string[] profiles)
    {
        var target = new JObject { ["id"] = id == TargetFacts.AllUsers ? id : Id(id), ["targetType"] = kind };
        if (list == "includeTargets") (target["isRegistrationRequired"], target["allowedPasskeyProfiles"]) = (false, new JArray(profiles.Select(Id)));
        ((JArray)Policy[list]!).Add(target);
        return this;
    }

    private static string Word(string id) => new([.. Guid.Parse(id).ToByteArray().TakeWhile(b => b != 0).Select(b => (char)b)]);

    /// <summary>What a rule says, as a whole.</summary>
    public IReadOnlyList<FindingResult> Results(string rule) => PolicyRules.Find(rule)!.Evaluate(Build());

    /// <summary>What a rule says as evidence.</summary>
    public string Evidence(string rule) => string.Join("\n", Results(rule).Select(r => r.Evidence));

    /// <summary>What a rule says in words, with the command that it suggests.</summary>
    public string Said(string rule) => string.Join("\n", Results(rule).Select(r => r.Command is null ? r.Evidence : $"{r.Evidence} > {r.Command}"));

    /// <summary>A property of a profile has another value; <see cref="JValue"/> of null for none.</summary>
    public RuleFacts Says(string profile, string property, JToken value)
    {
        Profiles.First(p => (string?)p["id"] == Id(profile))[property] = value;
        return this;
    }

    /// <summary>A list of AAGUIDs, as a profile or the policy has it.</summary>
    public static JObject List(string type, params string[] aaGuids) => new() { ["isEnforced"] = true, ["enforcementType"] = type, ["aaGuids"] = new JArray(aaGuids) };

    /// <summary>The policy lacks a property.</summary>
    public RuleFacts Lacks(string property)
    {
        Policy.Remove(property);
        return this;
    }

    /// <summary>A target does not say which profiles it uses.</summary>
    public RuleFacts IsSilent(string group)
    {
        ((JObject)Targets.First(t => (string?)t["id"] == Id(group))).Remove("allowedPasskeyProfiles");
        return this;
    }

    /// <summary>A tenant without profiles: the deprecated settings count.</summary>
    public RuleFacts IsNotEnrolled()
    {
        foreach (var target in Targets) target["allowedPasskeyProfiles"] = new JArray();
        return Lacks("passkeyProfiles").Lacks("defaultPasskeyProfile");
    }

    /// <summary>The directory could not be asked for a group.</summary>
    public RuleFacts IsUnchecked(string group)
    {
        _statuses[Id(group)] = TargetStatus.NotRead;
        return this;
    }
}
