using System;
using System.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>A kind of authentication method: what the path calls its list, and what its objects are.</summary>
internal sealed record MethodKind(string ListName, string Type)
{
    public const string Password = "#microsoft.graph.passwordAuthenticationMethod";
    public const string Fido2 = "#microsoft.graph.fido2AuthenticationMethod";
    public const string WindowsHello = "#microsoft.graph.windowsHelloForBusinessAuthenticationMethod";
    public const string Platform = "#microsoft.graph.platformCredentialAuthenticationMethod";
    public const string Authenticator = "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod";
    public const string Phone = "#microsoft.graph.phoneAuthenticationMethod";
    public const string Email = "#microsoft.graph.emailAuthenticationMethod";
    public const string SoftwareOath = "#microsoft.graph.softwareOathAuthenticationMethod";
    public const string HardwareOath = "#microsoft.graph.hardwareOathAuthenticationMethod";
    public const string TemporaryPass = "#microsoft.graph.temporaryAccessPassAuthenticationMethod";

    public static readonly MethodKind[] All =
    [
        new("passwordMethods", Password), new("fido2Methods", Fido2), new("windowsHelloForBusinessMethods", WindowsHello), new("platformCredentialMethods", Platform),
        new("microsoftAuthenticatorMethods", Authenticator), new("phoneMethods", Phone), new("emailMethods", Email), new("softwareOathMethods", SoftwareOath), new("hardwareOathMethods", HardwareOath),
        new("temporaryAccessPassMethods", TemporaryPass),
    ];

    public static MethodKind Of(string listName) => All.FirstOrDefault(k => k.ListName.Equals(listName, StringComparison.OrdinalIgnoreCase)) ?? throw SandboxRefusal.NotKnown($"the methods '{listName}'");
}
