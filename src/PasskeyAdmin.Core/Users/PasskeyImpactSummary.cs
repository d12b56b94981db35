using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>What a change of policy does, in numbers.</summary>
public sealed class PasskeyImpactSummary
{
    internal PasskeyImpactSummary(ImpactMeasurement measured)
    {
        var rows = measured.Rows;
        TenantName = measured.TenantName;
        TenantId = measured.TenantId;
        Change = new JoinedList<string>(measured.Changes);
        ImpactCount = new JoinedList<PasskeyImpactCount>(
            new[] { PasskeyImpact.Stranded, PasskeyImpact.LosesPasskeySignIn, PasskeyImpact.LosesPasskey, PasskeyImpact.Unknown, PasskeyImpact.Unaffected }
                .Select(i => new PasskeyImpactCount(i, rows, i is not PasskeyImpact.Unaffected ? 0 : measured.IsNothingTaken ? null : measured.UnaffectedBesides)));
        EmergencyAccountBasis = measured.EmergencyAccountBasis;
        DataAsOf = measured.DataAsOf;
        MeasuredAt = measured.MeasuredAt;
        NotRead = new JoinedList<string>(measured.NotRead);
    }

    public string? TenantName { get; }

    public string? TenantId { get; }

    /// <summary>What the change is, in words; empty where nothing differs.</summary>
    public IReadOnlyList<string> Change { get; }

    /// <summary>The numbers by impact.</summary>
    public IReadOnlyList<PasskeyImpactCount> ImpactCount { get; }

    /// <summary>Enabled users who lose something.</summary>
    public int Affected => Stranded + LosesPasskeySignIn + LosesPasskey;

    public int Stranded => Of(PasskeyImpact.Stranded).User ?? 0;

    public int LosesPasskeySignIn => Of(PasskeyImpact.LosesPasskeySignIn).User ?? 0;

    public int LosesPasskey => Of(PasskeyImpact.LosesPasskey).User ?? 0;

    /// <summary>Enabled users of whom it is not known.</summary>
    public int Unknown => Of(PasskeyImpact.Unknown).User ?? 0;

    /// <summary>
    /// Enabled users who lose nothing, of those who were looked at: of the registration report, or, where there is none, of the groups concerned. Null where the change
    /// can take nothing from anybody, and nobody had to be looked at.
    /// </summary>
    public int? Unaffected => Of(PasskeyImpact.Unaffected).User;

    /// <summary>Affected users who have a directory role.</summary>
    public int AffectedAdministrator => ImpactCount.Where(IsAffected).Sum(c => c.Administrator ?? 0);

    public int AffectedEmergencyAccount => ImpactCount.Where(IsAffected).Sum(c => c.EmergencyAccount ?? 0);

    public int AffectedGuest => ImpactCount.Where(IsAffected).Sum(c => c.Guest ?? 0);

    /// <summary>Disabled accounts that lose something, or of which it is not known; in none of the other numbers.</summary>
    public int Disabled => ImpactCount.Where(c => c.Impact is not PasskeyImpact.Unaffected).Sum(c => c.Disabled);

    /// <summary>How emergency accounts are known: named by the administrator, presumed from Conditional Access, none to presume (No), or not at all; null where nothing had to be read.</summary>
    public EmergencyAccountKind? EmergencyAccountBasis { get; }

    /// <summary>The date of what is known about registrations: that of the registration report, or of the oldest read where there is no report. Null where nothing had to be read.</summary>
    public DateTimeOffset? DataAsOf { get; }

    /// <summary>When it was measured, in UTC.</summary>
    public DateTimeOffset MeasuredAt { get; }

    /// <summary>Whether everything that the numbers rest on was read. Where not, somebody may be in none of the numbers: see <see cref="NotRead"/>.</summary>
    public bool IsComplete => NotRead.Count == 0;

    /// <summary>What could not be read, and why; what hinged on it is Unknown.</summary>
    public IReadOnlyList<string> NotRead { get; }

    private PasskeyImpactCount Of(PasskeyImpact impact) => ImpactCount.First(c => c.Impact == impact);

    private static bool IsAffected(PasskeyImpactCount count) => count.Impact is PasskeyImpact.Stranded or PasskeyImpact.LosesPasskeySignIn or PasskeyImpact.LosesPasskey;

    public override string ToString() => $"{Affected} affected, {Stranded} of them stranded; {Unknown} unknown{(IsComplete ? "" : "; not everything could be read")}";
}
