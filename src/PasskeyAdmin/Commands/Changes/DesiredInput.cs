using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>The file of desired state that a command is about: one for all tenants on the pipeline, or each file on it for the same tenant.</summary>
internal sealed class DesiredInput(PathIntrinsics paths, ProviderCatalog catalog)
{
    private string? _given;
    private (string File, DesiredPolicy Policy) _read;

    /// <summary>Read once, however many tenants it is for.</summary>
    /// <exception cref="PasskeyAdminException"><c>DesiredPolicyInvalid</c>, <c>DesiredPolicyAmbiguous</c>, and what <see cref="InputFile.Open"/> throws.</exception>
    public (string File, DesiredPolicy Policy) Read(string? path, string? literalPath)
    {
        var given = literalPath ?? path!;
        if (_given == given) return _read;
        var file = InputPaths.Single(paths, path, literalPath, "DesiredPolicyAmbiguous");
        _read = (file, DesiredPolicyReader.Load(file, catalog));
        _given = given;
        return _read;
    }
}
