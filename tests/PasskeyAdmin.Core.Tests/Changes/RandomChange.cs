using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Sandbox.Policy;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>A policy made up from a number, and a change of it by some of the edits that there are.</summary>
internal sealed class RandomChange
{
    private const string Default = "00000000-0000-0000-0000-000000000001";

    private static readonly Guid[] AaGuids = [.. Enumerable.Range(1, 5).Select(i => new Guid($"{i}{i}{i}{i}{i}{i}{i}{i}-0000-0000-0000-000000000000"))];
    private static readonly string[] Groups = [.. Enumerable.Range(1, 5).Select(i => $"0000000{i}-aaaa-0000-0000-000000000000")];

    private readonly Random _random;
    private readonly SandboxSettings _settings;

    public RandomChange(int seed)
    {
        _random = new Random(seed);
        _settings = new SandboxSettings([]) { AcceptsAttestationWithSynced = true, AcceptsUnknownProperties = true, DefaultProfileCanBeRenamed = true, DeletesAndUntargetsTogether = Chance(2), LegacyFollowsDefaultProfile = Chance(2) };
        string[] profiles = [Default, .. Enumerable.Range(1, _random.Next(0, 4)).Select(i => $"0000000{i}-cccc-0000-0000-000000000000")];
        Before = new JObject
        {
            ["@odata.context"] = "x",
            ["@odata.type"] = PolicyDocument.Type,
            ["id"] = "Fido2",
            ["state"] = Chance(6) ? "disabled" : "enabled",
            ["isSelfServiceRegistrationAllowed"] = !Chance(4),
            ["isAttestationEnforced"] = false,
            ["keyRestrictions"] = new JObject { ["isEnforced"] = false, ["enforcementType"] = "allow", ["aaGuids"] = new JArray() },
            ["defaultPasskeyProfile"] = Default,
            ["future"] = new JObject { ["a"] = Chance(2) },
            ["passkeyProfiles"] = new JArray(profiles.Select((id, i) => Profile(id, $"Profile {i}"))),
            ["includeTargets"] = new JArray(Groups.Prepend("all_users").Where(_ => Chance(2)).Select(g => new JObject { ["id"] = g, ["targetType"] = "group", ["isRegistrationRequired"] = Chance(5), ["allowedPasskeyProfiles"] = new JArray(Some(profiles)) })),
            ["excludeTargets"] = new JArray(Groups.Where(_ => Chance(5)).Select(id => new JObject { ["id"] = id, ["targetType"] = "group" })),
        };
        var editor = new PolicyEditor(Read(Before));
        for (var i = 1 + _random.Next(4); i > 0; i--) Edit(editor);
        (Change, NewProfiles) = (editor.Change(), editor.NewProfiles);
    }

    public JObject Before { get; }

    /// <summary>The properties that change.</summary>
    public JObject Change { get; }

    public IReadOnlyCollection<string> NewProfiles { get; }

    public JObject Wanted => PlannedWrites.Merged(Before, Change);

