using System;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>Tells from an edition or a version text whether a Windows is a server, or no PC at all.</summary>
internal static class WindowsKind
{
    private static readonly char[] Separators = [' ', '/', '(', ')', ',', ';', '-', '_'];
    private static readonly string[] NoPC = ["phone", "windowsphone", "mobile", "holographic", "hololens", "xbox", "xboxos", "team", "ppipro"];

    /// <summary>Null where the text does not tell. Of free text, only what begins with the name of Windows is believed.</summary>
    public static DevicePlatform? Of(string? text)
    {
        var words = (text ?? "").ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var isNamed = words.Length > 1 && words.Take(2).Any(w => w.StartsWith("windows", StringComparison.Ordinal));
        if (words.Length != 1 && !isNamed) return null;
        if (words.Any(NoPC.Contains)) return DevicePlatform.Other;
        // ServerRdsh is the edition of Windows 10 and 11 Enterprise multi-session, which is a client.
        return words.Any(w => (w.StartsWith("server", StringComparison.Ordinal) && w != "serverrdsh") || w is "windowsserver" or "datacenter") ? DevicePlatform.WindowsServer : null;
    }
}
