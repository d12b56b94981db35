using System;
using System.IO;
using System.Linq;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class NewPasskeyAuthenticationStrengthTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.NewPasskeyAuthenticationStrengthCommand";

    private readonly ModuleSession _session = new();

    public NewPasskeyAuthenticationStrengthTests() => _session.Output("$contoso = Connect-PasskeyTenant -Sandbox");

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("X", "any passkey", "fido2")]
    [InlineData("X -Provider Bitwarden, 1Password", "only Bitwarden, 1Password", "fido2")]
    [InlineData("X -Provider d548826e-79b4-db40-a3d8-11116f7e8349 -AllowWindowsHello -AllowCertificate", "only Bitwarden", "fido2, windowsHelloForBusiness, x509CertificateMultiFactor")]
    [InlineData("-Name X -FromProfile 'Synced pilot' -AllowTemporaryAccessPass", "only Apple Passwords, Google Password Manager, 1Password, Bitwarden", "fido2, temporaryAccessPassOneTime, temporaryAccessPassMultiUse")]
    public void A_strength_is_created_and_given_out(string parameters, string passkey, string combination)
    {
        var made = Assert.Single(_session.Output($"New-PasskeyAuthenticationStrength {parameters} -Description 'Made here'"));
        Assert.Equal(("X", passkey, combination, "Made here", "Custom", "no policy"), (made.Text("Name"), made.Text("Passkey"), made.Text("Combination"), made.Text("Description"), made.Text("Type"), made.Text("Use")));
        var read = Assert.Single(_session.Output("Get-PasskeyAuthenticationStrength X"));
        Assert.Equal((made.Text("Id"), passkey), (read.Text("Id"), read.Text("Passkey")));
        Assert.Equal("access", Path.GetFileName(Path.GetDirectoryName(Journal.Single())));
        Assert.Empty(_session.Output("Get-PasskeyPolicyChange"));
    }

    [Fact]
    public void The_same_again_is_given_out_and_another_of_the_name_refused()
    {
        var made = Assert.Single(_session.Output("New-PasskeyAuthenticationStrength X -Provider Bitwarden"));
        var again = _session.Run("New-PasskeyAuthenticationStrength x -Provider Bitwarden");
        Assert.Equal(made.Text("Id"), Assert.Single(again.Output).Text("Id"));
        Assert.Equal("There is an authentication strength 'x' with just these settings already: it is not created again.", Assert.Single(again.Warnings));
        Assert.Equal("StrengthNameTaken" + Id, _session.Run("New-PasskeyAuthenticationStrength x").Error.FullyQualifiedErrorId);
        Assert.Single(Journal);
    }

    [Fact]
    public void WhatIf_makes_nothing_and_says_what_it_would_be()
    {
        Assert.Empty(_session.Run("New-PasskeyAuthenticationStrength X -FromProfile 'Default passkey profile' -WhatIf").Output);
        Assert.Empty(Journal);
        Assert.Empty(_session.Output("Get-PasskeyAuthenticationStrength X*"));
    }

    [Fact]
    public void What_a_strength_cannot_say_and_what_nobody_may_register_is_a_warning()
    {
        Assert.Contains("cannot tell these from the others", Assert.Single(_session.Run("New-PasskeyAuthenticationStrength A -FromProfile 'Default passkey profile' -WhatIf").Warnings), StringComparison.Ordinal);
        Assert.StartsWith("No passkey profile of this tenant lets anybody register Dashlane, which is all", Assert.Single(_session.Run("New-PasskeyAuthenticationStrength A -Provider Dashlane -WhatIf").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'  '", "StrengthNameInvalid")]
    [InlineData("X -FromProfile 'Synced pilot' -Provider Bitwarden", "StrengthModelsConflict")]
    [InlineData("X -FromProfile Nope", "ProfileNotFound")]
    [InlineData("X -Provider Nope", "ProviderNotFound")]
    [InlineData("'Phishing-resistant MFA'", "StrengthNameTaken")]
    public void What_makes_no_sense_is_refused_and_nothing_made(string parameters, string error)
    {
        var result = _session.Run($"New-PasskeyAuthenticationStrength {parameters}");
        Assert.Equal(error + Id, result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Empty(Journal);
    }

    [Fact]
    public void It_asks_only_where_that_is_wanted()
    {
        _session.Answer("No");
        Assert.Empty(_session.Run("New-PasskeyAuthenticationStrength X -Confirm").Output);
        Assert.Contains("+ authentication strength X (any passkey)", Assert.Single(_session.Questions), StringComparison.Ordinal);
        Assert.Empty(Journal);
        _session.Answer("Yes");
        Assert.Single(_session.Output("New-PasskeyAuthenticationStrength X -Confirm"));
    }

    [Fact]
    public void Without_a_journal_nothing_is_made()
    {
        var file = _session.File("file", "");
        Assert.Equal("JournalNotWritable" + Id, _session.Run($"New-PasskeyAuthenticationStrength X -JournalPath '{file}'").Error.FullyQualifiedErrorId);
        Assert.Empty(_session.Output("Get-PasskeyAuthenticationStrength X*"));
    }

    private string[] Journal => Directory.Exists(_session.Home) ? Directory.GetFiles(_session.Home, "*.jsonl", SearchOption.AllDirectories) : [];
}
