using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Temporary Access Passes (reference/graph-users-and-usage.md §5): one a user, within the bounds of the policy, and shown once.</summary>
internal static class TemporaryPasses
{
    private const string Reason = "methodUsabilityReason";

    /// <summary>30 days: reference/graph-users-and-usage.md §5.</summary>
    private const long LongestLifetime = 43_200;

    public static SandboxAnswer Create(GraphCall call)
    {
        call.Options();
        var user = DirectoryEndpoints.FindUser(call, call.Ids[0]);
        if (user.Parent is null) throw SandboxRefusal.NotKnown("changes of a tenant that is made up for benches");
        var policy = call.Tenant.Method("TemporaryAccessPass");
        // The words of these refusals are ours: the reference does not have Graph's.
        if (policy is null || !new PolicyReach(call.Tenant, TenantDocument.IdOf(user)).Allows("TemporaryAccessPass")) throw SandboxRefusal.BadRequest("The authentication methods policy does not allow this user a Temporary Access Pass.");
        GraphAccess.RequireForMethodsOf(call, user);
        var pass = Read(call, policy);
        var methods = user[TenantDocument.Methods] as JArray;
        var change = new TenantChange();
        if (methods is null) change.Set(user, TenantDocument.Methods, methods = []);
        if (methods.OfType<JObject>().FirstOrDefault(m => JsonText.Of(m, "@odata.type") is MethodKind.TemporaryPass) is { } old)
        {
            Describe(old = (JObject)old.DeepClone(), call.Now, isAllowed: true);
            if (old[Reason] is JValue { Value: "EnabledByPolicy" or "NotYetValid" }) throw SandboxRefusal.BadRequest("The user has a Temporary Access Pass already; delete it first.");
            change.Remove(methods, methods.First(m => m["id"]!.ToString() == TenantDocument.IdOf(old)));
        }
        change.Append(methods, pass);
        AuditLog.Add(call, change, "Admin registered security info", "UserManagement", "Authentication Methods", [AuditLog.Target(call, TenantDocument.IdOf(user))]);
        var answer = (JObject)pass.DeepClone();
        answer.Remove("@odata.type");
        Describe(answer, call.Now, isAllowed: true);
        // In no other answer, and not in the tenant.
        answer["temporaryAccessPass"] = Secret(policy);
        return call.Commit(change, call.Created($"users('{call.Ids[0]}')/authentication/temporaryAccessPassMethods", answer));
    }

    /// <summary>Whether a pass can be used now, which its times tell.</summary>
    /// <param name="isAllowed">Whether the policy lets the user have one.</param>
    public static void Describe(JObject pass, DateTimeOffset now, bool isAllowed)
    {
        var start = GraphTime.Parse(JsonText.Of(pass, "startDateTime")) ?? GraphTime.Parse(JsonText.Of(pass, "createdDateTime")) ?? now;
        var minutes = pass["lifetimeInMinutes"] is JValue { Value: long and >= 0 and <= LongestLifetime and var given } ? given : 60;
        // Whoever used one up says so in the file; time alone cannot.
        var isUsed = pass[Reason] is JValue { Value: "OneTimeUsed" };
        var reason = !isAllowed ? "DisabledByPolicy" : isUsed ? "OneTimeUsed" : now < start ? "NotYetValid" : now >= start.AddMinutes(minutes) ? "Expired" : "EnabledByPolicy";
        pass["isUsable"] = reason is "EnabledByPolicy";
        pass[Reason] = reason;
    }

    private static JObject Read(GraphCall call, JObject policy)
    {
        var body = call.Body();
        if (body.Properties().FirstOrDefault(p => p.Name is not ("@odata.type" or "startDateTime" or "lifetimeInMinutes" or "isUsableOnce")) is { } stranger) throw SandboxRefusal.BadRequest($"The property '{stranger.Name}' cannot be given.");
        var (least, most) = (Number(policy, "minimumLifetimeInMinutes", 60), Math.Min(LongestLifetime, Number(policy, "maximumLifetimeInMinutes", 480)));
        if (body["isUsableOnce"] is not (null or JValue { Value: bool } or { Type: JTokenType.Null })) throw SandboxRefusal.BadRequest("'isUsableOnce' must be true or false.");
        var lifetime = body["lifetimeInMinutes"] is null ? Number(policy, "defaultLifetimeInMinutes", 60) : body["lifetimeInMinutes"] is JValue { Value: long minutes } ? minutes : -1;
        if (lifetime < least || lifetime > most) throw SandboxRefusal.BadRequest($"'lifetimeInMinutes' must be between {least} and {most}, as the policy says.");
        var isOnce = body["isUsableOnce"] is JValue { Value: bool once } ? once : policy["isUsableOnce"] is JValue { Value: true };
        if (!isOnce && policy["isUsableOnce"] is JValue { Value: true }) throw SandboxRefusal.BadRequest("The policy allows passes that can be used once only.");
        if (body["startDateTime"] is { Type: not JTokenType.Null } && GraphTime.Parse(JsonText.Of(body, "startDateTime")) is null) throw SandboxRefusal.BadRequest("'startDateTime' must be a date and time.");
        return new JObject
        {
            ["@odata.type"] = MethodKind.TemporaryPass,
            ["id"] = Guid.NewGuid().ToString(),
            ["createdDateTime"] = GraphTime.Text(call.Now),
            ["startDateTime"] = GraphTime.Text(GraphTime.Parse(JsonText.Of(body, "startDateTime")) ?? call.Now),
            ["lifetimeInMinutes"] = lifetime,
            ["isUsableOnce"] = isOnce,
        };
    }

    /// <summary>It opens nothing: there is no sign-in in the sandbox. But it looks like one, so that whoever shows or stores it by mistake is seen.</summary>
    private static string Secret(JObject policy) => $"TAP-{Guid.NewGuid():N}".Substring(0, (int)Math.Max(8, Math.Min(36, Number(policy, "defaultLength", 8))));

    private static long Number(JObject policy, string name, long standard) => policy[name] is JValue { Value: long number } ? number : standard;
}
