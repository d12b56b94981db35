using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Writes the passkey policy of a tenant into a file of desired state, with names in the place of ids, and its schema beside it.</summary>
[Cmdlet(VerbsData.Export, "PasskeyPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPasskeyPolicyCommand : TenantCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private ProviderCatalog _catalog = null!;

    /// <summary>Not from the pipeline: a tenant has a path of its own.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _catalog = Catalogs.Current(SessionState);
    }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var file = InputPaths.ResolveLiteral(SessionState.Path, Path);
        var schema = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file) ?? "", DesiredPolicySchema.FileName);
        RequireOwn(file, schema);
        DesiredFiles.RequireWritable(file, Path, NoClobber);
        DesiredFiles.RequireWritable(schema, DesiredPolicySchema.FileName, isNotToBeReplaced: false);
        var policy = new PolicyReader(_catalog, WriteWarning, StopToken).Read(Session, Client);
        var (text, notes) = new DesiredPolicySource(Session, Client, _catalog).Export(policy, $"./{DesiredPolicySchema.FileName}", StopToken);
        foreach (var note in notes) WriteWarning(note);
        if (!ShouldProcess($"{Path}, and {DesiredPolicySchema.FileName} beside it", $"Write the passkey policy of {Session}")) return;
        // First what the policy refers to.
        if (!NoClobber || !File.Exists(schema)) DesiredFiles.Write(schema, DesiredPolicySchema.FileName, DesiredPolicySchema.Text(_catalog));
        DesiredFiles.Write(file, Path, text);
        _written.Add(file);
        if (PassThru) WriteObject(new FileInfo(file));
    }, target: Path);

    /// <summary>A file that is something else already is not lost to a slip.</summary>
    private void RequireOwn(string file, string schema)
    {
        if (_written.Contains(file)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "OutFileRepeated", $"{CommandText.Quote(Path)} has the policy of another tenant already. Give each its own file: ForEach-Object {{ Export-PasskeyPolicy \"$($_.TenantName).json\" -Tenant $_ }}.");
        if (file.Equals(schema, StringComparison.OrdinalIgnoreCase)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "OutFileIsSchema", $"{DesiredPolicySchema.FileName} is the name of the schema, which is written beside the policy. Name another file.");
        if (Session.IsSandbox && Session.Path is { } sandbox && file.Equals(InputPaths.ResolveLiteral(SessionState.Path, sandbox), StringComparison.OrdinalIgnoreCase)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "OutFileIsInput", $"{CommandText.Quote(Path)} is the sandbox tenant itself: the policy would overwrite it. Name another file.");
    }
}
