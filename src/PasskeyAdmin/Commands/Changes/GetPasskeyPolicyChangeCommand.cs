using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;

namespace PasskeyAdmin.Commands;

/// <summary>Lists the changes of passkey policies that the journal has, the newest first: those of sandboxes where one is connected, else those of real tenants. It reads files and asks no tenant.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyPolicyChange")]
[OutputType(typeof(PasskeyPolicyChange))]
public sealed class GetPasskeyPolicyChangeCommand : PasskeyCmdlet
{
    private IReadOnlyList<PasskeyPolicyChange> _all = [];

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

    protected override void BeginProcessing() => OrTerminate(JournalPath, () =>
        _all = new ChangeHistory(Journals.Folder(SessionState.Path, JournalPath, CurrentTenant.Get(SessionState))).Read((path, e) => WriteError(e.ToErrorRecord(path))));

    protected override void ProcessRecord()
    {
        var changes = _all.Where(c => (TenantId is not { Length: > 0 } id || id.Equals(c.TenantId, StringComparison.OrdinalIgnoreCase)) && (!IsBound(nameof(Since)) || c.ChangedAt >= Since)).ToList();
        if (ChangeId is null) WriteObject(changes, enumerateCollection: true);
        else foreach (var id in ChangeId) ForItem(id, () => WriteObject(ChangeIds.Find(id, changes)));
    }
}
