using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// Makes events of directory audits: twins joined, who did it to whom, policy changes in words, and what somebody should look at. Pure and lazy: an event comes as soon as nothing older can change it any more
/// (<see cref="AuditAnomalies.Span"/>), and no more of the log is held than that.
/// </summary>
internal sealed class AuditEvents
{
    private static readonly TimeSpan Horizon = AuditAnomalies.Span + AuditRecord.PairTolerance;

    private readonly AuditFacts _facts;
    private readonly AuditAnomalies _anomalies;
    private readonly PolicyChangeWords _words;
    /// <summary>The ids of the entries that are held.</summary>
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Newest first: those that are told already and may matter to others, and then those that are not.</summary>
    private readonly List<AuditRecord> _records = [];

    private int _next;

    private AuditEvents(AuditFacts facts) => (_facts, _anomalies, _words) = (facts, new AuditAnomalies(facts), new PolicyChangeWords(facts));

    /// <param name="audits">Newest first; what is about something else is passed over, and what comes twice counts once.</param>
    /// <returns>Newest first.</returns>
    public static IEnumerable<PasskeyAuditEvent> Of(IEnumerable<JObject> audits, AuditFacts facts) => new AuditEvents(facts).Make(audits);

    private IEnumerable<PasskeyAuditEvent> Make(IEnumerable<JObject> audits)
    {
        foreach (var json in audits)
        {
            if (AuditEntry.Of(json) is not { } entry) continue;
            if (_facts.Only is { } only && entry.Kind is not PasskeyAuditKind.PolicyChange && !entry.User.IsSame(new AuditPerson(only.Id, only.UserPrincipalName))) continue;
            if (entry.Id is { } id && !_seen.Add(id)) continue;
            Take(entry);
            while (_next < _records.Count && entry.At is { } now && TimeOf(_records[_next]) - now > Horizon)
                if (Told(_records[_next++]) is { } audit) yield return audit;
            Forget();
        }
        while (_next < _records.Count)
            if (Told(_records[_next++]) is { } audit) yield return audit;
    }

    private void Take(AuditEntry entry)
    {
        for (var i = _records.Count - 1; i >= _next; i--)
        {
            if (!_records[i].TryPair(entry)) continue;
            // The one that says most has the time that counts.
            var paired = _records[i];
            _records.RemoveAt(i);
            Insert(paired);
            return;
        }
        Insert(new AuditRecord(entry));
    }

    /// <summary>Behind what is as new; a log that is not quite in order stays in what order it can.</summary>
    private void Insert(AuditRecord record)
    {
        var at = _records.Count;
        while (at > _next && TimeOf(_records[at - 1]) < TimeOf(record)) at--;
        _records.Insert(at, record);
    }

    /// <summary>What is too new to matter to anything that is not told yet.</summary>
    private void Forget()
    {
        if (_next == 0 || _next == _records.Count) return;
        var gone = 0;
        while (gone < _next && TimeOf(_records[gone]) - TimeOf(_records[_next]) > Horizon) gone++;
        if (gone == 0) return;
        foreach (var id in _records.Take(gone).SelectMany(r => r.Entries).Select(e => e.Id).OfType<string>()) _seen.Remove(id);
        _records.RemoveRange(0, gone);
        _next -= gone;
    }

    private PasskeyAuditEvent? Told(AuditRecord record)
    {
        if (!record.IsWorthTelling) return null;
        IReadOnlyList<string> change = [];
        if (record.Main.Kind is PasskeyAuditKind.PolicyChange && (change = _words.Of(record.Main.Json)).Count == 0) return null;
        var judgement = _anomalies.Judge(record, _records);
        var user = _facts.Only is { } only && record.Main.Kind is not PasskeyAuditKind.PolicyChange ? new AuditPerson(only.Id, only.UserPrincipalName ?? record.User.Name) : record.User;
        return new PasskeyAuditEvent(new AuditDraft(record.Main.Kind, record.At)
        {
            Succeeded = PasskeyAnswers.Of(record.Main.IsSuccess),
            UserId = user.Id,
            UserPrincipalName = user.Name,
            Initiator = record.Initiator,
            InitiatedBy = record.By.Name ?? record.By.Display,
            InitiatorId = record.By.Id,
            Method = record.Main.IsPass ? "Temporary Access Pass" : record.Main.Method,
            Type = record.Main.Type,
            AaGuid = record.Main.AaGuid,
            Provider = record.Main.AaGuid is { } aaGuid ? _facts.Catalog.Find(aaGuid).Name : null,
            Change = change,
            Failure = record.Main.IsSuccess == false ? record.Reason : null,
            Anomalies = judgement.Found,
            NotChecked = judgement.NotChecked,
            HasGap = judgement.HasGap,
            Activities = [.. record.Entries.Select(e => e.Activity)],
            Ids = [.. record.Entries.Select(e => e.Id).OfType<string>()],
            TenantId = _facts.TenantId,
        });
    }

    private static DateTimeOffset TimeOf(AuditRecord record) => record.At ?? DateTimeOffset.MaxValue;
}
