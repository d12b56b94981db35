using System;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>reference/graph-passkey-policy.md §9 [D].</summary>
internal sealed class SmsVoiceRetirementRule(PrerequisiteDate date) : DateRule(date)
{
    public const string Key = "SmsVoiceRetirement";

    public const string Advice = "Bring these users to passkeys or another phishing-resistant method and switch SMS and voice off, or contract a telephony provider of your own (Microsoft Security Store).";

    private const string OldSettings = "Finish the migration of the old settings: Entra admin centre > Entra ID > Authentication methods > Policies > Manage migration.";

    /// <summary>Where nothing certain is known of them.</summary>
    public static string WhereToLook(PhoneMethods phone) => phone.HasOldSettings ? OldSettings : "Look at SMS and voice: Entra admin centre > Entra ID > Authentication methods > Policies. See the check Permission, too.";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.Methods.Judge(methods => methods.Phone(facts.People) switch
    {
        { IsUsed: true } phone => CheckResult.Fail(phone.Evidence, Advice),
        { IsUsed: false } phone => CheckResult.Pass(phone.Evidence),
        var phone => CheckResult.Unknown(phone.Evidence, WhereToLook(phone)),
    });
}
