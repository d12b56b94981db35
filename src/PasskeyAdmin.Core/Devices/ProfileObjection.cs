namespace PasskeyAdmin.Devices;

/// <summary>What a passkey profile has against a requirement that a device may well meet.</summary>
/// <param name="IsCertain">Whether the profile is known to keep the provider out, or it is only not known to let it in.</param>
internal sealed record ProfileObjection(bool IsCertain, string Why);
