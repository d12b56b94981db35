using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Everybody at Contoso, worked out from the people of the inventory and from people.json. Made anew for whoever asks: nothing is kept.</summary>
internal sealed class ContosoWorld
{
    private ContosoWorld(IReadOnlyList<ContosoEmployee> staff, IReadOnlyList<ContosoAccount> accounts, IReadOnlyList<ContosoDeviceRow> rows)
    {
        Staff = staff;
        Accounts = accounts;
        Rows = rows;
    }

    public IReadOnlyList<ContosoEmployee> Staff { get; }

    public IReadOnlyList<ContosoAccount> Accounts { get; }

    /// <summary>The rows of the inventory that were asked for.</summary>
    public IReadOnlyList<ContosoDeviceRow> Rows { get; }

    /// <param name="withDevices">All rows of the inventory; otherwise only the computers of the people, which decide what they sign in with.</param>
    public static ContosoWorld Create(bool withDevices = false)
    {
        var (people, rows) = ContosoInventory.Sample();
        var devices = (withDevices ? rows : rows.Take(people.Count)).ToList();
        var text = Data("contoso-people.json");
        var byHand = text["people"]!.Cast<JObject>().ToDictionary(p => (string)p["alias"]!, StringComparer.Ordinal);
        var staff = ContosoStaff.Create(people, byHand)
            .Select(e => Equip(e, devices[e.Index], byHand.TryGetValue(e.Alias, out var entry) ? entry : null));
        return new ContosoWorld([.. staff], [.. text["accounts"]!.Cast<JObject>().Select(Account), .. text["guests"]!.Select(Guest)], devices);
    }

    /// <summary>Hand-written data beside this class. Dates stay the texts that they are.</summary>
    public static JObject Data(string name)
    {
        using var text = new StreamReader(typeof(ContosoWorld).Assembly.GetManifestResourceStream(name)!);
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    private static ContosoEmployee Equip(ContosoEmployee employee, ContosoDeviceRow computer, JObject? byHand)
    {
        if (byHand is not null)
        {
            var methods = ByHand(byHand, new ContosoMethods(employee.Person.UserPrincipalName, employee.Country, Dice.For(DiceKind.Method, employee.Index)));
            return employee with { Methods = methods, Certificate = (string?)byHand["certificate"] };
        }
        // Lawyers sign documents with a card; in some offices it is also their way in.
        var certificate = employee is { Department: "Legal", Country.Code: "DE" or "FR" or "PL", Kit: ContosoKit.Usual } ? "multiFactor" : null;
        return employee with { Methods = new ContosoKits(employee, computer.Device.OS is "macOS", EndOf(employee, computer)).Create(), Certificate = certificate };
    }

    /// <summary>When somebody could sign in for the last time: disabled people left before the log begins, and France demands a compliant device.</summary>
    private static DateTime EndOf(ContosoEmployee employee, ContosoDeviceRow row)
    {
        if (!employee.IsEnabled) return ContosoCalendar.LogStart.AddDays(-1);
        if (employee.Country.Code is not "FR") return ContosoCalendar.Now;
        var computer = new ContosoMachine(row);
        return computer.IsCompliant && computer.IsInUse(ContosoCalendar.FranceDemand) && computer.IsInUse(ContosoCalendar.Now) ? ContosoCalendar.Now : ContosoCalendar.FranceDemand;
    }

    private static ContosoAccount Account(JToken entry, int index)
    {
        var properties = (JObject)entry;
        var methods = ByHand(properties, new ContosoMethods((string)properties["userPrincipalName"]!, ContosoCountry.Of("US"), Dice.For(DiceKind.Account, index)));
        properties.Remove("methods");
        return new ContosoAccount(properties, methods);
    }

    /// <param name="entry">Name, domain of the own organisation, its name, state of the invitation.</param>
    private static ContosoAccount Guest(JToken entry, int index)
    {
        var dice = Dice.For(DiceKind.Account, 1000 + index);
        var parts = ((string)entry!).Split('|');
        var alias = parts[0].ToLowerInvariant().Replace(' ', '.');
        return new ContosoAccount(
            new JObject
            {
                ["id"] = dice.Guid(),
                ["displayName"] = $"{parts[0]} ({parts[2]})",
                ["userPrincipalName"] = $"{alias}_{parts[1]}#EXT#@contoso.onmicrosoft.com",
                ["mail"] = $"{alias}@{parts[1]}",
                ["companyName"] = parts[2],
                ["accountEnabled"] = true,
                ["userType"] = "Guest",
                ["createdDateTime"] = ContosoCalendar.Text(ContosoCalendar.Now.AddDays(-20 - dice.Next(700)).Date.AddHours(10)),
                ["externalUserState"] = parts[3],
            },
            []);
    }

    private static IReadOnlyList<ContosoMethod> ByHand(JObject entry, ContosoMethods methods) =>
    [
        .. (entry["methods"] as JArray ?? []).Select(m => methods.Create(
            (string)m["is"]!,
            ContosoCalendar.Parse((string)m["created"]!),
            (string?)m["used"] is { } used ? ContosoCalendar.Parse(used) : null,
            (string?)m["name"],
            (string?)m["detail"],
            (bool?)m["attested"] is true) with { RegisteredBy = (string?)m["by"] }),
    ];
}
