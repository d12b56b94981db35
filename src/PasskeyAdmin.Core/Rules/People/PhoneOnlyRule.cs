using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

internal sealed class PhoneOnlyRule() : PolicyRule("PK208", "PhoneOnly", RuleSeverity.Warning, RuleSources.Report, "Nobody depends on text messages or calls")
{
    public override string LooksAt => "Enabled users who have text messages or calls registered and no other second factor. Addresses and questions for resets, and passes, are none.";

    public override string Why => "Microsoft ends its text messages and calls on 2027-02-01, for Global Administrators and external users on 2027-07-01 (public cloud). Whoever has nothing else must register a passkey at the next sign-in, ready or not.";

    public override string Fix => "Bring these users to passkeys before the date, in waves; a registration campaign asks them to.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/concept-sms-voice-retirement");

    private static readonly DateTimeOffset End = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LaterEnd = new(2027, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public override RuleSources Wishes => RuleSources.Roles | RuleSources.Users;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        if (context.IsPublicCloud == false) return [FindingResult.NotApplicable("Microsoft has announced no end of text messages and calls in this cloud.")];
        bool IsLater(RulePerson person) => (person.IsGuest == true && person.IsExternal) || (context.Roles.IsRead && context.Roles.Value.Has(person.Id, RoleHoldersSource.GlobalAdministrator));
        var judged = context.People.Enabled.Select(p => (Person: p, Is: Is(p))).ToList();
        var people = RulePerson.AsObjects(judged.Where(j => j.Is == true).Select(j => j.Person), p => Day(IsLater(p) ? LaterEnd : End));
        var open = judged.Where(j => j.Is is null).Select(j => j.Person).ToList();
        var unread = context.People.Enabled.Count(p => p.Methods is null && p.IsGuest != true);
        var results = new List<FindingResult>();
        if (people.Count > 0)
            results.Add(context.IsPublicCloud is null ? FindingResult.Unknown($"{Count(people.Count, "user has", "users have")} text messages or calls only; whether these end in this cloud is not known.")
                : Fail(people, all => $"{Count(all.Count, "user has", "users have")} text messages or calls and nothing else: {NameLists.First(all.Select(p => p.Name))}. {When(all, context.Now)}"));
        if (open.Count > 0) results.Add(PeopleNotKnown(context, open, "whether these, who have text messages or calls, have another method"));
        if (results.Count == 0) return [unread == 0 ? FindingResult.Pass("Everybody in the registration report who has text messages or calls has another method.") : FindingResult.Pass($"Everybody in the registration report who has text messages or calls has another method; {Count(unread, "user is", "users are")} not in it yet.")];
        return results;
    }

    /// <summary>Null where something was removed since the report, or something was registered that is not known.</summary>
    private static bool? Is(RulePerson person) => person.Methods is not { } methods || !methods.HasFlag(ReportedMethods.Phone) ? false
        : person.IsInDoubt ? null
        : methods is not ReportedMethods.Phone || person.Passkeys is { Count: > 0 } ? false
        : person.Passkeys is null ? null : true;

    private static string When(IReadOnlyList<FindingObject> people, DateTimeOffset now)
    {
        var end = people.Any(p => p.Detail == Day(End)) ? End : LaterEnd;
        var days = (int)Math.Ceiling((end - now).TotalDays);
        return days > 0 ? $"They end on {Day(end)}, in {Count(days, "day", "days")}." : $"They ended on {Day(end)}.";
    }
}
