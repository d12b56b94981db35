using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Providers;

public class MdsEntryJsonTests
{
    [Theory]
    [InlineData("""{"authenticatorGetInfo": {"options": {"uv": false}}}""", true)]
    [InlineData("""{"authenticatorGetInfo": {"options": {"clientPin": false}}}""", true)]
    [InlineData("""{"authenticatorGetInfo": {"options": {"up": true}}}""", false)]
    [InlineData("""{"authenticatorGetInfo": {"options": {"up": true}}, "userVerificationDetails": [[{"userVerificationMethod": "fingerprint_internal"}]]}""", true)]
    [InlineData("""{"userVerificationDetails": [[{"userVerificationMethod": "presence_internal"}], [{"userVerificationMethod": "none"}]]}""", false)]
    [InlineData("""{"userVerificationDetails": [[{"userVerificationMethod": "presence_internal"}, {"userVerificationMethod": "passcode_external"}]]}""", true)]
    [InlineData("""{"userVerificationDetails": 7}""", null)]
    [InlineData("""{"userVerificationDetails": []}""", null)]
    [InlineData("""{"userVerificationDetails": [[]], "authenticatorGetInfo": {"options": {"up": true}}}""", null)]
    [InlineData("""{"userVerificationDetails": [[{"userVerificationMethod": 4}, {"userVerificationMethod": "none"}]]}""", null)]
    [InlineData("""{"userVerificationDetails": [{"userVerificationMethod": "none"}]}""", null)]
    [InlineData("""{"userVerificationDetails": [[{"userVerificationMethod": "none"}]], "authenticatorGetInfo": {"options": {"uv": null}}}""", null)]
    [InlineData("""{"authenticatorGetInfo": {"options": {"uv": null}}}""", null)]
    [InlineData("""{"authenticatorGetInfo": {"options": {"clientPin": "true"}}}""", null)]
    [InlineData("""{"authenticatorGetInfo": {"options": {"clientPin": 1, "uv": true}}}""", true)]
    [InlineData("{}", null)]
    public void User_verification_is_an_option_or_a_method(string statement, bool? expected) => Assert.Equal(expected, Read(statement).UserVerification);

    [Theory]
    [InlineData("""{"rk": true}""", true)]
    [InlineData("""{"rk": false}""", false)]
    [InlineData("""{"up": true}""", false)]
    [InlineData("""{"rk": "true"}""", null)]
    [InlineData("""{"rk": null}""", null)]
    [InlineData("""{"rk": 1}""", null)]
    [InlineData("null", null)]
    public void Resident_keys_are_an_option(string options, bool? expected) => Assert.Equal(expected, Read($$$"""{"authenticatorGetInfo": {"options": {{{options}}}}}""").ResidentKey);

    [Theory]
    [InlineData("""["credProtect", "hmac-secret"]""", true)]
    [InlineData("""["prf"]""", true)]
    [InlineData("""["hmac-secret-mc", 7]""", null)]
    [InlineData("""["hmac-secret-mc"]""", false)]
    [InlineData("[]", false)]
    [InlineData("{}", null)]
    public void Hmac_secret_and_prf_are_extensions(string extensions, bool? expected) => Assert.Equal(expected, Read($$$"""{"authenticatorGetInfo": {"extensions": {{{extensions}}}}}""").HmacSecretOrPrf);

    [Theory]
    [InlineData("""["MIIB"]""", true)]
    [InlineData("""[""]""", false)]
    [InlineData("[]", false)]
    [InlineData("7", null)]
    [InlineData("[7]", null)]
    public void Roots_are_published_or_not(string roots, bool? expected) => Assert.Equal(expected, Read($$"""{"attestationRootCertificates": {{roots}}}""").HasAttestationRoots);

    [Theory]
    [InlineData("[15879, 15880]")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Types_of_attestation_in_another_form_are_not_said(string types) => Assert.Null(Read($$"""{"attestationTypes": {{types}}}""").AttestationTypes);

    [Fact]
    public void All_that_a_list_has_is_judged()
    {
        var many = string.Join(", ", Enumerable.Repeat("\"x\"", 100));
        Assert.True(Read($$$"""{"authenticatorGetInfo": {"extensions": [{{{many}}}, "prf"]}}""").HmacSecretOrPrf);
        var reports = new JArray(Enumerable.Repeat(new JObject { ["status"] = "FIDO_CERTIFIED" }, 100)) { new JObject { ["status"] = "REVOKED" } };
        var status = MdsEntryJson.Read(Guid.NewGuid(), new JObject { ["statusReports"] = reports }).Status!;
        Assert.Equal((101, "REVOKED"), (status.Count, status[^1].Status));
    }

    [Theory]
    [InlineData("""{"status": "REVOKED", "effectiveDate": "2026-01-01"}""", "REVOKED (2026-01-01)", true)]
    [InlineData("""{"status": "REVOKED"}""", "REVOKED", true)]
    [InlineData("""{"status": "REVOKED", "effectiveDate": null}""", "REVOKED", true)]
    [InlineData("""{"status": "REVOKED", "effectiveDate": "01/02/2026"}""", "REVOKED", false)]
    [InlineData("""{"status": "REVOKED", "effectiveDate": 20260101}""", "REVOKED", false)]
    [InlineData("""{"status": ["REVOKED"]}""", "unreadable: [\"REVOKED\"]", false)]
    [InlineData("""{"effectiveDate": "2026-01-01"}""", "unreadable: {\"effectiveDate\":\"2026-01-01\"}", false)]
    [InlineData("7", "unreadable: 7", false)]
    public void No_report_is_left_out(string report, string shown, bool isReadable)
    {
        var status = Assert.Single(MdsEntryJson.Read(Guid.NewGuid(), new JObject { ["statusReports"] = new JArray(JToken.Parse(report)) }).Status!);
        Assert.Equal((shown, isReadable), (status.ToString(), status.IsReadable));
    }

    [Fact]
    public void Reports_that_are_not_there_are_not_said()
    {
        Assert.Null(Read("{}").Status);
        Assert.Null(MdsEntryJson.Read(Guid.NewGuid(), new JObject { ["statusReports"] = "FIDO_CERTIFIED" }).Status);
    }

    [Fact]
    public void What_the_model_is_is_read()
    {
        var facts = Read("""{"protocolFamily": "fido2", "multiDeviceCredentialSupport": "explicit", "authenticatorGetInfo": {"attestationFormats": ["packed", "none"]}}""");
        Assert.Equal(("fido2", "explicit", "packed,none"), (facts.ProtocolFamily, facts.MultiDevice, string.Join(",", facts.AttestationFormats!)));
        facts = Read("""{"protocolFamily": ["fido2"], "multiDeviceCredentialSupport": false, "authenticatorGetInfo": {"attestationFormats": "packed"}}""");
        Assert.Equal(("[\"fido2\"]", "false", null), (facts.ProtocolFamily, facts.MultiDevice, facts.AttestationFormats));
    }

    [Theory]
    [InlineData("2026-03-04", "2026-03-04T00:00:00Z")]
    [InlineData("2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z")]
    [InlineData("2026-03-04T05:06:07.5+02:00", "2026-03-04T03:06:07.5Z")]
    [InlineData("03/04/2026", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Dates_begin_with_the_year(string? text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), MdsEntryJson.Date(text));

    private static AuthenticatorFacts Read(string statement) => MdsEntryJson.Read(Guid.NewGuid(), new JObject { ["metadataStatement"] = JObject.Parse(statement) });
}
