using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Reads what rules judge: each collection once, and only where a rule needs it. What cannot be read costs itself only.</summary>
internal sealed class RuleSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog, RuleOptions options)
{
    /// <summary>Days that Microsoft announced hold in the public cloud only (§9 [D]). The sandbox is one of them.</summary>
    private const string PublicCloud = "Global";

    private readonly Dictionary<JObject, Dictionary<string, TargetName>> _names = [];

    /// <param name="policy">The policy of the tenant, or one that somebody would like to have.</param>
    /// <param name="needs">What the rules need, all together.</param>
    /// <exception cref="PasskeyAdminException">Where the sign-in is no longer good.</exception>
    public RuleContext Read(PasskeyPolicy policy, RuleSources needs, CancellationToken token)
    {
        var now = tenant.Traffic.Now;
        bool Needs(RuleSources source) => (needs & source) != 0;
        var emergencyNeedsAccess = Needs(RuleSources.Emergency) && tenant.EmergencyAccount.Count == 0;
        var methods = Needs(RuleSources.Methods) ? GraphReading.Try("The authentication methods policy", () => client.Get(MethodsPolicyJson.Path, token)) : null;
        var access = Needs(RuleSources.Access) || emergencyNeedsAccess ? GraphReading.Try("Conditional Access", () => new AccessSource(client).Read(token)) : null;
        var groups = Needs(RuleSources.Groups) || emergencyNeedsAccess ? new RuleGroupSource(client).Read(GroupsOf(policy, access, methods, emergencyNeedsAccess), token) : null;
        var roles = Needs(RuleSources.Roles) ? GraphReading.Try("Who has a directory role", () => new RuleRoles(new RoleHoldersSource(client).ReadByRole(_ => true, token))) : null;
        var people = new RulePeopleSource(tenant, client, options).Read(needs, groups, token);
        var log = new RuleLogSource(client, now);
        return new RuleContext(policy, catalog, now)
        {
            IsPublicCloud = tenant.IsSandbox || tenant.Environment == PublicCloud ? true : GraphCloud.Find(tenant.Environment) is null ? null : false,
            Methods = Understood(methods, json => MethodsPolicyJson.Read(json, NamesOf(json, token))),
            TemporaryAccessPass = Understood(methods, json => MethodsPolicyJson.Method(json, "TemporaryAccessPass") is { } pass ? MethodsPolicyJson.TemporaryAccessPass(pass, NamesOf(json, token)) : throw NotSaid()),
            IsOptedOut = Needs(RuleSources.OptOut) ? GraphReading.Try("Whether the tenant has opted out of passkeys by default", () => OptOut(token)) : Reading<bool>.NotRead(""),
            GroupNames = Needs(RuleSources.SignIns) && access is { IsRead: true } ? DemandingNames(access.Value, policy, token) : new Dictionary<string, TargetName>(),
            Groups = groups is null ? Reading<RuleGroups>.NotRead("Who is in which group was not read.") : Reading<RuleGroups>.Of(groups),
            People = people,
            Roles = roles ?? Reading<RuleRoles>.NotRead("Who has a directory role was not read."),
            Access = access ?? Reading<TenantAccess>.NotRead("Conditional Access was not read."),
            Emergency = Needs(RuleSources.Emergency) ? GraphReading.Try("Which accounts are emergency accounts", () => new RuleEmergencySource(tenant, client).Read(access, groups, token), e => e.ErrorId == RuleEmergencySource.NotKnownId ? e.Message : null) : Reading<RuleEmergency>.NotRead(""),
            SignIns = Needs(RuleSources.SignIns) ? GraphReading.Try("The sign-in log", () => log.SignIns(token)) : Reading<RuleSignIns>.NotRead(""),
            Renames = Needs(RuleSources.Renames) ? GraphReading.Try("The audit log", () => log.Renames(token)) : Reading<RuleRenames>.NotRead(""),
            AuditLog = Needs(RuleSources.AuditLog) ? GraphReading.Try("The audit log", () => log.IsAuditReadable(token)) : Reading<bool>.NotRead(""),
        };
    }

    /// <summary>Those of the groups of SMS, voice and pass.</summary>
    private Dictionary<string, TargetName> NamesOf(JObject policy, CancellationToken token)
    {
        if (_names.TryGetValue(policy, out var names)) return names;
        string[] ids = ["TemporaryAccessPass", "Sms", "Voice"];
        return _names[policy] = new TargetNames(client).Read(ids.Select(id => MethodsPolicyJson.Method(policy, id)).OfType<JObject>().SelectMany(MethodsPolicyJson.Targets), [], token);
    }

    /// <summary>What the groups are called of which something is demanded.</summary>
    private Dictionary<string, TargetName> DemandingNames(TenantAccess access, PasskeyPolicy policy, CancellationToken token) =>
        new TargetNames(client).Read(AccessDemand.Of(access).SelectMany(d => d.Policy.Users.IncludeGroups).Where(g => !policy.Target.Any(t => t.Id.Equals(g, StringComparison.OrdinalIgnoreCase))).Select(g => new TargetFacts(g, TargetKind.Group)), [], token);

    /// <summary>The groups that a rule may ask about.</summary>
    private static IEnumerable<(string Id, bool IsUser)> GroupsOf(PasskeyPolicy policy, Reading<TenantAccess>? access, Reading<JObject>? methods, bool needsExclusions)
    {
        foreach (var group in GroupsOf(policy)) yield return group;
        if (access is { IsRead: true })
        {
            // Also of those that only report: a rule looks whether what they demand can be had at all.
            var demanding = access.Value.Policies.Where(p => p.StrengthId is not null && p.State is not AccessState.Disabled);
            foreach (var group in demanding.SelectMany(p => p.Users.IncludeGroups.Concat(p.Users.ExcludeGroups))) yield return (group, false);
            if (needsExclusions)
                foreach (var group in access.Value.Policies.Where(p => p.IsEnabled).SelectMany(p => p.Users.ExcludeGroups)) yield return (group, false);
        }
        if (methods is { IsRead: true } && MethodsPolicyJson.Method(methods.Value, "TemporaryAccessPass") is { } pass)
            foreach (var target in MethodsPolicyJson.Targets(pass).Where(t => t.Kind is TargetKind.Group or TargetKind.User)) yield return (target.Id, target.Kind is TargetKind.User);
    }

    /// <summary>The groups that decide who may use which passkeys.</summary>
    public static IEnumerable<(string Id, bool IsUser)> GroupsOf(PasskeyPolicy policy) =>
    [
        .. policy.Target.Where(t => t.Kind is TargetKind.Group or TargetKind.User && t.Status is not TargetStatus.NotFound).Select(t => (t.Id, t.Kind is TargetKind.User)),
        .. policy.Exclusion.Where(e => e.Kind is TargetKind.Group or TargetKind.User && e.Status is not TargetStatus.NotFound).Select(e => (e.Id, e.Kind is TargetKind.User)),
    ];

    private bool OptOut(CancellationToken token) => MethodsPolicyJson.IsOptedOut(client.Get(MethodsPolicyJson.OptOutPath, token)) ?? throw NotSaid();

    private static PasskeyAdminException NotSaid() => new(ErrorKind.ProtocolViolated, "GraphAnswerUnreadable", "Microsoft Graph does not say.");

    private static Reading<T> Understood<T>(Reading<JObject>? json, Func<JObject, T> read) where T : notnull =>
        json is null ? Reading<T>.NotRead("The authentication methods policy was not read.") : json.Reason is { } reason ? Reading<T>.NotRead(reason) : GraphReading.Try("The authentication methods policy", () => read(json.Value));
}
