using System.Management.Automation;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>The provider catalogue as a PowerShell session knows it: that of the module, and what Import-PasskeyProviderMetadata added in this session.</summary>
internal static class Catalogs
{
    private static readonly SessionVariable<ProviderImports> Variable = new("PasskeyAdminMetadata");

    public static ProviderCatalog Current(SessionState state) => With(Variable.Get(state));

    /// <summary>The same, for a completer.</summary>
    public static ProviderCatalog Current() => With(Variable.Get());

    /// <summary>What was imported in this session.</summary>
    public static ProviderImports Imports(SessionState state) => Variable.Get(state) ?? ProviderImports.None;

    /// <summary>Null forgets everything that was imported.</summary>
    /// <exception cref="PasskeyAdminException"><c>SessionVariableReadOnly</c>.</exception>
    public static void Set(SessionState state, ProviderImports? imports) => Variable.Set(state, imports);

    private static ProviderCatalog With(ProviderImports? imports)
    {
        var builtIn = ProviderCatalog.LoadBuiltIn();
        return imports is null ? builtIn : builtIn.With(imports);
    }
}
