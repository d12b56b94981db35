using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public sealed class NewPasskeyTemporaryAccessPassTests : IDisposable
{
    private const string Id = ",PasskeyAdmin.Commands.NewPasskeyTemporaryAccessPassCommand";
    private const string Anna = "36b308a3-0d11-49b8-a395-4300a60c19b2";

    private readonly ChangeSession _change = new();

    public void Dispose() => _change.Dispose();

    [Theory]
    [InlineData("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason 'Ticket 1'")]
    [InlineData("New-PasskeyTemporaryAccessPass -UserId " + Anna + " -Reason 'Ticket 1'")]
    [InlineData("'anna.gupta@contoso.com' | New-PasskeyTemporaryAccessPass -Reason 'Ticket 1'")]
    [InlineData("(Get-PasskeyRegistration anna.gupta@contoso.com)[0] | New-PasskeyTemporaryAccessPass -Reason 'Ticket 1'")]
    [InlineData("[pscustomobject]@{ UserPrincipalName = 'anna.gupta@contoso.com' } | New-PasskeyTemporaryAccessPass -Reason 'Ticket 1'")]
    public void A_pass_is_given_out_hidden(string script)
    {
        var pass = Assert.Single(_change.Output(script));
        Assert.Equal((Anna, "Ticket 1", "60", "False", "True"), (pass.Text("UserId"), pass.Text("Reason"), pass.Text("LifetimeInMinutes"), pass.Text("UsableOnce"), pass.Text("IsConfirmed")));
        Assert.IsType<System.Security.SecureString>(pass.Get("TemporaryAccessPass"));
        Assert.Null(pass.Get("PlainText"));
        var journal = Assert.Single(_change.Journal);
        Assert.Equal((journal, "users"), (pass.Text("JournalPath"), Path.GetFileName(Path.GetDirectoryName(journal))));
        Assert.Empty(_change.Output("Get-PasskeyPolicyChange"));
    }

    [Fact]
    public void It_is_text_only_where_that_is_asked_for_and_only_in_the_output()
    {
        var result = _change.Run("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x -LifetimeInMinutes 120 -UsableOnce -AsPlainText -Verbose -Debug 5>&1");
        var pass = (string)Assert.Single(result.Output).Get("PlainText")!;
        Assert.StartsWith("TAP-", pass, StringComparison.Ordinal);
        // What is written is told afterwards, and without the pass.
        Assert.Contains(result.Verbose, v => v.StartsWith("POST ", StringComparison.Ordinal) && v.Contains("temporaryAccessPassMethods", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, v => v.Contains(pass, StringComparison.Ordinal));
        Assert.DoesNotContain(pass, File.ReadAllText(Assert.Single(_change.Journal)), StringComparison.Ordinal);
        Assert.Contains("used up by then", result.Output[0].Text("NextStep"), StringComparison.Ordinal);
        _change.Set("pass", result.Output[0]);
        Assert.Contains(pass, _change.Module.Shown("$pass"), StringComparison.Ordinal);
        var hidden = _change.Module.Shown("New-PasskeyTemporaryAccessPass tomas.graham@contoso.com -Reason x");
        Assert.DoesNotContain("TAP-", hidden, StringComparison.Ordinal);
        Assert.Contains("Sign in with the pass at https://mysignins.microsoft.com/security-info", string.Join(' ', hidden.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna.gupta@contoso.com -Reason ' '", "ReasonInvalid")]
    [InlineData("anna.gupta@contoso.com -Reason x -LifetimeInMinutes 30", "LifetimeOutOfBounds")]
    [InlineData("anna.gupta@contoso.com -Reason x -LifetimeInMinutes 9", "ParameterArgumentValidationError")]
    [InlineData("anna.gupta@contoso.com -Reason x -LifetimeInMinutes 43201", "ParameterArgumentValidationError")]
    [InlineData("nobody@contoso.com -Reason x", "UserNotFound")]
    public void What_makes_no_sense_is_refused_and_nothing_is_written(string parameters, string error)
    {
        var result = _change.Run($"New-PasskeyTemporaryAccessPass {parameters}");
        Assert.Equal(error + Id, result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public void WhatIf_sends_nothing()
    {
        using var server = _change.Serve();
        var result = _change.Run("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x -WhatIf");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public void For_an_administrator_it_asks_and_for_others_only_where_that_is_wanted()
    {
        _change.Module.Answer("No");
        Assert.Empty(_change.Output("New-PasskeyTemporaryAccessPass grady.gu@contoso.com -Reason x"));
        Assert.Contains("The user is an administrator (Global Administrator): whoever has the pass can sign in as one.", Assert.Single(_change.Module.Questions), StringComparison.Ordinal);
        Assert.Empty(_change.Output("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x -Confirm"));
        Assert.Empty(_change.Journal);
        Assert.Single(_change.Output("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x"));
        Assert.Single(_change.Output("New-PasskeyTemporaryAccessPass grady.gu@contoso.com -Reason x -Confirm:$false"));
        Assert.Equal(2, _change.Module.Questions.Count);
    }

    [Fact]
    public void That_Conditional_Access_does_not_take_the_pass_is_said_before_and_refuses_nothing()
    {
        const string words = "does not get to the registration: 'Administrators' demands Phishing-resistant MFA there as well, which takes no Temporary Access Pass.";
        void Connect() => _change.Connect(t => t["conditionalAccessPolicies"] = new JsonArray(JsonNode.Parse($$"""{ "id": "{{Guid.NewGuid()}}", "displayName": "Administrators", "state": "enabled", "conditions": { "users": { "includeRoles": ["62e90394-69f5-4237-9190-012177145e10"] }, "applications": { "includeApplications": ["All"] } }, "grantControls": { "operator": "OR", "builtInControls": [], "authenticationStrength": { "id": "00000000-0000-0000-0000-000000000004" } } }""")));
        Connect();
        _change.Module.Answer("Yes");
        var result = _change.Run("'grady.gu@contoso.com', 'anna.gupta@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x");
        Assert.Equal($"With a pass grady.gu@contoso.com {words}", Assert.Single(result.Warnings));
        Assert.Contains($"With a pass the user {words}", _change.Module.Questions[0], StringComparison.Ordinal);
        Assert.DoesNotContain("registration", _change.Module.Questions[1], StringComparison.Ordinal);
        Assert.Equal(2, result.Output.Count);
        // Without a question, and without anything that is sent.
        Assert.Single(_change.Run("New-PasskeyTemporaryAccessPass joni.holloway@contoso.com -Reason x -Confirm:$false").Output);
        Connect();
        Assert.Contains(_change.Run("New-PasskeyTemporaryAccessPass grady.gu@contoso.com -Reason x -WhatIf").Warnings, w => w.EndsWith(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_Conditional_Access_cannot_be_read_a_verbose_line_says_so()
    {
        using var server = _change.Serve();
        server.Faults = (r, _) => r.Path.Contains("authenticationStrength", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        var result = _change.Run("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x -Verbose");
        Assert.Single(result.Output);
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Errors);
        Assert.Single(result.Verbose, v => v.StartsWith("Whether Conditional Access lets anna.gupta@contoso.com register with a pass is not known: Conditional Access could not be read.", StringComparison.Ordinal));
    }

    private static bool IsPass(ArrivedRequest request) => request.Method == "POST" && request.Path.EndsWith("temporaryAccessPassMethods", StringComparison.Ordinal);

    [Fact]
    public async Task Stopped_while_it_reads_nothing_is_sent()
    {
        using var server = _change.Serve();
        await _change.StopAt(server, "New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x", r => r.Path.EndsWith("temporaryAccessPassMethods", StringComparison.Ordinal), Fault.Silence, TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(server.Requests, ChangeSession.IsWrite);
        Assert.Empty(_change.Journal);
    }

    [Fact]
    public async Task Stopped_before_it_is_sent_again_nothing_more_is_sent_and_the_journal_says_so()
    {
        using var server = _change.Serve();
        var turnedAway = Fault.Reply(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}""", ("Retry-After", "120"));
        await _change.StopAt(server, Three + Silent, IsPass, turnedAway, TimeSpan.FromSeconds(5));
        Assert.Single(server.Requests, ChangeSession.IsWrite);
        Assert.Equal(["NotSent"], _change.Outcomes());
    }

    [Fact]
    public async Task Stopped_while_it_is_issued_the_pass_is_taken_back_and_the_next_user_is_not_begun()
    {
        using var server = _change.Serve();
        await _change.StopAt(server, Three + Silent, IsPass, null, TimeSpan.FromSeconds(40));
        Assert.Equal(["POST", "DELETE"], server.Requests.Where(ChangeSession.IsWrite).Select(r => r.Method));
        Assert.Equal(["TakenBack"], _change.Outcomes());
        server.Faults = null;
        Assert.Single(_change.Output("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x"));
    }

    private const string Silent = " -Confirm:$false -MaximumAffectedUser 3";
    private const string Three = "'anna.gupta@contoso.com', 'tomas.graham@contoso.com', 'kenji.moreau@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x";

    [Fact]
    public void From_the_second_user_on_it_asks_and_says_why()
    {
        _change.Module.Answer("No");
        Assert.Equal("anna.gupta@contoso.com", Assert.Single(_change.Output(Three)).Text("UserPrincipalName"));
        Assert.Equal(2, _change.Module.Questions.Count);
        Assert.Contains("for tomas.graham@contoso.com in Contoso", _change.Module.Questions[0], StringComparison.Ordinal);
        Assert.Contains("It is user 2 of this command. A yes to all is one to all users to come, but for administrators", _change.Module.Questions[0], StringComparison.Ordinal);
        Assert.Contains("It is user 3 of this command.", _change.Module.Questions[1], StringComparison.Ordinal);
        Assert.Single(_change.Journal);
    }

    [Fact]
    public void Where_nobody_can_be_asked_only_the_first_user_gets_a_pass_unless_it_is_silent()
    {
        var result = _change.Run(Three);
        Assert.Equal("anna.gupta@contoso.com", Assert.Single(result.Output).Text("UserPrincipalName"));
        Assert.Equal([("ConfirmationUnavailable" + Id, (object)"tomas.graham@contoso.com"), ("ConfirmationUnavailable" + Id, "kenji.moreau@contoso.com")], result.Errors.Select(e => (e.FullyQualifiedErrorId, e.TargetObject)));
        Assert.Single(_change.Journal);
        _change.Connect();
        Assert.Equal(3, _change.Output(Three + Silent).Count);
        _change.Connect();
        Assert.Equal(3, _change.Output("$ConfirmPreference = 'None'; try { " + Three + " -MaximumAffectedUser 3 } finally { $ConfirmPreference = 'High' }").Count);
    }

    [Theory]
    [InlineData(" -Confirm:$false", 1, 1)]
    [InlineData(" -Confirm:$false -MaximumAffectedUser 2", 2, 2)]
    [InlineData(" -MaximumAffectedUser 1", 1, 1)]
    [InlineData(" -Confirm:$false -MaximumAffectedUser 0", 0, 0)]
    [InlineData(" -Confirm:$false -WhatIf", 0, 1)]
    public void Beyond_the_limit_each_user_is_an_error_and_nothing_is_sent(string parameters, int passes, int most)
    {
        using var server = _change.Serve();
        var result = _change.Run(Three + parameters);
        Assert.Equal(passes, result.Output.Count);
        Assert.Equal(new object[] { "anna.gupta@contoso.com", "tomas.graham@contoso.com", "kenji.moreau@contoso.com" }.Skip(most), result.Errors.Select(e => e.TargetObject));
        Assert.All(result.Errors, e => Assert.Equal("TooManyAffectedUsers" + Id, e.FullyQualifiedErrorId));
        Assert.Equal(passes, server.Requests.Count(ChangeSession.IsWrite));
        Assert.Equal(passes, _change.Journal.Count);
    }

    [Theory]
    [InlineData(" -Confirm:$false")]
    [InlineData(" -Confirm:$false -MaximumAffectedUser 9")]
    public void An_emergency_account_has_no_pass_in_silence_and_the_next_user_does(string parameters)
    {
        _change.Output("$contoso = Connect-PasskeyTenant -Sandbox -Path $file -EmergencyAccount grady.gu@contoso.com");
        var result = _change.Run("'grady.gu@contoso.com', 'anna.gupta@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x" + parameters);
        Assert.Equal(("EmergencyAccountPassRefused" + Id, "grady.gu@contoso.com"), (result.Error.FullyQualifiedErrorId, result.Error.TargetObject));
        Assert.Equal("anna.gupta@contoso.com", Assert.Single(result.Output).Text("UserPrincipalName"));
        _change.Module.Answer("Yes");
        Assert.Single(_change.Output("New-PasskeyTemporaryAccessPass grady.gu@contoso.com -Reason x"));
        Assert.Single(_change.Module.Questions);
    }

    [Fact]
    public void A_tenant_on_the_pipeline_is_no_user()
    {
        Assert.Equal("UserIdMissing" + Id, _change.Run("Get-PasskeyTenant | New-PasskeyTemporaryAccessPass -Reason x").Error.FullyQualifiedErrorId);
        Assert.Single(_change.Output("Get-PasskeyTenant | New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x"));
    }

    /// <summary>Somebody else's passkey on the pipeline beside a typed user is a slip, and no pass for the one typed.</summary>
    [Fact]
    public void What_is_piped_beside_a_typed_user_is_an_error()
    {
        Assert.Equal("PipelineInputNotTaken" + Id, _change.Run("Get-PasskeyRegistration kenji.moreau@contoso.com | New-PasskeyTemporaryAccessPass -UserId anna.gupta@contoso.com -Reason x").Error.FullyQualifiedErrorId);
        Assert.Empty(_change.Module.Questions);
    }

    [Fact]
    public void A_yes_to_all_is_one_to_many_and_to_no_administrator()
    {
        _change.Module.Answer("Yes to All");
        Assert.Equal(5, _change.Output("'anna.gupta@contoso.com', 'tomas.graham@contoso.com', 'grady.gu@contoso.com', 'kenji.moreau@contoso.com', 'joni.holloway@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x").Count);
        Assert.Equal(2, _change.Module.Questions.Count);
        Assert.Contains("for tomas.graham@contoso.com", _change.Module.Questions[0], StringComparison.Ordinal);
        Assert.Contains("for grady.gu@contoso.com", _change.Module.Questions[1], StringComparison.Ordinal);
        Assert.Contains("asked about one by one", _change.Module.Questions[1], StringComparison.Ordinal);
        _change.Connect();
        // A yes to all for an administrator is one to nobody else.
        Assert.Equal(3, _change.Output("'grady.gu@contoso.com', 'anna.gupta@contoso.com', 'kenji.moreau@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x").Count);
        Assert.Equal(["grady.gu", "anna.gupta"], _change.Module.Questions.Skip(2).Select(q => q.Split("for ")[1].Split('@')[0]));
        _change.Connect();
        _change.Module.Answer("No to All");
        Assert.Single(_change.Output("'anna.gupta@contoso.com', 'tomas.graham@contoso.com', 'grady.gu@contoso.com', 'kenji.moreau@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x"));
        Assert.Equal(5, _change.Module.Questions.Count);
    }

    [Theory]
    [InlineData("named", "The account is an emergency account: it is kept for when nothing else works.")]
    [InlineData("presumed", "The account is presumed to be an emergency account, since every enabled Conditional Access policy excludes it.")]
    [InlineData("unknown", "Which accounts are emergency accounts is not known: none was named (Connect-PasskeyTenant -EmergencyAccount), and they cannot be presumed.")]
    [InlineData("other", null)]
    public void For_an_emergency_account_or_where_that_is_not_known_it_asks(string kind, string? words)
    {
        using var server = kind == "unknown" ? _change.Serve() : null;
        if (server is not null) server.Faults = (r, _) => r.Path.Contains("conditionalAccess", StringComparison.OrdinalIgnoreCase) ? Fault.Reply(403, """{"error":{"code":"accessDenied","message":"No."}}""") : null;
        if (kind == "presumed") _change.Connect(t => t["conditionalAccessPolicies"] = new JsonArray(JsonNode.Parse($$"""{ "id": "{{Guid.NewGuid()}}", "displayName": "P", "state": "enabled", "conditions": { "users": { "includeUsers": ["All"], "excludeUsers": ["{{Anna}}"] }, "applications": { "includeApplications": ["All"] } }, "grantControls": { "operator": "OR", "builtInControls": ["mfa"] } }""")));
        if (kind is "named" or "other") _change.Output($"$contoso = Connect-PasskeyTenant -Sandbox -Path $file -EmergencyAccount {(kind == "named" ? "anna.gupta" : "tomas.graham")}@contoso.com");
        _change.Module.Answer("No");
        Assert.Equal(words is null ? 1 : 0, _change.Output("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x").Count);
        if (words is null) Assert.Empty(_change.Module.Questions);
        else Assert.Contains(words, Assert.Single(_change.Module.Questions), StringComparison.Ordinal);
        Assert.Equal(words is null ? 1 : 0, _change.Journal.Count);
    }

    [Fact]
    public void One_bad_user_on_the_pipeline_costs_himself_only()
    {
        var result = _change.Run("'nobody@contoso.com', 'anna.gupta@contoso.com', 'tomas.graham@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x" + Silent);
        Assert.Equal("UserNotFound" + Id, result.Error.FullyQualifiedErrorId);
        Assert.Equal(["anna.gupta@contoso.com", "tomas.graham@contoso.com"], result.Output.Select(p => p.Text("UserPrincipalName")));
    }

    [Fact]
    public void The_role_is_named_where_an_account_may_not()
    {
        _change.Connect(t =>
        {
            t["settings"] = new JsonObject { ["account"] = "anna.gupta@contoso.com" };
            t["directoryRoles"]!.AsArray().Add(new JsonObject { ["id"] = "30000000-0000-4000-8000-000000000002", ["roleTemplateId"] = "c4e39bd9-1100-46d3-8c65-fb160da0071f", ["displayName"] = "Authentication Administrator", ["members"] = new JsonArray(Anna) });
        });
        // Such an account may not read Conditional Access: whoever does not say which accounts are kept for emergencies is asked each time.
        _change.Module.Answer("No");
        Assert.Empty(_change.Output("New-PasskeyTemporaryAccessPass tomas.graham@contoso.com -Reason x"));
        _change.Output("$contoso = Connect-PasskeyTenant -Sandbox -Path $file -EmergencyAccount joni.holloway@contoso.com");
        Assert.Single(_change.Output("New-PasskeyTemporaryAccessPass tomas.graham@contoso.com -Reason x"));
        Assert.Single(_change.Module.Questions);
        var error = _change.Run("New-PasskeyTemporaryAccessPass grady.gu@contoso.com -Reason x -Confirm:$false").Error;
        Assert.Equal("AccessDenied" + Id, error.FullyQualifiedErrorId);
        Assert.Contains("grady.gu@contoso.com is an administrator (Global Administrator): that takes the role Privileged Authentication Administrator.", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_answer_says_that_nobody_knows_the_pass()
    {
        using var server = _change.Serve();
        server.Faults = (r, _) => r.Method == "POST" && r.Path.EndsWith("temporaryAccessPassMethods", StringComparison.Ordinal) ? Fault.Reply(504, "").After(() => Forward(server, r)) : null;
        var error = _change.Run("New-PasskeyTemporaryAccessPass anna.gupta@contoso.com -Reason x").Error;
        Assert.Equal("TemporaryAccessPassLost" + Id, error.FullyQualifiedErrorId);
        Assert.Equal("anna.gupta@contoso.com", error.TargetObject);
        // With a token of our own, the session of Graph PowerShell would be somebody else.
        Assert.Null(error.ErrorDetails);
        Assert.Contains($"or the request DELETE /v1.0/users/{Anna}/authentication/temporaryAccessPassMethods/", error.Exception.Message, StringComparison.Ordinal);
    }

    private static void Forward(GraphServer server, ArrivedRequest request)
    {
        var faults = server.Faults;
        server.Faults = null;
        using var client = new System.Net.Http.HttpClient();
        using var message = new System.Net.Http.HttpRequestMessage(new System.Net.Http.HttpMethod(request.Method), new Uri(server.Address, request.Path)) { Content = new System.Net.Http.StringContent(request.Body, System.Text.Encoding.UTF8, "application/json") };
        client.Send(message).Dispose();
        server.Faults = faults;
    }
}
