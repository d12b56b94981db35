using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;
using Xunit.Abstractions;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What evidence carries, over all cases: nothing but the true cause is certain, and what is not read makes nothing surer.</summary>
public sealed class DiagnosisEvidenceTests(ITestOutputHelper output)
{
    /// <summary>That the list of passkeys is empty is seen, and certain, whatever else is the matter.</summary>
    private const string Fact = "NoPasskeyRegistered";

    /// <summary>What a log entry tells by itself: where what is behind it cannot be read, that is what is left to tell.</summary>
    private static readonly string[] OfLogAlone = ["PasskeyNotAllowed", "PasskeyNotInEntra", "BlockedByConditionalAccess", "RegistrationBlockedByConditionalAccess"];

    private static readonly (string Name, Func<UserCase, UserCase> Without)[] Sources =
    [
        ("policy", u => Copy(u, policy: false, changes: false)),
        ("pass policy", u => Copy(u, pass: false)),
        ("groups", u => Copy(u, groups: false, roles: false)),
        ("methods", u => Copy(u, methods: false)),
        ("devices", u => Copy(u, devices: false)),
        ("sign-ins", u => Copy(u, signIns: false)),
        ("audits", u => Copy(u, audits: false, changes: false)),
        ("policy changes", u => Copy(u, changes: false)),
        ("access", u => Copy(u, access: false)),
        ("report", u => Copy(u, report: false)),
    ];

    [Fact]
    public void Only_what_is_true_is_certain()
    {
        var wrong = new List<string>();
        foreach (var item in HelpdeskCases.All)
        {
            using var tenant = new DiagnosedTenant(SandboxTenant.Parse(item.TenantJson));
            var causes = tenant.Ask(item.UserPrincipalName, Enum.Parse<PasskeySymptom>(item.Symptom), item.ErrorCode, item.DeviceName).Cause;
            wrong.AddRange(causes.Where(c => c.Confidence is CauseConfidence.Certain && c.CauseId != item.ExpectedCause && c.CauseId != Fact).Select(c => $"{item.Name}: {c.CauseId}: {c.Summary}"));
        }
        foreach (var line in wrong) output.WriteLine(line);
        Assert.Empty(wrong);
    }

    [Fact]
    public void What_cannot_be_read_makes_no_cause_and_nothing_surer()
    {
        var wrong = new List<string>();
        foreach (var item in HelpdeskCases.All)
        {
            using var tenant = new DiagnosedTenant(SandboxTenant.Parse(item.TenantJson));
            var read = tenant.Read(item.UserPrincipalName, Enum.Parse<PasskeySymptom>(item.Symptom), item.ErrorCode, item.DeviceName);
            var whole = UserDiagnosis.Of(read);
            foreach (var (name, without) in Sources)
            {
                var less = UserDiagnosis.Of(without(read));
                if (less.IsClear) wrong.Add($"{item.Name} without {name}: an all-clear");
                wrong.AddRange(less.Cause.Where(c => OfLogAlone.Contains(c.CauseId) && c.Confidence > CauseConfidence.Possible && !c.Evidence.Any(e => e.Source is EvidenceSource.SignInLog or EvidenceSource.AuditLog or EvidenceSource.ErrorCode) && whole.Cause.All(w => w.CauseId != c.CauseId)).Select(c => $"{item.Name} without {name}: no entry for {c}"));
                foreach (var cause in less.Cause.Where(c => !OfLogAlone.Contains(c.CauseId) && c.CauseId != Fact))
                {
                    var before = whole.Cause.FirstOrDefault(c => c.CauseId == cause.CauseId);
                    if (before is null && cause.Confidence > CauseConfidence.Possible) wrong.Add($"{item.Name} without {name}: new: {cause}: {cause.Summary}");
                    else if (before is not null && cause.Confidence > before.Confidence) wrong.Add($"{item.Name} without {name}: surer: {cause} (was {before.Confidence}): {cause.Summary}");
                }
            }
        }
        foreach (var line in wrong) output.WriteLine(line);
        Assert.Empty(wrong);
    }

    /// <summary>The same user, of whom less could be read.</summary>
    private static UserCase Copy(UserCase user, bool policy = true, bool pass = true, bool groups = true, bool roles = true, bool methods = true, bool devices = true, bool signIns = true, bool audits = true, bool changes = true, bool access = true, bool report = true) => new(user.User, user.Data)
    {
        Symptom = user.Symptom,
        Code = user.Code,
        HasUnknownCode = user.HasUnknownCode,
        DeviceName = user.DeviceName,
        Now = user.Now,
        Since = user.Since,
        TenantId = user.TenantId,
        IsWithoutPasskeys = user.IsWithoutPasskeys,
        Policy = Less(user.Policy, policy),
        Pass = Less(user.Pass, pass),
        Groups = Less(user.Groups, groups),
        Roles = Less(user.Roles, roles),
        Methods = Less(user.Methods, methods),
        Devices = Less(user.Devices, devices),
        SignIns = Less(user.SignIns, signIns),
        Report = Less(user.Report, report),
        Audits = Less(user.Audits, audits),
        PolicyChanges = Less(user.PolicyChanges, changes),
        Access = Less(user.Access, access),
        NotRead = [new Gap("Refused.")],
        Notes = user.Notes,
    };

    private static Reading<T> Less<T>(Reading<T> reading, bool isRead) where T : notnull => isRead ? reading : Reading<T>.NotRead("Refused.");
}
