using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Rollout;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Rollout;

public sealed class PilotAdviceTests
{
    private const string Application = "3a1e7ba2-8d45-4f69-8c23-e6b904d17f82";

    [Theory]
    [InlineData(6, 4, 0, "Candidate", "Pilot candidate: 6 of its 10 users have signed in phishing-resistantly; 4 may need a method first.")]
    [InlineData(10, 0, 0, "Candidate", "Pilot candidate: 10 of its 10 users have signed in phishing-resistantly, so hardly anybody should be stopped.")]
    [InlineData(6, 0, 4, "Candidate", "6 of its 10 users")]
    [InlineData(5, 5, 0, "NotYet", "Not yet: 5 of its 10 users have signed in phishing-resistantly; 5 were seen with weaker methods only and may be stopped.")]
    [InlineData(2, 5, 3, "NotYet", "5 were seen with weaker methods only")]
    [InlineData(5, 4, 1, "NotKnown", "Too little is known: 5 of its 10 users have signed in phishing-resistantly, and of 1 the log does not say how.")]
    [InlineData(0, 1, 9, "NotKnown", "of 9 the log does not say how")]
    [InlineData(4, 0, 0, "NotKnown", "Too few people to learn from: 4 users.")]
    [InlineData(1, 0, 0, "NotKnown", "Too few people to learn from: 1 user.")]
    [InlineData(5, 0, 0, "Candidate", "5 of its 5 users")]
    [InlineData(500, 0, 0, "Candidate", "500 of its 500 users")]
    [InlineData(501, 0, 0, "GroupCandidate", "Pilot it with a group: 501 of its 501 users have signed in phishing-resistantly, and a pilot has 500 people at most.")]
    [InlineData(400, 700, 0, "NotYet", "400 of its 1,100 users")]
    public void Most_of_its_people_decide(int resistant, int other, int notKnown, string suitability, string text) => Expect(suitability, text, Of(resistant, other, notKnown));

    [Theory]
    [InlineData("A 4+1", "GroupCandidate", "Pilot it with the group A: 4 of the 5 users there have signed in phishing-resistantly; 1 may need a method first. Of all its 20 users 11 have.")]
    [InlineData("A 3+2, B 5+0, C 4+1", "GroupCandidate", "the group B: 5 of the 5 users there have signed in phishing-resistantly, so hardly anybody should be stopped.")]
    [InlineData("A 5+0, B 7+0", "GroupCandidate", "the group B")]
    [InlineData("A 4+0", "Candidate", "Pilot candidate")] // Too few.
    [InlineData("A 11+9", "Candidate", "Pilot candidate")] // No better than all.
    [InlineData("A 501+0", "Candidate", "Pilot candidate")] // Too many for a pilot.
    [InlineData("A ?", "Candidate", "Pilot candidate")]
    public void A_group_is_better_where_more_of_it_have_a_method(string groups, string suitability, string text) => Expect(suitability, text, Of(11, 9, 0, Groups(groups)));

    [Fact]
    public void A_group_may_begin_where_the_rest_is_not_ready()
    {
        Expect("GroupCandidate", "the group A: 6 of the 9 users there", Of(6, 40, 0, Groups("A 6+3")));
        Expect("GroupCandidate", "the group A", Of(6, 0, 40, Groups("A 6+3")));
        Expect("NotYet", "Not yet", Of(6, 40, 0, Groups("A 5+5")));
        Expect("GroupCandidate", "the group A", Of(700, 0, 0, Groups("A 6+3")));
    }

    [Fact]
    public void Nothing_is_advised_where_nothing_is_known_of_its_sign_ins()
    {
        Expect("NotKnown", "Too little is known: of 9 sign-ins the log says of none how it was.", PilotAdvice.Of(Application, Count(9, 0, 0, SignInProof.NotKnown), Groups("A 9+0"), false));
        Expect("NotKnown", "Nobody of the tenant signed in here with success.", PilotAdvice.Of(Application, new PilotCount(), [], false));
    }

    [Fact]
    public void What_is_demanded_already_needs_no_pilot_and_what_is_not_known_is_said()
    {
        Expect("Demanded", "demanded here already", PilotAdvice.Of(Application, Count(6, 4, 0), [], true));
        Expect("Candidate", "may need a method first. Whether it is demanded of all users already is not known.", PilotAdvice.Of(Application, Count(6, 4, 0), [], null));
        Assert.DoesNotContain("Whether", PilotAdvice.Of(Application, Count(1, 0, 0), [], null).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_people_register_their_methods_there_is_no_pilot() =>
        Expect("NotForPilot", "people register their methods here", PilotAdvice.Of("19DB86C3-b2b9-44cc-b339-36da233a3be2", Count(9, 0, 0), [], true));

    private static void Expect(string suitability, string text, PilotAdvice advice)
    {
        Assert.Equal(suitability, advice.Suitability.ToString());
        Assert.Contains(text, advice.Text, StringComparison.Ordinal);
    }

    private static PilotAdvice Of(int resistant, int other, int notKnown, IReadOnlyList<PasskeyPilotGroup>? groups = null) => PilotAdvice.Of(Application, Count(resistant, other, notKnown), groups ?? [], false);

    private static PilotCount Count(int resistant, int other, int notKnown, SignInProof? all = null)
    {
        var count = new PilotCount();
        foreach (var (number, proof) in new[] { (resistant, SignInProof.PhishingResistant), (other, SignInProof.Other), (notKnown, SignInProof.NotKnown) })
            for (var i = 0; i < number; i++)
            {
                count.AddUser(proof);
                count.SignIns.Add(all ?? proof);
            }
        return count;
    }

    /// <summary>"A 4+1": a group of that name with 4 users who have a method and one who has none; "?" for one that was not read.</summary>
    private static List<PasskeyPilotGroup> Groups(string text) => [.. text.Split(", ").Select(g => (Name: g.Split(' ')[0], Numbers: g.Split(' ')[1])).Select(g =>
        g.Numbers == "?" ? new PasskeyPilotGroup(new PilotGroup("1", g.Name), null, null)
        : new PasskeyPilotGroup(new PilotGroup("1", g.Name), 9, Count(int.Parse(g.Numbers.Split('+')[0], null), int.Parse(g.Numbers.Split('+')[1], null), 0)))];
}
