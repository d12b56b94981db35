using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Completes names of profiles from what was last read of the tenant: a key press must not wait for a network.</summary>
public sealed class ProfileNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var named = fakeBoundParameters["Tenant"] is PSObject wrapped ? wrapped.BaseObject : fakeBoundParameters["Tenant"];
        var session = named as TenantSession ?? CurrentTenant.Get();
        var typed = wordToComplete.Trim('\'', '"');
        return (session?.KnownProfileNames ?? []).Where(n => n.IndexOf(typed, StringComparison.OrdinalIgnoreCase) >= 0)
            .OrderBy(n => !n.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(n => new CompletionResult(CommandText.Quote(n), DisplayText.Neutralise(n), CompletionResultType.ParameterValue, DisplayText.Neutralise(n)));
    }
}
