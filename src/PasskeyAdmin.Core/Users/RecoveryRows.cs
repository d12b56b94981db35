using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>The rows of the registration report, as far as recovery asks: certificates and self-service password reset stand nowhere else.</summary>
internal sealed class RecoveryRows
{
    private readonly Dictionary<string, ReportedUser> _rows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _reasons = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? _reason;

    /// <param name="wholeUntil">What is older is in the report.</param>
    /// <param name="reason">Why there is no report, in a sentence; null where there is one.</param>
    public RecoveryRows(IEnumerable<ReportedUser> rows, DateTimeOffset wholeUntil, string? reason = null)
    {
        (WholeUntil, _reason) = (wholeUntil, reason);
        foreach (var row in rows) _rows[row.Id] = row;
    }

    public DateTimeOffset WholeUntil { get; }

    /// <summary>The rows of a few, each asked for by itself.</summary>
    public static RecoveryRows OfFew(GraphClient client, TenantSession tenant, IReadOnlyList<string> userIds, CancellationToken token)
    {
        var rows = new RecoveryRows([], tenant.Traffic.Now - RegistrationReport.Latency);
        var paths = userIds.Select(id => $"{RegistrationReport.Path}/{Uri.EscapeDataString(id)}").ToList();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            if (answer is { IsSuccess: true, Body: { } body } && ReportedUser.Of(body) is { } row) rows._rows[row.Id] = row;
            else if (!answer.IsGone) rows._reasons[userIds[index]] = answer.IsSuccess ? "The row of the registration report cannot be understood." : RegistrationReport.WhyMissing(client.ErrorOf(answer, paths[index]));
        }
        return rows;
    }

    /// <summary>Null where there is none.</summary>
    public ReportedUser? Of(string userId) => _rows.TryGetValue(userId, out var row) ? row : null;

    /// <summary>Why there is no row, in a sentence.</summary>
    public string WhyMissing(string userId) => _reason ?? (_reasons.TryGetValue(userId, out var reason) ? reason : RegistrationReport.WithoutUser);
}
