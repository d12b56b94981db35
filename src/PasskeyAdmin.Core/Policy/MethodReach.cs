using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>Whom the targets of a method reach: an exclusion wins over every target, and a target may reach nobody (reference/graph-passkey-policy.md §7.2, §7.3 [D]).</summary>
internal sealed class MethodReach
{
    private const string MembersNotRead = "members not read";

    private readonly List<(MethodTarget Target, bool? Reaches, string? Why)> _targets;
    private readonly IReadOnlyList<MethodTarget>? _exclusions;

    /// <param name="exclusions">Null where they are not known.</param>
    /// <param name="people">The groups whose members were looked at, by id.</param>
    /// <param name="isForMembers">Whether guests of another tenant cannot use it (reference/adoption-and-troubleshooting.md [D], passkeys).</param>
    public MethodReach(IEnumerable<MethodTarget> targets, IReadOnlyList<MethodTarget>? exclusions, IReadOnlyDictionary<string, GroupPeople> people, bool isForMembers = false)
    {
        _exclusions = exclusions;
        _targets = [.. targets.Select(t => Judge(t, exclusions, people, isForMembers))];
    }

    /// <summary>False where nobody is left; null where that is not known.</summary>
    public bool? Anybody => _targets.Exists(t => t.Reaches == true) ? true : _targets.Exists(t => t.Reaches is null) ? null : false;

    /// <summary>Targets that reach somebody, or may.</summary>
    public IEnumerable<MethodTarget> Open => _targets.Where(t => t.Reaches != false).Select(t => t.Target);

    /// <summary>The groups of which only the members are open.</summary>
    public IEnumerable<MethodTarget> MembersOpen => _targets.Where(t => t is { Reaches: null, Why: MembersNotRead }).Select(t => t.Target);

    /// <summary>Whom it is on for, and from whom it is kept, as it goes on after "On for"; groups of which that is not known stand apart.</summary>
    public string Whom => $"{Names(_targets.Where(t => t.Reaches == true).Select(t => t.Target))}{NotFor}{Besides}";

    /// <summary>The exclusions, as something to append.</summary>
    public string NotFor => _exclusions is { Count: > 0 } ? $"; not for {Names(_exclusions)}" : "";

    /// <summary>The targets that reach nobody, and why; empty where there are none.</summary>
    public string Idle => string.Join(", ", Labelled(_targets.Where(t => t.Reaches == false)));

    /// <summary>The targets of which it is not known, and why.</summary>
    public string NotKnown => string.Join(", ", Labelled(_targets.Where(t => t.Reaches is null)));

    private string Besides
    {
        get
        {
            var others = string.Join(", ", Labelled(_targets.Where(t => t.Reaches is null && t.Why != MembersNotRead)));
            return (MembersOpen.Any() ? $"; also meant for {Names(MembersOpen)}, whose members were not read" : "") + (others.Length > 0 ? $"; also meant for {others}" : "");
        }
    }

    private static (MethodTarget Target, bool? Reaches, string? Why) Judge(MethodTarget target, IReadOnlyList<MethodTarget>? exclusions, IReadOnlyDictionary<string, GroupPeople> people, bool isForMembers)
    {
        if (target.Status is TargetStatus.NotFound) return (target, false, null);
        if (target.Hindrance is { } hindrance) return (target, target.IsHindranceCertain ? false : null, hindrance);
        var shutOut = exclusions?.Where(e => PasskeyExclusion.ShutsOut(e.Kind, e.Id, target.Id)).ToList() ?? [];
        if (shutOut.Count > 0) return (target, false, shutOut.Exists(e => e.Kind is TargetKind.AllUsers) ? "everybody is excluded" : "excluded as well");
        if (target.Kind is TargetKind.AllUsers) return (target, true, null);
        if (exclusions is null) return (target, null, "who is excluded is not known");
        if (target.Kind is TargetKind.Unknown || target.Status is TargetStatus.NotRead) return (target, null, null);
        if (target.Kind is TargetKind.User) return (target, true, null);
        if (!people.TryGetValue(target.Id, out var found)) return (target, null, MembersNotRead);
        if (!found.HasUsers) return (target, false, "no users in it");
        // Guests from another tenant cannot use it here; a guest may also be an account of this one.
        return !isForMembers || found.HasMembers == true ? (target, true, null) : (target, null, found.HasMembers == false ? "guests only" : MembersNotRead);
    }

    private static string Names(IEnumerable<MethodTarget> targets) => string.Join(", ", Labelled(targets.Select(t => (t, (bool?)null, (string?)null))));

    /// <summary>Two groups may have one name.</summary>
    private static IEnumerable<string> Labelled(IEnumerable<(MethodTarget Target, bool? Reaches, string? Why)> targets) =>
        targets.ToLookup(t => t.Target.Shown).SelectMany(g => g.Select(t => $"{(g.Count() > 1 ? t.Target.Labelled : t.Target.Shown)}{(t.Why is { } why ? $" ({why})" : "")}"));
}
