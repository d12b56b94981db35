using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

internal sealed class EmptyTargetRule() : PolicyRule("PK108", "EmptyTarget", RuleSeverity.Warning, RuleSources.Groups, "Target groups have somebody in them")
{
    public override string LooksAt => "Target groups in which no user is, through nested groups either. Devices and service principals are no users.";

    public override string Why => "Whoever was meant to get the profile does not get it.";

    public override string Fix => "Put the people into the group, or take the target out.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2");

    protected override IEnumerable<FindingResult> Judge(RuleContext context) => OrPass(
    [
        .. PolicyGaps.OfTargets(context.Policy),
        .. from target in context.Policy.Target
           where target.Kind is TargetKind.Group or TargetKind.Unknown && target.Status is not TargetStatus.NotFound
           let users = context.Groups.Value.UsersOf(target.Id)
           where users is null or { Count: 0 }
           select users is null
               ? FindingResult.Unknown($"Who is in {target.DisplayName} could not be read. {context.Groups.Value.WhyUnread(target.Id)}")
               : Fail(target.AsObject(), $"Nobody is in {target.DisplayName}{target.UsedFor(", a target of ")}.", $"Remove-PasskeyProfileTarget -Group {CommandText.Quote(target.Id)} -WhatIf"),
    ], "Every target group has somebody in it.");
}
