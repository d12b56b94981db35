namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>A managed device of Contoso, with the texts that Intune would show.</summary>
internal sealed record ContosoDevice
{
    public required string Name { get; init; }

    public required string OS { get; init; }

    public required string Version { get; init; }

    public required string Manufacturer { get; init; }

    public required string Model { get; init; }

    public string ProductName { get; init; } = "";

    public string SkuFamily { get; init; } = "";

    public string JoinType { get; init; } = "Unknown";

    public string Ownership { get; init; } = "Corporate";

    public string Category { get; init; } = "";

    public ContosoPerson? User { get; init; }

    public int DaysSinceCheckIn { get; init; }

    public bool NeverCheckedIn { get; init; }
}
