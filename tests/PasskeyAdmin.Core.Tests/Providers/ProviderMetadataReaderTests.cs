using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using CsCheck;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Providers;

/// <summary>The forms in which metadata comes, and what is wrong with it.</summary>
public class ProviderMetadataReaderTests
{
    private const string Other = "0a1b2c3d-0000-4000-8000-00000000beef";

    private static readonly string[] Pieces = ["{", "null", "[[]]", "-1", "\"\"", "}"];
    private static readonly string[] Refusals = ["ProviderMetadataInvalid", "FileEmpty"];
    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("{\"0a1b2c3d-0000-4000-8000-00000000c0de\": {\"name\": \"Fabrikam\", \"icon_dark\": \"data:\", \"icon_light\": \"data:\"}, \"0a1b2c3d-0000-4000-8000-00000000beef\": {\"name\": \"Wingtip\"}}")]
    [InlineData("{\"0a1b2c3d-0000-4000-8000-00000000c0de\": \"Fabrikam\", \"0A1B2C3D-0000-4000-8000-00000000BEEF\": \"Wingtip\"}")]
    [InlineData("[{\"aaguid\": \"0a1b2c3d-0000-4000-8000-00000000c0de\", \"name\": \"Fabrikam\"}, {\"Name\": \"Wingtip\", \"AaGuid\": \"0a1b2c3d-0000-4000-8000-00000000beef\"}]")]
    [InlineData("aaguid,name\n0a1b2c3d-0000-4000-8000-00000000c0de,Fabrikam\n0a1b2c3d-0000-4000-8000-00000000beef,Wingtip\n")]
    [InlineData("\uFEFFName;\"AA GUID\"\r\n\"Fabrikam\";0a1b2c3d-0000-4000-8000-00000000c0de\r\n\r\nWingtip;{0a1b2c3d-0000-4000-8000-00000000beef}")]
    [InlineData("# \taaguid\tname\tsource\n1\t0a1b2c3d-0000-4000-8000-00000000c0de\tFabrikam\tx, y\n2\t0a1b2c3d-0000-4000-8000-00000000beef\tWingtip\t\n")]
    public void Lists_come_in_several_forms(string text)
    {
        var file = Read(text);
        Assert.Empty(file.Faults);
        Assert.Equal([(TestBlob.NewKey, "Fabrikam"), (Other, "Wingtip")], file.Entries.Select(e => (e.AaGuid.ToString(), e.Name)));
        Assert.Equal("a list of AAGUIDs is not signed", file.Origin.Fault);
        Assert.All(file.Entries, e =>
        {
            Assert.Equal((MetadataVerification.Unverified, AttestationEligibility.Unknown, null, null), (e.Verification, e.AttestationEligible, e.Certification, e.IsCertified));
            Assert.Equal((null, null, null, null, null), (e.UserVerification, e.ResidentKey, e.HmacSecretOrPrf, e.BlobNumber, e.NextUpdate));
            Assert.Equal((null, null, null, "Unknown", "Unknown"), (e.IsRevoked, e.IsCompromised, e.IsOutdated, e.CertificationName, e.StatusName));
            Assert.False(e.IsInCatalog);
            Assert.Null(e.Provider);
        });
    }

    [Theory]
    [InlineData("{0}\n{1}\n")]
    [InlineData("\n{0}\r\n\r\n  {1}")]
    [InlineData("AaGuid\n{0}\n{1}")]
    [InlineData("\"AaGuid\"\n\"{0}\"\n\"{1}\"")]
    public void A_list_of_AAGUIDs_alone_has_no_names(string text)
    {
        var file = Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, TestBlob.NewKey, "bada5566-a7aa-401f-bd96-45619a55120d"));
        Assert.Empty(file.Faults);
        Assert.Equal("a list of AAGUIDs is not signed", file.Origin.Fault);
        // The catalogue knows the second.
        Assert.Equal([TestBlob.NewKey, "1Password"], file.Entries.Select(e => e.Name));
    }

    [Theory]
    [InlineData("\n\r\naaguid,name\nx,y\n{0},a", "line 4")]
    [InlineData("\n\n{{\n\"x\": \"y\",\n\"{0}\": \"a\"}}", "line 4")]
    [InlineData("\n{0}\nx\n", "line 3")]
    public void Blank_lines_before_it_count(string text, string place) =>
        Assert.Equal(place, Assert.Single(Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, TestBlob.NewKey)).Faults).Place);

    [Fact]
    public void Faults_are_counted_and_the_first_ones_kept()
    {
        var file = Read($"aaguid,name\n{TestBlob.NewKey},x\n" + string.Concat(Enumerable.Repeat("x,y\n", 3000)));
        Assert.Equal((1, 1000, 3000), (file.Entries.Count, file.Faults.Count, file.FaultCount));
    }

    [Fact]
    public void An_entry_beyond_all_measure_costs_itself()
    {
        var (many, longText) = (string.Join(",", Enumerable.Repeat("1", 30_000)), new string('x', 1_500_000));
        var file = Read(TestBlob.Payload($$"""{"aaguid": "{{Other}}", "x": [{{many}}]}, {"aaguid": "{{Other}}", "x": "{{longText}}"}, {{TestBlob.Entry()}}"""));
        Assert.Equal("Fabrikam Key 7", Assert.Single(file.Entries).Name);
        Assert.Equal([("entry 1", "it is too large"), ("entry 2", "it is too large")], file.Faults.Select(f => (f.Place, f.Reason)));
        file = Read($$"""{"{{Other}}": [{{many}}], "{{TestBlob.NewKey}}": "x"}""");
        Assert.Equal("it is too large", Assert.Single(file.Faults).Reason);
    }

    [Fact]
    public void Icons_are_read_over()
    {
        var icon = new string('A', 1_500_000);
        var file = Read($$$"""{"{{{TestBlob.NewKey}}}": {"icon_light": "{{{icon}}}", "name": "Fabrikam", "icon_dark": ["{{{icon}}}", {}]}}""");
        Assert.Empty(file.Faults);
        Assert.Equal("Fabrikam", Assert.Single(file.Entries).Name);
        Assert.Single(Read(TestBlob.Payload(TestBlob.Entry().Replace("base64,AAAA", "base64," + icon, StringComparison.Ordinal))).Entries);
    }

    [Fact]
    public void Too_many_models_and_a_header_too_long_are_refused()
    {
        var text = new StringBuilder();
        for (var i = 0; i <= 100_000; i++) text.Append(new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])).Append('\n');
        Assert.Equal("ProviderMetadataTooLarge", Assert.Throws<PasskeyAdminException>(() => Read(text.ToString())).ErrorId);
        Assert.Equal("ProviderMetadataTooLarge", Assert.Throws<PasskeyAdminException>(() => Read(new string('A', 500_004) + ".e30.AAAA")).ErrorId);
    }

    [Fact]
    public void Encodings_are_told_by_their_mark()
    {
        using var file = new TemporaryFile("");
        File.WriteAllText(file.Path, $"aaguid,name\n{TestBlob.NewKey},Schlüssel\n", Encoding.Unicode);
        Assert.Equal("Schlüssel", Assert.Single(Reader().Read(file.Path, CancellationToken.None).Entries).Name);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(" {\n} ")]
    [InlineData("aaguid,name\n")]
    public void An_empty_list_is_a_list(string text)
    {
        var file = Read(text);
        Assert.Empty(file.Entries);
        Assert.Empty(file.Faults);
    }

    [Fact]
    public void A_bad_entry_costs_itself_and_says_where_it_stands()
    {
        var file = Read($$"""
            {
              "{{TestBlob.NewKey}}": "Fabrikam",
              "not-a-guid": "Nobody",
              "{{Other}}": {"icon": "data:"},
              "{{TestBlob.NewKey.ToUpperInvariant()}}": "Fabrikam again"
            }
            """);
        Assert.Equal("Fabrikam", Assert.Single(file.Entries).Name);
        Assert.Equal(
            [("line 3", "'not-a-guid' is no AAGUID"), ("line 4", $"the AAGUID {Other} has no name"), ("line 5", $"the AAGUID {TestBlob.NewKey} stands there for the second time")],
            file.Faults.Select(f => (f.Place, f.Reason)));
    }

    [Fact]
    public void A_bad_row_costs_itself_and_says_where_it_stands()
    {
        var file = Read($"aaguid,name\n{TestBlob.NewKey},\"Fabrikam, the \"\"key\"\"\nof 2026\"\nx,y\n{Other}\n{Other},\n{TestBlob.NewKey},again\n{Other},\"Wingtip\n");
        Assert.Equal("Fabrikam, the \"key\" of 2026", Assert.Single(file.Entries).Name);
        Assert.Equal(["line 4", "line 5", "line 6", "line 7", "line 8"], file.Faults.Select(f => f.Place));
        Assert.Contains("not closed", file.Faults[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_of_an_array_that_are_none_cost_themselves()
    {
        var file = Read($$"""[1, {"name": "x"}, {"aaguid": "{{Other}}", "name": 7}, {"aaguid": "{{TestBlob.NewKey}}", "name": "Fabrikam"}]""");
        Assert.Single(file.Entries);
        Assert.Equal(["it is no object with an AAGUID and a name", "it has no AAGUID", $"the AAGUID {Other} has no name"], file.Faults.Select(f => f.Reason));
    }

    [Fact]
    public void The_content_of_a_blob_alone_is_not_verified()
    {
        var file = Read(TestBlob.Payload(TestBlob.Entry()));
        Assert.Equal("it is the content of a blob without its signature", file.Origin.Fault);
        Assert.Equal(("FIDO_CERTIFIED_L1", AttestationEligibility.Unknown, 290), (file.Entries[0].Certification, file.Entries[0].AttestationEligible, file.Entries[0].BlobNumber!.Value));
    }

    [Theory]
    [InlineData("hello", "three parts")]
    [InlineData("   \n ", "blanks")]
    [InlineData("a.b", "three parts")]
    [InlineData("a.b.c.d", "three parts")]
    [InlineData("e30.e30.!!!!", "base64url")]
    [InlineData("e30=.e30.AAAA", "base64url")]
    [InlineData("e30.e 30.AAAA", "base64url")]
    [InlineData("e30.e30e3.AAAA", "base64url")]
    [InlineData("W10.e30.AAAA", "header is not a JSON object")]
    [InlineData("eyJhbGciOiJub25lIiwiYWxnIjoiRVMyNTYifQ.e30.AAAA", "header is not a JSON object")]
    [InlineData("e30.e30.AAAA", "has no entries")]
    [InlineData("e30.W10.AAAA", "no object")]
    [InlineData("e30.Z2FyYmFnZQ.AAAA", "not JSON")]
    [InlineData("{\"a\": ", "line 1")]
    [InlineData("{} {}", "line 1")]
    [InlineData("[\n{\"aaguid\": \"0a1b2c3d-0000-4000-8000-00000000c0de\",\n \"name\": \"cut of", "line 3")]
    [InlineData("{\"name\": \"devices\", \"value\": []}", "line 1: 'name' is no AAGUID")]
    [InlineData("aaguid,vendor\nx,y\n", "a list needs the columns aaguid and name; found aaguid, vendor")]
    [InlineData("\n\"Model\";Id\nx;y\n", "a list needs the columns aaguid and name; found Model, Id")]
    [InlineData("0a1b2c3d-0000-4000-8000-00000000c0de,Fabrikam", "a list needs the columns aaguid and name; found 0a1b2c3d")]
    [InlineData("AAGUID\nx\n", "line 2: 'x' is no AAGUID")]
    [InlineData("aaguid,name\nx,y\n", "line 2: 'x' is no AAGUID")]
    public void What_is_neither_is_one_error(string text, string reason)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Read(text));
        Assert.Equal(("ProviderMetadataInvalid", ErrorKind.InvalidData), (error.ErrorId, error.Kind));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blob_that_breaks_off_is_one_error()
    {
        var payload = TestBlob.Payload(TestBlob.Entry());
        var error = Assert.Throws<PasskeyAdminException>(() => Read(TestBlob.Assemble("{}", payload[..^40], [])));
        Assert.Equal("ProviderMetadataInvalid", error.ErrorId);
    }

    [Fact]
    public void Entries_of_other_kinds_are_left_out_and_bad_ones_are_faults()
    {
        var entries = $$"""{"aaid": "4e4e#4005"}, {"attestationCertificateKeyIdentifiers": ["00"]}, {{TestBlob.Entry()}}, {"aaguid": "x"}, {"aaguid": 7}, 7, {{TestBlob.Entry()}}""";
        var file = Read(TestBlob.Assemble("{}", TestBlob.Payload(entries), []));
        Assert.Equal((1, 2), (file.Entries.Count, file.Skipped));
        Assert.Equal(["entry 4", "entry 5", "entry 6", "entry 7"], file.Faults.Select(f => f.Place));
    }

    [Fact]
    public void The_facts_of_a_model_are_read()
    {
        var model = Assert.Single(Read(TestBlob.Payload(TestBlob.Entry())).Entries);
        Assert.Equal(("Fabrikam Key 7", "Fabrikam Key 7"), (model.Name, model.ToString()));
        Assert.Equal(["usb", "nfc"], model.Transport);
        Assert.Equal(["U2F_V2", "FIDO_2_0", "FIDO_2_1"], model.FidoVersion);
        Assert.Equal(["basic_full"], model.AttestationType);
        Assert.Equal((true, true, true), (model.UserVerification, model.ResidentKey, model.HmacSecretOrPrf));
        var status = Assert.Single(model.Status);
        Assert.Equal(("FIDO_CERTIFIED_L1 (2025-02-03)", "FIDO20020250203001", null), (status.ToString(), status.CertificateNumber, status.CertificationDescriptor));
        Assert.Equal(new DateTimeOffset(2025, 2, 3, 0, 0, 0, TimeSpan.Zero), status.EffectiveDate);
    }

    [Fact]
    public void What_is_not_said_is_not_known()
    {
        var model = Assert.Single(Read(TestBlob.Payload($$"""{"aaguid": "{{TestBlob.NewKey}}", "statusReports": [{"status": "SOMETHING_NEW"}, {"effectiveDate": "2026-01-01"}, 7], "metadataStatement": null}""")).Entries);
        Assert.Equal((TestBlob.NewKey, "SOMETHING_NEW, unreadable: {\"effectiveDate\":\"2026-01-01\"}, unreadable: 7"), (model.Name, model.StatusName));
        Assert.Equal((null, null, null, null), (model.Certification, model.IsCertified, model.IsRevoked, model.IsCompromised));
        Assert.Equal((null, null, null), (model.UserVerification, model.ResidentKey, model.HmacSecretOrPrf));
    }

    [Fact]
    public void A_model_of_the_catalogue_is_known_by_it()
    {
        var model = Assert.Single(Read("""{"bada5566-a7aa-401f-bd96-45619a55120d": "Somebody else"}""").Entries);
        Assert.Equal(("Somebody else", true, "1Password"), (model.Name, model.IsInCatalog, model.Provider));
        var nameless = Assert.Single(Read(TestBlob.Payload("""{"aaguid": "90a3ccdf-635c-4729-a248-9b709135078f"}""")).Entries);
        Assert.Equal("Microsoft Authenticator for iOS", nameless.Name);
    }

    [Fact]
    public void All_reports_are_judged_and_the_first_ones_are_shown()
    {
        var certified = string.Join(", ", Enumerable.Repeat("""{"status": "FIDO_CERTIFIED"}""", 100));
        var model = Assert.Single(Read(TestBlob.Payload(TestBlob.Entry(status: certified + """, {"status": "REVOKED"}"""))).Entries);
        Assert.Equal(("REVOKED", true, 64), (model.Certification, model.IsRevoked, model.Status.Count));
    }

    [Fact]
    public void Hostile_texts_are_made_safe_and_cut()
    {
        var model = Assert.Single(Read(TestBlob.Payload(TestBlob.Entry(name: "Key\u001b[31m\u202e" + new string('x', 5000), status: "{\"status\": \"A\\u001b]0;x\"}"))).Entries);
        Assert.StartsWith("Key\ufffd[31m\ufffd", model.Name, StringComparison.Ordinal);
        Assert.True(model.Name.Length <= 201);
        Assert.Equal("A\ufffd]0;x", model.Status[0].Status);
        var error = Assert.Throws<PasskeyAdminException>(() => Read("{\"\u001b[31m\": \"x\"}"));
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Theory]
    [InlineData("2026-11-23", false)]
    [InlineData("2026-11-22", true)]
    [InlineData("2027-01-01", false)]
    [InlineData("9999-12-31", false)]
    [InlineData("0001-01-01", true)]
    [InlineData("tomorrow", null)]
    public void A_blob_is_outdated_when_its_day_is_over(string nextUpdate, bool? isOutdated)
    {
        var file = Read(TestBlob.Payload(TestBlob.Entry(), nextUpdate));
        Assert.Equal((isOutdated, isOutdated), (file.IsOutdated, file.Entries[0].IsOutdated));
    }

    [Fact]
    public void A_file_beyond_all_measure_is_refused()
    {
        using var file = new TemporaryFile(new string('x', 70_000));
        var error = Assert.Throws<PasskeyAdminException>(() => Reader().Read(file.Path, CancellationToken.None, longest: 69_999));
        Assert.Equal("ProviderMetadataTooLarge", error.ErrorId);
    }

    [Fact]
    public void Reading_can_be_stopped()
    {
        using var file = new TemporaryFile("{}");
        Assert.Throws<OperationCanceledException>(() => Reader().Read(file.Path, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Whatever_comes_it_is_read_or_refused() => Gen.OneOf(
        Gen.String,
        Gen.Char["{}[]\":,a1.\n\t;"].Array[0, 40].Select(c => new string(c)),
        Gen.String.Select(s => "aaguid,name\n" + s),
        Gen.String.Select(s => TestBlob.Assemble("{}", s, [])),
        Gen.Select(Gen.Int[0, 600], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), (at, piece) => TestBlob.Payload(TestBlob.Entry()).Insert(at, piece))).Sample(text =>
    {
        try
        {
            Read(text);
        }
        catch (PasskeyAdminException e)
        {
            Assert.Contains(e.ErrorId, Refusals);
        }
    }, iter: 300);

    private static ProviderMetadataReader Reader() => new(ProviderCatalog.LoadBuiltIn(), new MetadataTrust([]), Now);

    private static ProviderMetadataFile Read(string text)
    {
        using var file = new TemporaryFile(text);
        return Reader().Read(file.Path, CancellationToken.None);
    }
}
