using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Completes names from what was last read of the tenant: a key press must not wait for a network.</summary>
internal static class KnownNames
{
    public static IEnumerable<CompletionResult> Complete(string word, IDictionary boundParameters, Func<TenantSession, IReadOnlyList<string>> names)
    {
        var named = boundParameters["Tenant"] is PSObject wrapped ? wrapped.BaseObject : boundParameters["Tenant"];
        var session = named as TenantSession ?? CurrentTenant.Get();
        var typed = word.Trim('\'', '"');
        return (session is null ? [] : names(session)).Where(n => n.IndexOf(typed, StringComparison.OrdinalIgnoreCase) >= 0)
            .OrderBy(n => !n.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(n => new CompletionResult(CommandText.Quote(n), n, CompletionResultType.ParameterValue, n));
    }
}
