using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>What every cmdlet has that works on a tenant: the one that is named, or else the current one of the PowerShell session.</summary>
public abstract class TenantCmdlet : PasskeyCmdlet
{
    private protected TenantCmdlet()
    {
    }

    [Parameter]
    [ValidateNotNull]
    public TenantSession? Tenant { get; set; }

    /// <summary>From <see cref="BeginProcessing"/> on.</summary>
    private protected TenantSession Session { get; private set; } = null!;

    /// <summary>From <see cref="BeginProcessing"/> on. Each request and each pause is a verbose line.</summary>
    private protected GraphClient Client { get; private set; } = null!;

    protected override void BeginProcessing()
    {
        Session = OrTerminate(Tenant, () => Tenant ?? CurrentTenant.Require(SessionState));
        OrTerminate(Session, () =>
        {
            Session.Graph.RequireUsable(Session.Traffic.Now);
            return true;
        });
        Client = Session.CreateClient(WriteVerbose);
    }
}
