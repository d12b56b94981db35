using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Prerequisites;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Prerequisites;

/// <summary>The small tenant of the sandbox over HTTP, and what Graph may answer instead.</summary>
public sealed class PrerequisiteSourceTests : IDisposable
{
    private const string Me = "/v1.0/me/transitiveMemberOf";
    private const string SignIns = "/v1.0/auditLogs/signIns";
    private const string Whole = "/v1.0/policies/authenticationMethodsPolicy";
    private const string Beta = "/beta/policies/authenticationMethodsPolicy";
    private const string Pass = Whole + "/authenticationMethodConfigurations/temporaryAccessPass";
    private const string Sales = "2c41b595-805b-50c2-b11a-e84631710863";
    private const string Refusal = """{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges."}}""";

    private static readonly string[] Emergency = ["saoirse.wilke@contoso.com", "b765f723-7ab1-4645-a136-bb85cae9db46"];

    private readonly GraphFixture _graph = new(new SandboxHandler(SandboxTenant.Parse(SmallTenant.Json)));
    private readonly Dictionary<string, Fault> _answers = new(StringComparer.OrdinalIgnoreCase)
    {
        [Me] = Fault.Reply(200, """{"value":[{"@odata.type":"#microsoft.graph.directoryRole","id":"x","displayName":"Authentication Policy Administrator","roleTemplateId":"0526716b-113d-4c15-b2c8-68e3c22b9f80"},{"@odata.type":"#microsoft.graph.directoryRole","id":"y","displayName":"Global Reader","roleTemplateId":"f2ef992c-3afb-46b9-b7cf-a126ee74c451"}]}"""),
        [SignIns] = Fault.Reply(200, """{"value":[]}"""),
    };

