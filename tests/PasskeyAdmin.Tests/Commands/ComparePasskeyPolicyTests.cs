using System;
using System.IO;
using System.Linq;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class ComparePasskeyPolicyTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.ComparePasskeyPolicyCommand";

    private readonly ChangeSession _tenant = new();

    public ComparePasskeyPolicyTests() => _tenant.Output("Export-PasskeyPolicy policy.json");

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void What_was_exported_is_no_drift()
    {
        var result = _tenant.Run("Compare-PasskeyPolicy policy.json");
        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Equal(true, _tenant.Output("Compare-PasskeyPolicy policy.json -Quiet").Single().BaseObject);
    }

    [Fact]
    public void Drift_is_an_object_for_each_thing()
    {
        _tenant.Output("Set-PasskeyProfile 'Synced pilot' -TargetType Synced -RemoveProvider Bitwarden -Confirm:$false -SkipImpact -AllowLockout; Add-PasskeyProfileTarget -ProfileName 'Synced pilot' -Group Helpdesk; Set-PasskeyPolicy -RemoveExcludedGroup 'Shared kiosk accounts'");
        var rows = _tenant.Output("Compare-PasskeyPolicy policy.json");
        Assert.Equal(
            [
                ("Different", "Profile", "Synced pilot", "PasskeyType", "Synced", "DeviceBound, Synced"),
                ("Different", "Profile", "Synced pilot", "Provider", "only Apple Passwords, Google Password Manager, 1Password", "only Apple Passwords, Google Password Manager, 1Password, Bitwarden"),
                ("Unexpected", "Target", "Helpdesk", null, "Synced pilot", null),
                ("Missing", "Exclusion", "Shared kiosk accounts", null, null, "excluded"),
            ],
            rows.Select(r => (r.Text("Kind")!, r.Text("Part")!, r.Text("Name")!, r.Text("Setting"), r.Text("Tenant"), r.Text("File"))));
        Assert.Equal("Synced pilot: + passkey type DeviceBound", rows[0].ToString());
        Assert.Equal(ChangeSession.TenantId, rows[0].Text("TenantId"));
        Assert.Equal(false, _tenant.Output("Compare-PasskeyPolicy policy.json -Quiet").Single().BaseObject);
    }

    [Fact]
    public void It_gives_the_plan_that_mends_it()
    {
        _tenant.Output("Set-PasskeyProfile 'Synced pilot' -NewName Wave");
        var plan = Assert.Single(_tenant.Output("($plan = Compare-PasskeyPolicy -LiteralPath policy.json -AsPlan)"));
        Assert.Equal("Compare-PasskeyPolicy", plan.Text("Command"));
        Assert.Contains("+ profile Synced pilot", plan.ToString(), StringComparison.Ordinal);
        _tenant.Made("$plan | Invoke-PasskeyPolicyPlan -Confirm:$false -PassThru");
        Assert.Equal(true, _tenant.Output("Compare-PasskeyPolicy policy.json -Quiet").Single().BaseObject);
        Assert.True(_tenant.Output("Compare-PasskeyPolicy policy.json -AsPlan").Single().ToString() is "Nothing to do");
    }

    [Theory]
    [InlineData("Compare-PasskeyPolicy nothing.json", "FileNotFound")]
    [InlineData("Compare-PasskeyPolicy *.json", "DesiredPolicyAmbiguous")]
    [InlineData("Compare-PasskeyPolicy policy.json -AsPlan -Quiet", "AsPlanWithQuiet")]
    [InlineData("[IO.File]::WriteAllText([IO.Path]::Combine($PWD.ProviderPath, 'bad.json'), '{ \"version\": 1, \"state\": 1 }'); Compare-PasskeyPolicy bad.json", "DesiredPolicyInvalid")]
    public void What_is_wrong_with_the_file_is_told_before_a_tenant_is_asked(string script, string id)
    {
        _tenant.Output("Disconnect-PasskeyTenant");
        Assert.Equal(id + Id, _tenant.Run(script).Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("[IO.FileInfo][IO.Path]::Combine($PWD.ProviderPath, 'policy.json') | ForEach-Object { [pscustomobject]@{ PSPath = $_.FullName } } | Compare-PasskeyPolicy -Quiet")]
    [InlineData("[IO.File]::Copy([IO.Path]::Combine($PWD.ProviderPath, 'policy.json'), [IO.Path]::Combine($PWD.ProviderPath, '[1].json')); Compare-PasskeyPolicy -LiteralPath '[1].json' -Quiet")]
    [InlineData("Compare-PasskeyPolicy pol*.json -Quiet -Tenant $contoso")]
    [InlineData("$contoso, $contoso | Compare-PasskeyPolicy policy.json -Quiet")]
    public void A_file_is_named_in_any_way(string script) => Assert.Equal(true, _tenant.Output(script).Single().BaseObject);

    [Fact]
    public void It_writes_nothing_and_asks_little()
    {
        using var server = _tenant.Serve();
        _tenant.Output("Compare-PasskeyPolicy policy.json");
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Single(ChangeSession.OfPolicy(server));
        Assert.Empty(_tenant.Journal);
    }

    [Fact]
    public void An_error_is_not_as_desired()
    {
        var folder = _tenant.Output("$PWD.ProviderPath").Single().ToString();
        File.WriteAllText(Path.Combine(folder, "other.json"), "{ \"version\": 1, \"exclusions\": [ { \"group\": \"Nobody knows\" } ] }");
        var result = _tenant.Run("Compare-PasskeyPolicy other.json -Quiet");
        Assert.Equal("PolicyGroupsUnresolved" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal(false, result.Output.Single().BaseObject);
    }
}
