using System;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Providers;

/// <summary>The catalogue with imported metadata.</summary>
public class ImportedProvidersTests
{
    private static readonly Guid One = new("0a1b2c3d-0000-4000-8000-000000000001");
    private static readonly Guid Two = new("0a1b2c3d-0000-4000-8000-000000000002");
    private static readonly Guid OnePassword = new("bada5566-a7aa-401f-bd96-45619a55120d");
    private static readonly ProviderCatalog BuiltIn = ProviderCatalog.LoadBuiltIn();

    [Fact]
    public void An_unknown_AAGUID_is_known_once_it_is_imported()
    {
        var provider = BuiltIn.With(ProviderImports.None.With("blob.jwt", [Verified(One, "Fabrikam Key")])).Find(One);
        Assert.Equal(("Fabrikam Key", null, true, PasskeyTypes.None, PasskeyTypeBasis.Unknown), (provider.Name, provider.Vendor, provider.IsKnown, provider.PasskeyType, provider.TypeBasis));
        Assert.Equal(["verified.jwt"], provider.Source);
        var authenticator = Assert.Single(provider.Authenticator);
        Assert.Equal((AuthenticatorVerification.Verified, true, "Fabrikam Key"), (authenticator.Verification, authenticator.MayEnterAllowList, authenticator.Name));
    }

    [Fact]
    public void What_is_not_verified_shows_it_and_never_enters_an_allow_list()
    {
        var catalog = BuiltIn.With(ProviderImports.None.With("list.json", [Unverified(One, "Fabrikam Key")]));
        var provider = catalog.Find(One);
        Assert.Equal(("Fabrikam Key (unverified)", true), (provider.Name, provider.IsKnown));
        Assert.Equal((AuthenticatorVerification.Unverified, false, "Fabrikam Key"), (provider.Authenticator[0].Verification, provider.Authenticator[0].MayEnterAllowList, provider.Authenticator[0].Name));
        Assert.Equal(One, Named("Fabrikam Key", catalog).AaGuid[0]);
    }

    [Fact]
    public void What_nobody_knows_never_enters_an_allow_list()
    {
        Assert.False(BuiltIn.Find(One).Authenticator[0].MayEnterAllowList);
        Assert.All(BuiltIn.Providers.SelectMany(p => p.Authenticator), a => Assert.Equal((AuthenticatorVerification.BuiltIn, true), (a.Verification, a.MayEnterAllowList)));
    }

    [Fact]
    public void The_built_in_catalogue_wins()
    {
        var catalog = BuiltIn.With(ProviderImports.None.With("blob.jwt", [Verified(OnePassword, "Something else")]));
        Assert.Equal(BuiltIn.Providers, catalog.Providers);
        Assert.Equal("1Password", catalog.Find(OnePassword).Name);
    }

    [Fact]
    public void A_verified_import_wins_over_one_that_is_not_whichever_came_first()
    {
        var first = ProviderImports.None.With("blob.jwt", [Verified(One, "Right")]).With("list.json", [Unverified(One, "Wrong")]);
        var last = ProviderImports.None.With("list.json", [Unverified(One, "Wrong")]).With("blob.jwt", [Verified(One, "Right")]);
        Assert.All([first, last], imports => Assert.Equal("Right", BuiltIn.With(imports).Find(One).Name));
        Assert.All([first, last], imports => Assert.DoesNotContain(BuiltIn.With(imports).Providers, p => p.Name.Contains("Wrong", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_later_of_two_alike_wins()
    {
        var imports = ProviderImports.None.With("a.jwt", [Verified(One, "Old")]).With("b.jwt", [Verified(One, "New")]);
        Assert.Equal("New", BuiltIn.With(imports).Find(One).Name);
        Assert.Equal("Old", BuiltIn.With(imports.With("a.jwt", [Verified(One, "Old")])).Find(One).Name);
    }

    [Fact]
    public void The_same_file_again_takes_the_place_of_the_first()
    {
        var imports = ProviderImports.None.With("a.jwt", [Verified(One, "Old"), Verified(Two, "Gone")]).With("a.jwt", [Verified(One, "New")]);
        Assert.Equal([("New", One)], imports.Entries.Select(e => (e.Name, e.AaGuid)));
        Assert.Equal(2, imports.With("A.JWT/other", [Verified(Two, "Other")]).Entries.Count);
    }

    [Fact]
    public void Models_of_one_name_are_one_provider()
    {
        var provider = Assert.Single(BuiltIn.With(ProviderImports.None.With("blob.jwt", [Verified(Two, "Fabrikam key"), Verified(One, "Fabrikam Key")])).Providers.Skip(BuiltIn.Providers.Count));
        Assert.Equal([One, Two], provider.AaGuid);
    }

    [Theory]
    [InlineData("Microsoft Authenticator")]
    [InlineData("microsoft authenticator")]
    [InlineData("icloud keychain")]
    public void No_import_takes_a_name_that_people_trust(string name)
    {
        var catalog = BuiltIn.With(ProviderImports.None.With("blob.jwt", [Verified(One, name)]).With("list.json", [Unverified(Two, name)]));
        Assert.Equal(catalog.Providers.Count, catalog.Providers.Select(p => p.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal([name + " (imported)", name + " (unverified)"], catalog.Providers.Skip(BuiltIn.Providers.Count).Select(p => p.Name));
        Assert.True(Named(name, catalog).Authenticator.All(a => a.Verification is AuthenticatorVerification.BuiltIn));
    }

    [Fact]
    public void Names_that_would_be_the_same_are_told_apart()
    {
        var catalog = BuiltIn.With(ProviderImports.None.With("a", [Verified(One, "Key (unverified)")]).With("b", [Unverified(Two, "Key")]));
        Assert.Equal(["Key (unverified)", "Key (unverified) (imported)"], catalog.Providers.Skip(BuiltIn.Providers.Count).Select(p => p.Name));
    }

    private static PasskeyProvider Named(string name, ProviderCatalog catalog) =>
        Assert.Single(new ProviderName(name, false, n => n.Equals(name, StringComparison.OrdinalIgnoreCase)).Find(catalog));

    private static PasskeyProviderMetadata Verified(Guid aaGuid, string name) => Make(aaGuid, name, new MetadataOrigin("verified.jwt", null));

    private static PasskeyProviderMetadata Unverified(Guid aaGuid, string name) => Make(aaGuid, name, new MetadataOrigin("list.json", "a list of AAGUIDs is not signed"));

    private static PasskeyProviderMetadata Make(Guid aaGuid, string name, MetadataOrigin origin) =>
        new(new AuthenticatorFacts(aaGuid) { Name = name }, origin, BuiltIn.Find(aaGuid), new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
}
