using System;
using System.Globalization;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>How much of the sign-in log is asked for.</summary>
/// <param name="Days">How far back; a tenant with a premium licence keeps 30 (reference/graph-users-and-usage.md §3).</param>
/// <param name="Most">No more entries than these, the newest.</param>
internal sealed record SignInSpan(int Days, int Most);

/// <summary>What was read of the log.</summary>
/// <param name="Count">How many entries.</param>
/// <param name="Since">The oldest of them; null where there is none.</param>
/// <param name="IsWhole">Whether that is all that the log has of the time asked for.</param>
internal sealed record SignInExtent(int Count, DateTimeOffset? Since, bool IsWhole);

/// <summary>Reads how people signed in, the newest first. Nothing of it is kept: whoever asks counts as it passes.</summary>
internal sealed class SignInLog(GraphClient client)
{
    /// <summary>The most that Graph gives at once. It takes $filter, $top and $skiptoken here, and no $select (learn.microsoft.com/graph/api/signin-list).</summary>
    private const int PageSize = 1000;

    /// <summary>Said before anything is read. How much there is, Graph does not tell.</summary>
    public static ReadEstimate Estimate(SignInSpan span, bool isPaced) =>
        new($"Sign-in log of {(span.Days == 1 ? "1 day" : $"{span.Days} days")}, {span.Most.ToString("N0", CultureInfo.InvariantCulture)} sign-ins at most", (span.Most - 1) / PageSize + 1, isPaced) { IsMost = true };

    /// <summary>The first page: whether the log can be read at all is known before anything else is read.</summary>
    /// <exception cref="PasskeyAdminException">Where it cannot; <c>PremiumLicenceRequired</c> without such a licence.</exception>
    public SignInPage Open(SignInSpan span, DateTimeOffset now, CancellationToken token)
    {
        // Without a filter for other kinds, the list has those with somebody at the keyboard alone.
        var path = $"/beta/auditLogs/signIns?$filter={Uri.EscapeDataString($"createdDateTime ge {GraphDate.Text(now - TimeSpan.FromDays(span.Days))}")}&$top={Math.Min(PageSize, span.Most)}";
        return new SignInPage(span, path, client.Get(path, token));
    }

    /// <param name="take">Gets one sign-in after the other, without those that went on by themselves.</param>
    public SignInExtent Read(SignInPage first, Action<LoggedSignIn> take, IProgress<ReadProgress>? progress, CancellationToken token)
    {
        var (count, oldest) = (0, (DateTimeOffset?)null);
        foreach (var page in client.PagesOf(first.Json, first.Path, token))
        {
            foreach (var entry in GraphClient.ItemsOf(page))
            {
                if (count == first.Span.Most) return new SignInExtent(count, oldest, IsWhole: false);
                count++;
                if (GraphDate.Parse(JsonText.Of(entry, "createdDateTime")) is { } at && !(at > oldest)) oldest = at;
                if (LoggedSignIn.Of(entry) is { IsInteractive: true } signIn) take(signIn);
            }
            progress?.Report(new ReadProgress("Sign-in log", count, null));
            if (count == first.Span.Most) return new SignInExtent(count, oldest, client.NextOf(page) is null);
        }
        return new SignInExtent(count, oldest, IsWhole: true);
    }
}

/// <summary>The beginning of the log.</summary>
internal sealed record SignInPage(SignInSpan Span, string Path, JObject Json);
