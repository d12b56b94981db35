using System.Collections.Generic;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What was found about one event, and what was not.</summary>
internal sealed class AuditJudgement
{
    private readonly List<PasskeyAuditAnomaly> _found = [];
    private readonly List<string> _notChecked = [];

    public IReadOnlyList<PasskeyAuditAnomaly> Found => _found;

    public IReadOnlyList<string> NotChecked => _notChecked;

    /// <summary>Whether something was looked at and could not be told. What is not looked at with what the caller asked for is in <see cref="NotChecked"/> as well, and is no such gap.</summary>
    public bool HasGap { get; private set; }

    /// <param name="reason">Null for nothing.</param>
    public void Add(PasskeyAnomalyKind kind, string? reason)
    {
        if (reason is not null) _found.Add(new PasskeyAuditAnomaly(kind, DisplayText.Neutralise(reason)));
    }

    /// <summary>Something that could not be told.</summary>
    public void LeaveOpen(string what)
    {
        HasGap = true;
        PassOver(what);
    }

    /// <summary>Something that was not looked at.</summary>
    public void PassOver(string what) => _notChecked.Add(DisplayText.Neutralise(what));
}
