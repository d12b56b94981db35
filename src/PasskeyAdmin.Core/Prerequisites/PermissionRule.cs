using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

internal sealed class PermissionRule() : PrerequisiteRule("Permission", "The sign-in has the permissions", "https://learn.microsoft.com/graph/permissions-reference")
{
    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        var granted = tenant.Graph.Permissions;
        if (granted is null && tenant.IsSandbox) return CheckResult.Pass("A sandbox grants every permission.");
        var missing = facts.Capabilities.Select(c => (Capability: c, Names: CapabilityPermissions.Missing(c, granted ?? facts.ProvenPermissions))).Where(m => m.Names.Count > 0).ToList();
        if (missing.Count == 0)
        {
            return CheckResult.Pass(granted is null
                ? "What needs the permissions was read, although the sign-in does not say which it has."
                : $"Granted: {string.Join(", ", CapabilityPermissions.Least(facts.Capabilities))}, or what is as good.");
        }
        var names = missing.SelectMany(m => m.Names).Distinct().ToList();
        var said = string.Join("; ", missing.Select(m => $"for {m.Capability}: {string.Join(", ", m.Names)}"));
        return granted is null
            ? CheckResult.Unknown($"The sign-in does not say which permissions it has. Not seen at work {said}.", Advice(tenant, names), SignInCommands.WithPermissions(tenant, names, facts.Capabilities))
            : CheckResult.Fail($"Missing {said}.", Advice(tenant, names), SignInCommands.WithPermissions(tenant, names, facts.Capabilities)) with { Capabilities = [.. missing.Select(m => m.Capability)] };
    }

    /// <summary>How to get permissions, in the way in which the tenant was connected.</summary>
    public static string Advice(TenantSession tenant, IReadOnlyList<string> names)
    {
        var list = string.Join(", ", names);
        return tenant switch
        {
            { IsSandbox: true } => $"Add to the setting 'scopes' of the sandbox: {list}.",
            { IsAppOnly: true } => $"Grant the application {list}, with admin consent (Entra admin centre > App registrations > API permissions), and connect again with the same certificate, secret or identity.",
            { Connection: TenantConnection.AccessToken } => $"Get an access token with {list}, and connect again.",
            _ => $"Sign in again and ask for {list}; an administrator may have to consent.",
        };
    }
}
