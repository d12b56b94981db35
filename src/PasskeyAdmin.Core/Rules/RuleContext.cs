using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>What the rules judge: the tenant as it was read, the catalogue, and the time.</summary>
internal sealed class RuleContext
{
    private const string NotAsked = "It was not read.";

    private readonly Dictionary<(int Number, PasskeyTraits Passkey), bool?> _uses = [];

    public RuleContext(PasskeyPolicy policy, ProviderCatalog catalog, DateTimeOffset now)
    {
        (Policy, Catalog, Now) = (policy, catalog, now);
        Evaluator = new PolicyEvaluator(policy);
    }

    public PasskeyPolicy Policy { get; }

    public ProviderCatalog Catalog { get; }

    public DateTimeOffset Now { get; }

    public PolicyEvaluator Evaluator { get; }

    /// <summary>Whether there is a policy in a file and no tenant.</summary>
    public bool IsFile { get; init; }

    /// <summary>Whether days that Microsoft announced for its public cloud hold here; null where the cloud is not known.</summary>
    public bool? IsPublicCloud { get; init; } = true;

    public Reading<MethodsPolicy> Methods { get; init; } = Reading<MethodsPolicy>.NotRead(NotAsked);

    public Reading<TemporaryAccessPassSettings> TemporaryAccessPass { get; init; } = Reading<TemporaryAccessPassSettings>.NotRead(NotAsked);

    public Reading<bool> IsOptedOut { get; init; } = Reading<bool>.NotRead(NotAsked);

    public Reading<RuleGroups> Groups { get; init; } = Reading<RuleGroups>.NotRead(NotAsked);

    public RulePeople People { get; init; } = new();

    public Reading<RuleRoles> Roles { get; init; } = Reading<RuleRoles>.NotRead(NotAsked);

    public Reading<TenantAccess> Access { get; init; } = Reading<TenantAccess>.NotRead(NotAsked);

    public Reading<RuleEmergency> Emergency { get; init; } = Reading<RuleEmergency>.NotRead(NotAsked);

    public Reading<RuleSignIns> SignIns { get; init; } = Reading<RuleSignIns>.NotRead(NotAsked);

    public Reading<RuleRenames> Renames { get; init; } = Reading<RuleRenames>.NotRead(NotAsked);

    /// <summary>Whether the audit log answers.</summary>
    public Reading<bool> AuditLog { get; init; } = Reading<bool>.NotRead(NotAsked);

    /// <summary>What groups of Conditional Access are called, by id, as far as that could be read; those of the policy say it themselves.</summary>
    public IReadOnlyDictionary<string, TargetName> GroupNames { get; init; } = new Dictionary<string, TargetName>();

    /// <summary>What a group is called, safe to show; the id where that is not known.</summary>
    public string NameOfGroup(string id) =>
        Policy.Target.FirstOrDefault(t => t.Id.Equals(id, StringComparison.OrdinalIgnoreCase))?.DisplayName ?? (GroupNames.TryGetValue(id, out var name) && name.SafeName is { } shown ? $"'{shown}'" : $"group {DisplayText.Neutralise(id)}");

    /// <summary>Why something that is needed is not there; null where all is.</summary>
    public string? WhyNotRead(RuleSources needs) => Reasons(needs).FirstOrDefault(r => r is not null);

    private IEnumerable<string?> Reasons(RuleSources needs)
    {
        if (needs.HasFlag(RuleSources.Methods)) yield return Methods.Reason;
        if (needs.HasFlag(RuleSources.OptOut)) yield return IsOptedOut.Reason;
        if (needs.HasFlag(RuleSources.Groups)) yield return Groups.Reason;
        if (needs.HasFlag(RuleSources.Users)) yield return People.Users.Reason;
        if (needs.HasFlag(RuleSources.Report)) yield return People.Report.Reason;
        if (needs.HasFlag(RuleSources.Passkeys)) yield return People.Passkeys.Reason;
        if (needs.HasFlag(RuleSources.Roles)) yield return Roles.Reason;
        if (needs.HasFlag(RuleSources.Access)) yield return Access.Reason;
        if (needs.HasFlag(RuleSources.Emergency)) yield return Emergency.Reason;
        if (needs.HasFlag(RuleSources.SignIns)) yield return SignIns.Reason;
        if (needs.HasFlag(RuleSources.Renames)) yield return Renames.Reason;
        if (needs.HasFlag(RuleSources.AuditLog)) yield return AuditLog.Reason;
    }

