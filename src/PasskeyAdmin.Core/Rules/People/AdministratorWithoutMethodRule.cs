using System;

namespace PasskeyAdmin.Rules;

internal sealed class AdministratorWithoutMethodRule() : AdministratorRule("PK202", "AdministratorWithoutMethod", RuleSeverity.Error, RuleSources.Groups, "Every administrator has a phishing-resistant method that works")
{
    public override string LooksAt => "Enabled administrators without a passkey that the policy lets in, Windows Hello for Business, platform credential or certificate that counts as two factors. Guests bring the methods of their own tenant and are left out.";

    public override string Why => "The accounts that attackers want most are those that a phishing page can take. Where Conditional Access demands such a method, the administrator is locked out.";

    public override string Fix => "Let the administrator register a device-bound passkey. Whoever cannot sign in any more needs a Temporary Access Pass from a Privileged Authentication Administrator.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-deploy-phishing-resistant-passwordless-authentication");

    public override RuleSources Wishes => base.Wishes | RuleSources.Report;

    protected override (string One, string Many) Found => ("administrator has no phishing-resistant method that works", "administrators have no phishing-resistant method that works");

    protected override string Open => "whether these have a phishing-resistant method";

    protected override string Passed(int count) => $"Each of {Count(count, "administrator", "administrators")} has one.";

    protected override bool? IsFound(RuleContext context, RulePerson person) => !context.HasUsableMethod(person);
}
