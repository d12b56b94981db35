using System;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Providers;

public class ProviderCatalogTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    [Fact]
    public void It_holds_all_published_AAGUIDs_once()
    {
        var all = Catalog.Providers.SelectMany(p => p.AaGuid).ToList();
        // 354 rows of reference/aaguid-names.tsv and the all-zero AAGUID.
        Assert.Equal(355, all.Count);
        Assert.Equal(355, all.Distinct().Count());
    }

    [Fact]
    public void Names_are_unique_and_every_authenticator_has_name_and_source()
    {
        Assert.Equal(Catalog.Providers.Count, Catalog.Providers.Select(p => p.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Catalog.Providers.SelectMany(p => p.Authenticator), a =>
        {
            Assert.NotEmpty(a.Name);
            Assert.NotNull(a.Source);
            Assert.Equal(a.TypeBasis is PasskeyTypeBasis.Unknown, a.PasskeyType is PasskeyTypes.None);
            Assert.Equal(a.PasskeyType is PasskeyTypes.None ? "Unknown" : a.PasskeyType.ToString(), a.PasskeyTypeName);
        });
    }

    [Fact]
    public void A_provider_has_the_types_of_its_authenticators_and_their_weakest_basis() => Assert.All(Catalog.Providers, p =>
    {
        Assert.Equal(p.Authenticator.Min(a => a.TypeBasis), p.TypeBasis);
        Assert.All([PasskeyTypes.Synced, PasskeyTypes.DeviceBound], type => Assert.Equal(p.Authenticator.Any(a => a.PasskeyType.HasFlag(type)), p.PasskeyType.HasFlag(type)));
        Assert.Equal(p.PasskeyType is PasskeyTypes.None ? "Unknown" : p.PasskeyType.ToString(), p.PasskeyTypeName);
        Assert.Equal(p.AaGuid.Count, p.AaGuidCount);
    });

    [Theory]
    [InlineData("fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "Apple Passwords", PasskeyTypes.Synced, PasskeyTypeBasis.Expected)]
    [InlineData("dd4ec289-e01d-41c9-bb89-70fa845d4bf2", "Apple Passwords", PasskeyTypes.Synced, PasskeyTypeBasis.Expected)]
    [InlineData("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager", PasskeyTypes.Synced, PasskeyTypeBasis.Expected)]
    [InlineData("bada5566-a7aa-401f-bd96-45619a55120d", "1Password", PasskeyTypes.Synced, PasskeyTypeBasis.Expected)]
    [InlineData("de1e552d-db1d-4423-a619-566b625cdc84", "Microsoft Authenticator", PasskeyTypes.DeviceBound, PasskeyTypeBasis.Fact)]
    [InlineData("08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello", PasskeyTypes.DeviceBound, PasskeyTypeBasis.Fact)]
    [InlineData("2fc0579f-8113-47ea-b116-bb5a8db9202a", "YubiKey 5 Series", PasskeyTypes.DeviceBound, PasskeyTypeBasis.Expected)]
    [InlineData("0a357157-9b18-4c8a-920e-d156e972b2f8", "YubiKey 5 Series", PasskeyTypes.DeviceBound, PasskeyTypeBasis.Fact)]
    [InlineData("fdb141b2-5d84-443e-8a35-4698c205a502", "KeePassXC", PasskeyTypes.None, PasskeyTypeBasis.Unknown)]
    [InlineData("00000000-0000-0000-0000-000000000000", "Undisclosed authenticator", PasskeyTypes.None, PasskeyTypeBasis.Unknown)]
    public void An_AAGUID_is_answered_by_its_provider_alone(string aaGuid, string name, PasskeyTypes type, PasskeyTypeBasis basis)
    {
        var provider = Catalog.Find(new Guid(aaGuid));
        Assert.Equal((name, type, basis, true), (provider.Name, provider.PasskeyType, provider.TypeBasis, provider.IsKnown));
        Assert.Equal([new Guid(aaGuid)], provider.AaGuid);
    }

    [Fact]
    public void An_unknown_AAGUID_is_an_answer()
    {
        var provider = Catalog.Find(new Guid("12345678-1234-1234-1234-123456789abc"));
        Assert.False(provider.IsKnown);
        Assert.Equal((PasskeyTypes.None, PasskeyTypeBasis.Unknown), (provider.PasskeyType, provider.TypeBasis));
        Assert.Null(provider.Vendor);
    }

    [Theory]
    [InlineData("YubiKey 5 Series", 27)]
    [InlineData("YubiKey 5 Series with Lightning", 8)]
    [InlineData("YubiKey 5 FIPS Series", 14)]
    [InlineData("YubiKey Bio Series", 17)]
    [InlineData("Security Key by Yubico", 17)]
    [InlineData("Apple Passwords", 2)]
    [InlineData("Microsoft Authenticator", 2)]
    [InlineData("Windows Hello", 3)]
    [InlineData("HID Crescendo", 14)]
    public void Families_are_grouped(string name, int models) => Assert.Equal(models, Catalog.Providers.Single(p => p.Name == name).AaGuid.Count);

    [Fact]
    public void A_family_is_only_as_sure_as_its_least_sure_model() =>
        Assert.All(Catalog.Providers, p => Assert.Equal(p.Authenticator.Min(a => a.TypeBasis), p.TypeBasis));

    [Fact]
    public void Preproduction_models_are_marked() =>
        Assert.All(Catalog.Providers.SelectMany(p => p.Authenticator).Where(a => a.Name.Contains("Preview", StringComparison.Ordinal)), a => Assert.True(a.IsPreProduction));

    [Theory]
    [InlineData("1passwrd", "1Password")]
    [InlineData("google", "Google Password Manager")]
    [InlineData("Goolge", "Google Password Manager")]
    [InlineData("Yubikee", "YubiKey 5")]
    public void A_name_that_means_nobody_suggests_one(string typed, string suggestion)
    {
        var error = new ProviderName(typed, false, _ => false).NotFound(Catalog.Providers.Select(p => p.Name));
        Assert.Equal(("ProviderNotFound", ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains(suggestion, error.Message, StringComparison.Ordinal);
    }
}
