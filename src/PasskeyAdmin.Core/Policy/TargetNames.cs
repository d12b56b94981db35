using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Policy;

/// <summary>Reads what the directory calls the groups and users that a policy names by id.</summary>
internal sealed class TargetNames(GraphClient client)
{
    /// <param name="notRead">Gets a sentence for what could not be read.</param>
    /// <exception cref="PasskeyAdminException">Where the sign-in ended.</exception>
    public Dictionary<string, TargetName> Read(IEnumerable<TargetFacts> targets, List<string> notRead, CancellationToken token)
    {
        var asked = targets.Where(t => t.Kind is TargetKind.Group or TargetKind.User).GroupBy(t => t.Id, StringComparer.OrdinalIgnoreCase).Select(g => g.First()).ToList();
        var names = new Dictionary<string, TargetName>(StringComparer.OrdinalIgnoreCase);
        var paths = asked.Select(t => $"/v1.0/{(t.Kind is TargetKind.User ? "users" : "groups")}/{Uri.EscapeDataString(t.Id)}?$select=id,displayName").ToList();
        var unread = new Dictionary<TargetKind, (int Count, string Reason)>();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            var target = asked[index];
            names[target.Id] = Name(answer, target.Id);
            // The sign-in ended: that is not about names.
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            if (names[target.Id].Status is not TargetStatus.NotRead) continue;
            unread.TryGetValue(target.Kind, out var before);
            unread[target.Kind] = (before.Count + 1, before.Reason ?? (answer.IsSuccess ? "the answer is about something else." : client.ErrorOf(answer, paths[index]).Message));
        }
        foreach (var kind in unread)
            notRead.Add($"The names of {kind.Value.Count} {(kind.Key is TargetKind.User ? "user" : "group")}{(kind.Value.Count == 1 ? "" : "s")} could not be read, as: {kind.Value.Reason}");
        return names;
    }

    private static TargetName Name(GraphAnswer answer, string id)
    {
        if (answer.IsGone) return new TargetName(TargetStatus.NotFound, null);
        // An answer about another object says nothing of this one.
        return answer.IsSuccess && id.Equals(JsonText.Of(answer.Body, "id"), StringComparison.OrdinalIgnoreCase)
            ? new TargetName(TargetStatus.Found, JsonText.Of(answer.Body, "displayName"))
            : TargetName.NotRead;
    }
}
