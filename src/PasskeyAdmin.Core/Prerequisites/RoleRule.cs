using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

internal sealed class RoleRule() : PrerequisiteRule("Role", "The account has a role for it", "https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference")
{
    private const string RolePermission = "RoleManagement.Read.Directory";
    private const string Unseen = "Roles that are only eligible and not active, and custom roles, do not show here.";
    private const string Activate = "Activate the role (Entra admin centre > ID Governance > Privileged Identity Management > My roles), or have it assigned; then sign in again.";
    private const string OtherAccount = "Name an account that has the role in the setting 'account' of the sandbox.";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        if (tenant.IsAppOnly) return CheckResult.Unknown("An application has no role of this kind; its permissions count.", "See the check Permission.");
        if (tenant is { IsSandbox: true, Account: null }) return CheckResult.Unknown("Nobody in particular is signed in to the sandbox, so there is no account whose roles could be looked up.", "Name somebody in the setting 'account' of the sandbox.");
        return facts.Roles.Judge(roles => Judge(facts, tenant, roles));
    }

    private static CheckResult Judge(PrerequisiteFacts facts, TenantSession tenant, IReadOnlyList<DirectoryRole> roles)
    {
        var ids = new HashSet<string>(roles.Select(r => r.TemplateId).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        var needs = facts.Capabilities.SelectMany(c => CapabilityRoles.Essential(c).Select(n => (Capability: c, Need: n, By: n.MetBy(ids)))).ToList();
        var unmet = needs.FindAll(n => n.By is null);
        var has = string.Join(", ", needs.Select(n => n.By?.Name).OfType<string>().Distinct());
        if (unmet.Count == 0)
        {
            var lacking = facts.Capabilities.SelectMany(CapabilityRoles.Beside).Distinct().Where(n => n.MetBy(ids) is null).Select(n => $" To {n.Purpose}, it would also need {n.Names}.");
            return CheckResult.Pass($"{has}, active now.{string.Concat(lacking)}");
        }
        var wanted = string.Join("; ", unmet.Select(u => u.Need).Distinct().Select(n => $"to {n.Purpose}: {n.Names}"));
        // Without a permission to see roles, the directory gives them without their properties.
        if (roles.Any(r => r.TemplateId is null))
        {
            return CheckResult.Unknown($"The account has {roles.Count} {(roles.Count == 1 ? "role" : "roles")}, and the directory hides {(roles.Count == 1 ? "it" : "which")}. Needed {wanted}.",
                $"Sign in with the permission {RolePermission}, and test again.", SignInCommands.WithPermissions(tenant, [RolePermission], facts.Capabilities));
        }
        var fix = tenant.IsSandbox ? OtherAccount : Activate;
        var found = $"Active now: {(roles.Count == 0 ? "no role" : string.Join(", ", roles.Select(r => DisplayText.Neutralise(r.Name ?? r.TemplateId!))))}.{Change(needs, unmet)} Needed {wanted}. {Unseen}";
        var capabilities = unmet.Select(u => u.Capability).Distinct().ToList();
        // Intune has roles of its own, which are not the directory's.
        if (capabilities.TrueForAll(c => c is TenantCapability.Devices)) return CheckResult.Unknown($"{found} Nor do the roles of Intune itself.", $"{fix} A role of Intune that reads managed devices does as well.") with { Capabilities = capabilities };
        return ids.Any(i => !CapabilityRoles.IsKnown(i))
            ? CheckResult.Unknown($"{found} What the others of these allow is not known to this version.", fix) with { Capabilities = capabilities }
            : CheckResult.Fail(found, fix) with { Capabilities = capabilities };
    }

    /// <summary>Who may write, which comes first, and not look is told so.</summary>
    private static string Change(List<(TenantCapability Capability, RoleNeed Need, KnownRole? By)> needs, List<(TenantCapability Capability, RoleNeed Need, KnownRole? By)> unmet) =>
        needs.Find(n => n.By is not null && n.Need == CapabilityRoles.Essential(n.Capability)[0] && unmet.Exists(u => u.Capability == n.Capability)) is { By: not null } met
            ? $" That is enough to {met.Need.Purpose}, and not to see whom that affects."
            : "";
}
