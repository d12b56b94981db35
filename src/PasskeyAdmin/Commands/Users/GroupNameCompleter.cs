using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PasskeyAdmin.Commands;

/// <summary>Completes names of groups that the policy names; others are found as well.</summary>
public sealed class GroupNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        KnownNames.Complete(wordToComplete, fakeBoundParameters, s => s.KnownGroupNames);
}
