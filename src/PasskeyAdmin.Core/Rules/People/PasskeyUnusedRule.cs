using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

internal sealed class PasskeyUnusedRule() : PolicyRule("PK210", "PasskeyUnused", RuleSeverity.Information, RuleSources.Passkeys, "Registered passkeys are used")
{
    public override string LooksAt => "Passkeys of enabled users that were not used for 180 days, or that are older than that and were never used. Spare keys of administrators and emergency accounts are meant to lie in a drawer, and are not counted.";

    public override string Why => "What nobody uses is often lost or on a device that somebody else has by now, and still opens the account.";

    public override string Fix => "Ask the user; remove what is gone.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/passkey-faq");

    private static readonly TimeSpan Long = TimeSpan.FromDays(180);

    public override RuleSources Wishes => RuleSources.Users | RuleSources.Roles | RuleSources.Emergency;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var emergency = context.EmergencyIds();
        var holders = context.People.Enabled.Where(p => p.Passkeys is { Count: > 0 } && !emergency.Contains(p.Id) && !(p.Passkeys.Count > 1 && context.Roles.IsRead && context.Roles.Value.IsAdministrator(p.Id))).ToList();
        var before = context.Now - Long;
        bool IsUnused(RegisteredPasskey passkey) => (passkey.LastUsedAt ?? passkey.CreatedAt) < before;
        // Whoever has several may be an administrator, whose spare key is to lie in a drawer.
        var spare = context.Roles.IsRead ? [] : holders.Where(p => p.Passkeys!.Count > 1 && p.Passkeys.Any(IsUnused)).ToList();
        holders = [.. holders.Except(spare)];
        var unused = holders.Where(p => p.HasLastUse).OrderBy(p => p.Shown, StringComparer.OrdinalIgnoreCase).SelectMany(p => p.Passkeys!.Where(IsUnused), (p, k) =>
            new FindingObject(FindingObjectKind.Passkey, k.Id, p.UserPrincipalName ?? p.Id.ToString(), $"{context.ModelOf(k)}, {(k.LastUsedAt is { } used ? $"last used {Day(used)}" : $"registered {Day(k.CreatedAt!.Value)}, never used")}")).ToList();
        var open = holders.Count(p => !p.HasLastUse);
        var undated = holders.Where(p => p.HasLastUse).Sum(p => p.Passkeys!.Count(k => k is { LastUsedAt: null, CreatedAt: null }));
        if (unused.Count > 0) yield return Fail(unused, all => $"{Count(all.Count, "passkey was", "passkeys were")} not used for {Long.TotalDays:0} days: {NameLists.First(all.Select(k => $"{k.Name} ({k.Detail})"))}.", look: "Get-PasskeyRegistration");
        if (open > 0) yield return FindingResult.Unknown($"When the passkeys of {Count(open, "user", "users")} were last used does not show: only the beta version of Microsoft Graph says it.");
        if (undated > 0) yield return FindingResult.Unknown($"Since when {Count(undated, "passkey that was never used is", "passkeys that were never used are")} registered does not show.");
        if (spare.Count > 0) yield return FindingResult.Unknown($"Whether {Count(spare.Count, "user who has", "users who have")} several passkeys keeps spare ones as an administrator is not known. {context.Roles.Reason}");
        if (context.People.Passkeys.Value > 0) yield return PasskeysUnread(context);
        if (unused.Count == 0 && open == 0 && undated == 0 && spare.Count == 0 && context.People.Passkeys.Value == 0) yield return holders.Count == 0 ? FindingResult.NotApplicable("No enabled user has a passkey.") : FindingResult.Pass($"All passkeys of {Count(holders.Count, "user", "users")} were used within {Long.TotalDays:0} days, or are younger.");
    }
}
