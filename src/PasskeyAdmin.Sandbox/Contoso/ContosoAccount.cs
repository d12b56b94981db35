using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>An account that is no employee's: guests, emergency and shared accounts, the synchronisation service.</summary>
/// <param name="Properties">As Graph has them.</param>
internal sealed record ContosoAccount(JObject Properties, IReadOnlyList<ContosoMethod> Methods)
{
    public string Id => (string)Properties["id"]!;

    public string UserPrincipalName => (string)Properties["userPrincipalName"]!;

    public string Alias => UserPrincipalName.Split('@')[0];

    public bool IsEmergency => Alias is "emergency1" or "emergency2";

    public bool IsGuest => (string?)Properties["userType"] is "Guest";
}
