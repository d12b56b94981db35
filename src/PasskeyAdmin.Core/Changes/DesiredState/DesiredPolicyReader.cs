using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>Reads a file of desired state (about_PasskeyAdmin_PolicyAsCode). Everything that is wrong with it is found before anybody is asked for anything, and told with its place.</summary>
internal sealed class DesiredPolicyReader
{
    public const string FaultId = "DesiredPolicyInvalid";
    public const int Version = 1;

    private const string Advice = "Nothing was sent. about_PasskeyAdmin_PolicyAsCode describes the file.";
    private const int MaximumDepth = 16;

    /// <summary>Ten thousand targets are two megabytes; a policy is hundreds of times smaller.</summary>
    private const int MaximumLength = 32 * 1024 * 1024;

    private static readonly string[] People = ["group", "user", "allUsers"];

    private static readonly Dictionary<string, PolicyState> States = new() { [nameof(PolicyState.Enabled)] = PolicyState.Enabled, [nameof(PolicyState.Disabled)] = PolicyState.Disabled };
    private static readonly Dictionary<string, PasskeyTypes> Types = new() { [nameof(PasskeyTypes.DeviceBound)] = PasskeyTypes.DeviceBound, [nameof(PasskeyTypes.Synced)] = PasskeyTypes.Synced };

    private static readonly Dictionary<string, PasskeyAttestation> Attestations = new()
    {
        [nameof(PasskeyAttestation.Disabled)] = PasskeyAttestation.Disabled,
        [nameof(PasskeyAttestation.RegistrationOnly)] = PasskeyAttestation.RegistrationOnly,
    };

    private static readonly Dictionary<string, ProviderListAction> Restrictions = new()
    {
        [nameof(KeyRestrictionKind.None)] = ProviderListAction.Lift,
        [nameof(KeyRestrictionKind.Allow)] = ProviderListAction.Allow,
        [nameof(KeyRestrictionKind.Block)] = ProviderListAction.Block,
    };

    private readonly PlacedJson _file;
    private readonly DesiredFaults _faults;
    private readonly DesiredProviders _providers;
    private readonly List<string> _notes = [];

    private DesiredPolicyReader(PlacedJson file, DesiredFaults faults, ProviderCatalog catalog) => (_file, _faults, _providers) = (file, faults, new DesiredProviders(catalog));

