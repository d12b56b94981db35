using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Fills the kits: which methods somebody has, since when, and when a passkey was last used.</summary>
/// <param name="hasMac">Whether the person's computer is a Mac.</param>
/// <param name="end">From then on they could not sign in.</param>
internal sealed class ContosoKits(ContosoEmployee employee, bool hasMac, DateTime end)
{
    /// <summary>What the pilot's profile lets in.</summary>
    private static readonly (int, string)[] PilotSynced = [(34, "apple"), (8, "apple-managed"), (30, "google"), (16, "1password"), (12, "bitwarden")];

    /// <summary>What people had while the default profile let everything in.</summary>
    private static readonly (int, string)[] AnySynced = [(36, "apple"), (30, "google"), (10, "1password"), (8, "bitwarden"), (8, "samsung"), (4, "dashlane"), (4, "keepassxc")];

    private static readonly (int, string)[] OfficeKeys = [(24, "authenticator-ios"), (22, "authenticator-android"), (16, "yubikey"), (10, "yubikey-5.7"), (8, "yubikey-usb"), (8, "windows"), (6, "security-key"), (3, "titan"), (3, "yubikey-bio")];
    private static readonly (int, string)[] StoreKeys = [(40, "feitian"), (34, "token2"), (26, "security-key")];

    private readonly Dice _dice = Dice.For(DiceKind.Method, employee.Index);
    private readonly ContosoMethods _methods = new(employee.Person.UserPrincipalName, employee.Country, Dice.For(DiceKind.Method, 10_000 + employee.Index));
    private readonly List<ContosoMethod> _result = [];

    public IReadOnlyList<ContosoMethod> Create()
    {
        switch (employee.Kit)
        {
            case ContosoKit.PasswordOnly or ContosoKit.ByHand:
                break;
            case ContosoKit.Newcomer:
                // Stores have no Temporary Access Pass: see the policy.
                if (employee.Index % 2 is 0 && employee.Department is not "Retail") Add(ContosoMethodKeys.Pass, ContosoCalendar.Now.AddHours(-3).AddMinutes(_dice.Next(120)), detail: "EnabledByPolicy");
                break;
            case ContosoKit.PhoneOnly:
                Add(ContosoPhones.HasCalls(employee) && _dice.Percent(50) ? ContosoMethodKeys.Voice : ContosoMethodKeys.Sms, LongAgo());
                break;
            case ContosoKit.Usual:
                AddUsual();
                break;
            default:
                AddOfPlan();
                break;
        }
        return _result;
    }

    private void AddUsual()
    {
        AddSecondFactor();
        if (_dice.Percent(hasMac ? 45 : 42)) AddLocal();
        var (share, start) = employee.Department switch
        {
            "Sales" or "Finance" or "Legal" => (52, ContosoCalendar.Wave2Start),
            "Retail" or "Operations" => (30, ContosoCalendar.Wave3Start),
            _ => (30, ContosoCalendar.FirstPasskeys),
        };
        if (!employee.IsEnabled) start = ContosoCalendar.FirstPasskeys;
        if (!_dice.Percent(share)) return;
        // Most take part when their wave is called; some were there before.
        AddKey(_dice.Percent(70) ? start : ContosoCalendar.FirstPasskeys);
        if (_dice.Percent(12)) AddKey(ContosoCalendar.FirstPasskeys);
    }

