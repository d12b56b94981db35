using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>reference/graph-passkey-policy.md §10 [M]: which clouds have passkeys, and what Graph describes there.</summary>
internal sealed class CloudRule() : PrerequisiteRule("Cloud", "The cloud has passkeys and their profiles", "https://learn.microsoft.com/graph/api/resources/passkeyprofile")
{
    protected override CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant)
    {
        if (tenant.IsSandbox) return CheckResult.Pass("A sandbox, which answers as the global cloud does.");
        var limits = string.Join(" ", tenant.Limitation);
        return tenant.Environment switch
        {
            "Global" => CheckResult.Pass("The global cloud: passkey profiles and synced passkeys are generally available."),
            "USGov" or "USGovDoD" => CheckResult.Pass($"{tenant.Environment}. {limits}"),
            "China" => CheckResult.Fail(limits, "There is nothing to switch on in this cloud. Plan another phishing-resistant method, such as certificates or Windows Hello for Business."),
            _ when limits.Length > 0 => CheckResult.Unknown($"{DisplayText.Neutralise(tenant.Environment)}. {limits}"),
            _ => CheckResult.Unknown($"{DisplayText.Neutralise(tenant.Environment)} ({tenant.Endpoint.Host}) is no cloud that this version knows: what works there is not known."),
        };
    }
}
