using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Users;

/// <summary>
/// Gathers whom a change may affect and what is known of them: the members of the groups that decide, the rows of the registration report, and what the audit log has since.
/// What cannot be read is said, and leaves open what hinges on it. For one measurement.
/// </summary>
/// <param name="now">When the measurement began.</param>
internal sealed class ImpactPeople(GraphClient client, PolicyChange change, ImpactOptions options, DateTimeOffset now)
{
    private const string IsDisabled = "The account is disabled; the passkeys of such accounts are read with -IncludeDisabled.";

    private readonly List<string> _notRead = [];
    private readonly Dictionary<Guid, ReportedMethods?> _report = [];
    private readonly Dictionary<Guid, ImpactPerson> _people = [];
    private readonly HashSet<Guid> _concerned = [];
    private readonly Dictionary<Guid, DirectoryUser> _disabled = [];
    private readonly Dictionary<Guid, string> _names = [];
    private readonly RegistrationEvents _events = new(client);
    private bool _isEnabledHidden;

    /// <summary>What could not be read, in sentences.</summary>
    public List<string> NotRead => _notRead;

    /// <summary>Those who have to be judged one by one.</summary>
    public IReadOnlyCollection<ImpactPerson> People => _people.Values;

    public GroupMembers Members { get; private set; } = new();

    public ImpactReach Reach { get; private set; } = new(change, new GroupMembers());

    /// <summary>The groups that could not be read, as messages name them.</summary>
    public IReadOnlyList<string> UnreadGroups { get; private set; } = [];

    /// <summary>Whether registrations since the report are known.</summary>
    public bool IsLogRead { get; private set; }

    /// <summary>The date up to which the report is known to be whole; null where there is no report.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>What was read of anybody before is out of date: an event since then may be about anybody. Null where there is no such event.</summary>
    public DateTimeOffset? UnassignedUntil { get; private set; }

    /// <summary>How many enabled accounts were looked at, of the report or one by one.</summary>
    public int CountEnabled() => _report.Keys.Concat(_people.Keys).Concat(AsOf is null ? _concerned : []).Distinct().Count(id => !_disabled.ContainsKey(id) && !(_people.TryGetValue(id, out var person) && person.IsEnabled == false));

    /// <summary>Whoever was deleted meanwhile is affected by nothing.</summary>
    public void Forget(ImpactPerson person)
    {
        var id = Guid.Parse(person.Id);
        _people.Remove(id);
        _report.Remove(id);
        _concerned.Remove(id);
    }

    /// <exception cref="PasskeyAdminException"><c>ImpactNotMeasurable</c> where nobody can say who is concerned.</exception>
    public void Read(CancellationToken token)
    {
        IsLogRead = TryRead("The audit log", () => _events.Read(now - RegistrationReport.Latency, token));
        ReadMembers(token);
        if (TryReadReport(token)) AddWhatTheReportLacks(token);
        else AddEverybody(token);
        if (_isEnabledHidden) _notRead.Add("Which accounts are disabled does not show (User.Read.All does that): disabled accounts are counted among the others.");
    }

    private void ReadMembers(CancellationToken token)
    {
        var concerned = change.Concerned();
        var targets = new[] { change.Before.Policy, change.After.Policy }.SelectMany(p => p.Target.Select(t => (t.Id, t.Kind, t.Status)).Concat(p.Exclusion.Select(e => (e.Id, e.Kind, e.Status)))).ToList();
        var isEverybody = concerned.Contains(TargetFacts.AllUsers, StringComparer.OrdinalIgnoreCase);
        Members = new GroupMembersSource(client).Read(targets, change.Deciding(), id => !isEverybody && concerned.Contains(id, StringComparer.OrdinalIgnoreCase), Meet, token);
        Reach = new ImpactReach(change, Members);
        UnreadGroups = [.. Members.Unread.Keys.Select(change.NameOf)];
        if (Members.Unread.Count > 0) _notRead.Add($"The members of {NameLists.And(UnreadGroups)} could not be read: {Members.Unread.Values.First()}");
        // Whoever is in a group that cannot be read is among all users.
        if (isEverybody || Members.Unread.Count > 0) IsListWhole = TryRead("The list of users", () => MeetEverybody(token));
    }

    /// <summary>False where the list of users was needed and could not be read: those whom the report leaves out are in no number then.</summary>
    public bool IsListWhole { get; private set; } = true;

    private void MeetEverybody(CancellationToken token)
    {
        foreach (var user in new DirectoryUserSource(client).All(token)) Meet(user);
    }

    /// <summary>Of most, the report will tell; of the disabled it never does.</summary>
    private void Meet(DirectoryUser user)
    {
        if (!Guid.TryParse(user.Id, out var id)) return;
        _concerned.Add(id);
        _isEnabledHidden |= user.IsEnabled is null;
        // Events may have the name only, and the report an older one.
        if (user.UserPrincipalName is { } name && _events.Of(null, name) is not null) _names[id] = name;
        if (user.IsEnabled == false) _disabled[id] = user;
    }

