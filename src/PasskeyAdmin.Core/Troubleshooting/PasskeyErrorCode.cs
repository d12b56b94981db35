using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>How well a fact is founded.</summary>
public enum FactConfidence
{
    /// <summary>No reliable source has it.</summary>
    Unconfirmed,

    /// <summary>Support notes that somebody published; no page of Microsoft says it.</summary>
    Unofficial,

    /// <summary>General knowledge that was not looked up.</summary>
    General,

    /// <summary>Public write-ups of others.</summary>
    Community,

    /// <summary>Microsoft's documentation.</summary>
    Documented,
}

/// <summary>What an error code or message about passkeys means.</summary>
public sealed class PasskeyErrorCode
{
    internal PasskeyErrorCode(string? code, ErrorRow row)
    {
        Code = code;
        Row = row;
    }

    /// <summary>Such as <c>135016</c> or <c>NotAllowedError</c>; null for a message that has none.</summary>
    public string? Code { get; }

    /// <summary>What is seen, in our words: the wording of Microsoft changes.</summary>
    public string Text => Row.Text;

    /// <summary>Where it is seen.</summary>
    public string Where => Row.Where;

    public string Meaning => Row.Meaning;

    /// <summary>What to do.</summary>
    public string Remedy => Row.Remedy;

    /// <summary>The ids of the causes of Test-PasskeyUser that it may have; empty for none.</summary>
    public IReadOnlyList<string> CauseId => Row.Causes;

    /// <summary>Whether it interrupts a sign-in that may well go on, and is no failure by itself.</summary>
    public bool IsInterrupt => Row.IsInterrupt;

    public FactConfidence Confidence => Row.Confidence;

    /// <summary>Where this is from.</summary>
    public string Source => Row.Source;

    internal ErrorRow Row { get; }

    public override string ToString() => Code is null ? Text : $"{Code}: {Text}";
}

/// <summary>A row of errorcodes.json, which several codes may share.</summary>
internal sealed record ErrorRow(string Text, string Where, string Meaning, string Remedy, string Source)
{
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Pieces of messages by which it is known, in small letters.</summary>
    public IReadOnlyList<string> Pieces { get; init; } = [];

    public IReadOnlyList<string> Causes { get; init; } = [];

    public bool IsInterrupt { get; init; }

    public FactConfidence Confidence { get; init; }

    /// <summary>What it stands in the way of, by where it is seen.</summary>
    public Stage Stage =>
        Where.StartsWith("Registration", StringComparison.Ordinal) ? Stage.Registration
        : Where.StartsWith("Sign-in", StringComparison.Ordinal) && !Causes.Any(c => c.StartsWith("Registration", StringComparison.Ordinal) || c.StartsWith("NoSecondFactor", StringComparison.Ordinal)) ? Stage.SignIn
        : Stage.Both | Stage.Recovery;
}
