using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Writes a policy as a file of desired state: names in the place of ids, and always in the same order, so that two files differ where the policies do. What this version does not understand is left out, and so stays
/// as it is when the file is applied. Pure.
/// </summary>
/// <param name="ambiguous">Names of groups that several groups have: those stand with their id.</param>
internal sealed class DesiredPolicyWriter(PasskeyPolicy policy, ProviderCatalog catalog, IReadOnlyCollection<string> ambiguous)
{
    private readonly DesiredProviders _providers = new(catalog);
    private readonly JObject _json = policy.Raw.Copy();
    private readonly List<string> _notes = [];

    /// <summary>What the file does not say; sentences, safe to show.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <param name="schema">The schema, as seen from the file.</param>
    /// <exception cref="PasskeyAdminException"><c>ProfileAmbiguous</c>: two profiles of one name cannot be told apart by name.</exception>
    public string Write(string schema)
    {
        _notes.Clear();
        if (policy.Profile.GroupBy(p => p.RawName.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ProfileAmbiguous", $"{same.Count()} profiles are called {CommandText.Quote(same.Key)}: {NameLists.First(same.Select(p => p.Id ?? "no id"))}. A file by names could not tell them apart. Rename one first, with Set-PasskeyProfile -ProfileId and -NewName.");
        if (policy.Profile.Any(p => p.RawName.Trim().Length == 0))
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "ProfileNameInvalid", "A profile has no name, so a file by names cannot speak of it. Give it one first, with Set-PasskeyProfile -ProfileId and -NewName; Get-PasskeyProfile shows its id.");
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var writer = new JsonTextWriter(text) { Formatting = Formatting.Indented, Indentation = 2 })
        {
            writer.WriteStartObject();
            Text(writer, "$schema", schema);
            writer.WritePropertyName("version");
            writer.WriteValue(DesiredPolicyReader.Version);
            if (policy.State is not PolicyState.Unknown) Text(writer, "state", policy.State.ToString());
            else _notes.Add("The state of the policy is not known to this version, and is left out.");
            if (policy.SelfServiceRegistration is { } selfService) Flag(writer, "selfServiceRegistration", selfService);
            else _notes.Add("Whether users may register passkeys themselves is not known, and is left out.");
            WriteProfiles(writer);
            WriteTargets(writer);
            WriteExclusions(writer);
            writer.WriteEndObject();
        }
        if (policy.UnknownValue.Count > 0) _notes.Add($"The policy has something that this version does not understand, and that the file therefore does not have: {NameLists.First(policy.UnknownValue)}. Applied to this tenant, the file leaves it as it is; another tenant does not get it.");
        return text.ToString() + "\n";
    }

