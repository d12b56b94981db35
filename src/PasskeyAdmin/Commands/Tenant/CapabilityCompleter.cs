using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Completes capabilities, with the permissions that each asks for.</summary>
public sealed class CapabilityCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.StartingWith(wordToComplete, ((TenantCapability[])Enum.GetValues(typeof(TenantCapability))).Select(c => (c.ToString(), string.Join(", ", CapabilityPermissions.Least(c)))));
}
