using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The users as Graph has them, with their methods as the tenant format keeps them.</summary>
internal static class ContosoUsers
{
    public static JObject Of(ContosoEmployee employee)
    {
        var name = employee.Person.DisplayName.Split(' ');
        var user = new JObject
        {
            ["id"] = employee.Person.Id,
            ["displayName"] = employee.Person.DisplayName,
            ["givenName"] = name[0],
            ["surname"] = name[1],
            ["userPrincipalName"] = employee.Person.UserPrincipalName,
            ["mail"] = employee.Person.UserPrincipalName,
            ["accountEnabled"] = employee.IsEnabled,
            ["userType"] = "Member",
            ["jobTitle"] = employee.JobTitle,
            ["department"] = employee.Department,
            ["country"] = employee.Country.Name,
            ["usageLocation"] = employee.Country.Code,
            ["officeLocation"] = employee.Country.City,
            ["employeeId"] = $"{10001 + employee.Index}",
            ["createdDateTime"] = ContosoCalendar.Text(employee.Hired),
        };
        // The American and German offices still have a directory of their own.
        if (employee.Country.Code is "US" or "DE") user["onPremisesSyncEnabled"] = true;
        if (employee.Certificate is { } certificate) user["x509"] = certificate;
        user["authenticationMethods"] = new JArray(employee.Methods.Select(ContosoMethodJson.Of));
        return user;
    }

    public static JObject Of(ContosoAccount account)
    {
        account.Properties["authenticationMethods"] = new JArray(account.Methods.Select(ContosoMethodJson.Of));
        return account.Properties;
    }
}
