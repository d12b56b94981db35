using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Policy;

/// <summary>Whom the authentication methods policy lets use what, through groups in groups, too.</summary>
/// <param name="userId">Whom the question is about.</param>
internal sealed class PolicyReach(TenantDocument tenant, string userId)
{
    private readonly Lazy<HashSet<string>> _groups = new(() => new HashSet<string>(tenant.Directory.TransitiveParentsOf(userId), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a method is on for the user: in a target, and in no exclusion, which wins (reference/graph-passkey-policy.md §7 [D], taken for all methods).</summary>
    public bool Allows(string methodId) => tenant.Method(methodId) is { } method && method.Text("state") is "enabled"
        && method.List("includeTargets").Any(IsMeant) && !method.List("excludeTargets").Any(IsMeant);

    /// <summary>Whether a passkey can be used to sign in: §7 [D], without attestation, which counts at registration only.</summary>
    public bool AllowsPasskey(string? type, string? aaGuid)
    {
        if (!Allows("Fido2") || tenant.Method("Fido2") is not { } method) return false;
        // Before profiles, one list of keys counted for everybody, and only device-bound passkeys were known.
        if (!method.HasProfiles()) return type is not "synced" && Passes(method["keyRestrictions"] as JObject, aaGuid);
        var profiles = method.List("includeTargets").Where(IsMeant).SelectMany(t => t.Texts("allowedPasskeyProfiles")).Select(method.Profile).OfType<JObject>();
        return profiles.Any(p => (p.Text("passkeyTypes") ?? "").Split(',').Select(t => t.Trim()).Contains(type ?? "deviceBound") && Passes(p["keyRestrictions"] as JObject, aaGuid));
    }

    private bool IsMeant(JObject target) => target.Text("id") is { } id && (id is "all_users" || id.Equals(userId, StringComparison.OrdinalIgnoreCase) || _groups.Value.Contains(id));

    private static bool Passes(JObject? restrictions, string? aaGuid)
    {
        if (restrictions?["isEnforced"] is not JValue { Value: true }) return true;
        var isListed = restrictions.Texts("aaGuids").Contains(aaGuid ?? "", StringComparer.OrdinalIgnoreCase);
        return restrictions.Text("enforcementType") is "block" ? !isListed : isListed;
    }
}
