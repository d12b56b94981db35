using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>What the lines of a journal say, as far as they go: the last one may have broken off.</summary>
internal sealed class ChangeRecord
{
    private const int MaximumDepth = 64;

    private readonly Lazy<IReadOnlyList<PlannedWrite>> _writes;
    private readonly List<SentWrite> _sent = [];
    private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);

    private string? _detail = "The command ended before anything was sent.";
    private string? _auditDetail;
    private int _confirmed;

    private ChangeRecord(string id, JObject head, PlanDocument plan)
    {
        (Id, Head, Plan) = (id, head, plan);
        _writes = new(() => PlannedWrites.Of(plan.Before, plan.Change, plan.NewProfiles));
    }

    public string Id { get; }

    public JObject Head { get; }

    public PlanDocument Plan { get; }

    public PolicyChangeOutcome Outcome { get; private set; } = PolicyChangeOutcome.NotSent;

    public PolicySighting Shows { get; private set; }

    public OtherEditState OtherEdit { get; private set; } = OtherEditState.NotApplicable;

    public string? Detail => string.Join(" ", new[] { _detail, _auditDetail }.OfType<string>()) is { Length: > 0 } text ? text : null;

    /// <summary>What was written over what, as far as the journal goes.</summary>
    public IReadOnlyList<SentWrite> Sent => _sent;

    /// <summary>Old ids of profiles with new ones: those that stood for what the service gave, and those that undoing replaced.</summary>
    public IReadOnlyDictionary<string, string> Ids => _ids;

    /// <summary>The policy as the change made it, or wanted it where that is not known, with the ids that the service gave.</summary>
    public JObject After => PolicyRestore.Renamed(Outcome is PolicyChangeOutcome.Incomplete && _confirmed > 0 ? _writes.Value[_confirmed - 1].Expected : PlannedWrites.Merged(Plan.Before, Plan.Change), _ids);

    /// <exception cref="PasskeyAdminException"><c>JournalUnreadable</c>, <c>PlanInvalid</c>.</exception>
    public static ChangeRecord Parse(string text)
    {
        var lines = text.Split('\n');
        if (TryParse(lines[0]) is not { } head || JsonText.Of(head, "format") != ChangeJournal.Mark || !Guid.TryParse(JsonText.Of(head, "id"), out var id)) throw Unreadable("is no journal of a change");
        if (head["version"] is not JValue { Value: long and ChangeJournal.Version }) throw Unreadable("is of another version of PasskeyAdmin");
        var record = new ChangeRecord(id.ToString(), head, PlanDocument.Of(head["plan"] as JObject ?? throw Unreadable("lacks the plan")));
        // What broke off was not done yet: each line comes before what it announces.
        foreach (var line in lines.Skip(1).Select(TryParse).TakeWhile(l => l is not null)) record.Take(line!);
        return record;
    }

    private void Take(JObject line)
    {
        switch (JsonText.Of(line, "event"))
        {
            case "sending":
                AddSent(line);
                (Outcome, Shows, OtherEdit, _detail) = (PolicyChangeOutcome.Interrupted, PolicySighting.NotRead, OtherEditState.Unknown, "The command ended while a change was under way: whether it was made is not known.");
                break;
            case "confirmed":
                (Outcome, Shows, _detail) = (PolicyChangeOutcome.Incomplete, PolicySighting.Other, JsonText.Of(line, "detail"));
                _confirmed = Math.Min(_confirmed + 1, _writes.Value.Count);
                Learn(line);
                break;
            case "outcome":
                (Outcome, Shows, _detail) = (Member<PolicyChangeOutcome>(line, "outcome"), Member<PolicySighting>(line, "shows"), JsonText.Of(line, "detail"));
                Learn(line);
                // What did not arrive is in no log.
                if (line["arrived"] is JValue { Value: long arrived } && arrived < _sent.Count) _sent.RemoveRange((int)arrived, _sent.Count - (int)arrived);
                // What Graph turned away has overwritten nothing.
                if (Outcome is PolicyChangeOutcome.NotSent || (Outcome is PolicyChangeOutcome.Failed && Shows is PolicySighting.NotRead)) OtherEdit = OtherEditState.NotApplicable;
                break;
            case "audit":
                // Who knows less takes back nothing.
                if (Member<OtherEditState>(line, "otherEdit") is var seen && (OtherEdit is OtherEditState.Suspected || (OtherEdit is OtherEditState.None && seen is OtherEditState.Unknown))) break;
                (OtherEdit, _auditDetail) = (seen, JsonText.Of(line, "detail"));
                break;
        }
    }

    private void AddSent(JObject line)
    {
        if (line["body"] is not JObject body || GraphDate.Parse(JsonText.Of(line, "at")) is not { } at) return;
        var before = _sent.Count == 0 ? Plan.Before : _sent.Count <= _writes.Value.Count ? PolicyRestore.Renamed(_writes.Value[_sent.Count - 1].Expected, _ids) : null;
        if (before is not null) _sent.Add(new SentWrite(before, body, at));
    }

    private void Learn(JObject line)
    {
        foreach (var id in (line["ids"] as JObject)?.Properties() ?? []) Map(id.Name, (string?)(id.Value as JValue));
    }

    private void Map(string standIn, string? id)
    {
        if (id is null) return;
        _ids[standIn] = id;
        // What undoing replaced goes on under the new id.
        foreach (var renewed in Plan.Renewed.Where(r => r.Value.Equals(standIn, StringComparison.OrdinalIgnoreCase))) _ids[renewed.Key] = id;
    }

    private static T Member<T>(JObject line, string name) where T : struct, Enum => Enum.TryParse<T>(JsonText.Of(line, name), out var value) ? value : default;

    private static JObject? TryParse(string line)
    {
        if (line.Length == 0) return null;
        try
        {
            using var reader = new JsonTextReader(new StringReader(line)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = MaximumDepth };
            return JObject.Load(reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PasskeyAdminException Unreadable(string reason) => new(ErrorKind.InvalidData, "JournalUnreadable", $"This {reason}.");
}
