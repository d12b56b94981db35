namespace PasskeyAdmin.Providers;

/// <summary>Passkey types in words for a sentence.</summary>
internal static class TypeWords
{
    /// <summary>Null for both, and where the type is not known.</summary>
    public static string? Of(PasskeyTypes type) => type switch
    {
        PasskeyTypes.Synced => "synced",
        PasskeyTypes.DeviceBound => "device-bound",
        _ => null,
    };
}
