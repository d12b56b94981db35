using System;
using System.Linq;
using System.Text;

namespace PasskeyAdmin.Rules;

/// <summary>The path of a file as a URI reference (RFC 3986), the same on every system: <see cref="Uri"/> reads paths of its own system only, and takes some characters of a name for its own.</summary>
internal static class SarifUri
{
    /// <returns>Relative where the path is; else with the scheme file.</returns>
    public static string Of(string path)
    {
        // A backslash in a name is possible outside Windows, and nobody has it.
        var parts = path.Replace('\\', '/');
        if (parts.StartsWith("//", StringComparison.Ordinal)) return "file:" + Escape(parts);
        if (parts.StartsWith("/", StringComparison.Ordinal)) return "file://" + Escape(parts);
        if (parts.Length > 2 && parts[1] is ':' && parts[2] is '/' && parts[0] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')) return $"file:///{parts[0]}:{Escape(parts.Substring(2))}";
        while (parts.StartsWith("./", StringComparison.Ordinal)) parts = parts.Substring(2);
        return Escape(parts);
    }

    private static string Escape(string path) => string.Join("/", path.Split('/').Select(p => Uri.EscapeDataString(Paired(p))));

    /// <summary>Lone surrogates cannot be escaped; they become U+FFFD.</summary>
    private static string Paired(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
