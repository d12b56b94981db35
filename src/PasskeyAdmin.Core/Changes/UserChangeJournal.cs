using System;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>What becomes of a change of somebody's methods, as its journal has it.</summary>
internal enum UserChangeOutcome
{
    /// <summary>Nothing was sent, or it was turned away unread (429) and not sent again.</summary>
    NotSent,

    /// <summary>The tenant shows it.</summary>
    Applied,

    /// <summary>It was there before the request came.</summary>
    AlreadyDone,

    /// <summary>A pass that was made, and that nobody knows.</summary>
    Lost,

    /// <summary>A pass that was made and deleted again, as the command was stopped.</summary>
    TakenBack,

    /// <summary>It was sent, and the tenant does not show it, or could not be read.</summary>
    NotConfirmed,

    /// <summary>It was refused, or the tenant shows the state before.</summary>
    Failed,
}

/// <summary>The file of one command that changes what users sign in with: who did it, when and why, each request before it is sent, and what came of it. Never a pass, and users by their ids only.</summary>
internal sealed class UserChangeJournal : IDisposable
{
    public const string Mark = "PasskeyAdmin.UserChange";

    /// <summary>What a removal of passkeys is called.</summary>
    public const string Removal = "removal of passkeys";

    /// <summary>Beside the journals of the passkey policy, which can be undone; this cannot.</summary>
    public const string FolderName = "users";

    private readonly TenantSession _tenant;
    private readonly ChangeJournal _journal;

    /// <param name="folder">Where journals are.</param>
    /// <param name="kind">What is changed, in a word.</param>
    /// <param name="more">What else the first line says.</param>
    /// <param name="begin">How the file is begun; null for the usual way.</param>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>: then nothing may be sent.</exception>
    public UserChangeJournal(TenantSession tenant, string folder, string command, string kind, JObject more, Func<string, string, DateTimeOffset, JObject, ChangeJournal>? begin = null)
    {
        _tenant = tenant;
        Id = Guid.NewGuid().ToString();
        var head = ChangeJournal.Head(Mark, Id, tenant, command);
        head["kind"] = kind;
        head.Merge(more);
        _journal = (begin ?? ChangeJournal.Begin)(System.IO.Path.Combine(folder, FolderName), Id, tenant.Traffic.Now, head);
    }

    /// <summary>What the change is called by.</summary>
    public string Id { get; }

    public string Path => _journal.Path;

    /// <summary>Where to look it up, as something to append to an error.</summary>
    public string Place => $"(change {Id}, {InputFile.Shown(Path)})";

    /// <summary>That what came of it could not be written down; null where it could.</summary>
    public PasskeyAdminException? Incomplete => _journal.Fault is { } fault
        ? fault.As(fault.Kind, "JournalIncomplete", $"What came of the change could not be written into '{InputFile.Shown(Path)}': {fault.InnerException?.Message} {Place}")
        : null;

    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>: then it must not be sent.</exception>
    public void Announce(string method, string path, JObject more)
    {
        var line = new JObject { ["method"] = method, ["path"] = path };
        line.Merge(more);
        _journal.Announce("sending", _tenant.Traffic.Now, line);
    }

    /// <param name="error">Null where there is none. Its words are for whoever runs the command: they name the user.</param>
    public void Record(UserChangeOutcome outcome, PasskeyAdminException? error, JObject more)
    {
        var line = new JObject { ["outcome"] = outcome.ToString() };
        line.Merge(more);
        if (error is not null) line.Merge(new JObject { ["error"] = error.ErrorId, ["status"] = error.StatusCode, ["graphCode"] = error.GraphCode, ["requestId"] = error.RequestId });
        _journal.Record("outcome", _tenant.Traffic.Now, line);
    }

    public void Dispose() => _journal.Dispose();
}
