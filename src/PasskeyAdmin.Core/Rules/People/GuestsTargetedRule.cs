using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class GuestsTargetedRule() : PolicyRule("PK212", "GuestsTargeted", RuleSeverity.Warning, RuleSources.Groups | RuleSources.Users, "No target is for guests alone")
{
    public override string LooksAt => "Target groups in which all users are guests. (All users have guests among them in most tenants; that is no fault.)";

    public override string Why => "Guests cannot register passkeys in the tenant that they visit; Microsoft plans it for the end of 2026. Whoever targets them expects something else.";

    public override string Fix => "Take the target out until guests can register; a Conditional Access policy can trust the methods of their own tenant.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/passkey-faq");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
        from target in context.Policy.Target
        where target.Kind is TargetKind.Group && target.Status is not TargetStatus.NotFound
        let users = context.Groups.Value.UsersOf(target.Id)
        let isForGuests = users is null ? null : IsForGuests(context, users)
        where isForGuests != false
        select isForGuests is null
            ? FindingResult.Unknown($"Whether {target.DisplayName} has others than guests in it is not known.{(users is null ? $" {context.Groups.Value.WhyUnread(target.Id)}" : "")}")
            : Fail(target.AsObject(Count(users!.Count, "guest", "guests")), $"{target.DisplayName}, {(target.ProfileName.Count == 0 ? "a target" : $"a target of {NameLists.And(target.ProfileName.Select(n => $"'{n}'"))}")}, has {Count(users.Count, "guest", "guests")} in it and nobody else.", $"Remove-PasskeyProfileTarget -Group {CommandText.Quote(target.Id)} -WhatIf"),
        "No target group has guests in it and nobody else.");

    private static bool? IsForGuests(RuleContext context, IReadOnlyList<Guid> users)
    {
        if (users.Count == 0) return false;
        var people = users.Select(context.People.Find).ToList();
        return people.Exists(p => p?.IsGuest == false) ? false : people.TrueForAll(p => p?.IsGuest == true) ? true : null;
    }
}
