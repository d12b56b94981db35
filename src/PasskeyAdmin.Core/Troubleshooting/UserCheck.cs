using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What a check makes of one user.</summary>
internal sealed record CheckResult(string Detail, IReadOnlyList<CauseFinding> Findings)
{
    public bool IsChecked { get; init; } = true;

    /// <summary>False where there is nothing to look at.</summary>
    public bool Applies { get; init; } = true;
}

/// <summary>One thing that can be wrong. Pure: the same facts give the same answer.</summary>
/// <param name="title">What is looked at, as a list has it.</param>
internal abstract class UserCheck(string id, string title)
{
    /// <summary>Stable; that of the cause where there is one only.</summary>
    public string Id => id;

    public string Title => title;

    public abstract CheckResult Evaluate(UserCase user);

    protected static CheckResult Clear(string detail) => new(detail, []);

    protected static CheckResult NotApplicable(string reason) => new(reason, []) { Applies = false };

    protected static CheckResult NotChecked(string reason) => new(reason, []) { IsChecked = false };

    protected static CheckResult Found(params CauseFinding[] findings) => new(string.Join(" ", findings.Select(f => f.Summary)), findings);
}
