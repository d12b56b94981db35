using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Changes;

public sealed class AccessPlannerTests : IDisposable
{
    private const string Payroll = "2f0d6a91-7c34-4e58-9b12-d5a8f3c06e71";
    private const string PayrollObject = "81c0d2e4-0a05-5b21-9105-7b8c9d0e1f05";

    private const string Inner = "20000000-0000-4000-8000-00000000000e";

    private readonly AccessFixture _tenant = new(t =>
    {
        foreach (var (id, appId, name) in new[] { (PayrollObject, Payroll, "Payroll"), ("81c0d2e4-0a05-5b21-9105-7b8c9d0e1f06", "2f0d6a91-7c34-4e58-9b12-d5a8f3c06e72", "Travel"), ("81c0d2e4-0a05-5b21-9105-7b8c9d0e1f07", "2f0d6a91-7c34-4e58-9b12-d5a8f3c06e73", "Travel") })
            t.Applications.Add(new JObject { ["id"] = id, ["appId"] = appId, ["displayName"] = name });
        t.Group("20000000-0000-4000-8000-00000000000b", "Twice", UsersFixture.IdOf("ann"));
        t.Group("20000000-0000-4000-8000-00000000000c", "Twice", UsersFixture.IdOf("ann"));
        t.Group("20000000-0000-4000-8000-00000000000d", "Nobody's");
        t.User("glass", isPilot: false);
        t.User("steel", isPilot: false);
        t.Group(Inner, "Inner", UsersFixture.IdOf("glass"));
        t.Join(UsersFixture.Excluded, Inner);
    });

    public void Dispose() => _tenant.Dispose();

    private AccessPlanner Planner => new(_tenant.Client);

    private static StrengthRequest Wanted => new(AccessFixture.Name) { AaGuids = [new Guid(UsersFixture.YubiKey), new Guid(UsersFixture.Authenticator)] };

    private JObject? Existing(StrengthRequest wanted) => Planner.Existing(wanted, UsersFixture.Catalog, CancellationToken.None);

    private static AccessPolicyRequest Policy(AuthenticationStrength strength) => new("Keys for payroll", AccessState.ReportOnly, strength, [new DirectoryApplication(Payroll, "Payroll")])
    {
        IncludeGroups = [new DirectoryGroup(UsersFixture.Pilot, "Pilot")],
        ExcludeGroups = [new DirectoryGroup(UsersFixture.Excluded, "Shut out")],
    };

    [Fact]
    public void The_same_again_is_found_and_another_of_the_name_is_an_error()
    {
        Assert.Null(Existing(Wanted));
        Assert.Null(_tenant.Apply(Wanted.ToCreation("New", UsersFixture.Catalog)).Error);
        Assert.NotNull(Existing(Wanted));
        Assert.NotNull(Existing(new StrengthRequest("approved KEYS ") { AaGuids = [.. Wanted.AaGuids!.Reverse()] }));
        foreach (var other in new[] { Wanted with { AaGuids = null }, Wanted with { AaGuids = [new Guid(UsersFixture.YubiKey)] }, Wanted with { TakesPass = true }, Wanted with { TakesWindowsHello = true }, Wanted with { TakesCertificates = true }, Wanted with { Description = "Keys" } })
            Assert.Equal("StrengthNameTaken", Assert.Throws<PasskeyAdminException>(() => Existing(other)).ErrorId);
        Assert.Equal("StrengthNameTaken", Assert.Throws<PasskeyAdminException>(() => Existing(new StrengthRequest("Phishing-resistant MFA"))).ErrorId);
    }

