using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>What requests to a place need at least: a permission, and for a signed-in user any one of the roles. The rows are in <see cref="GraphPermissions"/>.</summary>
/// <param name="Pattern">How the path begins behind the version; <c>*</c> stands for one segment, an id.</param>
/// <param name="Delegated">The least permission of a sign-in with a user.</param>
/// <param name="Roles">Null where a member's default rights do.</param>
internal sealed record GraphPermission(string Pattern, string Delegated, string? Roles = null)
{
    private readonly string[] _pattern = Pattern.Split('/');

    /// <summary>The least permission of an application, where that is another.</summary>
    public string? Application { get; init; }

    /// <summary>Whether there is no such request without a user.</summary>
    public bool IsDelegatedOnly { get; init; }

    /// <summary>Permissions that do as well here and not everywhere; those that do everywhere are in <see cref="PermissionNames"/>.</summary>
    public IReadOnlyList<string> OrElse { get; init; } = [];

    /// <summary>A permission that is needed beside; null where none is.</summary>
    public string? Beside { get; init; }

    /// <summary>The permission and the roles; null where nothing is known about the path, and for an application where no permission helps it.</summary>
    public static (string Least, string? Roles)? For(string path, bool isWrite, bool isAppOnly) =>
        Find(path, isWrite) is { } found && !(isAppOnly && found.IsDelegatedOnly) ? (found.Least(isAppOnly), found.Roles) : null;

    /// <summary>
    /// A permission that a request lacks; null where those granted are enough, and where nothing is known about the path. Roles are another matter.
    /// </summary>
    public static string? Missing(string path, bool isWrite, bool isAppOnly, IReadOnlyCollection<string> granted)
    {
        if (Find(path, isWrite) is not { } found) return null;
        if (isAppOnly && found.IsDelegatedOnly) return found.Delegated;
        if (!found.OrElse.Append(found.Least(isAppOnly)).Any(p => PermissionNames.IsGranted(p, granted))) return found.Least(isAppOnly);
        return found.Beside is { } beside && !PermissionNames.IsGranted(beside, granted) ? beside : null;
    }

    /// <summary>Whether permissions are enough for a request; true where nothing is known about the path.</summary>
    public static bool IsAllowed(string path, bool isWrite, bool isAppOnly, IReadOnlyCollection<string> granted) => Missing(path, isWrite, isAppOnly, granted) is null;

    private static GraphPermission? Find(string path, bool isWrite)
    {
        var end = path.IndexOf('?');
        // The version counts for nothing here, so that what is left begins as a pattern does.
        var segments = (end < 0 ? path : path.Substring(0, end)).Split('/').Skip(1).ToArray();
        return segments.Length < 2 ? null : (isWrite ? GraphPermissions.OfWrites : GraphPermissions.OfReads).FirstOrDefault(p => p.IsOf(segments));
    }

    private bool IsOf(string[] segments)
    {
        if (segments.Length < _pattern.Length) return false;
        for (var i = 1; i < _pattern.Length; i++)
            if (_pattern[i] != "*" && !_pattern[i].Equals(WithoutArguments(segments[i]), StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    /// <summary>A function carries its arguments in its name.</summary>
    private static string WithoutArguments(string segment) => segment.IndexOf('(') is > 0 and var bracket ? segment.Substring(0, bracket) : segment;

    private string Least(bool isAppOnly) => isAppOnly ? Application ?? Delegated : Delegated;
}
