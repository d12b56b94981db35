using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Commands;

/// <summary>Reads what the logs have about passkeys: what was registered, removed, used and changed in the policy, and what of it somebody should look at.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyAuditEvent")]
[OutputType(typeof(PasskeyAuditEvent))]
public sealed class GetPasskeyAuditEventCommand : TenantCmdlet
{
    private readonly Dictionary<TenantSession, AuditSource> _sources = [];
    private ProviderCatalog _catalog = null!;
    private PolicyReader _reader = null!;

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("UserPrincipalName", "UPN", "User principal name", "ObjectId", "Id")]
    public string[]? UserId { get; set; }

    [Parameter]
    public DateTimeOffset Since { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public PasskeyAuditKind[]? Kind { get; set; }

    [Parameter]
    public SwitchParameter AnomalyOnly { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _catalog = Catalogs.Current(SessionState);
        _reader = new PolicyReader(_catalog, WriteWarning, StopToken);
    }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var isFirst = !_sources.TryGetValue(Session, out var source);
        if (isFirst) _sources.Add(Session, source = Open());
        var users = TextsOf(nameof(UserId), UserId);
        if (users is null)
        {
            Write(source!.OfTenant(StopToken));
            return;
        }
        foreach (var user in users) ForItem(user, () => Write(source!.OfUser(user.Trim(), StopToken)));
        // They are of the tenant, and come once.
        if (isFirst) Write(source!.PolicyChanges(StopToken));
    });

    private AuditSource Open()
    {
        var now = Session.Traffic.Now;
        var since = IsBound(nameof(Since)) ? Since : now - AuditSource.DefaultSpan;
        if (since > now) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "AuditSinceInFuture", $"-Since is in the future: it is {now.UtcDateTime:u} in this tenant.");
        if (since < now - AuditSource.Reach) WriteWarning("Logs are kept for 30 days, and for 7 in a tenant without a premium licence: what is older is not there.");
        var progress = new ReadProgressWriter(this);
        return new AuditSource(Session, Client, _catalog, _reader.TryRead(Session, Client, "whether a provider is allowed is not known, and changes of the policy are not in words"), new AuditRequest(since, Kind, AnomalyOnly) { Warn = WriteWarning, Announce = progress.Announce });
    }

    private void Write(IEnumerable<PasskeyAuditEvent> events)
    {
        foreach (var audit in events) WriteObject(audit);
    }
}
