using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Devices;

/// <summary>What a profile leaves of a question (reference/graph-passkey-policy.md §7): never a Yes for what it may not let in.</summary>
public sealed class ProfileQuestionTests
{
    private const PasskeyTypes Both = PasskeyTypes.DeviceBound | PasskeyTypes.Synced;

    private static readonly ProviderCatalog Catalog = ProviderCatalog.LoadBuiltIn();

    private static readonly Guid Stranger = new("12345678-1234-1234-1234-123456789abc");
    private static readonly Guid AuthenticatorIos = new("90a3ccdf-635c-4729-a248-9b709135078f");
    private static readonly Guid AuthenticatorAndroid = new("de1e552d-db1d-4423-a619-566b625cdc84");
    private static readonly Guid ApplePersonal = new("fbfc3007-154e-4ecc-8c0b-6e020557d7bd");
    private static readonly Guid OnePassword = new("bada5566-a7aa-401f-bd96-45619a55120d");

    [Theory]
    [InlineData(PasskeyTypes.Synced, "Apple Passwords, Google Password Manager, Other providers")]
    [InlineData(PasskeyTypes.DeviceBound, "Microsoft Authenticator, Security key")]
    [InlineData(Both, "Apple Passwords, Google Password Manager, Other providers, Microsoft Authenticator, Security key")]
    public void Without_a_list_the_types_select_the_rows(PasskeyTypes types, string names) => Assert.Equal(names, Names(Ask(Profile(types))));

