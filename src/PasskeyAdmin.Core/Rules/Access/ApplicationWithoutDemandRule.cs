using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class ApplicationWithoutDemandRule() : PolicyRule("PK305", "ApplicationWithoutDemand", RuleSeverity.Information, RuleSources.SignIns | RuleSources.Access | RuleSources.Groups | RuleSources.Roles | RuleSources.Users, "Applications of groups that matter demand a phishing-resistant sign-in")
{
    public override string LooksAt => "Applications without such a demand that a group uses much more than others do: at least 5 of its people and 10 % of them, three times the share of everybody else, in up to 30 days of sign-ins. A group matters where an enabled policy demands phishing-resistant sign-in of it for another application, or a profile with attestation targets it.";

    public override string Why => "What is protected for a group in one application is often open in the next one that the same people use.";

    public override string Fix => "Look whether the application deserves the same policy; start with report-only.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-deploy-phishing-resistant-passwordless-authentication");

    private const int FewestUsers = 5;
    private const int OneOf = 10;
    private const long Times = 3;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var demands = AccessDemand.Of(context.Access.Value).ToList();
        var attested = context.Policy.Profile.Where(p => p.Attestation is PasskeyAttestation.RegistrationOnly).SelectMany(p => p.Target).Where(t => t.Kind is TargetKind.Group && t.Status is not TargetStatus.NotFound).Select(t => t.Id);
        var valued = demands.SelectMany(d => d.Policy.Users.IncludeGroups).Concat(attested).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (valued.Count == 0) return [FindingResult.NotApplicable("No group is known to matter more: no enabled policy demands phishing-resistant sign-in of a group, and no profile with attestation targets one.")];
        var signIns = context.SignIns.Value;
        if (signIns.Count == 0) return [FindingResult.NotApplicable("The log has no sign-ins.")];
        var seen = $"{Count(signIns.Count, "sign-in", "sign-ins")}{(signIns.Since is { } since ? $" since {Day(since)}" : "")}{(signIns.IsWhole ? "" : ", the newest ones,")} looked at";
        var active = new HashSet<Guid>(signIns.Applications.SelectMany(a => a.Users));
        List<FindingResult> results = [.. UnclearDemands(context)];
        if (valued.Find(g => context.Groups.Value.UsersOf(g) is null) is { } unread) results.Add(FindingResult.Unknown($"Who is in a group that matters could not be read. {context.Groups.Value.WhyUnread(unread)}"));
        var groups = valued.Where(g => context.Groups.Value.UsersOf(g) is not null).Select(g => (Name: context.NameOfGroup(g), Active: new HashSet<Guid>(context.Groups.Value.UsersOf(g)!.Where(active.Contains)))).ToList();
        foreach (var application in signIns.Applications.Where(a => !a.AppId.Equals(ConditionalAccessPolicy.SecurityInformation, StringComparison.OrdinalIgnoreCase)))
        {
            var judged = application.Users.Select(context.People.Find).OfType<RulePerson>().Where(p => p.IsEnabled != false).Select(p => (p.Id, Is: IsCovered(context, demands, application, p))).ToList();
            (string Group, int Count, double Share, double OtherShare) MostOf(Func<bool?, bool> isOpen)
            {
                HashSet<Guid> open = [.. judged.Where(j => isOpen(j.Is)).Select(j => j.Id)];
                return groups.Select(g => Use(g.Name, g.Active, open, application.Users, active.Count)).OrderByDescending(u => u.Share).FirstOrDefault();
            }
            var most = MostOf(c => c == false);
            if (most.Count == 0)
            {
                if (MostOf(c => c != true).Count > 0) results.Add(FindingResult.Unknown($"Whether '{DisplayText.Neutralise(application.Name)}' demands a phishing-resistant sign-in of a group that matters is not known: which applications or people a policy means could not be told."));
                continue;
            }
            results.Add(Fail(new FindingObject(FindingObjectKind.Application, application.AppId, application.Name), $"'{DisplayText.Neutralise(application.Name)}' demands no phishing-resistant sign-in, and {most.Share:P0} of the people of {most.Group} use it ({most.Count:N0} users; of everybody else {most.OtherShare:P0}). That group matters: something else demands it of them, or a profile with attestation is for them. {seen}."));
        }
        return results.Count > 0 ? results : [FindingResult.Pass($"No such application ({seen}).")];
    }

    private static bool? IsCovered(RuleContext context, List<AccessDemand> demands, ApplicationUse application, RulePerson person)
    {
        bool? any = false;
        foreach (var policy in demands.Select(d => d.Policy)) any |= policy.IsForApplication(application.AppId) & AccessDemand.IsFor(policy, person, context.Groups.Value, context.Roles.Value);
        return any;
    }

    /// <param name="members">Those of a group who signed in to anything.</param>
    /// <param name="open">Those who use the application without the demand.</param>
    /// <param name="users">All who use it.</param>
    /// <param name="active">How many signed in to anything.</param>
    /// <returns>Nothing where they are few, or not many more than others. Where the group is everybody, it uses nothing more than others do.</returns>
    private static (string Group, int Count, double Share, double OtherShare) Use(string group, HashSet<Guid> members, HashSet<Guid> open, HashSet<Guid> users, int active)
    {
        var (count, others, otherUsers) = (open.Count(members.Contains), active - members.Count, users.Count(u => !members.Contains(u)));
        if (others == 0 || count < FewestUsers || count * OneOf < members.Count || count * (long)others < Times * otherUsers * members.Count) return default;
        return (group, count, (double)count / members.Count, (double)otherUsers / others);
    }
}
