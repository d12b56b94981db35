using System;
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
    [InlineData("{}", null)]
    public void User_verification_is_an_option_or_a_method(string statement, bool? expected) => Assert.Equal(expected, Read(statement).UserVerification);

    [Theory]
    [InlineData("""{"rk": true}""", true)]
    [InlineData("""{"rk": false}""", false)]
    [InlineData("""{"up": true}""", false)]
    [InlineData("""{"rk": "true"}""", false)]
    [InlineData("null", null)]
    public void Resident_keys_are_an_option(string options, bool? expected) => Assert.Equal(expected, Read($$$"""{"authenticatorGetInfo": {"options": {{{options}}}}}""").ResidentKey);

    [Theory]
    [InlineData("""["credProtect", "hmac-secret"]""", true)]
    [InlineData("""["prf"]""", true)]
    [InlineData("""["hmac-secret-mc", 7]""", false)]
    [InlineData("[]", false)]
    [InlineData("{}", null)]
    public void Hmac_secret_and_prf_are_extensions(string extensions, bool? expected) => Assert.Equal(expected, Read($$$"""{"authenticatorGetInfo": {"extensions": {{{extensions}}}}}""").HmacSecretOrPrf);

    [Theory]
    [InlineData("""["MIIB"]""", true)]
    [InlineData("""[""]""", false)]
    [InlineData("[]", false)]
    [InlineData("7", null)]
    public void Roots_are_published_or_not(string roots, bool? expected) => Assert.Equal(expected, Read($$"""{"attestationRootCertificates": {{roots}}}""").HasAttestationRoots);

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
