using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Rules;

internal sealed class LogsReadableRule() : PolicyRule("PK401", "LogsReadable", RuleSeverity.Warning, RuleSources.AuditLog, "Reports and logs can be read")
{
    public override string LooksAt => "The registration report and the audit log.";

    public override string Why => "Without them nobody sees who has what, who changed the policy, and who registered a passkey for somebody else.";

    public override string Fix => "The report needs Microsoft Entra ID P1 or P2; the permission is AuditLog.Read.All, with a role such as Reports Reader.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/howto-authentication-methods-activity");

    public override RuleSources Wishes => RuleSources.Report;

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => context.People switch
    {
        { Report.IsRead: true } => [FindingResult.Pass("The registration report and the audit log can be read.")],
        { HasNoPremiumLicence: true } => [Fail("The tenant has no premium licence, and so no registration report and no sign-in log.")],
        _ => [FindingResult.Unknown(context.People.Report.Reason!, Fix, "Test-PasskeyPrerequisite")],
    };
}
