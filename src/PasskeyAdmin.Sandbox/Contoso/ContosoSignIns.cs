using System;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The sign-ins of 60 days, oldest first, in the form of beta without what the sandbox fills in. Those that mean something are in events.json.</summary>
internal static class ContosoSignIns
{
    private const string ComputerMark = "computer:";

    public static JArray Create(ContosoWorld world)
    {
        var devices = world.Rows.Where(r => r.Device.User is not null).ToLookup(r => r.Device.User!.Id);
        var events = (JArray)ContosoWorld.Data("contoso-events.json")["signIns"]!;
        new ContosoReferences(world, []).Resolve(events);
        var computers = world.Staff.ToDictionary(e => $"{ComputerMark}{e.Alias}", e => world.Rows[e.Index]["Azure AD Device ID"], StringComparer.Ordinal);
        for (var i = 0; i < events.Count; i++)
        {
            var signIn = (JObject)events[i];
            signIn.AddFirst(new JProperty("id", Dice.For(DiceKind.SignIn, 10_000 + i).Guid()));
            if (signIn["deviceDetail"]?["deviceId"] is JValue { Value: string mark } device) device.Value = computers[mark];
        }
        var all = events.Cast<JObject>().ToList();
        foreach (var employee in world.Staff.Where(e => e.IsEnabled)) all.AddRange(new ContosoDays(employee, [.. devices[employee.Person.Id].OrderBy(r => r.Index)]).SignIns());
        return new JArray(all.OrderBy(s => (string)s["createdDateTime"]!, StringComparer.Ordinal).ThenBy(s => (string)s["id"]!, StringComparer.Ordinal));
    }
}
