using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

/// <summary>The matrix of reference/device-requirements.md §3, cell by cell.</summary>
public sealed class BrowserSupportTests
{
    private static readonly BrowserSupport Browsers = BrowserSupport.LoadBuiltIn();

    [Theory]
    [InlineData("Chrome 142.0.0", DevicePlatform.Windows, true)]
    [InlineData("Chrome 142.0.0", DevicePlatform.ChromeOS, true)]
    [InlineData("Chrome 142.0.0", DevicePlatform.Linux, true)]
    [InlineData("Chrome Mobile 142.0.0", DevicePlatform.Android, true)]
    [InlineData("Chrome Mobile iOS 142.0", DevicePlatform.iOS, true)]
    [InlineData("Edge 142.0.0", DevicePlatform.macOS, true)]
    [InlineData("Edge 142.0.0", DevicePlatform.ChromeOS, null)]
    [InlineData("Firefox 145.0", DevicePlatform.Windows, true)]
    [InlineData("Firefox 145.0", DevicePlatform.Linux, true)]
    [InlineData("Firefox Mobile 145.0", DevicePlatform.Android, false)]
    [InlineData("Firefox iOS 145.0", DevicePlatform.iOS, true)]
    [InlineData("Safari 26.1", DevicePlatform.macOS, true)]
    [InlineData("Mobile Safari 26.1", DevicePlatform.iOS, true)]
    [InlineData("Safari 26.1", DevicePlatform.Windows, null)]
    [InlineData("Samsung Browser 29.0", DevicePlatform.Android, false)]
    [InlineData("Opera 122.0.0", DevicePlatform.Windows, false)]
    [InlineData("Opera Mobile 80", DevicePlatform.Android, false)]
    [InlineData("brave 1.80", DevicePlatform.macOS, false)]
    [InlineData("IE 11.0", DevicePlatform.Windows, false)]
    [InlineData("Edge", DevicePlatform.Windows, true)]
    [InlineData("Edgeware 1.0", DevicePlatform.Windows, null)]
    [InlineData("Chrome 142.0.0", DevicePlatform.Unknown, null)]
    [InlineData("Rich Client 4.72", DevicePlatform.Windows, null)]
    [InlineData("Ladybird 1.0", DevicePlatform.Linux, null)]
    [InlineData("", DevicePlatform.Windows, null)]
    [InlineData(null, DevicePlatform.Windows, null)]
    public void A_browser_of_the_log_is_looked_up_by_its_family(string? browser, DevicePlatform platform, bool? offers) => Assert.Equal(offers, Browsers.Offers(browser, platform));

    [Fact]
    public void It_names_its_source() => Assert.Contains("concept-fido2-compatibility", Browsers.Source, System.StringComparison.Ordinal);
}
