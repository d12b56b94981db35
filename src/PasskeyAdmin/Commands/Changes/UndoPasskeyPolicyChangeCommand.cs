using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Changes;

namespace PasskeyAdmin.Commands;

/// <summary>Takes a change back that the journal has, and nothing else: by another change, which is planned, measured, guarded and journalled like any.</summary>
[Cmdlet(VerbsCommon.Undo, "PasskeyPolicyChange", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class UndoPasskeyPolicyChangeCommand : PolicyChangeCmdlet
{
    /// <summary>An id, or the beginning of one, or an object of Get-PasskeyPolicyChange or -PassThru: its document does where the file is gone.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ChangeId", "Id")]
    [AllowNull]
    public object? Change { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var history = History();
        var policy = new PolicyReader(Catalog, WriteWarning, StopToken).Read(Session, Client);
        Walk(Session, Client, new PolicyPlanner(Session, Client, Catalog).Undo(policy, Find(history), history, Command, StopToken));
    }, target: Change);

    private PasskeyPolicyChange Find(IReadOnlyList<PasskeyPolicyChange> history)
    {
        if (Wrapped.Unwrap(Change) is PasskeyPolicyChange change) return change;
        return (UserChangeId(Wrapped.Unwrap(Change)) ?? Plans.TextOf(Change)) switch
        {
            { } text when text.Contains(ChangeJournal.Mark) => ChangeHistory.Of(text, null),
            { } id => ChangeIds.Find(id, history, new UserChangeHistory(Journals.Folder(SessionState.Path, JournalPath, Session))),
            _ => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ChangeNotFound", "That is no change. Give the id of one, or an object of Get-PasskeyPolicyChange.") { RecommendedAction = "Get-PasskeyPolicyChange" },
        };
    }

    /// <summary>Who pipes what a change of a user's methods gave learns that it is none of the policy.</summary>
    private static string? UserChangeId(object? given) => given switch
    {
        PasskeyRemoval removal => removal.ChangeId,
        PasskeyTemporaryAccessPass pass => pass.ChangeId,
        _ => null,
    };
}
