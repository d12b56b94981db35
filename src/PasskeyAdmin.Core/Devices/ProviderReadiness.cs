using System;

namespace PasskeyAdmin.Devices;

/// <summary>What one provider can do on a device.</summary>
public sealed class ProviderReadiness
{
    internal ProviderReadiness(string name, RequirementAnswer answer, ReadinessReason reason, string why, RequirementCell? cell)
    {
        Name = name;
        Answer = answer;
        Reason = reason;
        Why = why;
        Cell = cell;
    }

    public string Name { get; }

    /// <summary>Whether the device meets the requirement.</summary>
    public RequirementAnswer Answer { get; }

    public ReadinessReason Reason { get; }

    /// <summary>The reason in words.</summary>
    public string Why { get; }

    /// <summary>Null where the matrix has no cell for this provider on the device's platform.</summary>
    public SupportKind? Support => Cell?.Support;

    /// <summary>The version that was asked for; null where any will do or where there is no cell.</summary>
    public Version? MinimumVersion => Cell?.EffectiveMinimum;

    /// <summary>What else must be true, such as "in Chrome"; null where nothing.</summary>
    public string? Condition => Cell?.Condition;

    /// <summary>Where the requirement was published; null where there is none.</summary>
    public string? Source => Cell?.Source;

    internal RequirementCell? Cell { get; }

    internal bool IsBuiltIn => Answer is RequirementAnswer.Yes && Support is SupportKind.BuiltIn;

    internal bool IsBuiltInToChrome => Answer is RequirementAnswer.Yes && Support is SupportKind.BuiltInToChrome;

    /// <summary>What the provider alone would make of the device.</summary>
    internal ReadinessStatus Status => Answer switch
    {
        RequirementAnswer.Yes => IsBuiltIn || IsBuiltInToChrome ? ReadinessStatus.Ready : ReadinessStatus.ActionNeeded,
        RequirementAnswer.No => ReadinessStatus.NotReady,
        _ => ReadinessStatus.Unknown,
    };

    public override string ToString() => $"{Name}: {Answer}" + (Why.Length > 0 ? $" ({Why})" : "");
}
