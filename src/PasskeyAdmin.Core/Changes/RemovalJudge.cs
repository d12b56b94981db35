using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>What a user has left when some passkeys are gone.</summary>
internal enum RemovalVerdict
{
    /// <summary>Another phishing-resistant method is left that works.</summary>
    KeepsOne,

    /// <summary>None of the passkeys works under the present policy, and another one stays registered: nothing is lost.</summary>
    TakesNothing,

    /// <summary>None is left.</summary>
    TakesLast,

    /// <summary>Something that it hinges on is not known.</summary>
    Unknown,
}

/// <summary>
/// Whether removing passkeys takes the last phishing-resistant method from their user. What is left counts as far as the present policy lets it in. But where nothing is left that is registered, it is the
/// last one whether it works today or not: a policy can be changed back, and a removed passkey cannot be restored. Pure.
/// </summary>
internal static class RemovalJudge
{
    /// <summary>Whether it hinges on other methods than passkeys.</summary>
    public static bool NeedsOthers(IReadOnlyList<PasskeyRegistration> taken, IReadOnlyList<PasskeyRegistration> kept) => !TakesNothing(taken, kept) && !kept.Any(Works);

    /// <param name="others">Null where they were not read, as nothing hinges on them.</param>
    /// <returns>The verdict, and for one that is refused the reason in a sentence.</returns>
    public static (RemovalVerdict Verdict, string? Reason) Judge(IReadOnlyList<PasskeyRegistration> taken, IReadOnlyList<PasskeyRegistration> kept, OtherMethods? others)
    {
        if (kept.Any(Works) || others?.HasAny == true) return (RemovalVerdict.KeepsOne, null);
        if (TakesNothing(taken, kept)) return (RemovalVerdict.TakesNothing, null);
        if (kept.FirstOrDefault(MayWork) is { } open) return (RemovalVerdict.Unknown, $"Whether another passkey that the user keeps ({open.Provider}) works is not known: {GuardWords.Sentence(open.UsableReason)}");
        if (others?.HasAny is null) return (RemovalVerdict.Unknown, $"Whether the user has another phishing-resistant method is not known. {others?.OpenReason}".TrimEnd());
        return (RemovalVerdict.TakesLast, (taken.Any(Works), taken.Count(MayWork)) switch
        {
            (true, 1) => "It is the last phishing-resistant method of the user.",
            (true, _) => "Together these are all phishing-resistant methods of the user. Name fewer of them with -Id.",
            (false, 0) => "Nothing phishing-resistant would stay registered. The present policy lets none of the passkeys of the user in, but a policy can be changed back, and a removed passkey cannot be restored.",
            (false, 1) => "The user has no other phishing-resistant method. Whether it works under the present policy is not known.",
            _ => "Together these may be all phishing-resistant methods of the user. Whether they work under the present policy is not known: name fewer of them with -Id.",
        });
    }

    private static bool TakesNothing(IReadOnlyList<PasskeyRegistration> taken, IReadOnlyList<PasskeyRegistration> kept) => taken.Count == 0 || (kept.Count > 0 && !taken.Any(MayWork));

    public static bool MayWork(PasskeyRegistration passkey) => passkey.Usable is not PasskeyAnswer.No;

    public static bool Works(PasskeyRegistration passkey) => passkey.Usable is PasskeyAnswer.Yes;
}
