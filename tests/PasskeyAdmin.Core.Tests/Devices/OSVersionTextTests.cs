using System;
using CsCheck;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class OSVersionTextTests
{
    [Theory]
    [InlineData("26.1", DevicePlatform.iOS, "26.1", 2)]
    [InlineData("26.6.1", DevicePlatform.iOS, "26.6.1", 3)]
    [InlineData("17", DevicePlatform.iOS, "17.0", 1)]
    [InlineData("iOS 17.4", DevicePlatform.iOS, "17.4", 2)]
    [InlineData("16.4.1 (a)", DevicePlatform.iOS, "16.4.1", 3)]
    [InlineData("14", DevicePlatform.Android, "14.0", 1)]
    [InlineData("14.0", DevicePlatform.Android, "14.0", 2)]
    [InlineData("8.1.0", DevicePlatform.Android, "8.1.0", 3)]
    [InlineData("Android 9", DevicePlatform.Android, "9.0", 1)]
    [InlineData("14.5 (23F79)", DevicePlatform.macOS, "14.5", 2)]
    [InlineData("Version 14.5 (Build 23F79)", DevicePlatform.macOS, "14.5", 2)]
    [InlineData("15.0 build 24A335", DevicePlatform.macOS, "15.0", 2)]
    [InlineData("10.0.22631.3447", DevicePlatform.Windows, "10.0.22631.3447", 4)]
    [InlineData("10.0.19045.x", DevicePlatform.Windows, "10.0.19045", 3)]
    [InlineData("10.0.26200", DevicePlatform.Windows, "10.0.26200", 3)]
    [InlineData("Windows 11 23H2", DevicePlatform.Windows, "10.0.22631", 3)]
    [InlineData("Windows 11 Enterprise 24H2", DevicePlatform.Windows, "10.0.26100", 3)]
    [InlineData("windows 10 22h2", DevicePlatform.Windows, "10.0.19045", 3)]
    [InlineData("Windows 11", DevicePlatform.Windows, "10.0.22000", 2)]
    [InlineData("Windows11", DevicePlatform.Windows, "10.0.22000", 2)]
    [InlineData("Windows 10 Pro", DevicePlatform.Windows, "10.0", 2)]
    [InlineData("Windows 11, version 23H2", DevicePlatform.Windows, "10.0.22631", 3)]
    [InlineData("22631", DevicePlatform.Windows, "10.0.22631", 3)]
    [InlineData("10.0 (22631)", DevicePlatform.Windows, "10.0.22631", 3)]
    [InlineData("Microsoft Windows [Version 10.0.22631.3447]", DevicePlatform.Windows, "10.0.22631.3447", 4)]
    [InlineData("6.1.7601.24545", DevicePlatform.Windows, "6.1.7601.24545", 4)]
    [InlineData("Windows 7", DevicePlatform.Windows, "6.1", 2)]
    [InlineData("Windows Server 2022 Datacenter", DevicePlatform.WindowsServer, "10.0.20348", 3)]
    [InlineData("120.0.6099.199", DevicePlatform.ChromeOS, "120.0.6099.199", 4)]
    public void Forms_of_real_inventories_are_read(string text, DevicePlatform platform, string version, int known)
    {
        var reading = OSVersionText.Parse(text, platform);
        Assert.Equal((Version.Parse(version), known), (reading.Version, reading.KnownParts));
    }

    [Theory]
    [InlineData("", DevicePlatform.iOS)]
    [InlineData(null, DevicePlatform.iOS)]
    [InlineData("0.0.0.0", DevicePlatform.Windows)]
    [InlineData("0.0", DevicePlatform.iOS)]
    [InlineData("rubbish", DevicePlatform.Android)]
    [InlineData("N/A", DevicePlatform.macOS)]
    [InlineData("2026-08-01", DevicePlatform.iOS)]
    [InlineData("2026", DevicePlatform.iOS)]
    [InlineData("34", DevicePlatform.Android)]
    [InlineData("99999999999.1", DevicePlatform.iOS)]
    [InlineData("1.2.3.4.5", DevicePlatform.iOS)]
    [InlineData("17.", DevicePlatform.iOS)]
    [InlineData("17beta", DevicePlatform.iOS)]
    [InlineData("-17", DevicePlatform.iOS)]
    [InlineData("23H2", DevicePlatform.Windows)]
    [InlineData("99999", DevicePlatform.Windows)]
    [InlineData("17]garbage", DevicePlatform.iOS)]
    [InlineData("22", DevicePlatform.iOS)]
    [InlineData("20.6.0", DevicePlatform.macOS)]
    [InlineData("Darwin 14.5", DevicePlatform.macOS)]
    [InlineData("11.0.22631", DevicePlatform.Windows)]
    [InlineData("Ubuntu 24.04 LTS", DevicePlatform.Linux)]
    [InlineData("17.4", DevicePlatform.Unknown)]
    public void What_could_mean_something_else_is_not_read(string? text, DevicePlatform platform) => Assert.Null(OSVersionText.Parse(text, platform).Version);

    [Theory]
    [InlineData("26.1", DevicePlatform.iOS, "17.0", RequirementAnswer.Yes)]
    [InlineData("17", DevicePlatform.iOS, "17.0", RequirementAnswer.Yes)]
    [InlineData("16.7.10", DevicePlatform.iOS, "17.0", RequirementAnswer.No)]
    [InlineData("14", DevicePlatform.iOS, "14.3", RequirementAnswer.Unknown)]
    [InlineData("13", DevicePlatform.iOS, "14.3", RequirementAnswer.No)]
    [InlineData("Windows 11", DevicePlatform.Windows, "10.0.22000", RequirementAnswer.Yes)]
    [InlineData("Windows 11", DevicePlatform.Windows, "10.0.22621", RequirementAnswer.Unknown)]
    [InlineData("Windows 10", DevicePlatform.Windows, "10.0", RequirementAnswer.Yes)]
    [InlineData("Windows 10", DevicePlatform.Windows, "10.0.19045", RequirementAnswer.Unknown)]
    [InlineData("6.3.9600", DevicePlatform.Windows, "10.0", RequirementAnswer.No)]
    [InlineData("rubbish", DevicePlatform.Windows, "10.0", RequirementAnswer.Unknown)]
    public void A_version_meets_a_minimum_only_as_far_as_it_is_known(string text, DevicePlatform platform, string minimum, RequirementAnswer answer) =>
        Assert.Equal(answer, OSVersionText.Parse(text, platform).Meets(Version.Parse(minimum)));

    [Fact]
    public void Parsing_never_throws() =>
        Gen.Select(Gen.String, Gen.Enum<DevicePlatform>()).Sample((text, platform) => OSVersionText.Parse(text, platform).KnownParts is >= 0 and <= 4);

    [Fact]
    public void What_is_printed_is_read_again() =>
        Gen.Select(Gen.Int[7, 18], Gen.Int[0, 30], Gen.Int[1, 9]).Sample((major, minor, patch) =>
        {
            var version = new Version(major, minor, patch);
            Assert.Equal(version, OSVersionText.Parse(version.ToString(), DevicePlatform.iOS).Version);
        });
}
