using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

internal sealed class TenantRule() : PrerequisiteRule("Tenant", "The tenant is the one that was connected", "https://learn.microsoft.com/graph/api/organization-list")
{
    private const string OfApplications = "Organization.Read.All";

    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        var check = Judge(facts, tenant);
        // A user may always ask who the tenant is; an application has to be allowed.
        return check.Outcome is CheckOutcome.Unknown && tenant is { IsAppOnly: true, Graph.Permissions: { } granted } && !PermissionNames.IsGranted(OfApplications, granted)
            ? check with { Fix = PermissionRule.Advice(tenant, [OfApplications]) }
            : check;
    }

    private static CheckResult Judge(PrerequisiteFacts facts, TenantSession tenant) => facts.Organization.Judge(organization =>
    {
        var name = $"{(organization.Name is { } text ? DisplayText.Neutralise(text) + " " : "")}({DisplayText.Neutralise(organization.Id)})";
        return tenant.TenantId is { } connected && !organization.IsMeantBy(connected)
            ? CheckResult.Fail($"The tenant that answers is {name}, and {tenant} ({DisplayText.Neutralise(connected)}) was connected.", $"Connect to the tenant that you mean.{(tenant.HasSandboxSettings ? $" {SignInCommands.SignInAdvice(tenant)}" : "")}", SignInCommands.SignIn(tenant, facts.Capabilities))
            : CheckResult.Pass($"{name}.");
    });
}
