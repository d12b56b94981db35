using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

internal sealed class RoleRule() : PrerequisiteRule("Role", "The account has a role for it", "https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference")
{
    private const string RolePermission = "RoleManagement.Read.Directory";
    private const string Unseen = "Roles that are only eligible and not active, and custom roles, do not show here.";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        if (tenant.IsAppOnly) return CheckResult.Unknown("An application has no role of this kind; its permissions count.");
        if (tenant is { IsSandbox: true, Account: null }) return CheckResult.Unknown("Nobody in particular is signed in to the sandbox, so there is no account whose roles could be looked up.");
        return facts.Roles.Judge(roles => Judge(facts, tenant, roles));
    }

    private static CheckResult Judge(PrerequisiteFacts facts, TenantSession tenant, IReadOnlyList<DirectoryRole> roles)
    {
        var ids = new HashSet<string>(roles.Select(r => r.TemplateId).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        var needs = facts.Capabilities.Select(c => (Capability: c, Need: CapabilityRoles.Essential(c))).ToList();
        var unmet = needs.Where(n => n.Need.MetBy(ids) is null).ToList();
        if (unmet.Count == 0)
        {
            var has = string.Join(", ", needs.Select(n => n.Need.MetBy(ids)!.Name).Distinct());
            var lacking = facts.Capabilities.SelectMany(CapabilityRoles.Beside).Distinct().Where(n => n.MetBy(ids) is null).Select(n => $" To {n.Purpose}, it would also need {n.Names}.");
            return CheckResult.Pass($"{has}, active now.{string.Concat(lacking)}");
        }
        var wanted = string.Join("; ", unmet.Select(u => u.Need).Distinct().Select(n => $"to {n.Purpose}: {n.Names}"));
        // Without a permission to see roles, the directory gives them without their properties.
        if (roles.Any(r => r.TemplateId is null))
        {
            return CheckResult.Unknown($"The account has {roles.Count} roles, and the directory hides which. Needed {wanted}.",
                $"Sign in with the permission {RolePermission}, and test again.", SignInCommands.WithPermissions(tenant, [RolePermission]));
        }
        var found = roles.Count == 0 ? "no role" : string.Join(", ", roles.Select(r => DisplayText.Neutralise(r.Name ?? r.TemplateId!)));
        return CheckResult.Fail($"Active now: {found}. Needed {wanted}. {Unseen}", "Activate the role (Entra admin centre > ID Governance > Privileged Identity Management > My roles), or have it assigned; then sign in again.") with
        {
            Capabilities = [.. unmet.Select(u => u.Capability)],
        };
    }
}
