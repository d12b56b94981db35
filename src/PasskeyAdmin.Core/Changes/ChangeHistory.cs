using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PasskeyAdmin.Changes;

/// <summary>Reads the journals in a folder.</summary>
/// <param name="folder">It need not be there.</param>
internal sealed class ChangeHistory(string folder)
{
    private const long MaximumLength = 4 * 1024 * 1024;

    /// <summary>The changes, the newest first.</summary>
    /// <param name="unreadable">Told of each file that cannot be read.</param>
    public IReadOnlyList<PasskeyPolicyChange> Read(Action<string, PasskeyAdminException> unreadable)
    {
        if (!Directory.Exists(folder)) return [];
        var changes = new List<PasskeyPolicyChange>();
        string[] files;
        try
        {
            files = Directory.GetFiles(folder, "*" + ChangeJournal.Extension);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PasskeyAdminException(ErrorKind.Unavailable, "JournalUnreadable", $"The journal of changes in '{InputFile.Shown(folder)}' cannot be read: {e.Message}", e);
        }
        foreach (var path in files.OrderByDescending(f => f, StringComparer.Ordinal))
        {
            try
            {
                changes.Add(Load(path));
            }
            catch (PasskeyAdminException e)
            {
                unreadable(path, e);
            }
        }
        List<PasskeyPolicyChange> newest = [.. changes.OrderByDescending(c => c.ChangedAt)];
        // An undo that was itself undone has undone nothing.
        foreach (var undo in newest.Where(c => c is { UndoOf: not null, Outcome: PolicyChangeOutcome.Applied }))
            if (undo.UndoneBy is null && changes.Find(c => c.ChangeId == undo.UndoOf) is { MayHaveBeenMade: true } undone) undone.UndoneBy = undo.ChangeId;
        return newest;
    }

    /// <summary>Ids of profiles that changes of a tenant replaced, with those that they have now.</summary>
    /// <param name="changes">The newest first.</param>
    public static IReadOnlyDictionary<string, string> Ids(IEnumerable<PasskeyPolicyChange> changes, string tenant)
    {
        var ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var change in changes.Reverse().Where(c => c.Record.Plan.Tenant.Equals(tenant, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var known in ids.Keys.ToList())
                if (change.Record.Ids.TryGetValue(ids[known], out var newer)) ids[known] = newer;
            foreach (var id in change.Record.Ids) ids[id.Key] = id.Value;
        }
        return ids;
    }

    /// <exception cref="PasskeyAdminException"><c>JournalUnreadable</c>.</exception>
    public static PasskeyPolicyChange Load(string path)
    {
        try
        {
            // Another process may be writing it.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaximumLength) throw new PasskeyAdminException(ErrorKind.InvalidData, "JournalUnreadable", $"'{InputFile.Shown(path)}' is far larger than a journal of a change can be.");
            using var reader = new StreamReader(file, Encoding.UTF8);
            return Of(reader.ReadToEnd(), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PasskeyAdminException(ErrorKind.Unavailable, "JournalUnreadable", $"'{InputFile.Shown(path)}' cannot be read: {e.Message}", e);
        }
    }

    /// <param name="path">Null for one that came as an object.</param>
    /// <exception cref="PasskeyAdminException"><c>JournalUnreadable</c>.</exception>
    public static PasskeyPolicyChange Of(string document, string? path)
    {
        try
        {
            return new PasskeyPolicyChange(ChangeRecord.Parse(document), document, path);
        }
        catch (PasskeyAdminException e)
        {
            throw e.As(e.Kind, "JournalUnreadable", $"{(path is null ? "The document of the change" : $"'{InputFile.Shown(path)}'")} cannot be understood: {e.Message}");
        }
    }
}
