using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PasskeyAdmin.Commands;

/// <summary>Completes names of authentication strengths.</summary>
public sealed class StrengthNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        KnownNames.Complete(wordToComplete, fakeBoundParameters, s => s.KnownStrengthNames);
}
