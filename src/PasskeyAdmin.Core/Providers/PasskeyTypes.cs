using System;

namespace PasskeyAdmin.Providers;

/// <summary>The passkey types of Microsoft Entra ID, as Graph's <c>passkeyTypes</c> flags have them.</summary>
[Flags]
public enum PasskeyTypes
{
    None = 0,

    /// <summary>The private key stays on one device.</summary>
    DeviceBound = 1,

    /// <summary>The private key is kept by a provider and synced to the user's devices.</summary>
    Synced = 2,
}
