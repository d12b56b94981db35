using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// In which countries or regions people signed in, by the sign-in log. It says where an address is said to be: a VPN, a proxy of a company or a roaming phone is elsewhere. The addresses themselves are not kept.
/// </summary>
internal sealed class UserPlaces
{
    /// <summary>So long a country is a new one, from the first sign-in there: what is done on the first day there is looked at.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromDays(1);

    /// <summary>How long before a registration the sign-in was that it was made in. Ten minutes is the oldest that the service takes (reference/graph-users-and-usage.md §5); the rest is for the log.</summary>
    public static readonly TimeSpan Session = TimeSpan.FromMinutes(15);

    /// <summary>
    /// On so many days (in UTC) somebody must have signed in before, so that another country is called unusual for them. The number is ours, nobody documents one: the sign-ins of one day may all be from a
    /// journey, and those of two from its beginning and its end. Below it the answer is not known.
    /// </summary>
    public const int FewestDays = 3;

    private readonly Dictionary<string, List<(DateTimeOffset At, string? Country)>> _signIns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sign-ins that failed say nothing about where somebody is.</summary>
    public void Add(JObject signIn)
    {
        if ((signIn["status"] as JObject)?["errorCode"] is not JValue { Value: 0L }) return;
        if (JsonText.Of(signIn, "userId") is not { } user || GraphDate.Parse(JsonText.Of(signIn, "createdDateTime")) is not { } at) return;
        if (!_signIns.TryGetValue(user, out var all)) _signIns.Add(user, all = []);
        all.Add((at, CountryOf(signIn)));
    }

    public static string? CountryOf(JObject signIn) => JsonText.Of(signIn["location"] as JObject, "countryOrRegion");

    /// <summary>Why the place of a sign-in is unusual; null where it is not. Both null where that is not known: then there is a reason for that.</summary>
    public (string? Unusual, string? Unknown) OfSignIn(string? userId, DateTimeOffset at, string? country)
    {
        if (country is null) return (null, "the log has no country for it");
        if (userId is null || !_signIns.TryGetValue(userId, out var all)) return (null, "the sign-in log has no other sign-in of the user");
        var baseline = Baseline.Before(at, all);
        return baseline.IsUnusual(country) switch
        {
            true => ($"It was in {country}, where the user had not signed in before ({baseline}).", null),
            false => (null, null),
            null => (null, $"it was in {country}, and {baseline.WhyUnknown}"),
        };
    }

    /// <summary>
    /// The same of a registration, whose place is that of the sign-in that it was made in: the audit log has none. Which of the sign-ins just before that was, no log says; so all of them count, and none is chosen.
    /// </summary>
    public (string? Unusual, string? Unknown) OfRegistration(string? userId, DateTimeOffset at)
    {
        if (userId is null) return (null, "the log has no id of the user");
        if (!_signIns.TryGetValue(userId, out var all)) return (null, "the sign-in log has no sign-in of the user");
        var session = all.Where(s => s.At <= at && at - s.At <= Session).ToList();
        var countries = session.Select(s => s.Country).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(c => c, StringComparer.Ordinal).ToList();
        if (countries.Count == 0) return (null, session.Count == 0 ? "the sign-in log has no sign-in of the user just before" : "the log has no country for the sign-in just before");
        var baseline = Baseline.Before(at, all);
        var unusual = countries.Where(c => baseline.IsUnusual(c) == true).ToList();
        if (unusual.Count > 0 && countries.Count == 1) return OfSignIn(userId, at, unusual[0]);
        if (unusual.Count > 0) return ($"Just before, the user signed in from {And(countries)}, and had not signed in from {And(unusual)} before ({baseline}).", null);
        if (countries.Find(c => baseline.IsUnusual(c) is null) is { } unknown) return (null, $"it may have been in {unknown}, and {baseline.WhyUnknown}");
        if (countries.Count > 1) return (null, $"just before, the user signed in from {And(countries)}");
        return (null, session.Exists(s => s.Country is null) ? "the log has no country for one of the sign-ins just before" : null);
    }

    private static string And(IReadOnlyList<string> countries) => string.Join(" and ", countries);

    /// <summary>Where somebody was until a day before.</summary>
    private sealed class Baseline(DateTimeOffset first, int days, IReadOnlyList<string> countries)
    {
        public string WhyUnknown => days == 0
            ? "the sign-in log has nothing of the user from before, as far as it was read"
            : $"the sign-in log has sign-ins of the user on {days} {(days == 1 ? "day" : "days")} before only, which is too little to call another country unusual";

        public static Baseline Before(DateTimeOffset at, IEnumerable<(DateTimeOffset At, string? Country)> all)
        {
            var before = all.Where(s => s.Country is not null && at - s.At > Settling).ToList();
            return new Baseline(before.Select(s => s.At).DefaultIfEmpty(at).Min(), before.Select(s => s.At.UtcDateTime.Date).Distinct().Count(),
                [.. before.Select(s => s.Country!).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(c => c, StringComparer.Ordinal)]);
        }

        /// <summary>Null where too little is known. That somebody was there before is enough for No, however little else is known.</summary>
        public bool? IsUnusual(string country) => countries.Contains(country, StringComparer.OrdinalIgnoreCase) ? false : days < FewestDays ? null : true;

        public override string ToString() => $"since {first.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {string.Join(", ", countries)}";
    }
}
