using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>A sign-in of the user, as beta has it (reference/graph-users-and-usage.md §3).</summary>
internal sealed record UserSignIn(string? Id, DateTimeOffset At, long ErrorCode)
{
    private const string WindowsHello = "Windows Hello";

    public string? Reason { get; init; }

    public string? ApplicationId { get; init; }

    public string? ApplicationName { get; init; }

    public string? DeviceId { get; init; }

    public string? DeviceName { get; init; }

    public DevicePlatform Platform { get; init; }

    public string? OperatingSystem { get; init; }

    public string? Browser { get; init; }

    /// <summary>What was tried, step by step; without a name where the log has none.</summary>
    public IReadOnlyList<string?> Methods { get; init; } = [];

    public SignInProof Proof { get; init; }

    /// <summary>The Conditional Access policies that were not satisfied, by id and name.</summary>
    public IReadOnlyList<(string? Id, string Name)> Failed { get; init; } = [];

    /// <summary>Whether an application on the device signed in, and no browser.</summary>
    public bool IsApplication { get; init; }

    public bool IsSuccess => ErrorCode == 0;

    public bool IsWithPasskey => IsSuccess && Proof is SignInProof.Passkey;

    public bool TriedWindowsHello => Methods.Any(m => m?.StartsWith(WindowsHello, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Whether a passkey was offered, or nothing that Microsoft Entra ID knows: what it does not know has no name in the log (§3).</summary>
    public bool TriedPasskey => Methods.Any(m => m is null || m.StartsWith("Passkey", StringComparison.OrdinalIgnoreCase) || m.StartsWith("FIDO2", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the last step went well; null where the log does not say, and where there is none.</summary>
    public bool? LastSucceeded { get; init; }

    /// <summary>Whether the last step was a passkey that Microsoft Entra ID knows, and not one that went well.</summary>
    public bool FailedWithPasskey => LastSucceeded != true && Methods is [.., { } last] && (last.StartsWith("Passkey", StringComparison.OrdinalIgnoreCase) || last.StartsWith("FIDO2", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a passkey failed, and not something else on the way.</summary>
    public bool IsAboutPasskeys => !IsSuccess && (SignInStory.OfPasskeys.Contains(ErrorCode) || (TriedPasskey && ErrorCode is not (50053 or 50057 or 50126)));

    /// <summary>The log has no method: what was offered is not known to Microsoft Entra ID.</summary>
    public bool HasNoMethod => !IsSuccess && Methods.Count > 0 && Methods.All(m => m is null);

    public string Where => DeviceName is { Length: > 0 } device ? $"{DisplayText.Excerpt(device, 80)}{(Browser is { Length: > 0 } on ? $", {DisplayText.Excerpt(on, 60)}" : "")}"
        : string.Join(", ", new[] { OperatingSystem, Browser }.Where(t => !string.IsNullOrEmpty(t)).Select(t => DisplayText.Excerpt(t!, 60)));

    /// <summary>Null for an entry without a date, and for one without anybody at the keyboard.</summary>
    public static UserSignIn? Of(JObject json)
    {
        if (json["isInteractive"] is JValue { Value: false } || GraphDate.Parse(JsonText.Of(json, "createdDateTime")) is not { } at) return null;
        var (device, status) = (json["deviceDetail"] as JObject, json["status"] as JObject);
        var steps = json["authenticationDetails"] as JArray;
        // Whatever has no readable code is not taken for a success.
        var code = status?["errorCode"] is JValue { Value: long number } ? number : -1;
        return new UserSignIn(JsonText.Of(json, "id"), at, code)
        {
            Reason = JsonText.Of(status, "failureReason"),
            ApplicationId = JsonText.Of(json, "appId"),
            ApplicationName = JsonText.Of(json, "appDisplayName"),
            DeviceId = JsonText.Of(device, "deviceId"),
            DeviceName = JsonText.Of(device, "displayName"),
            OperatingSystem = JsonText.Of(device, "operatingSystem"),
            Platform = PlatformText.Parse(JsonText.Of(device, "operatingSystem")),
            Browser = JsonText.Of(device, "browser"),
            Methods = [.. (steps ?? []).OfType<JObject>().Select(s => JsonText.Of(s, "authenticationMethod"))],
            LastSucceeded = steps?.LastOrDefault() is JObject last && last["succeeded"] is JValue { Value: bool succeeded } ? succeeded : null,
            Proof = SignInWords.Of(steps),
            Failed = [.. (json["appliedConditionalAccessPolicies"] as JArray ?? []).OfType<JObject>().Where(p => JsonText.Of(p, "result") is "failure").Select(p => (JsonText.Of(p, "id"), DisplayText.Excerpt(JsonText.Of(p, "displayName") ?? JsonText.Of(p, "id") ?? "a policy", 120)))],
            IsApplication = JsonText.Of(json, "clientAppUsed")?.StartsWith("Mobile Apps", StringComparison.OrdinalIgnoreCase) == true,
        };
    }
}
