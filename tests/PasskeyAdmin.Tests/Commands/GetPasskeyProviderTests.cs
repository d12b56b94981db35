using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public class GetPasskeyProviderTests(ModuleSession session)
{
    [Fact]
    public void All_providers_come_with_vendor_type_and_AAGUIDs()
    {
        var providers = session.Output("Get-PasskeyProvider");
        Assert.True(providers.Count > 100);
        var apple = providers[0];
        Assert.Equal(("Apple Passwords", "Apple", "Synced", "Expected"), (apple.Text("Name"), apple.Text("Vendor"), apple.Text("PasskeyType"), apple.Text("TypeBasis")));
        Assert.Equal(2, ((IReadOnlyList<Guid>)apple.Get("AaGuid")!).Count);
    }

    [Theory]
    [InlineData("Get-PasskeyProvider 1Password", "1Password")]
    [InlineData("Get-PasskeyProvider -Name 'icloud keychain'", "Apple Passwords")]
    [InlineData("Get-PasskeyProvider 'YubiKey 5 S*Lightning'", "YubiKey 5 Series with Lightning")]
    [InlineData("Get-PasskeyProvider 'Nitrokey 3 AM'", "Nitrokey 3")]
    [InlineData("'BADA5566-a7aa-401f-bd96-45619a55120d' | Get-PasskeyProvider", "1Password")]
    [InlineData("@{ x = 1 } | ForEach-Object { [pscustomobject]@{ AaGuid = 'd548826e-79b4-db40-a3d8-11116f7e8349' } } | Get-PasskeyProvider", "Bitwarden")]
    public void A_provider_is_found_by_what_people_call_it(string script, string name) => Assert.Equal(name, Assert.Single(session.Output(script)).Text("Name"));

    [Fact]
    public void An_AAGUID_is_answered_by_its_model()
    {
        var provider = Assert.Single(session.Output("Get-PasskeyProvider -AaGuid 1ac71f64-468d-4fe0-bef1-0e5f2f551f18"));
        Assert.Equal("YubiKey 5 Series", provider.Text("Name"));
        Assert.Equal("YubiKey 5 Series with NFC (Enterprise Profile)", session.Output("(Get-PasskeyProvider -AaGuid 1ac71f64-468d-4fe0-bef1-0e5f2f551f18).Authenticator[0].Name").Single().ToString());
    }

    [Fact]
    public void An_unknown_AAGUID_is_unknown_and_no_error()
    {
        var provider = Assert.Single(session.Output("Get-PasskeyProvider -AaGuid 12345678-1234-1234-1234-123456789abc"));
        Assert.Equal((false, "None", "Unknown"), ((bool)provider.Get("IsKnown")!, provider.Text("PasskeyType"), provider.Text("TypeBasis")));
    }

    [Fact]
    public void An_AAGUID_typed_as_a_name_is_answered_too() =>
        Assert.Equal(["Unknown provider", "Bitwarden"], session.Output("Get-PasskeyProvider 11111111-1111-1111-1111-111111111111, d548826e-79b4-db40-a3d8-11116f7e8349").Select(p => p.Text("Name")));

    [Fact]
    public void A_broken_pattern_is_our_own_error() =>
        Assert.Equal("ProviderNameInvalid,PasskeyAdmin.Commands.GetPasskeyProviderCommand", session.Run("Get-PasskeyProvider '[x'").Error.FullyQualifiedErrorId);

    [Fact]
    public void The_type_filters()
    {
        Assert.All(session.Output("Get-PasskeyProvider -TargetType Synced"), p => Assert.Equal("Synced", p.Text("PasskeyType")));
        Assert.All(session.Output("Get-PasskeyProvider -PasskeyType DeviceBound"), p => Assert.Equal("DeviceBound", p.Text("PasskeyType")));
        Assert.Empty(session.Output("Get-PasskeyProvider 1Password -TargetType DeviceBound"));
    }

    [Fact]
    public void A_name_in_full_that_means_nobody_is_an_error_and_the_rest_goes_on()
    {
        var result = session.Run("Get-PasskeyProvider 1Passwrd, Bitwarden");
        Assert.Equal("Bitwarden", Assert.Single(result.Output).Text("Name"));
        Assert.Equal("ProviderNotFound,PasskeyAdmin.Commands.GetPasskeyProviderCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Error.CategoryInfo.Category);
        Assert.Equal("1Passwrd", result.Error.TargetObject);
        Assert.Contains("'1Password'", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_type_is_no_question() =>
        Assert.Equal("TargetTypeEmpty,PasskeyAdmin.Commands.GetPasskeyProviderCommand", session.Run("Get-PasskeyProvider -TargetType None").Error.FullyQualifiedErrorId);

    [Fact]
    public void A_pattern_that_matches_nothing_gives_nothing() => Assert.Empty(session.Output("Get-PasskeyProvider zzz*"));

    [Fact]
    public void Names_are_completed_and_quoted()
    {
        var script = "Get-PasskeyProvider -Name goog";
        using var shell = PowerShell.Create(session.Runspace);
        var completion = CommandCompletion.CompleteInput(script, script.Length, null, shell);
        Assert.Equal(["'Google Password Manager'", "'Google Titan Security Key'"], completion.CompletionMatches.Select(m => m.CompletionText).OrderBy(t => t, StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_says_what_matters()
    {
        var shown = session.Shown("Get-PasskeyProvider -AaGuid 12345678-1234-1234-1234-123456789abc; Get-PasskeyProvider 1Password");
        Assert.Contains("Unknown provider", shown, StringComparison.Ordinal);
        Assert.Matches(@"1Password\s+AgileBits\s+Synced\s+Expected\s+1\s+\{1Password\}", shown);
        Assert.Matches(@"Unknown\s+Unknown\s+1\s+\{Unknown auth", shown);
    }
}
