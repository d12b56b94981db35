namespace PasskeyAdmin.Devices;

/// <summary>Which set of device requirements is asked for.</summary>
public enum RequirementBaseline
{
    /// <summary>Microsoft's table of platform minimums, cell for cell.</summary>
    Published,

    /// <summary>The table and the newer facts. What is not confirmed answers Unknown, never Yes.</summary>
    Extended,

    /// <summary>The table, raised to Microsoft's floor for whole fleets (phishing-resistant deployment guide).</summary>
    FleetFloor,
}
