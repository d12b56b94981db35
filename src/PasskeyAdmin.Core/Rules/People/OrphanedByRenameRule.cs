using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

internal sealed class OrphanedByRenameRule() : PolicyRule("PK211", "OrphanedByRename", RuleSeverity.Warning, RuleSources.Passkeys | RuleSources.Renames, "No passkey is from before its user was renamed")
{
    public override string LooksAt => "Enabled users whose user principal name changed, as far back as the audit log goes, and who have a passkey from before.";

    public override string Why => "A passkey carries the user name of its registration. After a change it must be deleted and registered anew, on the device as well.";

    public override string Fix => "Have the passkey removed and registered again; the user deletes the old one on the device.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/passkey-faq");

    public override RuleSources Wishes => RuleSources.Users;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var renames = context.Renames.Value;
        var latest = renames.Renames.GroupBy(r => r.User).ToDictionary(g => g.Key, g => g.Max(r => r.Date));
        var people = latest.Keys.Select(context.People.Find).OfType<RulePerson>().Where(p => p.IsEnabled != false).ToList();
        var orphaned = RulePerson.AsObjects(people.Where(p => p.Passkeys?.Any(k => k.CreatedAt < latest[p.Id]) == true), p => $"renamed {Day(latest[p.Id])}");
        var open = people.Where(p => p.Passkeys is null || p.Passkeys.Any(k => k.CreatedAt is null)).ToList();
        if (orphaned.Count > 0) yield return Fail(orphaned, all => $"{Count(all.Count, "user has", "users have")} a passkey from before the user name changed: {NameLists.First(all.Select(p => $"{p.Name} ({p.Detail})"))}.", look: "Get-PasskeyRegistration");
        if (open.Count > 0) yield return PeopleNotKnown(context, open, "since when these, who were renamed, have their passkeys");
        if (!renames.IsWhole) yield return FindingResult.Unknown("The audit log has more changes of users than were read: older ones are not judged.");
        if (orphaned.Count == 0 && open.Count == 0 && renames.IsWhole) yield return FindingResult.Pass(renames.Oldest is { } oldest ? $"{Count(latest.Count, "user was", "users were")} renamed since {Day(oldest)}, the oldest change of a user in the audit log; none has a passkey from before." : "The audit log has no change of a user.");
    }
}
