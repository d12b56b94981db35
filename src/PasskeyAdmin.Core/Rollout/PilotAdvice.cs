using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Rollout;

/// <summary>
/// Whether to pilot an application, with the reason. Phishing-resistant sign-in that is demanded stops whoever has no such method; so what decides is how many of the people who use it were
/// seen to have one, and the line is where most of them do: more go on as before than are stopped. What is not known counts for neither side.
/// </summary>
internal sealed record PilotAdvice(PilotSuitability Suitability, string Text)
{
    /// <summary>Of fewer people nothing can be learnt; the same as in the rule PK305.</summary>
    public const int FewestUsers = 5;

    /// <summary>A pilot has 100 to 500 people (reference/adoption-and-troubleshooting.md §1.2).</summary>
    public const int LargestPilot = 500;

    public static PilotAdvice Of(string applicationId, PilotCount all, IReadOnlyList<PasskeyPilotGroup> groups, bool? isDemandedOfAll)
    {
        if (applicationId.Equals(ConditionalAccessPolicy.SecurityInformation, StringComparison.OrdinalIgnoreCase)) return new(PilotSuitability.NotForPilot, "Not for a pilot: people register their methods here, and a demand would keep out whoever has none yet.");
        if (isDemandedOfAll == true) return new(PilotSuitability.Demanded, "Phishing-resistant sign-in is demanded here already, of everybody but those whom the policy leaves out.");
        var advice = OfPeople(all, groups);
        return isDemandedOfAll is null && advice.Suitability is not PilotSuitability.NotKnown ? advice with { Text = $"{advice.Text} Whether it is demanded of all users already is not known." } : advice;
    }

    private static PilotAdvice OfPeople(PilotCount all, IReadOnlyList<PasskeyPilotGroup> groups)
    {
        if (all.SignIns.PhishingResistantShare is null) return NotKnown(all.SignIns.SignIn == 0 ? "Nobody of the tenant signed in here with success." : $"Too little is known: of {Count(all.SignIns.SignIn, "sign-in")} the log says of none how it was.");
        if (all.User < FewestUsers) return NotKnown($"Too few people to learn from: {Count(all.User, "user")}.");
        var seen = $"{N(all.PhishingResistantUser)} of its {N(all.User)} users have signed in phishing-resistantly";
        var isMost = all.PhishingResistantUser * 2 > all.User;
        if (BestOf(groups) is { User: { } users, PhishingResistantUser: { } resistant } best && (!isMost || all.User > LargestPilot || (long)resistant * all.User > (long)all.PhishingResistantUser * users))
            return new(PilotSuitability.GroupCandidate, $"Pilot it with the group {best.Name}: {N(resistant)} of the {N(users)} users there have signed in phishing-resistantly{Rest(users, resistant)}. Of all its {N(all.User)} users {N(all.PhishingResistantUser)} have.");
        if (isMost) return all.User <= LargestPilot ? new(PilotSuitability.Candidate, $"Pilot candidate: {seen}{Rest(all.User, all.PhishingResistantUser)}.") : new(PilotSuitability.GroupCandidate, $"Pilot it with a group: {seen}, and a pilot has {LargestPilot} people at most.");
        return all.NotResistantUser * 2 >= all.User
            ? new(PilotSuitability.NotYet, $"Not yet: {seen}; {N(all.NotResistantUser)} were seen with weaker methods only and may be stopped.")
            : NotKnown($"Too little is known: {seen}, and of {N(all.User - all.PhishingResistantUser - all.NotResistantUser)} the log does not say how.");
    }

    /// <summary>The group of the size of a pilot of which most have a method, the largest share first.</summary>
    private static PasskeyPilotGroup? BestOf(IReadOnlyList<PasskeyPilotGroup> groups) =>
        groups.Where(g => g.User is >= FewestUsers and <= LargestPilot && g.PhishingResistantUser * 2 > g.User).OrderByDescending(g => (double)g.PhishingResistantUser! / g.User!).ThenByDescending(g => g.User).FirstOrDefault();

    private static string Rest(int users, int resistant) => users == resistant ? ", so hardly anybody should be stopped" : $"; {N(users - resistant)} may need a method first";

    private static PilotAdvice NotKnown(string text) => new(PilotSuitability.NotKnown, text);

    private static string Count(int count, string one) => $"{N(count)} {one}{(count == 1 ? "" : "s")}";

    private static string N(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
