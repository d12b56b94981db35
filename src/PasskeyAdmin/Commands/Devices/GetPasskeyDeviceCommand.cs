using System;
using System.Globalization;
using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the devices of a tenant from Intune or from the directory.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyDevice")]
[OutputType(typeof(Device))]
public sealed class GetPasskeyDeviceCommand : TenantCmdlet
{
    [Parameter(Position = 0)]
    public DeviceService Source { get; set; }

    [Parameter]
    [ValidateRange(1, 36500)]
    public int? StaleAfter { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var staleBefore = StaleAfter is { } days ? Session.Traffic.Now.AddDays(-days) : (DateTimeOffset?)null;
        var source = new DeviceSource(Session, Client, Source, staleBefore);
        var progress = new InventoryProgressWriter(this);
        try
        {
            foreach (var device in source.Read(progress, StopToken)) WriteObject(device);
        }
        finally
        {
            if (!StopToken.IsCancellationRequested) progress.Complete();
        }
        ReportEnd(source, staleBefore);
    });

    private void ReportEnd(DeviceSource source, DateTimeOffset? staleBefore)
    {
        WriteVerbose($"{source.Name}: {source.Count:N0} devices read.");
        if (source.Count == 0) WriteWarning($"{source.Name} has no devices, or none that this sign-in may see.");
        if (source.HasNoEdition) WriteWarning($"{source.Name}: the edition of Windows and the kind of Android could not be read (beta does not answer). A Windows Server may count as Windows, and an Android without Google services as one that has them.");
        if (source.StaleCount > 0)
            WriteWarning($"{source.Name}: {source.StaleCount:N0} of {source.Count:N0} devices were left out. They were last seen before {staleBefore?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, more than {StaleAfter} days ago.");
        if (source.DisabledCount > 0) WriteWarning($"{source.Name}: {source.DisabledCount:N0} of the devices are disabled in the directory; nobody can sign in there.");
        if (source.UnnamedOwnerCount > 0)
            WriteWarning($"{source.Name}: the owners of {source.UnnamedOwnerCount:N0} devices have no name in the answer. The permission User.ReadBasic.All (of an application: User.Read.All) may be missing.");
    }
}
