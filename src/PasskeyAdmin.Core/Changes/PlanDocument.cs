using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>
/// What a plan keeps: which tenant, what it was made from, and what is to change. Nothing that was measured is in it, so that no number from a file ever lets a change through.
/// </summary>
internal sealed record PlanDocument
{
    public const string Mark = "PasskeyAdmin.Plan";
    /// <summary>Another form of the document, or of the fingerprint in it (<see cref="PolicyPlaces.HashOf"/>), is another version.</summary>
    private const int Version = 1;
    private const int MaximumDepth = 32;

    /// <summary>What a change may be about. Anything else is none of ours, or has effects that nobody documents.</summary>
    private static readonly string[] Changeable = ["state", "isSelfServiceRegistrationAllowed", "passkeyProfiles", "includeTargets", "excludeTargets"];

    /// <summary>The id of the tenant, or the host where the id is not known.</summary>
    public required string Tenant { get; init; }

    public string? TenantName { get; init; }

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>The change that is undone by it; null where none is.</summary>
    public string? Undoes { get; init; }

    /// <summary>The policy that it was made from, as Graph gave it.</summary>
    public required JObject Before { get; init; }

    /// <summary>The properties that change, each with its whole value.</summary>
    public required JObject Change { get; init; }

    /// <summary>Ids that stand for those that the service will give.</summary>
    public IReadOnlyCollection<string> NewProfiles { get; init; } = [];

    /// <summary>What undoing gives a new id: the old one, and what stands for the new one.</summary>
    public IReadOnlyDictionary<string, string> Renewed { get; init; } = new Dictionary<string, string>();

    public string Hash => PolicyPlaces.HashOf(Before);

    public static string KeyOf(TenantSession tenant) => (tenant.TenantId ?? tenant.Endpoint.Host).ToLowerInvariant();

    public JObject ToJson()
    {
        var json = new JObject { ["format"] = Mark, ["version"] = Version, ["tenant"] = Tenant, ["tenantName"] = TenantName, ["command"] = Command, ["madeAt"] = CheckpointLines.Text(MadeAt) };
        if (Undoes is not null) json["undoes"] = Undoes;
        json["hash"] = Hash;
        json["before"] = Before.DeepClone();
        json["change"] = Change.DeepClone();
        json["newProfiles"] = new JArray(NewProfiles);
        if (Renewed.Count > 0) json["renewed"] = new JObject(Renewed.Select(r => new JProperty(r.Key, r.Value)));
        return json;
    }

    public string ToText() => AsciiJson.Of(ToJson());

