using System;
using System.Linq;

namespace PasskeyAdmin.Devices;

/// <summary>Tells the platform from what inventories write (reference/graph-devices.md §1, §2 and §5).</summary>
internal static class PlatformText
{
    private static readonly string[] Distributions = ["ubuntu", "debian", "fedora", "red hat", "rhel", "centos", "rocky", "alma", "suse", "opensuse", "arch"];

    private static readonly string[] Others =
        ["tvos", "apple tv", "appletv", "watchos", "visionos", "xros", "tizen", "blackberry", "harmonyos"];

    /// <summary>The platform of an operating system text such as "Windows", "iOS/iPadOS", "MacMDM" or "Android (Fully Managed)".</summary>
    public static DevicePlatform Parse(string? text)
    {
        var os = text?.Trim().ToLowerInvariant() ?? "";
        if (os.StartsWith("microsoft ", StringComparison.Ordinal)) os = os.Substring(10);
        if (os.Length == 0) return DevicePlatform.Unknown;
        if (StartsWithAny(os, Others)) return DevicePlatform.Other;
        if (os.StartsWith("win", StringComparison.Ordinal) && (StartsWithAny(os, "windows", "win32", "win64") || (os.Length > 3 && char.IsDigit(os[3]))))
            return WindowsKind.Of(os) ?? DevicePlatform.Windows;
        if (os is "mac" || StartsWithAny(os, "macos", "mac os", "macmdm", "macintosh", "os x", "osx", "darwin")) return DevicePlatform.macOS;
        if (StartsWithAny(os, "ipados", "iphone", "ipad", "ipod") || (os.StartsWith("ios", StringComparison.Ordinal) && (os.Length == 3 || !char.IsLetter(os[3])))) return DevicePlatform.iOS;
        if (StartsWithAny(os, "android", "aosp")) return DevicePlatform.Android;
        if (StartsWithAny(os, "chromeos", "chrome os", "chromium os")) return DevicePlatform.ChromeOS;
        return os.Contains("linux") || StartsWithAny(os, Distributions) ? DevicePlatform.Linux : DevicePlatform.Unknown;
    }

    /// <summary>The platform of a device whose inventory does not name the operating system, by its model or the form of its version.</summary>
    public static DevicePlatform Infer(string? model, string? version)
    {
        var name = model?.TrimStart() ?? "";
        if (StartsWithAny(name, "iPhone", "iPad", "iPod")) return DevicePlatform.iOS;
        if (StartsWithAny(name, "MacBook", "Macmini", "Mac mini", "MacPro", "Mac Pro", "Mac Studio", "iMac")
            || (name.StartsWith("Mac", StringComparison.OrdinalIgnoreCase) && name.Length > 3 && char.IsDigit(name[3])))
            return DevicePlatform.macOS;
        if (IsOtherModel(name)) return DevicePlatform.Other;
        return version?.TrimStart().StartsWith("10.0.", StringComparison.Ordinal) == true ? DevicePlatform.Windows : DevicePlatform.Unknown;
    }

    /// <summary>Whether a model is no phone, tablet or computer, whatever its system is called.</summary>
    public static bool IsOtherModel(string? model) => StartsWithAny(model?.TrimStart() ?? "", "AppleTV", "Apple TV", "Apple Vision", "RealityDevice", "Apple Watch", "HoloLens", "Microsoft HoloLens", "Xbox", "Surface Hub", "Microsoft Surface Hub");

    /// <summary>Android without Google's services, as the inventory names it.</summary>
    public static bool IsWithoutGoogleServices(string? operatingSystem) =>
        operatingSystem?.IndexOf("AOSP", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool StartsWithAny(string text, params string[] starts) => starts.Any(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase));
}
