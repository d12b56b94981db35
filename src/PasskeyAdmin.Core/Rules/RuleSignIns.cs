using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Rules;

/// <summary>Who signed in to an application, with success.</summary>
internal sealed record ApplicationUse(string AppId, string Name, HashSet<Guid> Users);

/// <summary>Which applications people signed in to.</summary>
/// <param name="Since">The oldest sign-in that was read; null where there is none.</param>
/// <param name="Count">How many sign-ins were read.</param>
/// <param name="IsWhole">Whether that is all that the log has of the time asked for.</param>
internal sealed record RuleSignIns(IReadOnlyList<ApplicationUse> Applications, DateTimeOffset? Since, int Count, bool IsWhole);

/// <summary>A user whose user principal name changed.</summary>
internal sealed record Rename(Guid User, DateTimeOffset Date, string? OldName);

/// <summary>Who was renamed.</summary>
/// <param name="IsWhole">Whether all of the log was read.</param>
internal sealed record RuleRenames(IReadOnlyList<Rename> Renames, bool IsWhole)
{
    /// <summary>The date of the oldest change of a user, whichever it was; null where there is none.</summary>
    public DateTimeOffset? Oldest { get; init; }
}
