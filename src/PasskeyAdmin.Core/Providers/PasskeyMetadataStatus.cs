using System;
using System.Globalization;

namespace PasskeyAdmin.Providers;

/// <summary>One status report of the FIDO Metadata Service about a model.</summary>
public sealed class PasskeyMetadataStatus
{
    internal PasskeyMetadataStatus(string status, DateTimeOffset? effectiveDate, string? certificateNumber, string? certificationDescriptor)
    {
        Status = status;
        EffectiveDate = effectiveDate;
        CertificateNumber = certificateNumber;
        CertificationDescriptor = certificationDescriptor;
    }

    /// <summary>As the service calls it, such as <c>FIDO_CERTIFIED_L1</c> or <c>REVOKED</c>; also one that this version does not know.</summary>
    public string Status { get; }

    /// <summary>Since when; null where the report does not say, and then it holds as long as it is there.</summary>
    public DateTimeOffset? EffectiveDate { get; }

    /// <summary>Whether the report has the form that the specification gives it. One that has not is shown and proves nothing.</summary>
    internal bool IsReadable { get; init; } = true;

    public string? CertificateNumber { get; }

    /// <summary>What exactly was certified, in the words of the service.</summary>
    public string? CertificationDescriptor { get; }

    public override string ToString() => EffectiveDate is { } date ? $"{Status} ({date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})" : Status;
}
