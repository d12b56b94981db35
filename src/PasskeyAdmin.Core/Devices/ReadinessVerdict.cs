namespace PasskeyAdmin.Devices;

/// <summary>The verdict on a kind of device, shared by all devices of that kind.</summary>
internal sealed record ReadinessVerdict(
    ReadinessStatus Status, bool ReadyOnlyWithChrome, JoinedList<ReadinessReason> Reasons, JoinedList<ProviderReadiness> Providers, string NextStep);