    private void WriteProfiles(JsonTextWriter writer)
    {
        StartList(writer, "profiles");
        foreach (var profile in policy.Profile.OrderBy(p => !p.IsDefault).ThenBy(p => p.RawName, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.RawName, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            Text(writer, "name", profile.RawName);
            if (profile.IsDefault) Flag(writer, "default", true);
            // What is not known of the types would be lost.
            if (profile.PasskeyTypeName == profile.PasskeyType.ToString()) List(writer, "passkeyTypes", new[] { PasskeyTypes.DeviceBound, PasskeyTypes.Synced }.Where(t => profile.PasskeyType.HasFlag(t)).Select(t => t.ToString()));
            if (profile.Attestation is not PasskeyAttestation.Unknown) Text(writer, "attestation", profile.Attestation.ToString());
            if (profile.Restriction is not KeyRestrictionKind.Unknown && profile.UnreadableAaGuids == 0) WriteProviders(writer, profile);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteProviders(JsonTextWriter writer, PasskeyProfile profile)
    {
        writer.WritePropertyName("providers");
        writer.WriteStartObject();
        Text(writer, "restriction", profile.Restriction.ToString());
        if (profile.Restriction is KeyRestrictionKind.None && profile.AaGuid.Count > 0 && !WouldAllow(profile))
            _notes.Add($"The list of the profile {CommandText.Quote(profile.Name)} is not enforced, and would not be one of those that pass: the file leaves it out, and so leaves it as it is.");
        else List(writer, "list", _providers.NamesOf(profile.AaGuid, isToPass: profile.Restriction is not KeyRestrictionKind.Block));
        writer.WriteEndObject();
    }

    /// <summary>Whether a list that is not enforced would let in what is on it, if it were.</summary>
    private bool WouldAllow(PasskeyProfile profile) => JsonText.Of(PolicyItems.Find(_json, PolicyItems.Profiles, profile.Id ?? "")?["keyRestrictions"] as JObject, "enforcementType") is "allow";

    private void WriteTargets(JsonTextWriter writer)
    {
        if (!policy.AreTargetsKnown || policy.Target.Any(t => t.Kind is TargetKind.Unknown))
        {
            _notes.Add("Who is targeted is not understood in full, so the file has no targets: applied, it leaves them as they are.");
            return;
        }
        StartList(writer, "targets");
        foreach (var target in policy.Target.OrderBy(t => t.Kind is not TargetKind.AllUsers).ThenBy(t => NameOf(t.Kind, t.Id, t.RawName), StringComparer.OrdinalIgnoreCase).ThenBy(t => t.Id, StringComparer.OrdinalIgnoreCase))
        {
            writer.WriteStartObject();
            WritePeople(writer, target.Kind, target.Id, target.RawName, target.Status);
            if (target.AreProfilesKnown && target.ProfileId.Count > 0) List(writer, "profiles", target.ProfileId.Distinct(StringComparer.OrdinalIgnoreCase).Select(NameOfProfile).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ThenBy(n => n, StringComparer.Ordinal));
            if (target.IsRegistrationRequired is { } isRequired) Flag(writer, "registrationRequired", isRequired);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteExclusions(JsonTextWriter writer)
    {
        if (!policy.AreExclusionsKnown || policy.Exclusion.Any(e => e.Kind is TargetKind.Unknown))
        {
            _notes.Add("Who is excluded is not understood in full, so the file has no exclusions: applied, it leaves them as they are.");
            return;
        }
        StartList(writer, "exclusions");
        foreach (var exclusion in policy.Exclusion.OrderBy(e => e.Kind is not TargetKind.AllUsers).ThenBy(e => NameOf(e.Kind, e.Id, e.RawName), StringComparer.OrdinalIgnoreCase).ThenBy(e => e.Id, StringComparer.OrdinalIgnoreCase))
        {
            writer.WriteStartObject();
            WritePeople(writer, exclusion.Kind, exclusion.Id, exclusion.RawName, exclusion.Status);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WritePeople(JsonTextWriter writer, TargetKind kind, string id, string? name, TargetStatus status)
    {
        switch (kind)
        {
            case TargetKind.AllUsers:
                Flag(writer, "allUsers", true);
                break;
            case TargetKind.User:
                Text(writer, "user", id);
                _notes.Add($"The user {DisplayText.Neutralise(name ?? id)} stands by id, which no other tenant has: Microsoft advises to target groups.");
                break;
            default:
                var text = NameOf(kind, id, name);
                Text(writer, "group", text);
                if (text == id) _notes.Add($"The group {DisplayText.Neutralise(id)} stands by id, which no other tenant has: {WhyById(name, status)}.");
                break;
        }
    }

    private static string WhyById(string? name, TargetStatus status) => status switch
    {
        TargetStatus.NotFound => "it is not in the directory any more",
        TargetStatus.NotRead => "its name could not be read",
        _ => name is { Length: > 0 } ? $"several groups are called {CommandText.Quote(name)}" : "it has no name",
    };

    /// <summary>The name where it means this group and no other; else the id.</summary>
    private string NameOf(TargetKind kind, string id, string? name) => kind is TargetKind.Group && name is not null && name.Trim().Length > 0 && !Guid.TryParse(name, out _) && !ambiguous.Contains(name) ? name : id;

    /// <summary>A profile that is not there keeps its id.</summary>
    private string NameOfProfile(string id) => policy.Profile.FirstOrDefault(p => id.Equals(p.Id, StringComparison.OrdinalIgnoreCase))?.RawName is { Length: > 0 } name ? name : id;

    private static void StartList(JsonTextWriter writer, string name)
    {
        writer.WritePropertyName(name);
        writer.WriteStartArray();
    }

    private static void List(JsonTextWriter writer, string name, IEnumerable<string> texts)
    {
        StartList(writer, name);
        foreach (var text in texts) writer.WriteRawValue(Quoted(text));
        writer.WriteEndArray();
    }

    private static void Text(JsonTextWriter writer, string name, string text)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(Quoted(text));
    }

    private static void Flag(JsonTextWriter writer, string name, bool flag)
    {
        writer.WritePropertyName(name);
        writer.WriteValue(flag);
    }

    /// <summary>As people can read it, but for what would steer a terminal or disguise a text: that is escaped.</summary>
    private static string Quoted(string text)
    {
        var json = JsonConvert.ToString(text);
        var quoted = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            var character = json.Substring(i, char.IsSurrogatePair(json, i) ? 2 : 1);
            if (DisplayText.Neutralise(character) == character) quoted.Append(character);
            else foreach (var unit in character) quoted.Append($"\\u{(int)unit:x4}");
            i += character.Length - 1;
        }
        return quoted.ToString();
    }
}
