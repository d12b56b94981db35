using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The sign-ins of one person: with what they had then, where it works, when people of their country work.</summary>
/// <param name="machines">Their managed devices, the computer first.</param>
/// <param name="told">The methods whose successes are written by hand: nothing is added to those.</param>
internal sealed class ContosoDays(ContosoEmployee employee, IReadOnlyList<ContosoMachine> machines, IReadOnlyCollection<string> told)
{
    private const string Password = "Password";

    private readonly Dice _dice = Dice.For(DiceKind.SignIn, employee.Index);
    private readonly List<JObject> _signIns = [];

    public IReadOnlyList<JObject> SignIns()
    {
        foreach (var method in employee.Methods)
        {
            if (method.Model is { } model) AddPasskey(method, model);
            else if (method.IsLocal) AddLocal(method);
        }
        // Whoever came in the last days has not got that far.
        if (employee.Hired > ContosoCalendar.Now.AddDays(-14)) return _signIns;
        AddPassword();
        AddSlip();
        return _signIns;
    }

    /// <summary>The last one is the one that the method remembers.</summary>
    private void AddPasskey(ContosoMethod method, ContosoPasskeyModel model)
    {
        var name = Named(model);
        if (method.LastUsed is { } last && last >= ContosoCalendar.LogStart && !told.Contains(name))
        {
            for (var i = 1 + _dice.Next(4); i > 0; i--) Add(ContosoCalendar.WorkingTime(_dice, employee.Country, Later(method.Created, ContosoCalendar.LogStart), last), method, [name]);
            Add(last, method, [name]);
        }
        if (employee.Kit is not (ContosoKit.FormerSynced or ContosoKit.FormerSyncedAndLocal)) return;
        // Nobody told them: they try, and then they type their password again.
        for (var i = 1 + _dice.Next(3); i > 0; i--)
        {
            var tried = ContosoCalendar.WorkingTime(_dice, employee.Country, ContosoCalendar.Narrowed, ContosoCalendar.Now.AddMinutes(-10));
            var instead = SecondFactor(tried);
            Add(tried, method, [name], ContosoFailures.NotAllowedByPolicy, isOutside: instead.Length > 1);
            Add(tried.AddSeconds(70 + _dice.Next(60)), method, instead);
        }
    }

    private void AddLocal(ContosoMethod method)
    {
        for (var i = 2 + _dice.Next(4); i > 0; i--)
        {
            var time = Working(method.Created);
            if (machines[0].IsInUse(time)) Add(time, method, [method.Key is ContosoMethodKeys.WindowsHello ? "Windows Hello for Business" : "Platform Credential"]);
        }
    }

    private void AddPassword()
    {
        if (employee.IsAdministrator)
        {
            // One who has nothing else is turned away, and tries again another day.
            if (employee.Methods.Any(m => m.IsLocal || m.Model is not null)) return;
            for (var i = 0; i < 3; i++) AddPasswordAt(Working(employee.Hired), ContosoFailures.BlockedByAccessPolicy);
            return;
        }
        var isStrong = employee.Certificate is "multiFactor" || employee.Methods.Any(m => m.IsLocal || m.Model is { IsSynced: false });
        for (var i = isStrong ? _dice.Next(3) : 3 + _dice.Next(4); i > 0; i--) AddPasswordAt(Working(employee.Hired));
        if (employee.Certificate is "multiFactor") Add(Working(employee.Hired), null, ["Certificate-based authentication"]);
    }

    /// <summary>In an office a password is enough. Outside a second factor is asked for; whoever has none, comes to the office.</summary>
    private void AddPasswordAt(DateTime time, int error = 0) => Add(time, null, _dice.Percent(35) ? [Password] : SecondFactor(time), error);

    /// <summary>What happens to everybody with a password now and then.</summary>
    private void AddSlip()
    {
        if (!_dice.Percent(22) || employee.IsAdministrator) return;
        var code = _dice.Pick([(40, ContosoFailures.WrongPassword), (30, ContosoFailures.SecondFactorNotCompleted), (20, ContosoFailures.SecondFactorNeeded), (10, ContosoFailures.RegistrationNeeded)]);
        var time = Working(employee.Hired);
        var full = SecondFactor(time);
        if (code is not ContosoFailures.WrongPassword && full is [Password]) code = ContosoFailures.RegistrationNeeded;
        else if (code is ContosoFailures.RegistrationNeeded) code = ContosoFailures.SecondFactorNeeded;
        Add(time, null, code is ContosoFailures.SecondFactorNotCompleted ? full : [Password], code);
    }

