using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class EmergencyInWaveRule() : PolicyRule("PK206", "EmergencyInWave", RuleSeverity.Warning, RuleSources.Emergency, "Emergency accounts are in no rollout")
{
    public override string LooksAt => "The groups that an emergency account is in, through others as well: a group whose name has a word such as wave, pilot, ring, rollout or phase, or that the registration campaign targets while it is not off, unless the campaign excludes the account. A campaign for all users is no wave.";

    public override string Why => "A wave changes what its people may sign in with, and a campaign stops them at sign-in. An emergency account must not change with anybody else.";

    public override string Fix => "Take the account out of the group, or of the groups in it.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access");

    /// <summary>How people call the groups of a rollout; the rollout itself is nowhere in Graph.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "wave", "waves", "pilot", "pilots", "ring", "rollout", "phase", "welle", "vague", "ola", "onda" };

    /// <summary>Also of names in one piece, such as SG-PasskeyWave1; a copilot is no pilot, however it is written.</summary>
    private static readonly Regex Word = new(@"(?i:copilot)\w*|\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})", RegexOptions.CultureInvariant);

    public override RuleSources Wishes => RuleSources.Methods;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var emergency = context.Emergency.Value;
        var campaign = context.Methods is { IsRead: true, Value: { CampaignState: not "disabled" } methods } ? methods : null;
        var waves = emergency.Accounts.ToDictionary(a => a, a => WavesOf(a, campaign));
        var found = waves.Where(w => w.Value is { Count: > 0 }).Select(w => w.Key.AsObject(NameLists.And(w.Value!))).ToList();
        var open = waves.Where(w => w.Value is null).Select(w => DisplayText.Neutralise(w.Key.Shown)).ToList();
        if (found.Count > 0) yield return Fail(found, all => $"{NameLists.First(all.Select(a => $"{a.Name} is {a.Detail}"))}.{emergency.Basis}", look: "Get-PasskeyEffectivePolicy");
        if (open.Count > 0) yield return FindingResult.Unknown($"The groups of {NameLists.First(open)} could not be read.");
        if (context.Methods.Reason is { } reason) yield return FindingResult.Unknown($"Whom the registration campaign targets is not known. {reason}");
        else if (found.Count == 0 && open.Count == 0) yield return FindingResult.Pass($"{NameLists.First(waves.Keys.Select(a => DisplayText.Neutralise(a.Shown)))}: in no group of a rollout.{emergency.Basis}");
    }

    /// <summary>What rolls out over an account, in words; null where its groups could not be read. Exclusions of a campaign win (reference/adoption-and-troubleshooting.md §2 [D]).</summary>
    private static List<string>? WavesOf(EmergencyAccount account, MethodsPolicy? campaign)
    {
        if (account.Groups is not { } groups) return null;
        var ids = new HashSet<string>(groups.Select(g => g.Id).Append(account.Id.ToString()), StringComparer.OrdinalIgnoreCase);
        var isLeftOut = campaign?.CampaignExclusions?.Any(ids.Contains) == true;
        HashSet<string> nudged = new(isLeftOut ? [] : campaign?.CampaignTargets ?? [], StringComparer.OrdinalIgnoreCase);
        List<string> waves = [.. groups.Where(g => nudged.Contains(g.Id) || IsWave(g.Name)).Select(g => g.Shown)];
        return [.. waves.Count > 0 ? [$"in {NameLists.And(waves)}"] : Array.Empty<string>(), .. nudged.Contains(account.Id.ToString()) ? ["a target of the registration campaign"] : Array.Empty<string>()];
    }

    private static bool IsWave(string? name) => name is not null && Word.Matches(name).Cast<Match>().Any(w => Words.Contains(w.Value));
}
