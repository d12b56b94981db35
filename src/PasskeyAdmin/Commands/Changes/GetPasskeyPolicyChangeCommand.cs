using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Lists the changes of passkey policies that the journal has, the newest first: those of sandboxes where one is connected, else those of real tenants. It reads files and asks no tenant, unless it is to look
/// into the audit log again.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PasskeyPolicyChange")]
[OutputType(typeof(PasskeyPolicyChange))]
public sealed class GetPasskeyPolicyChangeCommand : PasskeyCmdlet
{
    private IReadOnlyList<PasskeyPolicyChange> _all = [];
    private Func<PasskeyPolicyChange, PasskeyPolicyChange> _check = c => c;
    private UserChangeHistory _users = null!;

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Id")]
    public string[]? ChangeId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? TenantId { get; set; }

    [Parameter]
    public DateTimeOffset Since { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    [Parameter]
    [ValidateNotNull]
    public TenantSession? Tenant { get; set; }

    [Parameter]
    public SwitchParameter CheckAudit { get; set; }

    protected override void BeginProcessing() => OrTerminate(JournalPath, () =>
    {
        var session = Tenant ?? CurrentTenant.Get(SessionState);
        var folder = Journals.Folder(SessionState.Path, JournalPath, session);
        _users = new UserChangeHistory(folder);
        _all = new ChangeHistory(folder).Read((path, e) => WriteError(e.ToErrorRecord(path)));
        if (CheckAudit) _check = Checker(Tenant ?? CurrentTenant.Require(SessionState));
    });

    protected override void ProcessRecord()
    {
        var id = TenantId is { Length: > 0 } ? TenantId : Tenant?.TenantId;
        var changes = _all.Where(c => (id is null || id.Equals(c.TenantId, StringComparison.OrdinalIgnoreCase)) && (!IsBound(nameof(Since)) || c.ChangedAt >= Since)).ToList();
        if (ChangeId is null)
            foreach (var change in changes) ForItem(change, () => WriteObject(_check(change)));
        else
            foreach (var wanted in ChangeId) ForItem(wanted, () => WriteObject(_check(ChangeIds.Find(wanted, changes, _users))));
    }

    /// <summary>Looks again where it was not known whether somebody else's edit was lost.</summary>
    private Func<PasskeyPolicyChange, PasskeyPolicyChange> Checker(TenantSession session)
    {
        session.Graph.RequireUsable(session.Traffic.Now);
        var (client, catalog) = (session.CreateClient(WriteVerbose, WriteWarning), Catalogs.Current(SessionState));
        var policy = new PasskeyPolicySource(session, client, catalog).Read(StopToken);
        return change =>
        {
            if (change.OtherEdit is not OtherEditState.Unknown || change.Record.Plan.Tenant != PlanDocument.KeyOf(session)) return change;
            var (seen, warning) = new AuditReport(session, client, catalog).LookAgain(change, policy, e => WriteWarning($"What the audit log says now could not be written into '{DisplayText.Neutralise(change.Path ?? "")}': {e.InnerException?.Message}"), StopToken);
            if (warning is not null) WriteError(warning.ToErrorRecord(seen));
            return seen;
        };
    }
}
