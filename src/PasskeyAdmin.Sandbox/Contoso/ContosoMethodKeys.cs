namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>How our own files call the methods that are no passkeys.</summary>
internal static class ContosoMethodKeys
{
    public const string WindowsHello = "hello";
    public const string PlatformSso = "platform-sso";
    public const string Push = "push";
    public const string Sms = "sms";
    public const string Voice = "voice";
    public const string Email = "email";
    public const string Oath = "oath";
    public const string Pass = "tap";
}
