namespace PasskeyAdmin.Providers;

/// <summary>Whether it is proven where imported metadata comes from.</summary>
public enum MetadataVerification
{
    /// <summary>Anybody may have written it. It is shown, and never gets into an allow list.</summary>
    Unverified,

    /// <summary>It is signed, and the signature leads to a root that is trusted.</summary>
    Verified,
}
