using System;

namespace PasskeyAdmin.Users;

/// <summary>Whether Conditional Access takes a method on every sign-in.</summary>
/// <param name="IsTaken">Null where it is not known.</param>
/// <param name="Reason">Why, in a sentence, where it is not yes.</param>
internal sealed record MethodTaking(bool? IsTaken, string Reason = "")
{
    public static readonly MethodTaking Yes = new(true);
}

/// <summary>What Conditional Access takes of somebody on every sign-in: a method that it does not take brings nobody back.</summary>
/// <param name="Passkey">By the model; null for one that is not known.</param>
/// <param name="OnDevices">Windows Hello for Business, and the platform credential of macOS.</param>
/// <param name="Certificate">One that counts as two factors.</param>
internal sealed record TakenMethods(Func<Guid?, MethodTaking> Passkey, MethodTaking OnDevices, MethodTaking Certificate)
{
    public static readonly TakenMethods All = new(_ => MethodTaking.Yes, MethodTaking.Yes, MethodTaking.Yes);

    public static TakenMethods Unknown(string reason)
    {
        var unknown = new MethodTaking(null, reason);
        return new TakenMethods(_ => unknown, unknown, unknown);
    }
}
