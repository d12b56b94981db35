using System.Management.Automation;

namespace PasskeyAdmin.Benchmarks;

/// <summary>The rival as a cmdlet, so that both run in the same host.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "BareScan")]
public sealed class InvokeBareScanCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    [Parameter]
    public SwitchParameter User { get; set; }

    protected override void EndProcessing() => WriteObject(BareScan.Run(Path, User).ToString());
}
