namespace PasskeyAdmin.Users;

/// <summary>Kinds of authentication methods in words that can be read out.</summary>
internal static class MethodWords
{
    /// <param name="kind">What stands in the type of a method between <c>#microsoft.graph.</c> and <c>AuthenticationMethod</c>; one that is not known is given back, safe to show.</param>
    public static string Of(string kind) => kind switch
    {
        "microsoftAuthenticator" => "Microsoft Authenticator (notifications)",
        "phone" => "a phone number",
        "softwareOath" => "a code application",
        "hardwareOath" => "a code token",
        "windowsHelloForBusiness" => "Windows Hello for Business",
        "platformCredential" => "Platform SSO",
        "qrCodePin" => "a QR code with PIN",
        "external" or "externalAuthentication" => "an external method",
        _ => DisplayText.Excerpt(kind, 60),
    };
}
