using System.Collections.Generic;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>A type with the properties that Microsoft's metadata declares for it (reference/graph-passkey-policy.md §3).</summary>
/// <param name="Name">As OData annotations and messages have it, without the number sign.</param>
internal sealed record DeclaredType(string Name, IReadOnlyList<string> Properties)
{
    public static readonly DeclaredType Configuration = new("microsoft.graph.fido2AuthenticationMethodConfiguration",
    [
        "id", "state", "isSelfServiceRegistrationAllowed", "isAttestationEnforced", "keyRestrictions", "defaultPasskeyProfile", "excludeTargets", "includeTargets", "passkeyProfiles",
    ]);

    public static readonly DeclaredType Profile = new("microsoft.graph.passkeyProfile", ["id", "name", "passkeyTypes", "attestationEnforcement", "keyRestrictions"]);

    public static readonly DeclaredType IncludedTarget = new("microsoft.graph.passkeyAuthenticationMethodTarget", ["id", "targetType", "isRegistrationRequired", "allowedPasskeyProfiles"]);

    public static readonly DeclaredType ExcludedTarget = new("microsoft.graph.excludeTarget", ["id", "targetType"]);

    public static readonly DeclaredType KeyRestrictions = new("microsoft.graph.fido2KeyRestrictions", ["isEnforced", "enforcementType", "aaGuids"]);
}