    [Fact]
    public void A_strength_takes_what_was_asked_for()
    {
        var made = _tenant.Apply((Wanted with { TakesPass = true, TakesWindowsHello = true, TakesCertificates = true, Description = "All" }).ToCreation("New", UsersFixture.Catalog)).Made!;
        Assert.Equal(["fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor", "temporaryAccessPassOneTime", "temporaryAccessPassMultiUse"], made["allowedCombinations"]!.Select(c => (string?)c));
        var read = AuthenticationStrength.Of(made)!;
        Assert.Equal((true, true, true, true, 2), (read.TakesPass, read.TakesWindowsHello, read.TakesCertificates, read.IsPhishingResistant, read.AaGuids!.Count));
        Assert.Equal("passkeys of YubiKey 5 Series (1 of 27 AAGUIDs), Microsoft Authenticator (1 of 2 AAGUIDs), certificates or a Temporary Access Pass", (Wanted with { TakesPass = true, TakesCertificates = true }).Takes(UsersFixture.Catalog));
    }

    [Fact]
    public void A_strength_is_found_by_name_and_by_id()
    {
        var id = (string)_tenant.Apply(Wanted.ToCreation("New", UsersFixture.Catalog)).Made!["id"]!;
        Assert.Equal(2, Planner.FindStrength("approved keys", CancellationToken.None).AaGuids!.Count);
        Assert.Equal("Approved keys", Planner.FindStrength(id.ToUpperInvariant(), CancellationToken.None).Name);
        Assert.Null(Planner.FindStrength("Phishing-resistant MFA", CancellationToken.None).AaGuids);
        var missing = Assert.Throws<PasskeyAdminException>(() => Planner.FindStrength("Approved key", CancellationToken.None));
        Assert.Equal("StrengthNotFound", missing.ErrorId);
        Assert.Contains("Approved keys", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strength_that_somebody_changed_or_deleted_is_not_demanded_unseen()
    {
        var id = (string)_tenant.Apply(Wanted.ToCreation("New", UsersFixture.Catalog)).Made!["id"]!;
        var strength = Planner.FindStrength(id, CancellationToken.None);
        Planner.RequireUnchanged(strength, CancellationToken.None);
        _tenant.Send("POST", $"{AccessKind.Strength.PathOf(id)}/updateAllowedCombinations", new JObject { ["allowedCombinations"] = new JArray("fido2", "x509CertificateMultiFactor") });
        Assert.Equal("StrengthChanged", Assert.Throws<PasskeyAdminException>(() => Planner.RequireUnchanged(strength, CancellationToken.None)).ErrorId);
        _tenant.Send("DELETE", AccessKind.Strength.PathOf(id), null);
        Assert.Equal("StrengthNotFound", Assert.Throws<PasskeyAdminException>(() => Planner.RequireUnchanged(strength, CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void A_policy_is_sent_as_Graph_takes_it_and_found_again()
    {
        var strength = Planner.FindStrength("Phishing-resistant MFA", CancellationToken.None);
        var wanted = Policy(strength);
        Assert.Null(Planner.Existing(wanted, CancellationToken.None));
        var made = _tenant.Apply(new AccessCreation(AccessKind.Policy, wanted.Name, wanted.Body) { Command = "New" }).Made!;
        Assert.Equal("enabledForReportingButNotEnforced", (string?)made["state"]);
        Assert.True(JToken.DeepEquals(wanted.Body, JObject.Parse(_tenant.Writes.Single().Body)));
        Assert.NotNull(Planner.Existing(wanted, CancellationToken.None));
        foreach (var other in new[] { wanted with { State = AccessState.Enabled }, wanted with { Applications = [new DirectoryApplication("All", null)] }, wanted with { ExcludeGroups = [] }, wanted with { IncludeGroups = [] } })
            Assert.Equal("AccessPolicyNameTaken", Assert.Throws<PasskeyAdminException>(() => Planner.Existing(other, CancellationToken.None)).ErrorId);
        // What it is narrowed by counts, although nobody asked for it.
        var conditions = (JObject)made["conditions"]!.DeepClone();
        conditions["locations"] = new JObject { ["includeLocations"] = new JArray("All") };
        _tenant.Send("PATCH", AccessKind.Policy.PathOf((string)made["id"]!), new JObject { ["conditions"] = conditions });
        Assert.Contains("conditions.locations", Assert.Throws<PasskeyAdminException>(() => Planner.Existing(wanted, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Applications_are_found_by_name_id_or_word_and_all_faults_are_one_error()
    {
        IReadOnlyList<string> Find(params string[] names) => [.. new ApplicationLookup(_tenant.Client).Find(names, CancellationToken.None).Select(a => a.AppId)];
        Assert.Equal([Payroll, "Office365"], Find("payroll", Payroll, "office365", PayrollObject));
        Assert.Equal(["All"], Find("all"));
        var fault = Assert.Throws<PasskeyAdminException>(() => Find("Nothing", "Travel", "Payroll", "00000000-1111-4222-8333-444444444444"));
        Assert.Equal("ApplicationNotFound", fault.ErrorId);
        foreach (var part in new[] { "'Nothing' or '00000000-1111-4222-8333-444444444444'", "2 applications are called 'Travel': 2f0d6a91-7c34-4e58-9b12-d5a8f3c06e72, 2f0d6a91-7c34-4e58-9b12-d5a8f3c06e73" }) Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.Equal("ApplicationAmbiguous", Assert.Throws<PasskeyAdminException>(() => Find("Travel")).ErrorId);
        Assert.Equal("ApplicationAllWithOthers", Assert.Throws<PasskeyAdminException>(() => Find("Payroll", "All")).ErrorId);
    }

    [Fact]
    public void Groups_are_found_together_and_all_faults_are_one_error()
    {
        (IReadOnlyList<DirectoryGroup> Included, IReadOnlyList<DirectoryGroup> Excluded) Find(string[] included, params string[] excluded) => new AccessGroups(_tenant.Client).Find(included, excluded, CancellationToken.None);
        var (inside, outside) = Find(["pilot", UsersFixture.Pilot], "Shut out");
        Assert.Equal(["Pilot", "Shut out"], inside.Concat(outside).Select(g => g.Name));
        var fault = Assert.Throws<PasskeyAdminException>(() => Find(["Pilot", "Missing"], "Twice", "Pilo*"));
        Assert.Equal("GroupNotFound", fault.ErrorId);
        Assert.Contains("'Missing' or 'Pilo*'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("2 groups are called 'Twice'", fault.Message, StringComparison.Ordinal);
        Assert.Equal("GroupAmbiguous", Assert.Throws<PasskeyAdminException>(() => Find(["Twice"])).ErrorId);
        Assert.Equal("GroupEmpty", Assert.Throws<PasskeyAdminException>(() => Find(["Nobody's"])).ErrorId);
        Assert.Equal("GroupIncludedAndExcluded", Assert.Throws<PasskeyAdminException>(() => Find(["Pilot"], UsersFixture.Pilot)).ErrorId);
        Assert.Equal(["Nobody's"], Find(["Pilot"], "Nobody's").Excluded.Select(g => g.Name));
    }

    [Theory]
    [InlineData("glass", null)]
    [InlineData("steel", "EmergencyAccountNotExcluded")]
    [InlineData("ann", "EmergencyAccountNotExcluded")]
    public void Emergency_accounts_are_covered_through_groups_in_groups(string name, string? error)
    {
        _tenant.Tenant.EmergencyAccounts.Add($"{name}@contoso.com");
        var session = _tenant.Tenant.Session();
        var cover = new EmergencyCoverSource(session, session.CreateClient()).Read([new DirectoryGroup(UsersFixture.Excluded, "Shut out")], CancellationToken.None);
        Assert.Equal(error, cover.Refusal()?.ErrorId);
        if (error is not null) Assert.Equal([$"{name}@contoso.com"], cover.Uncovered);
    }

    [Fact]
    public void Emergency_accounts_that_nobody_knows_are_not_taken_for_covered()
    {
        Assert.Equal("EmergencyAccountsUnknown", new EmergencyCoverSource(_tenant.Session, _tenant.Client).Read([], CancellationToken.None).Refusal()?.ErrorId);
        _tenant.Tenant.EmergencyAccounts.Add("nobody@contoso.com");
        var session = _tenant.Tenant.Session();
        Assert.Equal("EmergencyAccountsUnknown", new EmergencyCoverSource(session, session.CreateClient()).Read([], CancellationToken.None).Refusal()?.ErrorId);
    }

    [Theory]
    [InlineData("deviceBound,synced", null, null, 0)]
    [InlineData("synced", null, null, 1)]
    [InlineData("deviceBound,synced", "allow", UsersFixture.YubiKey, 0)]
    [InlineData("synced", "allow", UsersFixture.YubiKey, 1)]
    public void A_profile_becomes_a_list_of_models_and_what_a_list_cannot_say_is_said(string types, string? kind, string? aaGuid, int notes)
    {
        var models = ProfileModels.Of(Profile(types, kind, aaGuid is null ? [] : [aaGuid]), UsersFixture.Catalog);
        Assert.Equal((aaGuid, notes), (models.AaGuids?.Single().ToString(), models.Notes.Count));
    }

    [Theory]
    [InlineData("block", UsersFixture.YubiKey)]
    [InlineData("allow", null)]
    [InlineData("allow", "no AAGUID")]
    [InlineData("perhaps", UsersFixture.YubiKey)]
    public void What_cannot_be_said_by_a_list_of_models_is_refused(string kind, string? aaGuid)
    {
        var fault = Assert.Throws<PasskeyAdminException>(() => ProfileModels.Of(Profile("deviceBound", kind, aaGuid is null ? [] : [aaGuid]), UsersFixture.Catalog));
        Assert.Equal("ProfileNotExpressible", fault.ErrorId);
        Assert.Contains("-Provider", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_that_nobody_may_register_are_named()
    {
        var policy = Read(new JObject { ["passkeyProfiles"] = new JArray(UsersFixture.Profile(UsersFixture.Default, "Default", "deviceBound", "allow", UsersFixture.YubiKey), UsersFixture.Profile(UsersFixture.PilotProfile, "Nobody's", "synced")), ["includeTargets"] = new JArray(UsersFixture.Target("all_users", UsersFixture.Default)) });
        var reach = new ModelReach(policy, UsersFixture.Catalog);
        IEnumerable<string> Advice(params string[] aaGuids) => AccessAdvice.OutOfReach([.. aaGuids.Select(a => new Guid(a))], reach, UsersFixture.Catalog);
        Assert.Empty(Advice(UsersFixture.YubiKey));
        // A profile without a target lets in nobody.
        Assert.Contains("Apple Passwords", Assert.Single(Advice(UsersFixture.YubiKey, UsersFixture.Apple)), StringComparison.Ordinal);
        Assert.Contains("which is all that the strength takes", Assert.Single(Advice(UsersFixture.Apple)), StringComparison.Ordinal);
        Assert.Empty(AccessAdvice.OutOfReach(null, reach, UsersFixture.Catalog));
        Assert.Single(AccessAdvice.OutOfReach(null, new ModelReach(Read(new JObject { ["state"] = "disabled" }), UsersFixture.Catalog), UsersFixture.Catalog));
    }

    private static PasskeyProfile Profile(string types, string? kind, params string[] aaGuids) =>
        Read(new JObject { ["passkeyProfiles"] = new JArray(UsersFixture.Profile(UsersFixture.Default, "Default", types, kind, aaGuids)) }).Profile[0];

    /// <summary>A policy, as the tenant has it but for what a test changes.</summary>
    private static PasskeyPolicy Read(JObject changes)
    {
        using var tenant = new UsersFixture();
        var session = tenant.Session();
        var source = new PasskeyPolicySource(session, session.CreateClient(), UsersFixture.Catalog);
        var json = source.ReadRaw(CancellationToken.None);
        json.Merge(changes, new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Replace });
        return source.Understand(json);
    }
}
