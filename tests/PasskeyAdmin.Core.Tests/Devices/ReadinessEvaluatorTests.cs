using System.Linq;
using CsCheck;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Devices;

public class ReadinessEvaluatorTests
{
    private static readonly ReadinessEvaluator Synced = Evaluator(RequirementBaseline.Published);

    [Theory]
    // os, version, manufacturer, model → status, reasons
    [InlineData("Windows", "10.0.26100.1", "Dell Inc.", "X", ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("Windows", "10.0.10240", null, null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("Windows", "Windows 11", null, null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("Windows", "6.3.9600", null, null, ReadinessStatus.NotReady, "OSTooOld")]
    [InlineData("Windows", "", null, null, ReadinessStatus.Unknown, "VersionUnknown")]
    [InlineData("Windows", "0.0.0.0", null, null, ReadinessStatus.Unknown, "VersionUnknown")]
    [InlineData("macOS", "14.5 (23F79)", "Apple", null, ReadinessStatus.Ready, "")]
    [InlineData("macOS", "12.7.6", "Apple", null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("macOS", "rubbish", "Apple", null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("MacMDM", "26.1", null, null, ReadinessStatus.Ready, "")]
    [InlineData("iOS", "26.1", "Apple", null, ReadinessStatus.Ready, "")]
    [InlineData("iOS", "16.0", "Apple", null, ReadinessStatus.Ready, "")]
    [InlineData("iOS", "15.8.3", "Apple", null, ReadinessStatus.NotReady, "OSTooOld")]
    [InlineData("iOS", "", "Apple", null, ReadinessStatus.Unknown, "VersionUnknown")]
    [InlineData("Android", "9", "Google", "Pixel 3", ReadinessStatus.Ready, "")]
    [InlineData("Android", "8.1.0", "Google", "Pixel", ReadinessStatus.NotReady, "OSTooOld")]
    [InlineData("Android", "16", "samsung", "SM-A566B", ReadinessStatus.ActionNeeded, "AppNeeded")]
    [InlineData("Android", "13", "SAMSUNG", "SM-A566B", ReadinessStatus.NotReady, "OSTooOld,ManufacturerExcluded")]
    [InlineData("Android", "13", null, "SM-A566B", ReadinessStatus.NotReady, "OSTooOld,ManufacturerExcluded")]
    [InlineData("Android", "13", null, "Galaxy S25", ReadinessStatus.NotReady, "OSTooOld,ManufacturerExcluded")]
    [InlineData("Android", "13", null, "Pixel 7", ReadinessStatus.Ready, "")]
    [InlineData("Android", "13", null, null, ReadinessStatus.Unknown, "ManufacturerUnknown")]
    [InlineData("Android", "13", "Unknown", "N/A", ReadinessStatus.Unknown, "ManufacturerUnknown")]
    [InlineData("Android", "15", null, null, ReadinessStatus.ActionNeeded, "AppNeeded,ManufacturerUnknown")]
    [InlineData("Android", "8", null, null, ReadinessStatus.NotReady, "OSTooOld")]
    [InlineData("Android", "", "samsung", null, ReadinessStatus.Unknown, "VersionUnknown")]
    [InlineData("Android", "34", "Google", "Pixel 8", ReadinessStatus.Unknown, "VersionUnknown")]
    [InlineData("AOSP (User-based)", "12", "Yealink", "A20", ReadinessStatus.NotReady, "OSTooOld,GoogleServicesMissing")]
    [InlineData("AOSP (User-based)", "14", "Yealink", "A20", ReadinessStatus.ActionNeeded, "AppNeeded")]
    [InlineData("Linux", "Ubuntu 24.04 LTS", null, null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("ChromeOS", "131.0", null, null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Windows Server 2022", "10.0.20348", null, null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Windows", "10.0.20348.2966", "VMware", null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Windows", "Windows Server 2019", "VMware", null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Windows", "10.0.25398", "VMware", null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Windows 10 Mobile", "10.0.15254", "Microsoft", "Lumia 950", ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Windows 10 Team", "10.0.19045", "Microsoft", "Surface Hub 2S", ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("iOS", "17.4", "Apple", "AppleTV11,1", ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Darwin 20.6.0", "", "Apple", null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("Darwin", "20.6.0", "Apple", null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("macOS", "22.6", "Apple", null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("iOS", "22.1", "Apple", null, ReadinessStatus.Unknown, "VersionUnknown")]
    [InlineData("", "2", null, null, ReadinessStatus.Unknown, "PlatformUnknown")]
    [InlineData("2", "14", null, null, ReadinessStatus.Unknown, "PlatformUnknown")]
    [InlineData("Unknown Linux", "10.0.1", null, null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Windows", "10.0.22621.1", "Microsoft", "HoloLens 2", ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("Android", "13", "HUAWEI", "SC-123", ReadinessStatus.Ready, "")]
    [InlineData("Android", "13", null, "SC-51A", ReadinessStatus.NotReady, "OSTooOld,ManufacturerExcluded")]
    [InlineData("Android", "10", "undefined", "SM-A515F", ReadinessStatus.NotReady, "OSTooOld,ManufacturerExcluded")]
    [InlineData("Android", "10", "Android", "GT-P7500", ReadinessStatus.NotReady, "OSTooOld,ManufacturerExcluded")]
    [InlineData("Android", "13", "(null)", "Unknown model", ReadinessStatus.Unknown, "ManufacturerUnknown")]
    [InlineData("Android", "13", "?", "Android", ReadinessStatus.Unknown, "ManufacturerUnknown")]
    [InlineData("N/A", "10.0.19045.1", null, null, ReadinessStatus.Ready, "ChromeNeeded")]
    [InlineData("UNKNOWN", "17.4", null, "iPhone 15", ReadinessStatus.Ready, "")]
    [InlineData("visionOS", "26.1", "Apple", null, ReadinessStatus.NotReady, "PlatformUnsupported")]
    [InlineData("TempleOS", "5.03", null, null, ReadinessStatus.Unknown, "PlatformUnknown")]
    [InlineData("", "", null, null, ReadinessStatus.Unknown, "PlatformUnknown")]
    public void Published_judges_as_the_table_says(string os, string version, string? manufacturer, string? model, ReadinessStatus status, string reasons)
    {
        var readiness = Synced.Evaluate(Device(os, version, manufacturer, model));
        Assert.Equal((status, reasons), (readiness.Status, string.Join(",", readiness.Reason)));
        Assert.NotEmpty(readiness.NextStep);
        Assert.Equal(3, readiness.Provider.Count);
    }

    [Theory]
    [InlineData("10.0.19045", ReadinessStatus.Ready)]
    [InlineData("10.0.19044", ReadinessStatus.NotReady)]
    [InlineData("10.0.22000", ReadinessStatus.NotReady)]
    [InlineData("10.0.22621", ReadinessStatus.Ready)]
    [InlineData("Windows 11", ReadinessStatus.Unknown)]
    [InlineData("Windows 10", ReadinessStatus.Unknown)]
    public void The_fleet_floor_knows_both_lines_of_Windows(string version, ReadinessStatus status) =>
        Assert.Equal(status, Evaluator(RequirementBaseline.FleetFloor).Evaluate(Device("Windows", version)).Status);

    [Theory]
    [InlineData("Android", "14", "samsung", ReadinessStatus.ActionNeeded)]
    [InlineData("Android", "12", "samsung", ReadinessStatus.Unknown)]
    [InlineData("Android", "15", "Google", ReadinessStatus.Ready)]
    [InlineData("Linux", "", null, ReadinessStatus.Unknown)]
    [InlineData("ChromeOS", "131", null, ReadinessStatus.Unknown)]
    [InlineData("Windows", "10.0.26100", null, ReadinessStatus.Ready)]
    public void Extended_turns_what_is_not_confirmed_into_Unknown(string os, string version, string? manufacturer, ReadinessStatus status) =>
        Assert.Equal(status, Evaluator(RequirementBaseline.Extended).Evaluate(Device(os, version, manufacturer)).Status);

    [Fact]
    public void An_unconfirmed_cell_never_says_yes()
    {
        var matrix = RequirementMatrix.LoadBuiltIn(RequirementBaseline.Extended);
        AskedProvider[] unconfirmed = [.. matrix.Cells.Where(c => !c.Confirmed).Select(c => new AskedProvider(c.Provider, [c]))];
        AnyDevice.Sample(device => Assert.All(new ReadinessEvaluator(unconfirmed).Evaluate(device).Provider, p => Assert.NotEqual(RequirementAnswer.Yes, p.Answer)), threads: 1);
    }

    [Theory]
    [InlineData("iOS", "17.0", ReadinessStatus.ActionNeeded, "AppNeeded,HardwareNeeded")]
    [InlineData("iOS", "16.0", ReadinessStatus.ActionNeeded, "HardwareNeeded")]
    [InlineData("iOS", "14.2", ReadinessStatus.NotReady, "OSTooOld")]
    [InlineData("Windows", "10.0.18362", ReadinessStatus.ActionNeeded, "HardwareNeeded")]
    [InlineData("Windows", "10.0.17763", ReadinessStatus.NotReady, "OSTooOld")]
    [InlineData("Android", "13", ReadinessStatus.ActionNeeded, "HardwareNeeded")]
    [InlineData("AOSP", "13", ReadinessStatus.NotReady, "OSTooOld,GoogleServicesMissing")]
    [InlineData("Android", "12", ReadinessStatus.Unknown, "Unconfirmed")]
    [InlineData("AOSP", "14", ReadinessStatus.ActionNeeded, "AppNeeded")]
    public void Device_bound_passkeys_have_a_matrix_of_their_own(string os, string version, ReadinessStatus status, string reasons)
    {
        var readiness = Evaluator(RequirementBaseline.Published, PasskeyTypes.DeviceBound).Evaluate(Device(os, version, "x"));
        Assert.Equal((status, reasons), (readiness.Status, string.Join(",", readiness.Reason)));
    }

    [Theory]
    [InlineData("Holographic", DevicePlatform.Other)]
    [InlineData("XboxOS", DevicePlatform.Other)]
    [InlineData("Microsoft Windows Server 2019 Datacenter", DevicePlatform.WindowsServer)]
    [InlineData("Enterprise", DevicePlatform.Windows)]
    [InlineData("Datacenter", DevicePlatform.WindowsServer)]
    [InlineData("ServerRdsh", DevicePlatform.Windows)]
    [InlineData("PPIPro", DevicePlatform.Other)]
    [InlineData("Microsoft Teams Rooms", DevicePlatform.Windows)]
    [InlineData("HP Mobile Workstation image", DevicePlatform.Windows)]
    [InlineData("managed by team-server-01", DevicePlatform.Windows)]
    [InlineData("2", DevicePlatform.Windows)]
    public void The_edition_tells_what_is_no_PC(string edition, DevicePlatform platform)
    {
        var fields = new DeviceFields();
        fields.Set(InventoryField.OperatingSystem, "Windows");
        fields.Set(InventoryField.OSVersion, "10.0.17763.1");
        fields.Set(InventoryField.Edition, edition);
        Assert.Equal(platform, new DeviceFactory().Create(fields).Platform);
        fields.Set(InventoryField.OperatingSystem, null);
        fields.Set(InventoryField.Edition, "Microsoft Windows 11 Pro");
        Assert.Equal(DevicePlatform.Windows, new DeviceFactory().Create(fields).Platform);
    }

    [Fact]
    public void Every_unconfirmed_cell_is_known() =>
        Assert.Equal(
            ["Security key Android", "Google Password Manager Linux", "Google Password Manager ChromeOS", "Samsung Pass Android", "Microsoft Password Manager Windows", "Other providers Windows", "Security key ChromeOS"],
            RequirementMatrix.LoadBuiltIn(RequirementBaseline.Extended).Requirements.Where(r => !r.IsConfirmed).Select(r => $"{r.Provider} {r.Platform}"));

    [Fact]
    public void A_provider_of_the_others_is_judged_by_their_row()
    {
        var readiness = Named("1Password").Evaluate(Device("Android", "14", "samsung"));
        var verdict = Assert.Single(readiness.Provider);
        Assert.Equal(("1Password", RequirementAnswer.Yes, SupportKind.App), (verdict.Name, verdict.Answer, verdict.Support));
        Assert.Equal("Install the app of 1Password and choose it for passkeys in the settings.", readiness.NextStep);
    }

    [Fact]
    public void A_provider_that_the_matrix_does_not_know_is_unknown()
    {
        var readiness = Named("Samsung Pass").Evaluate(Device("Android", "14", "samsung"));
        Assert.Equal((ReadinessStatus.Unknown, ReadinessReason.ProviderNotInMatrix), (readiness.Status, readiness.Reason.Single()));
    }

    [Fact]
    public void A_security_key_is_found_through_its_family() =>
        Assert.Equal("HardwareNeeded", string.Join(",", Named("YubiKey 5 Series").Evaluate(Device("Windows", "10.0.22631")).Reason));

    [Theory]
    [InlineData("Huawei", null, "P30", "Unknown")]
    [InlineData("Huawei", "HUAWEI", "P30", "NotReady")]
    [InlineData("Huawei", "Google", null, "Ready")]
    [InlineData("Samsung", null, "P30", "Ready")]
    public void A_model_alone_tells_only_Samsung_from_the_others(string excluded, string? manufacturer, string? model, string status)
    {
        var cell = new RequirementCell { Provider = "X", Platform = DevicePlatform.Android, PasskeyType = PasskeyTypes.Synced, Support = SupportKind.BuiltIn, ExcludedManufacturers = [excluded], Source = "test" };
        Assert.Equal(status, new ReadinessEvaluator([new AskedProvider("X", [cell])]).Evaluate(Device("Android", "14", manufacturer, model)).Status.ToString());
    }

    [Fact]
    public void A_row_of_its_own_speaks_where_it_can_and_the_shared_row_elsewhere()
    {
        using var file = new TemporaryFile("""{ "requirements": [ { "Provider": "1Password", "platform": "iOS", "passkeyType": "Synced", "support": "App", "minimumVersion": "18", "condition": null, "onlyManufacturers": null, "source": "us" } ] }""");
        var matrix = RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published).With(file.Path);
        var evaluator = new ReadinessEvaluator(AskedProvider.Named(matrix, ProviderCatalog.LoadBuiltIn(), [Exactly("1Password")], null));
        Assert.Equal([ReadinessStatus.NotReady, ReadinessStatus.ActionNeeded, ReadinessStatus.ActionNeeded],
            new[] { Device("iOS", "17.0"), Device("iOS", "18.0"), Device("Android", "14", "samsung") }.Select(d => evaluator.Evaluate(d).Status));
    }

    [Fact]
    public void A_type_that_a_provider_does_not_make_is_an_error()
    {
        var error = Assert.Throws<PasskeyAdminException>(() =>
            AskedProvider.Named(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), ProviderCatalog.LoadBuiltIn(), [Exactly("1Password")], PasskeyTypes.DeviceBound));
        Assert.Equal(("ProviderTypeMismatch", "1Password makes no DeviceBound passkeys. Leave -TargetType out, or name another provider."), (error.ErrorId, error.Message));
    }

    [Fact]
    public void Ready_only_with_Chrome_is_told_apart()
    {
        Assert.True(Synced.Evaluate(Device("macOS", "12.0")).ReadyOnlyWithChrome);
        Assert.False(Synced.Evaluate(Device("macOS", "13.0")).ReadyOnlyWithChrome);
        Assert.False(Synced.Evaluate(Device("Android", "14", "samsung")).ReadyOnlyWithChrome);
    }

    [Fact]
    public void The_status_is_the_best_that_a_provider_makes_of_the_device() => AnyDevice.Sample(device =>
    {
        var readiness = Synced.Evaluate(device);
        var yes = readiness.Provider.Where(p => p.Answer is RequirementAnswer.Yes).ToList();
        var expected = yes.Any(p => p.Support is SupportKind.BuiltIn or SupportKind.BuiltInToChrome) ? ReadinessStatus.Ready
            : yes.Count > 0 ? ReadinessStatus.ActionNeeded
            : readiness.Provider.Any(p => p.Answer is RequirementAnswer.Unknown) ? ReadinessStatus.Unknown
            : ReadinessStatus.NotReady;
        Assert.Equal(expected, readiness.Status);
        Assert.Equal(readiness.Reason.Count == 0, readiness.Status is ReadinessStatus.Ready && !readiness.ReadyOnlyWithChrome);
    }, threads: 1);

    [Fact]
    public void A_newer_version_is_never_worse() => Gen.Select(Gen.Int[5, 14], Gen.Int[0, 20], Gen.OneOf("iOS", "macOS", "Android"), Gen.OneOf<string?>("samsung", "Google", null)).Sample((major, minor, os, maker) =>
    {
        var (older, newer) = (Synced.Evaluate(Device(os, $"{major}.{minor}", maker)), Synced.Evaluate(Device(os, $"{major + 1}.{minor}", maker)));
        Assert.True(Rank(newer) >= Rank(older));
    }, threads: 1);

    private static int Rank(DeviceReadiness readiness) => System.Array.IndexOf([ReadinessStatus.NotReady, ReadinessStatus.Unknown, ReadinessStatus.ActionNeeded, ReadinessStatus.Ready], readiness.Status);

    private static Gen<Device> AnyDevice { get; } = Gen.Select(
        Gen.OneOf("Windows", "macOS", "iOS", "Android", "AOSP", "Linux", "Windows Server", "tvOS", "", "x"),
        Gen.OneOf(Gen.Select(Gen.Int[0, 27], Gen.Int[0, 9]).Select((a, b) => $"{a}.{b}"), Gen.Int[10000, 27000].Select(b => $"10.0.{b}"), Gen.OneOf("", "x", "Windows 11", "9")),
        Gen.OneOf<string?>("samsung", "Google", "Apple", null)).Select((os, version, maker) => Device(os, version, maker));

    private static Device Device(string os, string version, string? manufacturer = null, string? model = null)
    {
        var fields = new DeviceFields();
        fields.Set(InventoryField.DeviceName, "D1");
        fields.Set(InventoryField.OperatingSystem, os);
        fields.Set(InventoryField.OSVersion, version);
        fields.Set(InventoryField.Manufacturer, manufacturer);
        fields.Set(InventoryField.Model, model);
        return new DeviceFactory().Create(fields);
    }

    private static ReadinessEvaluator Evaluator(RequirementBaseline baseline, PasskeyTypes types = PasskeyTypes.Synced) => new(AskedProvider.All(RequirementMatrix.LoadBuiltIn(baseline), types));

    private static ReadinessEvaluator Named(string name) => new(AskedProvider.Named(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), ProviderCatalog.LoadBuiltIn(),
        [Exactly(name)], null));

    private static ProviderName Exactly(string name) => new(name, false, n => n.Equals(name, System.StringComparison.OrdinalIgnoreCase));
}
