namespace PasskeyAdmin.Providers;

/// <summary>How sure it is that an AAGUID is that of the model named.</summary>
public enum AuthenticatorVerification
{
    /// <summary>Nobody vouches for it: it comes from an imported file without a good signature, or nobody knows it.</summary>
    Unverified,

    /// <summary>From imported metadata whose signature was verified.</summary>
    Verified,

    /// <summary>From the catalogue of the module.</summary>
    BuiltIn,
}
