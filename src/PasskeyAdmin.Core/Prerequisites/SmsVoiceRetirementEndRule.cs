using System;

namespace PasskeyAdmin.Prerequisites;

/// <summary>reference/graph-passkey-policy.md §9 [D]: those who may keep SMS and voice for five months longer.</summary>
internal sealed class SmsVoiceRetirementEndRule(PrerequisiteDate date) : DateRule(date)
{
    public const string Key = "SmsVoiceRetirementEnd";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.Methods.Judge(methods => methods.Phone switch
    {
        { IsUsed: true, ReachesAllUsers: true } => CheckResult.Fail($"{methods.Phone.Evidence} Global Administrators and external users are among them.", SmsVoiceRetirementRule.Advice),
        { IsUsed: true } => CheckResult.Unknown($"{methods.Phone.Evidence} Whether Global Administrators or external users are among them was not looked up.", "Look who is in these groups."),
        { IsUsed: false } => CheckResult.Pass(methods.Phone.Evidence),
        _ => CheckResult.Unknown(methods.Phone.Evidence),
    });
}
