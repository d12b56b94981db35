using System;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

internal sealed class AdministratorWithOnePasskeyRule() : AdministratorRule("PK203", "AdministratorWithOnePasskey", RuleSeverity.Warning, RuleSources.Policy, "Administrators have a second passkey")
{
    public override string LooksAt => "Enabled administrators with exactly one registered passkey, unless it is synced (PK204).";

    public override string Why => "Whoever loses the only key needs somebody else to get in again, and nobody may be there who can help an administrator.";

    public override string Fix => "Let the administrator register a second device-bound passkey and keep it elsewhere.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-deploy-phishing-resistant-passwordless-authentication");

    protected override (string One, string Many) Found => ("administrator has a single passkey", "administrators have a single passkey");

    protected override string Open => "how many passkeys these have";

    protected override string Passed(int count) => "No administrator has a single device-bound passkey.";

    protected override bool? IsFound(RuleContext context, RulePerson person) => person.Passkeys is not { } passkeys ? null : passkeys.Count == 1 && passkeys[0].Type is not PasskeyTypes.Synced;
}
