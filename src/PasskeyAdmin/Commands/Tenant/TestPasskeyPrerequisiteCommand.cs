using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Prerequisites;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Tests what an administrator needs before starting. Not being signed in is an answer here, and no error.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PasskeyPrerequisite")]
[OutputType(typeof(PrerequisiteCheck), typeof(bool))]
public sealed class TestPasskeyPrerequisiteCommand : TenantCmdlet
{
    private readonly ProviderCatalog _catalog = ProviderCatalog.LoadBuiltIn();
    private TenantCapability[] _capabilities = [];
    private bool _any;
    private bool _allPass = true;

    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[]? Capability { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void BeginProcessing() => _capabilities = OrTerminate(Capability, () => Capabilities.Parse(Capability, TenantCapability.PolicyWrite));

    protected override void ProcessRecord()
    {
        var isTested = WithTenant(
            () => Write(PrerequisiteRules.Evaluate(new PrerequisiteSource(Session, Client, _catalog).Read(_capabilities, StopToken))),
            unusable => Write(PrerequisiteRules.Evaluate(new PrerequisiteFacts(_capabilities, new SystemClock().UtcNow) { Tenant = Tenant ?? CurrentTenant.Get(SessionState) }.WithoutSignIn(unusable))));
        _allPass &= isTested;
    }

    protected override void EndProcessing()
    {
        if (Quiet) WriteObject(_any && _allPass);
    }

    private void Write(IEnumerable<PrerequisiteCheck> checks)
    {
        foreach (var check in checks)
        {
            _any = true;
            _allPass &= check.Outcome is CheckOutcome.Pass;
            if (!Quiet) WriteObject(check);
        }
    }
}
