using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Policy;

/// <summary>
/// A policy that somebody would like to have, in the form that Graph has it: the whole configuration, or the body of a PATCH, of which what is left out stays as it is and
/// a list replaces the whole list (reference/graph-passkey-policy.md §4). Nothing in it is guessed: a misspelt name would be a change that is not measured.
/// </summary>
internal sealed class PolicyProposal
{
    private const int MaximumDepth = 32;

    /// <summary>Twenty times what a policy may be; beyond that, it is another file.</summary>
    private const int MaximumLength = 400 * 1024;

    /// <summary>Both are views of the default profile, and which of them wins is not documented (§4).</summary>
    private static readonly string[] Deprecated = ["isAttestationEnforced", "keyRestrictions"];

    private static readonly string[] Lists = ["passkeyProfiles", "includeTargets", "excludeTargets"];

    private readonly JObject _json;
    private readonly string _source;

    private PolicyProposal(JObject json, string source) => (_json, _source) = (json, source);

    /// <param name="source">What it is called in messages, safe to show.</param>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>.</exception>
    public static PolicyProposal Parse(string text, string source)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = MaximumDepth };
            var json = JToken.ReadFrom(reader, new JsonLoadSettings { CommentHandling = CommentHandling.Ignore, DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
            if (json is not JObject policy) throw Invalid(source, "is no JSON object");
            while (reader.Read())
                if (reader.TokenType is not JsonToken.Comment) throw Invalid(source, "has something behind its end");
            return new PolicyProposal(policy, source);
        }
        catch (JsonReaderException e)
        {
            // What is typed first is often the path of a file.
            if (text.Trim().Length > 0 && text.IndexOf('{') < 0 && text.IndexOf('[') < 0 && text.IndexOf('\n') < 0)
                throw Invalid(source, $"is no JSON: {DisplayText.Excerpt(text, 60)}. For a file, say (Get-Item {CommandText.Quote(DisplayText.Excerpt(text.Trim(), 200))})", e);
            var hint = text.IndexOf('\n') < 0 ? ". If this is one line of a file: Get-Content needs -Raw to give all of it as one text" : "";
            throw Invalid(source, $"cannot be read (line {JsonFault.Line(e)}, column {e.LinePosition}): {JsonFault.Reason(e)}{hint}", e);
        }
        catch (JsonException e)
        {
            throw Invalid(source, $"cannot be read: {JsonFault.Reason(e)}", e);
        }
    }

    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>, and what <see cref="InputFile.Open"/> throws.</exception>
    public static PolicyProposal Load(string path)
    {
        var shown = $"'{InputFile.Shown(path)}'";
        using var stream = InputFile.Open(path);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            var text = new char[MaximumLength + 1];
            var length = reader.ReadBlock(text, 0, text.Length);
            return length > MaximumLength ? throw Invalid(shown, "is far larger than a policy can be") : Parse(new string(text, 0, length), shown);
        }
        catch (IOException e)
        {
            throw InputFile.ReadFailed(shown, e);
        }
    }

    /// <summary>The policy as it would be.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>.</exception>
    public PolicyJson Over(PasskeyPolicy current)
    {
        var merged = current.Raw.Copy();
        foreach (var property in _json.Properties().Where(p => p.Name.IndexOf("@odata.", StringComparison.Ordinal) < 0))
        {
            if (!PolicyJson.KnownProperties.Contains(property.Name) && merged[property.Name] is null)
                throw Invalid($"has a property '{DisplayText.Excerpt(property.Name, 60)}', which the policy does not have. {NearNames.Question(property.Name, PolicyJson.KnownProperties.Except(Deprecated), $"It has {string.Join(", ", PolicyJson.KnownProperties)}.")}");
            if (current.ProfilesEnrolled is ProfileEnrolment.Yes && Deprecated.Contains(property.Name) && !JToken.DeepEquals(merged[property.Name], property.Value))
                throw Invalid($"changes '{property.Name}', which is deprecated: what that does to the default profile is not documented. Change the profile instead");
            if (!PolicyJson.KnownProperties.Contains(property.Name) && !JToken.DeepEquals(merged[property.Name], property.Value)) throw NotUnderstood(property.Name);
            if (Lists.Contains(property.Name))
            {
                RequireWhole(property);
                RequireKept((JArray)property.Value, merged[property.Name] as JArray, property.Name is "passkeyProfiles" ? ProfileJson.ProfileProperties : ProfileJson.TargetProperties);
            }
            merged[property.Name] = property.Value.DeepClone();
        }
        try
        {
            return new PolicyJson(merged);
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "PolicyUnreadable")
        {
            throw Invalid($"is not understood: {PolicyValue.ReasonOf(e)}. In PowerShell, @( ) keeps a list of one a list", e);
        }
    }

    /// <summary>What the policy itself does not know, a proposal must not name.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>.</exception>
    public void Require(PasskeyPolicy proposed, PasskeyPolicy current)
    {
        var known = new HashSet<string>(current.UnknownValue.Select(PolicyUnknowns.WithoutPlace));
        var unknown = proposed.UnknownValue.Where(v => !known.Contains(PolicyUnknowns.WithoutPlace(v))).ToList();
        if (unknown.Count > 0) throw Invalid($"has values that are not known: {string.Join("; ", unknown)}. Types are deviceBound and synced, attestation is disabled or registrationOnly, a list is allow or block, states are enabled and disabled, and groups and profiles are named by id");
        if (current.ProfilesEnrolled is ProfileEnrolment.Yes && proposed.ProfilesEnrolled is ProfileEnrolment.No) throw Invalid("takes away all profiles: what is left to a tenant that has had them is not documented. To stop passkeys, set state to disabled");
        if (proposed.Profile.FirstOrDefault(p => p.PasskeyTypeName == ProfileJson.TypeNotSaid) is { } typeless) throw Invalid($"does not say which passkey types the profile {NameOf(typeless, current)} allows: each profile must be whole");
        if (proposed.Profile.FirstOrDefault(p => p.Restriction is KeyRestrictionKind.Unknown && !current.Profile.Any(c => c.Id == p.Id && c.Restriction is KeyRestrictionKind.Unknown)) is { } listless) throw Invalid($"does not say which AAGUIDs the profile {NameOf(listless, current)} allows (keyRestrictions): each profile must be whole");
        if (proposed.Target.FirstOrDefault(t => t.Status is TargetStatus.NotFound && !current.Target.Any(c => IsSame(c.Id, t.Id)))?.DisplayName is { } target0) throw Invalid($"targets {target0}: is the id right, and of this tenant?");
        if (proposed.Exclusion.FirstOrDefault(t => t.Status is TargetStatus.NotFound && !current.Exclusion.Any(c => IsSame(c.Id, t.Id)))?.DisplayName is { } excluded) throw Invalid($"excludes {excluded}: is the id right, and of this tenant?");
        // What the service does with these is not what they say, so what they say is not worth measuring (§3, §7 [D]).
        if (proposed.Profile.FirstOrDefault(p => AttestsSynced(p) && !current.Profile.Any(c => IsSame(c.Id, p.Id ?? "") && AttestsSynced(c))) is { } attesting)
            throw Invalid($"lets the profile {NameOf(attesting, current)} allow synced passkeys and demand attestation, which they do not have: take synced out of its passkeyTypes, or leave attestation off");
        if (current.DefaultProfileId is { } id && current.ProfilesEnrolled is ProfileEnrolment.Yes && !proposed.Profile.Any(p => IsSame(p.Id, id))) throw Invalid("leaves out the default profile, which cannot be deleted. To let nobody use it, take it out of the targets");
        var ids = new HashSet<string>(proposed.Profile.Select(p => p.Id).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        foreach (var target in proposed.ProfilesEnrolled is ProfileEnrolment.Yes ? proposed.Target : [])
            if (target.ProfileId.FirstOrDefault(id => !ids.Contains(id)) is { } missing)
                throw Invalid($"lets {target.DisplayName} use the profile {DisplayText.Neutralise(missing)}, which it does not have{(proposed.Profile.Any(p => p.RawName == missing) ? ": profiles are named by id, not by name" : "")}");
    }

    /// <summary>What the service would refuse, which is measured all the same: sentences.</summary>
    public static IEnumerable<string> Objections(PasskeyPolicy proposed, PasskeyPolicy current)
    {
        if (current.ProfilesEnrolled is ProfileEnrolment.No && proposed.ProfilesEnrolled is ProfileEnrolment.Yes)
            yield return "The tenant is not enrolled in passkey profiles, and the proposal has some: whether a change alone enrols a tenant is not documented.";
    }

    private static bool AttestsSynced(PasskeyProfile profile) => profile.Attestation is PasskeyAttestation.RegistrationOnly && profile.PasskeyType.HasFlag(Providers.PasskeyTypes.Synced);

    private static bool IsSame(string? one, string other) => other.Equals(one, StringComparison.OrdinalIgnoreCase);

    /// <summary>A list replaces a list: what an item leaves out would not stay as it is, and what it would become is not documented.</summary>
    private void RequireWhole(JProperty property)
    {
        if (property.Value is not JArray items) throw Invalid(property.Value.Type is JTokenType.Null ? $"has null for '{property.Name}'; an empty list is []" : $"has no list for '{property.Name}'. In PowerShell, @( ) keeps a list of one a list");
        string[] needed = property.Name switch
        {
            "passkeyProfiles" => ["name", "passkeyTypes", "attestationEnforcement", "keyRestrictions"],
            "includeTargets" => ["id", "targetType", "allowedPasskeyProfiles"],
            _ => ["id", "targetType"],
        };
        foreach (var (item, index) in items.Select((item, index) => (item as JObject, index)))
        {
            if (item is not null && needed.FirstOrDefault(n => item[n] is null or { Type: JTokenType.Null }) is { } missing) throw Invalid($"leaves out '{missing}' in {property.Name}[{index}]{NameOf(item)}: each entry of a list must be whole");
            if (item?["keyRestrictions"] is JObject list && (list["isEnforced"] is null || list["enforcementType"] is null || list["aaGuids"] is null or { Type: JTokenType.Null })) throw Invalid($"leaves out a part of keyRestrictions in {property.Name}[{index}]{NameOf(item)}: isEnforced, enforcementType and aaGuids are needed");
        }
        foreach (var name in property.Name is "passkeyProfiles" ? new[] { "id", "name" } : ["id"])
            if (items.OfType<JObject>().Select(i => JsonText.Of(i, name)).OfType<string>().GroupBy(t => t, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
                throw Invalid($"has the {name} {DisplayText.Excerpt(twice, 60)} twice in {property.Name}{(name == "id" && property.Name is "passkeyProfiles" ? ": a new profile has no id" : "")}");
    }

    /// <summary>Whom a change of something affects that this version does not understand, cannot be told.</summary>
    private void RequireKept(JArray proposed, JArray? current, string[] known)
    {
        foreach (var item in proposed.OfType<JObject>())
        {
            if (current?.OfType<JObject>().FirstOrDefault(c => JsonText.Of(item, "id") is { } id && id.Equals(JsonText.Of(c, "id"), StringComparison.OrdinalIgnoreCase)) is not { } before) continue;
            RequireKept(item, before, known, NameOf(item));
            if (item["keyRestrictions"] is JObject list && before["keyRestrictions"] is JObject listBefore) RequireKept(list, listBefore, ProfileJson.RestrictionProperties, NameOf(item));
        }
    }

    private void RequireKept(JObject item, JObject before, string[] known, string name)
    {
        var unknown = item.Properties().Concat(before.Properties()).Select(p => p.Name).Where(n => !known.Contains(n) && n.IndexOf("@odata.", StringComparison.Ordinal) < 0);
        // What is new is refused for its name.
        if (unknown.FirstOrDefault(n => before[n] is { } was && !JToken.DeepEquals(was, item[n])) is { } changed) throw NotUnderstood(changed, name);
    }

    private PasskeyAdminException NotUnderstood(string property, string name = "") =>
        Invalid($"changes or leaves out '{DisplayText.Excerpt(property, 60)}'{name}, which this version does not understand: whom that affects cannot be told. Keep it as it is in the present policy");

    private static string NameOf(JObject item) => (JsonText.Of(item, "name") ?? JsonText.Of(item, "id")) is { } name ? $" ({DisplayText.Excerpt(name, 60)})" : "";

    /// <summary>A part of a profile may have its id only.</summary>
    private static string NameOf(PasskeyProfile profile, PasskeyPolicy current) =>
        CommandText.Quote(profile.RawName.Length == 0 && current.Profile.FirstOrDefault(p => p.Id is not null && p.Id.Equals(profile.Id, StringComparison.OrdinalIgnoreCase)) is { } known ? known.Name : profile.Name);

    private PasskeyAdminException Invalid(string reason, Exception? cause = null) => Invalid(_source, reason, cause);

    private static PasskeyAdminException Invalid(string source, string reason, Exception? cause = null) =>
        new(ErrorKind.InvalidData, "ProposedPolicyInvalid", $"{source} {reason.TrimEnd('.')}{(reason.EndsWith("?", StringComparison.Ordinal) ? "" : ".")} A proposed policy has the form of (Get-PasskeyPolicy).ToJson(), or of the part of it that changes.", cause) { RecommendedAction = "(Get-PasskeyPolicy).ToJson()" };
}