    [Fact]
    public void Without_a_list_verdicts_are_those_of_the_types()
    {
        var plain = AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), Both);
        Assert.Equal(plain.Select(p => (p.Name, string.Join("|", p.Cells!))), Ask(Profile(Both)).Select(p => (p.Name, string.Join("|", p.Cells!))));
    }

    [Fact]
    public void An_allow_list_selects_its_providers_in_its_order()
    {
        var asked = Ask(Profile(Both) with { Allowed = [OnePassword, .. Of("Apple Passwords"), Stranger, .. Of("Google Password Manager")] });
        Assert.Equal($"1Password, Apple Passwords, Google Password Manager, AAGUID {Stranger}", Names(asked));
        Assert.Equal(["Yes ExtensionNeeded", "No PlatformUnsupported", "Yes ChromeNeeded", "Unknown ProviderNotInMatrix"], Answers(asked, "Windows", "10.0.26100"));
        Assert.Equal(["Yes AppNeeded", "Yes None", "Yes ChromeNeeded", "Unknown ProviderNotInMatrix"], Answers(asked, "iOS", "17.4"));
    }

    [Theory]
    [InlineData("iOS", "17.4", "Yes AppNeeded", "No NotInProfile")]
    [InlineData("Android", "15", "No NotInProfile", "Yes AppNeeded")]
    [InlineData("iOS", "15", "No OSTooOld", "No NotInProfile")]
    [InlineData("Windows", "10.0.26100", "No PlatformUnsupported", "No PlatformUnsupported")]
    public void Of_Authenticator_one_platform_may_be_let_in(string os, string version, string onlyIos, string onlyAndroid)
    {
        foreach (var isBlockList in new[] { false, true })
        {
            var (ios, android) = isBlockList
                ? (Profile(PasskeyTypes.DeviceBound) with { Blocked = [AuthenticatorAndroid] }, Profile(PasskeyTypes.DeviceBound) with { Blocked = [AuthenticatorIos] })
                : (Profile(PasskeyTypes.DeviceBound) with { Allowed = [AuthenticatorIos] }, Profile(PasskeyTypes.DeviceBound) with { Allowed = [AuthenticatorAndroid] });
            Assert.Equal((onlyIos, onlyAndroid), (Answers(Ask(ios), os, version)[0], Answers(Ask(android), os, version)[0]));
        }
    }

    [Fact]
    public void What_the_profile_keeps_out_is_said_with_the_next_step()
    {
        var verdict = Judge(Ask(Profile(PasskeyTypes.DeviceBound) with { Allowed = [AuthenticatorIos] }), "Android", "15");
        Assert.Equal((ReadinessStatus.NotReady, "Use another device, or let the profile allow Microsoft Authenticator on Android."), (verdict.Status, verdict.NextStep));
        Assert.Equal("Microsoft Authenticator: No (the profile does not allow Microsoft Authenticator for Android)", verdict.Provider[0].ToString());
    }

    [Fact]
    public void A_part_of_a_provider_is_no_Yes()
    {
        var asked = Ask(Profile(PasskeyTypes.Synced) with { Allowed = [ApplePersonal] });
        var verdict = Judge(asked, "macOS", "26.1");
        Assert.Equal((ReadinessStatus.Unknown, "Find out whether the profile allows Apple Passwords."), (verdict.Status, verdict.NextStep));
        Assert.Equal("Apple Passwords: Unknown (the profile allows only a part of it: Apple Passwords (iCloud Keychain))", verdict.Provider[0].ToString());
        Assert.Equal(["No OSTooOld"], Answers(asked, "macOS", "12"));
        Assert.Equal("Unknown ProfileUnclear", Answers(Ask(Profile(PasskeyTypes.Synced) with { Blocked = [ApplePersonal] }), "macOS", "26.1")[0]);
    }

    [Fact]
    public void Some_models_of_a_key_are_enough()
    {
        var verdict = Judge(Ask(Profile(PasskeyTypes.DeviceBound) with { Allowed = [Of("YubiKey 5 FIPS Series")[0], Of("YubiKey 5 FIPS Series")[1]] }), "macOS", "26.1");
        Assert.Equal((ReadinessStatus.ActionNeeded, "Give the user a YubiKey 5 FIPS Series that the profile allows."), (verdict.Status, verdict.NextStep));
        Assert.EndsWith("; the profile allows 2 of its 14 AAGUIDs)", verdict.Provider[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("Give the user a YubiKey 5 FIPS Series.", Judge(Ask(Profile(PasskeyTypes.DeviceBound) with { Allowed = Of("YubiKey 5 FIPS Series") }), "macOS", "26.1").NextStep);
    }

    [Fact]
    public void A_block_list_takes_providers_out_of_the_rows()
    {
        var asked = Ask(Profile(PasskeyTypes.Synced) with { Blocked = [.. Of("Apple Passwords"), OnePassword] });
        Assert.Equal("Google Password Manager, Other providers", Names(asked));
        var verdict = Judge(asked, "iOS", "17.4", "Apple");
        Assert.Equal("Other providers: Yes (with the provider's app; the profile blocks 1Password)", verdict.Provider[1].ToString());
        // 1Password and Bitwarden are not named as examples.
        Assert.Equal("Install the app of a passkey provider that the profile allows and choose it for passkeys in the settings.",
            Judge(Ask(Profile(PasskeyTypes.Synced) with { Blocked = [.. Of("Google Password Manager"), OnePassword] }), "Android", "15", "samsung").NextStep);
    }

    [Fact]
    public void A_row_all_of_whose_known_providers_are_blocked_is_not_known_to_work()
    {
        var others = Catalog.Providers.Where(p => p.Requirement == "Other providers").SelectMany(p => p.AaGuid).ToList();
        Assert.Equal("Unknown ProfileUnclear", Answers(Ask(Profile(PasskeyTypes.Synced) with { Blocked = others }), "iOS", "17.4")[2]);
    }

    [Fact]
    public void Attestation_keeps_out_what_cannot_give_it()
    {
        var asked = Ask(Profile(Both) with { DemandsAttestation = true }, RequirementBaseline.Extended);
        Assert.Equal("Microsoft Authenticator, Security key", Names(asked));
        var verdict = Judge(asked, "macOS", "26.1");
        Assert.Equal((ReadinessStatus.ActionNeeded, "Give the user a FIDO2 security key that the profile allows."), (verdict.Status, verdict.NextStep));
        Assert.EndsWith("; it must pass attestation)", verdict.Provider[1].ToString(), StringComparison.Ordinal);
        // A list does not help against it, and neither does a baseline without a row for it.
        var hello = Profile(Both) with { Allowed = [.. Of("Windows Hello"), .. Of("Apple Passwords"), .. Of("Samsung Pass"), AuthenticatorIos] };
        Assert.Equal("Windows Hello, Apple Passwords, Samsung Pass, Microsoft Authenticator", Names(Ask(hello)));
        Assert.Equal("Microsoft Authenticator", Names(Ask(hello with { DemandsAttestation = true })));
        Assert.Equal("Microsoft Authenticator", Names(Ask(hello with { DemandsAttestation = true }, RequirementBaseline.Extended)));
    }

    [Fact]
    public void An_attestation_that_is_not_known_is_no_Yes_for_what_cannot_give_it()
    {
        var asked = Ask(Profile(Both) with { DemandsAttestation = null }, RequirementBaseline.Extended);
        var verdicts = Judge(asked, "Windows", "10.0.26100").Provider.ToDictionary(p => p.Name, p => $"{p.Answer} {p.Reason}");
        Assert.Equal(("Unknown ProfileUnclear", "Unknown ProfileUnclear", "Yes HardwareNeeded"), (verdicts["Google Password Manager"], verdicts["Entra passkey on Windows"], verdicts["Security key"]));
        Assert.Contains("Yes AppNeeded", Answers(asked, "iOS", "17.4"));
    }

    [Fact]
    public void What_this_version_does_not_know_is_never_Yes()
    {
        Assert.All(Answers(Ask(Profile(Both) with { IsListUnclear = true }), "iOS", "26.1"), a => Assert.StartsWith("Unknown", a, StringComparison.Ordinal));
        Assert.All(Answers(Ask(Profile(Both) with { Blocked = [OnePassword], UnreadableEntries = 1 }), "iOS", "26.1"), a => Assert.StartsWith("Unknown", a, StringComparison.Ordinal));
        var other = Ask(Profile(PasskeyTypes.None) with { OtherTypes = "Quantum" });
        Assert.Equal(("Passkeys of the type Quantum", "Unknown ProviderNotInMatrix"), (Names(other), Answers(other, "iOS", "26.1").Single()));
        // What is known beside it stays.
        Assert.Equal("Microsoft Authenticator, Security key, Passkeys of the type DeviceBound, Quantum", Names(Ask(Profile(PasskeyTypes.DeviceBound) with { OtherTypes = "DeviceBound, Quantum" })));
        var unreadable = Ask(Profile(Both) with { Allowed = [OnePassword], UnreadableEntries = 2 });
        Assert.Equal("1Password, An AAGUID that cannot be read", Names(unreadable));
    }

    [Theory]
    [InlineData("1Password", "1Password")]
    [InlineData("Other providers", "1Password")]
    [InlineData("Microsoft Authenticator|Apple Passwords", "Microsoft Authenticator")]
    public void A_question_for_providers_narrows_it_further(string names, string expected) =>
        Assert.Equal(expected, Names(new ProfileQuestion(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), Catalog, Profile(Both) with { Allowed = [OnePassword, AuthenticatorIos, Stranger] })
            .Ask(names.Split('|').Select(n => new ProviderName(n, false, t => t.Equals(n, StringComparison.OrdinalIgnoreCase))), null)));

    [Fact]
    public void A_row_of_a_file_is_known_to_pass_only_where_nothing_unknown_is_listed()
    {
        using var file = new TemporaryFile("""{ "mode": "Replace", "requirements": [ { "provider": "House vault", "platform": "iOS", "passkeyType": "Synced", "support": "BuiltIn", "source": "us" } ] }""");
        var matrix = RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published).With(file.Path);
        string Answer(AllowedPasskeys allowed) => Answers(new ProfileQuestion(matrix, Catalog, allowed).Ask(null, null), "iOS", "26.1")[0];
        Assert.Equal("Yes None", Answer(Profile(Both)));
        Assert.Equal("Yes None", Answer(Profile(Both) with { Blocked = [OnePassword] }));
        Assert.Equal("Unknown ProfileUnclear", Answer(Profile(Both) with { Blocked = [Stranger] }));
    }

    [Theory]
    [InlineData(false, "its metadata warns of 1 of the 2 AAGUIDs that the profile allows: REVOKED", "Give the user a YubiKey 5 Series that the profile allows.")]
    [InlineData(true, "its metadata warns of all of it: REVOKED", "Choose something else than YubiKey 5 Series: its metadata warns of it (REVOKED).")]
    public void Nobody_is_told_to_buy_what_is_revoked(bool isAll, string condition, string nextStep)
    {
        var family = Catalog.Providers.Single(p => p.Name == "YubiKey 5 Series");
        Guid[] listed = [.. family.AaGuid.Take(2)];
        PasskeyProviderMetadata[] warned = [.. listed.Take(isAll ? 2 : 1).Select(a => new PasskeyProviderMetadata(new AuthenticatorFacts(a) { Name = "x", Status = [new("REVOKED", null, null, null)] }, new MetadataOrigin("f", null), Catalog.Find(a), DateTimeOffset.UnixEpoch))];
        var asked = new ProfileQuestion(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), Catalog.With(ProviderImports.None.With("f", warned)), Profile(PasskeyTypes.DeviceBound) with { Allowed = listed }).Ask(null, null);
        var device = Judge(asked, "Windows", "10.0.26100");
        Assert.Contains(condition, device.Provider[0].Condition, StringComparison.Ordinal);
        Assert.Equal((ReadinessStatus.ActionNeeded, nextStep), (device.Status, device.NextStep));
    }

    [Fact]
    public void An_import_that_nobody_vouches_for_makes_nothing_Ready()
    {
        using var file = new TemporaryFile("""{ "mode": "Replace", "requirements": [ { "provider": "House vault", "platform": "iOS", "passkeyType": "Synced", "support": "BuiltIn", "source": "us" }, { "provider": "iCloud Keychain", "platform": "iOS", "passkeyType": "Synced", "support": "BuiltIn", "source": "us" } ] }""");
        var matrix = RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published).With(file.Path);
        string Answer(bool isVerified, string model, AllowedPasskeys allowed, string row = "House vault")
        {
            var imported = new PasskeyProviderMetadata(new AuthenticatorFacts(Stranger) { Name = model }, new MetadataOrigin("f", isVerified ? null : "it is a list"), Catalog.Find(Stranger), DateTimeOffset.UnixEpoch);
            var question = new ProfileQuestion(matrix, Catalog.With(ProviderImports.None.With("f", [imported])), allowed);
            return string.Join(", ", Answers(question.Ask([new ProviderName(row, false, n => n == row)], null), "iOS", "26.1"));
        }
        Assert.Equal("Unknown ProfileUnclear", Answer(false, "Fabrikam", Profile(Both) with { Blocked = [Stranger] }));
        Assert.Equal("Unknown ProfileUnclear", Answer(false, "House vault", Profile(Both) with { Blocked = [Stranger] }));
        Assert.Equal("Unknown ProfileUnclear", Answer(false, "House vault", Profile(Both) with { Allowed = [Stranger] }));
        // Somebody vouches for it: then the list means another provider, or this one.
        Assert.Equal("Yes None", Answer(true, "Fabrikam", Profile(Both) with { Blocked = [Stranger] }));
        Assert.Equal("Yes None", Answer(true, "House vault", Profile(Both) with { Allowed = [Stranger] }));
        // Its own name was taken, so that it goes by another one.
        Assert.Equal("Yes None", Answer(true, "iCloud Keychain", Profile(Both) with { Allowed = [Stranger] }, "iCloud Keychain"));
        Assert.Throws<PasskeyAdminException>(() => Answer(true, "House vault", Profile(Both) with { Blocked = [Stranger] }));
        Assert.Throws<PasskeyAdminException>(() => Answer(true, "Fabrikam", Profile(Both) with { Allowed = [Stranger] }));
    }

    [Theory]
    [InlineData("empty list", "its list of allowed AAGUIDs is empty")]
    [InlineData("no types", "it has no passkey type")]
    [InlineData("attested", "it demands attestation, which synced passkeys do not have")]
    [InlineData("other type", "it lets in no DeviceBound passkeys")]
    [InlineData("unknown type", "of the types that it allows, this version does not know Quantum")]
    [InlineData("stranger", "it demands attestation, which synced passkeys do not have")]
    public void A_profile_that_leaves_nothing_is_an_error(string which, string why)
    {
        var (profile, types) = which switch
        {
            "empty list" => (Profile(Both) with { Allowed = [] }, (PasskeyTypes?)null),
            "no types" => (Profile(PasskeyTypes.None) with { Allowed = [Stranger] }, null),
            "attested" => (Profile(PasskeyTypes.Synced) with { DemandsAttestation = true }, null),
            "other type" => (Profile(Both) with { Allowed = [OnePassword] }, PasskeyTypes.DeviceBound),
            "unknown type" => (Profile(PasskeyTypes.None) with { OtherTypes = "Quantum" }, PasskeyTypes.Synced),
            _ => (Profile(Both) with { Allowed = [Stranger], DemandsAttestation = true }, PasskeyTypes.Synced),
        };
        var error = Assert.Throws<PasskeyAdminException>(() => Ask(profile, types: types));
        Assert.Equal(("ProfileAllowsNothing", ErrorKind.InvalidArgument, "Get-PasskeyProfile 'It''s'"), (error.ErrorId, error.Kind, error.RecommendedAction));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever says Yes has an AAGUID that passes, for this very platform where that is known, and a type that the profile has.</summary>
    [Fact]
    public void Yes_is_only_said_for_what_passes() => Gen.Select(AnyProfile, Gen.OneOf("Windows", "macOS", "iOS", "Android"), Gen.Enum<RequirementBaseline>()).Sample((profile, os, baseline) =>
    {
        IReadOnlyList<AskedProvider> asked;
        try
        {
            asked = Ask(profile, baseline);
        }
        catch (PasskeyAdminException)
        {
            return;
        }
        foreach (var yes in Judge(asked, os, os == "Windows" ? "10.0.26100" : "26.1", "Apple").Provider.Where(p => p.Answer is RequirementAnswer.Yes))
        {
            Assert.True((profile.Types & yes.Cell!.PasskeyType) != 0);
            if (profile.DemandsAttestation is not false) Assert.True(yes.Name == "Microsoft Authenticator" || yes.Support is SupportKind.Hardware);
            Assert.False(profile.IsListUnclear);
            var own = Catalog.Providers.Where(p => p.Name == yes.Name || p.Requirement == yes.Name).SelectMany(p => p.AaGuid).ToList();
            Assert.Contains(own, a => profile.Allowed?.Contains(a) ?? !profile.Blocked.Contains(a));
            if (yes.Name == "Microsoft Authenticator") Assert.True(profile.Allowed?.Contains(os == "iOS" ? AuthenticatorIos : AuthenticatorAndroid) ?? !profile.Blocked.Contains(os == "iOS" ? AuthenticatorIos : AuthenticatorAndroid));
            else if (yes.Support is not SupportKind.Hardware && yes.Name != "Other providers") Assert.All(own, a => Assert.True(profile.Allowed?.Contains(a) ?? !profile.Blocked.Contains(a)));
        }
    }, threads: 1);

    private static Gen<AllowedPasskeys> AnyProfile { get; } = Gen.Select(
        Gen.OneOf(PasskeyTypes.None, PasskeyTypes.Synced, PasskeyTypes.DeviceBound, Both),
        Gen.OneOf<bool?>(true, false, null),
        Gen.OneOf<Guid>([.. Catalog.Providers.Take(12).SelectMany(p => p.AaGuid), .. Of("YubiKey 5 FIPS Series"), Stranger]).Array[0, 12],
        Gen.Int[0, 3]).Select((types, attested, list, kind) => Profile(types) with
        {
            DemandsAttestation = attested,
            Allowed = kind == 1 ? list : null,
            Blocked = kind == 2 ? list : [],
            IsListUnclear = kind == 3,
        });

    private static AllowedPasskeys Profile(PasskeyTypes types) => new("It's") { Types = types };

    private static IReadOnlyList<Guid> Of(string provider) => Catalog.Providers.Single(p => p.Name == provider).AaGuid;

    private static IReadOnlyList<AskedProvider> Ask(AllowedPasskeys allowed, RequirementBaseline baseline = RequirementBaseline.Published, PasskeyTypes? types = null) =>
        new ProfileQuestion(RequirementMatrix.LoadBuiltIn(baseline), Catalog, allowed).Ask(null, types);

    private static string Names(IEnumerable<AskedProvider> asked) => string.Join(", ", asked.Select(a => a.Name));

    private static List<string> Answers(IReadOnlyList<AskedProvider> asked, string os, string version) => [.. Judge(asked, os, version).Provider.Select(p => $"{p.Answer} {p.Reason}")];

    private static DeviceReadiness Judge(IReadOnlyList<AskedProvider> asked, string os, string version, string? maker = null) =>
        new ReadinessEvaluator(asked).Evaluate(new DeviceFactory().Create(new DeviceFields { OperatingSystem = os, Version = version, Manufacturer = maker }));
}
