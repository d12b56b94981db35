using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>
/// The sample tenant, the same every time and on every machine. What has a meaning of its own is written by hand (tenant.json: policy, groups of note, roles,
/// strengths, Conditional Access; people.json: people whom texts and tests name; events.json: what happened to them); the crowd around it comes from <see cref="Dice"/>.
/// What is wrong with it on purpose is listed in about_PasskeyAdmin_Contoso. AAGUIDs are those of reference/aaguids.md §1 to §3.
/// </summary>
internal static class ContosoTenant
{
    /// <summary>The tenant without the long lists.</summary>
    public static JObject Create()
    {
        var world = ContosoWorld.Create();
        var root = ContosoWorld.Data("contoso-tenant.json");
        root["users"] = new JArray(world.Staff.Select(ContosoUsers.Of).Concat(world.Accounts.Select(ContosoUsers.Of)));
        var references = Complete((JArray)root["groups"]!, world);
        foreach (var part in root.Properties())
            if (part.Name is not "users") references.Resolve(part.Value);
        return root;
    }

    /// <summary>The groups, with the members that are worked out.</summary>
    public static JArray Groups(ContosoWorld world)
    {
        var groups = (JArray)ContosoWorld.Data("contoso-tenant.json")["groups"]!;
        Complete(groups, world);
        return groups;
    }

    private static ContosoReferences Complete(JArray groups, ContosoWorld world)
    {
        ContosoGroups.Complete(groups, world);
        return new ContosoReferences(world, groups.Cast<JObject>());
    }
}
