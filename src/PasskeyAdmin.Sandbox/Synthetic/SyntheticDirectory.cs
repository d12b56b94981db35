using System;
using System.Collections.Generic;
using System.Globalization;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Graph;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Synthetic;

/// <summary>
/// A directory of any size, for benches: everything follows from a number. Departments are in regions, regions in one group of everybody; every tenth
/// user is in the pilot, the first fifty are administrators, and every fiftieth is disabled.
/// </summary>
internal sealed class SyntheticDirectory : DirectoryData
{
    private const int Departments = 40;
    private const int Regions = 5;
    private const int Everybody = Departments + Regions;
    private const int Pilot = Everybody + 1;
    private const int AllGroups = Pilot + 1;
    private const int Administrators = 50;
    private const int DisabledEvery = 50;
    private const int PilotEvery = 10;

    private static readonly string[] Properties = ["department", "createdDateTime"];

    private readonly int _users;
    private readonly SyntheticPasskeys _passkeys;
    private readonly DateTimeOffset _now;

    public SyntheticDirectory(int users, int registrations, DateTimeOffset now)
    {
        _users = users;
        _now = now;
        _passkeys = new SyntheticPasskeys(users, registrations, 20261123);
        Users = new ComputedObjects(users, User, id => SyntheticIds.NumberOf(id, SyntheticIds.UserKind, users));
        Groups = new ComputedObjects(AllGroups, Group, id => SyntheticIds.NumberOf(id, SyntheticIds.GroupKind, AllGroups));
        Roles = new ComputedObjects(1, _ => Role(), id => SyntheticIds.NumberOf(id, SyntheticIds.RoleKind, 1));
    }

    /// <summary>The group of the pilot, for a target.</summary>
    public static string PilotId => SyntheticIds.Of(Pilot, SyntheticIds.GroupKind);

    public override ObjectList Users { get; }

    public override ObjectList Groups { get; }

    public override ObjectList Roles { get; }

    public override ObjectList Devices => ObjectList.None;

    public override ObjectList ServicePrincipals => ObjectList.None;

    public override IReadOnlyCollection<string> UserProperties => Properties;

    public override IReadOnlyCollection<string> GroupProperties => [];

    public override JObject? FindUserByName(string userPrincipalName)
    {
        var name = userPrincipalName.Split('@')[0];
        return name.StartsWith("user", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.Substring(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _users
            && userPrincipalName.Equals(NameOf(number), StringComparison.OrdinalIgnoreCase) ? Users[number] : null;
    }

    public override IReadOnlyList<string> MembersOf(string id)
    {
        if (Roles.IndexOf(id) == 0) return Ids(Math.Min(Administrators, _users), i => i);
        return Groups.IndexOf(id) switch
        {
            < 0 => [],
            Pilot => Ids((_users + PilotEvery - 1) / PilotEvery, i => i * PilotEvery),
            Everybody => new ComputedIds(Regions, i => SyntheticIds.Of(Departments + i, SyntheticIds.GroupKind)),
            >= Departments and var region => new ComputedIds(Departments / Regions, i => SyntheticIds.Of((i * Regions) + region - Departments, SyntheticIds.GroupKind)),
            var department => Ids((_users - department + Departments - 1) / Departments, i => (i * Departments) + department),
        };
    }

    public override IReadOnlyList<string> ParentsOf(string id)
    {
        var parents = new List<string>();
        if (Users.IndexOf(id) is >= 0 and var user)
        {
            parents.Add(SyntheticIds.Of(user % Departments, SyntheticIds.GroupKind));
            if (user % PilotEvery == 0) parents.Add(PilotId);
            if (user < Administrators) parents.Add(SyntheticIds.Of(0, SyntheticIds.RoleKind));
        }
        else if (Groups.IndexOf(id) is >= 0 and < Departments and var department) parents.Add(SyntheticIds.Of(Departments + (department % Regions), SyntheticIds.GroupKind));
        else if (Groups.IndexOf(id) is >= Departments and < Everybody) parents.Add(SyntheticIds.Of(Everybody, SyntheticIds.GroupKind));
        return parents;
    }

    public override IReadOnlyList<JObject> MethodsOf(JObject user)
    {
        var number = Users.IndexOf(TenantDocument.IdOf(user));
        var methods = new List<JObject>(_passkeys.Of(number, _now));
        if (number % 3 == 0) methods.Add(Method(MethodKind.WindowsHello, number));
        if (number % 2 == 0) methods.Add(Method(MethodKind.Authenticator, number));
        return methods;
    }

    public override IReadOnlyList<JObject> DeletedMethodsOf(JObject user) => [];

    /// <summary>All but every fiftieth, without a list of them.</summary>
    public override IReadOnlyList<JObject> Reported(DateTimeOffset asOf)
    {
        const int inARow = DisabledEvery - 1;
        return new ComputedObjects(
            _users - (_users / DisabledEvery),
            i => User((i / inARow * DisabledEvery) + (i % inARow)),
            id => Users.IndexOf(id) is >= 0 and var number && number % DisabledEvery < inARow ? (number / DisabledEvery * inARow) + (number % DisabledEvery) : -1);
    }

    private static string NameOf(int number) => $"user{number.ToString(CultureInfo.InvariantCulture)}@synthetic.example";

    private static ComputedIds Ids(int count, Func<int, int> number) => new(Math.Max(0, count), i => SyntheticIds.Of(number(i), SyntheticIds.UserKind));

    private static JObject User(int number) => new()
    {
        ["id"] = SyntheticIds.Of(number, SyntheticIds.UserKind),
        ["displayName"] = $"User {number.ToString(CultureInfo.InvariantCulture)}",
        ["userPrincipalName"] = NameOf(number),
        ["accountEnabled"] = number % DisabledEvery != DisabledEvery - 1,
        ["userType"] = number % 97 == 96 ? "Guest" : "Member",
        ["department"] = $"Department {(number % Departments).ToString(CultureInfo.InvariantCulture)}",
        ["createdDateTime"] = "2024-01-15T08:00:00Z",
    };

    private static JObject Group(int number) => new()
    {
        ["id"] = SyntheticIds.Of(number, SyntheticIds.GroupKind),
        ["displayName"] = number switch { Everybody => "Everybody", Pilot => "Pilot", < Departments => $"Department {number.ToString(CultureInfo.InvariantCulture)}", _ => $"Region {(number - Departments).ToString(CultureInfo.InvariantCulture)}" },
        ["securityEnabled"] = true,
        ["groupTypes"] = new JArray(),
    };

    private static JObject Role() => new() { ["id"] = SyntheticIds.Of(0, SyntheticIds.RoleKind), ["roleTemplateId"] = "62e90394-69f5-4237-9190-012177145e10", ["displayName"] = "Global Administrator" };

    private static JObject Method(string type, int number) => new() { ["@odata.type"] = type, ["id"] = SyntheticIds.Of(number, type == MethodKind.WindowsHello ? "-0004-4000-8000-73796e746865" : "-0005-4000-8000-73796e746865"), ["createdDateTime"] = "2024-02-01T08:00:00Z", ["displayName"] = "Device" };
}
