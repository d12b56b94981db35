using System;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Methods as Graph gives them, in the form of beta: with <c>lastUsedDateTime</c> (reference/graph-users-and-usage.md §1).</summary>
internal static class ContosoMethodJson
{
    public static JObject Of(ContosoMethod method) => method.Model is { } model ? Passkey(method, model) : method.Key switch
    {
        ContosoMethodKeys.WindowsHello => Named(method, "windowsHelloForBusiness", ("keyStrength", "normal")),
        ContosoMethodKeys.PlatformSso => Named(method, "platformCredential", ("keyStrength", "normal"), ("platform", "macOS")),
        ContosoMethodKeys.Push => Named(method, "microsoftAuthenticator", ("deviceTag", "SoftwareTokenActivated"), ("phoneAppVersion", method.Detail)),
        ContosoMethodKeys.Sms => Plain(method, "phone", ("phoneNumber", method.Detail), ("phoneType", "mobile"), ("smsSignInState", "notAllowedByPolicy")),
        ContosoMethodKeys.Voice => Plain(method, "phone", ("phoneNumber", method.Detail), ("phoneType", "office"), ("smsSignInState", "notSupported")),
        ContosoMethodKeys.Email => Plain(method, "email", ("emailAddress", method.Detail)),
        ContosoMethodKeys.Oath => Plain(method, "softwareOath"),
        ContosoMethodKeys.Pass => Pass(method),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method.Key, "There is no such method."),
    };

    private static JObject Passkey(ContosoMethod method, ContosoPasskeyModel model)
    {
        var json = Named(method, "fido2");
        // Null as the service gives it, not left out: never used.
        json["lastUsedDateTime"] = method.LastUsed is { } used ? ContosoCalendar.Text(used) : JValue.CreateNull();
        json["aaGuid"] = model.AaGuid;
        json["model"] = model.Model;
        // A thumbprint of the maker's certificate; what it is does not matter to anybody here.
        json["attestationCertificates"] = method.IsAttested ? new JArray(model.AaGuid.Replace("-", "") + "00c0ffee") : [];
        json["attestationLevel"] = method.IsAttested ? "attested" : "notAttested";
        // A text that is null is still a text to Json.NET until it is written.
        json["passkeyType"] = model.Type is { } type ? type : JValue.CreateNull();
        return json;
    }

    /// <summary>§5. One hour, or, where it can be used more than once, the working day that the policy allows at most.</summary>
    private static JObject Pass(ContosoMethod method)
    {
        var json = Plain(method, "temporaryAccessPass", ("startDateTime", ContosoCalendar.Text(method.Created)));
        var isOnce = method.Detail is not "EnabledByPolicy";
        json["lifetimeInMinutes"] = isOnce ? 60 : 480;
        json["isUsableOnce"] = isOnce;
        json["isUsable"] = method.Detail is "EnabledByPolicy";
        json["methodUsabilityReason"] = method.Detail;
        return json;
    }

    private static JObject Named(ContosoMethod method, string type, params (string Name, string Value)[] more)
    {
        var json = Plain(method, type, more);
        json.Property("id")!.AddAfterSelf(new JProperty("displayName", method.Name));
        return json;
    }

    private static JObject Plain(ContosoMethod method, string type, params (string Name, string Value)[] more)
    {
        var json = new JObject { ["@odata.type"] = $"#microsoft.graph.{type}AuthenticationMethod", ["id"] = method.Id, ["createdDateTime"] = ContosoCalendar.Text(method.Created) };
        foreach (var (name, value) in more) json[name] = value;
        return json;
    }
}
