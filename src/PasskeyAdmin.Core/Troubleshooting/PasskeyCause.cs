using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>A cause of what a user complains of, with the reason to think so and what to do next.</summary>
public sealed class PasskeyCause
{
    internal PasskeyCause(int rank, CauseConfidence confidence, CauseFinding finding)
    {
        Rank = rank;
        CauseId = finding.CauseId;
        Confidence = confidence;
        Summary = finding.Summary;
        Evidence = new JoinedList<PasskeyEvidence>(finding.Evidence);
        NextStep = new JoinedList<PasskeyNextStep>(finding.Steps);
    }

    /// <summary>1 for the first.</summary>
    public int Rank { get; }

    /// <summary>Stable, for scripts; about_PasskeyAdmin_Helpdesk lists them.</summary>
    public string CauseId { get; }

    public CauseConfidence Confidence { get; }

    /// <summary>The cause in a sentence that can be read out.</summary>
    public string Summary { get; }

    /// <summary>What was read that points to it.</summary>
    public IReadOnlyList<PasskeyEvidence> Evidence { get; }

    /// <summary>What to do, the best first: each is a way of its own.</summary>
    public IReadOnlyList<PasskeyNextStep> NextStep { get; }

    public override string ToString() => $"{CauseId} ({Confidence})";
}

/// <summary>Something that was read.</summary>
public sealed class PasskeyEvidence
{
    internal PasskeyEvidence(EvidenceSource source, string text, DateTimeOffset? at = null, string? objectId = null)
    {
        Source = source;
        Text = text;
        At = at;
        ObjectId = objectId;
    }

    public EvidenceSource Source { get; }

    /// <summary>When it happened, in UTC; null for a state.</summary>
    public DateTimeOffset? At { get; }

    public string Text { get; }

    /// <summary>The id of what it is about: of a profile, group, passkey, device, Conditional Access policy, sign-in or change; null where it has none.</summary>
    public string? ObjectId { get; }

    public override string ToString() => At is { } at ? $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {Text}" : Text;
}

/// <summary>What to do next.</summary>
public sealed class PasskeyNextStep
{
    internal PasskeyNextStep(string text, string? command = null, bool isForCaller = false)
    {
        Text = text;
        Command = command;
        IsForCaller = isForCaller;
    }

    public string Text { get; }

    /// <summary>A command that does it; null where there is none.</summary>
    public string? Command { get; }

    /// <summary>Whether it is for the user on the phone, who has to do it.</summary>
    public bool IsForCaller { get; }

    public override string ToString() => Command is null ? Text : $"{Text} {Command}";
}

/// <summary>A cause as a check finds it.</summary>
/// <param name="Stage">What it gets in the way of.</param>
/// <param name="Summary">A sentence, safe to show.</param>
internal sealed record CauseFinding(string CauseId, CauseConfidence Confidence, Stage Stage, string Summary)
{
    public IReadOnlyList<PasskeyEvidence> Evidence { get; init; } = [];

    public IReadOnlyList<PasskeyNextStep> Steps { get; init; } = [];

    /// <summary>When the newest entry of a log was made on which the confidence rests; null where it rests on a state.</summary>
    public DateTimeOffset? RestsOn { get; init; }

    /// <summary>Among causes of one confidence, the heavier one is first; see <see cref="Weights"/>.</summary>
    public int Weight { get; init; }
}

/// <summary>What makes one cause stand before another of the same confidence. An obstacle that comes first on the user's way hides those behind it.</summary>
internal static class Weights
{
    /// <summary>Nobody gets past it by anything, whatever else there is.</summary>
    public const int Shut = 80;

    /// <summary>A log entry of the trouble itself: that is what happened.</summary>
    public const int Event = 50;

    /// <summary>Nobody gets past it, whatever comes behind.</summary>
    public const int Gate = 40;

    /// <summary>It holds for everybody or for the user's groups.</summary>
    public const int Reach = 30;

    /// <summary>It is about what the user has.</summary>
    public const int Own = 20;

    /// <summary>Taken off an entry of a log since which something else has failed.</summary>
    public const int Overtaken = 20;

    /// <summary>A circumstance.</summary>
    public const int Circumstance = 10;
}
