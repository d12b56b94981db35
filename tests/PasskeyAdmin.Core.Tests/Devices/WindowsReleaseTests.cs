using System;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class WindowsReleaseTests
{
    [Fact]
    public void Every_client_release_is_read_by_its_own_name() =>
        Assert.All(WindowsRelease.ClientReleases, r => Assert.Equal(new Version(10, 0, r.Build), OSVersionText.Parse(r.Name, DevicePlatform.Windows).Version));

    [Theory]
    [InlineData("10.0.22631.3447", false, false, "Windows 11 23H2")]
    [InlineData("10.0.26100.1", false, true, "Windows 11 24H2")]
    [InlineData("10.0.26100.1", true, false, "Windows Server 2025")]
    [InlineData("10.0.26100.1", false, false, "Windows 11 24H2/Server 2025")]
    [InlineData("10.0.20348.1", false, false, "Windows Server 2022")]
    [InlineData("10.0.27842.0", false, true, "Windows build 27842")]
    [InlineData("6.1.7601", false, false, "Windows 6.1")]
    public void An_edition_is_claimed_only_where_it_is_known(string version, bool isServer, bool isClient, string name) =>
        Assert.Equal(name, WindowsRelease.Name(Version.Parse(version), 4, isServer, isClient));
}
