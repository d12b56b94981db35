using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class PlatformTextTests
{
    [Theory]
    [InlineData("Windows", DevicePlatform.Windows)]
    [InlineData("Windows 11 Enterprise", DevicePlatform.Windows)]
    [InlineData("Microsoft Windows 10 Pro", DevicePlatform.Windows)]
    [InlineData("Windows11", DevicePlatform.Windows)]
    [InlineData("Win10", DevicePlatform.Windows)]
    [InlineData("Windows Server 2022", DevicePlatform.WindowsServer)]
    [InlineData("WindowsServer", DevicePlatform.WindowsServer)]
    [InlineData("macOS", DevicePlatform.macOS)]
    [InlineData("MacMDM", DevicePlatform.macOS)]
    [InlineData("MacOs", DevicePlatform.macOS)]
    [InlineData("Mac OS X", DevicePlatform.macOS)]
    [InlineData("iOS", DevicePlatform.iOS)]
    [InlineData("iOS/iPadOS", DevicePlatform.iOS)]
    [InlineData("Ios 17.4", DevicePlatform.iOS)]
    [InlineData("IPhone", DevicePlatform.iOS)]
    [InlineData("IPad", DevicePlatform.iOS)]
    [InlineData("Android", DevicePlatform.Android)]
    [InlineData("AndroidForWork", DevicePlatform.Android)]
    [InlineData("AndroidEnterprise", DevicePlatform.Android)]
    [InlineData("Android (Corporate-Owned Work Profile)", DevicePlatform.Android)]
    [InlineData("AOSP (User-based)", DevicePlatform.Android)]
    [InlineData("Linux", DevicePlatform.Linux)]
    [InlineData("Ubuntu", DevicePlatform.Linux)]
    [InlineData("ChromeOS", DevicePlatform.ChromeOS)]
    [InlineData("Chrome OS", DevicePlatform.ChromeOS)]
    [InlineData("tvOS", DevicePlatform.Other)]
    [InlineData("WindowsPhone", DevicePlatform.Other)]
    [InlineData("Unknown", DevicePlatform.Unknown)]
    [InlineData("", DevicePlatform.Unknown)]
    [InlineData(null, DevicePlatform.Unknown)]
    [InlineData("Winery", DevicePlatform.Unknown)]
    [InlineData("Machine", DevicePlatform.Unknown)]
    [InlineData("iosxyz", DevicePlatform.Unknown)]
    public void Texts_of_inventories_are_understood(string? text, DevicePlatform expected) => Assert.Equal(expected, PlatformText.Parse(text));

    [Theory]
    [InlineData("iPhone 15", null, DevicePlatform.iOS)]
    [InlineData("iPad13,18", null, DevicePlatform.iOS)]
    [InlineData("MacBookPro18,3", "14.5", DevicePlatform.macOS)]
    [InlineData("Mac14,2", null, DevicePlatform.macOS)]
    [InlineData("Machine X", null, DevicePlatform.Unknown)]
    [InlineData("AppleTV11,1", null, DevicePlatform.Other)]
    [InlineData(null, "10.0.22631.3447", DevicePlatform.Windows)]
    [InlineData(null, "10.0", DevicePlatform.Unknown)]
    [InlineData(null, "17.4.1", DevicePlatform.Unknown)]
    public void A_missing_system_is_inferred_only_from_what_is_plain(string? model, string? version, DevicePlatform expected) =>
        Assert.Equal(expected, PlatformText.Infer(model, version));
}
