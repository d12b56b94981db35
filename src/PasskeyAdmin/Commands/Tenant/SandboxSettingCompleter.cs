using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Commands;

/// <summary>Offers the settings of a sandbox, each as the beginning of a table.</summary>
public sealed class SandboxSettingCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('@', '{', ' ', '\'', '"');
        return SandboxTenant.DescribeSettings().Where(s => s.Key.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(s => new CompletionResult($"@{{ {s.Key} = ", s.Key, CompletionResultType.ParameterValue, s.Value));
    }
}
