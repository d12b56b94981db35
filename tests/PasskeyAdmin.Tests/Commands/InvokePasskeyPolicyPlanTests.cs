using System;
using System.Linq;
using System.Text.Json.Nodes;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class InvokePasskeyPolicyPlanTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.InvokePasskeyPolicyPlanCommand";
    private const string Difference = "Synced pilot: name -> Pilot";

    private readonly ChangeSession _tenant = new();

    public InvokePasskeyPolicyPlanTests()
    {
        _tenant.Output("$plan = Set-PasskeyProfile 'Synced pilot' -NewName Pilot -PlanOnly; $serializer = [System.Management.Automation.PSSerializer]");
        _tenant.Module.File("plan.json", Document());
        _tenant.Module.File("[1].json", Document());
    }

    public void Dispose() => _tenant.Dispose();

    [Theory]
    [InlineData("$plan | Invoke-PasskeyPolicyPlan")]
    [InlineData("Invoke-PasskeyPolicyPlan $plan")]
    [InlineData("Invoke-PasskeyPolicyPlan -Plan $plan.Document")]
    [InlineData("$plan.Document | Invoke-PasskeyPolicyPlan")]
    [InlineData("Invoke-PasskeyPolicyPlan -Path plan.json")]
    [InlineData("Invoke-PasskeyPolicyPlan -Path p*.json")]
    [InlineData("Invoke-PasskeyPolicyPlan -LiteralPath '[1].json'")]
    [InlineData("[IO.FileInfo][IO.Path]::Combine($PWD.ProviderPath, 'plan.json') | Invoke-PasskeyPolicyPlan")]
    [InlineData("$serializer::Deserialize($serializer::Serialize($plan)) | Invoke-PasskeyPolicyPlan")]
    [InlineData("$serializer::Deserialize($serializer::Serialize(@($plan), 4)) | Invoke-PasskeyPolicyPlan")]
    [InlineData("[pscustomobject]@{ Document = $plan.Document } | Invoke-PasskeyPolicyPlan")]
    [InlineData("Get-PasskeyTenant | Invoke-PasskeyPolicyPlan $plan")]
    [InlineData("$other = Connect-PasskeyTenant -Sandbox; Invoke-PasskeyPolicyPlan $plan -Tenant $contoso")]
    public void A_plan_is_applied_whatever_it_went_through(string script)
    {
        Assert.Equal(Difference, _tenant.Made($"{script} -PassThru"));
        Assert.Equal("Pilot", (string?)ChangeSession.Find(_tenant.Policy, "passkeyProfiles", ChangeSession.Pilot)["name"]);
    }

    [Fact]
    public void A_plan_is_an_object_that_says_what_it_does()
    {
        var plan = Assert.Single(_tenant.Output("$plan"));
        Assert.Equal("PasskeyAdmin.Changes.PasskeyPolicyPlan", plan.BaseObject.GetType().FullName);
        Assert.Equal((Difference, "Set-PasskeyProfile", "Contoso", ChangeSession.TenantId), (plan.ToString(), plan.Text("Command"), plan.Text("TenantName"), plan.Text("TenantId")));
        Assert.Equal(["Pilot", "Synced pilot"], _tenant.Output("$plan.After.Profile[2].Name; $plan.Before.Profile[2].Name").Select(n => n.ToString()));
        Assert.Equal(0, _tenant.Output("$plan.Impact.Affected").Single().BaseObject);
        Assert.Null(_tenant.Output("(Set-PasskeyProfile $default -TargetType Synced -PlanOnly -SkipImpact).Impact").SingleOrDefault());
    }

    [Fact]
    public void Nothing_that_was_measured_is_in_its_document()
    {
        var document = _tenant.Output("$big = Set-PasskeyProfile $default -TargetType DeviceBound -PlanOnly; $big.Document").Single().ToString();
        Assert.Equal(3, _tenant.Output("$big.Impact.Affected").Single().BaseObject);
        Assert.DoesNotContain("grady", document, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("affected", document, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("LockoutRefused" + Id, _tenant.Refused("Invoke-PasskeyPolicyPlan $big.Document -Confirm:$false").FullyQualifiedErrorId);
        Assert.Equal("TooManyAffectedUsers" + Id, _tenant.Refused("$big | Invoke-PasskeyPolicyPlan -Confirm:$false -AllowLockout").FullyQualifiedErrorId);
        Assert.Equal("Default passkey profile: - passkey type Synced", _tenant.Made("$big | Invoke-PasskeyPolicyPlan -Confirm:$false -AllowLockout -MaximumAffectedUser 3 -PassThru"));
    }

    [Fact]
    public void A_plan_is_planned_again()
    {
        var again = Assert.Single(_tenant.Output("$plan | Invoke-PasskeyPolicyPlan -PlanOnly"));
        Assert.Equal((Difference, "Set-PasskeyProfile"), (again.ToString(), again.Text("Command")));
        Assert.Empty(_tenant.Output("$plan | Invoke-PasskeyPolicyPlan -PlanOnly | Invoke-PasskeyPolicyPlan"));
        Assert.Equal("Set-PasskeyProfile", Assert.Single(_tenant.Output("Get-PasskeyPolicyChange")).Text("Command"));
    }

    [Fact]
    public void A_plan_with_a_new_profile_gets_the_id_that_the_service_gives()
    {
        _tenant.Output("$new = New-PasskeyProfile 'Wave 1' -TargetType Synced -Group Helpdesk -PlanOnly 3>$null");
        Assert.Equal("+ profile Wave 1 (Synced; any provider); + target Helpdesk (Wave 1)", _tenant.Made("Invoke-PasskeyPolicyPlan $new.Document -PassThru 3>$null"));
        var id = (string?)ChangeSession.Find(_tenant.Policy, "passkeyProfiles", "Wave 1")["id"];
        Assert.Equal([id], ChangeSession.Find(_tenant.Policy, "includeTargets", "be0c992f-399d-5476-9d60-39382213e87a")["allowedPasskeyProfiles"]!.AsArray().Select(p => (string?)p));
        Assert.DoesNotContain(id!, _tenant.Output("$new.Document").Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_changes_nothing_writes_nothing() =>
        Assert.Single(_tenant.NothingToDo("Set-PasskeyProfile 'Synced pilot' -NewName 'Synced pilot' -PlanOnly | Invoke-PasskeyPolicyPlan -PassThru"));

    [Fact]
    public void A_policy_that_was_changed_since_is_said_with_the_difference()
    {
        _tenant.Output("Set-PasskeyPolicy -SelfServiceRegistration $false");
        var error = _tenant.Refused("Invoke-PasskeyPolicyPlan $plan");
        Assert.Equal("PolicyChangedSincePlan" + Id, error.FullyQualifiedErrorId);
        Assert.Contains("self-service registration: on -> off", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("PolicyChangedSincePlan" + Id, _tenant.Refused("Invoke-PasskeyPolicyPlan $plan -PlanOnly").FullyQualifiedErrorId);
        _tenant.Output("Set-PasskeyPolicy -SelfServiceRegistration $true");
        Assert.Equal(Difference, _tenant.Made("Invoke-PasskeyPolicyPlan $plan -PassThru"));
    }

    [Fact]
    public void Of_two_plans_the_second_is_no_longer_of_the_policy_that_there_is()
    {
        var result = _tenant.Run("$plan, $plan | Invoke-PasskeyPolicyPlan -PassThru");
        Assert.Equal($"{Difference}: Applied", Assert.Single(result.Output).ToString());
        Assert.Equal("PolicyChangedSincePlan" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Single(_tenant.Journal);
    }

    [Fact]
    public void A_plan_of_another_tenant_is_refused()
    {
        _tenant.Connect(t => t["organization"]!["id"] = "11111111-2222-3333-4444-555555555555", "other.json");
        foreach (var script in new[] { "Invoke-PasskeyPolicyPlan $plan", "$plan.Document | Invoke-PasskeyPolicyPlan", "Invoke-PasskeyPolicyPlan -Path plan.json -PlanOnly" })
        {
            var error = _tenant.Refused(script);
            Assert.Equal("PlanOfOtherTenant" + Id, error.FullyQualifiedErrorId);
            Assert.Contains(ChangeSession.TenantId, error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains("11111111-2222-3333-4444-555555555555", error.Exception.Message, StringComparison.Ordinal);
        }
        // The tenant of an object is looked at first.
        Assert.Equal("WrongTenant" + Id, _tenant.Refused("$plan | Invoke-PasskeyPolicyPlan").FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("tenant", "\"11111111-2222-3333-4444-555555555555\"", "PlanOfOtherTenant")]
    [InlineData("tenant", "null", "PlanInvalid")]
    [InlineData("hash", "\"0000000000000000000000000000000000000000000000000000000000000000\"", "PlanInvalid")]
    [InlineData("hash", "null", "PlanInvalid")]
    [InlineData("before", "{}", "PlanInvalid")]
    [InlineData("before", "null", "PlanInvalid")]
    [InlineData("before.state", "\"disabled\"", "PlanInvalid")]
    [InlineData("before.passkeyProfiles.2.passkeyTypes", "\"synced\"", "PlanInvalid")]
    [InlineData("before.unknown", "1", "PlanInvalid")]
    [InlineData("change", "null", "PlanInvalid")]
    [InlineData("change.id", "\"x\"", "PlanInvalid")]
    [InlineData("change.defaultPasskeyProfile", "\"a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40\"", "PlanInvalid")]
    [InlineData("change.passkeyProfiles.2.id", "\"11111111-2222-4333-8444-555555555555\"", "PlanInvalid")]
    [InlineData("change.passkeyProfiles.2.name", "\"Privileged access\"", "ProposedPolicyInvalid")]
    [InlineData("change.passkeyProfiles.2.attestationEnforcement", "\"sometimes\"", "ProposedPolicyInvalid")]
    [InlineData("change.passkeyProfiles.2.passkeyTypes", "\"synced,unknownFutureValue\"", "ProposedPolicyInvalid")]
    [InlineData("change.state", "\"off\"", "ProposedPolicyInvalid")]
    [InlineData("change.state", "\"disabled\"", "LockoutRefused")]
    [InlineData("newProfiles", "[\"a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c40\"]", "PlanInvalid")]
    [InlineData("newProfiles", "[\"11111111-2222-4333-8444-555555555555\"]", "PlanInvalid")]
    [InlineData("newProfiles", "[1]", "PlanInvalid")]
    [InlineData("newProfiles", "null", "PlanInvalid")]
    [InlineData("renewed", "{\"a\":1}", "PlanInvalid")]
    [InlineData("madeAt", "\"yesterday\"", "PlanInvalid")]
    [InlineData("format", "\"PasskeyAdmin.Change\"", "PlanInvalid")]
    [InlineData("version", "2", "PlanInvalid")]
    [InlineData("version", "\"1\"", "PlanInvalid")]
    public void A_plan_that_was_edited_by_hand_is_looked_at_anew(string place, string value, string id)
    {
        var document = JsonNode.Parse(Document())!;
        JsonNode parent = document;
        var names = place.Split('.');
        foreach (var name in names[..^1]) parent = int.TryParse(name, out var index) ? parent[index]! : parent[name]!;
        parent[names[^1]] = JsonNode.Parse(value);
        _tenant.Set("edited", document.ToJsonString());
        Assert.Equal(id + Id, _tenant.Refused("Invoke-PasskeyPolicyPlan $edited -Confirm:$false").FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("$null", "PlanInvalid")]
    [InlineData("7", "PlanInvalid")]
    [InlineData("''", "PlanInvalid")]
    [InlineData("'nonsense'", "PlanInvalid")]
    [InlineData("'{}'", "PlanInvalid")]
    [InlineData("'[]'", "PlanInvalid")]
    [InlineData("($plan.Document + ' {}')", "PlanInvalid")]
    [InlineData("$plan.Document.Substring(0, 500)", "PlanInvalid")]
    [InlineData("$plan.Document.Replace('\"version\"', '\"format\":\"PasskeyAdmin.Plan\",\"version\"')", "PlanInvalid")]
    [InlineData("@{ Document = $plan.Document }", "PlanInvalid")]
    [InlineData("(Get-PasskeyPolicy)", "PlanInvalid")]
    [InlineData("-Path no.json", "FileNotFound")]
    [InlineData("-Path *.json", "PlanAmbiguous")]
    [InlineData("-LiteralPath p*.json", "FileNotFound")]
    [InlineData("-Path env:PATH", "PathNotFileSystem")]
    [InlineData("-Path .", "FileIsFolder")]
    [InlineData("-Plan $plan -Path plan.json", "AmbiguousParameterSet")]
    [InlineData("$plan -SkipImpact -MaximumAffectedUser 1", "SkipImpactWithLimit")]
    public void What_is_no_plan_is_an_error(string parameters, string id) => Assert.Equal(id + Id, _tenant.Refused($"Invoke-PasskeyPolicyPlan {parameters}").FullyQualifiedErrorId);

    [Fact]
    public void What_is_no_plan_costs_no_request()
    {
        using var server = _tenant.Serve();
        var asked = server.Requests.Count;
        foreach (var script in new[] { "Invoke-PasskeyPolicyPlan 7", "Invoke-PasskeyPolicyPlan '{}'", "Invoke-PasskeyPolicyPlan -Path no.json", "Invoke-PasskeyPolicyPlan $plan.Document.Replace('deviceBound', 'synced')" }) Assert.Single(_tenant.Run(script).Errors);
        Assert.Equal(asked, server.Requests.Count);
    }

    [Fact]
    public void The_view_says_what_matters()
    {
        var shown = _tenant.Module.Shown("Set-PasskeyProfile $default -TargetType DeviceBound -PlanOnly");
        Assert.Matches(@"Tenant\s+: Contoso", shown);
        Assert.Matches(@"Difference\s+: Default passkey profile: - passkey type Synced", shown);
        Assert.Matches(@"Affected\s+: 3", shown);
        Assert.Matches(@"1 Stranded \(1 administrator\)", shown);
        Assert.Matches(@"Request\s+: 1 x PATCH", shown);
        Assert.Matches(@"Affected\s+: not measured", _tenant.Module.Shown("Set-PasskeyProfile $default -TargetType DeviceBound -PlanOnly -SkipImpact"));
        Assert.Matches(@"Difference\s+: none: the policy is like that already", _tenant.Module.Shown("Set-PasskeyProfile $default -Attestation Disabled -PlanOnly"));
        Assert.Matches(@"Method\s+: PATCH", _tenant.Module.Shown("$plan.Request"));
    }

    private string Document() => _tenant.Output("$plan.Document").Single().ToString();
}
