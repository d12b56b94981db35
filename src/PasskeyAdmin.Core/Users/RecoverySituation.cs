using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>A passkey, as far as recovery asks.</summary>
/// <param name="Name">Safe to show.</param>
/// <param name="Type"><see cref="PasskeyTypes.None"/> where it is not known.</param>
/// <param name="Usable">Under the present policy.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record RecoveryPasskey(string Name, PasskeyTypes Type, PasskeyAnswer Usable, string Reason = "")
{
    /// <summary>In Windows Hello: then Windows Hello for Business may be on the same device.</summary>
    public const string Windows = "Windows";

    /// <summary>In a browser of a Mac: then the platform credential may be on the same device.</summary>
    public const string Mac = "Mac";

    /// <summary>Where it is kept, nobody tells: it may be on any device, but not on a security key that is known for one.</summary>
    public const string Anywhere = "Anywhere";

    /// <summary>What tells that two may be on one device, where it is the same: <see cref="Windows"/>, <see cref="Mac"/>, <see cref="Anywhere"/>, or a name that they share. Null for a thing of its own: a security key.</summary>
    public string? Device { get; init; }

    /// <summary>Whether Conditional Access takes it on every sign-in.</summary>
    public MethodTaking Taking { get; init; } = MethodTaking.Yes;
}

/// <summary>All that decides whether somebody can get back in. Null is "not known" everywhere.</summary>
internal sealed record RecoverySituation
{
    public bool? IsEnabled { get; init; }

    public bool? IsGuest { get; init; }

    /// <summary>Whether the user has a directory role, active now.</summary>
    public bool? IsAdministrator { get; init; }

    public IReadOnlyList<RecoveryPasskey>? Passkeys { get; init; }

    /// <summary>On which devices Windows Hello for Business and the platform credential of macOS are.</summary>
    public DeviceMethods? OnDevices { get; init; }

    /// <summary>Whether Conditional Access takes these on every sign-in.</summary>
    public MethodTaking OnDevicesTaking { get; init; } = MethodTaking.Yes;

    /// <summary>A certificate that counts as two factors. Where its key is, nobody tells.</summary>
    public bool? HasCertificate { get; init; }

    /// <summary>Whether Conditional Access takes it on every sign-in.</summary>
    public MethodTaking CertificateTaking { get; init; } = MethodTaking.Yes;

    /// <summary>Whether the policy lets the user have a Temporary Access Pass.</summary>
    public bool? IsPassAllowed { get; init; }

    /// <summary>Why not, or why that is not known, in a sentence.</summary>
    public string PassReason { get; init; } = "";

    /// <summary>Whether somebody else has, active now, a role that may issue the pass. Never false for certain: somebody may be eligible for one.</summary>
    public bool? HasIssuer { get; init; }

    /// <summary>Why that is not known, to put in brackets.</summary>
    public string IssuerReason { get; init; } = "";

    public bool? CanResetPassword { get; init; }

    /// <summary>Whether users may register passkeys themselves.</summary>
    public bool? SelfServiceRegistration { get; init; }

    /// <summary>Whether Conditional Access lets somebody with a pass get to the registration.</summary>
    public PassWay Road { get; init; } = new(null);

    /// <summary>The names of policies that say from which devices or places: what they ask is not looked at.</summary>
    public IReadOnlyList<string> Surroundings { get; init; } = [];

    /// <summary>Whether the policy lets the user register any passkey at all.</summary>
    public bool? MayRegister { get; init; }
}
