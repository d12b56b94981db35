using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Forgets a tenant. A sign-in of Microsoft Graph PowerShell is the user's and stays.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "PasskeyTenant")]
public sealed class DisconnectPasskeyTenantCommand : PasskeyCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public TenantSession? Tenant { get; set; }

    protected override void ProcessRecord()
    {
        var current = CurrentTenant.Get(SessionState);
        var session = Tenant ?? current;
        session?.Graph.Close();
        if (session == current) CurrentTenant.Set(SessionState, null);
    }
}
