using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>Somebody whom a change would shut out.</summary>
/// <param name="Name">Safe to show.</param>
internal sealed record GuardedUser(string Name)
{
    public bool IsAdministrator { get; init; }

    public bool IsEmergencyAccount { get; init; }
}

/// <summary>How guards speak of people.</summary>
internal static class GuardWords
{
    private const int MostNames = 5;

    /// <summary>The administrators and emergency accounts among them, to append; empty where there are none.</summary>
    public static string Named(IEnumerable<GuardedUser> users)
    {
        var all = users.ToList();
        var (emergency, administrators) = (all.FindAll(u => u.IsEmergencyAccount), all.FindAll(u => u is { IsAdministrator: true, IsEmergencyAccount: false }));
        var parts = new List<string>();
        if (emergency.Count > 0) parts.Add($"{emergency.Count} emergency {(emergency.Count == 1 ? "account" : "accounts")}: {Names(emergency)}");
        if (administrators.Count > 0) parts.Add($"{administrators.Count} {(administrators.Count == 1 ? "administrator" : "administrators")}: {Names(administrators)}");
        return parts.Count == 0 ? "" : $" ({string.Join("; ", parts)})";
    }

    /// <summary>The first few, emergency accounts and administrators before the others.</summary>
    public static string Names(IReadOnlyList<GuardedUser> users) =>
        string.Join(", ", users.OrderBy(u => u.IsEmergencyAccount ? 0 : u.IsAdministrator ? 1 : 2).Take(MostNames).Select(u => u.Name)) + (users.Count > MostNames ? $" and {users.Count - MostNames} more" : "");

    public static string Sentence(string text) => text.TrimEnd('.', ' ') + ".";

    public static string People(int count) => string.Format(CultureInfo.InvariantCulture, "{0:N0} {1}", count, count == 1 ? "user" : "users");
}
