using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace PasskeyAdmin.Providers;

/// <summary>What the status reports of a model come to at a moment (FIDO Metadata Service 3.0, "AuthenticatorStatus enum").</summary>
internal sealed class CertificationState
{
    private const string Certified = "FIDO_CERTIFIED";
    private const string NotCertified = "NOT_FIDO_CERTIFIED";
    private const string Revoked = "REVOKED";

    /// <summary>The vendor's own word, which is no certification.</summary>
    private const string SelfAsserted = "SELF_ASSERTION_SUBMITTED";

    private static readonly HashSet<string> Compromises = new(StringComparer.Ordinal)
    {
        "USER_VERIFICATION_BYPASS", "ATTESTATION_KEY_COMPROMISE", "USER_KEY_REMOTE_COMPROMISE", "USER_KEY_PHYSICAL_COMPROMISE",
    };

    public CertificationState(IReadOnlyList<PasskeyMetadataStatus> reports, DateTimeOffset now)
    {
        // A warning counts as soon as it is there, whatever its date, and a later report does not take it back: that an update mends it (UPDATE_AVAILABLE)
        // says nothing of the devices that are in use.
        IsRevoked = reports.Any(r => r.Status == Revoked);
        IsCompromised = reports.Any(r => Compromises.Contains(r.Status));
        var inForce = reports.Where(r => r.EffectiveDate is null || r.EffectiveDate <= now).ToList();
        var certified = inForce.Where(r => Level(r.Status) >= 0).ToList();
        var withdrawn = inForce.Where(r => r.Status == NotCertified).Any(n => !certified.Any(c => c.EffectiveDate > n.EffectiveDate));
        if (IsRevoked) (Certification, IsCertified) = (Revoked, false);
        else if (withdrawn) (Certification, IsCertified) = (NotCertified, false);
        else if (certified.Count > 0) (Certification, IsCertified) = (certified.OrderByDescending(r => Level(r.Status)).First().Status, true);
        else if (inForce.Any(r => r.Status == SelfAsserted)) (Certification, IsCertified) = (SelfAsserted, false);
    }

    /// <summary>The highest certification in force, or why there is none; null where the reports do not say.</summary>
    public string? Certification { get; }

    /// <summary>Null where the reports do not say.</summary>
    public bool? IsCertified { get; }

    public bool IsRevoked { get; }

    public bool IsCompromised { get; }

    /// <summary>Twice the level, and one for a plus; -1 for what is no certification. The functional one has no level.</summary>
    private static int Level(string status)
    {
        if (status == Certified) return 0;
        var match = Regex.Match(status, @"\AFIDO_CERTIFIED_L(?<level>[1-9])(?<plus>plus)?\z");
        return match.Success ? 2 * (match.Groups["level"].Value[0] - '0') + (match.Groups["plus"].Success ? 1 : 0) : -1;
    }
}
