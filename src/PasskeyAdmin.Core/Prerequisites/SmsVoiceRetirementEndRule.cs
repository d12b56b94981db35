using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>reference/graph-passkey-policy.md §9 [D]: those who may keep SMS and voice for five months longer.</summary>
internal sealed class SmsVoiceRetirementEndRule(PrerequisiteDate date) : DateRule(date)
{
    public const string Key = "SmsVoiceRetirementEnd";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, DateTimeOffset day) => facts.Methods.Judge(methods => methods.Phone(facts.People) switch
    {
        { IsUsed: true, ReachesAllUsers: true } phone => CheckResult.Fail($"{phone.Evidence} Global Administrators and external users are among them.", SmsVoiceRetirementRule.Advice),
        { IsUsed: true } phone => OfGroups(phone, facts.People),
        { IsUsed: false } phone => CheckResult.Pass(phone.Evidence),
        var phone => CheckResult.Unknown(phone.Evidence, SmsVoiceRetirementRule.WhereToLook(phone)),
    });

    private static CheckResult OfGroups(PhoneMethods phone, IReadOnlyDictionary<string, GroupPeople> people)
    {
        var groups = phone.Targets.Select(t => (Target: t, People: people.TryGetValue(t.Id, out var found) ? found : null)).ToList();
        var guests = groups.Where(g => g.People?.HasGuests == true).Select(g => g.Target.Labelled).Distinct().ToList();
        var administrators = groups.Where(g => g.People?.HasGlobalAdministrators == true).Select(g => g.Target.Labelled).Distinct().ToList();
        if (guests.Count > 0 || administrators.Count > 0)
        {
            return CheckResult.Fail($"{phone.Evidence}{(administrators.Count > 0 ? $" Global Administrators are in {string.Join(", ", administrators)}." : "")}{(guests.Count > 0 ? $" Guests are in {string.Join(", ", guests)}." : "")}",
                SmsVoiceRetirementRule.Advice);
        }
        return groups.TrueForAll(g => g.People is { HasGuests: false, HasGlobalAdministrators: false })
            ? CheckResult.Pass($"{phone.Evidence} No guests are among them, and no Global Administrators whose role is active now.")
            : CheckResult.Unknown($"{phone.Evidence} Whether Global Administrators or external users are among them could not be read.", "See the check Permission, and look who is in these groups.");
    }
}