    /// <returns>False where there is no report to be had.</returns>
    private bool TryReadReport(CancellationToken token)
    {
        var report = new RegistrationReport(client, options.Checkpoint);
        try
        {
            foreach (var row in report.Read(now, options.Progress, token))
            {
                // A report that had to be begun anew gives some rows twice.
                if (!Guid.TryParse(row.Id, out var id) || _report.ContainsKey(id)) continue;
                _report.Add(id, row.Methods);
                var recent = _events.Of(row.Id, row.UserPrincipalName, NameOf(id));
                if (options.KeepsUnaffected || (Reach.MayAffect(row.Id) && (row.HasPasskey || row.Methods is null || recent is not null || !IsLogRead))) _people[id] = Of(row, id);
            }
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e) && report.Count == 0 && options.Checkpoint?.HasPages != true)
        {
            _report.Clear();
            _people.Clear();
            _notRead.Add($"{RegistrationReport.WhyMissing(e)} The methods were read user by user. Certificates do not show there.");
            return false;
        }
        AsOf = report.WholeUntil ?? now - RegistrationReport.Latency;
        // An older report than is documented leaves a gap that the first look at the log did not cover.
        if (IsLogRead && AsOf < now - RegistrationReport.Latency) IsLogRead = TryRead("The audit log", () => _events.Read(AsOf.Value, token));
        if (RegistrationEvents.GapSince(AsOf, now) is { } gap)
        {
            _notRead.Add(gap);
            IsLogRead = false;
        }
        return true;
    }

    private ImpactPerson Of(ReportedUser row, Guid id) => new(row.Id, Members.NumberOf(row.Id))
    {
        UserPrincipalName = NameOf(id) ?? row.UserPrincipalName,
        ReportedName = row.UserPrincipalName,
        DisplayName = row.DisplayName,
        IsAdministrator = row.IsAdministrator,
        IsGuest = row.IsGuest,
        // Who was disabled since is still in the report.
        IsEnabled = !_disabled.ContainsKey(id),
        Reported = row.Methods,
    };

    /// <summary>The name in the directory of those of whom the log tells by it.</summary>
    private string? NameOf(Guid id) => _names.TryGetValue(id, out var name) ? name : null;

    private void AddWhatTheReportLacks(CancellationToken token)
    {
        foreach (var user in _disabled.Where(u => !_report.ContainsKey(u.Key))) Add(user.Value);
        var missing = _concerned.Where(id => !_report.ContainsKey(id) && !_disabled.ContainsKey(id)).Select(id => id.ToString()).Where(Reach.MayAffect);
        // The log was needed for longer than it was there when the rows were read.
        var doubted = IsLogRead ? [] : _report.Keys.Select(id => id.ToString()).Where(id => !_people.ContainsKey(Guid.Parse(id)) && Reach.MayAffect(id));
        Look([.. missing.Concat(doubted)], token);
    }

    /// <summary>Looks up users, and whom events are about who was not met so far.</summary>
    private void Look(IReadOnlyList<string> ids, CancellationToken token)
    {
        // In a row, since by the log: the row says the rest.
        var open = new HashSet<string>(_events.Unmet.Where(key => !Guid.TryParse(key, out _) || Reach.MayAffect(key)), StringComparer.OrdinalIgnoreCase);
        var unknown = new List<string>();
        foreach (var (key, user) in new DirectoryUserSource(client).Lookup([.. open.Concat(ids).Distinct(StringComparer.OrdinalIgnoreCase)], token))
        {
            if (user is not null) Add(user);
            else if (open.Contains(key) && !Guid.TryParse(key, out _)) unknown.Add(key);
        }
        if (_events.Nameless + unknown.Count is > 0 and var events) _notRead.Add(RegistrationEvents.Unassigned(events));
        UnassignedUntil = _events.NewestUnassigned(unknown);
        foreach (var person in _people.Values) person.Recent = _events.Of(person.Id, person.UserPrincipalName ?? NameOf(Guid.Parse(person.Id)), person.ReportedName);
    }

    /// <summary>Somebody whom the directory tells of; the report may have a row all the same.</summary>
    private void Add(DirectoryUser user)
    {
        if (!Guid.TryParse(user.Id, out var id) || !Reach.MayAffect(user.Id)) return;
        if (!_people.TryGetValue(id, out var person))
        {
            var isReported = _report.TryGetValue(id, out var methods);
            // Whoever is newer than the report had nothing then.
            _people[id] = person = new ImpactPerson(user.Id, Members.NumberOf(user.Id)) { Reported = isReported ? methods : user.CreatedAt > AsOf ? ReportedMethods.None : null };
        }
        person.Take(user);
        if (user.IsEnabled == false && person.Reported is null && !options.IncludesDisabled) person.Hindrance = IsDisabled;
    }

    /// <summary>Without a report, everybody whom the change may affect is looked at.</summary>
    private void AddEverybody(CancellationToken token)
    {
        if (!IsListWhole) throw new PasskeyAdminException(ErrorKind.Unavailable, "ImpactNotMeasurable", $"Whom the change affects cannot be told: {string.Join(" ", _notRead)}");
        foreach (var id in _concerned.Where(id => options.KeepsUnaffected || Reach.MayAffect(id.ToString())))
        {
            var person = _people[id] = new ImpactPerson(id.ToString(), Members.NumberOf(id.ToString()));
            person.Recent = _events.Of(person.Id, NameOf(id));
            // Their passkeys would not tell.
            if (Members.Unread.Count > 0 && !Reach.AffectsForCertain(person.Number)) person.Hindrance = $"Whether the user is in {NameLists.And(UnreadGroups)} is not known.";
            if (!_disabled.TryGetValue(id, out var user)) continue;
            person.Take(user);
            if (!options.IncludesDisabled) person.Hindrance = IsDisabled;
        }
        Look([], token);
    }

    /// <summary>What cannot be read costs itself only, and is said.</summary>
    private bool TryRead(string what, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            _notRead.Add($"{what} could not be read: {e.Message}");
            return false;
        }
    }
}
