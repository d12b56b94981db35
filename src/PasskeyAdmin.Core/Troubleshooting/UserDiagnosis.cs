using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Makes all checks of a user and puts the causes that they name in order. Pure.</summary>
internal static class UserDiagnosis
{
    /// <summary>
    /// In the order of reference/adoption-and-troubleshooting.md §4, both lists: what nobody gets past first, then what the user has, then circumstances. Among equals, this order decides.
    /// </summary>
    public static IReadOnlyList<UserCheck> All { get; } =
    [
        new CloudCheck(), new AccountDisabledCheck(), new GuestCheck(), new MethodEnabledCheck(), new ExcludedCheck(), new TargetedCheck(), new UsableProfileCheck(), new SelfServiceCheck(), new EnrolledCheck(),
        new LostDeviceCheck(), new RegisteredCheck(), new RenamedCheck(), new PasskeysFitCheck(), new RegistrationFitCheck(), new DeviceReadyCheck(), new DeviceDisabledCheck(), new BrowserCheck(), new BrokerCheck(),
        new SecondFactorCheck(), new PassCheck(), new RegistrationAccessCheck(), new StrengthCheck(), new StrengthAgreesCheck(), new BlockedCheck(), new RegistrationCompletedCheck(), new OtherRegistrationCheck(), new AlreadyRegisteredCheck(),
        new AccountLockedCheck(), new WrongPasswordCheck(), new SecondFactorGivenCheck(), new WindowsHelloCheck(), new KnownKeyCheck(), new AuthenticatorRestoredCheck(), new TransportCheck(), new KeyLimitsCheck(), new TooManyCheck(), new ToldCheck(), new OtherFailureCheck(),
    ];

    public static PasskeyUserDiagnosis Of(UserCase user, bool isDetailed = false)
    {
        var results = All.Select(c => (Check: c, Result: Aged(c.Evaluate(user), user))).ToList();
        var (symptom, stages) = Understood(user, [.. results.SelectMany(r => r.Result.Findings)]);
        var checks = new List<PasskeyUserCheck>();
        var named = new List<(CauseFinding Finding, int Order)>();
        foreach (var ((check, result), order) in results.Select((r, i) => (r, i)))
        {
            var fitting = result.Findings.Select(f => Fitted(f, stages, user)).OfType<CauseFinding>().ToList();
            named.AddRange(fitting.Select(f => (f, order)));
            checks.Add(new PasskeyUserCheck(check.Id, check.Title, OutcomeOf(result, fitting.Count > 0), result.Detail));
        }
        // Whoever can register nothing must not be told to: first what shuts them out.
        if (results.SelectMany(r => r.Result.Findings).Any(f => f is { Confidence: CauseConfidence.Certain, Weight: >= Weights.Shut } && f.Stage.HasFlag(Stage.Registration)))
            named = named.ConvertAll(n => n.Finding.CauseId == RegisteredCheck.None ? (n.Finding with { Confidence = CauseConfidence.Possible, Weight = Weights.Circumstance, Steps = [NextSteps.Do("First mend what keeps the user from registering one: see the other causes.")] }, n.Order) : n);
        // Two checks may name one cause: the surer one stands.
        var causes = named.GroupBy(n => n.Finding.CauseId).Select(g => g.OrderByDescending(n => n.Finding.Confidence).ThenByDescending(n => n.Finding.Weight).First())
            .OrderByDescending(n => n.Finding.Confidence).ThenByDescending(n => WeightOf(n.Finding, user)).ThenBy(n => n.Order)
            .Select((n, i) => new PasskeyCause(i + 1, n.Finding.Confidence, n.Finding)).ToList();
        var told = checks.FindIndex(c => c.Id == ToldCheck.Name);
        if (checks[told].Outcome is not UserCheckOutcome.Found && ToldCheck.LeftOpen(user, causes.Count > 0, named.Any(n => IsNamed(n.Finding, user))) is { } open) checks[told] = new PasskeyUserCheck(ToldCheck.Name, checks[told].Title, UserCheckOutcome.NotChecked, open);
        return new PasskeyUserDiagnosis(user, symptom, causes, checks, isDetailed);
    }

    private static CheckResult Aged(CheckResult result, UserCase user) => result with { Findings = [.. result.Findings.Select(f => Aged(f, user))] };

    /// <summary>Age is evidence: an entry that is days old is not for certain what somebody calls about today, and what has failed since goes before it.</summary>
    private static CauseFinding Aged(CauseFinding finding, UserCase user)
    {
        if (finding.RestsOn is not { } at || at > user.Now - SignInStory.Fresh) return finding;
        var isOvertaken = user.Story.Open.Any(s => s.At > at);
        return finding with { Confidence = finding.Confidence is CauseConfidence.Certain ? CauseConfidence.Likely : finding.Confidence, Weight = finding.Weight - (isOvertaken ? Weights.Overtaken : 0) };
    }

