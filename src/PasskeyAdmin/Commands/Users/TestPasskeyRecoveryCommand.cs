using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Tests whether users get back to a phishing-resistant sign-in after losing a device.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PasskeyRecovery", DefaultParameterSetName = UserSet)]
[OutputType(typeof(PasskeyRecovery), typeof(bool))]
public sealed class TestPasskeyRecoveryCommand : TenantCmdlet
{
    private const string UserSet = "User";
    private const string GroupSet = "Group";

    private readonly Dictionary<TenantSession, RecoverySource> _sources = [];
    private ProviderCatalog _catalog = null!;
    private PolicyReader _reader = null!;
    private ReadCheckpoint? _checkpoint;
    private bool _any;
    private bool _allRecoverable = true;

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

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _catalog = Catalogs.Current(SessionState);
        _reader = new PolicyReader(_catalog, WriteWarning, StopToken);
    }

    protected override void ProcessRecord()
    {
        if (!WithTenant(Test)) _allRecoverable = false;
    }

    protected override void EndProcessing()
    {
        if (Quiet) WriteObject(_any && _allRecoverable);
    }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing) _checkpoint?.Dispose();
        base.Dispose(isDisposing);
    }

    private void Test()
    {
        var progress = new ReadProgressWriter(this);
        if (!_sources.TryGetValue(Session, out var source))
        {
            _checkpoint = Checkpoints.OpenOnce(SessionState.Path, CheckpointPath, _checkpoint, Session, WriteWarning);
            source = new RecoverySource(Session, Client, _catalog, _reader.TryRead(Session, Client, "whether a passkey works is not known"), new RegistrationOptions(WriteWarning) { Checkpoint = _checkpoint, Announce = progress.Announce, Progress = progress }) { Road = PassRoads.Read(Client, withModels: true, StopToken) };
            _sources.Add(Session, source);
        }
        try
        {
            Test(source);
        }
        finally
        {
            if (!StopToken.IsCancellationRequested) progress.Complete();
        }
    }

    private void Test(RecoverySource source)
    {
        var users = TextsOf(nameof(UserId), UserId);
        if (ParameterSetName == GroupSet)
        {
            var members = new List<DirectoryUser>();
            foreach (var group in Group) Each(group, () => members.AddRange(source.MembersOf(new GroupLookup(Client).Find(group, StopToken), StopToken)));
            foreach (var recovery in source.OfMany(members, StopToken)) Write(recovery);
        }
        else if (users is null)
        {
            foreach (var recovery in source.OfTenant(StopToken)) Write(recovery);
        }
        else
        {
            foreach (var user in users) Each(user, () => Write(source.OfUser(user.Trim(), StopToken)));
        }
    }

    private void Each(string asked, Action action)
    {
        if (!ForItem(asked, action)) _allRecoverable = false;
    }

    private void Write(PasskeyRecovery recovery)
    {
        _any = true;
        _allRecoverable &= recovery.Verdict is PasskeyRecoveryVerdict.RecoverableAlone or PasskeyRecoveryVerdict.RecoverableWithHelpdesk;
        if (!Quiet) WriteObject(recovery);
    }
}
