using System;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Providers;

public class AttestationRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    private static readonly AuthenticatorFacts Sound = new(Guid.NewGuid())
    {
        Status = [new PasskeyMetadataStatus("FIDO_CERTIFIED", null, null, null)],
        ProtocolFamily = "fido2",
        AttestationTypes = ["basic_full"],
        AttestationFormats = ["packed"],
        HasAttestationRoots = true,
        FidoVersions = ["FIDO_2_0"],
        UserVerification = true,
        ResidentKey = true,
        HmacSecretOrPrf = true,
    };

    [Fact]
    public void A_model_with_all_that_is_asked_for_is_eligible()
    {
        var (answer, reason) = Evaluate(Sound);
        Assert.Equal(AttestationEligibility.Yes, answer);
        Assert.Contains("four weeks", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, AttestationEligibility.No)]
    [InlineData(null, AttestationEligibility.Unknown)]
    public void Each_demand_decides(bool? said, AttestationEligibility answer)
    {
        Expect(answer, "FIDO certification", Sound with { Status = said is false ? [new PasskeyMetadataStatus("NOT_FIDO_CERTIFIED", null, null, null)] : [] });
        Expect(answer, "FIDO 2.0 or later", Sound with { FidoVersions = said is false ? ["U2F_V2"] : null });
        Expect(answer, "user verification or a client PIN", Sound with { UserVerification = said });
        Expect(answer, "the protocol family fido2", Sound with { ProtocolFamily = said is false ? "u2f" : null });
        Expect(answer, "keys that stay on one device", Sound with { MultiDevice = said is false ? "implicit" : "explicit" });
        Expect(answer, "resident keys", Sound with { ResidentKey = said });
        Expect(answer, "the extension hmac-secret or prf", Sound with { HmacSecretOrPrf = said });
        Expect(answer, "attestation with a full chain to published roots", Sound with { HasAttestationRoots = said });
        Expect(answer, "attestation with a full chain to published roots", Sound with { AttestationTypes = said is false ? ["basic_surrogate"] : null });
    }

    [Theory]
    [InlineData("basic_full", AttestationEligibility.Yes)]
    [InlineData("basic_surrogate,basic_full", AttestationEligibility.Yes)]
    [InlineData("attca,basic_full", AttestationEligibility.Yes)]
    [InlineData("attca", AttestationEligibility.Unknown)]
    [InlineData("attca,none", AttestationEligibility.Unknown)]
    [InlineData("ecdaa", AttestationEligibility.No)]
    [InlineData("none", AttestationEligibility.No)]
    [InlineData("", AttestationEligibility.No)]
    public void Only_a_full_chain_proves_a_model(string types, AttestationEligibility answer) =>
        Assert.Equal(answer, Evaluate(Sound with { AttestationTypes = types.Split(',') }).Answer);

    [Theory]
    [InlineData("FIDO_2_0", AttestationEligibility.Yes)]
    [InlineData("FIDO_2_1", AttestationEligibility.Yes)]
    [InlineData("FIDO_2_1_PRE", AttestationEligibility.Yes)]
    [InlineData("FIDO_1_0", AttestationEligibility.No)]
    public void FIDO_2_counts_in_any_minor_version(string version, AttestationEligibility answer) => Assert.Equal(answer, Evaluate(Sound with { FidoVersions = ["U2F_V2", version] }).Answer);

    [Fact]
    public void All_that_is_missing_is_named_and_a_No_decides_over_what_is_not_certain()
    {
        Expect(AttestationEligibility.No, "Missing: resident keys; the extension hmac-secret or prf.", Sound with { ResidentKey = false, HmacSecretOrPrf = false, UserVerification = null });
        Expect(AttestationEligibility.Unknown, "Not certain: FIDO 2.0 or later; resident keys.", Sound with { ResidentKey = null, FidoVersions = null });
    }

    [Fact]
    public void A_compromised_model_is_not_promised()
    {
        var compromised = Sound with { Status = [.. Sound.Status!, new PasskeyMetadataStatus("USER_VERIFICATION_BYPASS", null, null, null)] };
        Expect(AttestationEligibility.Unknown, "a reported compromise", compromised);
        Expect(AttestationEligibility.No, "FIDO certification", Sound with { Status = [.. Sound.Status!, new PasskeyMetadataStatus("REVOKED", null, null, null)] });
    }

    [Fact]
    public void A_report_that_is_not_understood_is_no_Yes() =>
        Expect(AttestationEligibility.Unknown, "a status report means that this version does not understand", Sound with { Status = [.. Sound.Status!, new PasskeyMetadataStatus("SOMETHING_NEW", null, null, null)] });

    [Fact]
    public void The_format_must_be_packed()
    {
        Expect(AttestationEligibility.No, "the format packed", Sound with { AttestationFormats = ["tpm", "none"] });
        Expect(AttestationEligibility.No, "the format packed", Sound with { AttestationFormats = [] });
        Expect(AttestationEligibility.Yes, "provided that it attests in the format packed", Sound with { AttestationFormats = null });
        Assert.DoesNotContain("packed", Evaluate(Sound).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, AttestationEligibility.Yes)]
    [InlineData("unsupported", AttestationEligibility.Yes)]
    [InlineData("explicit", AttestationEligibility.Unknown)]
    [InlineData("implicit", AttestationEligibility.No)]
    [InlineData("Implicit", AttestationEligibility.Unknown)]
    public void Keys_must_stay_on_the_device(string? support, AttestationEligibility answer) => Assert.Equal(answer, Evaluate(Sound with { MultiDevice = support }).Answer);

    [Fact]
    public void A_synced_provider_is_never_attested()
    {
        var apple = new Guid("fbfc3007-154e-4ecc-8c0b-6e020557d7bd");
        var (answer, reason) = AttestationRule.Evaluate(Sound with { AaGuid = apple }, new CertificationState(Sound.Status, Now), null, Catalog.Find(apple));
        Assert.Equal(AttestationEligibility.No, answer);
        Assert.Contains("Apple Passwords makes synced passkeys", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_are_no_model() => Expect(AttestationEligibility.Unknown, "zeros", Sound with { AaGuid = Guid.Empty });

    [Fact]
    public void What_is_not_verified_proves_nothing()
    {
        Assert.Equal(AttestationEligibility.Unknown, Evaluate(Sound, isVerified: false).Answer);
        Assert.Equal(AttestationEligibility.Unknown, Evaluate(Sound with { ResidentKey = false }, isVerified: false).Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Authenticator_and_Windows_Hello_are_exceptions(bool isVerified)
    {
        var authenticator = Catalog.Find(new Guid("90a3ccdf-635c-4729-a248-9b709135078f"));
        var hello = Catalog.Find(new Guid("6028b017-b1d4-4c02-b4b3-afcdafc96bb2"));
        var (answer, reason) = Evaluate(Sound with { Status = [] }, isVerified, authenticator);
        Assert.Equal(AttestationEligibility.Yes, answer);
        Assert.Contains("App Attest", reason, StringComparison.Ordinal);
        (answer, reason) = Evaluate(Sound, isVerified, hello);
        Assert.Equal(AttestationEligibility.No, answer);
        Assert.Contains("Entra passkey on Windows", reason, StringComparison.Ordinal);
    }

    private static void Expect(AttestationEligibility answer, string reason, AuthenticatorFacts facts)
    {
        var actual = Evaluate(facts);
        Assert.Equal(answer, actual.Answer);
        Assert.Contains(reason, actual.Reason, StringComparison.Ordinal);
    }

    private static (AttestationEligibility Answer, string Reason) Evaluate(AuthenticatorFacts facts, bool isVerified = true, PasskeyProvider? known = null) =>
        AttestationRule.Evaluate(facts, new CertificationState(facts.Status, Now), isVerified ? null : "It is not verified.", known ?? Catalog.Find(facts.AaGuid));
}
