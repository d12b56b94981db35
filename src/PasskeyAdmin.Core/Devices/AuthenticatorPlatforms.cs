using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Devices;

/// <summary>AAGUIDs that stand for one platform of a provider (reference/aaguids.md §1, from Microsoft's documentation).</summary>
internal static class AuthenticatorPlatforms
{
    private static readonly Dictionary<Guid, DevicePlatform> Platforms = new()
    {
        [new("90a3ccdf-635c-4729-a248-9b709135078f")] = DevicePlatform.iOS,
        [new("de1e552d-db1d-4423-a619-566b625cdc84")] = DevicePlatform.Android,
    };

    /// <summary>Null where an AAGUID tells no platform.</summary>
    public static DevicePlatform? Of(Guid aaGuid) => Platforms.TryGetValue(aaGuid, out var platform) ? platform : null;
}
