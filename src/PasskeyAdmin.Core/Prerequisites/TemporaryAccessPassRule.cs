using System.Collections.Generic;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>With a Temporary Access Pass, somebody who has no method yet, or has lost all, registers a passkey (reference/graph-users-and-usage.md §5).</summary>
internal sealed class TemporaryAccessPassRule() : PrerequisiteRule("TemporaryAccessPass", "Temporary Access Passes are on", "https://learn.microsoft.com/entra/identity/authentication/howto-authentication-temporary-access-pass",
    TenantCapability.PolicyWrite, TenantCapability.Helpdesk, TenantCapability.Rollout, TenantCapability.ConditionalAccess)
{
    private const string Place = "Entra admin centre > Entra ID > Authentication methods > Policies > Temporary Access Pass > Enable and target";

    // As learn.microsoft.com/graph/api/temporaryaccesspassauthenticationmethodconfiguration-update has it. What is left out stays.
    // The command is one of Microsoft.Graph.Authentication, which is there where this sign-in is.
    private const string SwitchOn = "Invoke-MgGraphRequest -Method PATCH -Uri '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass' -ContentType 'application/json'"
        + " -Body '{ \"@odata.type\": \"#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration\", \"state\": \"enabled\" }'";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant) => facts.TemporaryAccessPass.Judge(settings => settings.Method switch
    {
        { State: PolicyState.Enabled } method when method.Reach(facts.People) is { } reach => Judge(settings, reach),
        // In a sandbox, or with a token of another sign-in, that command would change another tenant.
        { State: PolicyState.Disabled } => CheckResult.Fail("Off: who has no other method cannot be let in to register a passkey.", $"Switch it on: {Place}.", tenant.Connection is TenantConnection.GraphPowerShell ? SwitchOn : null),
        { State: PolicyState.Enabled } => CheckResult.Unknown("On; Microsoft Graph does not say for whom."),
        _ => CheckResult.Unknown("The policy of the Temporary Access Pass has a state that this version does not know."),
    });

    private static CheckResult Judge(TemporaryAccessPassSettings settings, MethodReach reach) => reach.Anybody switch
    {
        true => CheckResult.Pass($"On for {reach.Whom}{Lifetimes(settings)}.{(reach.Idle.Length > 0 ? $" Of no effect: {reach.Idle}." : "")}"),
        null => CheckResult.Unknown($"On; whether that reaches anybody is not known: {reach.NotKnown}{reach.NotFor}.", "See the check Permission, and look who is in these groups."),
        false => CheckResult.Fail($"On, but for nobody{(reach.Idle.Length > 0 ? $": {reach.Idle}" : "")}.", $"Add groups with somebody in them, or all users: {Place}."),
    };

    private static string Lifetimes(TemporaryAccessPassSettings settings)
    {
        var parts = new List<string>();
        if (settings.DefaultLifetime is { } usual) parts.Add($"{usual} minutes");
        if (settings is { MinimumLifetime: { } least, MaximumLifetime: { } most }) parts.Add($"{least} to {most} can be chosen");
        if (settings.IsUsableOnce is { } once) parts.Add(once ? "usable once" : "usable several times if wanted");
        return parts.Count > 0 ? $": {string.Join(", ", parts)}" : "";
    }
}
