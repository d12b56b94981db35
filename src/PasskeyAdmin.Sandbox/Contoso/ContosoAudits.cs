using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>
/// The directory audits of 60 days, oldest first (reference/graph-users-and-usage.md §4). Registrations follow from the methods that people have, as two events
/// each; what happened to people of note is in events.json; the rest is what any directory writes all day.
/// </summary>
internal static class ContosoAudits
{
    private const string MethodsService = "Authentication Methods";
    private const string DeviceService = "Device Registration Service";

    /// <summary>Who issues passes.</summary>
    private const string HelpdeskAlias = "lee.robbins";

    /// <param name="groups">All of them; the projects are those in which people come and go.</param>
    public static JArray Create(ContosoWorld world, JArray groups)
    {
        var projects = groups.Cast<JObject>().Where(g => (string?)g["description"] is ContosoGroups.ProjectDescription).ToList();
        var ids = world.Staff.ToDictionary(e => e.Alias, e => e.Person.Id, StringComparer.Ordinal);
        var events = (JArray)ContosoWorld.Data("contoso-events.json")["directoryAudits"]!;
        new ContosoReferences(world, []).Resolve(events);
        var all = events.Cast<JObject>()
            .Concat(world.Staff.SelectMany(e => e.Methods.Where(m => m.Created >= ContosoCalendar.LogStart).SelectMany((m, i) => Registration(e, m, ids, i))))
            .Concat(world.Staff.Where(e => e.IsEnabled && e.Index >= ContosoStaff.FirstOrdinary && e.Index % 60 is 9).SelectMany(Deletion))
            .Concat(Enumerable.Range(0, 160).Select(i => Unrelated(i, world, projects)))
            .ToList();
        for (var i = 0; i < all.Count; i++) all[i].AddFirst(new JProperty("id", Dice.For(DiceKind.Audit, i).Guid()));
        return new JArray(all.OrderBy(a => (string)a["activityDateTime"]!, StringComparer.Ordinal).ThenBy(a => (string)a["id"]!, StringComparer.Ordinal));
    }

    private static IEnumerable<JObject> Registration(ContosoEmployee employee, ContosoMethod method, Dictionary<string, string> ids, int number)
    {
        var dice = Dice.For(DiceKind.Audit, 20_000 + employee.Index * 8 + number);
        var by = ids[method.Key is ContosoMethodKeys.Pass ? HelpdeskAlias : method.RegisteredBy ?? employee.Alias];
        var isOwn = by == employee.Person.Id;
        var registered = Event(method.Created.AddSeconds(method.Model is null ? 0 : 1 + dice.Next(4)), isOwn ? "User registered security info" : "Admin registered security info", MethodsService, by, employee.Person.Id, null);
        if (method.Model is { } model)
        {
            var add = Event(method.Created, model.IsSynced ? "Add Passkey (synced)" : "Add Passkey (device-bound)", DeviceService, by, null, employee.Person.UserPrincipalName);
            var details = new[] { Detail("AAGuid", model.AaGuid), Detail("WebAuthnInfo", method.IsAttested ? "Attestation: packed" : "Attestation: none") };
            add["additionalDetails"] = dice.Percent(50) ? new JArray(details) : new JArray(details.Reverse());
            return [add, registered];
        }
        return method.Key switch
        {
            ContosoMethodKeys.WindowsHello => [Event(method.Created, "Add Windows Hello for Business credential", DeviceService, by, null, employee.Person.UserPrincipalName)],
            ContosoMethodKeys.PlatformSso => [Event(method.Created, "Add platform credential", DeviceService, by, null, employee.Person.UserPrincipalName)],
            _ => [registered],
        };
    }

    /// <summary>Somebody tidied up: a passkey that is no longer among their methods.</summary>
    private static IEnumerable<JObject> Deletion(ContosoEmployee employee)
    {
        var dice = Dice.For(DiceKind.Audit, 40_000 + employee.Index);
        var time = ContosoCalendar.WorkingTime(dice, employee.Country, ContosoCalendar.Narrowed, ContosoCalendar.Now.AddDays(-1));
        var model = ContosoPasskeyModel.All[dice.Pick(["apple", "google", "bitwarden"])];
        var delete = Event(time, "Delete Passkey (synced)", DeviceService, employee.Person.Id, null, employee.Person.UserPrincipalName);
        delete["additionalDetails"] = new JArray(Detail("AAGuid", model.AaGuid));
        return [delete, Event(time.AddSeconds(2), "User deleted security info", MethodsService, employee.Person.Id, employee.Person.Id, null)];
    }

    private static JObject Unrelated(int index, ContosoWorld world, List<JObject> projects)
    {
        var dice = Dice.For(DiceKind.Unrelated, index);
        var employee = world.Staff[ContosoStaff.FirstOrdinary + dice.Next(world.Staff.Count - ContosoStaff.FirstOrdinary)];
        var (category, name) = dice.Pick([("GroupManagement", "Add member to group"), ("GroupManagement", "Remove member from group"), ("UserManagement", "Update user"), ("UserManagement", "Reset user password")]);
        var project = dice.Pick(projects);
        var members = project["members"]!.Select(m => (string)m!).ToList();
        // Whoever came is there, and whoever left is not.
        var id = name is "Add member to group" ? dice.Pick(members) : employee.Person.Id;
        if (name is "Remove member from group" && members.Contains(id)) name = "Update user";
        var json = Event(dice.Between(ContosoCalendar.LogStart, ContosoCalendar.Now.AddHours(-1)), name, "Core Directory", "", id, null);
        json["category"] = name is "Update user" ? "UserManagement" : category;
        if (name.EndsWith("group", StringComparison.Ordinal)) ((JArray)json["targetResources"]!).Add(new JObject { ["id"] = project["id"], ["type"] = "Group" });
        json["initiatedBy"] = new JObject { ["app"] = new JObject { ["appId"] = "6d41aed5-b078-429c-9f56-19ec37a4a2b5", ["displayName"] = "Contoso Identity Automation" } };
        return json;
    }

    /// <param name="targetId">Null on the events of passkeys: then the name alone says whose it is (§4 [C]).</param>
    private static JObject Event(DateTime time, string name, string service, string by, string? targetId, string? targetName)
    {
        var target = new JObject { ["id"] = targetId is null ? JValue.CreateNull() : targetId, ["type"] = "User" };
        if (targetName is not null) target["userPrincipalName"] = targetName;
        return new JObject
        {
            ["activityDateTime"] = ContosoCalendar.Text(time),
            ["activityDisplayName"] = name,
            ["category"] = "UserManagement",
            ["loggedByService"] = service,
            ["result"] = "success",
            ["initiatedBy"] = new JObject { ["user"] = new JObject { ["id"] = by } },
            ["targetResources"] = new JArray(target),
        };
    }

    private static JObject Detail(string key, string value) => new() { ["key"] = key, ["value"] = value };
}
