using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Prerequisites;

/// <summary>
/// reference/graph-passkey-policy.md §1 and §9 [D]. Profiles add up, so one that allows all types can have widened what an administrator kept narrow; whether
/// Microsoft makes a profile of its own for that, or takes one that is there, and when it comes to whom, is not known.
/// </summary>
internal sealed class PasskeysByDefaultRule(PrerequisiteDate date, PrerequisiteDate endOfOptOut) : DateRule(date)
{
    public const string Key = "PasskeysByDefault";

    private const string Managed = "default";
    private const string Targets = "Get-PasskeyProfileTarget";
    private const string Leave = "Take users out of SMS and voice.";
    private const string LeaveOrOptOut = "Take users out of SMS and voice, or opt out (Microsoft Graph beta: optOutSettings of the authentication methods policy); opting out ends with SMS and voice themselves.";
    private const string Look = "Look whether the profiles reach whom you meant, and no others.";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.Methods.Judge(methods =>
    {
        var phone = methods.Phone(facts.People);
        // What can come of it hangs on all of these: each branch shows them.
        var seen = $"{phone.Evidence} {OptOutOf(facts)} {Campaign(methods)}";
        if (facts.Now < day) return Before(facts, phone, seen);
        return facts.Policy.Judge(policy => After(facts, policy, phone, seen));
    });

    private CheckResult Before(PrerequisiteFacts facts, PhoneMethods phone, string seen) => phone.IsUsed switch
    {
        _ when IsOptedOut(facts) => CheckResult.Pass(seen),
        false => CheckResult.Pass(seen),
        null => CheckResult.Unknown(seen, SmsVoiceRetirementRule.WhereToLook(phone)),
        true => CheckResult.Fail(seen, Remedy(facts)),
    };

    private CheckResult After(PrerequisiteFacts facts, PasskeyPolicy policy, PhoneMethods phone, string seen)
    {
        var reaching = policy.Profile.Where(p => p.Target.Any(t => t.Status is not TargetStatus.NotFound)).ToList();
        var wide = reaching.FindAll(p => p.PasskeyType is (PasskeyTypes.DeviceBound | PasskeyTypes.Synced));
        var open = reaching.FindAll(p => !wide.Contains(p) && p.PasskeyTypeName != p.PasskeyType.ToString());
        var profiles = policy.ProfilesEnrolled is ProfileEnrolment.No ? "The tenant has no profiles."
            : wide.Count > 0 ? $"{Names(wide)} {(wide.Count == 1 ? "allows" : "allow")} all types of passkeys, for {string.Join(", ", wide.SelectMany(p => p.Target).Select(t => t.DisplayName).Distinct())}."
            : open.Count > 0 ? $"{Names(open)} {(open.Count == 1 ? "has" : "have")} types of passkeys that this version does not know."
            : "No profile that is meant for anybody allows all types of passkeys.";
        if (IsOptedOut(facts)) return CheckResult.Pass($"{seen} {profiles}");
        if (wide.Count > 0) return CheckResult.Unknown($"{profiles} Whether an administrator or Microsoft wanted that does not show. {seen}", phone.IsUsed == false ? Look : $"{Look} {Remedy(facts)}", Targets);
        if (open.Count > 0) return CheckResult.Unknown($"{profiles} {seen}", Look, Targets);
        return phone.IsUsed switch
        {
            false => CheckResult.Pass($"{seen} {profiles}"),
            null => CheckResult.Unknown($"{seen} {profiles}", SmsVoiceRetirementRule.WhereToLook(phone)),
            // Microsoft acts in its own time: that nothing has come yet does not say that nothing will.
            true => CheckResult.Unknown($"{seen} {profiles} That may still come.", $"{Remedy(facts)} {Look}", Targets),
        };
    }

    private string LastDay => endOfOptOut.In("Global")!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Remedy(PrerequisiteFacts facts) => facts.Now < endOfOptOut.In("Global") ? LeaveOrOptOut : Leave;

    private bool IsOptedOut(PrerequisiteFacts facts) => facts.Now < endOfOptOut.In("Global") && facts.IsOptedOut is { IsRead: true, Value: true };

    private string OptOutOf(PrerequisiteFacts facts) => facts.IsOptedOut switch
    {
        { IsRead: false } => "Whether the tenant has opted out is not known.",
        { Value: false } => "The tenant has not opted out.",
        _ => facts.Now < endOfOptOut.In("Global") ? $"The tenant has opted out, which holds until {LastDay}." : $"The tenant had opted out, which ended on {LastDay}.",
    };

    private static string Campaign(MethodsPolicy methods) => methods.CampaignState is { } state
        ? $"The registration campaign is {(state == Managed ? "Microsoft managed" : DisplayText.Excerpt(state, 50))}."
        : "The state of the registration campaign does not show.";

    private static string Names(IEnumerable<PasskeyProfile> profiles) => string.Join(", ", profiles.Select(p => $"'{p.Name}'"));
}
