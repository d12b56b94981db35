using System;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>An authentication method that somebody has registered.</summary>
/// <param name="Key">The key of a <see cref="ContosoPasskeyModel"/>, or one of <see cref="ContosoMethodKeys"/>.</param>
internal sealed record ContosoMethod(string Key, string Id, string Name, DateTime Created)
{
    public DateTime? LastUsed { get; init; }

    /// <summary>Of a passkey: whether its maker vouched for it when it was registered.</summary>
    public bool IsAttested { get; init; }

    /// <summary>Of a phone: its number. Of an address: the address. Of a Temporary Access Pass: why it can or cannot be used.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Who registered it, where it was not the owner: an alias.</summary>
    public string? RegisteredBy { get; init; }

    public ContosoPasskeyModel? Model => ContosoPasskeyModel.All.TryGetValue(Key, out var model) ? model : null;

    /// <summary>Whether it is part of the device that it was registered on: Windows Hello for Business or Platform SSO.</summary>
    public bool IsLocal => Key is ContosoMethodKeys.WindowsHello or ContosoMethodKeys.PlatformSso;
}