    /// <summary>Whoever must not have more than the plan says, because the numbers of the impact are promised.</summary>
    private void AddOfPlan()
    {
        AddSecondFactor();
        if (employee.Kit is ContosoKit.PilotSyncedAndLocal or ContosoKit.FormerSyncedAndLocal || employee.Kit is ContosoKit.PilotWithoutSynced && _dice.Percent(50)) AddLocal();
        if (employee.Kit is ContosoKit.PilotSyncedAndKey) AddKey(ContosoCalendar.FirstPasskeys);
        if (employee.Kit is ContosoKit.PilotSynced or ContosoKit.PilotSyncedAndLocal or ContosoKit.PilotSyncedAndKey)
        {
            var created = ContosoCalendar.Growing(_dice, employee.Country, Later(ContosoCalendar.PilotStart, employee.Hired), Earlier(end, ContosoCalendar.Now.AddDays(-2)));
            Add(_dice.Pick(PilotSynced), created, Used(created, ContosoCalendar.Now));
        }
        if (employee.Kit is not (ContosoKit.FormerSynced or ContosoKit.FormerSyncedAndLocal)) return;
        var before = ContosoCalendar.WorkingTime(_dice, employee.Country, Later(ContosoCalendar.FirstSynced, employee.Hired), ContosoCalendar.Narrowed.AddDays(-3));
        Add(_dice.Pick(AnySynced), before, Used(before, ContosoCalendar.Narrowed));
    }

    private void AddSecondFactor()
    {
        var hasPush = _dice.Percent(82);
        if (hasPush) Add(ContosoMethodKeys.Push, LongAgo());
        // Where text messages have ended, some numbers are left over; nobody there has nothing else.
        var hasPhone = ContosoPhones.HasTexts(employee) && !hasPush || _dice.Percent(45);
        if (hasPhone) Add(ContosoPhones.HasCalls(employee) && _dice.Percent(30) ? ContosoMethodKeys.Voice : ContosoMethodKeys.Sms, LongAgo());
        if (_dice.Percent(18)) Add(ContosoMethodKeys.Email, LongAgo());
        if (_dice.Percent(8) || !hasPush && !ContosoPhones.HasTexts(employee)) Add(ContosoMethodKeys.Oath, LongAgo());
    }

    private void AddLocal() => Add(hasMac ? ContosoMethodKeys.PlatformSso : ContosoMethodKeys.WindowsHello, Since(ContosoCalendar.Now.AddDays(-700)));

    private void AddKey(DateTime from)
    {
        var key = _dice.Pick(employee.Department is "Retail" or "Operations" ? StoreKeys : OfficeKeys);
        if (key is "windows" && hasMac) key = "yubikey";
        var created = ContosoCalendar.Growing(_dice, employee.Country, Later(from, employee.Hired), Earlier(LastRegistration, ContosoCalendar.Now.AddHours(-20)));
        // Keys and Authenticator are vouched for where a profile asks; nobody asked most people.
        Add(key, created, Used(created, ContosoCalendar.Now), isAttested: !key.StartsWith("windows", StringComparison.Ordinal) && _dice.Percent(35));
    }

    private void Add(string key, DateTime created, DateTime? used = null, string? detail = null, bool isAttested = false) => _result.Add(_methods.Create(key, created, used, detail: detail, isAttested: isAttested));

    /// <summary>Most passkeys are used until today, some never were, some have been lying about.</summary>
    private DateTime? Used(DateTime created, DateTime until)
    {
        var last = Earlier(until, end);
        return created >= last ? null : UsedBefore(created, last);
    }

    private DateTime? UsedBefore(DateTime created, DateTime until) => _dice.Next(100) switch
    {
        < 10 => null,
        < 40 when created.AddDays(200) < until => ContosoCalendar.WorkingTime(_dice, employee.Country, created, created.AddDays(10)),
        < 18 when created.AddDays(12) < until => ContosoCalendar.WorkingTime(_dice, employee.Country, created, created.AddDays(10)),
        _ => ContosoCalendar.WorkingTime(_dice, employee.Country, Later(created, until.AddDays(-12)), until),
    };

    private DateTime LongAgo() => Since(ContosoCalendar.Now.AddDays(-1400));

    private DateTime Since(DateTime from)
    {
        var start = Later(from, employee.Hired);
        return ContosoCalendar.WorkingTime(_dice, employee.Country, start, Later(start.AddHours(9), Earlier(LastRegistration, ContosoCalendar.Now.AddDays(-2))));
    }

    /// <summary>Whoever cannot open an application can still register something, unless the account is disabled.</summary>
    private DateTime LastRegistration => employee.IsEnabled ? ContosoCalendar.Now : end;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
