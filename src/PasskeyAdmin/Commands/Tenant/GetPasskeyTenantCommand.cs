using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Shows the tenant that this session works on; nothing where none is connected.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyTenant")]
[OutputType(typeof(TenantSession))]
public sealed class GetPasskeyTenantCommand : PasskeyCmdlet
{
    protected override void EndProcessing()
    {
        if (CurrentTenant.Get(SessionState) is not { } session) return;
        // Shown all the same: who looks wants to know what is connected, and what is wrong with it.
        ForItem(session, () => session.Graph.RequireUsable(session.Traffic.Now));
        WriteObject(session);
    }
}
