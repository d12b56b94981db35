using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Codes of failed sign-ins (reference/adoption-and-troubleshooting.md §4); the reasons are in our words.</summary>
internal static class ContosoFailures
{
    public const int NotAllowedByPolicy = 135016;
    public const int WrongPassword = 50126;
    public const int SecondFactorNotCompleted = 500121;
    public const int SecondFactorNeeded = 50074;
    public const int RegistrationNeeded = 50079;
    public const int BlockedByAccessPolicy = 53003;
    public const int DeviceNotCompliant = 53000;

    public static JObject Status(int code) => new()
    {
        ["errorCode"] = code,
        ["failureReason"] = code switch
        {
            NotAllowedByPolicy => "Sign-in with this passkey is not allowed by the policy of the organisation.",
            WrongPassword => "The name or the password is wrong.",
            SecondFactorNotCompleted => "The second factor was not completed.",
            SecondFactorNeeded => "A second factor is needed.",
            BlockedByAccessPolicy => "Access is blocked by a Conditional Access policy.",
            DeviceNotCompliant => "The device is not compliant.",
            _ => "A second factor has to be registered first.",
        },
    };
}
