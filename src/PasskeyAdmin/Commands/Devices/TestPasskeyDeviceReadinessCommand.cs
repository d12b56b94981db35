using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Judges whether devices are ready for passkeys.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PasskeyDeviceReadiness", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(DeviceReadiness), typeof(bool))]
public sealed class TestPasskeyDeviceReadinessCommand : ReadinessCmdlet
{
    private bool _any;
    private bool _allAsAsked = true;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public ReadinessStatus[]? Status { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Write(Device device, ReadinessVerdict verdict, DeviceReadiness? judged)
    {
        _any = true;
        var isAsAsked = Status is null ? !Quiet || verdict.Status is ReadinessStatus.Ready : System.Array.IndexOf(Status, verdict.Status) >= 0;
        _allAsAsked &= isAsAsked;
        if (!Quiet && isAsAsked) WriteObject(judged ?? new DeviceReadiness(device, verdict));
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        // Nothing tested, something that could not be read, or a profile that nobody can use is not "yes".
        if (Quiet) WriteObject(_any && _allAsAsked && AllRead && IsProfileInForce);
    }
}
