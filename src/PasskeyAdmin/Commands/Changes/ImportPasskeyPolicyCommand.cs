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

    private DesiredPolicy _desired = null!;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var policy = new PolicyReader(Catalog, WriteWarning, StopToken).Read(Session, Client);
        Walk(Session, Client, new DesiredPolicySource(Session, Client, Catalog).Plan(_desired, policy, Command, StopToken));
    }, target: Path ?? LiteralPath);

    /// <summary>What is wrong with the file is told before any tenant is asked.</summary>
    private protected override void Check() => _desired = DesiredPolicyReader.Load(InputPaths.Single(SessionState.Path, Path, LiteralPath, "DesiredPolicyAmbiguous"), Catalog);
}
