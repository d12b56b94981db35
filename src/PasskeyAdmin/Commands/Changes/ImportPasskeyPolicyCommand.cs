using System.Management.Automation;
using PasskeyAdmin.Changes;

namespace PasskeyAdmin.Commands;

/// <summary>Makes the passkey policy of a tenant what a file of desired state wants, on the road that every change takes. Where it is like that already, nothing is sent.</summary>
[Cmdlet(VerbsData.Import, "PasskeyPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class ImportPasskeyPolicyCommand : PolicyChangeCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private DesiredInput _input = null!;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var desired = _input.Read(Path, LiteralPath).Policy;
        var policy = new PolicyReader(Catalog, WriteWarning, StopToken).Read(Session, Client);
        Walk(Session, Client, new DesiredPolicySource(Session, Client, Catalog).Plan(desired, policy, Command, StopToken));
    }, target: Path ?? LiteralPath);

    /// <summary>What is wrong with the file is told before any tenant is asked; of files on the pipeline, when they come.</summary>
    private protected override void Check()
    {
        _input = new DesiredInput(SessionState.Path, Catalog);
        if (Path is not null || LiteralPath is not null) _input.Read(Path, LiteralPath);
    }
}