    private void Add(DateTime time, ContosoMethod? method, string[] steps, int error = 0, bool isOutside = false)
    {
        var (app, place) = (ContosoApps.Pick(employee, _dice), ContosoPlace.For(method, machines, time, _dice));
        var isFrance = employee.Country.Code is "FR" && time >= ContosoCalendar.FranceDemand;
        if (isFrance && !place.IsCompliant) place = ContosoPlace.AtComputer(machines, time, _dice);
        isOutside |= IsOutside(time, place, steps, error);
        if (error is 0 && method is null && app is ContosoApps.Erp && time >= ContosoCalendar.ErpDemand) error = ContosoFailures.BlockedByAccessPolicy;
        else if (error is 0 && isFrance && !place.IsCompliant) error = ContosoFailures.DeviceNotCompliant;
        // Whoever has a passkey that the ERP system does not take, stays with what they can open.
        if (app is ContosoApps.Erp && method is not null && time >= ContosoCalendar.ErpDemand && !ContosoApps.IsApprovedForErp(method)) app = ContosoApps.Payroll;
        var json = new JObject
        {
            ["id"] = _dice.Guid(),
            ["createdDateTime"] = ContosoCalendar.Text(time),
            ["userId"] = employee.Person.Id,
            ["appId"] = app,
            ["ipAddress"] = !isOutside ? ContosoAddresses.Office(employee.Country, employee.Index) : place.IsComputer ? ContosoAddresses.Home(employee.Index) : ContosoAddresses.Mobile(employee.Index),
            ["deviceDetail"] = place.ToJson(),
        };
        if (error is not 0) json["status"] = ContosoFailures.Status(error);
        json["authenticationRequirement"] = steps is [Password] && error is not (ContosoFailures.SecondFactorNeeded or ContosoFailures.RegistrationNeeded) ? "singleFactorAuthentication" : "multiFactorAuthentication";
        json["authenticationDetails"] = new JArray(steps.Select(s => new JObject { ["authenticationMethod"] = s }));
        json["location"] = new JObject { ["countryOrRegion"] = employee.Country.Code, ["city"] = employee.Country.City };
        _signIns.Add(json);
    }

    /// <summary>A second factor is asked for outside only; people with something better use it everywhere.</summary>
    private bool IsOutside(DateTime time, ContosoPlace place, string[] steps, int error) => error switch
    {
        ContosoFailures.SecondFactorNeeded or ContosoFailures.RegistrationNeeded => true,
        not ContosoFailures.WrongPassword when steps is [Password] => false,
        _ => steps.Length > 1 || !place.IsComputer || !ContosoCalendar.IsWorkingTime(time, employee.Country) || _dice.Percent(35),
    };

    /// <summary>The password and the first other thing that they had then and might use.</summary>
    private string[] SecondFactor(DateTime time)
    {
        foreach (var method in employee.Methods.Where(m => m.Created <= time && ContosoPhones.IsAllowed(m, employee, time)))
            switch (method.Key)
            {
                case ContosoMethodKeys.Push: return [Password, "Mobile app notification"];
                case ContosoMethodKeys.Sms: return [Password, "Text message"];
                case ContosoMethodKeys.Voice: return [Password, "Phone call"];
                case ContosoMethodKeys.Oath: return [Password, "OATH verification code"];
            }
        return [Password];
    }

    private DateTime Working(DateTime from) => ContosoCalendar.WorkingTime(_dice, employee.Country, Later(from, ContosoCalendar.LogStart), ContosoCalendar.Now.AddMinutes(-5));

    /// <summary>As the log calls passkeys since August 2026 (reference/graph-users-and-usage.md §3).</summary>
    private static string Named(ContosoPasskeyModel model) => model.IsSynced ? "Passkey (synced)" : "Passkey (device-bound)";

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
