using System;

namespace PasskeyAdmin.Providers;

/// <summary>One AAGUID: a model of authenticator, or one flavour of a provider.</summary>
public sealed class PasskeyAuthenticator
{
    internal PasskeyAuthenticator(Guid aaGuid, string name, PasskeyTypes passkeyType, PasskeyTypeBasis typeBasis, string? source, bool isPreProduction)
    {
        AaGuid = aaGuid;
        Name = name;
        PasskeyType = passkeyType;
        TypeBasis = typeBasis;
        Source = source;
        IsPreProduction = isPreProduction;
    }

    public Guid AaGuid { get; }

    public string Name { get; }

    /// <summary><see cref="PasskeyTypes.None"/> where the type is not known.</summary>
    public PasskeyTypes PasskeyType { get; }

    /// <summary>The types in words; <c>Unknown</c> where none is known.</summary>
    public string PasskeyTypeName => PasskeyType is PasskeyTypes.None ? "Unknown" : PasskeyType.ToString();

    public PasskeyTypeBasis TypeBasis { get; }

    /// <summary>Where the AAGUID and its name were published; null for an AAGUID that the catalogue does not have.</summary>
    public string? Source { get; }

    /// <summary>A preview or release-candidate model that was not sold.</summary>
    public bool IsPreProduction { get; }

    /// <summary>Who says that the AAGUID is that of this model.</summary>
    public AuthenticatorVerification Verification { get; internal init; }

    /// <summary>
    /// What verified metadata of this session warns of, such as <c>REVOKED</c> or <c>USER_VERIFICATION_BYPASS</c>, also for a model of the built-in
    /// catalogue; null where it warns of nothing, and where none was imported.
    /// </summary>
    public string? Warning { get; internal init; }

    /// <summary>
    /// Whether the AAGUID may get into an allow list by the name of its model or provider. Whoever makes such a list asks this for each: with a name that
    /// nobody vouches for, a file could have any AAGUID allowed; a model that is revoked or compromised is no model to recommend. An AAGUID that an administrator names outright is the administrator's decision and no question for this.
    /// </summary>
    public bool MayEnterAllowList => Verification is not AuthenticatorVerification.Unverified && Warning is null;

    public override string ToString() => Name;

    internal PasskeyAuthenticator Warned(string warning) => new(AaGuid, Name, PasskeyType, TypeBasis, Source, IsPreProduction) { Verification = Verification, Warning = warning };
}
