using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Troubleshooting;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Troubleshooting.AuditLogEntries;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

public class PasskeyUsesTests
{
    [Theory]
    // The whole sign-in, the steps (a method and whether it was accepted), and what that says of the passkey.
    [InlineData(0L, "Passkey (synced) yes", PasskeyAnswer.Yes, null, "Signed in with Passkey (synced) to Portal, from GB.")]
    [InlineData(0L, "FIDO2 security key yes|Password no", PasskeyAnswer.Yes, null, "Signed in with FIDO2 security key to Portal, from GB.")]
    [InlineData(0L, "Passkey (synced) no|Password yes", PasskeyAnswer.No, null, "Showed Passkey (synced) to Portal, from GB; it was not accepted: Detail, and the user got in without it.")]
    [InlineData(0L, "Passkey (synced) no|Passkey (device-bound) yes", PasskeyAnswer.Yes, null, "Signed in with Passkey (device-bound) to Portal, from GB.")]
    [InlineData(53003L, "Passkey (synced) yes", PasskeyAnswer.Yes, 53003L, "Showed Passkey (synced) to Portal, from GB; it was accepted, and then the sign-in was refused (53003): Reason.")]
    [InlineData(50140L, "Passkey (synced) yes", PasskeyAnswer.Yes, 50140L, "Showed Passkey (synced) to Portal, from GB; it was accepted, and then the sign-in was interrupted (50140): Reason.")]
    [InlineData(50074L, "Passkey (synced) no", PasskeyAnswer.Unknown, 50074L, "Showed Passkey (synced) to Portal, from GB; the log does not say whether it was accepted, and the sign-in was interrupted (50074): Reason.")]
    [InlineData(50076L, "Passkey (synced) no", PasskeyAnswer.Unknown, 50076L, null)]
    [InlineData(16000L, "Passkey (synced) no", PasskeyAnswer.Unknown, 16000L, null)]
    [InlineData(50126L, "Passkey (synced) no|Password no", PasskeyAnswer.No, 50126L, "Sign-in with Passkey (synced) to Portal, from GB refused (50126): Reason.")]
    [InlineData(0L, "Passkey (synced) ?", PasskeyAnswer.Unknown, null, "Showed Passkey (synced) to Portal, from GB; the log does not say whether it was accepted, and the user got in.")]
    [InlineData(53003L, "Passkey (synced) ?", PasskeyAnswer.Unknown, 53003L, "Showed Passkey (synced) to Portal, from GB; the log does not say whether it was accepted, and the sign-in was refused (53003): Reason.")]
    [InlineData(null, "Passkey (synced) yes", PasskeyAnswer.Yes, null, "Showed Passkey (synced) to Portal, from GB; it was accepted, and then what became of the sign-in is not in the log.")]
    [InlineData(null, "Passkey (synced) ?", PasskeyAnswer.Unknown, null, null)]
    // What the policy refuses was shown, also where the log has no step for it.
    [InlineData(135016L, "Passkey (synced) ?", PasskeyAnswer.No, 135016L, null)]
    [InlineData(135016L, "Passkey (synced) yes", PasskeyAnswer.No, 135016L, null)]
    [InlineData(135016L, "", PasskeyAnswer.No, 135016L, "Sign-in with a passkey to Portal, from GB refused (135016): Reason.")]
    public void The_step_with_the_passkey_tells_and_not_the_whole_sign_in(long? code, string steps, PasskeyAnswer succeeded, long? shown, string? summary)
    {
        var told = Told(SignIn(code, steps))!;
        Assert.Equal((succeeded, shown), (told.Succeeded, told.ErrorCode));
        if (summary is not null) Assert.Equal(summary, told.Summary);
    }

    [Theory]
    [InlineData(0L, "Password yes")]
    [InlineData(53003L, "Windows Hello for Business yes")]
    [InlineData(0L, "")]
    public void Without_a_passkey_it_is_no_use(long? code, string steps) => Assert.Null(Told(SignIn(code, steps)));

    [Fact]
    public void Without_steps_or_without_anybody_it_is_no_use()
    {
        var without = SignIn(0, "Passkey (synced) yes");
        without.Remove("authenticationDetails");
        var silent = SignIn(0, "Passkey (synced) yes");
        silent["isInteractive"] = false;
        Assert.All(new[] { without, silent }, s => Assert.Null(Told(s)));
    }

    [Fact]
    public void What_the_place_is_not_judged_by_is_said()
    {
        var undated = SignIn(0, "Passkey (synced) yes");
        undated["createdDateTime"] = null;
        Assert.Equal("Whether the place is unusual: it has no date.", Assert.Single(Told(undated, Facts() with { Places = new UserPlaces() })!.NotChecked));
        Assert.Equal("Whether the place is unusual: the sign-in log has no other sign-in of the user.", Assert.Single(Told(SignIn(0, "Passkey (synced) yes"), Facts() with { Places = new UserPlaces() })!.NotChecked));
    }

    private static PasskeyAuditEvent? Told(JObject signIn, AuditFacts? facts = null) => PasskeyUses.DraftOf(signIn) is { } draft ? PasskeyUses.Of(draft, facts ?? Facts()) : null;

    private static JObject SignIn(long? code, string steps) => new()
    {
        ["id"] = "s1",
        ["createdDateTime"] = "2026-11-20T12:00:00Z",
        ["userId"] = "id-ben",
        ["userPrincipalName"] = "ben@contoso.com",
        ["appDisplayName"] = "Portal",
        ["status"] = code is null ? null : new JObject { ["errorCode"] = code, ["failureReason"] = code == 0 ? "Other." : "Reason." },
        ["location"] = new JObject { ["countryOrRegion"] = "GB" },
        ["authenticationDetails"] = new JArray(steps.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Step)),
    };

    private static JObject Step(string text)
    {
        var (method, outcome) = (text[..text.LastIndexOf(' ')], text[(text.LastIndexOf(' ') + 1)..]);
        var step = new JObject { ["authenticationMethod"] = method, ["authenticationStepResultDetail"] = "Detail" };
        if (outcome is not "?") step["succeeded"] = outcome is "yes";
        return step;
    }
}
