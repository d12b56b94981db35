using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>A Temporary Access Pass that a user has (reference/graph-users-and-usage.md §5).</summary>
/// <param name="Reason">Why it can or cannot be used, in Graph's word.</param>
internal sealed record UserPass(bool? IsUsable, string? Reason, DateTimeOffset? Start, long? LifetimeInMinutes);

/// <summary>What a user can sign in with, as the list of all methods has it.</summary>
internal sealed record UserAuthentication
{
    /// <summary>No second factor for a sign-in: an address is for resets (Microsoft's documentation of methods), a password is the first.</summary>
    private static readonly HashSet<string> NoSecondFactor = new(StringComparer.OrdinalIgnoreCase) { "password", "email", "temporaryAccessPass" };

    public IReadOnlyList<RegisteredPasskey> Passkeys { get; init; } = [];

    /// <summary>When Windows Hello for Business was set up, by device; without a date where Graph has none.</summary>
    public IReadOnlyList<(string? Device, DateTimeOffset? CreatedAt)> WindowsHello { get; init; } = [];

    public bool HasPlatformCredential { get; init; }

    /// <summary>Null where the user has none.</summary>
    public UserPass? Pass { get; init; }

    /// <summary>The kinds of second factors besides passkeys, as Graph calls them.</summary>
    public IReadOnlyList<string> SecondFactors { get; init; } = [];

    public static UserAuthentication Of(IEnumerable<JObject> methods)
    {
        var kinds = methods.Select(m => (Kind: KindOf(m), Method: m)).ToList();
        List<JObject> OfKind(string kind) => [.. kinds.Where(k => k.Kind == kind).Select(k => k.Method)];
        return new UserAuthentication
        {
            Passkeys = [.. kinds.Where(k => ReportWords.IsAboutPasskeys(k.Kind)).Select(k => RegisteredPasskey.Of(k.Method))],
            WindowsHello = [.. OfKind("windowsHelloForBusiness").Select(m => (JsonText.Of(m, "displayName"), GraphDate.Parse(JsonText.Of(m, "createdDateTime"))))],
            HasPlatformCredential = OfKind("platformCredential").Count > 0,
            Pass = OfKind("temporaryAccessPass") is [var pass, ..] ? PassOf(pass) : null,
            SecondFactors = [.. kinds.Select(k => k.Kind).Where(k => k.Length > 0 && !NoSecondFactor.Contains(k) && !ReportWords.IsAboutPasskeys(k)).Distinct()],
        };
    }

    private static UserPass PassOf(JObject pass) => new(pass["isUsable"] is JValue { Value: bool usable } ? usable : null, JsonText.Of(pass, "methodUsabilityReason"), GraphDate.Parse(JsonText.Of(pass, "startDateTime")),
        pass["lifetimeInMinutes"] is JValue { Value: long minutes } ? minutes : null);

    /// <summary>The name between <c>#microsoft.graph.</c> and <c>AuthenticationMethod</c>.</summary>
    private static string KindOf(JObject method)
    {
        var type = JsonText.Of(method, "@odata.type") ?? "";
        var name = type.Substring(type.LastIndexOf('.') + 1);
        return name.EndsWith("AuthenticationMethod", StringComparison.Ordinal) ? name.Substring(0, name.Length - "AuthenticationMethod".Length) : name;
    }
}
