using System;
using System.Management.Automation;

namespace Microsoft.Graph.PowerShell.Authentication.Cmdlets;

[Cmdlet(VerbsCommunications.Disconnect, "MgGraph")]
[OutputType(typeof(AuthContext))]
public sealed class DisconnectMgGraph : PSCmdlet
{
    protected override void ProcessRecord()
    {
        if (GraphSession.Current is not { } session)
        {
            WriteError(new ErrorRecord(new ArgumentException("No application to sign out from."), string.Empty, ErrorCategory.CloseError, null));
            return;
        }
        GraphSession.SignOut();
        WriteObject(session.Context);
    }
}
