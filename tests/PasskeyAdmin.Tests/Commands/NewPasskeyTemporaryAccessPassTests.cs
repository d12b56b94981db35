using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
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
    public void One_bad_user_on_the_pipeline_costs_himself_only()
    {
        var result = _change.Run("'nobody@contoso.com', 'anna.gupta@contoso.com', 'tomas.graham@contoso.com' | New-PasskeyTemporaryAccessPass -Reason x");
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
        Assert.Single(_change.Output("New-PasskeyTemporaryAccessPass tomas.graham@contoso.com -Reason x"));
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
        Assert.StartsWith("Invoke-MgGraphRequest -Method DELETE", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
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
