using System;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Who may still use text messages and calls: the departments whose wave came last, and calls only the warehouses.</summary>
internal static class ContosoPhones
{
    /// <summary>The departments of the group "Text message users".</summary>
    private static readonly string[] TextDepartments = ["Sales", "Finance", "Retail", "Operations"];

    public static bool HasTexts(ContosoEmployee employee) => Array.IndexOf(TextDepartments, employee.Department) >= 0;

    public static bool HasCalls(ContosoEmployee employee) => employee.Department is "Operations";

    /// <summary>Text messages were for everybody until the policy said otherwise; calls never were.</summary>
    public static bool IsAllowed(ContosoMethod method, ContosoEmployee employee, DateTime time) => method.Key switch
    {
        ContosoMethodKeys.Sms => time < ContosoCalendar.TextsNarrowed || HasTexts(employee),
        ContosoMethodKeys.Voice => HasCalls(employee),
        _ => true,
    };
}
