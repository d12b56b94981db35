namespace PasskeyAdmin.Rollout;

/// <summary>Whether an application is one to pilot phishing-resistant sign-in with.</summary>
public enum PilotSuitability
{
    /// <summary>Too little is known.</summary>
    NotKnown,

    /// <summary>Most of its users have signed in phishing-resistantly already.</summary>
    Candidate,

    /// <summary>With a group of its users, of whom more have than of all; or because all of them are too many for a pilot.</summary>
    GroupCandidate,

    /// <summary>Half of its users or more use weaker methods only.</summary>
    NotYet,

    /// <summary>It is demanded of everybody already.</summary>
    Demanded,

    /// <summary>It is where people register their methods.</summary>
    NotForPilot,
}
