using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>Recovery of people of a made-up tenant, over real HTTP.</summary>
public sealed class RecoverySourceTests : IDisposable
{
    private readonly UsersFixture _tenant = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void People_of_a_group_with_what_decides()
    {
        People();
        Assert.Equal(
        [
            "ann RecoverableAlone", "ben RecoverableWithHelpdesk", "cara Stranded", "dora RecoverableWithHelpdesk", "eve RecoverableAlone",
        ], Shown(OfGroup()));
        Assert.StartsWith("2 guests and disabled accounts were left out", Assert.Single(_warnings), StringComparison.Ordinal);
        // Who has no method by the report is not asked.
        Assert.DoesNotContain(_tenant.Asked, a => a.Contains($"users/{IdOf("dora")}/authentication", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ann", PasskeyRecoveryVerdict.RecoverableAlone, PasskeyAnswer.No)]
    [InlineData("ben", PasskeyRecoveryVerdict.RecoverableWithHelpdesk, PasskeyAnswer.No)]
    [InlineData("cara", PasskeyRecoveryVerdict.Stranded, PasskeyAnswer.No)]
    [InlineData("eve", PasskeyRecoveryVerdict.RecoverableAlone, PasskeyAnswer.No)]
    [InlineData("gone", PasskeyRecoveryVerdict.RecoverableWithHelpdesk, PasskeyAnswer.No)]
    [InlineData("guest", PasskeyRecoveryVerdict.Unknown, PasskeyAnswer.Unknown)]
    public void One_user_is_judged_as_in_the_group(string name, PasskeyRecoveryVerdict verdict, PasskeyAnswer second)
    {
        People();
        var recovery = Source().OfUser($"{name}@contoso.com", CancellationToken.None);
        Assert.Equal((verdict, second), (recovery.Verdict, recovery.SecondPasskey));
        Assert.Equal(PasskeyAnswer.Unknown, recovery.AccountRecovery);
    }

    [Fact]
    public void Who_registered_since_the_report_is_asked()
    {
        People();
        _tenant.Audit("Add Passkey (synced)", "dora", Apple);
        ((JArray)_tenant.Users.Single(u => (string?)u["id"] == IdOf("dora"))["authenticationMethods"]!).Add(Passkey("synced", created: "2026-11-26T07:00:00Z"));
        Assert.Contains("dora RecoverableAlone", Shown(OfGroup()));
    }

    [Theory]
    [InlineData("authentication/methods", PasskeyRecoveryVerdict.RecoverableWithHelpdesk, "Which methods are registered could not be read.", "The registered methods: ")]
    [InlineData("temporaryAccessPass", PasskeyRecoveryVerdict.Unknown, "Whether a Temporary Access Pass may be issued is not known: its policy could not be read.", "The policy of the Temporary Access Pass: ")]
    [InlineData("directoryRoles", PasskeyRecoveryVerdict.Unknown, "One passkey works under the present policy: YubiKey 5 Series (DeviceBound).", "Who has a directory role: ")]
    [InlineData("transitiveMemberOf", PasskeyRecoveryVerdict.Unknown, "Whether a Temporary Access Pass may be issued is not known: in which of its groups the user is could not be read.", "The groups and roles of the user: ")]
    [InlineData("userRegistrationDetails", PasskeyRecoveryVerdict.RecoverableWithHelpdesk, "Whether there is a certificate that counts as two factors could not be read.", "Certificates and self-service password reset: The registration report could not be read: ")]
    public void What_cannot_be_read_is_said_and_makes_nothing_better_or_worse(string part, PasskeyRecoveryVerdict verdict, string why, string notRead)
    {
        People();
        var source = Source();
        _tenant.Fail(part);
        var recovery = source.OfUser("ben@contoso.com", CancellationToken.None);
        Assert.Equal(verdict, recovery.Verdict);
        Assert.Contains(why, recovery.Why);
        Assert.Contains(recovery.NotRead, n => n.StartsWith(notRead, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_policy_no_passkey_is_taken_for_working()
    {
        People();
        var session = _tenant.Session();
        var recovery = new RecoverySource(session, session.CreateClient(), Catalog, null, new RegistrationOptions(_warnings.Add)) { Road = PassRoads.Read(session.CreateClient(), withModels: true, CancellationToken.None) }.OfUser("ann@contoso.com", CancellationToken.None);
        Assert.Equal((PasskeyRecoveryVerdict.Unknown, PasskeyAnswer.Unknown), (recovery.Verdict, recovery.SyncedCopy));
        Assert.Contains("The passkey policy.", recovery.NotRead);
    }

    /// <summary>Conditional Access cannot be read there, and policies outlive the licence that they were made with.</summary>
    [Fact]
    public void A_free_tenant_is_read_user_by_user()
    {
        People();
        _tenant.Settings["licence"] = "Free";
        var all = OfGroup();
        Assert.Equal(["ann RecoverableAlone", "ben Unknown", "cara Unknown", "dora Unknown", "eve RecoverableAlone"], Shown(all));
        Assert.All(all, r => Assert.Contains(r.Why, w => w.Contains("Most likely it has no such policy", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_only_one_with_the_role_cannot_help_themselves()
    {
        People();
        _tenant.Roles.Clear();
        _tenant.Role(IdOf("ben"));
        var recovery = Source().OfUser("ben@contoso.com", CancellationToken.None);
        Assert.Equal((PasskeyRecoveryVerdict.Unknown, PasskeyAnswer.Yes, PasskeyAnswer.Yes, PasskeyAnswer.Unknown), (recovery.Verdict, recovery.IsAdministrator, recovery.PassAllowed, recovery.PassObtainable));
        Assert.Equal("Privileged Authentication Administrator", recovery.PassRole);
    }

    /// <summary>An application reads out no pass, and nobody signs in with a disabled account.</summary>
    [Theory]
    [InlineData("boss", PasskeyAnswer.Yes)]
    [InlineData("gone", PasskeyAnswer.Unknown)]
    [InlineData("runbook", PasskeyAnswer.Unknown)]
    public void Only_people_who_can_sign_in_issue_a_pass(string holder, PasskeyAnswer expected)
    {
        People();
        _tenant.Applications.Add(new JObject { ["id"] = IdOf("runbook"), ["appId"] = "30000000-0000-4000-8000-000000000077", ["displayName"] = "Runbook" });
        _tenant.Roles.Clear();
        _tenant.Role(IdOf(holder));
        Assert.Equal(expected, Source().OfUser("ben@contoso.com", CancellationToken.None).PassObtainable);
        Assert.Equal(expected, OfGroup().Single(r => r.UserPrincipalName == "ben@contoso.com").PassObtainable);
    }

    /// <summary>Who is kept for when nothing else works is nobody to call, whether named or presumed; and where nobody knows who that is, nobody is counted on.</summary>
    [Theory]
    [InlineData("named", "boss", "", PasskeyAnswer.Unknown, "only emergency accounts have it")]
    [InlineData("named", "boss", "dora", PasskeyAnswer.Yes, "")]
    [InlineData("named", "cara", "", PasskeyAnswer.Yes, "")]
    [InlineData("presumed", "boss", "", PasskeyAnswer.Unknown, "only emergency accounts have it")]
    [InlineData("presumed", "boss", "dora", PasskeyAnswer.Yes, "")]
    [InlineData("not read", "boss", "", PasskeyAnswer.Unknown, "which of those who have it are emergency accounts")]
    public void An_emergency_account_is_no_issuer(string how, string emergency, string other, PasskeyAnswer expected, string reason)
    {
        People();
        if (other.Length > 0) ((JArray)_tenant.Roles[0]["members"]!).Add(IdOf(other));
        if (how is "named") _tenant.EmergencyAccounts.Add($"{emergency}@contoso.com");
        else _tenant.AccessPolicy("enabled", IdOf(emergency));
        var source = Source();
        if (how is "not read") _tenant.Fail("conditionalAccess");
        var recovery = source.OfUser("ben@contoso.com", CancellationToken.None);
        Assert.Equal(expected, recovery.PassObtainable);
        Assert.Equal(expected is PasskeyAnswer.Yes ? PasskeyRecoveryVerdict.RecoverableWithHelpdesk : PasskeyRecoveryVerdict.Unknown, recovery.Verdict);
        if (reason.Length > 0) Assert.Contains(recovery.Why, w => w.Contains($"that anybody else has it now is not known ({reason}", StringComparison.Ordinal));
        if (how is "not read") Assert.Contains(recovery.NotRead, n => n.StartsWith("Which accounts are emergency accounts is not known", StringComparison.Ordinal));
    }

    /// <summary>A model that nobody knows may be in the computer: beside its like, and beside Windows Hello, it is no second thing for certain.</summary>
    [Theory]
    [InlineData(Nobodys, Nobodys, false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(Nobodys, "11111111-2222-3333-4444-666666666666", false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(Nobodys, null, false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(Nobodys, "00000000-0000-0000-0000-000000000000", false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(Nobodys, "", true, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData("00000000-0000-0000-0000-000000000000", "", true, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(Bitwarden, "", true, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(Nobodys, Authenticator, false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(Nobodys, YubiKey, false, PasskeyRecoveryVerdict.RecoverableAlone)]
    [InlineData(Authenticator, "", true, PasskeyRecoveryVerdict.RecoverableAlone)]
    [InlineData(YubiKey, "", true, PasskeyRecoveryVerdict.RecoverableAlone)]
    public void A_model_that_nobody_knows_may_be_on_any_device(string one, string? other, bool hasHello, PasskeyRecoveryVerdict verdict)
    {
        People();
        JObject[] methods = [Passkey("deviceBound", one), .. other is "" ? Array.Empty<JObject>() : [Passkey("deviceBound", other)], .. hasHello ? [Hello()] : Array.Empty<JObject>()];
        _tenant.User("finn", methods: methods);
        var recovery = Source().OfUser("finn@contoso.com", CancellationToken.None);
        Assert.Equal(verdict, recovery.Verdict);
        Assert.Equal(verdict is not PasskeyRecoveryVerdict.RecoverableAlone, recovery.Why.Contains("Some of these may be on the same device, and then are lost together."));
    }

    private const string Nobodys = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void One_user_takes_few_requests_however_many_roles_there_are()
    {
        People();
        for (var i = 0; i < 30; i++)
            _tenant.Roles.Add(new JObject { ["id"] = $"30000000-0000-4000-8000-0000000001{i:00}", ["roleTemplateId"] = $"30000000-0000-4000-8000-0000000002{i:00}", ["displayName"] = $"Role {i}", ["members"] = new JArray(IdOf("cara")) });
        var source = Source();
        Assert.Equal(PasskeyAnswer.No, source.OfUser("ben@contoso.com", CancellationToken.None).IsAdministrator);
        Assert.True(_tenant.Asked.Count <= 12, string.Join('\n', _tenant.Asked));
        Assert.Equal(PasskeyAnswer.Yes, source.OfUser("cara@contoso.com", CancellationToken.None).IsAdministrator);
    }

    /// <summary>Somebody with a pass has to get to the page of registration.</summary>
    [Theory]
    [InlineData("nothing", PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData("everybody", PasskeyRecoveryVerdict.Stranded)]
    [InlineData("the pilot", PasskeyRecoveryVerdict.Stranded)]
    [InlineData("the pilot, report-only", PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData("administrators", PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData("everybody, with a pass", PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData("everybody, outside the offices", PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData("everybody, for another application", PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData("everybody, block the registration", PasskeyRecoveryVerdict.Stranded)]
    public void A_pass_that_Conditional_Access_does_not_take_is_no_way_back(string demand, PasskeyRecoveryVerdict verdict)
    {
        People();
        if (demand is not "nothing") _tenant.AccessPolicies.Add(Demand(demand));
        _tenant.Strengths.Add(new JObject { ["id"] = WithPass, ["displayName"] = "With a pass", ["policyType"] = "custom", ["allowedCombinations"] = new JArray("fido2", "temporaryAccessPassOneTime") });
        Assert.Equal(verdict, OfGroup().Single(r => r.UserPrincipalName == "ben@contoso.com").Verdict);
        var recovery = Source().OfUser("ben@contoso.com", CancellationToken.None);
        Assert.Equal(verdict, recovery.Verdict);
        if (verdict is PasskeyRecoveryVerdict.Stranded) Assert.Contains(recovery.Why, w => w.StartsWith("With a pass the user does not get to the registration: 'Policy' ", StringComparison.Ordinal));
    }

    /// <summary>Strengths tell passes that can be used once from those that can be used several times, and the policy of the pass says which may be issued.</summary>
    [Theory]
    [InlineData("temporaryAccessPassOneTime", true, PasskeyRecoveryVerdict.RecoverableWithHelpdesk, null)]
    [InlineData("temporaryAccessPassOneTime", false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk, "+ Issue a pass that can be used once (New-PasskeyTemporaryAccessPass -UsableOnce): ")]
    [InlineData("temporaryAccessPassOneTime", null, PasskeyRecoveryVerdict.RecoverableWithHelpdesk, "+ Issue a pass that can be used once ")]
    [InlineData("temporaryAccessPassMultiUse", false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk, "+ Issue a pass that can be used several times ")]
    [InlineData("temporaryAccessPassMultiUse", true, PasskeyRecoveryVerdict.Stranded, "With a pass the user does not get to the registration: 'Policy' demands Made here there as well, which takes no Temporary Access Pass that can be used once. The policy of the pass allows no other.")]
    [InlineData("temporaryAccessPassMultiUse", null, PasskeyRecoveryVerdict.Unknown, "Whether Conditional Access lets the user register with a pass is not known: 'Policy' demands Made here there as well, which takes no Temporary Access Pass that can be used once. Whether another pass may be issued is not known.")]
    [InlineData("temporaryAccessPassOneTime,temporaryAccessPassMultiUse", true, PasskeyRecoveryVerdict.RecoverableWithHelpdesk, null)]
    [InlineData("temporaryAccessPassOneTime,temporaryAccessPassMultiUse", false, PasskeyRecoveryVerdict.RecoverableWithHelpdesk, null)]
    [InlineData("temporaryAccessPassOfTomorrow", false, PasskeyRecoveryVerdict.Unknown, "Whether Conditional Access lets the user register with a pass is not known: what 'Policy' demands is not known.")]
    public void A_strength_takes_one_kind_of_pass_or_both(string combinations, bool? isUsableOnce, PasskeyRecoveryVerdict verdict, string? text)
    {
        People();
        _tenant.Methods.Last!["isUsableOnce"] = isUsableOnce;
        DemandMade("everybody, block the registration", $"fido2,{combinations}");
        var recovery = Source().OfUser("ben@contoso.com", CancellationToken.None);
        Assert.Equal(verdict, recovery.Verdict);
        List<string> all = [.. recovery.Why, .. recovery.Add.Select(a => $"+ {a}")];
        if (text is not null) Assert.Contains(all, t => t.StartsWith(text, StringComparison.Ordinal));
        else Assert.DoesNotContain(all, t => t.Contains("Issue a pass", StringComparison.Ordinal) || t.Contains("Conditional Access", StringComparison.Ordinal));
        Assert.Equal(verdict is PasskeyRecoveryVerdict.Stranded, recovery.Add.Any(a => a.StartsWith("Let the authentication strength take a pass that can be used once, or let passes be used several times", StringComparison.Ordinal)));
    }

    /// <summary>What Conditional Access does not take on any sign-in brings nobody back. eve has a security key and Windows Hello, ann a synced passkey.</summary>
    [Theory]
    [InlineData("eve", "everybody", "fido2", "", PasskeyRecoveryVerdict.Stranded, "Conditional Access does not take Windows Hello for Business or the platform credential of macOS: 'Policy' demands Made here on every sign-in.")]
    [InlineData("eve", "the pilot", "fido2,temporaryAccessPassOneTime", "", PasskeyRecoveryVerdict.RecoverableWithHelpdesk, "Conditional Access does not take Windows Hello ")]
    [InlineData("eve", "everybody", "fido2,windowsHelloForBusiness", "", PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("eve", "administrators", "fido2", "", PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("eve", "everybody, report-only", "fido2", "", PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("eve", "everybody, outside the offices", "fido2", "", PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("eve", "everybody, for another application", "fido2", "", PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("eve", "everybody, block the registration", "fido2", "", PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("ann", "everybody", "fido2", "", PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("ann", "everybody", "fido2", Apple, PasskeyRecoveryVerdict.RecoverableAlone, "")]
    [InlineData("ann", "everybody", "fido2", Bitwarden, PasskeyRecoveryVerdict.Stranded, "Conditional Access does not take Apple Passwords (Synced): 'Policy' demands Made here on every sign-in.")]
    [InlineData("ann", "everybody", "fido2", "no AAGUID", PasskeyRecoveryVerdict.Unknown, "Whether Conditional Access takes Apple Passwords (Synced) is not known: which models Made here takes is not known.")]
    [InlineData("ann", "everybody", "windowsHelloForBusiness,temporaryAccessPassOneTime", "", PasskeyRecoveryVerdict.RecoverableWithHelpdesk, "Conditional Access does not take Apple Passwords (Synced): ")]
    public void A_method_that_Conditional_Access_does_not_take_is_no_way_back(string name, string demand, string combinations, string model, PasskeyRecoveryVerdict verdict, string why)
    {
        People();
        DemandMade(demand, combinations, model);
        Assert.Equal(verdict, OfGroup().Single(r => r.UserPrincipalName == $"{name}@contoso.com").Verdict);
        var recovery = Source().OfUser($"{name}@contoso.com", CancellationToken.None);
        Assert.Equal(verdict, recovery.Verdict);
        if (why.Length > 0) Assert.Contains(recovery.Why, w => w.StartsWith(why, StringComparison.Ordinal));
        else Assert.DoesNotContain(recovery.Why, w => w.Contains("Conditional Access does not take", StringComparison.Ordinal));
        Assert.Equal(why.StartsWith("Conditional", StringComparison.Ordinal), recovery.Add.Any(a => a.StartsWith("Register a method that the authentication strength takes", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_Conditional_Access_takes_is_not_guessed()
    {
        People();
        _tenant.Fail("conditionalAccess");
        var recovery = Source().OfUser("eve@contoso.com", CancellationToken.None);
        Assert.Equal((PasskeyRecoveryVerdict.Unknown, 1), (recovery.Verdict, recovery.UsablePasskey.Count));
        Assert.Contains(recovery.Why, w => w.StartsWith("Whether Conditional Access takes YubiKey 5 Series (DeviceBound) and Windows Hello for Business or the platform credential of macOS is not known: Conditional Access could not be read.", StringComparison.Ordinal));
    }

    /// <summary>From where somebody registers is not looked at, and that is said where it is decided.</summary>
    [Theory]
    [InlineData("everybody, outside the offices", "fido2", true)]
    [InlineData("everybody, outside the offices", "fido2,temporaryAccessPassOneTime", false)]
    [InlineData("everybody, compliant devices", "", true)]
    [InlineData("everybody, compliant devices or mfa", "", false)]
    [InlineData("administrators, compliant devices", "", false)]
    [InlineData("everybody, compliant devices, report-only", "", false)]
    [InlineData("everybody, compliant devices for another application", "", false)]
    public void What_is_asked_of_devices_and_places_is_said_not_to_be_looked_at(string demand, string combinations, bool isSaid)
    {
        People();
        DemandMade(demand, combinations);
        if (combinations.Length == 0) _tenant.AccessPolicies.Last!["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = demand.EndsWith("mfa", StringComparison.Ordinal) ? new JArray("compliantDevice", "mfa") : new JArray("compliantDevice") };
        var recovery = Source().OfUser("ben@contoso.com", CancellationToken.None);
        Assert.Equal(PasskeyRecoveryVerdict.RecoverableWithHelpdesk, recovery.Verdict);
        Assert.Equal(isSaid, recovery.Why.Contains("From which devices and places the user gets to the registration is not looked at: that is for 'Policy' to say."));
    }

    /// <summary>Adds a strength of the tenant and a policy that demands it; of the registration where the policy is about that.</summary>
    private void DemandMade(string demand, string combinations, string model = "")
    {
        var policy = Demand(demand);
        policy["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray(), ["authenticationStrength"] = new JObject { ["id"] = WithPass } };
        _tenant.AccessPolicies.Add(policy);
        var models = model.Length == 0 ? [] : new JArray(new JObject { ["@odata.type"] = "#microsoft.graph.fido2CombinationConfiguration", ["id"] = "1", ["appliesToCombinations"] = new JArray("fido2"), ["allowedAAGUIDs"] = new JArray(model) });
        _tenant.Strengths.Add(new JObject { ["id"] = WithPass, ["displayName"] = "Made here", ["policyType"] = "custom", ["allowedCombinations"] = new JArray(combinations.Split(',').Cast<object>().ToArray()), ["combinationConfigurations"] = models });
    }

    [Fact]
    public void Conditional_Access_that_cannot_be_read_opens_no_road()
    {
        People();
        _tenant.Fail("conditionalAccess");
        var recovery = Source().OfUser("ben@contoso.com", CancellationToken.None);
        Assert.Equal(PasskeyRecoveryVerdict.Unknown, recovery.Verdict);
        Assert.Contains(recovery.NotRead, n => n.StartsWith("Conditional Access could not be read.", StringComparison.Ordinal));
    }

    private const string WithPass = "40000000-0000-4000-8000-000000000001";

    private static JObject Demand(string demand)
    {
        var users = demand.StartsWith("the pilot", StringComparison.Ordinal) ? new JObject { ["includeGroups"] = new JArray(Pilot) }
            : demand.StartsWith("administrators", StringComparison.Ordinal) ? new JObject { ["includeRoles"] = new JArray("62e90394-69f5-4237-9190-012177145e10") } : new JObject { ["includeUsers"] = new JArray("All") };
        var conditions = new JObject { ["users"] = users, ["applications"] = new JObject { ["includeApplications"] = new JArray(demand.Contains("another application", StringComparison.Ordinal) ? "00000002-0000-0ff1-ce00-000000000000" : "All") } };
        if (demand.Contains("outside", StringComparison.Ordinal)) conditions["locations"] = new JObject { ["includeLocations"] = new JArray("All"), ["excludeLocations"] = new JArray("AllTrusted") };
        if (demand.Contains("block", StringComparison.Ordinal)) conditions["applications"] = new JObject { ["includeUserActions"] = new JArray("urn:user:registersecurityinfo") };
        var strength = demand.Contains("with a pass", StringComparison.Ordinal) ? WithPass : "00000000-0000-0000-0000-000000000004";
        return new JObject
        {
            ["id"] = "50000000-0000-4000-8000-000000000001",
            ["displayName"] = "Policy",
            ["state"] = demand.Contains("report-only", StringComparison.Ordinal) ? "enabledForReportingButNotEnforced" : "enabled",
            ["conditions"] = conditions,
            ["grantControls"] = demand.Contains("block", StringComparison.Ordinal) ? new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray("block") } : new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray(), ["authenticationStrength"] = new JObject { ["id"] = strength } },
        };
    }

    /// <summary>A computer that was set up anew has two entries, and is one computer.</summary>
    [Fact]
    public void Two_entries_of_one_device_are_one_device()
    {
        People();
        _tenant.User("finn", methods: [Hello(), Hello()]);
        var recovery = Source().OfUser("finn@contoso.com", CancellationToken.None);
        Assert.Equal((PasskeyRecoveryVerdict.RecoverableWithHelpdesk, PasskeyAnswer.Yes), (recovery.Verdict, recovery.OtherMethod));
        Assert.Contains(recovery.Why, w => w.Contains("at least one device (2 entries", StringComparison.Ordinal));
        using var file = new TemporaryFile("");
        foreach (var _ in new[] { 1, 2 })
        {
            var session = _tenant.Session();
            using var checkpoint = ReadCheckpoint.Open(file.Path, session.TenantId!, session.Traffic.Now);
            Assert.Contains("finn RecoverableWithHelpdesk", Shown(OfGroup(checkpoint)));
        }
    }

    /// <summary>Who is not asked was not read now: the report is older.</summary>
    [Fact]
    public void What_is_taken_from_the_report_has_its_date()
    {
        People();
        var all = OfGroup().ToDictionary(r => r.UserPrincipalName!.Split('@')[0], r => r.ReadAt);
        Assert.InRange(all["ben"] - all["dora"], RegistrationReport.Latency, RegistrationReport.Latency + TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(403, "The registration report could not be read: ")]
    [InlineData(503, "The registration report could not be read: ")]
    [InlineData(404, "The registration report does not have the user: ")]
    public void Why_there_is_no_row_is_said(int status, string reason)
    {
        People();
        var source = Source();
        _tenant.Fail("userRegistrationDetails", status);
        Assert.Contains(source.OfUser("ben@contoso.com", CancellationToken.None).NotRead, n => n.StartsWith($"Certificates and self-service password reset: {reason}", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_read_before_is_taken_from_the_checkpoint()
    {
        People();
        using var file = new TemporaryFile("");
        List<string> Run()
        {
            var session = _tenant.Session();
            using var checkpoint = ReadCheckpoint.Open(file.Path, session.TenantId!, session.Traffic.Now);
            return Shown(OfGroup(checkpoint));
        }

        var first = Run();
        _warnings.Clear();
        Assert.Equal(first, Run());
        Assert.Contains(_warnings, w => w.Contains("taken from the checkpoint", StringComparison.Ordinal));
        Assert.DoesNotContain(_tenant.Asked, a => a.Contains("authentication/methods", StringComparison.Ordinal));
    }

    /// <summary>ann has a synced passkey, ben one key, cara one key and no pass, dora nothing, eve a key and Windows Hello.</summary>
    private void People()
    {
        _tenant.User("ann", methods: Passkey("synced"));
        _tenant.User("ben", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("cara", methods: Passkey("deviceBound", YubiKey));
        _tenant.User("dora");
        _tenant.User("eve", methods: [Passkey("deviceBound", YubiKey), Hello()]);
        _tenant.User("gone", methods: Passkey("synced"))["accountEnabled"] = false;
        _tenant.User("guest")["userType"] = "Guest";
        _tenant.User("boss", isPilot: false);
        _tenant.Role(IdOf("boss"));
        _tenant.Group(NoPass, "No pass", IdOf("cara"));
        _tenant.Methods.Add(new JObject
        {
            ["@odata.type"] = "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration",
            ["id"] = "TemporaryAccessPass",
            ["state"] = "enabled",
            ["defaultLifetimeInMinutes"] = 60,
            ["minimumLifetimeInMinutes"] = 60,
            ["maximumLifetimeInMinutes"] = 480,
            ["includeTargets"] = new JArray(new JObject { ["id"] = "all_users", ["targetType"] = "group" }),
            ["excludeTargets"] = new JArray(new JObject { ["id"] = NoPass, ["targetType"] = "group" }),
        });
    }

    private const string NoPass = "20000000-0000-4000-8000-00000000000f";

    private static List<string> Shown(IEnumerable<PasskeyRecovery> all) => [.. all.Select(r => $"{r.UserPrincipalName!.Split('@')[0]} {r.Verdict}").Order(StringComparer.Ordinal)];

    private List<PasskeyRecovery> OfGroup(ReadCheckpoint? checkpoint = null)
    {
        var source = Source(checkpoint);
        return [.. source.OfMany(source.MembersOf(new DirectoryGroup(Pilot, "Pilot"), CancellationToken.None), CancellationToken.None)];
    }

    private RecoverySource Source(ReadCheckpoint? checkpoint = null)
    {
        var session = _tenant.Session();
        var client = session.CreateClient();
        var policy = new PasskeyPolicySource(session, client, Catalog).Read(CancellationToken.None);
        _tenant.ForgetAsked();
        return new RecoverySource(session, client, Catalog, policy, new RegistrationOptions(_warnings.Add) { Checkpoint = checkpoint, Announce = _tenant.Estimates.Add }) { Road = PassRoads.Read(client, withModels: true, CancellationToken.None) };
    }
}
