using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rollout;

/// <summary>An application that people sign in to, and how: whether it is one to pilot phishing-resistant sign-in with.</summary>
public sealed class PasskeyPilotApplication
{
    internal PasskeyPilotApplication(ApplicationTally application, PilotCount count, IReadOnlyList<PasskeyPilotGroup> groups, PilotDemand demand, PilotExtent extent)
    {
        Name = DisplayText.Neutralise(application.Name);
        ApplicationId = DisplayText.Neutralise(application.Id);
        SignIn = count.SignIns.SignIn;
        Failed = application.Failed;
        User = count.User;
        Guest = application.Guests.Count;
        GuestSignIn = application.GuestSignIn;
        PhishingResistant = count.SignIns.PhishingResistant;
        PasskeySignIn = count.SignIns.Passkey;
        Other = count.SignIns.Other;
        NotKnown = count.SignIns.NotKnown;
        PhishingResistantShare = count.SignIns.PhishingResistantShare;
        PhishingResistantUser = count.PhishingResistantUser;
        NotResistantUser = count.NotResistantUser;
        Group = new JoinedList<PasskeyPilotGroup>(groups);
        HasDemand = demand.OfAnybody;
        HasDemandOfAll = demand.OfAll;
        DemandPolicy = new JoinedList<string>(demand.Policies.Select(DisplayText.Neutralise));
        LastSignIn = application.Last;
        (Suitability, Advice) = PilotAdvice.Of(application.Id, count, groups, demand.OfAll);
        (Since, IsWhole, NotRead, TenantId) = (extent.Log.Since, extent.Log.IsWhole, new JoinedList<string>(extent.NotRead), extent.TenantId);
    }

    /// <summary>As the log has it, safe to show; the id where it has none.</summary>
    public string Name { get; }

    /// <summary>The client id.</summary>
    public string ApplicationId { get; }

    /// <summary>Successful sign-ins of members of the tenant: <see cref="PhishingResistant"/>, <see cref="Other"/> and <see cref="NotKnown"/> together.</summary>
    public int SignIn { get; }

    /// <summary>Sign-ins of members that did not end well; one that was asked for something more and then went on is among them.</summary>
    public int Failed { get; }

    /// <summary>Different members with a successful sign-in.</summary>
    public int User { get; }

    /// <summary>Different guests with a successful sign-in. They count nowhere else: how they signed in, their own tenant knows.</summary>
    public int Guest { get; }

    /// <summary>Successful sign-ins of guests.</summary>
    public int GuestSignIn { get; }

    /// <summary>Sign-ins with a phishing-resistant step.</summary>
    public int PhishingResistant { get; }

    /// <summary>Those of them with a passkey.</summary>
    public int PasskeySignIn { get; }

    /// <summary>Sign-ins without one.</summary>
    public int Other { get; }

    /// <summary>Sign-ins of which the log does not say, as where an earlier one was good enough.</summary>
    public int NotKnown { get; }

    /// <summary>Phishing-resistant ones of those of which it is known, between 0 and 1; null where it is known of none.</summary>
    public double? PhishingResistantShare { get; }

    /// <summary>Users who were seen to sign in phishing-resistantly, to this or any other application: at least so many can.</summary>
    public int PhishingResistantUser { get; }

    /// <summary>Users of whom the log says how they signed in, here or elsewhere, and that it was never phishing-resistant. Of the rest it does not say.</summary>
    public int NotResistantUser { get; }

    /// <summary>Those users of all, between 0 and 1; null where there are none. It is the least that it can be.</summary>
    public double? PhishingResistantUserShare => User == 0 ? null : (double)PhishingResistantUser / User;

    /// <summary>How the members of groups use it, those with the most users first.</summary>
    public IReadOnlyList<PasskeyPilotGroup> Group { get; }

    /// <summary>Whether an enabled Conditional Access policy demands phishing-resistant sign-in of anybody here; null where that is not known.</summary>
    public bool? HasDemand { get; }

    /// <summary>Whether one demands it of all users, always and everywhere; null where that is not known. Exclusions are not looked into.</summary>
    public bool? HasDemandOfAll { get; }

    /// <summary>The names of the policies that do, safe to show.</summary>
    public IReadOnlyList<string> DemandPolicy { get; }

    /// <summary>The newest successful sign-in, in UTC; null where there is none.</summary>
    public DateTimeOffset? LastSignIn { get; }

    public PilotSuitability Suitability { get; }

    /// <summary>What to do, with the reason.</summary>
    public string Advice { get; }

    /// <summary>The oldest sign-in that was read, of any application, in UTC.</summary>
    public DateTimeOffset? Since { get; }

    /// <summary>False where there are more sign-ins in the time asked for than were read.</summary>
    public bool IsWhole { get; }

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> NotRead { get; }

    /// <summary>Null where the id of the tenant is not known.</summary>
    public string? TenantId { get; }

    public override string ToString() => Name;
}

/// <summary>What the numbers are of.</summary>
internal sealed record PilotExtent(SignInExtent Log, IReadOnlyList<string> NotRead, string? TenantId);
