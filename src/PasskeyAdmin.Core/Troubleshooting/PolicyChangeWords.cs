using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// Says in words what an event of the audit log changed in the passkey policy or in a strength. The form of the values is unofficial, and since spring 2026 they hold the changed settings only
/// (reference/graph-users-and-usage.md §4 [U]): what is not understood is said as that. Pure.
/// </summary>
internal sealed class PolicyChangeWords(AuditFacts facts)
{
    private const string NotUnderstood = "changed, in a form that this version does not know";
    private const int LongestValue = 120;

    /// <summary>Settings that no other method has.</summary>
    private static readonly string[] OfPasskeysOnly = [PolicyItems.Profiles, "defaultPasskeyProfile", "isSelfServiceRegistrationAllowed", "isAttestationEnforced", "keyRestrictions"];

    /// <summary>Views of the default profile (reference/graph-passkey-policy.md §1 [U]): they follow it.</summary>
    private static readonly string[] Deprecated = ["isAttestationEnforced", "keyRestrictions"];

    /// <summary>Nothing for what is about another method.</summary>
    public IReadOnlyList<string> Of(JObject audit)
    {
        var activity = JsonText.Of(audit, "activityDisplayName") ?? "";
        var settings = LoggedSetting.Of(audit).ToList();
        if (activity.StartsWith(AuditEntry.Strength, StringComparison.OrdinalIgnoreCase)) return OfStrength(audit, activity, settings);
        if (activity.EndsWith("Reset", StringComparison.OrdinalIgnoreCase)) return ["The authentication methods policy was reset to its defaults", .. settings.Where(IsChanged).SelectMany(Words)];
        if (!IsAboutPasskeys(audit, settings, out var isCertain)) return [];
        var words = settings.Where(s => !Deprecated.Contains(s.Name) || facts.Policy?.ProfilesEnrolled is ProfileEnrolment.No).Where(IsChanged).SelectMany(Words).Distinct().ToList();
        if (words.Count == 0) words.Add(settings.Count == 0 ? "policy: changed; the log does not say what" : $"policy: {NotUnderstood}");
        return isCertain ? words : [.. words.Select(w => $"{w} (of a method that the log does not name)")];
    }

    /// <summary>The sandbox writes the method into PolicyType, which is unconfirmed; where neither that nor a setting tells, it may be about passkeys.</summary>
    private static bool IsAboutPasskeys(JObject audit, List<LoggedSetting> settings, out bool isCertain)
    {
        var type = (audit["additionalDetails"] as JArray ?? []).OfType<JObject>().Where(d => "PolicyType".Equals(JsonText.Of(d, "key"), StringComparison.OrdinalIgnoreCase)).Select(d => JsonText.Of(d, "value")).FirstOrDefault();
        isCertain = true;
        if (type is not null) return type.Equals("Fido2", StringComparison.OrdinalIgnoreCase);
        if (settings.Exists(s => OfPasskeysOnly.Contains(s.Name))) return true;
        isCertain = false;
        return settings.Count == 0 || settings.Exists(s => PolicyJson.KnownProperties.Contains(s.Name) || (s.New ?? s.Old)?.ToString().IndexOf("fido2", StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static bool IsChanged(LoggedSetting setting) => !JToken.DeepEquals(setting.Old, setting.New);

    private IEnumerable<string> Words(LoggedSetting setting)
    {
        if (!PolicyJson.KnownProperties.Contains(setting.Name)) return [Plain(setting)];
        // Without what was, a list says nothing of what changed in it.
        if (PolicyItems.Lists.Contains(setting.Name) && setting is not { Old: JArray, New: JArray }) return [$"{Safe(setting.Name)}: {(setting.Old is null ? "changed, from what the log does not say" : NotUnderstood)}"];
        try
        {
            var lines = facts.Understand is { } understand ? PolicyDifference.Between(understand(With(setting, setting.Old)), understand(With(setting, setting.New))).ToList() : [];
            return lines.Count > 0 ? lines : [Plain(setting)];
        }
        catch (PasskeyAdminException)
        {
            return [$"{Safe(setting.Name)}: {NotUnderstood}"];
        }
    }

    /// <summary>The present policy with one setting as it was logged; of an item in part, the rest is as it is now.</summary>
    private JObject With(LoggedSetting setting, JToken? value)
    {
        var policy = facts.Policy!.Raw.Copy();
        if (setting.Name == "id") return policy;
        if (value is not JArray list) policy[setting.Name] = value?.DeepClone() ?? JValue.CreateNull();
        else policy[setting.Name] = new JArray(Completed(setting, list, policy));
        return policy;
    }

    private static IEnumerable<JToken> Completed(LoggedSetting setting, JArray list, JObject policy)
    {
        var items = list.OfType<JObject>().Where(i => !IsOnlyLeftOut(setting, i, policy));
        foreach (var item in items)
        {
            var whole = PolicyItems.Find(policy, setting.Name, PolicyItems.IdOf(item))?.DeepClone() as JObject ?? [];
            foreach (var property in item.Properties()) whole[property.Name] = property.Value.DeepClone();
            yield return whole;
        }
    }

    /// <summary>A profile that is in the old value alone, and still in the policy, was not deleted: ids do not come again. The log left it out of the new value.</summary>
    private static bool IsOnlyLeftOut(LoggedSetting setting, JObject item, JObject policy)
    {
        var id = PolicyItems.IdOf(item);
        return setting.Name == PolicyItems.Profiles && !(setting.New as JArray ?? []).OfType<JObject>().Any(i => PolicyItems.IdOf(i) == id) && PolicyItems.Find(policy, setting.Name, id) is not null;
    }

    private static List<string> OfStrength(JObject audit, string activity, List<LoggedSetting> settings)
    {
        var name = (audit["targetResources"] as JArray ?? []).OfType<JObject>().Select(t => JsonText.Of(t, "displayName")).OfType<string>().FirstOrDefault();
        var shown = name is null ? "authentication strength" : $"authentication strength {Safe(name)}";
        var part = activity.IndexOf("Combination Configuration", StringComparison.OrdinalIgnoreCase) >= 0 ? "allowed models " : "";
        var done = activity.Split(' ').Last() switch { "Create" => "created", "Update" => "changed", "Delete" => "deleted", var other => Safe(other) };
        return [$"{shown}: {part}{done}", .. settings.Where(IsChanged).Select(s => $"{shown}: {Plain(s)}")];
    }

    /// <summary>Old and new as they stand, where both are short.</summary>
    private static string Plain(LoggedSetting setting)
    {
        var (old, now) = (Shown(setting.Old), Shown(setting.New));
        return old is null || now is null ? $"{Safe(setting.Name)}: {NotUnderstood}" : $"{Safe(setting.Name)}: {old} -> {now}";
    }

    private static string? Shown(JToken? value)
    {
        var text = value switch
        {
            null => "not said",
            JArray list when list.All(i => i is JValue) => string.Join(", ", list.Select(i => i.ToString())),
            JValue { Value: bool flag } => flag ? "on" : "off",
            JValue single => single.Value?.ToString() ?? "nothing",
            _ => null,
        };
        return text is null || text.Length > LongestValue ? null : text.Length == 0 ? "nothing" : DisplayText.Neutralise(text);
    }

    private static string Safe(string text) => DisplayText.Excerpt(text, LongestValue);
}
