using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Prerequisites;

/// <summary>
/// reference/graph-passkey-policy.md §1 and §9 [D]. Profiles add up, so one that allows everything can have widened what an administrator kept narrow; whether
/// Microsoft makes a profile of its own for that, or takes one that is there, is not known.
/// </summary>
internal sealed class PasskeysByDefaultRule(PrerequisiteDate date, PrerequisiteDate endOfOptOut) : DateRule(date)
{
    public const string Key = "PasskeysByDefault";

    private const string Managed = "default";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.Methods.Judge(methods =>
    {
        if (facts.Now < day) return Before(facts, methods);
        return facts.Policy.Judge(policy =>
        {
            var wide = policy.Profile.Where(p => IsWide(p) && p.Target.Count > 0).ToList();
            if (wide.Count == 0) return CheckResult.Pass("No profile that reaches anybody allows every passkey, so nothing was widened.");
            if (IsOptedOut(facts)) return CheckResult.Pass($"The tenant has opted out, which holds until {LastDay}. Profiles that allow every passkey: {Names(wide)}.");
            return CheckResult.Unknown($"{Names(wide)} {(wide.Count == 1 ? "allows" : "allow")} every passkey, for {string.Join(", ", wide.SelectMany(p => p.Target).Select(t => t.DisplayName).Distinct())}; whether an administrator or Microsoft wanted that does not show. "
                + $"{methods.Phone.Evidence} {Campaign(methods)}", "Look whether the profiles reach whom you meant.", "Get-PasskeyProfileTarget");
        });
    });

    private CheckResult Before(PrerequisiteFacts facts, MethodsPolicy methods) => methods.Phone.IsUsed switch
    {
        false => CheckResult.Pass(methods.Phone.Evidence),
        null => CheckResult.Unknown(methods.Phone.Evidence),
        true when IsOptedOut(facts) => CheckResult.Pass($"{methods.Phone.Evidence} The tenant has opted out, which holds until {LastDay}."),
        true => CheckResult.Fail(methods.Phone.Evidence, "Take users out of SMS and voice, or opt out (Microsoft Graph beta: optOutSettings of the authentication methods policy); opting out ends with SMS and voice themselves."),
    };

    private string LastDay => endOfOptOut.In("Global")!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool IsOptedOut(PrerequisiteFacts facts) => facts.Now < endOfOptOut.In("Global") && facts.IsOptedOut is { IsRead: true, Value: true };

    private static string Campaign(MethodsPolicy methods) =>
        methods.CampaignState is { } state ? $"The registration campaign is {(state == Managed ? "Microsoft managed" : DisplayText.Excerpt(state, 50))}." : "The state of the registration campaign does not show.";

    private static string Names(IEnumerable<PasskeyProfile> profiles) => string.Join(", ", profiles.Select(p => $"'{p.Name}'"));

    private static bool IsWide(PasskeyProfile profile) =>
        profile is { PasskeyType: (PasskeyTypes.DeviceBound | PasskeyTypes.Synced), Attestation: PasskeyAttestation.Disabled, Restriction: KeyRestrictionKind.None };
}
