using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class ExportPasskeyPolicyTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.ExportPasskeyPolicyCommand";

    private readonly ChangeSession _tenant = new();

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void The_policy_is_written_by_names_with_its_schema_beside_it()
    {
        var result = _tenant.Run("Export-PasskeyPolicy policy.json");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
        var text = Read("policy.json");
        var policy = JsonNode.Parse(text)!;
        Assert.Equal(["Default passkey profile", "Privileged access", "Synced pilot"], policy["profiles"]!.AsArray().Select(p => (string?)p!["name"]));
        Assert.Equal(["1Password", "Apple Passwords", "Bitwarden", "Google Password Manager"], policy["profiles"]![2]!["providers"]!["list"]!.AsArray().Select(p => (string?)p));
        Assert.Equal([null, "Passkey pilot", "Privileged administrators"], policy["targets"]!.AsArray().Select(t => (string?)t!["group"]));
        Assert.Equal("./passkey-policy.schema.json", (string?)policy["$schema"]);
        Assert.Equal("http://json-schema.org/draft-07/schema#", (string?)JsonNode.Parse(Read("passkey-policy.schema.json"))!["$schema"]);
        // No id of this tenant is in it, but for models of keys.
        Assert.DoesNotContain(ChangeSession.PilotGroup, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(ChangeSession.TenantId, text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.GetFiles(_tenant.Module.Home, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void It_replaces_a_file_unless_told_otherwise()
    {
        _tenant.Module.File("policy.json", "mine");
        Assert.Equal("OutFileExists" + Id, _tenant.Run("Export-PasskeyPolicy policy.json -NoClobber").Error.FullyQualifiedErrorId);
        Assert.Equal("mine", Read("policy.json"));
        _tenant.Output("Export-PasskeyPolicy policy.json -WhatIf");
        Assert.Equal("mine", Read("policy.json"));
        Assert.Equal("policy.json", Assert.Single(_tenant.Output("Export-PasskeyPolicy -Path policy.json -PassThru")).Text("Name"));
        Assert.StartsWith("{", Read("policy.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-PasskeyPolicy no/where/policy.json", "OutFileNotWritable")]
    [InlineData("Export-PasskeyPolicy .", "OutFileNotWritable")]
    [InlineData("Export-PasskeyPolicy Variable:x", "PathNotFileSystem")]
    public void Where_it_cannot_be_written_it_says_so(string script, string id) => Assert.Equal(id + Id, _tenant.Run(script).Error.FullyQualifiedErrorId);

    [Fact]
    public void Each_tenant_gets_a_file_of_its_own()
    {
        var result = _tenant.Run("$other = Connect-PasskeyTenant -Sandbox; $contoso, $other | Export-PasskeyPolicy -Path same.json");
        Assert.Equal("OutFileRepeated" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal(2, _tenant.Output("$contoso, $other | ForEach-Object { Export-PasskeyPolicy \"$($_.GetHashCode()).json\" -Tenant $_ -PassThru 3>$null }").Count);
    }

    /// <summary>A tenant on the pipeline has a path of its own.</summary>
    [Fact]
    public void What_is_something_else_already_is_not_overwritten()
    {
        Assert.Equal("OutFileIsInput" + Id, _tenant.Run("Export-PasskeyPolicy $contoso.Path").Error.FullyQualifiedErrorId);
        Assert.Equal("OutFileIsSchema" + Id, _tenant.Run("Export-PasskeyPolicy PassKey-policy.schema.json").Error.FullyQualifiedErrorId);
        Assert.NotEmpty(_tenant.Run("$contoso | Export-PasskeyPolicy").Errors);
        Assert.NotNull(_tenant.Policy);
        _tenant.Module.File("passkey-policy.schema.json", "mine");
        _tenant.Output("Export-PasskeyPolicy new.json -NoClobber");
        Assert.Equal("mine", Read("passkey-policy.schema.json"));
    }

    [Fact]
    public void A_tenant_that_is_not_enrolled_has_none()
    {
        _tenant.Connect(t =>
        {
            var policy = ChangeSession.PolicyOf(t);
            policy["passkeyProfiles"] = new JsonArray();
            policy.Remove("defaultPasskeyProfile");
            foreach (var target in policy["includeTargets"]!.AsArray()) target!["allowedPasskeyProfiles"] = new JsonArray();
        }, "not-enrolled.json");
        Assert.Equal("ProfilesNotEnrolled" + Id, _tenant.Run("Export-PasskeyPolicy policy.json").Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void What_it_leaves_out_is_said()
    {
        _tenant.Connect(t => ChangeSession.PolicyOf(t)["passkeyProfiles"]![2]!["passkeyTypes"] = "deviceBound,future", "newer.json");
        var warning = Assert.Single(_tenant.Run("Export-PasskeyPolicy policy.json").Warnings);
        Assert.Contains("The policy has something that this version does not understand", warning, StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse(Read("policy.json"))!["profiles"]![2]!["passkeyTypes"]);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_tenant.Output("$PWD.ProviderPath").Single().ToString(), name));
}
