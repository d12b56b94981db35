using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Commands;

/// <summary>Lists the best-practice rules: what each looks at, why, and what to do where it fails. Needs no tenant.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyPolicyRule")]
[OutputType(typeof(PasskeyPolicyRule))]
public sealed class GetPasskeyPolicyRuleCommand : PasskeyCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? RuleId { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public RuleSeverity[]? Severity { get; set; }

    protected override void ProcessRecord() => ForItem(RuleId, () => WriteObject(RuleSelection.Of(RuleId, null, Severity).Select(r => new PasskeyPolicyRule(r)), enumerateCollection: true));
}
