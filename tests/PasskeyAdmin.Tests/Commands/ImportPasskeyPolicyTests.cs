using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class ImportPasskeyPolicyTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.ImportPasskeyPolicyCommand";

    private readonly ChangeSession _tenant = new();

    public ImportPasskeyPolicyTests() => _tenant.Output("Export-PasskeyPolicy policy.json");

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void What_was_exported_is_nothing_to_do() => _tenant.NothingToDo("Import-PasskeyPolicy policy.json");

    [Fact]
    public void An_edit_is_made_and_nothing_else_and_the_second_time_nothing()
    {
        Edit("          \"1Password\",\n", "");
        Assert.Equal("Synced pilot: - provider 1Password", _tenant.Made("Import-PasskeyPolicy policy.json -Confirm:$false -PassThru"));
        Assert.Equal("Import-PasskeyPolicy", _tenant.Output("Get-PasskeyPolicyChange").Single().Text("Command"));
        _tenant.NothingToDo("Import-PasskeyPolicy policy.json");
        _tenant.Output("Export-PasskeyPolicy again.json");
        Assert.Equal(File.ReadAllText(InFolder("policy.json")), File.ReadAllText(InFolder("again.json")));
        _tenant.Made("Get-PasskeyPolicyChange | Undo-PasskeyPolicyChange -Confirm:$false -PassThru");
        Assert.Equal("Synced pilot: - provider 1Password", string.Join("; ", _tenant.Output("Compare-PasskeyPolicy policy.json")));
    }

    [Fact]
    public void Whom_it_affects_is_measured_and_guarded()
    {
        Edit("\"DeviceBound\",\n        \"Synced\"\n", "\"DeviceBound\"\n");
        var error = _tenant.Refused("Import-PasskeyPolicy policy.json -Confirm:$false");
        Assert.Equal("LockoutRefused" + Id, error.FullyQualifiedErrorId);
        Assert.Equal(4, _tenant.Output("(Import-PasskeyPolicy policy.json -PlanOnly).Impact.Affected").Single().BaseObject);
    }

    [Fact]
    public void WhatIf_sends_nothing()
    {
        Edit("          \"1Password\",\n", "");
        using var server = _tenant.Serve();
        var result = _tenant.Run("Import-PasskeyPolicy policy.json -WhatIf");
        Assert.Empty(result.Errors);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_tenant.Journal);
    }

    [Fact]
    public void Nothing_is_sent_where_a_name_is_wrong_and_all_wrong_names_are_told()
    {
        Edit("\"group\": \"Passkey pilot\"", "\"group\": \"Passkey pilots\"");
        Edit("\"group\": \"Privileged administrators\"", "\"group\": \"Sales\"");
        var error = _tenant.Refused("Import-PasskeyPolicy policy.json -Confirm:$false");
        Assert.Equal(("PolicyGroupsUnresolved" + Id, ErrorCategory.ObjectNotFound), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("there is no group 'Passkey pilots' in this tenant", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 groups of this tenant are called 'Sales'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_meanwhile_stops_it()
    {
        Edit("          \"1Password\",\n", "");
        _tenant.Output("$plan = Import-PasskeyPolicy policy.json -PlanOnly; Set-PasskeyPolicy -SelfServiceRegistration $false -Confirm:$false");
        Assert.Equal("PolicyChangedSincePlan,PasskeyAdmin.Commands.InvokePasskeyPolicyPlanCommand", _tenant.Refused("$plan | Invoke-PasskeyPolicyPlan").FullyQualifiedErrorId);
    }

    [Fact]
    public void A_file_for_many_tenants_is_one_change_in_each()
    {
        Edit("          \"1Password\",\n", "");
        _tenant.Output("$first = $contoso");
        _tenant.Connect(name: "second.json");
        Assert.Equal(["Applied", "Applied"], _tenant.Output("$first, $contoso | Import-PasskeyPolicy policy.json -Confirm:$false -PassThru").Select(c => c.Text("Outcome")));
    }

    private void Edit(string right, string wrong)
    {
        var text = File.ReadAllText(InFolder("policy.json"));
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(InFolder("policy.json"), text.Replace(right, wrong, StringComparison.Ordinal));
    }

    private string InFolder(string name) => Path.Combine(_tenant.Output("$PWD.ProviderPath").Single().ToString(), name);
}