    /// <exception cref="PasskeyAdminException"><c>PlanInvalid</c>.</exception>
    public static PlanDocument Parse(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = MaximumDepth };
            var token = JToken.ReadFrom(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
            if (reader.Read()) throw Invalid("has something behind its end");
            return token is JObject json ? Of(json) : throw Invalid("is no JSON object");
        }
        catch (JsonReaderException e)
        {
            throw Invalid($"cannot be read (line {JsonFault.Line(e)}, column {e.LinePosition}): {JsonFault.Reason(e)}", e);
        }
        catch (JsonException e)
        {
            throw Invalid($"cannot be read: {JsonFault.Reason(e)}", e);
        }
    }

    /// <exception cref="PasskeyAdminException"><c>PlanInvalid</c>.</exception>
    public static PlanDocument Of(JObject json)
    {
        if (JsonText.Of(json, "format") != Mark) throw Invalid("is not one of PasskeyAdmin");
        if (json["version"] is not JValue { Value: long and Version }) throw Invalid("was made by another version of PasskeyAdmin");
        var document = new PlanDocument
        {
            Tenant = JsonText.Of(json, "tenant") ?? throw Invalid("names no tenant"),
            TenantName = JsonText.Of(json, "tenantName") is { } name ? DisplayText.Excerpt(name, 200) : null,
            Command = DisplayText.Excerpt(JsonText.Of(json, "command") ?? "", 60),
            MadeAt = GraphDate.Parse(JsonText.Of(json, "madeAt")) ?? throw Invalid("has no date"),
            Undoes = json["undoes"] is null ? null : Guid.TryParse(JsonText.Of(json, "undoes"), out var undoes) ? undoes.ToString() : throw Invalid("is damaged (undoes)"),
            Before = json["before"] as JObject ?? throw Invalid("lacks the policy that it was made from"),
            Change = json["change"] as JObject ?? throw Invalid("lacks the change"),
            NewProfiles = [.. Texts(json["newProfiles"], "newProfiles").Select(i => i.ToLowerInvariant())],
            Renewed = ReadRenewed(json),
        };
        if (JsonText.Of(json, "hash") != document.Hash) throw Invalid("was changed: the policy in it is not the one that it was made from");
        document.Require();
        return document;
    }

    private static Dictionary<string, string> ReadRenewed(JObject json)
    {
        var renewed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in (json["renewed"] as JObject)?.Properties() ?? [])
        {
            if (property.Value is not JValue { Value: string id } || !IsStandIn(id) || renewed.ContainsKey(property.Name)) throw Invalid("is damaged (renewed)");
            renewed.Add(property.Name.ToLowerInvariant(), id.ToLowerInvariant());
        }
        return renewed;
    }

    /// <summary>An id that we made (RFC 9562, version 8): none that stands for anything else.</summary>
    private static bool IsStandIn(string id) => Guid.TryParseExact(id, "D", out _) && id[14] == '8';

    private void Require()
    {
        if (NewProfiles.FirstOrDefault(n => !IsStandIn(n)) is { } strange) throw Invalid($"calls a profile {DisplayText.Excerpt(strange, 60)}, which is no id for a new one");
        RequireTypes();
        if (Change.Properties().FirstOrDefault(p => !Changeable.Contains(p.Name)) is { } other) throw Invalid($"changes '{DisplayText.Excerpt(other.Name, 60)}', which no plan does");
        var profiles = Ids(Change);
        if (NewProfiles.FirstOrDefault(n => !profiles.Contains(n)) is { } missing) throw Invalid($"has no profile for the new id {DisplayText.Excerpt(missing, 60)}");
        var old = Ids(Before);
        if (NewProfiles.FirstOrDefault(old.Contains) is { } known) throw Invalid($"calls the profile {DisplayText.Excerpt(known, 60)} new, which is there already");
        if (Change["passkeyProfiles"] is not null && profiles.FirstOrDefault(p => !old.Contains(p) && !NewProfiles.Contains(p)) is { } own) throw Invalid($"gives a profile the id {DisplayText.Excerpt(own, 60)}, which only the service gives");
    }

    /// <summary>What an item is called in OData is none of a plan's business.</summary>
    private void RequireTypes()
    {
        foreach (var list in Change.Properties().Where(p => p.Value is JArray))
            foreach (var item in list.Value.OfType<JObject>())
            {
                var same = (Before[list.Name] as JArray)?.OfType<JObject>().FirstOrDefault(b => JsonText.Of(b, "id") is { } id && id.Equals(JsonText.Of(item, "id"), StringComparison.OrdinalIgnoreCase));
                foreach (var property in item.DescendantsAndSelf().OfType<JProperty>().Where(p => p.Name.IndexOf("@odata.", StringComparison.Ordinal) >= 0))
                    if (same?.Descendants().OfType<JProperty>().Any(p => p.Name == property.Name && JToken.DeepEquals(p.Value, property.Value)) != true) throw Invalid($"says {DisplayText.Excerpt(property.Name, 60)} of something, which the policy does not");
            }
    }

    private static List<string> Ids(JObject policy) => [.. PolicyItems.Of(policy, PolicyItems.Profiles).Select(PolicyItems.IdOf)];

    private static IEnumerable<string> Texts(JToken? list, string name) => (list as JArray ?? throw Invalid($"lacks {name}")).Select(i => i is JValue { Value: string text } ? text : throw Invalid($"is damaged ({name})"));

    private static PasskeyAdminException Invalid(string reason, Exception? cause = null) => new(ErrorKind.InvalidData, "PlanInvalid", $"The plan {reason}. Make it anew with -PlanOnly. Nothing was sent.", cause);
}
