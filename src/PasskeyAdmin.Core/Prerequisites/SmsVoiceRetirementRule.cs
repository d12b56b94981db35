using System;

namespace PasskeyAdmin.Prerequisites;

/// <summary>reference/graph-passkey-policy.md §9 [D].</summary>
internal sealed class SmsVoiceRetirementRule(PrerequisiteDate date) : DateRule(date)
{
    public const string Key = "SmsVoiceRetirement";

    public const string Advice = "Bring these users to passkeys or another phishing-resistant method and switch SMS and voice off, or contract a telephony provider of your own (Microsoft Security Store).";

    private const string OldSettings = "Finish the migration of the old settings: Entra admin centre > Entra ID > Authentication methods > Policies > Manage migration.";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.Methods.Judge(methods => methods.Phone.IsUsed switch
    {
        true => CheckResult.Fail(methods.Phone.Evidence, Advice),
        false => CheckResult.Pass(methods.Phone.Evidence),
        null => CheckResult.Unknown(methods.Phone.Evidence, methods.Phone.HasOldSettings ? OldSettings : null),
    });
}
