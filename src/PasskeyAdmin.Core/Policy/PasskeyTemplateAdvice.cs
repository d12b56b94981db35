namespace PasskeyAdmin.Policy;

/// <summary>What a scenario asks for and a profile cannot express, or what goes with it, and what does it.</summary>
public sealed class PasskeyTemplateAdvice
{
    internal PasskeyTemplateAdvice(string need, string how, string? command, string? setting, string source)
    {
        Need = need;
        How = how;
        Command = command;
        Setting = setting;
        Source = source;
    }

    /// <summary>What is wanted.</summary>
    public string Need { get; }

    public string How { get; }

    /// <summary>The command that does it or shows it; null where none does.</summary>
    public string? Command { get; }

    /// <summary>Where it is set outside of this module; null where nowhere.</summary>
    public string? Setting { get; }

    /// <summary>Microsoft's page about the command's subject or the setting.</summary>
    public string Source { get; }

    public override string ToString() => Need;
}
