using System;
using System.IO;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class TenantReaderTests
{
    private const string Minimal = """
        {
          "format": "PasskeyAdmin.Sandbox",
          "version": 1,
          "organization": { "id": "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", "displayName": "Small" },
          "authenticationMethodsPolicy": { "authenticationMethodConfigurations": [ { "id": "fido2", "state": "disabled" } ] },
          "users": [],
          "groups": []
        }
        """;

    [Fact]
    public void A_small_tenant_is_enough_and_stays_small()
    {
        var tenant = SandboxTenant.Parse(Minimal);
        Assert.Equal("Small", tenant.Name);
        Assert.Equal(10, tenant.Settings.MaximumProfiles);
        Assert.Equal(JObject.Parse(Minimal).ToString(), JObject.Parse(tenant.ToJson()).ToString());
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("[]", "outermost value")]
    [InlineData("{} {}", "Additional text")]
    [InlineData("{} // a comment", "'format'")]
    [InlineData("{ \"format\": \"PasskeyAdmin.Sandbox\", \"format\": 1 }", "line 1")]
    [InlineData("not json", "it is not JSON")]
    public void What_is_no_tenant(string text, string says) => Assert.Contains(says, Invalid(text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("format", "\"Other\"", "line 2, column 19 (format)")]
    [InlineData("format", null, "'format' must be")]
    [InlineData("version", "2", "line 3, column 14 (version)")]
    [InlineData("version", "\"1\"", "(version): 'version' must be a whole number")]
    [InlineData("version", "1.5", "(version)")]
    [InlineData("settings", "[]", "(settings)")]
    [InlineData("settings", "{ \"maximumProfiles\": 0 }", "(settings.maximumProfiles): must be a whole number")]
    [InlineData("settings", "{ \"maximumPolicySize\": 5000000000 }", "(settings.maximumPolicySize)")]
    [InlineData("settings", "{ \"enrolsByPatch\": \"yes\" }", "(settings.enrolsByPatch): must be true or false")]
    [InlineData("settings", "{ \"enrolByPatch\": true }", "(settings.enrolByPatch): there is no such setting; the settings are maximumProfiles, maximumPolicySize,")]
    [InlineData("settings", "{ \"EnrolsByPatch\": true }", "(settings.EnrolsByPatch): there is no such setting")]
    [InlineData("organization", "{ \"id\": \"x\", \"displayName\": \"A\" }", "(organization.id): must be a GUID")]
    [InlineData("organization", "{ \"id\": \"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\" }", "(organization): 'displayName'")]
    [InlineData("organization", null, "'organization' must be an object")]
    [InlineData("authenticationMethodsPolicy", "{}", "'authenticationMethodConfigurations' must be a list")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [] }", "\"Fido2\"")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [ { \"id\": \"Fido2\", \"state\": \"x\" }, { \"id\": \"FIDO2\" } ] }", "(authenticationMethodsPolicy.authenticationMethodConfigurations[1].id): another configuration")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [ { \"id\": \"Fido2\" } ] }", "'state'")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [ { \"id\": \"Fido2\", \"state\": \"x\", \"@odata.type\": 1 } ] }", "must be a text")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [ { \"id\": \"Fido2\", \"state\": \"x\", \"includeTargets\": {} } ] }", "includeTargets")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [ { \"id\": \"Fido2\", \"state\": \"x\", \"passkeyProfiles\": [ { \"id\": \"x\", \"name\": \"A\" } ] } ] }", "passkeyProfiles[0].id): must be a GUID")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [ { \"id\": \"Fido2\", \"state\": \"x\", \"defaultPasskeyProfile\": 1 } ] }", "defaultPasskeyProfile")]
    [InlineData("authenticationMethodsPolicy", "{ \"authenticationMethodConfigurations\": [ { \"id\": \"Fido2\", \"state\": \"x\", \"includeTargets\": [ { \"id\": \"a\", \"allowedPasskeyProfiles\": [1] } ] } ] }", "allowedPasskeyProfiles): must be a list")]
    [InlineData("users", "{}", "(users): 'users' must be a list")]
    [InlineData("users", "[ 1 ]", "(users[0]): must be an object")]
    [InlineData("users", "[ { \"id\": \"x\", \"displayName\": \"A\", \"userPrincipalName\": \"a\" } ]", "(users[0].id): must be a GUID")]
    [InlineData("users", "[ { \"id\": \"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\", \"displayName\": \"A\" } ]", "(users[0]): 'userPrincipalName'")]
    [InlineData("groups", "[ { \"id\": \"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\", \"displayName\": \"A\" }, { \"id\": \"6F1C2B9E-3d47-4a58-b0c6-94e1d27f5a83\", \"displayName\": \"A\" } ]", "(groups[1].id): another object")]
    [InlineData("groups", "[ { \"id\": \"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\" } ]", "'displayName'")]
    [InlineData("groups", "[ { \"id\": \"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\", \"displayName\": \"A\", \"members\": [\"x\"] } ]", "(groups[0].members[0]): must be the id")]
    [InlineData("groups", "[ { \"id\": \"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\", \"displayName\": \"A\", \"members\": {} } ]", "(groups[0].members): must be a list")]
    [InlineData("groups", "[ { \"id\": \"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\", \"displayName\": \"A\", \"members\": [\"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\", \"6F1C2B9E-3d47-4a58-b0c6-94e1d27f5a83\"] } ]", "(groups[0].members[1]): the group has this member already")]
    public void What_is_wrong_is_said_with_its_place(string property, string? value, string says)
    {
        var root = JObject.Parse(Minimal);
        if (value is null) root.Remove(property);
        else root[property] = JToken.Parse(value);
        Assert.Contains(says, Invalid(root.ToString()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("1.10", "1.10")]
    [InlineData("-0.00012e-3", "-0.00000012")]
    [InlineData("1.2e3", "1200.0")]
    [InlineData("0e5", "0.0")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("12345678901234567890123456.78", "12345678901234567890123456.78")]
    [InlineData("12345678901234567890123456789012345", "12345678901234567890123456789012345")]
    [InlineData("1e-40", null)]
    [InlineData("0.12345678901234567890123456789012345", null)]
    [InlineData("0.99999999999999999999999999999999999", null)]
    [InlineData("1e40", null)]
    public void Numbers_keep_their_digits_or_are_refused(string number, string? kept)
    {
        // Two ways to end a line, and a value before it on the same one.
        var text = Minimal.ReplaceLineEndings("\r\n").Replace("\"users\": []", $"\"ours\": {{ \"a\": 1.5,\n \"x\": [ \"1e2\", {number} ] }}, \"users\": []", StringComparison.Ordinal);
        if (kept is not null)
        {
            Assert.Contains($"\n      {kept}\n", SandboxTenant.Parse(text).ToJson(), StringComparison.Ordinal);
            return;
        }
        var message = Invalid(text).Message;
        Assert.Contains("line 7, ", message, StringComparison.Ordinal);
        Assert.Contains("(ours.x[1]): ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("not JSON", message, StringComparison.Ordinal);
        if (number != "1e40") Assert.Contains($"the number {number} cannot be kept exactly", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_a_file_cannot_steer_a_terminal()
    {
        var path = Path.Combine(Path.GetTempPath(), $"\u001b[31m{Guid.NewGuid():N}.json");
        File.WriteAllText(path, "{}");
        try
        {
            var error = Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Load(path));
            Assert.DoesNotContain('\u001b', error.Message);
            Assert.Contains("line 1, column 1 ($)", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static PasskeyAdminException Invalid(string text)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Parse(text));
        Assert.Equal((ErrorKind.InvalidData, "SandboxFileInvalid"), (error.Kind, error.ErrorId));
        Assert.NotNull(error.RecommendedAction);
        return error;
    }
}
