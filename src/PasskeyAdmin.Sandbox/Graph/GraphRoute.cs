using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>A method and a path, and what answers there.</summary>
internal sealed class GraphRoute
{
    private const string Open = "{}";

    private readonly string[] _parts;

    /// <param name="pattern">Behind the version; <c>{}</c> is open. Graph does not tell capitals from small letters in its own names.</param>
    public GraphRoute(string method, string pattern, Func<GraphCall, SandboxAnswer> answer)
    {
        Method = method;
        Answer = answer;
        _parts = pattern.Split('/');
    }

    public string Method { get; }

    public Func<GraphCall, SandboxAnswer> Answer { get; }

    /// <summary>Whether only a tenant with Microsoft Entra ID P1 or P2 has it.</summary>
    public bool NeedsPremium { get; init; }

    /// <summary>Whether v1.0 does not have it.</summary>
    public bool IsBetaOnly { get; init; }

    /// <summary>What a path has at the open places; null where it is another path.</summary>
    public IReadOnlyList<string>? Match(IReadOnlyList<string> path)
    {
        if (path.Count != _parts.Length) return null;
        var open = new List<string>();
        for (var i = 0; i < _parts.Length; i++)
        {
            var at = _parts[i].IndexOf(Open, StringComparison.Ordinal);
            if (at < 0)
            {
                // A function without arguments may have empty brackets.
                var name = path[i].EndsWith("()", StringComparison.Ordinal) ? path[i].Substring(0, path[i].Length - 2) : path[i];
                if (!_parts[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return null;
                continue;
            }
            // As in usersRegisteredByMethod(…).
            var (before, behind) = (_parts[i].Substring(0, at), _parts[i].Substring(at + Open.Length));
            if (path[i].Length <= before.Length + behind.Length || !path[i].StartsWith(before, StringComparison.OrdinalIgnoreCase) || !path[i].EndsWith(behind, StringComparison.Ordinal)) return null;
            open.Add(path[i].Substring(at, path[i].Length - before.Length - behind.Length));
        }
        return open;
    }

    public override string ToString() => $"{Method} {string.Join("/", _parts)}";
}
