using System.Management.Automation;

namespace Microsoft.Graph.PowerShell.Authentication.Cmdlets;

/// <summary>Writes one null where nobody is signed in, as the real one.</summary>
[Cmdlet(VerbsCommon.Get, "MgContext")]
[OutputType(typeof(AuthContext))]
public sealed class GetMgContext : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(GraphSession.Current?.Context);
}
