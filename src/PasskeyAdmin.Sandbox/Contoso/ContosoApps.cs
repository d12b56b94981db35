using System;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The applications that people sign in to. The first four ids are Microsoft's own, the same in every tenant.</summary>
internal static class ContosoApps
{
    public const string Exchange = "00000002-0000-0ff1-ce00-000000000000";
    public const string SharePoint = "00000003-0000-0ff1-ce00-000000000000";
    public const string Teams = "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe";
    public const string AzurePortal = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c";
    public const string Payroll = "2f0d6a91-7c34-4e58-9b12-d5a8f3c06e71";
    public const string Erp = "3a1e7ba2-8d45-4f69-8c23-e6b904d17f82";
    public const string Travel = "4b2f8cb3-9e56-407a-9d34-f7ca15e28093";
    public const string Warehouse = "5c309dc4-af67-418b-8e45-08db26f391a4";

    /// <summary>Where people register methods: "My Signins".</summary>
    public const string SecurityInformation = "19db86c3-b2b9-44cc-b339-36da233a3be2";

    /// <summary>Of those of the strength that the ERP system demands, the ones that people in Finance may use.</summary>
    private static readonly string[] ErpPasskeys = ["yubikey", "yubikey-5.7", "yubikey-usb"];

    private static readonly (int, string)[] Everybody = [(36, Exchange), (30, Teams), (24, SharePoint), (10, Travel)];

    /// <summary>Whether the ERP system lets a method in.</summary>
    public static bool IsApprovedForErp(ContosoMethod? method) => method is not null && Array.IndexOf(ErpPasskeys, method.Key) >= 0;

    public static string Pick(ContosoEmployee employee, Dice dice) => employee.Department switch
    {
        "Finance" when dice.Percent(35) => dice.Percent(60) ? Erp : Payroll,
        "People & Culture" when dice.Percent(30) => Payroll,
        "IT" when dice.Percent(35) => AzurePortal,
        "Operations" or "Retail" when dice.Percent(40) => Warehouse,
        _ => dice.Pick(Everybody),
    };
}