    public PlanDocument Plan => new() { Tenant = "t", Command = "c", Before = Before, Change = Change, NewProfiles = NewProfiles, MadeAt = new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero) };

    public static PasskeyPolicy Read(JObject json) =>
        new PolicyJson((JObject)json.DeepClone()).ToPolicy(new ProviderCatalog([]), Groups.ToDictionary(g => g, g => new TargetName(TargetStatus.Found, g[..8])), new PolicyFacts());

    /// <summary>What the sandbox makes of it, write after write.</summary>
    /// <param name="ids">Gets the ids of new profiles.</param>
    public JObject Send(JObject state, IEnumerable<PlannedWrite> writes, Dictionary<string, string> ids) => Send(state, writes, ids, _settings, NextGuid);

    /// <param name="ids">Gets the ids of new profiles.</param>
    public static JObject Send(JObject state, IEnumerable<PlannedWrite> writes, Dictionary<string, string> ids, SandboxSettings settings, Func<Guid> nextGuid)
    {
        foreach (var write in writes)
        {
            var body = (JObject)write.Body.DeepClone();
            foreach (var text in body.Descendants().OfType<JValue>().Where(v => v.Value is string s && ids.ContainsKey(s)).ToList()) text.Value = ids[(string)text!];
            var old = state["passkeyProfiles"]!.Select(p => (string?)p["id"]).ToList();
            state = new Fido2Patch(state, settings, nextGuid).Apply(body);
            foreach (var standIn in write.Creates)
            {
                var name = (string?)write.Expected["passkeyProfiles"]!.First(p => (string?)p["id"] == standIn)["name"];
                ids[standIn] = (string)state["passkeyProfiles"]!.Single(p => (string?)p["name"] == name && !old.Contains((string?)p["id"]))["id"]!;
            }
        }
        return state;
    }

    /// <summary>What somebody else does meanwhile to something that this change leaves alone; null where it leaves nothing alone.</summary>
    public JObject? EditElsewhere(JObject state)
    {
        var edited = (JObject)state.DeepClone();
        var same = edited["passkeyProfiles"]!.FirstOrDefault(p => Before["passkeyProfiles"]!.Any(b => JToken.DeepEquals(b, p)) && Wanted["passkeyProfiles"]!.Any(w => JToken.DeepEquals(w, p)));
        if (same is null) return null;
        same["passkeyTypes"] = (string?)same["passkeyTypes"] == "synced" ? "deviceBound" : "synced";
        return edited;
    }

    private Guid NextGuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private JObject Profile(string id, string name) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["passkeyTypes"] = Pick("deviceBound", "synced", "deviceBound,synced", "synced,deviceBound"),
        ["attestationEnforcement"] = "disabled",
        ["keyRestrictions"] = new JObject { ["isEnforced"] = Chance(2), ["enforcementType"] = Pick("allow", "block"), ["aaGuids"] = new JArray(Some(AaGuids).Select(a => a.ToString().ToUpperInvariant())) },
        ["futureSetting"] = Chance(3) ? 1 : null,
    };

    private void Edit(PolicyEditor editor)
    {
        try
        {
            editor.Do(EditOnce);
        }
        catch (PasskeyAdminException)
        {
            // Not every edit is possible.
        }
    }

    private void EditOnce(PolicyEditor editor)
    {
        var profile = editor.Current.Profile[_random.Next(editor.Current.Profile.Count)];
        switch (_random.Next(10))
        {
            case 0: editor.SetState(Pick(PolicyState.Enabled, PolicyState.Disabled)); break;
            case 1: editor.SetSelfService(Chance(2)); break;
            case 2: editor.AddTarget(editor.AddProfile(Settings() with { Name = $"New {_random.Next(3)}" }) is var id && Chance(3) ? "all_users" : Groups[_random.Next(5)], id); break;
            case 3: editor.SetProfile(profile, Settings() with { Name = Chance(3) ? $"Renamed {_random.Next(3)}" : null }); break;
            case 4: editor.SetProfile(profile, Settings()); break;
            case 5: editor.RemoveProfile(profile); break;
            case 6:
                // So that a profile can go with its targets, as an undo makes it.
                foreach (var target in profile.Target) editor.RemoveTarget(target.Id, profile.Id, "");
                editor.RemoveProfile(profile);
                break;
            case 7: editor.AddTarget(Groups[_random.Next(5)], profile.Id!); break;
            case 8 when editor.Current.Target.Count > 0: editor.RemoveTarget(editor.Current.Target[_random.Next(editor.Current.Target.Count)].Id, null, ""); break;
            default:
                if (Chance(2)) editor.AddExclusion(Groups[_random.Next(5)]);
                else editor.RemoveExclusion(Groups[_random.Next(5)]);
                break;
        }
    }

    private ProfileSettings Settings() => new()
    {
        Types = Pick<PasskeyTypes?>(PasskeyTypes.DeviceBound, PasskeyTypes.Synced, PasskeyTypes.DeviceBound | PasskeyTypes.Synced),
        Attestation = Chance(4) ? PasskeyAttestation.RegistrationOnly : null,
        Providers = Chance(2) ? [] : [new ProviderListChange(Pick(ProviderListAction.Allow, ProviderListAction.Block, ProviderListAction.Add, ProviderListAction.Remove, ProviderListAction.Clear), [.. Some(AaGuids)])],
    };

    /// <summary>At least one.</summary>
    private T[] Some<T>(T[] of) => [.. of.Where(_ => Chance(3)).Prepend(of[_random.Next(of.Length)]).Distinct()];

    private bool Chance(int outOf) => _random.Next(outOf) == 0;

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];
}
