using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Completes names of providers, from the data in the module: no network, no file.</summary>
public sealed class ProviderNameCompleter : IArgumentCompleter
{
    private static readonly char[] Quotes = ['\'', '"'];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim(Quotes);
        var providers = ProviderCatalog.LoadBuiltIn().Providers;
        // The rows of the matrix are names, too, where requirements are asked about.
        var rows = parameterName == "Provider"
            ? RequirementMatrix.LoadBuiltIn(RequirementBaseline.Extended).ProviderNames.Select(n => (Name: n, About: "Device requirements"))
            : [];
        return rows.Concat(providers.Select(p => (p.Name, About: About(p))))
            .GroupBy(n => n.Name, StringComparer.OrdinalIgnoreCase).Select(g => g.Last())
            .Where(n => n.Name.IndexOf(typed, StringComparison.OrdinalIgnoreCase) >= 0)
            .OrderBy(n => !n.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(n => new CompletionResult(n.Name.All(char.IsLetterOrDigit) ? n.Name : CommandText.Quote(n.Name), n.Name, CompletionResultType.ParameterValue, n.About));
    }

    private static string About(PasskeyProvider provider) =>
        $"{provider.Vendor ?? "Vendor not stated"}, {(provider.PasskeyType is PasskeyTypes.None ? "type unknown" : provider.PasskeyType.ToString())}";
}
