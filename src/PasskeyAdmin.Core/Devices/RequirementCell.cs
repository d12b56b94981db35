using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>A cell of the matrix as the evaluation uses it.</summary>
internal sealed record RequirementCell
{
    public required string Provider { get; init; }

    public required DevicePlatform Platform { get; init; }

    public required PasskeyTypes PasskeyType { get; init; }

    public required SupportKind Support { get; init; }

    public Version? MinimumVersion { get; init; }

    public Version? BelowVersion { get; init; }

    public IReadOnlyList<string> ExcludedManufacturers { get; init; } = [];

    public IReadOnlyList<string> OnlyManufacturers { get; init; } = [];

    public string? Condition { get; init; }

    public bool RequiresGoogleServices { get; init; }

    public bool Confirmed { get; init; } = true;

    public required string Source { get; init; }

    /// <summary>What the profile asked about has against it; null where it has nothing, and where nobody asked about one.</summary>
    public ProfileObjection? Objection { get; init; }

    /// <summary>Whether the profile asked about lets in only some of what the cell stands for, so that not any will do.</summary>
    public bool IsNarrowed { get; init; }

    /// <summary>What verified metadata warns of in every model that the profile asked about lets in; null where there is one without.</summary>
    public string? Warning { get; init; }

    /// <summary>The file the cell came from; null for a built-in one.</summary>
    public string? FileName { get; init; }

    /// <summary>Cells with the same key are ways of the same provider on the same platform; a file replaces them together.</summary>
    public (string Provider, DevicePlatform Platform, PasskeyTypes Type) Key => (Provider.ToUpperInvariant(), Platform, PasskeyType);

    /// <summary>
    /// The version that a device must have. A cell of the table without a minimum means any version, except on Windows, where passkeys begin
    /// with Windows 10 (design §7).
    /// </summary>
    public Version? EffectiveMinimum => MinimumVersion ?? (Platform is DevicePlatform.Windows && Support is not SupportKind.NotAvailable ? WindowsTen : null);

    private static Version WindowsTen { get; } = new(10, 0);

    /// <summary>This cell where it is not known whether the profile asked about lets the provider in. What is certain stays.</summary>
    public RequirementCell Against(string why) => Objection is { IsCertain: true } ? this : this with { Objection = new ProfileObjection(false, why) };

    /// <summary>This cell where the profile asked about lets in only some of what it stands for.</summary>
    public RequirementCell Narrowed(string condition) => WithCondition(condition) with { IsNarrowed = true };

    public RequirementCell WithCondition(string condition) => this with { Condition = Condition is null ? condition : $"{Condition}; {condition}" };

    /// <summary>This cell raised to a floor for the whole fleet.</summary>
    public RequirementCell RaisedTo(RequirementFloor floor) => Support is SupportKind.NotAvailable ? this : this with
    {
        MinimumVersion = new[] { EffectiveMinimum, floor.MinimumVersion }.Max(),
        BelowVersion = BelowVersion is null || floor.BelowVersion is null ? BelowVersion ?? floor.BelowVersion : new[] { BelowVersion, floor.BelowVersion }.Min(),
        Source = $"{Source}; {floor.Source}",
    };
}

/// <summary>The lowest version that Microsoft wants in a whole fleet, for one platform (or one line of releases of it).</summary>
internal sealed record RequirementFloor(DevicePlatform Platform, Version MinimumVersion, Version? BelowVersion, string Source);
