using System;
using System.Globalization;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>What a piece of reading will take, said before it begins.</summary>
/// <param name="What">What is read, as a sentence has it: "The registration report of about 800 users".</param>
/// <param name="Requests">How many requests of the slow kind (reports, registered methods).</param>
/// <param name="IsPaced">Whether the limits of Microsoft Graph hold; they do not in a sandbox.</param>
internal sealed record ReadEstimate(string What, int Requests, bool IsPaced)
{
    /// <summary>Whoever waits so long should know why.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    /// <summary>By the documented limit: 5 requests in 10 seconds (reference/graph-users-and-usage.md §7).</summary>
    public TimeSpan LeastTime => IsPaced ? ThrottleClasses.LeastTime(ThrottleClass.Reports, Requests) : TimeSpan.Zero;

    /// <param name="users">Null where it is not known how many there are.</param>
    public static ReadEstimate OfReport(int? users, bool isPaced) => users is { } known
        ? new($"Registration report of about {known.ToString("N0", CultureInfo.InvariantCulture)} users", Math.Max(1, (known + RegistrationReport.PageSize - 1) / RegistrationReport.PageSize), isPaced)
        : new("Registration report (how many users there are is not known: every thousand takes one request)", 1, isPaced);

    /// <summary>With something more that is read with it.</summary>
    /// <param name="requests">How many requests of the slow kind that takes.</param>
    public ReadEstimate With(string more, int requests) => this with { What = $"{What}, {more}", Requests = Requests + requests };

    /// <summary>Whether it may be fewer requests: how much there is shows only when it is read.</summary>
    public bool IsMost { get; init; }

    public bool IsNoticeable => LeastTime >= Noticeable;

    /// <summary>Says it, where anybody wants to know; the pauses that it tells of are no news from then on.</summary>
    public void Announce(Action<ReadEstimate>? announce, GraphClient client)
    {
        announce?.Invoke(this);
        client.ArePausesAnnounced |= IsNoticeable;
    }

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1}{2:N0} {3}{4}.", What, IsMost ? "up to " : "", Requests, Requests == 1 ? "request" : "requests",
        IsPaced ? $", {(IsMost ? "then " : "")}at least {Shown(LeastTime)} under the documented limit of Microsoft Graph" : "");

    private static string Shown(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => string.Format(CultureInfo.InvariantCulture, "{0:N0} h {1} min", Math.Floor(time.TotalHours), time.Minutes),
        { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalSeconds} s",
    };
}

/// <summary>How far reading has come.</summary>
/// <param name="Total">Null where it is not known.</param>
internal readonly record struct ReadProgress(string What, int Done, int? Total);
