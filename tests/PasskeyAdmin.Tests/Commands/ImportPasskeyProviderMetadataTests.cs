using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class ImportPasskeyProviderMetadataTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.ImportPasskeyProviderMetadataCommand";
    private const string Other = "0a1b2c3d-0000-4000-8000-00000000beef";

    private readonly ModuleSession _session;
    private readonly TestAuthority _root = TestAuthority.Root(DateTimeOffset.UtcNow);
    private readonly TestAuthority _authority;
    private readonly TestAuthority _signer;

    public ImportPasskeyProviderMetadataTests(ModuleSession session)
    {
        _session = session;
        _authority = _root.Authority();
        _signer = _authority.Signer();
        session.File("root.pem", _root.Pem);
        session.File("blob.jwt", Blob(TestBlob.Entry()));
        session.File("list.json", $$"""{"{{Other}}": "Wingtip Wallet"}""");
    }

    public void Dispose()
    {
        _session.Output("$global:PasskeyAdminMetadata = $null");
        _root.Dispose();
        _authority.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public void A_good_blob_is_verified_and_says_what_a_model_can_do()
    {
        var result = _session.Run("Import-PasskeyProviderMetadata blob.jwt -RootCertificatePath root.pem -Verbose");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Contains("blob.jwt: 1 entry read.", result.Verbose);
        var model = Assert.Single(result.Output);
        Assert.Equal("PasskeyAdmin.Providers.PasskeyProviderMetadata", model.TypeNames[0]);
        Assert.Equal(("Fabrikam Key 7", "Verified", "FIDO_CERTIFIED_L1", "Yes", "blob.jwt"),
            (model.Text("Name"), model.Text("Verification"), model.Text("Certification"), model.Text("AttestationEligible"), model.Text("Source")));
    }

    [Fact]
    public void Without_a_trusted_root_it_is_shown_with_a_warning()
    {
        var result = _session.Run("Import-PasskeyProviderMetadata blob.jwt");
        Assert.Empty(result.Errors);
        var warning = Assert.Single(result.Warnings);
        Assert.StartsWith("blob.jwt is Unverified: ", warning, StringComparison.Ordinal);
        Assert.Equal(("Unverified", "Unknown"), (result.Output.Single().Text("Verification"), result.Output.Single().Text("AttestationEligible")));
    }

    [Fact]
    public void A_tampered_blob_says_so()
    {
        var parts = Blob(TestBlob.Entry()).Split('.');
        _session.File("tampered.jwt", $"{parts[0]}.{TestBlob.Encode(TestBlob.Payload(TestBlob.Entry(name: "Evil")))}.{parts[2]}");
        var result = _session.Run("Import-PasskeyProviderMetadata tampered.jwt -RootCertificatePath root.pem");
        Assert.Contains("the signature does not match", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("the signature does not match", result.Output.Single().Text("VerificationReason"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_signer_must_be_named()
    {
        using var signer = _authority.Signer("metadata.contoso.com");
        _session.File("own.jwt", TestBlob.Sign(TestBlob.Payload(TestBlob.Entry(), "2999-01-01"), [signer, _authority]));
        Assert.Contains("not by mds.fidoalliance.org", Assert.Single(_session.Run("Import-PasskeyProviderMetadata own.jwt -RootCertificatePath root.pem").Warnings), StringComparison.Ordinal);
        Assert.Empty(_session.Run("Import-PasskeyProviderMetadata own.jwt -RootCertificatePath root.pem -SignerName metadata.contoso.com").Warnings);
    }

    [Fact]
    public void An_old_blob_is_verified_and_a_newer_one_is_advised()
    {
        _session.File("old.jwt", TestBlob.Sign(TestBlob.Payload(TestBlob.Entry(), "2020-02-01"), [_signer, _authority]));
        var result = _session.Run("Import-PasskeyProviderMetadata old.jwt -RootCertificatePath root.pem");
        Assert.Contains("old.jwt is out of date: a newer blob was due on 2020-02-01.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("Unknown", result.Output.Single().Text("AttestationEligible"));
        Assert.Contains("A newer blob was due on 2020-02-01", result.Output.Single().Text("EligibilityReason"), StringComparison.Ordinal);
        Assert.Equal(("Verified", true), (result.Output.Single().Text("Verification"), (bool)result.Output.Single().Get("IsOutdated")!));
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        _session.File("mixed.jwt", Blob($$"""{"aaid": "4e4e#4005"}, {{TestBlob.Entry()}}, {"aaguid": "x"}"""));
        var result = _session.Run("Import-PasskeyProviderMetadata mixed.jwt -RootCertificatePath root.pem -Verbose");
        Assert.Single(result.Output);
        Assert.Equal("ProviderMetadataEntryInvalid" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Contains("mixed.jwt, entry 3", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 entry read, 1 could not be read", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains(result.Verbose, v => v.Contains("1 entry without an AAGUID", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Import-PasskeyProviderMetadata in-*.json")]
    [InlineData("Import-PasskeyProviderMetadata -Path in-1.json, in-2.json")]
    [InlineData("'in-1.json', 'in-2.json' | Import-PasskeyProviderMetadata")]
    [InlineData("[IO.FileInfo](Join in-1.json), [IO.FileInfo](Join in-2.json) | Import-PasskeyProviderMetadata")]
    [InlineData("[pscustomobject]@{ PSPath = (Join in-1.json) }, [pscustomobject]@{ LP = 'in-2.json' } | Import-PasskeyProviderMetadata")]
    public void Files_come_by_every_road(string script)
    {
        _session.File("in-1.json", $$"""{"{{Other}}": "One"}""");
        _session.File("in-2.json", $$"""{"{{Other}}": "Two"}""");
        var output = _session.Output("function Join($name) { [IO.Path]::Combine($PWD.ProviderPath, $name) }; " + script);
        Assert.Equal(["One", "Two"], output.Select(d => d.Text("Name")));
    }

    [Theory]
    [InlineData("missing.json", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("no*.json", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("folder", "FileIsFolder", ErrorCategory.InvalidArgument)]
    [InlineData("empty.json", "FileEmpty", ErrorCategory.InvalidData)]
    [InlineData("damaged.jwt", "ProviderMetadataInvalid", ErrorCategory.InvalidData)]
    [InlineData("env:PATH", "PathNotFileSystem", ErrorCategory.InvalidArgument)]
    public void A_bad_file_is_one_error_and_the_next_file_is_read(string path, string errorId, ErrorCategory category)
    {
        Directory.CreateDirectory(Path.Combine(_session.Folder, "folder"));
        _session.File("empty.json", "");
        _session.File("damaged.jwt", "eyJh.eyJi");
        var result = _session.Run($"Import-PasskeyProviderMetadata '{path}', list.json");
        Assert.Equal((errorId + Id, category, path), (result.Error.FullyQualifiedErrorId, result.Error.CategoryInfo.Category, result.Error.TargetObject));
        Assert.Equal("Wingtip Wallet", Assert.Single(result.Output).Text("Name"));
    }

    [Theory]
    [InlineData("list.json", "RootCertificateInvalid")]
    [InlineData("missing.pem", "FileNotFound")]
    public void Roots_that_cannot_be_read_end_the_command(string path, string errorId)
    {
        var result = _session.Run($"Import-PasskeyProviderMetadata blob.jwt -RootCertificatePath {path}");
        Assert.Equal(errorId + Id, result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void An_empty_list_is_a_warning()
    {
        _session.File("none.json", "{}");
        var result = _session.Run("Import-PasskeyProviderMetadata none.json");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal("none.json holds no AAGUIDs.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void The_session_knows_the_models_from_then_on()
    {
        Assert.False((bool)Find(TestBlob.NewKey).Get("IsKnown")!);
        _session.Output("Import-PasskeyProviderMetadata blob.jwt -RootCertificatePath root.pem | Out-Null; Import-PasskeyProviderMetadata list.json 3>$null | Out-Null");
        var verified = Find(TestBlob.NewKey);
        Assert.Equal(("Fabrikam Key 7", "DeviceBound", "Expected", true), (verified.Text("Name"), verified.Text("PasskeyTypeName"), verified.Text("TypeBasis"), (bool)verified.Get("IsKnown")!));
        Assert.Equal(("Verified", true), Authenticator(TestBlob.NewKey));
        Assert.Equal("Wingtip Wallet (unverified)", Find(Other).Text("Name"));
        Assert.Equal(("Unverified", false), Authenticator(Other));
        Assert.Equal(("BuiltIn", true), Authenticator("bada5566-a7aa-401f-bd96-45619a55120d"));
        Assert.Equal(["Wingtip Wallet (unverified)"], _session.Output("Get-PasskeyProvider 'wingtip wallet'").Select(p => p.Text("Name")));
    }

    [Fact]
    public void The_same_file_again_takes_the_place_of_the_first()
    {
        _session.Output("Import-PasskeyProviderMetadata list.json 3>$null");
        _session.File("list.json", $$"""{"{{TestBlob.NewKey}}": "New"}""");
        _session.Output("Import-PasskeyProviderMetadata -LiteralPath ./list.json 3>$null");
        Assert.Equal([false, true], new[] { Other, TestBlob.NewKey }.Select(a => (bool)Find(a).Get("IsKnown")!));
    }

    [Fact]
    public void Whoever_takes_the_first_object_only_has_imported_all()
    {
        _session.File("two.json", $$"""{"{{TestBlob.NewKey}}": "One", "{{Other}}": "Two"}""");
        _session.Output("foreach ($first in (Import-PasskeyProviderMetadata two.json 3>$null)) { break }");
        Assert.Equal("Two (unverified)", Find(Other).Text("Name"));
    }

    [Fact]
    public void Names_are_completed()
    {
        _session.Output("Import-PasskeyProviderMetadata list.json 3>$null");
        const string script = "Get-PasskeyProvider -Name wingt";
        using var shell = PowerShell.Create(_session.Runspace);
        Assert.Equal(["'Wingtip Wallet (unverified)'"], CommandCompletion.CompleteInput(script, script.Length, null, shell).CompletionMatches.Select(m => m.CompletionText));
    }

    [Fact]
    public void Policies_name_the_models_and_say_where_nobody_vouches()
    {
        var tenant = SmallTenant.Json.Replace("bada5566-a7aa-401f-bd96-45619a55120d", Other, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Other, tenant, StringComparison.Ordinal);
        _session.File("tenant.json", tenant);
        _session.Output("Connect-PasskeyTenant -Sandbox -Path tenant.json | Out-Null; Import-PasskeyProviderMetadata list.json 3>$null");
        var providers = _session.Output("(Get-PasskeyProfile).Provider | ForEach-Object { $_.Name }; Disconnect-PasskeyTenant").Select(p => p.ToString());
        Assert.Contains("Wingtip Wallet (unverified)", providers);
    }

    [Fact]
    public void Nothing_is_left_in_another_runspace()
    {
        _session.Output("Import-PasskeyProviderMetadata list.json 3>$null");
        using var other = new ModuleSession();
        Assert.Equal("Unknown provider", other.Output($"Get-PasskeyProvider -AaGuid {Other}").Single().Text("Name"));
    }

    [Fact]
    public void Parallel_iterations_do_not_hand_it_on()
    {
        var known = _session.Output($$"""
            1..2 | ForEach-Object -ThrottleLimit 1 -Parallel {
                Import-Module $using:manifest
                (Get-PasskeyProvider -AaGuid {{Other}}).IsKnown
                Import-PasskeyProviderMetadata $using:list 3>$null | Out-Null
                (Get-PasskeyProvider -AaGuid {{Other}}).IsKnown
            }
            """, ("manifest", TestPaths.Manifest), ("list", Path.Combine(_session.Folder, "list.json")));
        Assert.Equal([false, true, false, true], known.Select(k => (bool)k.BaseObject));
    }

    [Fact]
    public void Imports_can_be_forgotten()
    {
        _session.Output("Import-PasskeyProviderMetadata list.json 3>$null");
        Assert.Empty(_session.Output("Import-PasskeyProviderMetadata -Clear:$false"));
        Assert.True((bool)Find(Other).Get("IsKnown")!);
        Assert.Empty(_session.Output("Import-PasskeyProviderMetadata -Clear"));
        Assert.False((bool)Find(Other).Get("IsKnown")!);
        Assert.StartsWith("AmbiguousParameterSet", _session.Run("Import-PasskeyProviderMetadata -Clear -Path list.json").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_again_keeps_what_it_said_and_says_so()
    {
        _session.Output("Import-PasskeyProviderMetadata list.json 3>$null");
        _session.File("list.json", "damaged");
        var error = _session.Run("Import-PasskeyProviderMetadata list.json").Error;
        Assert.Equal("ProviderMetadataInvalid" + Id, error.FullyQualifiedErrorId);
        Assert.EndsWith("What was imported of it before goes on holding. Import-PasskeyProviderMetadata -Clear forgets all imports.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Import-PasskeyProviderMetadata -Clear", error.ErrorDetails.RecommendedAction);
        Assert.True((bool)Find(Other).Get("IsKnown")!);
    }

    [Fact]
    public void An_older_blob_takes_no_warning_back()
    {
        var revoked = TestBlob.Entry(status: """{"status": "REVOKED", "effectiveDate": "2026-01-01"}""");
        _session.File("new.jwt", Blob(revoked));
        _session.File("old.jwt", TestBlob.Sign(TestBlob.Payload(TestBlob.Entry(), "2999-01-01").Replace("290", "289", StringComparison.Ordinal), [_signer, _authority]));
        _session.Output("Import-PasskeyProviderMetadata new.jwt -RootCertificatePath root.pem");
        Assert.Equal(("Verified", false), Authenticator(TestBlob.NewKey));
        Assert.Contains("old.jwt is older (number 289)", Assert.Single(_session.Run("Import-PasskeyProviderMetadata old.jwt -RootCertificatePath root.pem").Warnings), StringComparison.Ordinal);
        Assert.Equal(("Verified", false), Authenticator(TestBlob.NewKey));
    }

    [Fact]
    public void Lists_that_disagree_are_a_warning()
    {
        _session.File("second.json", $$"""{"{{Other}}": "Contoso Wallet"}""");
        var warnings = _session.Run("Import-PasskeyProviderMetadata list.json 3>$null | Out-Null; Import-PasskeyProviderMetadata second.json").Warnings;
        Assert.Contains(warnings, w => w.Contains($"{Other} is Contoso Wallet, not Wingtip Wallet", StringComparison.Ordinal));
    }

    [Fact]
    public void A_read_only_variable_is_our_error()
    {
        // Nothing makes it writable again.
        using var session = new ModuleSession();
        session.File("list.json", $$"""{"{{Other}}": "Wingtip Wallet"}""");
        session.Runspace.SessionStateProxy.PSVariable.Set(new PSVariable("PasskeyAdminMetadata", "x", ScopedItemOptions.ReadOnly));
        foreach (var script in new[] { "Import-PasskeyProviderMetadata list.json", "Import-PasskeyProviderMetadata -Clear" })
        {
            var error = session.Run(script).Error;
            Assert.Equal(("SessionVariableReadOnly" + Id, ErrorCategory.PermissionDenied), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
            Assert.Equal("Remove-Variable -Name PasskeyAdminMetadata -Scope Global -Force", error.ErrorDetails.RecommendedAction);
        }
    }

    [Fact]
    public void A_variable_that_somebody_else_set_is_no_catalogue()
    {
        _session.Output("$global:PasskeyAdminMetadata = 'x'");
        Assert.False((bool)Find(Other).Get("IsKnown")!);
        _session.Output("Import-PasskeyProviderMetadata list.json 3>$null");
        Assert.True((bool)Find(Other).Get("IsKnown")!);
    }

    [Fact]
    public void The_table_says_what_matters()
    {
        var shown = _session.Shown("Import-PasskeyProviderMetadata blob.jwt -RootCertificatePath root.pem");
        Assert.Matches(@"Fabrikam Key 7\s+FIDO_CERTIFIED_L1\s+Yes\s+Verified\s+0a1b2c3d-0000-4000-8000-00000000c0de\s+FIDO_CERT", shown);
        Assert.Matches(@"0a1b2c3d-0000-4000-8000-00000000c0de\s+DeviceBound\s+Expected\s+Verified\s+Fabrikam Key 7", _session.Shown($"(Get-PasskeyProvider -AaGuid {TestBlob.NewKey}).Authenticator"));
    }

    private string Blob(string entries) => TestBlob.Sign(TestBlob.Payload(entries, "2999-01-01"), [_signer, _authority]);

    private PSObject Find(string aaGuid) => _session.Output($"Get-PasskeyProvider -AaGuid {aaGuid}").Single();

    private (string, bool) Authenticator(string aaGuid)
    {
        var authenticator = PSObject.AsPSObject(((System.Collections.IEnumerable)Find(aaGuid).Get("Authenticator")!).Cast<object>().Single());
        return (authenticator.Text("Verification")!, (bool)authenticator.Get("MayEnterAllowList")!);
    }
}
