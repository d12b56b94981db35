using System;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>A managed device of somebody, as far as it decides what they can have signed in from.</summary>
internal sealed class ContosoMachine(ContosoDeviceRow row)
{
    /// <summary>A device in use calls Intune within days; the export is a week older than the tenant's clock.</summary>
    private const int DaysOfSilence = 15;

    private readonly DateTime _registered = ContosoCalendar.Parse(row.Date("Enrollment date"));
    private readonly DateTime _silent = ContosoCalendar.Parse(row.Date("Last check-in")).AddDays(DaysOfSilence);
    private readonly bool _isEnabled = ContosoEntraDevices.IsEnabled(row);

    public string DeviceId { get; } = row["Azure AD Device ID"];

    public string OperatingSystem { get; } = ContosoManagedDevices.OperatingSystem(row.Device.OS);

    public string Version { get; } = row.Device.Version;

    public bool IsCompliant { get; } = row["Compliance"] is "Compliant";

    public bool IsComputer => OperatingSystem is "Windows" or "macOS";

    /// <summary>Whether the directory knew it then, it is not disabled, and Intune still heard of it.</summary>
    public bool IsInUse(DateTime time) => _isEnabled && time >= _registered && time <= _silent;
}