    public PrerequisiteSourceTests() => _graph.Server.Faults = (r, _) => _answers.FirstOrDefault(a => r.Path == a.Key || r.Path.StartsWith(a.Key + "?", StringComparison.OrdinalIgnoreCase) || (a.Key.EndsWith('/') && r.Path.StartsWith(a.Key, StringComparison.OrdinalIgnoreCase))).Value;

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void The_small_tenant_is_ready_but_for_SMS()
    {
        var checks = Read();
        Assert.Equal("PasskeysByDefault SmsVoiceRetirement SmsVoiceRetirementEnd", string.Join(" ", checks.Values.Where(c => c.Outcome is not CheckOutcome.Pass).Select(c => c.Id)));
        Assert.StartsWith("SMS and voice are off", Changed(p => p["state"] = "disabled", "Sms", withVoice: true)["SmsVoiceRetirement"].Evidence, StringComparison.Ordinal);
        Assert.Equal("On for All users: 60 minutes, 60 to 480 can be chosen, usable several times if wanted.", checks["TemporaryAccessPass"].Evidence);
        // The group is shown by its name.
        Assert.StartsWith("SMS is on for Sales (2c41b595…). On 2027-02-01, in 67 days", checks["SmsVoiceRetirement"].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void It_takes_twelve_requests_and_four_for_who_only_reads()
    {
        Read();
        // The batches have the names of the policy's groups, and the emergency accounts; one name alone needs none. All users have passkeys: no group decides.
        Assert.Equal(["/v1.0/organization", PasskeyPolicySource.Path, "/v1.0/$batch", Me, Whole, Pass, "/v1.0/groups/2c41b595-805b-50c2-b11a-e84631710863", Beta, SignIns, "/v1.0/$batch", "/v1.0/directoryRoles", Members(Sales)],
            _graph.Server.Requests.Select(r => r.Path.Split('?')[0]));
        var before = _graph.Server.Requests.Count;
        Read(TenantCapability.Read);
        Assert.Equal(4, _graph.Server.Requests.Count - before);
    }

    [Theory]
    [InlineData(Me, "Role")]
    [InlineData(SignIns, "PremiumLicence")]
    [InlineData(Whole, "PasskeysByDefault SmsVoiceRetirement SmsVoiceRetirementEnd")]
    [InlineData(Pass, "TemporaryAccessPass")]
    [InlineData(PasskeyPolicySource.Path, "ProfilesEnrolled MethodEnabled SelfService ProfileMigration PasskeysByDefault LegacyPropertyRetirement")]
    [InlineData("/v1.0/organization", "Tenant")]
    public void A_refusal_costs_what_hangs_on_it_and_no_more(string path, string ids)
    {
        _answers[path] = Fault.Reply(403, Refusal);
        var checks = Read();
        Assert.All(ids.Split(' '), id => Assert.Equal(CheckOutcome.Unknown, checks[id].Outcome));
        Assert.All(ids.Split(' '), id => Assert.Equal(id == "Role" ? "See the check Permission." : "See the checks Permission and Role.", checks[id].Fix));
        Assert.All(ids.Split(' '), id => Assert.Contains("refused access", checks[id].Evidence, StringComparison.Ordinal));
        Assert.All(checks.Values.Where(c => !ids.Contains(c.Id, StringComparison.Ordinal)), c => Assert.DoesNotContain("refused access", c.Evidence, StringComparison.Ordinal));
        Assert.Equal(CheckOutcome.Pass, checks["SignedIn"].Outcome);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(503)]
    public void A_problem_of_Graph_is_not_known_and_not_failed(int status)
    {
        foreach (var path in new[] { Me, SignIns, Whole, Beta, Pass, PasskeyPolicySource.Path }) _answers[path] = Fault.Reply(status, "{}");
        var checks = Read();
        Assert.Equal("SignedIn Tenant Cloud Permission EmergencyAccount", string.Join(" ", checks.Values.Where(c => c.Outcome is CheckOutcome.Pass).Select(c => c.Id)));
        Assert.DoesNotContain(checks.Values, c => c.Outcome is CheckOutcome.Fail);
    }

    [Theory]
    [InlineData("/v1.0/organization")]
    [InlineData(PasskeyPolicySource.Path)]
    [InlineData(SignIns)]
    [InlineData("/v1.0/$batch")]
    public void A_sign_in_that_ends_on_the_way_is_a_failed_one(string path)
    {
        _answers[path] = Fault.Reply(401, "{}");
        var checks = Read();
        Assert.Equal((CheckOutcome.Fail, "Connect-PasskeyTenant -AccessToken $token -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Capability PolicyWrite -EmergencyAccount 'saoirse.wilke@contoso.com', 'b765f723-7ab1-4645-a136-bb85cae9db46'"), (checks["SignedIn"].Outcome, checks["SignedIn"].Command));
        Assert.All(checks.Values.Where(c => c.Id != "SignedIn"), c => Assert.Equal((CheckOutcome.Unknown, "Not signed in."), (c.Outcome, c.Evidence)));
    }

    [Fact]
    public void A_sign_in_that_ends_with_the_last_read_is_a_failed_one()
    {
        _answers["/v1.0/users/pradeep.petrova%40contoso.com"] = Fault.Reply(401, "{}");
        Assert.Equal(CheckOutcome.Fail, Read(emergency: ["pradeep.petrova@contoso.com"])["SignedIn"].Outcome);
    }

    [Fact]
    public void Where_nobody_answers_one_try_is_enough()
    {
        _graph.Server.Faults = (_, _) => Fault.Reset;
        var checks = Read();
        Assert.All(checks.Values.Where(c => c.Id is not ("Cloud" or "Permission")), c => Assert.Equal(CheckOutcome.Unknown, c.Outcome));
        Assert.Contains("could not be reached", checks["SignedIn"].Evidence, StringComparison.Ordinal);
        Assert.All(_graph.Server.Requests, r => Assert.StartsWith("/v1.0/organization", r.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(404, CheckOutcome.Pass)]
    [InlineData(500, CheckOutcome.Pass)]
    [InlineData(503, CheckOutcome.Unknown)]
    public void A_tenant_that_does_not_say_who_it_is_may_still_be_read(int status, CheckOutcome outcome)
    {
        _answers["/v1.0/organization"] = Fault.Reply(status, "{}");
        var checks = Read();
        Assert.Equal((CheckOutcome.Unknown, outcome, outcome), (checks["Tenant"].Outcome, checks["SignedIn"].Outcome, checks["MethodEnabled"].Outcome));
    }

    [Theory]
    [InlineData(500, CheckOutcome.Unknown)]
    [InlineData(400, CheckOutcome.Pass)]
    public void A_refusal_of_everything_is_still_an_answer(int status, CheckOutcome outcome)
    {
        _graph.Server.Faults = (_, _) => Fault.Reply(status, "{}");
        var checks = Read();
        Assert.Equal((outcome, CheckOutcome.Unknown), (checks["SignedIn"].Outcome, checks["MethodEnabled"].Outcome));
    }

    [Fact]
    public void A_free_tenant_is_told_from_a_refusal()
    {
        _answers[SignIns] = Fault.Reply(403, """{"error":{"code":"Authentication_RequestFromNonPremiumTenantOrB2CTenant","message":"Neither tenant is B2C or tenant doesn't have premium license"}}""");
        Assert.Equal(CheckOutcome.Fail, Read()["PremiumLicence"].Outcome);
    }

    [Fact]
    public void Roles_that_the_directory_hides_are_not_known()
    {
        _answers[Me] = Fault.Reply(200, """{"value":[{"@odata.type":"#microsoft.graph.directoryRole","id":"x","displayName":null,"roleTemplateId":null}]}""");
        Assert.Equal(CheckOutcome.Unknown, Read()["Role"].Outcome);
        _answers[Me] = Fault.Reply(200, """{"value":[]}""");
        Assert.Equal(CheckOutcome.Fail, Read()["Role"].Outcome);
    }

    [Fact]
    public void An_application_is_not_asked_for_its_roles()
    {
        Read(isAppOnly: true);
        Assert.DoesNotContain(_graph.Server.Requests, r => r.Path.StartsWith(Me, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("saoirse.wilke@contoso.com pradeep.petrova@contoso.com", CheckOutcome.Pass, "found, enabled, and of this directory alone")]
    [InlineData("saoirse.wilke@contoso.com debra.sayers@contoso.com", CheckOutcome.Fail, "debra.sayers@contoso.com is disabled")]
    [InlineData("saoirse.wilke@contoso.com nobody@contoso.com", CheckOutcome.Fail, "nobody@contoso.com is not in the directory")]
    [InlineData("pradeep.petrova@contoso.com b765f723-7ab1-4645-a136-bb85cae9db46", CheckOutcome.Fail, "is the only one")]
    [InlineData("", CheckOutcome.Fail, "None is named")]
    public void Emergency_accounts_are_looked_up(string named, CheckOutcome outcome, string text)
    {
        var check = Read(emergency: named.Split(' ', StringSplitOptions.RemoveEmptyEntries))["EmergencyAccount"];
        Assert.Equal(outcome, check.Outcome);
        Assert.Contains(text, check.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"userType\":\"Guest\"", "is a guest")]
    [InlineData("\"userType\":\"Member\",\"onPremisesSyncEnabled\":true", "is synchronised from on premises")]
    public void An_emergency_account_that_hangs_on_another_directory_fails(string json, string text)
    {
        _answers["/v1.0/users/pradeep.petrova%40contoso.com"] = Fault.Reply(200, $$"""{"id":"b765f723-7ab1-4645-a136-bb85cae9db46","accountEnabled":true,{{json}}}""");
        var check = Read(emergency: ["pradeep.petrova@contoso.com"])["EmergencyAccount"];
        Assert.Contains(text, check.Evidence, StringComparison.Ordinal);
        Assert.Contains("userType,onPremisesSyncEnabled", _graph.Server.Requests.Single(r => r.Path.StartsWith("/v1.0/users/", StringComparison.Ordinal)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void An_emergency_account_that_does_not_show_whether_it_is_enabled_is_not_known()
    {
        _answers["/v1.0/users/pradeep.petrova%40contoso.com"] = Fault.Reply(200, """{"id":"b765f723-7ab1-4645-a136-bb85cae9db46","accountEnabled":null}""");
        var check = Read(emergency: ["pradeep.petrova@contoso.com"])["EmergencyAccount"];
        // One is too few, whatever it is.
        Assert.Equal(CheckOutcome.Fail, check.Outcome);
        _answers["/v1.0/$batch"] = Fault.Reply(200, """{"responses":[{"id":"0","status":200,"body":{"id":"1"}},{"id":"1","status":403,"body":{"error":{"code":"Authorization_RequestDenied"}}},{"id":"2","status":200,"body":{"id":"2"}}]}""");
        Assert.Equal(CheckOutcome.Unknown, Read()["EmergencyAccount"].Outcome);
    }

    [Theory]
    [InlineData("""{"id":"TemporaryAccessPass","state":"disabled","includeTargets":[]}""", CheckOutcome.Fail)]
    [InlineData("""{"id":"TemporaryAccessPass","state":"enabled","includeTargets":[]}""", CheckOutcome.Fail)]
    [InlineData("""{"id":"TemporaryAccessPass","state":"enabled"}""", CheckOutcome.Unknown)]
    [InlineData("""{"id":"TemporaryAccessPass","state":"enabled","includeTargets":[5]}""", CheckOutcome.Unknown)]
    [InlineData("""{"id":"TemporaryAccessPass","state":5,"includeTargets":[]}""", CheckOutcome.Unknown)]
    [InlineData("""{}""", CheckOutcome.Unknown)]
    public void A_policy_of_any_form_is_judged_or_not_known(string json, CheckOutcome outcome)
    {
        _answers[Pass] = Fault.Reply(200, json);
        Assert.Equal(outcome, Read()["TemporaryAccessPass"].Outcome);
    }

    [Fact]
    public void Opting_out_is_read_where_it_is_said()
    {
        Assert.Equal(CheckOutcome.Unknown, Read()["PasskeysByDefault"].Outcome);
        _answers[Beta] = Fault.Reply(200, """{"optOutSettings":{"passkeyDynamicMigration":true}}""");
        Assert.Equal(CheckOutcome.Pass, Read()["PasskeysByDefault"].Outcome);
        _answers[Beta] = Fault.Reply(200, """{"optOutSettings":null}""");
        Assert.Equal(CheckOutcome.Unknown, Read()["PasskeysByDefault"].Outcome);
    }

    [Theory]
    [InlineData("2c41b595-805b-50c2-b11a-e84631710863", CheckOutcome.Pass)]
    [InlineData("50861d34-de6c-5068-be78-187467e2f2b7", CheckOutcome.Fail)]
    [InlineData("00000000-1111-2222-3333-444444444444", CheckOutcome.Fail)]
    public void Who_is_in_a_group_is_looked_up_where_that_decides(string group, CheckOutcome outcome)
    {
        string Method(string id, string more) => $$"""{"id":"{{id}}","state":"enabled",{{more}}"excludeTargets":[],"includeTargets":[{"id":"{{group}}","targetType":"group"}]}""";
        _answers[PasskeyPolicySource.Path] = Fault.Reply(200, Method("Fido2", "\"isSelfServiceRegistrationAllowed\":true,"));
        _answers[Pass] = Fault.Reply(200, Method("TemporaryAccessPass", ""));
        var checks = Read();
        Assert.Equal((outcome, outcome), (checks["MethodEnabled"].Outcome, checks["TemporaryAccessPass"].Outcome));
        // Once for both.
        Assert.InRange(_graph.Server.Requests.Count(r => r.Path.Split('?')[0] == Members(group)), 0, 1);
    }

    [Theory]
    [InlineData("Guest", CheckOutcome.Unknown)]
    [InlineData("Guest Guest", CheckOutcome.Unknown)]
    [InlineData("Guest Member", CheckOutcome.Pass)]
    [InlineData("Member Guest", CheckOutcome.Pass)]
    public void Guests_alone_have_no_passkeys_here(string types, CheckOutcome outcome)
    {
        WithAdministrators("""{"value":[]}""");
        string Method(string id, string more) => $$"""{"id":"{{id}}","state":"enabled",{{more}}"excludeTargets":[],"includeTargets":[{"id":"{{Sales}}","targetType":"group"}]}""";
        _answers[PasskeyPolicySource.Path] = Fault.Reply(200, Method("Fido2", "\"isSelfServiceRegistrationAllowed\":true,"));
        _answers[Pass] = Fault.Reply(200, Method("TemporaryAccessPass", ""));
        _answers[Members(Sales)] = Fault.Reply(200, $$"""{"value":[{{string.Join(",", types.Split(' ').Select((t, i) => $$"""{"id":"{{i}}","userType":"{{t}}"}"""))}}]}""");
        var checks = Read();
        Assert.Equal((outcome, CheckOutcome.Pass), (checks["MethodEnabled"].Outcome, checks["TemporaryAccessPass"].Outcome));
        // What was seen of a group for SMS is not lost.
        Assert.Equal(CheckOutcome.Fail, checks["SmsVoiceRetirementEnd"].Outcome);
    }

    [Fact]
    public void Members_that_may_not_be_read_are_not_known()
    {
        _answers[Pass] = Fault.Reply(200, $$"""{"id":"TemporaryAccessPass","state":"enabled","excludeTargets":[],"includeTargets":[{"id":"{{Sales}}","targetType":"group"}]}""");
        _answers[Members(Sales)] = Fault.Reply(403, Refusal);
        var checks = Read();
        Assert.Equal((CheckOutcome.Unknown, CheckOutcome.Unknown), (checks["TemporaryAccessPass"].Outcome, checks["SmsVoiceRetirementEnd"].Outcome));
        Assert.Equal(CheckOutcome.Fail, checks["SmsVoiceRetirement"].Outcome);
        _answers[Members(Sales)] = Fault.Reply(401, "{}");
        Assert.Equal(CheckOutcome.Fail, Read()["SignedIn"].Outcome);
    }

    [Theory]
    [InlineData("b765f723-7ab1-4645-a136-bb85cae9db46:Member", "", CheckOutcome.Pass)]
    [InlineData("1:Member 2:guest", "", CheckOutcome.Fail)]
    [InlineData("A1:Member", "user:a1", CheckOutcome.Fail)]
    [InlineData("1:Member", "group:9a7edc15-f2ba-5fcd-96f0-581e2df4f84d", CheckOutcome.Pass)]
    [InlineData("b765f723-7ab1-4645-a136-bb85cae9db46:Member", "group:9a7edc15-f2ba-5fcd-96f0-581e2df4f84d", CheckOutcome.Fail)]
    [InlineData("1:", "", CheckOutcome.Unknown)]
    public void Guests_and_global_administrators_are_looked_for(string members, string administrators, CheckOutcome outcome)
    {
        string List(string items, Func<string[], string> item) => $$"""{"value":[{{string.Join(",", items.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => item(i.Split(':'))))}}]}""";
        WithAdministrators(List(administrators, a => $$"""{"@odata.type":"#microsoft.graph.{{a[0]}}","id":"{{a[1]}}"}"""));
        _answers[Members(Sales)] = Fault.Reply(200, List(members, m => m[1].Length > 0 ? $$"""{"id":"{{m[0]}}","userType":"{{m[1]}}"}""" : $$"""{"id":"{{m[0]}}","userType":null}"""));
        Assert.Equal(outcome, Read()["SmsVoiceRetirementEnd"].Outcome);
    }

    [Fact]
    public void Members_of_whom_only_a_page_was_read_are_not_known()
    {
        WithAdministrators("""{"value":[]}""");
        _answers[Members(Sales)] = Fault.Reply(200, $$"""{"value":[{"id":"1","userType":"Member"}],"@odata.nextLink":"{{_graph.Server.Address}}v1.0/next"}""");
        _answers["/v1.0/next"] = Fault.Reply(403, Refusal);
        Assert.Equal(CheckOutcome.Unknown, Read()["SmsVoiceRetirementEnd"].Outcome);
        _answers["/v1.0/next"] = Fault.Reply(200, """{"value":[{"id":"2","userType":"Guest"}]}""");
        Assert.Equal(CheckOutcome.Fail, Read()["SmsVoiceRetirementEnd"].Outcome);
    }

    [Theory]
    [InlineData("/v1.0/directoryRoles")]
    [InlineData("/v1.0/directoryRoles/r1/members")]
    public void Administrators_that_may_not_be_read_are_not_known(string path)
    {
        WithAdministrators("""{"value":[]}""");
        Assert.Equal(CheckOutcome.Pass, Read()["SmsVoiceRetirementEnd"].Outcome);
        _answers[path] = Fault.Reply(403, Refusal);
        Assert.Equal(CheckOutcome.Unknown, Read()["SmsVoiceRetirementEnd"].Outcome);
    }

    [Fact]
    public void Permissions_that_nobody_tells_are_seen_at_work()
    {
        var connection = new GraphConnection(_graph.Server.Address, _graph.Connection.Client);
        var checks = Read(connection, [TenantCapability.PolicyWrite], Emergency);
        Assert.Equal(CheckOutcome.Unknown, checks["Permission"].Outcome);
        // The policy, its groups, the log and the accounts were read.
        Assert.EndsWith("for PolicyWrite: Policy.ReadWrite.AuthenticationMethod, UserAuthenticationMethod.Read.All, Policy.Read.All.", checks["Permission"].Evidence, StringComparison.Ordinal);
    }

    private static string Members(string group) => $"/v1.0/groups/{group}/transitiveMembers";

    private void WithAdministrators(string members)
    {
        _answers["/v1.0/directoryRoles"] = Fault.Reply(200, """{"value":[{"id":"r0","roleTemplateId":"f2ef992c-3afb-46b9-b7cf-a126ee74c451"},{"id":"r1","roleTemplateId":"62e90394-69f5-4237-9190-012177145e10"}]}""");
        _answers["/v1.0/directoryRoles/r1/members"] = Fault.Reply(200, members);
    }

    private Dictionary<string, PrerequisiteCheck> Changed(Action<JObject> change, string method, bool withVoice)
    {
        var json = JObject.Parse(SmallTenant.Json);
        var policy = (JObject)json["authenticationMethodsPolicy"]!;
        var methods = (JArray)policy["authenticationMethodConfigurations"]!;
        change((JObject)methods.Single(m => (string?)m["id"] == method));
        if (withVoice) methods.Add(JObject.Parse("""{"@odata.type":"#microsoft.graph.voiceAuthenticationMethodConfiguration","id":"Voice","state":"disabled","includeTargets":[]}"""));
        _answers[Whole] = Fault.Reply(200, policy.ToString());
        return Read();
    }

    private Dictionary<string, PrerequisiteCheck> Read(TenantCapability capability = TenantCapability.PolicyWrite, string[]? emergency = null, bool isAppOnly = false) => Read(new GraphConnection(_graph.Server.Address, _graph.Connection.Client)
    {
        Permissions = CapabilityPermissions.Least(Enum.GetValues<TenantCapability>()).ToList(),
        IsAppOnly = isAppOnly,
    }, [capability], emergency ?? Emergency);

    private Dictionary<string, PrerequisiteCheck> Read(GraphConnection connection, IReadOnlyList<TenantCapability> capabilities, IReadOnlyList<string> emergency)
    {
        var facts = new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = Facts.TenantId, TenantName = "Contoso", Account = "adele@contoso.com", EmergencyAccounts = emergency };
        var tenant = new TenantSession(facts with { Environment = "Global" }, connection, new GraphTraffic(_graph.Clock, () => 0.5));
        return PrerequisiteRules.Evaluate(new PrerequisiteSource(tenant, tenant.CreateClient(), ProviderCatalog.LoadBuiltIn()).Read(capabilities, CancellationToken.None)).ToDictionary(c => c.Id);
    }
}
