using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Shows the tenant that this session works on; nothing where none is connected, and an error where it can no longer be used.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyTenant")]
[OutputType(typeof(TenantSession))]
public sealed class GetPasskeyTenantCommand : PasskeyCmdlet
{
    protected override void EndProcessing()
    {
        if (CurrentTenant.Get(SessionState) is not { } session) return;
        // A script that asks whether it is connected wants one that it can work on.
        if (ForItem(session, () => session.Graph.RequireUsable(session.Traffic.Now))) WriteObject(session);
    }
}
