using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>What is offered for a word that may have quotes around it already.</summary>
internal static class Completions
{
    private static readonly char[] Quotes = ['\'', '"'];

    /// <summary>Names of ours, which are one word each, by how they begin.</summary>
    public static IEnumerable<CompletionResult> StartingWith(string word, IEnumerable<(string Name, string About)> names)
    {
        var typed = word.Trim(Quotes);
        return names.Where(n => n.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(n => Result(n.Name, n.Name, n.About));
    }

    /// <summary>Names that somebody else gave, by any part of them; those that begin with it come first.</summary>
    /// <param name="literal">How a name is written in a command.</param>
    public static IEnumerable<CompletionResult> Containing(string word, IEnumerable<(string Name, string About)> names, Func<string, string> literal)
    {
        var typed = word.Trim(Quotes);
        return names.Where(n => n.Name.IndexOf(typed, StringComparison.OrdinalIgnoreCase) >= 0)
            .OrderBy(n => !n.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(n => Result(literal(n.Name), n.Name, n.About));
    }

    private static CompletionResult Result(string text, string name, string about) => new(text, name, CompletionResultType.ParameterValue, about);
}
