using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads a FIDO metadata blob or a list of AAGUIDs, and adds the models to the catalogue of this PowerShell session.</summary>
[Cmdlet(VerbsData.Import, "PasskeyProviderMetadata", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PasskeyProviderMetadata))]
public sealed class ImportPasskeyProviderMetadataCommand : PasskeyCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ClearSet = "Clear";

    private ProviderMetadataReader _reader = null!;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? RootCertificatePath { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string SignerName { get; set; } = MetadataTrust.FidoAlliance;

    [Parameter(ParameterSetName = ClearSet, Mandatory = true)]
    public SwitchParameter Clear { get; set; }

    protected override void BeginProcessing()
    {
        var roots = RootCertificatePath is null ? null : OrTerminate(RootCertificatePath, () => ReadRoots(RootCertificatePath));
        _reader = new ProviderMetadataReader(ProviderCatalog.LoadBuiltIn(), new MetadataTrust(roots, SignerName), new SystemClock().UtcNow);
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ClearSet)
        {
            if (Clear) ForItem(null, () => Catalogs.Set(SessionState, null));
        }
        else
        {
            var isLiteral = ParameterSetName == LiteralPathSet;
            foreach (var path in isLiteral ? LiteralPath : Path) ForItem(path, () => ImportAll(path, isLiteral));
        }
    }

    private IReadOnlyList<X509Certificate2> ReadRoots(string[] paths) =>
        [.. paths.SelectMany(p => InputPaths.Resolve(SessionState.Path, p)).SelectMany(CertificateFile.ReadRoots)];

    private void ImportAll(string path, bool isLiteral)
    {
        foreach (var (given, file) in InputPaths.Files(SessionState.Path, path, isLiteral)) ForItem(given, () => Import(given, file));
    }

    private void Import(string given, string path)
    {
        var imports = Catalogs.Imports(SessionState);
        var file = Read(path, imports);
        // First, since whoever takes only some of the objects ends the command.
        Catalogs.Set(SessionState, imports.With(path, file.Entries));
        foreach (var fault in file.Faults)
            WriteError(new PasskeyAdminException(ErrorKind.InvalidData, "ProviderMetadataEntryInvalid",
                $"{file.Origin.ShownName}, {fault.Place}: the entry cannot be read: {fault.Reason}. Correct it or download the file again; the other entries are imported.").ToErrorRecord(given));
        WriteWarnings(file);
        foreach (var objection in imports.Objections(path, file)) WriteWarning(objection);
        WriteObject(file.Entries, enumerateCollection: true);
    }

    private ProviderMetadataFile Read(string path, ProviderImports imports)
    {
        try
        {
            return _reader.Read(path, StopToken);
        }
        catch (PasskeyAdminException e) when (imports.Has(path))
        {
            throw new PasskeyAdminException(e.Kind, e.ErrorId, $"{e.Message} What was imported of it before goes on holding. {ProviderImports.ClearHint}", e.InnerException) { RecommendedAction = ProviderImports.ClearCommand };
        }
    }

    private void WriteWarnings(ProviderMetadataFile file)
    {
        var name = file.Origin.ShownName;
        if (file.Entries.Count == 0) WriteWarning($"{name} holds no AAGUIDs.");
        if (file.Faults.Count > 0) WriteWarning($"{name}: {Entries(file.Entries.Count)} read, {file.FaultCount:N0} could not be read.{(file.FaultCount > file.Faults.Count ? $" Errors were written for the first {file.Faults.Count:N0} of these." : "")}");
        else WriteVerbose($"{name}: {Entries(file.Entries.Count)} read.");
        if (file.Skipped > 0) WriteVerbose($"{name}: {Entries(file.Skipped)} without an AAGUID left out, about authenticators of other kinds (U2F, UAF).");
        if (file.Entries.Count > 0 && file.Origin.Fault is { } fault) WriteWarning($"{name} is Unverified: {fault}. What it says is shown, and never gets into an allow list.");
        if (file.IsOutdated is true) WriteWarning(FormattableString.Invariant($"{name} is out of date: a newer blob was due on {file.Origin.NextUpdate:yyyy-MM-dd}. Download it from https://mds3.fidoalliance.org/."));
    }

    private static string Entries(int count) => count == 1 ? "1 entry" : $"{count:N0} entries";
}
