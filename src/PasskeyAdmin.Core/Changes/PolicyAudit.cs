using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Changes;

/// <summary>What the audit log says about somebody else's edits.</summary>
/// <param name="Fault">Why it says nothing; null where it does, or where it does not have this change yet.</param>
internal sealed record AuditFinding(OtherEditState State, string? Fault = null)
{
    /// <summary>The setting in which an edit was lost; null where none was.</summary>
    public string? Setting { get; init; }

    /// <summary>What the setting was when it was written over.</summary>
    public JToken? Overwritten { get; init; }
}

/// <summary>Who made a change, as the log may name them.</summary>
/// <param name="Account">A user principal name, or the id of an application; null where it is not known.</param>
internal sealed record AuditInitiator(string? Account, bool IsApplication)
{
    /// <summary>False for what failed, and for what somebody else did, as far as the log says who.</summary>
    public bool MayHaveMade(JObject audit)
    {
        if (JsonText.Of(audit, "result") is { } result && !result.Equals("success", StringComparison.OrdinalIgnoreCase)) return false;
        if (Account is null || audit["initiatedBy"] is not JObject by) return true;
        var (user, app) = (JsonText.Of(by["user"] as JObject, "userPrincipalName"), JsonText.Of(by["app"] as JObject, "appId"));
        if (IsApplication) return by["user"] is not JObject && (app is null || app.Equals(Account, StringComparison.OrdinalIgnoreCase));
        return by["app"] is not JObject && (user is null || user.Equals(Account, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>
/// Looks into the audit log whether a write took the place of what it was planned for. An event has the old value of each setting that changed: where that of our own write is not what we had read, somebody
/// wrote in between (reference/graph-users-and-usage.md §4; the form of the values is unofficial, so what is not understood is Unknown). The log lags by minutes: not to find anything proves nothing.
/// </summary>
internal sealed class PolicyAudit(TenantSession tenant, GraphClient client)
{
    private const string Activity = "Authentication Methods Policy Update";

    /// <summary>How far the clocks of this machine and the service may be apart, for finding an event at all.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    /// <summary>How much earlier than it was sent a write may seem to have come: what is earlier may be the same change made and taken back before.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <param name="initiator">Who made the change.</param>
    /// <param name="sent">What was written, in this order.</param>
    public AuditFinding Look(AuditInitiator initiator, IReadOnlyList<SentWrite> sent, CancellationToken token)
    {
        var path = $"/v1.0/auditLogs/directoryAudits?$filter={Uri.EscapeDataString($"activityDisplayName eq '{Activity}' and activityDateTime ge {GraphDate.Text(sent.Select(s => s.At).DefaultIfEmpty(tenant.Traffic.Now).Min() - ClockDifference)}")}";
        List<AuditedChange> events;
        try
        {
            events = [.. client.GetAll(path, token).Where(initiator.MayHaveMade).Select(e => new AuditedChange(GraphDate.Parse(JsonText.Of(e, "activityDateTime")), Settings(e)))];
        }
        catch (PasskeyAdminException e)
        {
            return new AuditFinding(OtherEditState.Unknown, $"Whether somebody else's edit was lost is not known, because the audit log could not be read: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return new AuditFinding(OtherEditState.Unknown);
        }
        // In a sandbox, its clock is ours.
        var (isSeen, tolerance) = (true, tenant.IsSandbox ? TimeSpan.Zero : Tolerance);
        foreach (var write in sent)
        {
            // The first that looks like it: a later one may be the same made again. Each is that of one write.
            var own = events.Where(e => e.At >= write.At - tolerance && IsOwn(e.Settings, write)).OrderBy(e => e.At).FirstOrDefault();
            isSeen &= own is not null;
            if (own is null) continue;
            events.Remove(own);
            foreach (var setting in Shared(own.Settings, write))
                if (IsOverwritten(setting, write.Before[setting.Name]!, write.Body[setting.Name]!)) return new AuditFinding(OtherEditState.Suspected) { Setting = setting.Name, Overwritten = setting.Old };
        }
        return new AuditFinding(isSeen ? OtherEditState.None : OtherEditState.Unknown);
    }

    /// <summary>Whether an event is that of a write: what was to change did, and the values are those that were sent. The log may hold no more than what changed: what its values leave out says nothing.</summary>
    private static bool IsOwn(List<AuditedSetting> settings, SentWrite write)
    {
        var shared = Shared(settings, write);
        return shared.Count > 0 && shared.TrueForAll(setting =>
        {
            var body = write.Body[setting.Name]!;
            PolicyPlaces Of(JToken part) => Places(setting.Name, part, body);
            var (old, value, sent) = (Of(setting.Old), Of(setting.New), Of(body));
            var meant = Of(write.Before[setting.Name]!).DifferencesTo(sent).ToList();
            return value.DifferencesTo(sent).All(p => value[p] is null || !PolicyPlaces.IsKnown(p)) && meant.TrueForAll(p => value[p] == sent[p]) && (meant.Count == 0 || meant.Exists(p => old[p] != value[p]));
        });
    }

    /// <summary>Whether a write changed more than it was meant to, or from something else, as far as both values say it.</summary>
    private static bool IsOverwritten(AuditedSetting setting, JToken before, JToken body)
    {
        PolicyPlaces Of(JToken part) => Places(setting.Name, part, body);
        var (old, value, planned, sent) = (Of(setting.Old), Of(setting.New), Of(before), Of(body));
        var meant = planned.DifferencesTo(sent).ToList();
        // Only a whole list says that something was missing in it.
        var isWhole = setting.New is not JArray || (setting.Old is JArray list && list.Count > 0 && value.DifferencesTo(sent).All(p => sent[p] is null));
        return old.DifferencesTo(value).Where(PolicyPlaces.IsKnown).Any(p =>
            old[p] is not null && value[p] is not null ? !meant.Contains(p) || old[p] != planned[p]
            : old[p] is not null ? sent[p] is null && planned[p] is null
            : isWhole && !meant.Contains(p) && planned[p] is not null);
    }

    /// <summary>What follows the default profile is in the log and was not sent.</summary>
    private static List<AuditedSetting> Shared(List<AuditedSetting> settings, SentWrite write) => settings.FindAll(s => write.Body[s.Name] is not null && write.Before[s.Name] is not null);

    /// <summary>A profile that was sent without an id has one in the log: names tell them apart well enough.</summary>
    private static PolicyPlaces Places(string name, JToken value, JToken sent)
    {
        if (value is not JArray items) return PolicyPlaces.OfProperty(name, value);
        var ids = (sent as JArray ?? []).OfType<JObject>().Select(i => JsonText.Of(i, "id")).OfType<string>().ToList();
        var copy = (JArray)items.DeepClone();
        if (name == "passkeyProfiles") foreach (var item in copy.OfType<JObject>().Where(i => JsonText.Of(i, "id") is { } id && !ids.Contains(id, StringComparer.OrdinalIgnoreCase))) item.Remove("id");
        return PolicyPlaces.OfProperty(name, copy);
    }

    private static List<AuditedSetting> Settings(JObject audit) => [.. LoggedSetting.Of(audit).Where(s => s is { Old: not null, New: not null }).Select(s => new AuditedSetting(s.Name, s.Old!, s.New!))];

    private sealed record AuditedChange(DateTimeOffset? At, List<AuditedSetting> Settings);

    private sealed record AuditedSetting(string Name, JToken Old, JToken New);
}
