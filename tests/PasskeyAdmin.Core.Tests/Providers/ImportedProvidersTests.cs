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

    [Theory]
    [InlineData("YubiKey 5 Series with NFC")]
    [InlineData("yubikey 5 series with nfc")]
    public void No_import_takes_the_name_of_a_model(string name)
    {
        var catalog = BuiltIn.With(ProviderImports.None.With("blob.jwt", [Verified(One, name)]).With("list.json", [Unverified(Two, name)]));
        Assert.Equal([name + " (imported)", name + " (unverified)"], catalog.Providers.Skip(BuiltIn.Providers.Count).Select(p => p.Name));
        Assert.All(catalog.Providers.Skip(BuiltIn.Providers.Count), p => Assert.Empty(p.Alias));
        Assert.Equal(Named(name, BuiltIn).Name, Named(name, catalog).Name);
        Assert.Equal(One, Named(name + " (imported)", catalog).AaGuid[0]);
        // A pattern may mean more, and each shows what it is.
        var pattern = new ProviderName("YubiKey 5 Series with N*", true, n => n.StartsWith("YubiKey 5 Series with N", StringComparison.OrdinalIgnoreCase));
        Assert.Equal([.. pattern.Find(BuiltIn).Select(p => p.Name), name + " (imported)", name + " (unverified)"], pattern.Find(catalog).Select(p => p.Name));
    }

    [Fact]
    public void A_warning_holds_for_models_of_every_origin()
    {
        PasskeyMetadataStatus[] revoked = [new("FIDO_CERTIFIED", null, null, null), new("REVOKED", null, null, null), new("USER_VERIFICATION_BYPASS", null, null, null)];
        var yubiKey = new Guid("2fc0579f-8113-47ea-b116-bb5a8db9202a");
        var catalog = BuiltIn.With(ProviderImports.None.With("blob.jwt", [Verified(One, "Bad Key", revoked), Verified(yubiKey, "Other name", revoked)]));
        foreach (var aaGuid in new[] { One, yubiKey })
        {
            var authenticator = catalog.Find(aaGuid).Authenticator[0];
            Assert.Equal(("REVOKED, USER_VERIFICATION_BYPASS", false), (authenticator.Warning, authenticator.MayEnterAllowList));
        }
        var family = catalog.Providers.Single(p => p.Name == "YubiKey 5 Series");
        Assert.Equal([yubiKey], family.Authenticator.Where(a => !a.MayEnterAllowList).Select(a => a.AaGuid));
        Assert.Equal(BuiltIn.Providers.Single(p => p.Name == "YubiKey 5 Series").AaGuid, family.AaGuid);
        // What nobody signed takes nothing out.
        Assert.True(BuiltIn.With(ProviderImports.None.With("list.json", [Unverified(yubiKey, "x", revoked)])).Find(yubiKey).Authenticator[0].MayEnterAllowList);
    }

    [Fact]
    public void A_verified_thing_to_plug_in_is_a_security_key()
    {
        static AuthenticatorFacts Key(params string[] transports) => new(One) { Name = "Key", ProtocolFamily = "fido2", Transports = transports };
        PasskeyProvider Find(AuthenticatorFacts facts, bool isVerified = true) => BuiltIn.With(ProviderImports.None.With("f", [Make(facts, isVerified ? Blob(1) : List)])).Find(One);
        var key = Find(Key("usb", "nfc"));
        Assert.Equal((PasskeyTypes.DeviceBound, PasskeyTypeBasis.Expected, "Security key"), (key.PasskeyType, key.TypeBasis, key.Requirement));
        Assert.All([Find(Key()), Find(Key("usb", "internal")), Find(Key("usb") with { MultiDevice = "explicit" }), Find(Key("usb") with { ProtocolFamily = "u2f" }), Find(Key("usb"), isVerified: false),
            Find(Key("usb") with { Status = [new PasskeyMetadataStatus("REVOKED", null, null, null)] })], p => Assert.Equal((PasskeyTypes.None, null), (p.PasskeyType, p.Requirement)));
    }

    [Fact]
    public void An_older_blob_takes_nothing_back()
    {
        var newer = ProviderImports.None.With("new.jwt", [Numbered(290, "New")]);
        Assert.Equal("New", BuiltIn.With(newer.With("old.jwt", [Numbered(289, "Old")])).Find(One).Name);
        Assert.Equal("New", BuiltIn.With(newer.With("new.jwt", [Numbered(289, "Old")])).Find(One).Name);
        Assert.Equal("New", BuiltIn.With(newer.With("new.jwt", [Unverified(One, "Exchanged")])).Find(One).Name);
        Assert.Equal("Newest", BuiltIn.With(newer.With("new.jwt", [Numbered(291, "Newest")])).Find(One).Name);
        Assert.Contains("old.jwt is older (number 289) than what was imported of blob290.jwt (number 290)", Assert.Single(newer.Objections("old.jwt", File("old.jwt", Numbered(289, "New")))), StringComparison.Ordinal);
        Assert.Contains("goes on holding. Import-PasskeyProviderMetadata -Clear forgets", Assert.Single(newer.Objections("new.jwt", File("new.jwt", Unverified(One, "x")))), StringComparison.Ordinal);
        Assert.Empty(newer.Objections("newest.jwt", File("newest.jwt", Numbered(291, "Newest"))));
    }

    [Fact]
    public void Two_lists_that_disagree_are_said()
    {
        var imports = ProviderImports.None.With("a.json", [Unverified(One, "A"), Unverified(Two, "B")]);
        Assert.Contains($"b.json names an AAGUID otherwise than list.json, and the later import counts: {One} is C, not A.",
            Assert.Single(imports.Objections("b.json", File("b.json", Unverified(One, "C"), Unverified(Two, "b")))), StringComparison.Ordinal);
        Assert.Empty(imports.Objections("a.json", File("a.json", Unverified(One, "C"))));
        Assert.Equal("C (unverified)", BuiltIn.With(imports.With("b.json", [Unverified(One, "C")])).Find(One).Name);
    }

    [Fact]
    public void Zeros_and_what_has_no_name_are_no_provider()
    {
        var nameless = Make(new AuthenticatorFacts(One), List);
        Assert.Equal(One.ToString(), nameless.Name);
        Assert.False(BuiltIn.With(ProviderImports.None.With("list", [nameless])).Find(One).IsKnown);
        Assert.Equal(BuiltIn.Providers.Count, BuiltIn.With(ProviderImports.None.With("blob.jwt", [Verified(Guid.Empty, "Zero")])).Providers.Count);
    }

    [Fact]
    public void Names_that_would_be_the_same_are_told_apart()
    {
        var catalog = BuiltIn.With(ProviderImports.None.With("a", [Verified(One, "Key (unverified)")]).With("b", [Unverified(Two, "Key")]));
        Assert.Equal(["Key (unverified)", "Key (unverified) (imported)"], catalog.Providers.Skip(BuiltIn.Providers.Count).Select(p => p.Name));
    }

    private static PasskeyProvider Named(string name, ProviderCatalog catalog) =>
        Assert.Single(new ProviderName(name, false, n => n.Equals(name, StringComparison.OrdinalIgnoreCase)).Find(catalog));

    private static MetadataOrigin List { get; } = new("list.json", "a list of AAGUIDs is not signed");

    private static MetadataOrigin Blob(long number) => new($"blob{number}.jwt", null) { Number = number };

    private static ProviderMetadataFile File(string name, params PasskeyProviderMetadata[] entries) =>
        new(new MetadataOrigin(name, entries[0].VerificationReason) { Number = entries[0].BlobNumber }, entries);

    private static PasskeyProviderMetadata Numbered(long number, string name) => Make(new AuthenticatorFacts(One) { Name = name }, Blob(number));

    private static PasskeyProviderMetadata Verified(Guid aaGuid, string name, params PasskeyMetadataStatus[] status) =>
        Make(new AuthenticatorFacts(aaGuid) { Name = name, Status = status }, new MetadataOrigin("verified.jwt", null));

    private static PasskeyProviderMetadata Unverified(Guid aaGuid, string name, params PasskeyMetadataStatus[] status) => Make(new AuthenticatorFacts(aaGuid) { Name = name, Status = status }, List);

    private static PasskeyProviderMetadata Make(AuthenticatorFacts facts, MetadataOrigin origin) =>
        new(facts, origin, BuiltIn.Find(facts.AaGuid), new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
}
