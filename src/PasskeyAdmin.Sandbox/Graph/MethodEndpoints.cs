using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Policy;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>What a user can sign in with (reference/graph-users-and-usage.md §1 and §5).</summary>
internal static class MethodEndpoints
{
    public static readonly GraphRoute[] Routes =
    [
        new("GET", "users/{}/authentication/methods", Mixed),
        new("GET", "users/{}/authentication/methods/{}", MixedOne),
        new("GET", "users/{}/authentication/{}", List),
        new("GET", "users/{}/authentication/{}/{}", One),
        new("DELETE", "users/{}/authentication/{}/{}", Delete),
        new("POST", "users/{}/authentication/temporaryAccessPassMethods", TemporaryPasses.Create),
    ];

    /// <summary>Methods of a user as an answer has them.</summary>
    public static IEnumerable<JObject> Of(GraphCall call, JObject user)
    {
        var passes = new Lazy<bool>(() => new PolicyReach(call.Tenant, TenantDocument.IdOf(user)).Allows("TemporaryAccessPass"));
        // Everybody has one, but a guest, whose password is at home.
        if (JsonText.Of(user, "userType") is not "Guest")
        {
            yield return new JObject
            {
                ["@odata.type"] = MethodKind.Password,
                ["id"] = "28c10230-6103-485e-b985-444c60001490",
                ["password"] = null,
                ["createdDateTime"] = user["createdDateTime"]?.DeepClone() ?? JValue.CreateNull(),
            };
        }
        // Hardware tokens are known to beta only, by the metadata that the Microsoft Graph SDK for v1.0 is made from.
        foreach (var method in call.Directory.MethodsOf(user))
            if (call.IsBeta || JsonText.Of(method, "@odata.type") is not MethodKind.HardwareOath) yield return Shown(call, method, passes);
    }

    private static SandboxAnswer Mixed(GraphCall call)
    {
        call.Options();
        return call.Whole($"users('{call.Ids[0]}')/authentication/methods", Of(call, User(call)));
    }

    private static SandboxAnswer MixedOne(GraphCall call)
    {
        call.Options();
        return call.Single(null, $"users('{call.Ids[0]}')/authentication/methods", Find(call, Of(call, User(call)), call.Ids[1]));
    }

    private static SandboxAnswer List(GraphCall call)
    {
        var kind = MethodKind.Of(call.Ids[1]);
        call.Options();
        return call.Whole($"users('{call.Ids[0]}')/authentication/{kind.ListName}", OfKind(call, kind));
    }

    private static SandboxAnswer One(GraphCall call)
    {
        var kind = MethodKind.Of(call.Ids[1]);
        call.Options();
        return call.Single(null, $"users('{call.Ids[0]}')/authentication/{kind.ListName}", Find(call, OfKind(call, kind), call.Ids[2]));
    }

    /// <summary>The method is gone at once; the report goes on counting it until it is made anew, and the log has the event (§2, §4).</summary>
    private static SandboxAnswer Delete(GraphCall call)
    {
        var kind = MethodKind.Of(call.Ids[1]);
        call.Options();
        if (kind.Type is MethodKind.Password) throw SandboxRefusal.WrongMethod("DELETE", call.Request.Uri.AbsolutePath, "GET");
        var user = User(call);
        if (user.Parent is null) throw SandboxRefusal.NotKnown("changes of a tenant that is made up for benches");
        GraphAccess.RequireForMethodsOf(call, user);
        if (user["authenticationMethods"] is not JArray methods || methods.OfType<JObject>().FirstOrDefault(m => JsonText.Of(m, "@odata.type") == kind.Type && TenantDocument.IdOf(m) == call.Ids[2]) is not { } method)
            throw SandboxRefusal.NotFound(call.Ids[2]);
        var change = new TenantChange().Remove(methods, method);
        var deleted = (JObject)method.DeepClone();
        deleted["deletedDateTime"] = GraphTime.Text(call.Now);
        if (user[TenantDocument.DeletedMethods] is JArray before) change.Append(before, deleted);
        else change.Set(user, TenantDocument.DeletedMethods, new JArray(deleted));
        var id = TenantDocument.IdOf(user);
        if (kind.Type is MethodKind.Fido2)
        {
            // The name for a synced one is inferred from its twin (§4: unconfirmed).
            var type = JsonText.Of(method, "passkeyType") is "synced" ? "synced" : "device-bound";
            AuditLog.Add(call, change, $"Delete Passkey ({type})", "UserManagement", "Device Registration Service", [AuditLog.Target(call, id)], [new JObject { ["key"] = "AAGuid", ["value"] = method["aaGuid"]?.DeepClone() }]);
        }
        AuditLog.Add(call, change, "Admin deleted security info", "UserManagement", "Authentication Methods", [AuditLog.Target(call, id)]);
        return call.Commit(change);
    }

    private static IEnumerable<JObject> OfKind(GraphCall call, MethodKind kind) => Of(call, User(call)).Where(m => JsonText.Of(m, "@odata.type") == kind.Type);

    private static JObject Shown(GraphCall call, JObject method, Lazy<bool> isAllowed)
    {
        var shown = (JObject)method.DeepClone();
        // §1 [M]: beta only.
        if (!call.IsBeta) shown.Remove("lastUsedDateTime");
        if (JsonText.Of(shown, "@odata.type") is MethodKind.TemporaryPass) TemporaryPasses.Describe(shown, call.Now, isAllowed.Value);
        return shown;
    }

    private static JObject User(GraphCall call) => DirectoryEndpoints.FindUser(call, call.Ids[0]);

    private static JObject Find(GraphCall call, IEnumerable<JObject> methods, string id) => methods.FirstOrDefault(m => TenantDocument.IdOf(m) == id) ?? throw SandboxRefusal.NotFound(id);
}
