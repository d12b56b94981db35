using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Gives each person of the inventory a department, an office, an account state and a kit. Whoever stands in people.json is taken from there.</summary>
internal static class ContosoStaff
{
    /// <summary>The first people are those that tests and texts name; the plan for the others begins behind them.</summary>
    public const int FirstOrdinary = 54;

    private static readonly (int Weight, string Value)[] Departments =
    [
        (16, "Sales"), (18, "Engineering"), (9, "Finance"), (6, "People & Culture"), (9, "IT"), (12, "Operations"), (14, "Retail"), (4, "Legal"), (7, "Marketing"), (5, "Research"),
    ];

    private static readonly Dictionary<string, string[]> JobTitles = new()
    {
        ["Sales"] = ["Account Executive", "Sales Manager", "Sales Engineer"],
        ["Engineering"] = ["Software Engineer", "Test Engineer", "Engineering Manager"],
        ["Finance"] = ["Accountant", "Controller", "Payroll Specialist"],
        ["People & Culture"] = ["Recruiter", "HR Business Partner", "Learning Specialist"],
        ["IT"] = ["Systems Engineer", "Network Engineer", "Service Owner"],
        ["Operations"] = ["Operations Planner", "Warehouse Lead", "Logistics Specialist"],
        ["Retail"] = ["Store Associate", "Store Manager", "Visual Merchandiser"],
        ["Legal"] = ["Counsel", "Paralegal", "Privacy Officer"],
        ["Marketing"] = ["Campaign Manager", "Designer", "Content Editor"],
        ["Research"] = ["Researcher", "Data Scientist", "Lab Manager"],
    };

    /// <summary>Those that try things first.</summary>
    private static readonly string[] PilotDepartments = ["Engineering", "Marketing", "Research", "IT", "People & Culture"];

    /// <param name="byHand">Entries of people.json by alias.</param>
    public static IReadOnlyList<ContosoEmployee> Create(IReadOnlyList<ContosoPerson> people, IReadOnlyDictionary<string, JObject> byHand)
    {
        var staff = new ContosoEmployee[people.Count];
        for (var i = 0; i < staff.Length; i++) staff[i] = Hire(i, people[i], byHand.TryGetValue(people[i].UserPrincipalName.Split('@')[0], out var entry) ? entry : null);
        Assign(staff, IsOfPilot, [.. Repeat(ContosoKit.PilotSynced, 56), .. Repeat(ContosoKit.PilotSyncedAndLocal, 42), .. Repeat(ContosoKit.PilotSyncedAndKey, 25), .. Repeat(ContosoKit.PilotWithoutSynced, 12)]);
        Assign(staff, e => e is { Index: >= FirstOrdinary, IsEnabled: false }, [ContosoKit.PilotSynced, ContosoKit.PilotSyncedAndLocal]);
        Assign(staff, e => IsFree(e) && e.Index % 5 is 1, [.. Repeat(ContosoKit.FormerSynced, 20), .. Repeat(ContosoKit.FormerSyncedAndLocal, 20)]);
        return staff;
    }

    private static ContosoEmployee Hire(int index, ContosoPerson person, JObject? byHand)
    {
        var dice = Dice.For(DiceKind.Person, index);
        var (department, country, title) = (dice.Pick(Departments), dice.Pick(ContosoCountry.All), dice.Next(3));
        var years = ContosoCalendar.Now.AddDays(-60 - dice.Next(3400));
        if (byHand?["department"] is { } given) department = (string)given!;
        var isNewcomer = index >= FirstOrdinary && index % 111 is 0;
        var isEnabled = (bool?)byHand?["accountEnabled"] ?? index < FirstOrdinary || index % 34 is not 14;
        var hired = (isNewcomer ? ContosoCalendar.Now.AddDays(-1 - dice.Next(9)) : isEnabled ? years : years.AddDays(-200)).Date.AddHours(8);
        // Nobody has a method before there is an account.
        var first = (byHand?["methods"] ?? new JArray()).Select(m => ContosoCalendar.Parse((string)m["created"]!)).DefaultIfEmpty(ContosoCalendar.Now).Min();
        if (first <= hired) hired = first.Date.AddDays(-1 - dice.Next(60)).AddHours(8);
        var employee = new ContosoEmployee(index, person)
        {
            Department = department,
            JobTitle = (string?)byHand?["jobTitle"] ?? JobTitles[department][title],
            Country = (string?)byHand?["country"] is { } code ? ContosoCountry.Of(code) : country,
            Hired = (string?)byHand?["createdDateTime"] is { } created ? ContosoCalendar.Parse(created) : hired,
            IsEnabled = isEnabled,
            IsAdministrator = (bool?)byHand?["isAdministrator"] is true,
        };
        return employee with
        {
            Kit = byHand is not null || index < FirstOrdinary ? ContosoKit.ByHand
                : isNewcomer ? ContosoKit.Newcomer
                : index % 25 is 7 ? ContosoKit.PasswordOnly
                : index % 7 is 3 && ContosoPhones.HasTexts(employee) ? ContosoKit.PhoneOnly
                : ContosoKit.Usual,
        };
    }

    private static bool IsFree(ContosoEmployee employee) => employee is { Kit: ContosoKit.Usual, IsEnabled: true };

    private static bool IsOfPilot(ContosoEmployee employee) => IsFree(employee) && Array.IndexOf(PilotDepartments, employee.Department) >= 0 && employee.Index % 5 is not 1;

    /// <summary>Hands out kits to the first people that qualify, not in the order of their names: 29 has no factor in common with the lengths used.</summary>
    private static void Assign(ContosoEmployee[] staff, Func<ContosoEmployee, bool> qualifies, IReadOnlyList<ContosoKit> kits)
    {
        var chosen = staff.Where(qualifies).Take(kits.Count).ToList();
        for (var i = 0; i < chosen.Count; i++) staff[chosen[i].Index] = chosen[i] with { Kit = kits[i * 29 % kits.Count] };
    }

    private static IEnumerable<ContosoKit> Repeat(ContosoKit kit, int count) => Enumerable.Repeat(kit, count);
}
