using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The sign-ins of 60 days, oldest first, in the form of beta without what the sandbox fills in. Those that mean something are in events.json.</summary>
internal sealed class ContosoSignIns
{
    private const string ComputerMark = "computer:";

    private readonly ContosoWorld _world;
    private readonly List<JObject> _made;

    public ContosoSignIns(ContosoWorld world)
    {
        _world = world;
        _made = [.. Made(world).OrderBy(s => (string)s["createdDateTime"]!, StringComparer.Ordinal).ThenBy(s => (string)s["id"]!, StringComparer.Ordinal)];
        LastByDevice = Last(_made);
    }

    /// <summary>When somebody last signed in with a device, by device id.</summary>
    public IReadOnlyDictionary<string, string> LastByDevice { get; }

    /// <summary>The list, once: it is the objects themselves.</summary>
    public JArray Create()
    {
        Describe(_made, _world);
        return new JArray(_made);
    }

    /// <param name="signIns">The oldest first.</param>
    private static Dictionary<string, string> Last(IEnumerable<JObject> signIns)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var signIn in signIns)
            if ((string?)signIn["deviceDetail"]!["deviceId"] is { } device) last[device] = (string)signIn["createdDateTime"]!;
        return last;
    }

    private static List<JObject> Made(ContosoWorld world)
    {
        var machines = world.Rows.Where(r => r.Device.User is not null).ToLookup(r => r.Device.User!.Id, r => new ContosoMachine(r));
        var all = Told(world);
        var told = all.Where(s => s["status"] is null).ToLookup(s => (string)s["userId"]!, s => (string)s["authenticationDetails"]![0]!["authenticationMethod"]!);
        foreach (var employee in world.Staff.Where(e => e.IsEnabled)) all.AddRange(new ContosoDays(employee, [.. machines[employee.Person.Id]], [.. told[employee.Person.Id]]).SignIns());
        return all;
    }

    /// <summary>Those of events.json.</summary>
    private static List<JObject> Told(ContosoWorld world)
    {
        var events = (JArray)ContosoWorld.Data("contoso-events.json")["signIns"]!;
        new ContosoReferences(world, []).Resolve(events);
        var computers = world.Staff.ToDictionary(e => $"{ComputerMark}{e.Alias}", e => world.Rows[e.Index]["Azure AD Device ID"], StringComparer.Ordinal);
        for (var i = 0; i < events.Count; i++)
        {
            var signIn = (JObject)events[i];
            signIn.AddFirst(new JProperty("id", Dice.For(DiceKind.SignIn, 10_000 + i).Guid()));
            if (signIn["deviceDetail"]?["deviceId"] is JValue { Value: string mark } device) device.Value = computers[mark];
        }
        return [.. events.Cast<JObject>()];
    }

    private static void Describe(List<JObject> all, ContosoWorld world)
    {
        var access = new ContosoAccess(new HashSet<string>(world.Rows.Where(r => r["Compliance"] is "Compliant").Select(r => r["Azure AD Device ID"]), StringComparer.Ordinal));
        var staff = world.Staff.ToDictionary(e => e.Person.Id, StringComparer.Ordinal);
        var emergency = new HashSet<string>(world.Accounts.Where(a => a.IsEmergency).Select(a => a.Id), StringComparer.Ordinal);
        for (var i = 0; i < all.Count; i++)
        {
            var user = (string)all[i]["userId"]!;
            // All policies leave the emergency account out that signs in.
            if (!emergency.Contains(user)) access.Describe(all[i], staff.TryGetValue(user, out var employee) ? employee : null, i);
        }
    }
}
