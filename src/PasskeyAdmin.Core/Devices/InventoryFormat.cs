namespace PasskeyAdmin.Devices;

/// <summary>Whose export an inventory is.</summary>
public enum InventoryFormat
{
    /// <summary>Told from the columns.</summary>
    Auto,

    /// <summary>Intune's portal export, its report API or its managed devices in Graph.</summary>
    Intune,

    /// <summary>The device export of the Entra admin centre, or devices in Graph.</summary>
    Entra,

    /// <summary>Jamf Pro, computers or mobile devices.</summary>
    Jamf,

    /// <summary>Anything with columns whose names are known or mapped.</summary>
    Generic,
}
