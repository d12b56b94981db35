using System;
using System.Linq;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public class GetPasskeyDeviceRequirementTests(ModuleSession session)
{
    private const string Id = ",PasskeyAdmin.Commands.GetPasskeyDeviceRequirementCommand";

    [Fact]
    public void The_published_matrix_is_the_default() => Assert.All(session.Output("Get-PasskeyDeviceRequirement"), r => Assert.Equal("Published", r.Text("Baseline")));

    [Fact]
    public void Filters_combine()
    {
        var cell = Assert.Single(session.Output("Get-PasskeyDeviceRequirement -Provider Google* -Platform Android -TargetType Synced"));
        Assert.Equal(("Google Password Manager", "BuiltIn", "9.0", "True"), (cell.Text("Provider"), cell.Text("Support"), cell.Text("MinimumVersion"), cell.Text("IsConfirmed")));
        Assert.Equal("Samsung", session.Output("(Get-PasskeyDeviceRequirement Google* -Platform Android).ExcludedManufacturer -join '|'").Single().ToString());
        Assert.Equal(["Windows", "macOS"], session.Output("Get-PasskeyDeviceRequirement 1Password -Platform Windows, macOS").Select(r => r.Text("Platform")));
    }

    [Fact]
    public void A_provider_of_the_catalogue_finds_the_row_it_stands_in() =>
        Assert.All(session.Output("Get-PasskeyDeviceRequirement 'YubiKey 5 Series'"), r => Assert.Equal("Security key", r.Text("Provider")));

    [Fact]
    public void A_provider_without_requirements_is_said_so()
    {
        var result = session.Run("Get-PasskeyDeviceRequirement 'Samsung Pass'");
        Assert.Empty(result.Output);
        Assert.Contains("-Baseline Extended", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.NotEmpty(session.Output("Get-PasskeyDeviceRequirement 'Samsung Pass' -Baseline Extended"));
    }

    [Fact]
    public void Unconfirmed_cells_are_shown_as_that() =>
        Assert.Contains("not confirmed; in Chrome", session.Shown("Get-PasskeyDeviceRequirement -Baseline Extended -Platform Linux"), StringComparison.Ordinal);

    [Fact]
    public void A_file_extends_and_a_bad_one_is_refused()
    {
        session.File("more.json", """{ "requirements": [ { "provider": "House key", "platform": "Linux", "passkeyType": "DeviceBound", "support": "Hardware", "source": "us" } ] }""");
        Assert.Equal("more.json", session.Output("Get-PasskeyDeviceRequirement -Path more.json -Platform Linux").Single().Text("Baseline"));
        session.File("bad.json", "{ \"requirements\": [\n { \"provider\": 5 } ] }");
        var error = session.Run("Get-PasskeyDeviceRequirement -Path bad.json").Error;
        Assert.Equal("RequirementFileInvalid" + Id, error.FullyQualifiedErrorId);
        Assert.StartsWith("bad.json, line 2: 'provider' must be a text", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_a_provider_has_no_requirement_for_gives_nothing() => Assert.Empty(session.Output("Get-PasskeyDeviceRequirement 'Google Password Manager' -TargetType DeviceBound"));

    [Fact]
    public void An_unknown_provider_is_an_error() => Assert.Equal("ProviderNotFound" + Id, session.Run("Get-PasskeyDeviceRequirement Nonsense").Error.FullyQualifiedErrorId);
}
