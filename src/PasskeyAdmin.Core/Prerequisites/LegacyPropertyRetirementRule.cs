using System;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>reference/graph-passkey-policy.md §1 [M]: in a tenant without profiles, these properties are all that there is.</summary>
internal sealed class LegacyPropertyRetirementRule(PrerequisiteDate date) : DateRule(date)
{
    public const string Key = "LegacyPropertyRetirement";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.JudgeProfiles(policy => policy.ProfilesEnrolled is ProfileEnrolment.Yes
        ? CheckResult.Pass("The profiles hold the settings. Scripts of yours that read the old ones have to change.")
        : CheckResult.Fail("The tenant has no profiles: attestation and AAGUIDs stand in the old settings only.", "Enrol in passkey profiles before that: see the check ProfilesEnrolled."));
}
