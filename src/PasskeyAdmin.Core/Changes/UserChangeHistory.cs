using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>The journals of changes of what users sign in with. Nothing in them can be undone; but what was removed can be told from what never was.</summary>
/// <param name="folder">Where journals are; it need not be there.</param>
internal sealed class UserChangeHistory(string folder)
{
    private readonly string _folder = Path.Combine(folder, UserChangeJournal.FolderName);

    /// <summary>False where a journal could not be read: then what is not known may stand there.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The newest file of a change, by its id or the beginning of one; null where there is none.</summary>
    public string? Find(string idOrBeginning) =>
        idOrBeginning.Trim() is { Length: > 0 } id ? Files().FirstOrDefault(f => Path.GetFileName(f) is var name && name.IndexOf('-') is > 0 and var dash && name.IndexOf(id, dash + 1, StringComparison.OrdinalIgnoreCase) == dash + 1) : null;

    /// <summary>Those of these passkeys that their user is known to have had: somebody asked here to remove them, and that takes the tenant's own list.</summary>
    /// <param name="tenantId">Null where it is not known: then journals of any tenant count.</param>
    public HashSet<NamedPasskey> Had(string? tenantId, IReadOnlyList<NamedPasskey> passkeys)
    {
        var (open, found) = (new HashSet<NamedPasskey>(passkeys.Select(Key)), new HashSet<NamedPasskey>());
        foreach (var file in Files())
        {
            if (open.Count == 0) break;
            found.UnionWith(Passkeys(file, tenantId).Where(open.Remove));
        }
        return new HashSet<NamedPasskey>(passkeys.Where(p => found.Contains(Key(p))));
    }

    /// <summary>Ids of users are the same in any case, those of passkeys to the letter.</summary>
    private static NamedPasskey Key(NamedPasskey passkey) => passkey with { User = passkey.User.ToUpperInvariant() };

    private List<NamedPasskey> Passkeys(string file, string? tenantId)
    {
        var passkeys = new List<NamedPasskey>();
        try
        {
            // Another process may be writing it.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            if (reader.ReadLine() is not { } first || !IsRemoval(JObject.Parse(first), tenantId)) return passkeys;
            while (reader.ReadLine() is { } line)
                if (JObject.Parse(line) is var json && JsonText.Of(json, "userId") is { } user && JsonText.Of(json, "methodId") is { } id) passkeys.Add(Key(new NamedPasskey(user, id)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            IsWhole = false;
        }
        return passkeys;
    }

    private static bool IsRemoval(JObject head, string? tenantId) =>
        JsonText.Of(head, "kind") == UserChangeJournal.Removal && (tenantId is null || JsonText.Of(head, "tenantId") is not { } other || other.Equals(tenantId, StringComparison.OrdinalIgnoreCase));

    /// <summary>The newest first.</summary>
    private IEnumerable<string> Files()
    {
        try
        {
            return Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*" + ChangeJournal.Extension).OrderByDescending(f => f, StringComparer.Ordinal) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            IsWhole = false;
            return [];
        }
    }
}
