using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>A row of the registration report, as far as it is needed.</summary>
/// <param name="Methods">Null where the row does not say.</param>
internal sealed record ReportedUser(string Id, ReportedMethods? Methods)
{
    public string? UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    public bool? IsAdministrator { get; init; }

    public bool? IsGuest { get; init; }

    /// <summary>Whether the user can reset the password alone (isSsprCapable: registered and allowed); null where the row does not say.</summary>
    public bool? CanResetPassword { get; init; }

    public bool HasPasskey => (Methods & ReportedMethods.Passkeys) is not (null or ReportedMethods.None);

    public static ReportedUser? Of(JObject row)
    {
        if (JsonText.Of(row, "id") is not { } id) return null;
        return new ReportedUser(id, row["methodsRegistered"] is JArray words ? ReportWords.Of(words) : null)
        {
            UserPrincipalName = JsonText.Of(row, "userPrincipalName"),
            DisplayName = JsonText.Of(row, "userDisplayName"),
            IsAdministrator = row["isAdmin"] is JValue { Value: bool admin } ? admin : null,
            IsGuest = JsonText.Of(row, "userType") is { } type ? type.Equals("guest", StringComparison.OrdinalIgnoreCase) : null,
            CanResetPassword = row["isSsprCapable"] is JValue { Value: bool reset } ? reset : null,
        };
    }
}

/// <summary>What is known of the date of a page.</summary>
/// <param name="AsOf">The date that all rows have; null where they have none in common.</param>
/// <param name="Newest">That of the newest row; null where none has one.</param>
/// <param name="ReadAt">When it was read.</param>
internal sealed record ReportPage(DateTimeOffset? AsOf, DateTimeOffset? Newest, DateTimeOffset ReadAt);

/// <summary>
/// Reads the registration report (reference/graph-users-and-usage.md §2): who has which methods, up to 36 hours late, without disabled accounts, in a
/// tenant with a premium licence.
/// </summary>
internal sealed class RegistrationReport(GraphClient client, ReadCheckpoint? checkpoint)
{
    public const int PageSize = 999;
    public const string Path = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

    /// <summary>Why it does not have somebody, in a sentence.</summary>
    public const string WithoutUser = "The registration report does not have the user: it leaves out disabled accounts, and who is new.";

    /// <summary>How late it may be: what is older is in it.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromHours(36);

    private readonly List<ReportPage> _pages = [];

    /// <summary>
    /// The date up to which all pages are whole: that of the oldest, since an interrupted run may have read some of them earlier. Null before the first page. "When the record
    /// was last updated" [D] may be the date of the report, which its rows have in common and which does not go back from page to page; or it is that of each row, which says
    /// nothing about the report. Then the documented latency holds; but where even the newest row is older than that, the log is asked since then, as far as it reaches.
    /// </summary>
    public DateTimeOffset? WholeUntil
    {
        get
        {
            if (_pages.Count == 0) return null;
            var read = _pages.Min(p => p.ReadAt);
            var isCommon = Count > 1 && _pages.TrueForAll(p => p.AsOf is not null);
            if (isCommon && _pages.Zip(_pages.Skip(1), (a, b) => a.AsOf <= b.AsOf).All(isInOrder => isInOrder)) return _pages[0].AsOf;
            var newest = isCommon ? _pages.Min(p => p.AsOf) : _pages.Max(p => p.Newest);
            return new[] { read - Latency, new[] { newest ?? read, read - RegistrationEvents.Reach }.Max() }.Min();
        }
    }

    /// <summary>How many rows were read.</summary>
    public int Count { get; private set; }

    /// <summary>Why there is no report, in a sentence.</summary>
    public static string WhyMissing(PasskeyAdminException error) =>
        error.ErrorId == "PremiumLicenceRequired" ? "The tenant has no premium licence, and so no registration report." : $"The registration report could not be read: {error.Message}";

    /// <summary>The rows, page after page; those of an interrupted run before are not asked for again.</summary>
    public IEnumerable<ReportedUser> Read(DateTimeOffset now, IProgress<ReadProgress>? progress, CancellationToken token)
    {
        // First of all, whether the link of an interrupted run is still good: rows of a report that is begun anew must not mix with older ones.
        var isWhole = checkpoint is { HasPages: true, NextPage: null };
        var (first, path) = isWhole ? ([], "") : FirstPage(checkpoint?.NextPage, token);
        foreach (var page in checkpoint?.Pages() ?? [])
            foreach (var user in Taken(page.Users, page.Dates)) yield return user;
        if (isWhole) yield break;
        foreach (var page in client.PagesOf(first, path, token))
        {
            List<ReportedUser> users = [.. GraphClient.ItemsOf(page).Select(ReportedUser.Of).OfType<ReportedUser>()];
            var dates = DatesOf(GraphClient.ItemsOf(page), now);
            checkpoint?.AddPage(users, dates, client.NextOf(page));
            foreach (var user in Taken(users, dates)) yield return user;
            progress?.Report(new ReadProgress("Registration report", Count, null));
        }
    }

    /// <param name="now">No row is newer.</param>
    private static ReportPage DatesOf(IEnumerable<JObject> rows, DateTimeOffset now)
    {
        var (newest, first, isCommon) = ((string?)null, (string?)null, true);
        foreach (var row in rows)
        {
            var text = JsonText.Of(row, "lastUpdatedDateTime");
            first ??= text;
            isCommon &= text is not null && text == first;
            if (string.CompareOrdinal(text, newest) > 0) newest = text;
        }
        var date = GraphDate.Parse(newest) is { } parsed && parsed > now ? now : GraphDate.Parse(newest);
        return new ReportPage(isCommon ? date : null, date, now);
    }

    /// <param name="next">Where an interrupted run stopped; null for the beginning.</param>
    private (JObject Page, string Path) FirstPage(string? next, CancellationToken token)
    {
        if (next is not null)
        {
            var answer = client.TryGet(next, token);
            // Such a link does not live for ever. What was read by it is met again, and counts once.
            if (answer.Status is not (400 or 404 or 410)) return (client.BodyOf(answer, next), next);
            checkpoint!.ForgetPages();
        }
        // That a page can be so large is not documented: who does not want it is asked for whatever it gives.
        var large = $"{Path}?$top={PageSize}";
        var page = client.TryGet(large, token);
        return page.Status == 400 ? (client.Get(Path, token), Path) : (client.BodyOf(page, large), large);
    }

    private IReadOnlyList<ReportedUser> Taken(IReadOnlyList<ReportedUser> users, ReportPage dates)
    {
        Count += users.Count;
        if (users.Count > 0) _pages.Add(dates);
        return users;
    }
}
