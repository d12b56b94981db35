using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A change of each kind that a cmdlet can make.</summary>
/// <param name="Plan">Prepares the tenant where that is needed, and plans.</param>
internal sealed record ChangeKind(string Name, Func<ChangesFixture, PasskeyPolicyPlan> Plan);

internal static class ChangeKinds
{
    private static readonly Guid Apple = Guid.Parse(UsersFixture.Apple);
    private static readonly ProfileSettings NewProfile = new() { Name = "New", Types = PasskeyTypes.Synced, Providers = [new ProviderListChange(ProviderListAction.Allow, [Apple])] };

    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new("Set-PasskeyProfile", t => t.Plan(NarrowPilot)),
        new("Set-PasskeyProfile, list", t => t.Plan(e => e.SetProfile(Profile(t, "Spare"), new ProfileSettings { Providers = [new ProviderListChange(ProviderListAction.Allow, [Apple])] }))),
        new("New-PasskeyProfile", t => t.Plan(e => e.AddProfile(NewProfile))),
        new("New-PasskeyProfile, targeted", t => t.Plan(AddWithTargets)),
        new("Remove-PasskeyProfile", t => t.Plan(e => e.RemoveProfile(Profile(t, "Spare")))),
        new("Set-PasskeyPolicy, state", t => t.Plan(e => e.SetState(PolicyState.Disabled))),
        new("Set-PasskeyPolicy, exclusion", t => t.Plan(e => e.AddExclusion(ChangesFixture.Third))),
        new("Add-PasskeyProfileTarget", t => t.Plan(e => e.AddTarget(ChangesFixture.Third, UsersFixture.PilotProfile))),
        new("Remove-PasskeyProfileTarget", t => t.Plan(e => e.RemoveTarget(UsersFixture.Pilot, null, ""))),
        new("Undo of New-PasskeyProfile, targeted", t => t.Undo(t.Apply(AddWithTargets).Change)),
        new("Undo of Remove-PasskeyProfile", t => t.Undo(t.Apply(e => e.RemoveProfile(Profile(t, "Spare"))).Change)),
    ];

    public static void NarrowPilot(PolicyEditor editor) => editor.SetProfile(Pilot(editor), new ProfileSettings { Types = PasskeyTypes.DeviceBound });

    public static void AddWithTargets(PolicyEditor editor)
    {
        var id = editor.AddProfile(NewProfile);
        editor.AddTarget(ChangesFixture.Third, id);
        editor.AddTarget(UsersFixture.Pilot, id);
    }

    public static PasskeyProfile Profile(ChangesFixture tenant, string name) => tenant.Source.Read(default).Profile.First(p => p.Name == name);

    /// <summary>Whether a tenant has what is expected, whatever ids it gave to new profiles.</summary>
    public static bool Shows(JObject policy, JObject expected) => !PolicyPlaces.Of(ByName(policy)).DifferencesTo(PolicyPlaces.Of(ByName(expected))).Any();

    /// <summary>The policy with names in the place of the ids of profiles.</summary>
    public static JObject ByName(JObject policy)
    {
        var ids = policy["passkeyProfiles"]!.ToDictionary(p => ((string)p["id"]!).ToLowerInvariant(), p => (string)p["name"]!);
        return PolicyRestore.Renamed(policy, ids);
    }

    private static PasskeyProfile Pilot(PolicyEditor editor) => editor.Current.Profile.First(p => p.Name == "Synced pilot");
}
