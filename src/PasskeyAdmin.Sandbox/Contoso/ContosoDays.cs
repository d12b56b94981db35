using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The sign-ins of one person: with what they have, where it works, when people of their country work.</summary>
/// <param name="devices">Their managed devices, the computer first.</param>
internal sealed class ContosoDays(ContosoEmployee employee, IReadOnlyList<ContosoDeviceRow> devices)
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
        AddPassword();
        AddSlip();
        return _signIns;
    }

    /// <summary>The last one is the one that the method remembers.</summary>
    private void AddPasskey(ContosoMethod method, ContosoPasskeyModel model)
    {
        var name = Named(model);
        if (method.LastUsed is { } last && last >= ContosoCalendar.LogStart)
        {
            for (var i = 1 + _dice.Next(4); i > 0; i--) Add(ContosoCalendar.WorkingTime(_dice, employee.Country, Later(method.Created, ContosoCalendar.LogStart), last), method, [name]);
            Add(last, method, [name]);
        }
        if (employee.Kit is not (ContosoKit.FormerSynced or ContosoKit.FormerSyncedAndLocal)) return;
        // Nobody told them: they try, and then they type their password again.
        for (var i = 1 + _dice.Next(3); i > 0; i--)
        {
            var tried = ContosoCalendar.WorkingTime(_dice, employee.Country, ContosoCalendar.Narrowed, ContosoCalendar.Now.AddMinutes(-10));
            Add(tried, method, [name], ContosoFailures.NotAllowedByPolicy);
            Add(tried.AddSeconds(70 + _dice.Next(60)), method, SecondFactor());
        }
    }

    private void AddLocal(ContosoMethod method)
    {
        for (var i = 2 + _dice.Next(4); i > 0; i--)
            Add(Working(method.Created), method, [method.Key is ContosoMethodKeys.WindowsHello ? "Windows Hello for Business" : "Platform Credential"]);
    }

    private void AddPassword()
    {
        if (employee.Kit is ContosoKit.Newcomer) return;
        if (employee.IsAdministrator)
        {
            // One who has nothing else is turned away, and tries again another day.
            if (!employee.Methods.Any(m => m.IsLocal || m.Model is not null))
                for (var i = 0; i < 3; i++) Add(Working(employee.Hired), null, SecondFactor(), ContosoFailures.BlockedByAccessPolicy);
            return;
        }
        var isStrong = employee.Certificate is "multiFactor" || employee.Methods.Any(m => m.IsLocal || m.Model is { IsSynced: false });
        // In an office a password is enough for those who have nothing else.
        for (var i = isStrong ? _dice.Next(3) : 3 + _dice.Next(4); i > 0; i--) Add(Working(employee.Hired), null, SecondFactor());
        if (employee.Certificate is "multiFactor") Add(Working(employee.Hired), null, ["X.509 Certificate"]);
    }

    /// <summary>What happens to everybody now and then.</summary>
    private void AddSlip()
    {
        if (!_dice.Percent(22) || employee.Kit is ContosoKit.Newcomer) return;
        var code = _dice.Pick([(40, ContosoFailures.WrongPassword), (30, ContosoFailures.SecondFactorNotCompleted), (20, ContosoFailures.SecondFactorNeeded), (10, ContosoFailures.RegistrationNeeded)]);
        Add(Working(employee.Hired), null, code is ContosoFailures.SecondFactorNotCompleted ? SecondFactor() : [Password], code);
    }

    private void Add(DateTime time, ContosoMethod? method, string[] steps, int error = 0)
    {
        var (app, place) = (ContosoApps.Pick(employee, _dice), ContosoPlace.For(method, devices, _dice));
        if (employee.Country.Code is "FR" && place.DeviceId is null) place = ContosoPlace.AtComputer(devices, _dice);
        if (error is 0 && method is null) error = Demanded(time, app);
        // Whoever has a passkey that the ERP system does not take, stays with what they can open.
        if (app is ContosoApps.Erp && method is not null && time >= ContosoCalendar.ErpDemand && !ContosoApps.IsApprovedForErp(method)) app = ContosoApps.Payroll;
        var json = new JObject
        {
            ["id"] = _dice.Guid(),
            ["createdDateTime"] = ContosoCalendar.Text(time),
            ["userId"] = employee.Person.Id,
            ["appId"] = app,
            ["deviceDetail"] = place.ToJson(),
        };
        if (error is not 0) json["status"] = ContosoFailures.Status(error);
        if (error is ContosoFailures.BlockedByAccessPolicy or ContosoFailures.DeviceNotCompliant) json["conditionalAccessStatus"] = "failure";
        json["authenticationRequirement"] = steps is [Password] ? "singleFactorAuthentication" : "multiFactorAuthentication";
        json["authenticationDetails"] = new JArray(steps.Select(s => new JObject { ["authenticationMethod"] = s }));
        json["location"] = new JObject { ["countryOrRegion"] = employee.Country.Code, ["city"] = employee.Country.City };
        _signIns.Add(json);
    }

    /// <summary>What Conditional Access has against a password with a second factor, as far as the tenant's policies say so. Compliance is known as of the inventory.</summary>
    private int Demanded(DateTime time, string app)
    {
        if (time < ContosoCalendar.ErpDemand) return 0;
        if (app is ContosoApps.Erp) return ContosoFailures.BlockedByAccessPolicy;
        return employee.Country.Code is "FR" && devices[0]["Compliance"] is "Noncompliant" ? ContosoFailures.DeviceNotCompliant : 0;
    }

    private string[] SecondFactor()
    {
        foreach (var method in employee.Methods)
            switch (method.Key)
            {
                case ContosoMethodKeys.Push: return [Password, "Mobile app notification"];
                case ContosoMethodKeys.Sms: return [Password, "Text message"];
                case ContosoMethodKeys.Voice: return [Password, "Phone call approval (Office phone)"];
                case ContosoMethodKeys.Oath: return [Password, "OATH verification code"];
            }
        return [Password];
    }

    private DateTime Working(DateTime from) => ContosoCalendar.WorkingTime(_dice, employee.Country, Later(from, ContosoCalendar.LogStart), ContosoCalendar.Now.AddMinutes(-5));

    /// <summary>As the log calls passkeys since August 2026 (reference/graph-users-and-usage.md §3).</summary>
    private static string Named(ContosoPasskeyModel model) => model.IsSynced ? "Passkey (synced)" : "Passkey (device-bound)";

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
