using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>
/// The groups: those of note are in tenant.json and get the members that only the generator knows; departments, offices, regions and projects are made here.
/// A member is an id, <c>@alias</c> or <c>group:name</c>; <see cref="ContosoReferences"/> makes ids of them.
/// </summary>
internal static class ContosoGroups
{
    /// <summary>The person who is in forty groups, counted without those that contain them.</summary>
    public const string BusyAlias = "grady.robbins";

    public const string ProjectDescription = "Project team";

    private const int BusyGroups = 40;

    private static readonly string[] ProjectNames =
    [
        "Alder", "Aspen", "Birch", "Cedar", "Chestnut", "Cypress", "Elder", "Elm", "Fir", "Ginkgo", "Hawthorn", "Hazel", "Holly", "Hornbeam", "Juniper", "Larch", "Laurel", "Linden", "Maple", "Mulberry", "Oak",
        "Olive", "Pear", "Pine", "Plane", "Poplar", "Quince", "Redwood", "Rowan", "Sequoia", "Spruce", "Sumac", "Sycamore", "Tamarack", "Tulip", "Walnut", "Wattle", "Willow", "Yew", "Zelkova",
    ];

    /// <summary>Groups of groups. Germany is in Europe by two ways, and its people are four groups below "Contoso offices".</summary>
    private static readonly (string Name, string Description, string[] Members)[] Regions =
    [
        ("Contoso offices", "Every office", ["All Europe", "All Americas", "All Asia"]),
        ("All Europe", "Offices in Europe", ["Central Europe", "Western Europe", "Works councils", "Contoso Norway"]),
        ("All Americas", "Offices in America", ["Contoso United States", "Contoso Canada"]),
        ("All Asia", "Offices in Asia", ["Contoso Japan", "Contoso India"]),
        ("Central Europe", "Germany and Poland", ["Contoso Germany", "Contoso Poland"]),
        ("Western Europe", "France and the United Kingdom", ["Contoso France", "Contoso United Kingdom"]),
        ("Works councils", "Countries in which a works council is asked first", ["Contoso Germany", "Contoso France"]),
    ];

    /// <param name="groups">Those of tenant.json.</param>
    public static void Complete(JArray groups, ContosoWorld world)
    {
        Add(Named(groups, "All employees"), world.Staff);
        Add(Named(groups, "Passkey pilot"), world.Staff.Where(e => e.IsInPilot));
        Add(groups.Cast<JObject>().Single(g => (string?)g["description"] is "Sales of Europe"), world.Staff.Where(e => IsSales(e, "DE", "PL", "FR", "GB", "NO")));
        Add(groups.Cast<JObject>().Single(g => (string?)g["description"] is "Sales of North America"), world.Staff.Where(e => IsSales(e, "US", "CA")));
        foreach (var name in new[] { "External partners", "All guests" }) ((JArray)Named(groups, name)["members"]!).Add(world.Accounts.Where(a => a.IsGuest).Select(a => a.Id));
        ((JArray)Named(groups, "Windows pilot devices")["members"]!).Add(world.Rows.Take(14).Where(r => r.Device.OS is "Windows").Select(r => ContosoEntraDevices.ObjectId(r.Index)));

        var made = Departments(world).Concat(Offices(world)).Concat(Projects(world)).ToList();
        for (var i = 0; i < made.Count; i++)
        {
            made[i]["id"] = Dice.For(DiceKind.Group, i).Guid();
            groups.Add(made[i]);
        }
    }

    private static IEnumerable<JObject> Departments(ContosoWorld world)
    {
        foreach (var name in new[] { "Engineering", "Finance", "People & Culture", "IT", "Operations", "Retail", "Legal", "Marketing", "Research" })
            yield return Group(name, $"Department: {name}", Ids(world.Staff.Where(e => e.Department == name)));
        yield return Group("Sales Asia", "Sales of Asia", Ids(world.Staff.Where(e => IsSales(e, "JP", "IN"))));
    }

    private static IEnumerable<JObject> Offices(ContosoWorld world)
    {
        foreach (var (_, country) in ContosoCountry.All) yield return Group($"Contoso {country.Name}", $"Everybody in {country.Name}", Ids(world.Staff.Where(e => e.Country == country)));
        foreach (var (name, description, members) in Regions) yield return Group(name, description, members.Select(m => $"group:{m}"));
    }

    private static IEnumerable<JObject> Projects(ContosoWorld world)
    {
        var busy = world.Staff.Single(e => e.Alias == BusyAlias);
        // All employees, a department, an office and the pilot; projects make up the rest.
        var projects = BusyGroups - 4;
        for (var i = 0; i < ProjectNames.Length; i++)
        {
            var dice = Dice.For(DiceKind.Project, i);
            var members = Enumerable.Range(0, 3 + dice.Next(5)).Select(_ => world.Staff[ContosoStaff.FirstOrdinary + dice.Next(world.Staff.Count - ContosoStaff.FirstOrdinary)]);
            yield return Group($"Project {ProjectNames[i]}", ProjectDescription, Ids(i < projects ? members.Append(busy) : members).Distinct());
        }
    }

    private static bool IsSales(ContosoEmployee employee, params string[] countries) => employee.Department is "Sales" && Array.IndexOf(countries, employee.Country.Code) >= 0;

    private static JObject Named(JArray groups, string name) => groups.Cast<JObject>().Single(g => (string)g["displayName"]! == name);

    private static void Add(JObject group, IEnumerable<ContosoEmployee> staff)
    {
        var members = (JArray)group["members"]!;
        var taken = new HashSet<string>(members.Select(m => (string)m!));
        foreach (var employee in staff)
            if (!taken.Contains($"@{employee.Alias}")) members.Add(employee.Person.Id);
    }

    private static IEnumerable<string> Ids(IEnumerable<ContosoEmployee> staff) => staff.Select(e => e.Person.Id);

    private static JObject Group(string name, string description, IEnumerable<string> members) => new()
    {
        ["id"] = "",
        ["displayName"] = name,
        ["description"] = description,
        ["securityEnabled"] = true,
        ["mailEnabled"] = false,
        ["groupTypes"] = new JArray(),
        ["members"] = new JArray(members),
    };
}
