using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>What the status reports of a model come to at a moment (FIDO Metadata Service 3.0, "AuthenticatorStatus enum").</summary>
internal sealed class CertificationState
{
    private const string Certified = "FIDO_CERTIFIED";
    private const string NotCertified = "NOT_FIDO_CERTIFIED";
    private const string Revoked = "REVOKED";

    /// <summary>The vendor's own word, which is no certification.</summary>
    private const string SelfAsserted = "SELF_ASSERTION_SUBMITTED";

    /// <summary>From the lowest. Only these words, and only as the specification writes them.</summary>
    private static readonly string[] Levels =
        [Certified, "FIDO_CERTIFIED_L1", "FIDO_CERTIFIED_L1plus", "FIDO_CERTIFIED_L2", "FIDO_CERTIFIED_L2plus", "FIDO_CERTIFIED_L3", "FIDO_CERTIFIED_L3plus"];

    private static readonly HashSet<string> Compromises = new(StringComparer.Ordinal)
    {
        "USER_VERIFICATION_BYPASS", "ATTESTATION_KEY_COMPROMISE", "USER_KEY_REMOTE_COMPROMISE", "USER_KEY_PHYSICAL_COMPROMISE",
    };

    /// <summary>What neither certifies nor warns (the last four since version 3.1). RETIRED is left out: what Microsoft does with it is said nowhere.</summary>
    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal)
    {
        "UPDATE_AVAILABLE", SelfAsserted, "FIPS140_CERTIFIED_L1", "FIPS140_CERTIFIED_L2", "FIPS140_CERTIFIED_L3", "FIPS140_CERTIFIED_L4",
    };

    /// <param name="reports">Null where the source has none.</param>
    public CertificationState(IReadOnlyList<PasskeyMetadataStatus>? reports, DateTimeOffset now)
    {
        if (reports is null) return;
        // A warning counts as soon as it is there, whatever its date, and a later report does not take it back: that an update mends it (UPDATE_AVAILABLE)
        // says nothing of the devices that are in use.
        string[] warnings = [.. reports.Select(r => Warns(r.Status)).OfType<string>().Distinct()];
        IsUnclear = reports.Any(r => !r.IsReadable || !IsUnderstood(r.Status));
        IsRevoked = warnings.Contains(Revoked) ? true : IsUnclear ? null : false;
        IsCompromised = warnings.Any(w => w != Revoked) ? true : IsUnclear ? null : false;
        Warning = warnings.Length > 0 ? string.Join(", ", warnings) : null;
        var inForce = reports.Where(r => r.EffectiveDate is null || r.EffectiveDate <= now).ToList();
        var certified = inForce.Where(r => Level(r.Status) >= 0).ToList();
        var withdrawn = inForce.Where(r => r.Status == NotCertified).Any(n => !certified.Any(c => c.EffectiveDate > n.EffectiveDate));
        if (IsRevoked is true) (Certification, IsCertified) = (Revoked, false);
        else if (withdrawn) (Certification, IsCertified) = (NotCertified, false);
        else if (certified.Count > 0) (Certification, IsCertified) = (certified.OrderByDescending(r => Level(r.Status)).First().Status, IsUnclear ? null : true);
        else if (inForce.Any(r => r.Status == SelfAsserted)) (Certification, IsCertified) = (SelfAsserted, false);
    }

    /// <summary>The highest certification in force, or why there is none; null where the reports do not say.</summary>
    public string? Certification { get; }

    /// <summary>Null where the reports do not say.</summary>
    public bool? IsCertified { get; }

    /// <summary>Null where the reports do not say, or one of them cannot be understood.</summary>
    public bool? IsRevoked { get; }

    /// <summary>Null where the reports do not say, or one of them cannot be understood.</summary>
    public bool? IsCompromised { get; }

    /// <summary>Whether a report has a form, a date or a word that is not understood: it may be a warning.</summary>
    public bool IsUnclear { get; }

    /// <summary>The warnings among the reports; null where there are none.</summary>
    public string? Warning { get; }

    /// <summary>The warning that a word is, in whatever letters; null where it is none.</summary>
    private static string? Warns(string status) => status.Trim().ToUpperInvariant() is var word && (word == Revoked || Compromises.Contains(word)) ? word : null;

    private static bool IsUnderstood(string status) => Level(status) >= 0 || status == NotCertified || Neutral.Contains(status) || Warns(status) is not null;

    /// <summary>-1 for what is no certification.</summary>
    private static int Level(string status) => Array.IndexOf(Levels, status);
}
