using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Completes names of providers, from the data in the module and what this session imported: no network, no file.</summary>
public sealed class ProviderNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var providers = Catalogs.Current().Providers;
        // The rows of the matrix are names, too, where requirements are asked about.
        var rows = parameterName == "Provider"
            ? RequirementMatrix.LoadBuiltIn(RequirementBaseline.Extended).ProviderNames.Select(n => (Name: n, About: "Device requirements"))
            : [];
        var names = rows.Concat(providers.Select(p => (p.Name, About: About(p)))).GroupBy(n => n.Name, StringComparer.OrdinalIgnoreCase).Select(g => g.Last());
        return Completions.Containing(wordToComplete, names, n => n.All(char.IsLetterOrDigit) ? n : CommandText.Quote(n));
    }

    private static string About(PasskeyProvider provider) =>
        $"{provider.Vendor ?? "Vendor not stated"}, {(provider.PasskeyType is PasskeyTypes.None ? "type unknown" : provider.PasskeyType.ToString())}";
}
