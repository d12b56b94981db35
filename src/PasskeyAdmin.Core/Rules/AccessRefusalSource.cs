using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>
/// Reads whom strengths would refuse today, of those of whom they are demanded. People are read once for all strengths, and somebody's passkeys only where they decide
/// (design §5.4): not of guests, of those whom no scope means, nor of those who can fulfil everything without.
/// </summary>
internal sealed class AccessRefusalSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog, RuleOptions options)
{
    /// <param name="demands">Each strength with whom it is demanded of: whom any of the scopes means.</param>
    /// <returns>One for each demand, in their order. A strength that takes something else than phishing-resistant methods and passes is not judged, and says so.</returns>
    /// <exception cref="PasskeyAdminException">Where the passkey policy cannot be read, or the sign-in is no longer good.</exception>
    public IReadOnlyList<AccessRefusals> Measure(IReadOnlyList<(AuthenticationStrength Strength, IReadOnlyList<AccessUsers> Scopes)> demands, CancellationToken token)
    {
        var judged = demands.Where(d => d.Strength.IsPhishingResistant).ToList();
        if (judged.Count == 0) return [.. demands.Select(d => NotJudged(d.Strength))];
        var policy = new PasskeyPolicySource(tenant, client, catalog).Read(token);
        var groups = new RuleGroupSource(client).Read([.. RuleSource.GroupsOf(policy), .. judged.SelectMany(d => d.Scopes).SelectMany(GroupsOf).Select(g => (g, false))], token);
        var roles = GraphReading.Try("Who has a directory role", () => new RuleRoles(new RoleHoldersSource(client).ReadByRole(_ => true, token)));
        var emergency = new EmergencyAccountsSource(tenant, client).Read(token);
        bool Hinges(RulePerson person) => !IsGuest(person) && judged.Exists(d => d.Strength.TakesPasskeys && AccessDemand.IsFulfilledWithoutPasskey(d.Strength, person) != true && IsFor(d.Scopes, person, groups, roles) != false);
        var context = new RuleContext(policy, catalog, tenant.Traffic.Now)
        {
            Groups = Reading<RuleGroups>.Of(groups),
            Roles = roles,
            People = new RulePeopleSource(tenant, client, options).Read(RuleSources.Users | RuleSources.Report | RuleSources.Passkeys, groups, token, Hinges),
        };
        return [.. demands.Select(d => d.Strength.IsPhishingResistant ? Judge(context, emergency, d.Strength, d.Scopes) : NotJudged(d.Strength))];
    }

    private AccessRefusals Judge(RuleContext context, EmergencyAccounts emergency, AuthenticationStrength strength, IReadOnlyList<AccessUsers> scopes)
    {
        var (refused, unknown) = (new List<PasskeyAccessRefusal>(), new List<PasskeyAccessRefusal>());
        var (inScope, guests, reasons) = (0, 0, new AccessReasons(context));
        foreach (var person in context.People.Enabled)
        {
            var isFor = IsFor(scopes, person, context.Groups.Value, context.Roles);
            if (isFor == false) continue;
            if (IsGuest(person))
            {
                guests++;
                continue;
            }
            if (isFor == true && person.IsEnabled == true) inScope++;
            var fulfils = AccessDemand.IsFulfilledBy(strength, person, context);
            if (fulfils == true) continue;
            var doubt = isFor is null ? reasons.OfScope(scopes, person)
                : fulfils is null ? reasons.OfDoubt(strength, person)
                : person.IsEnabled is null ? "may be disabled: the sign-in may not see that"
                : person.IsGuest is null ? "may be a guest: the sign-in may not see that"
                : context.People.Gaps.Count > 0 ? $"{reasons.OfRefusal(strength, person)}, by the registration report; what was registered since is not known"
                : null;
            var row = new PasskeyAccessRefusal(person, strength, doubt is null ? PasskeyAccessResult.Refused : PasskeyAccessResult.Unknown, doubt ?? reasons.OfRefusal(strength, person))
            {
                IsAdministrator = context.Roles.IsRead ? context.Roles.Value.IsAdministrator(person.Id) : null,
                EmergencyAccount = emergency.Of(person.Id.ToString(), person.UserPrincipalName),
                TenantId = tenant.TenantId,
            };
            (doubt is null ? refused : unknown).Add(row);
        }
        return new AccessRefusals
        {
            Strength = strength,
            InScope = inScope,
            Refused = AccessRefusals.Sorted(refused),
            Unknown = AccessRefusals.Sorted(unknown),
            Guests = guests,
            DataAsOf = context.People.Report.IsRead ? context.People.Report.Value : context.People.Passkeys.IsRead ? options.Checkpoint?.Oldest ?? context.Now : null,
            NotRead = [.. NotRead(context, strength, scopes), .. emergency.NotRead],
            MayMissPeople = !context.People.Users.IsRead || context.People.Gaps.Count + context.People.UnassignedEvents > 0,
        };
    }

