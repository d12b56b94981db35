using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>A change of the passkey policy as the journal has it.</summary>
public sealed class PasskeyPolicyChange
{
    internal PasskeyPolicyChange(ChangeRecord record, string document, string? path)
    {
        Record = record;
        Document = document;
        Path = path;
        var head = record.Head;
        ChangeId = record.Id;
        ChangedAt = DateOf(head);
        TenantId = Shown(head, "tenantId");
        TenantName = Shown(head, "tenantName");
        Environment = Shown(head, "environment");
        Account = Shown(head, "account");
        Command = Shown(head, "command") ?? "";
        UndoOf = record.Plan.Undoes;
        Difference = new JoinedList<string>((head["difference"] as JArray ?? []).OfType<JValue>().Select(v => v.Value).OfType<string>().Select(DisplayText.Neutralise));
        IsImpactMeasured = head["impact"] is JObject;
        Affected = Number(head, "affected");
        Stranded = Number(head, "stranded");
        Unknown = Number(head, "unknown");
    }

    public string ChangeId { get; }

    /// <summary>When it was made, in UTC, by the clock of the machine that made it.</summary>
    public DateTimeOffset ChangedAt { get; }

    /// <summary>Null where the id of the tenant was not known.</summary>
    public string? TenantId { get; }

    public string? TenantName { get; }

    /// <summary>The cloud, or Sandbox.</summary>
    public string? Environment { get; }

    /// <summary>Who was signed in: a user principal name, or the id of an application; null where that was not known.</summary>
    public string? Account { get; }

    /// <summary>The command that worked it out.</summary>
    public string Command { get; }

    /// <summary>What it changes, in words.</summary>
    public IReadOnlyList<string> Difference { get; }

    public PolicyChangeOutcome Outcome => Record.Outcome;

    /// <summary>What the policy was when it was last read.</summary>
    public PolicySighting TenantShows => Record.Shows;

    /// <summary>Whether somebody else's edit may have been lost.</summary>
    public OtherEditState OtherEdit => Record.OtherEdit;

    /// <summary>What there is to know about the outcome; null where there is nothing.</summary>
    public string? Detail => Record.Detail is { } detail ? DisplayText.Neutralise(detail) : null;

    /// <summary>Whether it was measured whom it affects.</summary>
    public bool IsImpactMeasured { get; }

    /// <summary>Users who lose something, as measured beforehand; null where that was not measured.</summary>
    public int? Affected { get; }

    /// <summary>Those of them who have no phishing-resistant method left; null where that was not measured.</summary>
    public int? Stranded { get; }

    /// <summary>Users of whom it was not known; null where that was not measured.</summary>
    public int? Unknown { get; }

    /// <summary>The change that undid this one, as far as the same journal tells; null where none did.</summary>
    public string? UndoneBy { get; internal set; }

    /// <summary>The change that it undoes; null where it undoes none.</summary>
    public string? UndoOf { get; }

    /// <summary>The file; null for one that came as an object.</summary>
    public string? Path { get; }

    /// <summary>What the file holds: lines of JSON. With it, a change can be undone where the file is gone. It has no token in it.</summary>
    public string Document { get; }

    /// <summary>False where nothing was sent, or Microsoft Graph refused it.</summary>
    internal bool MayHaveBeenMade => Outcome is not PolicyChangeOutcome.NotSent && !(Outcome is PolicyChangeOutcome.Failed && TenantShows is PolicySighting.NotRead);

    internal ChangeRecord Record { get; }

    public override string ToString() => $"{string.Join("; ", Difference)}: {Outcome}";

    private static DateTimeOffset DateOf(JObject head) => GraphDate.Parse(JsonText.Of(head, "at")) ?? default;

    private static string? Shown(JObject head, string name) => JsonText.Of(head, name) is { } text ? DisplayText.Excerpt(text, 300) : null;

    private static int? Number(JObject head, string name) => (head["impact"] as JObject)?[name] is JValue { Value: long number } ? (int)number : null;
}
