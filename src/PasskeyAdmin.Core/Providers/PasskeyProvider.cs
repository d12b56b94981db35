using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Providers;

/// <summary>Who makes or keeps a passkey, with the AAGUIDs it is known by. An AAGUID of an unattested passkey is a hint, not proof.</summary>
public sealed class PasskeyProvider
{
    internal PasskeyProvider(string name, string? vendor, IReadOnlyList<string> alias, string? requirement, IReadOnlyList<PasskeyAuthenticator> authenticators)
    {
        Name = name;
        Vendor = vendor;
        Requirement = requirement;
        Alias = new JoinedList<string>(alias);
        Authenticator = new JoinedList<PasskeyAuthenticator>(authenticators);
        AaGuid = new JoinedList<Guid>(authenticators.Select(a => a.AaGuid));
        Source = new JoinedList<string>(authenticators.Select(a => a.Source).OfType<string>().Distinct());
        TypeBasis = PasskeyTypeBasis.Fact;
        foreach (var authenticator in authenticators)
        {
            PasskeyType |= authenticator.PasskeyType;
            if (authenticator.TypeBasis < TypeBasis) TypeBasis = authenticator.TypeBasis;
        }
    }

    public string Name { get; }

    /// <summary>Null where no source names one.</summary>
    public string? Vendor { get; }

    /// <summary>The types of its authenticators together; <see cref="PasskeyTypes.None"/> where none is known.</summary>
    public PasskeyTypes PasskeyType { get; }

    /// <summary>The types in words; <c>Unknown</c> where none is known.</summary>
    public string PasskeyTypeName => PasskeyType is PasskeyTypes.None ? "Unknown" : PasskeyType.ToString();

    /// <summary>The weakest basis among the authenticators.</summary>
    public PasskeyTypeBasis TypeBasis { get; }

    /// <summary>Other names it goes by.</summary>
    public IReadOnlyList<string> Alias { get; }

    public IReadOnlyList<Guid> AaGuid { get; }

    /// <summary>How many AAGUIDs it is known by: what it takes of the room for an allow list.</summary>
    public int AaGuidCount => AaGuid.Count;

    public IReadOnlyList<PasskeyAuthenticator> Authenticator { get; }

    /// <summary>Which row of the device requirements speaks for this provider; null where none does.</summary>
    public string? Requirement { get; }

    /// <summary>The publications that name the AAGUIDs.</summary>
    public IReadOnlyList<string> Source { get; }

    /// <summary>False for the answer to an AAGUID that the catalogue does not have.</summary>
    public bool IsKnown => Source.Count > 0;

    /// <summary>Whether it stands in the catalogue of the module.</summary>
    internal bool IsBuiltIn => Authenticator.Any(a => a.Verification is AuthenticatorVerification.BuiltIn);

    /// <summary>Whether the catalogue of the module or verified metadata vouches for it.</summary>
    internal bool IsVouchedFor => Authenticator.All(a => a.Verification is not AuthenticatorVerification.Unverified);

    public override string ToString() => Name;

    /// <summary>This provider with one of its authenticators only: the answer to "what is this AAGUID?".</summary>
    internal PasskeyProvider Only(PasskeyAuthenticator authenticator) => With([authenticator]);

    internal PasskeyProvider With(IReadOnlyList<PasskeyAuthenticator> authenticators) => new(Name, Vendor, Alias, Requirement, authenticators);
}
