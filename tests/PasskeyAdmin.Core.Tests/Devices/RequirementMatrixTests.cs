using System;
using System.IO;
using System.Linq;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Devices;

public sealed class RequirementMatrixTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    // The table of the seed document, row by row.
    [InlineData("Apple Passwords", DevicePlatform.Windows, SupportKind.NotAvailable, null, null)]
    [InlineData("Apple Passwords", DevicePlatform.macOS, SupportKind.BuiltIn, "13.0", null)]
    [InlineData("Apple Passwords", DevicePlatform.iOS, SupportKind.BuiltIn, "16.0", null)]
    [InlineData("Apple Passwords", DevicePlatform.Android, SupportKind.NotAvailable, null, null)]
    [InlineData("Google Password Manager", DevicePlatform.Windows, SupportKind.BuiltInToChrome, null, null)]
    [InlineData("Google Password Manager", DevicePlatform.macOS, SupportKind.BuiltInToChrome, null, null)]
    [InlineData("Google Password Manager", DevicePlatform.iOS, SupportKind.BuiltInToChrome, "17.0", null)]
    [InlineData("Google Password Manager", DevicePlatform.Android, SupportKind.BuiltIn, "9.0", "Samsung")]
    [InlineData("Other providers", DevicePlatform.Windows, SupportKind.BrowserExtension, null, null)]
    [InlineData("Other providers", DevicePlatform.macOS, SupportKind.BrowserExtension, null, null)]
    [InlineData("Other providers", DevicePlatform.iOS, SupportKind.App, "17.0", null)]
    [InlineData("Other providers", DevicePlatform.Android, SupportKind.App, "14.0", null)]
    public void Published_is_the_table_cell_for_cell(string provider, DevicePlatform platform, SupportKind support, string? minimum, string? excluded)
    {
        var cell = Assert.Single(Built(RequirementBaseline.Published), r => r.Provider == provider && r.Platform == platform && r.PasskeyType is PasskeyTypes.Synced);
        Assert.Equal((support, minimum, excluded, true), (cell.Support, cell.MinimumVersion?.ToString(), cell.ExcludedManufacturer.SingleOrDefault(), cell.IsConfirmed));
    }

    [Fact]
    public void Published_has_no_other_synced_cell() => Assert.Equal(12, Built(RequirementBaseline.Published).Count(r => r.PasskeyType is PasskeyTypes.Synced));

    [Fact]
    public void Every_cell_has_a_source() => Assert.All(Enum.GetValues<RequirementBaseline>().SelectMany(Built), r => Assert.NotEmpty(r.Source));

    [Fact]
    public void Extended_adds_and_takes_nothing_away()
    {
        var published = Built(RequirementBaseline.Published).Select(r => r.ToString()).ToList();
        var extended = Built(RequirementBaseline.Extended).Select(r => r.ToString()).ToList();
        Assert.Equal(published, extended.Take(published.Count));
        Assert.True(extended.Count > published.Count);
    }

    [Fact]
    public void FleetFloor_raises_every_minimum_to_the_floor()
    {
        var floor = Built(RequirementBaseline.FleetFloor).Where(r => r.Support is not SupportKind.NotAvailable && r.PasskeyType is PasskeyTypes.Synced).ToList();
        Assert.All(floor.Where(r => r.Platform is DevicePlatform.iOS), r => Assert.Equal(new Version(17, 0), r.MinimumVersion));
        Assert.All(floor.Where(r => r.Platform is DevicePlatform.Android), r => Assert.Equal(new Version(14, 0), r.MinimumVersion));
        Assert.All(floor.Where(r => r.Platform is DevicePlatform.macOS), r => Assert.Equal(new Version(13, 0), r.MinimumVersion));
        // Windows 10 22H2, or Windows 11 from 22H2: the first release of Windows 11 is below the floor.
        Assert.Equal(["10.0.19045 < 10.0.22000", "10.0.22621 < "], floor.Where(r => r.Platform is DevicePlatform.Windows && r.Provider == "Google Password Manager").Select(r => $"{r.MinimumVersion} < {r.BelowVersion}"));
    }

    [Fact]
    public void Every_requirement_that_the_catalogue_names_is_a_row_of_the_extended_matrix()
    {
        var rows = RequirementMatrix.LoadBuiltIn(RequirementBaseline.Extended).ProviderNames;
        Assert.All(ProviderCatalog.LoadBuiltIn().Providers.Select(p => p.Requirement).OfType<string>().Distinct(), r => Assert.Contains(r, rows));
    }

    [Fact]
    public void A_file_replaces_the_cells_that_it_names_and_adds_the_others()
    {
        var matrix = With("""
            {
              "requirements": [
                { "provider": "Google password manager", "platform": "windows", "passkeyType": "Synced", "support": "BuiltInToChrome", "minimumVersion": "10.0.22621", "source": "our policy" },
                { "provider": "House key", "platform": "Linux", "passkeyType": "DeviceBound", "support": "Hardware", "source": "our policy" }
              ]
            }
            """);
        var cell = Assert.Single(matrix.Requirements, r => r.Provider.Equals("Google Password Manager", StringComparison.OrdinalIgnoreCase) && r.Platform is DevicePlatform.Windows);
        Assert.Equal((new Version(10, 0, 22621), Path.GetFileName(_path)), (cell.MinimumVersion, cell.Baseline));
        Assert.Contains(matrix.Requirements, r => r.Provider == "House key");
        Assert.Contains(matrix.Requirements, r => r.Provider == "Apple Passwords" && r.Baseline == "Published");
    }

    [Fact]
    public void Hostile_text_in_a_file_is_shown_harmless()
    {
        var cell = Assert.Single(With("""{ "mode": "Replace", "requirements": [ { "provider": "Foo\u001b[31m", "platform": "iOS", "passkeyType": "Synced", "support": "App", "condition": "c\u001b]0;t\u0007", "excludedManufacturers": ["\u202Ex"], "source": "s\n" } ] }""").Requirements);
        Assert.DoesNotContain($"{cell.Provider}{cell.Condition}{cell.ExcludedManufacturer}{cell.Source}", c => char.IsControl(c) || c is '\u202E');
    }

    [Fact]
    public void A_file_can_stand_alone()
    {
        var matrix = With("""{ "mode": "Replace", "requirements": [ { "provider": "X", "platform": "iOS", "passkeyType": "Synced", "support": "App", "source": "s" } ] }""");
        Assert.Equal("X", Assert.Single(matrix.Requirements).Provider);
    }

    [Theory]
    [InlineData("not JSON", 1, "not JSON")]
    [InlineData("{ \"requirements\": [\n{ \"provider\": \"X\", }\n] }", 2, "'platform' is missing")]
    [InlineData("{ \"requirements\": [\n{ \"provider\": \"X\",\n", 3, "not JSON")]
    [InlineData("[]", 1, "expected an object")]
    [InlineData("{}", 1, "'requirements' is missing")]
    [InlineData("{ \"requirements\": [] }", 1, "has no entries")]
    [InlineData("{ \"requirements\": 5 }", 1, "must be a list")]
    [InlineData("{ \"mode\": \"Merge\", \"requirements\": [] }", 1, "'mode' is 'Merge'; use one of Extend, Replace")]
    [InlineData("{\n\"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\",\n\"platfrom\": \"iOS\" } ] }", 3, "'platfrom' is not known here")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\",\n\"platform\": \"Windwos\",\n\"passkeyType\": \"Synced\", \"support\": \"App\", \"source\": \"s\" } ] }", 2, "'platform' is 'Windwos'; use one of")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"Other\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"source\": \"s\" } ] }", 1, "'platform' must be")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"None\", \"support\": \"App\", \"source\": \"s\" } ] }", 1, "'passkeyType' must be")]
    [InlineData("{ \"requirements\": [ { \"provider\": \" \", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"source\": \"s\" } ] }", 1, "'provider' must be a text")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\",\n\"minimumVersion\": 17, \"source\": \"s\" } ] }", 2, "must be in quotation marks: \"17\"")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"minimumVersion\": \"17a\", \"source\": \"s\" } ] }", 1, "'minimumVersion' is '17a'")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"NotAvailable\", \"minimumVersion\": \"17\", \"source\": \"s\" } ] }", 1, "NotAvailable")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"minimumVersion\": \"17\", \"belowVersion\": \"16\", \"source\": \"s\" } ] }", 1, "higher than minimumVersion")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"confirmed\": \"no\", \"source\": \"s\" } ] }", 1, "'confirmed' must be true or false")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"onlyManufacturers\": \"Apple\", \"source\": \"s\" } ] }", 1, "must be a list of texts")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\" } ] }", 1, "'source' is missing")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"provider\": \"Y\" } ] }", 1, "provider")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"source\": \"s\" },\n{ \"provider\": \"x\", \"platform\": \"iOS\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"source\": \"s\" } ] }", 2, "stands twice")]
    [InlineData("{ \"requirements\": [ \"X\" ] }", 1, "expected an object")]
    [InlineData("   ", 1, "there is nothing in it")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"Windows\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"minimumVersion\": \"11\", \"source\": \"s\" } ] }", 1, "\"10.0.22621\" for Windows 11 22H2")]
    [InlineData("{ \"requirements\": [ { \"provider\": \"X\", \"platform\": \"Android\", \"passkeyType\": \"Synced\", \"support\": \"App\", \"minimumVersion\": \"34\", \"source\": \"s\" } ] }", 1, "Android has no such version")]
    public void A_bad_file_is_refused_with_line_and_reason(string json, int line, string reason)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => With(json));
        Assert.Equal(("RequirementFileInvalid", ErrorKind.InvalidData), (error.ErrorId, error.Kind));
        Assert.StartsWith($"{Path.GetFileName(_path)}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_so()
    {
        var error = Assert.Throws<PasskeyAdminException>(() => RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published).With(_path + ".missing"));
        Assert.Equal("FileNotFound", error.ErrorId);
    }

    private static System.Collections.Generic.IReadOnlyList<DeviceRequirement> Built(RequirementBaseline baseline) => RequirementMatrix.LoadBuiltIn(baseline).Requirements;

    private RequirementMatrix With(string json)
    {
        File.WriteAllText(_path, json);
        return RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published).With(_path);
    }
}
