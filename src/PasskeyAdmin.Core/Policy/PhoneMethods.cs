using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>SMS and voice calls: the methods that Microsoft takes away (reference/graph-passkey-policy.md §9).</summary>
internal sealed class PhoneMethods
{
    private const string Migrated = "migrationComplete";

    private readonly List<MethodTarget> _targets = [];

    /// <param name="people">The groups whose members were looked at, by id.</param>
    public PhoneMethods(MethodsPolicy policy, IReadOnlyDictionary<string, GroupPeople> people)
    {
        (string Name, MethodConfiguration? Method)[] methods = [("SMS", policy.Sms), ("voice", policy.Voice)];
        var on = methods.Where(m => m.Method is { State: PolicyState.Enabled, Targets: not null }).Select(m => (m.Name, Method: m.Method!, Reach: m.Method!.Reach(people)!)).ToList();
        // A group that is there has somebody in it sooner or later: it counts, unless it was seen to be empty.
        var used = on.Where(m => m.Reach.Anybody == true || m.Reach.MembersOpen.Any()).ToList();
        if (used.Count > 0)
        {
            IsUsed = true;
            ReachesAllUsers = used.Any(m => m.Method.ReachesAllUsers);
            _targets.AddRange(used.SelectMany(m => m.Reach.Open));
            Evidence = string.Join(", ", used.Select(m => $"{m.Name} is on for {Shown(m.Reach.Open)}{(m.Method.Exclusions is { Count: > 0 } shutOut ? $" (not for {Shown(shutOut)})" : "")}")) + ".";
        }
        else if (on.Find(m => m.Reach.Anybody is null) is { Name: { } name } open)
        {
            Evidence = $"{name} is on; whether that reaches anybody is not known: {open.Reach.NotKnown}.";
        }
        else if (methods.Any(m => m.Method is not { State: PolicyState.Disabled } and not { State: PolicyState.Enabled, Targets: not null }))
        {
            Evidence = "Microsoft Graph does not say whether SMS and voice are on, and for whom.";
        }
        else
        {
            var idle = string.Join(" ", on.Select(m => m.Reach.Idle.Length > 0 ? $"{m.Name} is on, but for nobody: {m.Reach.Idle}." : $"{m.Name} is on, but for nobody."));
            var off = idle.Length > 0 ? idle : "SMS and voice are off.";
            // The old settings are in no API: whether they let SMS in cannot be read.
            HasOldSettings = policy.MigrationState != Migrated;
            IsUsed = HasOldSettings ? null : false;
            Evidence = HasOldSettings
                ? $"{off} But the old multifactor settings still count ({(policy.MigrationState is { } state ? DisplayText.Excerpt(state, 50) : "migration state not known")}), and Microsoft Graph does not show them."
                : off;
        }
    }

    /// <summary>Null where that is not known.</summary>
    public bool? IsUsed { get; }

    public bool ReachesAllUsers { get; }

    /// <summary>Whom they reach, or may.</summary>
    public IReadOnlyList<MethodTarget> Targets => _targets;

    /// <summary>Whether settings from before this policy could still switch them on.</summary>
    public bool HasOldSettings { get; }

    /// <summary>What was seen, as a sentence.</summary>
    public string Evidence { get; }

    private static string Shown(IEnumerable<MethodTarget> targets) => NameLists.First(targets.Select(t => t.Labelled));
}
