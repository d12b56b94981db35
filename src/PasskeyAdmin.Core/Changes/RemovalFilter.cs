using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Which passkeys are meant: those of which everything that is asked holds. What is not known of one means that it is left alone. Pure.</summary>
internal sealed record RemovalFilter
{
    private const PasskeyTypes AllTypes = PasskeyTypes.DeviceBound | PasskeyTypes.Synced;

    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    /// <summary>The models that are meant; null for all.</summary>
    public HashSet<Guid>? Models { get; init; }

    /// <summary><see cref="PasskeyTypes.None"/> for all.</summary>
    public PasskeyTypes Types { get; init; }

    /// <summary>Only those that the present policy does not let in.</summary>
    public bool IsNotAllowed { get; init; }

    /// <summary>Only those that were not used for so long; null for all.</summary>
    public TimeSpan? UnusedFor { get; init; }

    /// <summary>
    /// Whether it is a choice at all: all models that there are, all types, or less than a day (which is what becomes of a number of days where PowerShell takes it for ten-millionths of a second) leave out
    /// nobody to speak of.
    /// </summary>
    public bool Narrows(ProviderCatalog catalog) =>
        IsNotAllowed || UnusedFor >= ADay || (Types is not PasskeyTypes.None && !Types.HasFlag(AllTypes)) || (Models is { } models && catalog.Providers.SelectMany(p => p.Authenticator).Any(a => !models.Contains(a.AaGuid)));

    /// <returns>Whether it is meant; null with what is not known of it, as a sentence goes on after "because".</returns>
    public (bool? IsMeant, string? Open) Match(PasskeyRegistration passkey, DateTimeOffset now)
    {
        (bool? IsMeant, string? Open) match = (true, null);
        foreach (var (holds, open) in new[] { ByModel(passkey), ByType(passkey), ByPolicy(passkey), ByUse(passkey, now) })
        {
            if (holds == false) return (false, null);
            if (holds is null) match = (null, match.Open ?? open);
        }
        return match;
    }

    private (bool?, string?) ByModel(PasskeyRegistration passkey) => Models is null ? (true, null) : passkey.AaGuid is { } aaGuid ? (Models.Contains(aaGuid), null) : (null, "the AAGUID is not known");

    private (bool?, string?) ByType(PasskeyRegistration passkey) => Types is PasskeyTypes.None ? (true, null) : passkey.PasskeyType is PasskeyTypes.None ? (null, "the type is not known") : (Types.HasFlag(passkey.PasskeyType), null);

    private (bool?, string?) ByPolicy(PasskeyRegistration passkey) => !IsNotAllowed ? (true, null) : passkey.Usable switch
    {
        PasskeyAnswer.No => (true, null),
        PasskeyAnswer.Yes => (false, null),
        _ => (null, "what the present policy makes of it is not known"),
    };

    /// <summary>That there is no date of the last use may mean that it was never used, or that nobody knows (reference/graph-users-and-usage.md §1): nothing follows from it.</summary>
    private (bool?, string?) ByUse(PasskeyRegistration passkey, DateTimeOffset now)
    {
        if (UnusedFor is not { } span) return (true, null);
        if (passkey.CreatedAt > now - span || passkey.LastUsedAt > now - span) return (false, null);
        return passkey.LastUsedAt is null ? (null, "the last use is not known") : (true, null);
    }
}
