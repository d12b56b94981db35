using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

internal sealed class LeftToMicrosoftRule() : PolicyRule("PK402", "LeftToMicrosoft", RuleSeverity.Warning, RuleSources.Methods, "What is narrow on purpose is not left to Microsoft")
{
    public override string LooksAt => "Where a profile in use is narrower than everything: whether the registration campaign is Microsoft managed, and whether the tenant has opted out of passkeys by default while that is possible.";

    public override string Why => "Since 2026-09-01 Microsoft enables users of SMS and voice for passkeys in a profile that allows all types, and steers the campaign. Profiles add up, so that can widen what an administrator kept narrow.";

    public override string Fix => "Set the campaign to enabled or disabled, with the groups that you want; opt out (Microsoft Graph beta: optOutSettings of the authentication methods policy), or take users out of SMS and voice.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/concept-sms-voice-retirement");

    private const string Managed = "default";

    /// <summary>From then on nobody can opt out (reference/graph-passkey-policy.md §9 [D]).</summary>
    private static readonly DateTimeOffset EndOfOptOut = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public override RuleSources Wishes => RuleSources.OptOut;

    protected override FindingResult? ByPolicyAlone(PasskeyPolicy policy) =>
        !policy.IsWithoutItsProfiles && PolicyGaps.AreUsesKnown(policy) && policy.Profile.All(p => IsNarrow(p) == false) ? FindingResult.NotApplicable("No profile in use is narrower than everything.") : null;

    protected override IEnumerable<FindingResult> Judge(RuleContext context)
    {
        var seen = new List<string>();
        if (context.Methods.Value.CampaignState is Managed) seen.Add("the registration campaign is Microsoft managed");
        var canOptOut = context.IsPublicCloud != false && context.Now < EndOfOptOut;
        if (canOptOut && context.IsOptedOut is { IsRead: true, Value: false }) seen.Add("the tenant has not opted out of passkeys by default");
        var narrow = context.Policy.Profile.Where(p => IsNarrow(p) == true).Select(p => $"'{p.Name}'").ToList();
        if (seen.Count > 0 && narrow.Count == 0) yield return FindingResult.Unknown($"Whether a profile in use is narrower than everything is not known, and {NameLists.And(seen)}.");
        else if (seen.Count > 0) yield return Fail($"{NameLists.First(narrow)} {(narrow.Count == 1 ? "is" : "are")} narrow, and {NameLists.And(seen)}: Microsoft may widen what these people can use.", "Test-PasskeyPrerequisite -Capability Rollout");
        else if (canOptOut && !context.IsOptedOut.IsRead) yield return FindingResult.Unknown(context.IsOptedOut.Reason!);
        else if (context.Methods.Value.CampaignState is not ("enabled" or "disabled" or Managed)) yield return FindingResult.Unknown("The state of the registration campaign does not show, or is one that this version does not know.");
        else yield return FindingResult.Pass("Neither the campaign nor the migration is left to Microsoft.");
    }

    /// <summary>Whether a profile in use keeps something out; null where that is not known.</summary>
    private static bool? IsNarrow(PasskeyProfile profile)
    {
        if (profile.Target.All(t => t.Status is TargetStatus.NotFound)) return false;
        bool? isListed = profile switch
        {
            { Restriction: KeyRestrictionKind.None } or { Restriction: KeyRestrictionKind.Block, AaGuid.Count: 0, UnreadableAaGuids: 0 } => false,
            { Restriction: KeyRestrictionKind.Unknown } => null,
            _ => true,
        };
        // Without profiles there are device-bound passkeys only, and nobody chose that.
        var isOfOneType = profile.IsImplied ? false : !(PolicyGaps.Allows(profile, PasskeyTypes.DeviceBound) & PolicyGaps.Allows(profile, PasskeyTypes.Synced));
        return PolicyGaps.IsAttested(profile) | isListed | isOfOneType;
    }
}
