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
        var session = CurrentTenant.Of(boundParameters["Tenant"]) ?? CurrentTenant.Get();
        return Completions.Containing(word, (session is null ? [] : names(session)).Select(n => (n, n)), CommandText.Quote);
    }
}
