using System;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>Requests as messages and logs show them.</summary>
internal static class GraphText
{
    /// <summary>The path without its query, which can hold names, and with user principal names blotted out.</summary>
    public static string SafePath(string path)
    {
        var end = path.IndexOf('?');
        var bare = end < 0 ? path : path.Substring(0, end);
        return DisplayText.Neutralise(string.Join("/", bare.Split('/').Select(s => s.IndexOf('@') >= 0 || s.IndexOf("%40", StringComparison.Ordinal) >= 0 ? "{user}" : s)));
    }
}
