using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the passkeys that users have registered.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyRegistration", DefaultParameterSetName = UserSet)]
[OutputType(typeof(PasskeyRegistration))]
public sealed class GetPasskeyRegistrationCommand : TenantCmdlet
{
    private const string UserSet = "User";
    private const string GroupSet = "Group";

    private readonly Dictionary<TenantSession, RegistrationSource> _sources = [];
    private ProviderCatalog _catalog = null!;
    private PolicyReader _reader = null!;
    private ReadCheckpoint? _checkpoint;

    [Parameter(ParameterSetName = UserSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("UserPrincipalName", "UPN", "User principal name", "ObjectId", "Id")]
    public string[]? UserId { get; set; }

    [Parameter(ParameterSetName = GroupSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[] Group { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _catalog = Catalogs.Current(SessionState);
        _reader = new PolicyReader(_catalog, WriteWarning, StopToken);
    }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var progress = new ReadProgressWriter(this);
        if (!_sources.TryGetValue(Session, out var source))
        {
            _checkpoint = Checkpoints.OpenOnce(SessionState.Path, CheckpointPath, _checkpoint, Session, WriteWarning);
            var policy = _reader.ReadOrUnread(Session, Client, "whether a passkey works is not known");
            source = new RegistrationSource(Session, Client, _catalog, policy, new RegistrationOptions(WriteWarning) { Checkpoint = _checkpoint, Announce = progress.Announce, Progress = progress });
            _sources.Add(Session, source);
        }
        try
        {
            Write(source);
        }
        finally
        {
            if (!StopToken.IsCancellationRequested) progress.Complete();
        }
    });

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing) _checkpoint?.Dispose();
        base.Dispose(isDisposing);
    }

    private void Write(RegistrationSource source)
    {
        var users = TextsOf(nameof(UserId), UserId);
        if (ParameterSetName == GroupSet)
        {
            var members = new List<DirectoryUser>();
            foreach (var group in Group) ForItem(group, () => members.AddRange(source.MembersOf(new GroupLookup(Client).Find(group, StopToken), StopToken)));
            WriteAll(source.OfMembers(members, StopToken));
        }
        else if (users is null) WriteAll(source.OfTenant(StopToken));
        else
            foreach (var user in users) ForItem(user, () => WriteObject(source.OfUser(user.Trim(), StopToken), enumerateCollection: true));
    }

    private void WriteAll(IEnumerable<UserRegistrations> users)
    {
        PasskeyAdminException? last = null;
        foreach (var user in users)
        {
            WriteObject(user.Registrations, enumerateCollection: true);
            // One error for all who were not even asked for.
            if (user.Fault is { } fault && !ReferenceEquals(fault, last)) WriteError(fault.ToErrorRecord(DisplayText.Neutralise(user.User.Shown)));
            last = user.Fault;
        }
    }
}
