using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>
/// Who is in which of some groups, through nested groups too, as far as it could be read. Whoever is in the same groups has the same number: a tenant of
/// hundreds of thousands has a few dozen of them.
/// </summary>
internal sealed class GroupMembers
{
    private readonly Dictionary<Guid, int> _numberOf = [];
    private readonly List<HashSet<string>> _groupsOf = [new(StringComparer.OrdinalIgnoreCase)];
    private readonly Dictionary<(int Number, string Group), int> _next = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase) { [""] = InNone };
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _unread = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, Membership> _memberships = [];

    /// <summary>The groups that could not be read, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unread => _unread;

    /// <summary>The number of those who are in none of the groups.</summary>
    public const int InNone = 0;

    public int NumberOf(string userId) => Guid.TryParse(userId, out var id) ? NumberOf(id) : InNone;

    public int NumberOf(Guid userId) => _numberOf.TryGetValue(userId, out var number) ? number : InNone;

    /// <summary>How many users were seen in a group.</summary>
    public int CountOf(string group) => _numberOf.Values.Count(n => _groupsOf[n].Contains(group));

    /// <summary>What is known of the groups of those with a number. What nobody asked about is taken for a group that they are not in: it decides nothing.</summary>
    public Membership Of(int number)
    {
        if (_memberships.TryGetValue(number, out var known)) return known;
        var groups = _groupsOf[number];
        // A user who is named outright is a group of one here.
        return _memberships[number] = new Membership(id => groups.Contains(id) ? true : _unread.ContainsKey(id) ? null : false);
    }

    public bool IsRead(string group) => _read.Contains(group);

    public void Add(string group, string userId)
    {
        if (!Guid.TryParse(userId, out var id)) return;
        _numberOf.TryGetValue(id, out var number);
        if (_groupsOf[number].Contains(group)) return;
        if (!_next.TryGetValue((number, group), out var next))
        {
            var groups = new HashSet<string>(_groupsOf[number], StringComparer.OrdinalIgnoreCase) { group };
            var key = string.Join(" ", groups.OrderBy(g => g, StringComparer.OrdinalIgnoreCase));
            if (!_numbers.TryGetValue(key, out next))
            {
                _numbers.Add(key, next = _groupsOf.Count);
                _groupsOf.Add(groups);
            }
            _next.Add((number, group), next);
        }
        _numberOf[id] = next;
    }

    public void SetRead(string group) => _read.Add(group);

    /// <summary>What was seen of it stays seen; of everybody else it is not known.</summary>
    public void SetUnread(string group, string reason) => _unread[group] = reason;
}