    /// <exception cref="PasskeyAdminException"><c>DesiredPolicyInvalid</c>, and what <see cref="InputFile.Open"/> throws.</exception>
    public static DesiredPolicy Load(string path, ProviderCatalog catalog)
    {
        var shown = $"'{InputFile.Shown(path)}'";
        using var stream = InputFile.Open(path);
        // What was saved in another encoding would give names that are none.
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            return Parse(ReadText(reader) ?? throw Invalid($"{shown} is far larger than a policy can be."), shown, catalog);
        }
        catch (DecoderFallbackException e)
        {
            throw Invalid($"{shown} is not in UTF-8. Save it as UTF-8; in Windows PowerShell, Set-Content needs -Encoding UTF8.", e);
        }
        catch (IOException e)
        {
            throw InputFile.ReadFailed(shown, e);
        }
    }

    /// <param name="source">What it is called in messages, safe to show.</param>
    /// <exception cref="PasskeyAdminException"><c>DesiredPolicyInvalid</c>.</exception>
    public static DesiredPolicy Parse(string text, string source, ProviderCatalog catalog)
    {
        var file = PlacedJson.Parse(text, MaximumDepth, (place, reason, cause) => Invalid($"{source} cannot be read ({place}): {reason}.", cause));
        var faults = new DesiredFaults(source);
        if (file.Root is not JObject root) throw Invalid($"{source} is no JSON object.");
        var policy = new DesiredPolicyReader(file, faults, catalog).Read(root, source);
        faults.Require(ErrorKind.InvalidData, FaultId, Advice);
        return policy;
    }

    /// <summary>Null where it does not end: a device has no length.</summary>
    private static string? ReadText(StreamReader reader)
    {
        var (text, part) = (new StringBuilder(), new char[64 * 1024]);
        for (int count; (count = reader.Read(part, 0, part.Length)) > 0;)
            if (text.Append(part, 0, count).Length > MaximumLength) return null;
        return text.ToString();
    }

    private DesiredPolicy Read(JObject root, string source)
    {
        // A policy as Graph has it would give a fault for each of its properties.
        if (root["version"] is null && (root["passkeyProfiles"] ?? root["includeTargets"]) is { } graph)
            throw Invalid($"{source} ({_file.PlaceOf(graph)}) is a policy in the form of Microsoft Graph, with ids in the place of names. Export-PasskeyPolicy writes a file that Compare-PasskeyPolicy and Import-PasskeyPolicy take; Measure-PasskeyPolicyImpact -Policy takes this one.");
        var policy = new DesiredObject(root, _file, _faults, "The file", "$schema", "version", "state", "selfServiceRegistration", "profiles", "targets", "exclusions");
        if (root["version"] is not JValue { Value: long and Version }) _faults.Add(policy.PlaceOf("version"), $"'version' must be {Version}: this version of the module knows no other form");
        var profiles = policy.List("profiles")?.Select(ReadProfile).OfType<DesiredProfile>().ToList();
        var targets = policy.List("targets")?.Select(ReadTarget).OfType<DesiredTarget>().ToList();
        var exclusions = policy.List("exclusions")?.Select(ReadExclusion).OfType<DesiredExclusion>().ToList();
        RequireDistinct(profiles, targets, exclusions);
        if (profiles is not null && targets is not null) RequireProfiles(profiles, targets);
        return new DesiredPolicy(source)
        {
            State = policy.Member("state", States),
            SelfService = policy.Flag("selfServiceRegistration"),
            Profiles = profiles,
            Targets = targets,
            Exclusions = exclusions,
            Notes = _notes,
        };
    }

    private DesiredProfile? ReadProfile(JToken token)
    {
        var profile = Open(token, "A profile", "name", "previousName", "default", "passkeyTypes", "attestation", "providers");
        if (profile is null) return null;
        if (profile.Text("name") is not { } name)
        {
            if (!profile.Has("name")) _faults.Add(profile.Place, "a profile has no 'name'");
            return null;
        }
        PasskeyTypes? types = profile.List("passkeyTypes") is { } list ? list.Aggregate(PasskeyTypes.None, (all, type) => all | (profile.Member(type, "a passkey type", Types) ?? PasskeyTypes.None)) : null;
        return new DesiredProfile(name)
        {
            PreviousName = profile.Text("previousName"),
            IsDefault = profile.Flag("default") == true,
            Types = types,
            Attestation = profile.Member("attestation", Attestations),
            Providers = profile.Has("providers") ? ReadProviders(profile, token["providers"]!) : null,
        };
    }

    private ProviderListChange? ReadProviders(DesiredObject profile, JToken token)
    {
        if (profile.Object(token, "'providers'") is not { } json) return null;
        var providers = new DesiredObject(json, _file, _faults, "A list of providers", "restriction", "list");
        if (!providers.Has("restriction")) _faults.Add(providers.Place, "'providers' does not say its 'restriction'");
        if (providers.Member("restriction", Restrictions) is not { } action) return null;
        var aaGuids = new List<Guid>();
        foreach (var item in providers.List("list") ?? [])
        {
            if (providers.Text(item, "a provider") is not { } name) continue;
            try
            {
                var found = _providers.Find(name.Value, isToPass: action is not ProviderListAction.Block);
                aaGuids.AddRange(found.AaGuids);
                _notes.AddRange(found.Notes);
            }
            catch (PasskeyAdminException e)
            {
                _faults.Add(name.Place, Unended(e.Message));
            }
        }
        if (action is ProviderListAction.Lift && providers.Has("list")) action = ProviderListAction.Suspend;
        else if (!providers.Has("list") && action is not ProviderListAction.Lift) _faults.Add(providers.Place, $"'providers' with the restriction {json["restriction"]} has no 'list'");
        return new ProviderListChange(action, [.. aaGuids.Distinct()]);
    }

    private DesiredTarget? ReadTarget(JToken token)
    {
        var target = Open(token, "A target", "group", "user", "allUsers", "profiles", "registrationRequired");
        if (target is null || ReadPeople(target, "a target") is not { } people) return null;
        var profiles = target.List("profiles")?.Select(p => target.Text(p, "a profile of a target")).OfType<Placed<string>>().ToList();
        // A target must have a profile (reference/graph-passkey-policy.md §4 [U]).
        if (profiles is { Count: 0 } && target.List("profiles")!.Count == 0) _faults.Add(target.PlaceOf("profiles"), "a target has no profile: the service wants one at least. To stop passkeys for its users, take the target out, or exclude the group");
        if (profiles?.GroupBy(p => p.Value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice) _faults.Add(twice.Last().Place, $"the target has the profile {CommandText.Quote(twice.Key)} twice");
        return new DesiredTarget(people) { Profiles = profiles, IsRegistrationRequired = target.Flag("registrationRequired") };
    }

    private DesiredExclusion? ReadExclusion(JToken token) =>
        Open(token, "An exclusion", "group", "user", "allUsers") is { } exclusion && ReadPeople(exclusion, "an exclusion") is { } people ? new DesiredExclusion(people) : null;

    private DesiredPeople? ReadPeople(DesiredObject owner, string what)
    {
        var named = People.Where(owner.Has).ToList();
        if (named.Count != 1)
        {
            _faults.Add(named.Count > 1 ? owner.PlaceOf(named[1]) : owner.Place, $"{what} has one of 'group', 'user' and 'allUsers', and not {(named.Count == 0 ? "none" : "several")}");
            return null;
        }
        if (named[0] == "allUsers")
        {
            if (owner.Flag("allUsers") == false) _faults.Add(owner.PlaceOf("allUsers"), "'allUsers' is true, or is left out");
            return new DesiredPeople(TargetKind.AllUsers, new Placed<string>(TargetFacts.AllUsers, owner.PlaceOf("allUsers")));
        }
        if (owner.Text(named[0]) is not { } name) return null;
        if (named[0] == "user" && !Guid.TryParse(name.Value, out _))
        {
            _faults.Add(name.Place, "'user' is the object id of a user who is there already: a policy is meant for groups");
            return null;
        }
        return new DesiredPeople(named[0] == "user" ? TargetKind.User : TargetKind.Group, name);
    }

    private void RequireDistinct(List<DesiredProfile>? profiles, List<DesiredTarget>? targets, List<DesiredExclusion>? exclusions)
    {
        foreach (var same in (profiles ?? []).GroupBy(p => p.Name.Value.Trim(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            _faults.Add(same.Last().Name.Place, $"the profile {CommandText.Quote(same.Key)} is there already ({same.First().Name.Place})");
        if ((profiles ?? []).Where(p => p.IsDefault).Skip(1).FirstOrDefault() is { } second) _faults.Add(second.Name.Place, "two profiles say that they are the default one");
        foreach (var same in (targets ?? []).Select(t => t.People).GroupBy(Key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) _faults.Add(same.Last().Name.Place, $"the target {Shown(same.Last())} is there already ({same.First().Name.Place})");
        foreach (var same in (exclusions ?? []).Select(e => e.People).GroupBy(Key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) _faults.Add(same.Last().Name.Place, $"the exclusion {Shown(same.Last())} is there already ({same.First().Name.Place})");
    }

    /// <summary>Where the file says which profiles there are, a target can name no other. (An id stands for one that is not there; the tenant says whether it may.)</summary>
    private void RequireProfiles(List<DesiredProfile> profiles, List<DesiredTarget> targets)
    {
        foreach (var name in targets.SelectMany(t => t.Profiles ?? []).Where(n => !Guid.TryParse(n.Value, out _) && !profiles.Exists(p => p.Name.Value.Trim().Equals(n.Value.Trim(), StringComparison.OrdinalIgnoreCase))))
            _faults.Add(name.Place, $"there is no profile {CommandText.Quote(name.Value)} in the file. {NearNames.Question(name.Value, profiles.Select(p => p.Name.Value), $"It has {NameLists.First(profiles.Select(p => CommandText.Quote(p.Name.Value)))}.")}");
    }

    private DesiredObject? Open(JToken token, string what, params string[] known)
    {
        if (token is JObject json) return new DesiredObject(json, _file, _faults, what, known);
        _faults.Add(_file.PlaceOf(token), $"{what.ToLowerInvariant()} is an object in braces");
        return null;
    }

    /// <summary>A group may be called as all users are.</summary>
    private static string Key(DesiredPeople people) => $"{people.Kind} {people.Name.Value}";

    private static string Shown(DesiredPeople people) => people.Kind is TargetKind.AllUsers ? "of all users" : CommandText.Quote(people.Name.Value);

    private static string Unended(string sentence) => sentence.TrimEnd('.');

    private static PasskeyAdminException Invalid(string text, Exception? cause = null) => new(ErrorKind.InvalidData, FaultId, $"{text} {Advice}", cause);
}
