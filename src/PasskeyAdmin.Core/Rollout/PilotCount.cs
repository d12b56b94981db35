using System;
using System.Collections.Generic;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rollout;

/// <summary>Successful sign-ins, by what was shown in them.</summary>
internal sealed class SignInCount
{
    public int Passkey { get; private set; }

    /// <summary>Those with a passkey among them.</summary>
    public int PhishingResistant { get; private set; }

    public int Other { get; private set; }

    public int NotKnown { get; private set; }

    public int SignIn => PhishingResistant + Other + NotKnown;

    public double? PhishingResistantShare => PhishingResistant + Other == 0 ? null : (double)PhishingResistant / (PhishingResistant + Other);

    public void Add(SignInProof proof)
    {
        if (proof is SignInProof.Passkey) Passkey++;
        if (proof >= SignInProof.PhishingResistant) PhishingResistant++;
        else if (proof is SignInProof.Other) Other++;
        else NotKnown++;
    }

    public void Add(SignInCount other)
    {
        Passkey += other.Passkey;
        PhishingResistant += other.PhishingResistant;
        Other += other.Other;
        NotKnown += other.NotKnown;
    }
}

/// <summary>People of an application and their sign-ins.</summary>
internal sealed class PilotCount
{
    public SignInCount SignIns { get; } = new();

    public int User { get; private set; }

    /// <summary>Those who were seen to sign in phishing-resistantly, wherever.</summary>
    public int PhishingResistantUser { get; private set; }

    /// <summary>Those of whom it is known how they sign in, and that it was never phishing-resistant.</summary>
    public int NotResistantUser { get; private set; }

    public void AddUser(SignInProof best)
    {
        User++;
        if (best >= SignInProof.PhishingResistant) PhishingResistantUser++;
        else if (best is SignInProof.Other) NotResistantUser++;
    }

    public void Add(PilotCount other)
    {
        SignIns.Add(other.SignIns);
        User += other.User;
        PhishingResistantUser += other.PhishingResistantUser;
        NotResistantUser += other.NotResistantUser;
    }
}

/// <summary>What the log has of one application. Members of the tenant and guests are counted apart: how a guest signed in, the guest's own tenant knows.</summary>
internal sealed class ApplicationTally(string id, string name)
{
    public string Id => id;

    /// <summary>As the newest sign-in has it.</summary>
    public string Name => name;

    /// <summary>By the number of those who are in the same groups (<see cref="GroupMembers"/>).</summary>
    public Dictionary<int, SignInCount> SignIns { get; } = [];

    public HashSet<Guid> Users { get; } = [];

    public HashSet<Guid> Guests { get; } = [];

    public int GuestSignIn { get; private set; }

    /// <summary>Sign-ins of members that did not succeed, or not at the first go.</summary>
    public int Failed { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public void Add(LoggedSignIn signIn, GroupMembers groups)
    {
        if (!signIn.IsSuccess)
        {
            if (!signIn.IsGuest) Failed++;
            return;
        }
        if (signIn.At is { } at && !(at < Last)) Last = at;
        if (signIn.IsGuest)
        {
            GuestSignIn++;
            if (signIn.User is { } guest) Guests.Add(guest);
            return;
        }
        if (signIn.User is { } user) Users.Add(user);
        var number = signIn.User is { } known ? groups.NumberOf(known) : GroupMembers.InNone;
        if (!SignIns.TryGetValue(number, out var count)) SignIns.Add(number, count = new SignInCount());
        count.Add(signIn.Proof);
    }
}
