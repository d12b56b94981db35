using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Commands;

/// <summary>Offers each setting of a sandbox as a table with its default.</summary>
public sealed class SandboxSettingCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        SandboxTenant.SettingNames.Select(n => new CompletionResult($"@{{ {n} = ", n, CompletionResultType.ParameterValue, n));
}
