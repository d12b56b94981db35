namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Where somebody signs in, in the words of the sign-in log.</summary>
/// <param name="Device">The name of a device of the tenant; null for one that Entra does not know.</param>
internal sealed record HelpdeskPlace(string OperatingSystem, string Browser, string? Device = null)
{
    public static readonly HelpdeskPlace IPhone = new("Ios 26.1", "Mobile Safari 26.1");
    public static readonly HelpdeskPlace Android = new("Android 16", "Chrome Mobile 142.0.0");
    public static readonly HelpdeskPlace Mac = new("MacOs", "Safari 26.1");
    public static readonly HelpdeskPlace Edge = new("Windows11", "Edge 142.0.0");
    public static readonly HelpdeskPlace Chrome = new("Windows11", "Chrome 142.0.0");

    public HelpdeskPlace On(string device) => this with { Device = device };
}
