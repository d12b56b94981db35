using System;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Providers;

public class CertificationStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", null, null)]
    [InlineData("FIDO_CERTIFIED 2020-05-12", "FIDO_CERTIFIED", true)]
    [InlineData("FIDO_CERTIFIED", "FIDO_CERTIFIED", true)]
    [InlineData("FIDO_CERTIFIED_L2 2023-03-28, FIDO_CERTIFIED_L1 2023-02-02, FIDO_CERTIFIED 2023-02-02", "FIDO_CERTIFIED_L2", true)]
    [InlineData("FIDO_CERTIFIED_L1 2023-02-02, FIDO_CERTIFIED_L1plus 2022-02-02", "FIDO_CERTIFIED_L1plus", true)]
    [InlineData("FIDO_CERTIFIED_L1 2023-02-02, FIDO_CERTIFIED_L3plus 2027-02-02", "FIDO_CERTIFIED_L1", true)]
    [InlineData("FIDO_CERTIFIED_L1 2027-02-02", null, null)]
    [InlineData("FIDO_CERTIFIED_L4", null, null)]
    [InlineData("FIDO_CERTIFIED_L9plus", null, null)]
    [InlineData("fido_certified_l1", null, null)]
    [InlineData("FIDO_CERTIFIED_L1, FIDO_CERTIFIED_L2PLUS", "FIDO_CERTIFIED_L1", null)]
    [InlineData("FIDO_CERTIFIED_L1, RETIRED", "FIDO_CERTIFIED_L1", null)]
    [InlineData("FIDO_CERTIFIED_L1 2022-02-02, FIPS140_CERTIFIED_L2 2023-01-01, UPDATE_AVAILABLE", "FIDO_CERTIFIED_L1", true)]
    [InlineData("FIDO_CERTIFIED_L2 2021-01-01, revoked 2022-01-01", "REVOKED", false)]
    [InlineData("FIDO_CERTIFIED_LX, FIDO_CERTIFIED_WITHDRAWN", null, null)]
    [InlineData("NOT_FIDO_CERTIFIED 2020-01-01", "NOT_FIDO_CERTIFIED", false)]
    [InlineData("NOT_FIDO_CERTIFIED 2020-01-01, FIDO_CERTIFIED_L1 2021-01-01", "FIDO_CERTIFIED_L1", true)]
    [InlineData("FIDO_CERTIFIED_L1 2021-01-01, NOT_FIDO_CERTIFIED 2022-01-01", "NOT_FIDO_CERTIFIED", false)]
    [InlineData("FIDO_CERTIFIED_L1 2021-01-01, NOT_FIDO_CERTIFIED 2021-01-01", "NOT_FIDO_CERTIFIED", false)]
    [InlineData("FIDO_CERTIFIED_L1 2021-01-01, NOT_FIDO_CERTIFIED", "NOT_FIDO_CERTIFIED", false)]
    [InlineData("FIDO_CERTIFIED_L1 2021-01-01, NOT_FIDO_CERTIFIED 2027-01-01", "FIDO_CERTIFIED_L1", true)]
    [InlineData("SELF_ASSERTION_SUBMITTED 2021-01-01", "SELF_ASSERTION_SUBMITTED", false)]
    [InlineData("SELF_ASSERTION_SUBMITTED 2021-01-01, FIDO_CERTIFIED 2021-01-01", "FIDO_CERTIFIED", true)]
    [InlineData("UPDATE_AVAILABLE 2021-01-01", null, null)]
    [InlineData("FIDO_CERTIFIED_L2 2021-01-01, REVOKED 2022-01-01", "REVOKED", false)]
    [InlineData("REVOKED 2022-01-01, FIDO_CERTIFIED_L2 2023-01-01", "REVOKED", false)]
    public void The_highest_certification_in_force_counts(string reports, string? certification, bool? isCertified)
    {
        var state = State(reports);
        Assert.Equal((certification, isCertified), (state.Certification, state.IsCertified));
    }

    [Theory]
    [InlineData("REVOKED", true, false)]
    [InlineData("REVOKED 2027-01-01", true, false)]
    [InlineData("USER_VERIFICATION_BYPASS 2020-01-01", false, true)]
    [InlineData("ATTESTATION_KEY_COMPROMISE 2020-01-01", false, true)]
    [InlineData("USER_KEY_REMOTE_COMPROMISE 2020-01-01", false, true)]
    [InlineData("USER_KEY_PHYSICAL_COMPROMISE 2027-01-01", false, true)]
    [InlineData("USER_VERIFICATION_BYPASS 2020-01-01, UPDATE_AVAILABLE 2021-01-01, FIDO_CERTIFIED_L2 2022-01-01", false, true)]
    [InlineData("FIDO_CERTIFIED_L2 2022-01-01, UPDATE_AVAILABLE 2023-01-01", false, false)]
    [InlineData("Revoked", true, false)]
    [InlineData("user_verification_bypass", false, true)]
    public void A_warning_is_not_taken_back(string reports, bool isRevoked, bool isCompromised)
    {
        var state = State(reports);
        Assert.Equal((isRevoked, isCompromised, isRevoked || isCompromised), (state.IsRevoked, state.IsCompromised, state.Warning is not null));
    }

    [Fact]
    public void What_cannot_be_understood_may_be_a_warning()
    {
        var state = State("FIDO_CERTIFIED_L1, SOMETHING_NEW");
        Assert.Equal((true, null, null, null), (state.IsUnclear, state.IsRevoked, state.IsCompromised, state.IsCertified));
        state = new CertificationState([new PasskeyMetadataStatus("FIDO_CERTIFIED", null, null, null) { IsReadable = false }], Now);
        Assert.Equal((true, null, null), (state.IsUnclear, state.IsRevoked, state.IsCertified));
        state = State("SOMETHING_NEW, REVOKED");
        Assert.Equal((true, null, "REVOKED"), (state.IsRevoked, state.IsCompromised, state.Warning));
        state = new CertificationState(null, Now);
        Assert.Equal((false, null, null, null, null), (state.IsUnclear, state.IsRevoked, state.IsCompromised, state.IsCertified, state.Warning));
    }

    private static CertificationState State(string reports) => new([.. reports.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Report)], Now);

    private static PasskeyMetadataStatus Report(string text)
    {
        var parts = text.Split(' ');
        return new PasskeyMetadataStatus(parts[0], parts.Length > 1 ? DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null, null, null);
    }
}
