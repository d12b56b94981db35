using System;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Providers;

public class ProviderSelectionTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    [Fact]
    public void A_provider_is_all_its_models_and_a_model_is_itself()
    {
        var family = Of("YubiKey 5 Series");
        Assert.True(family.AaGuids.Count > 1);
        var model = Catalog.Providers.Single(p => p.Name == "YubiKey 5 Series").Authenticator.First(a => !a.IsPreProduction && Catalog.Providers.All(p => p.Name != a.Name && !p.Alias.Contains(a.Name)));
        Assert.All(Of(model.Name).AaGuids, a => Assert.Equal(model.Name, Catalog.Find(a).Authenticator[0].Name));
        Assert.Contains(model.AaGuid, Of(model.Name).AaGuids);
        Assert.True(Of(model.Name).AaGuids.Count < family.AaGuids.Count);
    }

    [Fact]
    public void What_was_never_sold_is_left_out() => Assert.DoesNotContain(Of("*").AaGuids, a => Catalog.Find(a).Authenticator[0].IsPreProduction && Catalog.Providers.Single(p => p.AaGuid.Contains(a)).Authenticator.Any(o => !o.IsPreProduction));

    [Fact]
    public void An_AAGUID_is_taken_whether_known_or_not()
    {
        var unknown = Guid.Parse("12345678-0000-0000-0000-000000000000");
        Assert.Equal([unknown], Of(unknown.ToString(), unknown.ToString()).AaGuids);
    }

    [Fact]
    public void A_name_of_nobody_is_an_error() => Assert.Equal("ProviderNotFound", Assert.Throws<PasskeyAdminException>(() => Of("Nobody at all")).ErrorId);

    private static ProviderSelection Of(params string[] names) =>
        ProviderSelection.Of(names.Select(n => new ProviderName(n, n.Contains('*', StringComparison.Ordinal), t => n == "*" || t.Equals(n, StringComparison.OrdinalIgnoreCase))), Catalog, isToPass: true);
}
