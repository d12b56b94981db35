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

    /// <summary>Also a script block, for a file of each tenant on the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
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
        if (_written.Contains(file)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "OutFileRepeated", $"{CommandText.Quote(Path)} has the policy of another tenant already. Give each its own file, as with -Path {{ \"$($_.TenantName).json\" }}.");
        DesiredFiles.RequireWritable(file, Path, NoClobber);
        var policy = new PolicyReader(_catalog, WriteWarning, StopToken).Read(Session, Client);
        var (text, notes) = new DesiredPolicySource(Session, Client, _catalog).Export(policy, $"./{DesiredPolicySchema.FileName}", StopToken);
        foreach (var note in notes) WriteWarning(note);
        if (!ShouldProcess(Path, $"Write the passkey policy of {Session}")) return;
        DesiredFiles.Write(file, Path, text);
        DesiredFiles.Write(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, DesiredPolicySchema.FileName), DesiredPolicySchema.FileName, DesiredPolicySchema.Text(_catalog));
        _written.Add(file);
        if (PassThru) WriteObject(new FileInfo(file));
    }, target: Path);
}
