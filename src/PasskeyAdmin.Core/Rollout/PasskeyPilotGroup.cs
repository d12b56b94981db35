namespace PasskeyAdmin.Rollout;

/// <summary>How the members of a group use an application. Where the group could not be read, all of its numbers are null.</summary>
public sealed class PasskeyPilotGroup
{
    internal PasskeyPilotGroup(PilotGroup group, int? member, PilotCount? count)
    {
        (Name, Id, Member) = (DisplayText.Neutralise(group.Name), group.Id, member);
        if (count is null) return;
        User = count.User;
        PhishingResistantUser = count.PhishingResistantUser;
        NotResistantUser = count.NotResistantUser;
        SignIn = count.SignIns.SignIn;
        PhishingResistant = count.SignIns.PhishingResistant;
        PhishingResistantShare = count.SignIns.PhishingResistantShare;
    }

    /// <summary>Safe to show; the id where the name could not be read.</summary>
    public string Name { get; }

    /// <summary>The object id.</summary>
    public string Id { get; }

    /// <summary>How many users are in it, through other groups as well.</summary>
    public int? Member { get; }

    /// <summary>How many of them signed in to the application; guests are not counted.</summary>
    public int? User { get; }

    /// <summary>How many of these were seen to sign in phishing-resistantly, to any application.</summary>
    public int? PhishingResistantUser { get; }

    /// <summary>Their successful sign-ins to the application.</summary>
    public int? SignIn { get; }

    /// <summary>Those of the sign-ins that were phishing-resistant.</summary>
    public int? PhishingResistant { get; }

    /// <summary>Phishing-resistant ones of those of which it is known, between 0 and 1; null where it is known of none.</summary>
    public double? PhishingResistantShare { get; }

    /// <summary>Users of whom it is known how they sign in, and that it was never phishing-resistant.</summary>
    internal int? NotResistantUser { get; }

    public override string ToString() => Name;
}
