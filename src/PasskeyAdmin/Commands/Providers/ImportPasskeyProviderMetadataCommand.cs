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

    /// <summary>Errors of one file; nobody reads more, and the end gives their number.</summary>
    private const int MostEntryErrors = 1000;

    private ProviderMetadataReader _reader = null!;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? RootCertificatePath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string SignerName { get; set; } = MetadataTrust.FidoAlliance;

    protected override void BeginProcessing()
    {
        var roots = RootCertificatePath is null ? null : OrTerminate(RootCertificatePath, () => ReadRoots(RootCertificatePath));
        _reader = new ProviderMetadataReader(ProviderCatalog.LoadBuiltIn(), new MetadataTrust(roots, SignerName), new SystemClock().UtcNow);
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == LiteralPathSet)
            foreach (var path in LiteralPath) ForItem(path, () => Import(path, InputPaths.ResolveLiteral(SessionState.Path, path)));
        else
            foreach (var path in Path) ForItem(path, () => ImportAll(path));
    }

    private IReadOnlyList<X509Certificate2> ReadRoots(string[] paths) =>
        [.. paths.SelectMany(p => InputPaths.Resolve(SessionState.Path, p)).SelectMany(CertificateFile.ReadRoots)];

    private void ImportAll(string path)
    {
        foreach (var file in InputPaths.Resolve(SessionState.Path, path))
        {
            var given = WildcardPattern.ContainsWildcardCharacters(path) ? file : path;
            ForItem(given, () => Import(given, file));
        }
    }

    private void Import(string given, string path)
    {
        var file = _reader.Read(path, StopToken);
        // First, since whoever takes only some of the objects ends the command.
        Catalogs.Add(SessionState, path, file.Entries);
        foreach (var fault in file.Faults.Take(MostEntryErrors))
            WriteError(new PasskeyAdminException(ErrorKind.InvalidData, "ProviderMetadataEntryInvalid",
                $"{file.Origin.ShownName}, {fault.Place}: the entry cannot be read: {fault.Reason}. Correct it or download the file again; the other entries are imported.").ToErrorRecord(given));
        WriteWarnings(file);
        WriteObject(file.Entries, enumerateCollection: true);
    }

    private void WriteWarnings(ProviderMetadataFile file)
    {
        var name = file.Origin.ShownName;
        if (file.Entries.Count == 0) WriteWarning($"{name} holds no AAGUIDs.");
        if (file.Faults.Count > 0) WriteWarning($"{name}: {file.Entries.Count:N0} entries read, {file.Faults.Count:N0} could not be read.{(file.Faults.Count > MostEntryErrors ? $" Errors were written for the first {MostEntryErrors:N0} of these." : "")}");
        else WriteVerbose($"{name}: {file.Entries.Count:N0} entries read.");
        if (file.Skipped > 0) WriteVerbose($"{name}: {file.Skipped:N0} entries have no AAGUID, because they are about authenticators of other kinds (U2F, UAF). They were left out.");
        if (file.Entries.Count > 0 && file.Origin.Fault is { } fault) WriteWarning($"{name} is Unverified: {fault}. What it says is shown, and never gets into an allow list.");
        if (file.IsOutdated) WriteWarning(FormattableString.Invariant($"{name} is out of date: a newer blob was due on {file.Origin.NextUpdate:yyyy-MM-dd}. Download it from https://mds3.fidoalliance.org/."));
    }
}
