using System.Globalization;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

internal sealed class SignedInRule() : PrerequisiteRule("SignedIn", "Somebody is signed in", "https://learn.microsoft.com/powershell/microsoftgraph/authentication-commands")
{
    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        if (facts.NoAnswer is { } reason) return CheckResult.Unknown(reason);
        var who = tenant switch
        {
            { IsAppOnly: true, ClientId: { } id } => $"The application {DisplayText.Neutralise(id)}",
            { IsAppOnly: true } => "An application",
            { Account: { } account } => account,
            { IsSandbox: true } => "Nobody in particular",
            _ => "Somebody (the sign-in does not say who)",
        };
        var way = tenant.Connection switch { TenantConnection.GraphPowerShell => "through Microsoft Graph PowerShell", TenantConnection.AccessToken => "with an access token", _ => "in a sandbox" };
        return CheckResult.Pass($"{who}, {way}{(tenant.ExpiresOn is { } end ? $", until {end.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : "")}.");
    }

    protected override CheckResult WithoutSignIn(SignInFailure failure) => CheckResult.Fail(failure.Reason, failure.Fix, failure.Command);
}