    public Membership MembershipOf(RulePerson person) => Groups.Value.Members.Of(person.Number);

    /// <summary>Whether somebody can sign in with a passkey that is registered; null where that is not known. Whoever is in the same groups may use the same passkeys.</summary>
    public bool? IsUsable(RulePerson person, RegisteredPasskey passkey)
    {
        var key = (person.Number, passkey.Traits);
        if (!_uses.TryGetValue(key, out var use)) _uses.Add(key, use = Evaluator.MaySignIn(MembershipOf(person), passkey.Traits));
        return use;
    }

    /// <summary>What a passkey is called by its AAGUID.</summary>
    public string ModelOf(RegisteredPasskey passkey) => passkey.AaGuid is { } aaGuid && Catalog.Find(aaGuid) is { IsKnown: true } provider ? provider.Name : "unknown model";

    /// <summary>Whether somebody has a phishing-resistant method that works; null where that is not known.</summary>
    public bool? HasUsableMethod(RulePerson person)
    {
        if (person.HasOtherMethod == true) return true;
        if (person.Passkeys is not { } passkeys) return null;
        bool? any = person.HasOtherMethod;
        foreach (var passkey in passkeys) any |= IsUsable(person, passkey);
        return any;
    }

    /// <summary>The users in the targets of a profile; null where a target could not be read, or is all users.</summary>
    public HashSet<Guid>? UsersOf(PasskeyProfile profile)
    {
        var users = new HashSet<Guid>();
        foreach (var target in profile.Target.Where(t => t.Status is not TargetStatus.NotFound))
        {
            if (target.Kind is TargetKind.AllUsers || Groups.Value.UsersOf(target.Id) is not { } members) return null;
            users.UnionWith(members);
        }
        return users;
    }

    /// <summary>Whether somebody has a profile; null where that is not known. An exclusion takes its people away.</summary>
    public bool? Reaches(PasskeyProfile profile)
    {
        if (Policy.Exclusion.Any(e => e.Kind is TargetKind.AllUsers)) return false;
        if (profile.Target.Any(t => t.Kind is TargetKind.AllUsers)) return true;
        var (excluded, isOpen) = Excluded();
        // A target that does not say its profiles may use this one.
        var isUnread = !PolicyGaps.AreUsesKnown(Policy);
        foreach (var target in profile.Target.Where(t => t.Status is not TargetStatus.NotFound))
        {
            var members = Groups.Value.UsersOf(target.Id);
            if (members?.Any(u => !excluded.Contains(u)) == true) return isOpen ? null : true;
            isUnread |= members is null;
        }
        return isUnread ? null : false;
    }

    /// <summary>The users in excluded groups, and whether there may be more of them. (All users may be excluded as such.)</summary>
    public (HashSet<Guid> Users, bool IsOpen) Excluded()
    {
        var (excluded, isOpen) = (new HashSet<Guid>(), !Policy.AreExclusionsKnown);
        foreach (var exclusion in Policy.Exclusion.Where(e => e.Status is not TargetStatus.NotFound))
        {
            if (Groups.Value.UsersOf(exclusion.Id) is { } users) excluded.UnionWith(users);
            else isOpen = true;
        }
        return (excluded, isOpen);
    }

    /// <summary>Enabled administrators, but no emergency account: those have rules of their own. Guests cannot register passkeys here, and bring the methods of their own tenant.</summary>
    public IEnumerable<RulePerson> Administrators()
    {
        var emergency = EmergencyIds();
        return People.Enabled.Where(p => p.IsGuest != true && Roles.Value.IsAdministrator(p.Id) && !emergency.Contains(p.Id));
    }

    /// <summary>The accounts that certainly are emergency accounts; none where those could not be read.</summary>
    public HashSet<Guid> EmergencyIds() => [.. Emergency.IsRead ? Emergency.Value.Accounts.Where(a => a.IsCertain).Select(a => a.Id) : []];
}
