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

    /// <summary>One that was worked out.</summary>
    /// <param name="json">Nobody else may change it afterwards.</param>
    public static PolicyProposal Of(JObject json, string source) => new(json, source);

    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>, and what <see cref="InputFile.Open"/> throws.</exception>
    public static PolicyProposal Load(string path) => Parse(ReadText(path), Shown(path));

    /// <summary>What a file is called in messages.</summary>
    public static string Shown(string path) => $"'{InputFile.Shown(path)}'";

    /// <summary>The text of a file that is no larger than a policy can be.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>, and what <see cref="InputFile.Open"/> throws.</exception>
    public static string ReadText(string path)
    {
        using var stream = InputFile.Open(path);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            var text = new char[MaximumLength + 1];
            var length = reader.ReadBlock(text, 0, text.Length);
            return length > MaximumLength ? throw Invalid(Shown(path), "is far larger than a policy can be") : new string(text, 0, length);
        }
        catch (IOException e)
        {
            throw InputFile.ReadFailed(Shown(path), e);
        }
    }

    /// <summary>Taken for the whole policy, with nothing left out that stays as it is.</summary>
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>.</exception>
    public PolicyJson Whole()
    {
        try
        {
            return new PolicyJson((JObject)_json.DeepClone());
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "PolicyUnreadable")
        {
            throw new PasskeyAdminException(ErrorKind.InvalidData, "ProposedPolicyInvalid", $"{_source} is no whole policy: {PolicyValue.ReasonOf(e)}. Give all of it, as (Get-PasskeyPolicy).ToJson() has it.", e) { RecommendedAction = "(Get-PasskeyPolicy).ToJson()" };
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
            if (PolicyItems.Lists.Contains(property.Name))
            {
                if (IsSameJson(property.Value, merged[property.Name])) continue;
                var list = RequireWhole(property, merged[property.Name] as JArray, current.ProfilesEnrolled is ProfileEnrolment.Yes);
                RequireKept(list, merged[property.Name] as JArray, property.Name is "passkeyProfiles" ? ProfileJson.ProfileProperties : ProfileJson.TargetProperties);
            }
            if (property.Name == "keyRestrictions" && !IsSameJson(property.Value, merged[property.Name]))
            {
                if (property.Value is not JObject list) throw Invalid("has null for 'keyRestrictions'; a list that is not enforced has isEnforced false");
                RequireWhole(list, merged[property.Name], "the policy");
                RequireKept(list, merged[property.Name] as JObject, ProfileJson.RestrictionProperties, "");
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

    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>.</exception>
    public void Require(PasskeyPolicy proposed, PasskeyPolicy current)
    {
        if (new ProposalRules(proposed, current).Faults().FirstOrDefault() is { } fault) throw Invalid(fault);
    }

    /// <summary>A list replaces a list: what an item leaves out would not stay as it is, and what it would become is not documented.</summary>
    /// <param name="current">The present list: what is odd in it may stay as it is.</param>
    private JArray RequireWhole(JProperty property, JArray? current, bool isEnrolled)
    {
        if (property.Value is not JArray items) throw Invalid(property.Value.Type is JTokenType.Null ? $"has null for '{property.Name}'; an empty list is []" : $"has no list for '{property.Name}'. In PowerShell, @( ) keeps a list of one a list");
        string[] needed = property.Name switch
        {
            "passkeyProfiles" => ["name", "passkeyTypes", "attestationEnforcement", "keyRestrictions"],
            "includeTargets" when isEnrolled => ["id", "targetType", "allowedPasskeyProfiles"],
            _ => ["id", "targetType"],
        };
        foreach (var (item, index) in items.Select((item, index) => (item as JObject, index)))
        {
            if (item is null) continue;
            var (before, place) = (Counterpart(item, current), $"{property.Name}[{index}]{NameOf(item)}");
            if (needed.FirstOrDefault(n => IsMissing(item[n]) && (before is null || !IsMissing(before[n]))) is { } missing) throw Invalid($"leaves out '{missing}' in {place}: each entry of a list must be whole");
            if (item["keyRestrictions"] is JObject list) RequireWhole(list, before?["keyRestrictions"], place);
        }
        foreach (var name in property.Name is "passkeyProfiles" ? new[] { "id", "name" } : ["id"])
            if (Twice(items, name).Except(Twice(current ?? [], name), StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } twice)
                throw Invalid($"has the {name} {DisplayText.Excerpt(twice, 60)} twice in {property.Name}{(name == "id" && property.Name is "passkeyProfiles" ? ": a new profile has no id" : "")}");
        return items;
    }

    private static IEnumerable<string> Twice(JArray items, string name) =>
        items.OfType<JObject>().Select(i => JsonText.Of(i, name)).OfType<string>().GroupBy(t => t, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key);

    private static bool IsSameJson(JToken one, JToken? other) => other is not null && JToken.DeepEquals(PolicyDocument.WithoutAnnotations(one), PolicyDocument.WithoutAnnotations(other));

    /// <summary>Half a list of AAGUIDs may mean this or that.</summary>
    private void RequireWhole(JObject list, JToken? before, string place)
    {
        if (!IsSameJson(list, before) && ProfileJson.RestrictionProperties.Any(n => IsMissing(list[n]))) throw Invalid($"leaves out a part of keyRestrictions in {place}: {string.Join(", ", ProfileJson.RestrictionProperties)} are needed");
    }

    private static bool IsMissing(JToken? value) => value is null or { Type: JTokenType.Null };

    /// <summary>Whom a change of something affects that this version does not understand, cannot be told.</summary>
    private void RequireKept(JArray proposed, JArray? current, string[] known)
    {
        foreach (var item in proposed.OfType<JObject>())
        {
            var before = Counterpart(item, current);
            RequireKept(item, before, known, NameOf(item));
            if (item["keyRestrictions"] is JObject list) RequireKept(list, before?["keyRestrictions"] as JObject, ProfileJson.RestrictionProperties, NameOf(item));
        }
    }

    /// <param name="before">Null for something new.</param>
    private void RequireKept(JObject item, JObject? before, string[] known, string name)
    {
        var unknown = item.Properties().Concat(before?.Properties() ?? []).Select(p => p.Name).Where(n => !known.Contains(n) && n.IndexOf("@odata.", StringComparison.Ordinal) < 0);
        if (unknown.FirstOrDefault(n => !JToken.DeepEquals(before?[n], item[n])) is { } changed) throw NotUnderstood(changed, name);
    }

    /// <summary>The item of the present list that has the same id.</summary>
    private static JObject? Counterpart(JObject item, JArray? current) =>
        JsonText.Of(item, "id") is { } id ? current?.OfType<JObject>().FirstOrDefault(c => id.Equals(JsonText.Of(c, "id"), StringComparison.OrdinalIgnoreCase)) : null;

    private PasskeyAdminException NotUnderstood(string property, string name = "") =>
        Invalid($"adds, changes or leaves out '{DisplayText.Excerpt(property, 60)}'{name}, which this version does not understand: whom that affects cannot be told. Keep it as it is in the present policy");

    private static string NameOf(JObject item) => (JsonText.Of(item, "name") ?? JsonText.Of(item, "id")) is { } name ? $" ({DisplayText.Excerpt(name, 60)})" : "";

    private PasskeyAdminException Invalid(string reason, Exception? cause = null) => Invalid(_source, reason, cause);

    private static PasskeyAdminException Invalid(string source, string reason, Exception? cause = null) =>
        new(ErrorKind.InvalidData, "ProposedPolicyInvalid", $"{source} {reason.TrimEnd('.')}{(reason.EndsWith("?", StringComparison.Ordinal) ? "" : ".")} A proposed policy has the form of (Get-PasskeyPolicy).ToJson(), or of the part of it that changes.", cause) { RecommendedAction = "(Get-PasskeyPolicy).ToJson()" };
}
