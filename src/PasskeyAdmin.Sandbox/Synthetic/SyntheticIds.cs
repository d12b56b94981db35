using System;
using System.Globalization;

namespace PasskeyAdmin.Sandbox.Synthetic;

/// <summary>Ids that say their number, so that nothing has to remember them.</summary>
internal static class SyntheticIds
{
    public const string UserKind = "-0001-4000-8000-73796e746865";
    public const string GroupKind = "-0002-4000-8000-73796e746865";
    public const string RoleKind = "-0003-4000-8000-73796e746865";

    public static string Of(int number, string kind) => number.ToString("x8", CultureInfo.InvariantCulture) + kind;

    /// <summary>-1 where it is no id of this kind, or of nothing that there is.</summary>
    public static int NumberOf(string id, string kind, int count) =>
        id.EndsWith(kind, StringComparison.OrdinalIgnoreCase) && id.Length == kind.Length + 8
        && int.TryParse(id.Substring(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && number >= 0 && number < count ? number : -1;

    /// <summary>A credential id as Graph writes it: Base64URL of 16 bytes, and the number of the padding characters left away (reference/graph-users-and-usage.md §1).</summary>
    public static string Credential(int number)
    {
        var bytes = new byte[16];
        for (var i = 0; i < 4; i++) bytes[i] = bytes[15 - i] = (byte)(number >> (8 * i));
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') + "2";
    }
}
