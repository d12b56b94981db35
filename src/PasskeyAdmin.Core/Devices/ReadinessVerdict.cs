namespace PasskeyAdmin.Devices;

/// <summary>
/// The verdict on a kind of device, shared by all devices of that kind. Arrays, because PowerShell cannot index into the lists that collection
/// expressions make.
/// </summary>
internal sealed record ReadinessVerdict(
    ReadinessStatus Status, bool ReadyOnlyWithChrome, ReadinessReason[] Reasons, ProviderReadiness[] Providers, string NextStep);
