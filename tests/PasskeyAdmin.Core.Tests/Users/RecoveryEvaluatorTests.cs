using System;
using System.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

public class RecoveryEvaluatorTests
{
    private const string Alone = nameof(PasskeyRecoveryVerdict.RecoverableAlone);
    private const string Helpdesk = nameof(PasskeyRecoveryVerdict.RecoverableWithHelpdesk);
    private const string Stranded = nameof(PasskeyRecoveryVerdict.Stranded);
    private const string Unknown = nameof(PasskeyRecoveryVerdict.Unknown);

    /// <summary>Passkeys: S synced, D device-bound, N of no known type; behind it + works, - does not, ? not known. Null where they could not be read.</summary>
    [Theory]
    // Nobody to help, the pass is off.
    [InlineData("", 0, false, false, true, Stranded)]
    [InlineData("D+", 0, false, false, true, Stranded)]
    [InlineData("D+ D+", 0, false, false, true, Alone)]
    [InlineData("D+ D-", 0, false, false, true, Stranded)]
    [InlineData("D+ D?", 0, false, false, true, Unknown)]
    [InlineData("S+", 0, false, false, true, Alone)]
    [InlineData("S-", 0, false, false, true, Stranded)]
    [InlineData("S?", 0, false, false, true, Unknown)]
    [InlineData("N+", 0, false, false, true, Unknown)]
    [InlineData("N-", 0, false, false, true, Stranded)]
    [InlineData("D+", 1, false, false, true, Alone)]
    [InlineData("D?", 1, false, false, true, Unknown)]
    [InlineData("D-", 1, false, false, true, Stranded)]
    [InlineData("", 1, false, false, true, Stranded)]
    [InlineData("", 2, false, false, true, Alone)]
    // The key of a certificate may be on the lost device.
    [InlineData("D+", 0, true, false, true, Unknown)]
    [InlineData("D+", 0, null, false, true, Unknown)]
    [InlineData("", 0, null, false, true, Stranded)]
    [InlineData("", 0, true, false, true, Stranded)]
    [InlineData("D+ D+", 0, null, false, true, Alone)]
    // Not read.
    [InlineData(null, null, false, false, true, Unknown)]
    [InlineData(null, null, false, true, true, Helpdesk)]
    [InlineData(null, null, null, null, null, Unknown)]
    [InlineData("S+", 0, null, null, null, Alone)]
    // The pass.
    [InlineData("", 0, false, true, true, Helpdesk)]
    [InlineData("D+", 0, false, true, true, Helpdesk)]
    [InlineData("D+ D?", 0, false, true, true, Helpdesk)]
    [InlineData("S+", 0, false, true, true, Alone)]
    [InlineData("D+", 0, false, null, true, Unknown)]
    [InlineData("D+", 0, false, true, null, Unknown)]
    [InlineData("D+", 0, false, false, null, Stranded)]
    public void A_verdict(string? passkeys, int? local, bool? certificate, bool? pass, bool? issuer, string expected)
    {
        var judged = RecoveryEvaluator.Evaluate(Situation(passkeys, local, certificate, pass, issuer));
        Assert.Equal(expected, judged.Verdict.ToString());
        Assert.NotEmpty(judged.Why);
        Assert.All(judged.Why.Concat(judged.Add), text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    /// <summary>Whatever is not read, neither turns into a better nor into a worse answer than one of those that it may be.</summary>
    [Fact]
    public void What_is_not_known_lies_between_what_it_may_be()
    {
        string[] kinds = ["S+", "S-", "S?", "D+", "D-", "D?"];
        bool?[] answers = [true, false];
        foreach (var first in kinds)
            foreach (var second in kinds)
                foreach (var pass in answers)
                    foreach (var certificate in answers)
                    {
                        string[] possible = [.. Resolved(first).SelectMany(a => Resolved(second).Select(b => $"{a} {b}")).Select(p => Verdict(p, certificate, pass))];
                        var judged = Verdict($"{first} {second}", certificate, pass);
                        if (judged is Stranded) Assert.All(possible, p => Assert.Equal(Stranded, p));
                        if (judged is Alone) Assert.All(possible, p => Assert.Equal(Alone, p));
                        if (judged is Helpdesk) Assert.DoesNotContain(Stranded, possible);
                        Assert.DoesNotContain(Verdict($"{first} {second}", null, pass), judged is Stranded ? [Alone, Helpdesk] : new[] { Stranded });
                    }
    }

    [Theory]
    [InlineData(true, false, Alone)]
    [InlineData(null, false, Unknown)]
    [InlineData(false, false, Helpdesk)]
    [InlineData(true, true, Unknown)]
    [InlineData(true, null, Alone)]
    public void Disabled_accounts_and_guests(bool? isEnabled, bool? isGuest, string expected) =>
        Assert.Equal(expected, RecoveryEvaluator.Evaluate(Situation("S+", 0, false, true, true) with { IsEnabled = isEnabled, IsGuest = isGuest }).Verdict.ToString());

    [Theory]
    [InlineData(false, "Authentication Administrator")]
    [InlineData(true, "Privileged Authentication Administrator")]
    [InlineData(null, "Authentication Administrator, or Privileged Authentication Administrator for an administrator")]
    public void Whose_help_it_takes(bool? isAdministrator, string role)
    {
        var judged = RecoveryEvaluator.Evaluate(Situation("D+", 0, false, true, true) with { IsAdministrator = isAdministrator });
        Assert.Equal(role, judged.Role);
        Assert.Contains($"A Temporary Access Pass may be issued, by somebody with the role {role}.", judged.Why);
    }

    [Theory]
    [InlineData("D+ D+", 0, false, true, false, false)]
    [InlineData("D+ D?", 1, false, null, true, false)]
    [InlineData("S+", 0, true, false, true, true)]
    [InlineData("D+ N?", 0, null, null, null, null)]
    [InlineData(null, null, false, null, null, null)]
    public void Each_piece_is_an_answer_of_its_own(string? passkeys, int? local, bool? certificate, bool? second, bool? other, bool? synced)
    {
        var judged = RecoveryEvaluator.Evaluate(Situation(passkeys, local, certificate, true, true));
        Assert.Equal((second, other, synced), (judged.Second, judged.Other, judged.Synced));
    }

    [Fact]
    public void What_to_add()
    {
        Assert.Equal(["Register a passkey that the policy allows, and a second one on another authenticator, such as a security key.", "Let the user have a Temporary Access Pass: Entra admin centre > Entra ID > Authentication methods > Policies > Temporary Access Pass."],
            RecoveryEvaluator.Evaluate(Situation("", 0, false, false, true)).Add);
        Assert.Equal("Or widen a profile, so that a registered passkey works again.", RecoveryEvaluator.Evaluate(Situation("S-", 0, false, true, true)).Add[^1]);
        Assert.Empty(RecoveryEvaluator.Evaluate(Situation("D+ D+", 0, false, true, true)).Add);
        Assert.Contains(RecoveryEvaluator.Evaluate(Situation("S+", 0, false, true, true)).Add, a => a.Contains("not everything hangs on", StringComparison.Ordinal));
        Assert.Contains("Give a second person the role Privileged Authentication Administrator.", RecoveryEvaluator.Evaluate(Situation("D+", 0, false, true, null) with { IsAdministrator = true }).Add);
        Assert.Contains(RecoveryEvaluator.Evaluate(Situation("D+", 0, false, true, true) with { SelfServiceRegistration = false }).Why, w => w.StartsWith("Users may not register passkeys themselves", StringComparison.Ordinal));
        Assert.Contains(RecoveryEvaluator.Evaluate(Situation("D+", 0, false, true, true) with { CanResetPassword = true }).Why, w => w.Contains("restores no passkey", StringComparison.Ordinal));
    }

    /// <summary>What may be on one device is lost with it. W: a passkey in Windows Hello, M: in a browser of a Mac, A: in an application under one name, X: of a model that nobody knows.</summary>
    [Theory]
    [InlineData("W+", 1, 0, 1, Unknown)]
    [InlineData("W+", 0, 1, 1, Alone)]
    [InlineData("W+", 2, 0, 2, Alone)]
    [InlineData("W+ D+", 1, 0, 1, Alone)]
    [InlineData("W- D+", 1, 0, 1, Alone)]
    [InlineData("D+", 1, 0, 1, Alone)]
    [InlineData("", 1, 0, 2, Unknown)]
    [InlineData("", 1, 1, 2, Alone)]
    [InlineData("", 1, 0, 1, Stranded)]
    [InlineData("M+", 0, 1, 1, Unknown)]
    [InlineData("M+ M+", 0, 0, 0, Unknown)]
    [InlineData("M+ W+", 0, 0, 0, Alone)]
    [InlineData("A+ A+", 0, 0, 0, Unknown)]
    [InlineData("A+ D+", 0, 0, 0, Alone)]
    [InlineData("X+", 0, 0, 0, Stranded)]
    [InlineData("X+ X+", 0, 0, 0, Unknown)]
    [InlineData("X+", 1, 0, 1, Unknown)]
    [InlineData("X+", 0, 1, 1, Unknown)]
    [InlineData("X+ W+", 0, 0, 0, Unknown)]
    [InlineData("X+ A+", 0, 0, 0, Unknown)]
    [InlineData("X+ D+", 0, 0, 0, Alone)]
    [InlineData("X+ D+", 1, 0, 1, Alone)]
    [InlineData("X+", 2, 0, 2, Alone)]
    [InlineData("X- D+", 1, 0, 1, Alone)]
    public void What_may_be_one_device_counts_once(string passkeys, int windows, int mac, int entries, string expected) =>
        Assert.Equal(expected, RecoveryEvaluator.Evaluate(Situation(passkeys, null, false, false, true) with { OnDevices = new DeviceMethods(windows, mac, entries) }).Verdict.ToString());

    [Fact]
    public void Each_who_is_stranded_is_told_what_cannot_be_seen()
    {
        const string text = "Whether Microsoft Entra ID Account Recovery is set up cannot be read: where it is, the user may get back in by it.";
        Assert.Contains(text, RecoveryEvaluator.Evaluate(Situation("D+", 0, false, false, true)).Why);
        Assert.DoesNotContain(text, RecoveryEvaluator.Evaluate(Situation("D+", 0, false, true, true)).Why);
    }

    private static string[] Resolved(string kind) => kind.EndsWith('?') ? [kind[..^1] + "+", kind[..^1] + "-"] : [kind];

    private static string Verdict(string passkeys, bool? certificate, bool? pass) => RecoveryEvaluator.Evaluate(Situation(passkeys, 0, certificate, pass, true)).Verdict.ToString();

    [Theory]
    [InlineData(true, true, true, PasskeyRecoveryVerdict.RecoverableWithHelpdesk)]
    [InlineData(false, true, true, PasskeyRecoveryVerdict.Stranded)]
    [InlineData(true, false, true, PasskeyRecoveryVerdict.Stranded)]
    [InlineData(true, true, false, PasskeyRecoveryVerdict.Stranded)]
    [InlineData(null, true, true, PasskeyRecoveryVerdict.Unknown)]
    [InlineData(true, null, true, PasskeyRecoveryVerdict.Unknown)]
    [InlineData(true, true, null, PasskeyRecoveryVerdict.Unknown)]
    public void A_pass_is_a_way_back_only_where_a_passkey_can_be_registered_with_it(bool? selfService, bool? mayRegister, bool? isRoadOpen, PasskeyRecoveryVerdict verdict) =>
        Assert.Equal(verdict, RecoveryEvaluator.Evaluate(Situation("", 0, false, true, true) with { SelfServiceRegistration = selfService, MayRegister = mayRegister, Road = new(isRoadOpen, "because.") }).Verdict);

    private static RecoveryPasskey Passkey(string text) => new("A passkey", TypeOf(text[0]), UsableOf(text[1]), "Because.") { Device = DeviceOf(text[0]) };

    private static PasskeyTypes TypeOf(char kind) => kind switch { 'S' => PasskeyTypes.Synced, 'D' or 'W' or 'M' or 'A' or 'X' => PasskeyTypes.DeviceBound, _ => PasskeyTypes.None };

    private static PasskeyAnswer UsableOf(char sign) => sign switch { '+' => PasskeyAnswer.Yes, '-' => PasskeyAnswer.No, _ => PasskeyAnswer.Unknown };

    private static string? DeviceOf(char kind) => kind switch { 'W' => RecoveryPasskey.Windows, 'M' => RecoveryPasskey.Mac, 'A' => "Authenticator iPhone", 'X' => RecoveryPasskey.Anywhere, _ => null };

    private static RecoverySituation Situation(string? passkeys, int? local, bool? certificate, bool? pass, bool? issuer) => new()
    {
        MayRegister = true,
        Road = new(true),
        IsEnabled = true,
        IsGuest = false,
        IsAdministrator = false,
        Passkeys = passkeys?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Passkey).ToList(),
        OnDevices = local is { } devices ? new DeviceMethods(devices, 0, devices) : null,
        HasCertificate = certificate,
        IsPassAllowed = pass,
        PassReason = "because.",
        HasIssuer = issuer,
        IssuerReason = "because",
        CanResetPassword = false,
        SelfServiceRegistration = true,
    };
}