    /// <summary>What could not be read that this strength hinges on.</summary>
    private static IEnumerable<string> NotRead(RuleContext context, AuthenticationStrength strength, IReadOnlyList<AccessUsers> scopes)
    {
        var (people, groups) = (context.People, context.Groups.Value);
        if (strength.TakesPasskeys && (!context.Policy.AreTargetsKnown || !context.Policy.AreExclusionsKnown))
            foreach (var reason in context.Policy.NotRead) yield return reason;
        string[] asked = [.. scopes.SelectMany(GroupsOf), .. strength.TakesPasskeys ? RuleSource.GroupsOf(context.Policy).Select(g => g.Id) : []];
        foreach (var group in asked.Distinct(StringComparer.OrdinalIgnoreCase).Where(g => !groups.Members.IsRead(g))) yield return $"Who is in {context.NameOfGroup(group)} could not be read: {groups.WhyUnread(group)}";
        if (context.Roles.Reason is { } roles) yield return roles;
        if (people.Users.Reason is { } users) yield return users;
        if (people.Report.Reason is { } report) yield return report;
        if (strength.TakesPasskeys && people.Passkeys.Reason is { } passkeys && passkeys != people.Report.Reason) yield return passkeys;
        if (strength.TakesPasskeys && people.Passkeys.IsRead && people.Passkeys.Value > 0) yield return $"The passkeys of {people.Passkeys.Value:N0} {(people.Passkeys.Value == 1 ? "user" : "users")} could not be read. {people.WhyUnasked}";
        foreach (var gap in people.Gaps) yield return gap;
        if (people.UnassignedEvents > 0) yield return RegistrationEvents.Unassigned(people.UnassignedEvents);
    }

    private static AccessRefusals NotJudged(AuthenticationStrength strength) => new()
    {
        Strength = strength,
        NotRead = [$"Whom '{DisplayText.Neutralise(strength.Name)}' would refuse is not looked into: beside passkeys, Windows Hello for Business and certificates it takes {(strength.Combinations.Count == 0 ? "nothing that Microsoft Graph names" : "other methods, or ones that this version does not know")}."],
        MayMissPeople = true,
    };

    /// <summary>Whoever comes from another tenant signs in there, also where the account counts as a member here.</summary>
    private static bool IsGuest(RulePerson person) => person.IsGuest == true || person.IsExternal;

    private static bool? IsFor(IReadOnlyList<AccessUsers> scopes, RulePerson person, RuleGroups groups, Reading<RuleRoles> roles)
    {
        bool? any = false;
        foreach (var users in scopes) any |= AccessDemand.IsFor(users, person.Id, person.IsGuest, g => groups.Has(g, person), roles.IsRead ? roles.Value : null);
        return any;
    }

    private static IEnumerable<string> GroupsOf(AccessUsers users) => users.IncludeGroups.Concat(users.ExcludeGroups);
}
