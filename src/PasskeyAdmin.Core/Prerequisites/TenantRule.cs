using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

internal sealed class TenantRule() : PrerequisiteRule("Tenant", "The tenant is the one that was connected", "https://learn.microsoft.com/graph/api/organization-list")
{
    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant) => facts.Organization.Judge(organization =>
    {
        var name = $"{(organization.Name is { } text ? DisplayText.Neutralise(text) + " " : "")}({DisplayText.Neutralise(organization.Id)})";
        return tenant.TenantId is { } connected && !organization.IsMeantBy(connected)
            ? CheckResult.Fail($"The tenant that answers is {name}, and {tenant} ({DisplayText.Neutralise(connected)}) was connected.", "Connect to the tenant that you mean.", SignInCommands.SignIn(tenant, facts.Capabilities))
            : CheckResult.Pass($"{name}.");
    });
}
