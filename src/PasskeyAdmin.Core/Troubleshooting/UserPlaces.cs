using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;

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

    private readonly Dictionary<string, List<(DateTimeOffset At, string Country)>> _signIns = new(StringComparer.OrdinalIgnoreCase);

    public void Add(JObject signIn)
    {
        if ((signIn["status"] as JObject)?["errorCode"] is not JValue { Value: 0L }) return;
        if (JsonText.Of(signIn, "userId") is not { } user || GraphDate.Parse(JsonText.Of(signIn, "createdDateTime")) is not { } at || CountryOf(signIn) is not { } country) return;
        if (!_signIns.TryGetValue(user, out var all)) _signIns.Add(user, all = []);
        all.Add((at, country));
    }

    public static string? CountryOf(JObject signIn) => JsonText.Of(signIn["location"] as JObject, "countryOrRegion");

    /// <summary>Why the place of a sign-in is unusual; null where it is not. Both null where that is not known: then there is a reason for that.</summary>
    public (string? Unusual, string? Unknown) OfSignIn(string? userId, DateTimeOffset at, string? country)
    {
        if (country is null) return (null, "the log has no country for it");
        if (userId is null || !_signIns.TryGetValue(userId, out var all)) return (null, "the sign-in log has no other sign-in of the user");
        var before = all.Where(s => s.At < at - Settling).ToList();
        if (before.Count == 0) return (null, "the sign-in log has nothing of the user from before, as far as it was read");
        if (before.Exists(s => s.Country.Equals(country, StringComparison.OrdinalIgnoreCase))) return (null, null);
        var known = before.Select(s => s.Country).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(c => c, StringComparer.Ordinal);
        return ($"It was in {country}, where the user had not signed in before (since {before.Min(s => s.At).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {string.Join(", ", known)}).", null);
    }

    /// <summary>The same of a registration, whose place is that of the sign-in that it was made in: the audit log has none.</summary>
    public (string? Unusual, string? Unknown) OfRegistration(string? userId, DateTimeOffset at)
    {
        if (userId is null) return (null, "the log has no id of the user");
        if (!_signIns.TryGetValue(userId, out var all)) return (null, "the sign-in log has no sign-in of the user");
        var session = all.Where(s => s.At <= at && at - s.At <= Session).OrderByDescending(s => s.At).Select(s => s.Country).FirstOrDefault();
        return session is null ? (null, "the sign-in log has no sign-in of the user just before") : OfSignIn(userId, at, session);
    }
}
