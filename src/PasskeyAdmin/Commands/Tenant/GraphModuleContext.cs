using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>Who is signed in to Microsoft Graph PowerShell, as <c>Get-MgContext</c> says. Read by property name, so that no version of its types is needed.</summary>
internal sealed record GraphModuleContext(string? TenantId, string? Account, string? ClientId, string Environment)
{
    public IReadOnlyList<string>? Scopes { get; init; }

    public bool IsAppOnly { get; init; }

    /// <param name="context">Null where nobody is signed in.</param>
    public static GraphModuleContext? Of(PSObject? context)
    {
        if (context is null) return null;
        var account = Text(context, "Account");
        return new GraphModuleContext(Text(context, "TenantId"), account, Text(context, "ClientId"), Text(context, "Environment") ?? "Global")
        {
            Scopes = LanguagePrimitives.GetEnumerable(context.Properties["Scopes"]?.Value)?.Cast<object?>().Select(s => s?.ToString()).OfType<string>().ToList(),
            // With an access token, the module does not say whether it is a user's.
            IsAppOnly = Text(context, "AuthType") is "AppOnly" or "ManagedIdentity" || (Text(context, "AuthType") is "EnvironmentVariable" && account is null),
        };
    }

    /// <summary>Whether it is still the same sign-in: the same tenant, account, application and cloud.</summary>
    public bool IsSameAs(GraphModuleContext? other) => other is not null
        && Same(TenantId, other.TenantId) && Same(Account, other.Account) && Same(ClientId, other.ClientId) && Same(Environment, other.Environment);

    public override string ToString() => $"{Account ?? ClientId ?? "somebody"} in tenant {TenantId ?? "(unknown)"}";

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string? Text(PSObject context, string name) => context.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
