using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Commands;

/// <summary>Completes the error codes that the module knows.</summary>
public sealed class ErrorCodeCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.StartingWith(wordToComplete, ErrorCodes.LoadBuiltIn().All.Where(c => c.Code is not null).Select(c => (c.Code!, c.Text)));
}
