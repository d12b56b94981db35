using System;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Rules;

internal sealed class AdministratorOnlySyncedRule() : AdministratorRule("PK204", "AdministratorOnlySynced", RuleSeverity.Error, RuleSources.Policy, "Administrators with passkeys have one that is bound to a device")
{
    public override string LooksAt => "Enabled administrators all of whose passkeys are synced.";

    public override string Why => "Whoever takes over the account at the provider has the passkey of an administrator.";

    public override string Fix => "Let the administrator register a device-bound passkey, and then remove the synced one.";

    public override Uri Source { get; } = new("https://learn.microsoft.com/entra/identity/authentication/how-to-deploy-phishing-resistant-passwordless-authentication");

    protected override (string One, string Many) Found => ("administrator has synced passkeys only", "administrators have synced passkeys only");

    protected override string Open => "of which type the passkeys of these are";

    protected override string Passed(int count) => "No administrator has synced passkeys only.";

    protected override bool? IsFound(RuleContext context, RulePerson person) => person.Passkeys switch
    {
        null => null,
        { Count: 0 } => false,
        var passkeys when passkeys.All(p => p.Type is PasskeyTypes.Synced) => true,
        // Of an old registration, the type is not known.
        var passkeys when passkeys.All(p => p.Type is not PasskeyTypes.DeviceBound) => null,
        _ => false,
    };
}