    /// <param name="isCause">Whether anything that it found gets in the way of what the user complains of.</param>
    private static UserCheckOutcome OutcomeOf(CheckResult result, bool isCause) => !result.IsChecked ? UserCheckOutcome.NotChecked
        : !result.Applies ? UserCheckOutcome.NotApplicable
        : isCause ? UserCheckOutcome.Found
        : result.Findings.Count > 0 ? UserCheckOutcome.Aside : UserCheckOutcome.Clear;

    /// <summary>What the code or message names comes before what is as certain and was not named.</summary>
    private static int WeightOf(CauseFinding finding, UserCase user) => finding.Weight + (IsNamed(finding, user) ? 100 : 0);

    /// <summary>A code of a sign-in does not name what keeps from a registration, though both may have one id.</summary>
    private static bool IsNamed(CauseFinding finding, UserCase user) => NextSteps.Names(user, finding.CauseId, finding.Stage);

    /// <summary>What gets in the way of something else than what the user complains of is no cause; what comes next on their way may be one.</summary>
    private static CauseFinding? Fitted(CauseFinding finding, Stages stages, UserCase user)
    {
        // Where nothing is said to be wrong, and the logs have nothing that failed, what merely might be is no cause.
        if (user.Symptom is PasskeySymptom.Auto && user.Code is null && finding.Confidence is CauseConfidence.Possible && user.SignIns.IsRead && user.Audits.IsRead && user.Story.Open.Count == 0 && user.Registrations.Failures.Count == 0) return null;
        if ((finding.Stage & stages.Main) != 0 || IsNamed(finding, user)) return finding;
        // Nobody gets past it on their way: it is told as what it is.
        if ((finding.Stage & stages.Next) != 0 && finding is { Confidence: CauseConfidence.Certain, Weight: >= Weights.Shut }) return finding with { Confidence = CauseConfidence.Likely };
        return (finding.Stage & stages.Next) != 0 ? finding with { Confidence = CauseConfidence.Possible, Weight = Weights.Circumstance - 1 } : null;
    }

    /// <summary>The symptom that was given, or what was read tells; and what the user is trying to do.</summary>
    private static (PasskeySymptom Symptom, Stages Stages) Understood(UserCase user, IReadOnlyList<CauseFinding> findings)
    {
        // Whoever has nothing that works has to register, whatever they complain of.
        var next = user.HasUsablePasskey == false ? Stage.Registration : Stage.None;
        return user.Symptom switch
        {
            PasskeySymptom.CannotRegister => (user.Symptom, new Stages(Stage.Registration, Stage.None)),
            PasskeySymptom.OptionMissing => (user.Symptom, new Stages(Stage.Both, Stage.None)),
            PasskeySymptom.CannotSignIn or PasskeySymptom.StoppedWorking => (user.Symptom, new Stages(Stage.SignIn, next)),
            PasskeySymptom.LostDevice => (user.Symptom, new Stages(Stage.Recovery, Stage.None)),
            _ => Told(user, findings, next),
        };
    }

    private static (PasskeySymptom Symptom, Stages Stages) Told(UserCase user, IReadOnlyList<CauseFinding> findings, Stage next)
    {
        var atRegistration = user.Story.Open.Where(s => s.ApplicationId == Access.ConditionalAccessPolicy.SecurityInformation).ToList();
        var ofPasskeys = user.Story.Open.Any(s => s.IsAboutPasskeys);
        var (registration, signIn) = (Newest(user.Registrations.Failures is [var failure, ..] ? failure.At : null, atRegistration is [var blocked, ..] ? blocked.At : null), user.Story.Open.Except(atRegistration).FirstOrDefault()?.At);
        if (registration is not null && (signIn is null || registration >= signIn)) return (PasskeySymptom.CannotRegister, new Stages(Stage.Registration | (user.HasUsablePasskey == false && user.Passkeys.Count > 0 ? Stage.SignIn : Stage.None), Stage.SignIn));
        if (signIn is not null) return (ofPasskeys && (user.Story.LastPasskey is not null || user.Passkeys.Any(p => p.LastUsedAt is not null)) ? PasskeySymptom.StoppedWorking : PasskeySymptom.CannotSignIn, new Stages(Stage.SignIn, registration is null ? next : Stage.Registration));
        // Of whom it is not known what they have, nobody can say what they are trying.
        if (!user.Methods.IsRead) return (PasskeySymptom.Auto, new Stages(Stage.SignIn, Stage.None));
        if (user.Passkeys.Count > 0) return (findings.Any(f => f.Stage.HasFlag(Stage.SignIn) && f.Confidence is CauseConfidence.Certain) ? PasskeySymptom.StoppedWorking : PasskeySymptom.Auto, new Stages(Stage.SignIn, next));
        return (PasskeySymptom.Auto, new Stages(Stage.SignIn | (findings.Any(f => f is { Stage: Stage.Registration, Confidence: CauseConfidence.Certain }) ? Stage.Registration : Stage.None), Stage.Registration));
    }

    private static DateTimeOffset? Newest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    /// <param name="Main">What the user is trying to do.</param>
    /// <param name="Next">What they will have to do then.</param>
    private sealed record Stages(Stage Main, Stage Next);
}
