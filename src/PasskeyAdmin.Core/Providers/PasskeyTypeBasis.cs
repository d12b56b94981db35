namespace PasskeyAdmin.Providers;

/// <summary>How well the passkey type of an authenticator is known.</summary>
public enum PasskeyTypeBasis
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>Editorial: what such a product makes. The <c>passkeyType</c> of a registration in Graph decides.</summary>
    Expected,

    /// <summary>Follows from the vendor's or Microsoft's documentation.</summary>
    Fact,
}
