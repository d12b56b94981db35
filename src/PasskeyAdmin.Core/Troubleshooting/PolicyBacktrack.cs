using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// What the policy was before each of its changes: the audit log has old values (reference/graph-users-and-usage.md §4; their form is unofficial, and they may be partial), and going back from the present
/// policy change by change gives the ones before. Changes made by this module stand whole in its journal, also those that the log does not have yet.
/// </summary>
internal sealed class PolicyBacktrack(PasskeyPolicySource source, GraphClient client)
{
    /// <summary>How far an event of the log and a line of the journal may be apart and still be the same change.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(2);

    /// <param name="journal">The changes that the journal has of this tenant.</param>
    /// <returns>The newest first.</returns>
    /// <exception cref="PasskeyAdminException">Where the audit log cannot be read.</exception>
    public IReadOnlyList<SeenPolicyChange> Read(PasskeyPolicy now, IReadOnlyList<PasskeyPolicyChange> journal, DateTimeOffset since, CancellationToken token)
    {
        var logged = OfLog(now, client.GetAll(AuditPaths.PolicyChanges(since), token)).ToList();
        return Joined(logged, OfJournal(now, journal));
    }

    /// <summary>The same where the log could not be read.</summary>
    public IReadOnlyList<SeenPolicyChange> OfJournal(PasskeyPolicy now, IReadOnlyList<PasskeyPolicyChange> journal) => [.. journal.Where(c => c.MayHaveBeenMade && c.UndoneBy is null).Select(c => OfJournal(now, c)).OfType<SeenPolicyChange>()];

    private static IReadOnlyList<SeenPolicyChange> Joined(List<SeenPolicyChange> logged, IReadOnlyList<SeenPolicyChange> written)
    {
        foreach (var change in written)
        {
            // The log may have a change of two writes twice; the journal says all of it at once.
            logged.RemoveAll(l => (l.At - change.At).Duration() <= Apart && l.Words.Any(change.Words.Contains));
            logged.Add(change);
        }
        return [.. logged.OrderByDescending(c => c.At)];
    }

    private SeenPolicyChange? OfJournal(PasskeyPolicy now, PasskeyPolicyChange change)
    {
        if (Understood(change.Record.Plan.Before, now) is not { } before || Understood(change.Record.After, now) is not { } after) return null;
        return new SeenPolicyChange(change.ChangedAt, change.Account, change.Difference, before, after) { ChangeId = change.ChangeId };
    }

    private IEnumerable<SeenPolicyChange> OfLog(PasskeyPolicy now, IEnumerable<JObject> audits)
    {
        var after = now;
        foreach (var audit in audits.Where(a => JsonText.Of(a, "result") is null or "success").OrderByDescending(a => GraphDate.Parse(JsonText.Of(a, "activityDateTime")) ?? DateTimeOffset.MaxValue))
        {
            if (GraphDate.Parse(JsonText.Of(audit, "activityDateTime")) is not { } at) continue;
            var raw = after.Raw.Copy();
            foreach (var setting in LoggedSetting.Of(audit).Where(s => PolicyJson.KnownProperties.Contains(s.Name) && s.Name != "id")) TakeBack(raw, setting);
            if (Understood(raw, now) is not { } before) continue;
            List<string> words = [.. PolicyDifference.Between(before, after)];
            if (words.Count > 0) yield return new SeenPolicyChange(at, UserAudit.ByOf(audit), words, before, after);
            after = before;
        }
    }

    private static void TakeBack(JObject policy, LoggedSetting setting)
    {
        if (setting is { Old: JArray old, New: JArray now })
        {
            var (was, became) = (ById(old), ById(now));
            var items = new JArray();
            foreach (var item in PolicyItems.Of(policy, setting.Name))
            {
                var id = PolicyItems.IdOf(item);
                // What was not there before came with the change.
                if (became.ContainsKey(id) && !was.ContainsKey(id)) continue;
                items.Add(was.TryGetValue(id, out var part) ? Overlaid(item, part) : item.DeepClone());
                was.Remove(id);
            }
            foreach (var gone in was.Where(w => !became.ContainsKey(w.Key))) items.Add(gone.Value.DeepClone());
            policy[setting.Name] = items;
        }
        else if (setting.Old is { } value and not JArray && setting.New is not JArray) policy[setting.Name] = value.DeepClone();
    }

    /// <summary>Of an item in part, the rest is as it is.</summary>
    private static JObject Overlaid(JObject item, JObject part)
    {
        var whole = (JObject)item.DeepClone();
        foreach (var property in part.Properties()) whole[property.Name] = property.Value.DeepClone();
        return whole;
    }

    private static Dictionary<string, JObject> ById(JArray items) => items.OfType<JObject>().GroupBy(PolicyItems.IdOf).ToDictionary(g => g.Key, g => g.First());

    private PasskeyPolicy? Understood(JObject raw, PasskeyPolicy now)
    {
        try
        {
            return source.Understand(raw, now);
        }
        catch (PasskeyAdminException)
        {
            // A form that this version does not know tells nothing.
            return null;
        }
    }
}
