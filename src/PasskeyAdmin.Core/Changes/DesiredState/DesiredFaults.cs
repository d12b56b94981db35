using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>What is wrong with a file, each with its place: all of it at once, so that nobody has to run a command once for each.</summary>
/// <param name="source">What the file is called in messages, safe to show.</param>
internal sealed class DesiredFaults(string source)
{
    /// <summary>More than any policy has room for.</summary>
    private const int Most = 500;

    private readonly List<(FilePlace Place, string Text)> _faults = [];

    /// <param name="text">A sentence without its end, safe to show.</param>
    public void Add(FilePlace place, string text) => _faults.Add((place, text));

    /// <param name="advice">What to do, as a sentence.</param>
    /// <exception cref="PasskeyAdminException">With the id given, where anything is wrong.</exception>
    public void Require(ErrorKind kind, string errorId, string advice)
    {
        if (_faults.Count == 0) return;
        var lines = _faults.OrderBy(f => f.Place.Line).ThenBy(f => f.Place.Column).Select(f => $"{f.Place}: {f.Text}{(f.Text[f.Text.Length - 1] is '.' or '?' ? "" : ".")}").ToList();
        var more = lines.Count > Most ? $"\n  and {lines.Count - Most} more" : "";
        throw new PasskeyAdminException(kind, errorId, lines.Count == 1 ? $"{source}, {lines[0]} {advice}" : $"{source} has {lines.Count} faults:\n  {string.Join("\n  ", lines.Take(Most))}{more}\n{advice}");
    }
}
