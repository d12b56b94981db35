using System;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Policy;

public class ProfileTemplateTests
{
    [Fact]
    public void The_three_scenarios_are_there() =>
        Assert.Equal(
            [
                ("HighSecurity", PasskeyTypes.DeviceBound, PasskeyAttestation.RegistrationOnly, KeyRestrictionKind.Allow),
                ("Flexible", PasskeyTypes.DeviceBound | PasskeyTypes.Synced, PasskeyAttestation.Disabled, KeyRestrictionKind.None),
                ("Transition", PasskeyTypes.DeviceBound | PasskeyTypes.Synced, PasskeyAttestation.Disabled, KeyRestrictionKind.None),
            ],
            Load().Select(t => (t.Name, t.PasskeyType, t.Attestation, t.Restriction)));

    [Fact]
    public void None_contradicts_itself() => Assert.All(Load(), t =>
    {
        // Synced passkeys cannot be attested, and an enforced empty list lets nobody register.
        Assert.False(t.Attestation is PasskeyAttestation.RegistrationOnly && t.PasskeyType.HasFlag(PasskeyTypes.Synced));
        Assert.Equal(t.Restriction is not KeyRestrictionKind.None, t.AaGuid.Count > 0);
        Assert.Equal(t.Provider.Count > 0, t.AaGuid.Count > 0);
    });

    [Fact]
    public void HighSecurity_lists_what_is_sold_and_nothing_else()
    {
        var catalog = ProviderCatalog.LoadBuiltIn();
        var listed = Load()[0].AaGuid;
        Assert.Equal(11, listed.Count);
        Assert.All(listed, a => Assert.False(catalog.Find(a).Authenticator[0].IsPreProduction));
        Assert.Equal(["Microsoft Authenticator", "YubiKey 5 FIPS Series"], listed.Select(a => catalog.Find(a).Name).Distinct());
    }

    [Fact]
    public void Every_advice_names_what_does_it_and_who_says_so() => Assert.All(Load(), t =>
    {
        Assert.True(t.Advice.Count >= 3);
        Assert.All(t.Advice, a =>
        {
            Assert.True((a.Command ?? a.Setting) is not null);
            Assert.True(Uri.TryCreate(a.Source, UriKind.Absolute, out var source) && source.Host == "learn.microsoft.com");
            Assert.NotEqual("", a.How);
        });
    });

    private static System.Collections.Generic.IReadOnlyList<PasskeyProfileTemplate> Load() => ProfileTemplates.LoadBuiltIn(ProviderCatalog.LoadBuiltIn());
}
