using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Commands;

/// <summary>Completes rules by id, and by name once something of it is typed.</summary>
public sealed class RuleCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var byId = Completions.StartingWith(wordToComplete, PolicyRules.All.Select(r => (r.Id, $"{r.Name}: {r.Title}"))).ToList();
        return byId.Count > 0 ? byId : Completions.Containing(wordToComplete, PolicyRules.All.Select(r => (r.Name, $"{r.Id}: {r.Title}")), name => name);
    }
}
