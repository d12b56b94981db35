using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Microsoft: two or more, in the cloud only (the page of <see cref="PrerequisiteRule.Source"/>). Changes treat them with special care (design §5).</summary>
internal sealed class EmergencyAccountRule() : PrerequisiteRule("EmergencyAccount", "Two emergency accounts are named, exist and are enabled", "https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access",
    TenantCapability.Impact, TenantCapability.PolicyWrite, TenantCapability.Rollout, TenantCapability.ConditionalAccess)
{
    private const int Recommended = 2;
    private const string NotLookedAt = "Not looked at: with which methods they sign in, and whether Conditional Access leaves them out.";

    private static readonly string[] Placeholders = ["<first account>", "<second account>"];

    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        var accounts = facts.EmergencyAccounts;
        if (accounts.Count == 0)
        {
            return CheckResult.Fail("None is named. Microsoft advises to have two or more, so that a mistake does not lock everybody out.",
                $"Name them when you connect, by user principal name or id.{SignInCommands.EmergencyAdvice(tenant, Placeholders)}", SignInCommands.WithEmergencyAccounts(tenant, Placeholders, facts.Capabilities));
        }
        var faults = accounts.Select(a => (Account: a, Fault: Fault(a))).Where(a => a.Fault is not null).Select(a => $"{Shown(a.Account)} {a.Fault}").ToList();
        // One account, named by its name and by its id, is one.
        var different = accounts.Where(a => !a.IsMissing).Select(a => a.Id ?? a.Named).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (different < Recommended && faults.Count == 0) faults.Add($"{Shown(accounts[0])} is the only one, and Microsoft advises to have two or more");
        if (faults.Count > 0)
        {
            var good = Replaced(accounts);
            return CheckResult.Fail($"{string.Join("; ", faults)}.", $"Mend or replace them, and name two or more that work when you connect.{SignInCommands.EmergencyAdvice(tenant, good)}",
                SignInCommands.WithEmergencyAccounts(tenant, good, facts.Capabilities));
        }
        var open = accounts.FirstOrDefault(a => a.IsEnabled is null);
        return open is null
            ? CheckResult.Pass($"{string.Join(", ", accounts.Select(Shown))}: found, enabled, and of this directory alone. {NotLookedAt}")
            : CheckResult.Unknown(open.Reason is { } reason ? $"{Shown(open)} could not be read. {reason}" : $"Whether {Shown(open)} is enabled does not show.", open.Reason is null ? PermissionRule.Advice(tenant, ["User.Read.All"]) : "See the check Permission.",
                open.Reason is null ? SignInCommands.WithPermissions(tenant, ["User.Read.All"], facts.Capabilities) : null);
    }

    private static string? Fault(EmergencyAccountState account) => account switch
    {
        { IsMissing: true } => "is not in the directory",
        { IsEnabled: false } => "is disabled",
        { IsGuest: true } => "is a guest, whose own directory decides whether it can sign in",
        { IsSynchronised: true } => "is synchronised from on premises, and would be lost with the directory there",
        _ => null,
    };

    private static string Shown(EmergencyAccountState account) => DisplayText.Neutralise(account.Named);

    /// <summary>Those that are good, and room for as many as are missing.</summary>
    private static List<string> Replaced(IReadOnlyList<EmergencyAccountState> accounts)
    {
        var good = accounts.Where(a => Fault(a) is null).GroupBy(a => a.Id ?? a.Named, StringComparer.OrdinalIgnoreCase).Select(g => g.First().Named).ToList();
        while (good.Count < Recommended) good.Add(Placeholders[good.Count]);
        return good;
    }
}
