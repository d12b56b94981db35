using System.Collections.Generic;
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

    /// <summary>Adds what was read of a file, in the place of an earlier import of the same file.</summary>
    public static void Add(SessionState state, string path, IReadOnlyList<PasskeyProviderMetadata> entries) =>
        Variable.Set(state, (Variable.Get(state) ?? ProviderImports.None).With(path, entries));

    private static ProviderCatalog With(ProviderImports? imports)
    {
        var builtIn = ProviderCatalog.LoadBuiltIn();
        return imports is null ? builtIn : builtIn.With(imports);
    }
}
