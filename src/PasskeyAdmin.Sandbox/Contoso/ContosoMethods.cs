using System;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Makes the methods of one account. Their ids come from its own dice.</summary>
internal sealed class ContosoMethods(string userPrincipalName, ContosoCountry country, Dice dice)
{
    private static readonly string[] Phones = ["iPhone 15", "iPhone 16e", "iPhone SE", "SM-A566B", "Pixel 9", "Pixel 8a", "moto g84 5G"];
    private static readonly string[] AppVersions = ["6.8.41", "6.8.39", "6.8.37", "6.2510.6857", "6.2507.4749"];

    /// <param name="name">What the user calls it; null: as most people would.</param>
    /// <param name="detail">As <see cref="ContosoMethod.Detail"/>; null: something ordinary.</param>
    public ContosoMethod Create(string key, DateTime created, DateTime? used = null, string? name = null, string? detail = null, bool isAttested = false)
    {
        var model = ContosoPasskeyModel.All.TryGetValue(key, out var found) ? found : null;
        return new ContosoMethod(key, Id(key), name ?? Name(key, model), created) { LastUsed = used, Detail = detail ?? Detail(key), IsAttested = isAttested };
    }

    /// <summary>Phone numbers and addresses have one fixed id each in every tenant, as there is only one of a kind for a user.</summary>
    private string Id(string key) => key switch
    {
        ContosoMethodKeys.Sms => "3179e48a-750b-4051-897c-87b9720928f7",
        ContosoMethodKeys.Voice => "e37fc753-ff3b-4958-9484-eaa9425c82bc",
        ContosoMethodKeys.Email => "3ddfcfc8-9383-446f-83cc-3ab9be4be18f",
        ContosoMethodKeys.Push or ContosoMethodKeys.Oath or ContosoMethodKeys.Pass => dice.Guid(),
        _ => CredentialId(),
    };

    /// <summary>Base64url and a digit: the number of padding characters that are left out (reference/graph-users-and-usage.md §1).</summary>
    private string CredentialId()
    {
        var bytes = new byte[dice.Percent(70) ? 16 : 20];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)dice.Next(256);
        var text = Convert.ToBase64String(bytes);
        var credential = text.TrimEnd('=');
        return credential.Replace('+', '-').Replace('/', '_') + (char)('0' + (text.Length - credential.Length));
    }

    private string Name(string key, ContosoPasskeyModel? model) => key switch
    {
        ContosoMethodKeys.WindowsHello => $"CON-LT-{dice.Digits(5)}",
        ContosoMethodKeys.PlatformSso => "MacBook",
        ContosoMethodKeys.Push => dice.Pick(Phones),
        _ => model is null ? "" : dice.Pick(model.Names),
    };

    private string Detail(string key) => key switch
    {
        ContosoMethodKeys.Push => dice.Pick(AppVersions),
        ContosoMethodKeys.Sms or ContosoMethodKeys.Voice => country.PhonePrefix + dice.Digits(2),
        ContosoMethodKeys.Email => $"{userPrincipalName.Split('@')[0]}@example.com",
        ContosoMethodKeys.Pass => "Expired",
        _ => "",
    };

}
