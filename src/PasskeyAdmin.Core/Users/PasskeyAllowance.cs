using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>What a policy lets a user do with one kind of passkey, or with one model.</summary>
public sealed class PasskeyAllowance
{
    internal PasskeyAllowance(PasskeyTypes type, string? provider, PasskeyUse registration, PasskeyUse signIn)
    {
        PasskeyType = type;
        Provider = provider;
        MayRegister = registration.Answer;
        MaySignIn = signIn.Answer;
        RegisterReason = registration.Reason;
        SignInReason = signIn.Reason;
        Profile = new JoinedList<string>(signIn.Profiles.Concat(registration.Profiles).Select(p => p.Name).Distinct());
    }

    /// <summary><see cref="PasskeyTypes.None"/> where the type of a model is not known.</summary>
    public PasskeyTypes PasskeyType { get; }

    /// <summary>The type in words.</summary>
    public string PasskeyTypeName => PasskeyType is PasskeyTypes.None ? "Unknown" : PasskeyType.ToString();

    /// <summary>Which providers pass, in words; or the model that was asked about. Null where none passes for certain.</summary>
    public string? Provider { get; }

    /// <summary>The AAGUID that was asked about; null where none was.</summary>
    public Guid? AaGuid { get; internal init; }

    public PasskeyAnswer MayRegister { get; }

    public PasskeyAnswer MaySignIn { get; }

    public string RegisterReason { get; }

    public string SignInReason { get; }

    /// <summary>The names of the profiles that allow it.</summary>
    public IReadOnlyList<string> Profile { get; }

    public override string ToString() => $"{PasskeyTypeName}{(Provider is null ? "" : $", {Provider}")}: register {MayRegister}, sign in {MaySignIn}";
}
