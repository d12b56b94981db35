using System;
using System.Collections.Generic;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>A creation under way.</summary>
/// <param name="changeId">What its journal is called by.</param>
internal sealed class AccessRun(AccessCreation creation, ChangeJournal journal, TenantSession tenant, string changeId, CancellationToken stop)
{
    public AccessCreation Creation { get; } = creation;

    public ChangeJournal Journal { get; } = journal;

    public string ChangeId { get; } = changeId;

    public CancellationToken Stop { get; } = stop;

    public bool IsPaced => tenant.Traffic.IsPaced;

    /// <summary>What was there before.</summary>
    public HashSet<string> Before { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The id that the service gave; null where it is not known.</summary>
    public string? Id { get; set; }

    /// <summary>Whether the id came in the answer to our own request: what was only found by its name may be somebody else's.</summary>
    public bool IsOurs { get; set; }

    /// <summary>As the tenant last showed it.</summary>
    public JObject? Made { get; set; }

    public PolicyChangeOutcome Outcome { get; private set; } = PolicyChangeOutcome.NotSent;

    public PasskeyAdminException? Error { get; private set; }

    public List<PasskeyAdminException> Warnings { get; } = [];

    public string Quoted => CommandText.Quote(Creation.Name);

    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>: then it must not be sent.</exception>
    public void Announce(string method, string path, JObject? body) => Journal.Announce("sending", tenant.Traffic.Now, new JObject { ["method"] = method, ["path"] = path, ["body"] = body });

    public void Confirm(string detail) => Journal.Record("confirmed", tenant.Traffic.Now, new JObject { ["objectId"] = Id, ["detail"] = detail });

    /// <param name="error">Null where the tenant shows it.</param>
    public void End(PolicyChangeOutcome outcome, PolicySighting shows, PasskeyAdminException? error)
    {
        (Outcome, Error) = (outcome, error);
        if (outcome is not PolicyChangeOutcome.Applied) Made = null;
        Journal.Record("outcome", tenant.Traffic.Now, new JObject { ["outcome"] = outcome.ToString(), ["shows"] = shows.ToString(), ["objectId"] = Id, ["detail"] = error?.Message });
    }
}
