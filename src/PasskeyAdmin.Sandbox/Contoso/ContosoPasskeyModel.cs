using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>A kind of passkey that people of Contoso have.</summary>
/// <param name="Key">How our own files call it.</param>
/// <param name="AaGuid">As in reference/aaguids.md §1 to §3.</param>
/// <param name="Model">As Graph shows it.</param>
/// <param name="Type">The value of <c>passkeyType</c>; null as on very old registrations (reference/graph-users-and-usage.md §1, unconfirmed).</param>
/// <param name="Names">What people call theirs.</param>
internal sealed record ContosoPasskeyModel(string Key, string AaGuid, string Model, string? Type, params string[] Names)
{
    private const string DeviceBound = "deviceBound";
    private const string SyncedType = "synced";

    /// <summary>An AAGUID that no list has, made up for this tenant.</summary>
    public const string UnknownAaGuid = "6c3a1f58-0e2b-4d97-8b41-5fa7c2d9e013";

    public const string ZeroAaGuid = "00000000-0000-0000-0000-000000000000";

    public static readonly IReadOnlyDictionary<string, ContosoPasskeyModel> All = new ContosoPasskeyModel[]
    {
        new("yubikey", "fa2b99dc-9e39-4257-8f92-4a30d23c4118", "YubiKey 5 Series with NFC", DeviceBound, "YubiKey", "Security key", "Key on my keyring"),
        new("yubikey-5.7", "a25342c0-3cdc-4414-8e46-f4807fca511c", "YubiKey 5 Series with NFC", DeviceBound, "YubiKey 5C NFC", "New YubiKey"),
        new("yubikey-usb", "ee882879-721c-4913-9775-3dfcce97072a", "YubiKey 5 Series", DeviceBound, "YubiKey 5C", "Key in the laptop"),
        new("yubikey-old", "cb69481e-8ff7-4039-93ec-0a2729a154a8", "YubiKey 5 Series", null, "Security key"),
        new("yubikey-fips", "c1f9a0bc-1dd2-404a-b27f-8e29047a43fd", "YubiKey 5 FIPS Series with NFC", DeviceBound, "YubiKey FIPS", "Admin key"),
        new("yubikey-fips-usb", "73bb0cd4-e502-49b8-9c6f-b59445bf720b", "YubiKey 5 FIPS Series", DeviceBound, "YubiKey FIPS, safe", "Spare admin key"),
        new("yubikey-bio", "d8522d9f-575b-4866-88a9-ba99fa02f35b", "YubiKey Bio Series - FIDO Edition", DeviceBound, "YubiKey Bio"),
        new("security-key", "a4e9fc6d-4cbe-4758-b8ba-37598bb5bbaa", "Security Key NFC by Yubico", DeviceBound, "Blue key", "Security key"),
        new("feitian", "ee041bce-25e5-4cdb-8f86-897fd6418464", "Feitian ePass FIDO2-NFC Authenticator", DeviceBound, "Feitian", "Store key"),
        new("token2", "eabb46cc-e241-80bf-ae9e-96fa6d2975cf", "TOKEN2 PIN Plus Security Key Series", DeviceBound, "Token2", "Store key"),
        new("titan", "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3", "Google Titan Security Key v2", DeviceBound, "Titan"),
        new("authenticator-ios", "90a3ccdf-635c-4729-a248-9b709135078f", "Microsoft Authenticator", DeviceBound, "Authenticator", "iPhone 15", "Authenticator on iPhone"),
        new("authenticator-android", "de1e552d-db1d-4423-a619-566b625cdc84", "Microsoft Authenticator", DeviceBound, "Authenticator", "Pixel 9", "Authenticator - work phone"),
        new("windows", "08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello Hardware Authenticator", DeviceBound, "Windows", "My laptop"),
        new("windows-vbs", "9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "Windows Hello VBS Hardware Authenticator", DeviceBound, "Windows"),
        new("apple", "fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "iCloud Keychain", SyncedType, "iPhone passkey", "iCloud Keychain", "Apple Passwords"),
        new("apple-managed", "dd4ec289-e01d-41c9-bb89-70fa845d4bf2", "iCloud Keychain (Managed)", SyncedType, "Managed Apple Account", "MacBook passkey"),
        new("google", "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager", SyncedType, "Google Password Manager", "Chrome passkey", "Android passkey"),
        new("1password", "bada5566-a7aa-401f-bd96-45619a55120d", "1Password", SyncedType, "1Password"),
        new("bitwarden", "d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden", SyncedType, "Bitwarden", "Bitwarden vault"),
        new("dashlane", "531126d6-e717-415c-9320-3d9aa6981239", "Dashlane", SyncedType, "Dashlane"),
        new("samsung", "53414d53-554e-4700-0000-000000000000", "Samsung Pass", SyncedType, "Samsung Pass"),
        new("keepassxc", "fdb141b2-5d84-443e-8a35-4698c205a502", "KeePassXC", SyncedType, "KeePassXC"),
        new("unknown", UnknownAaGuid, "", DeviceBound, "Key from the trade fair"),
        new("zero", ZeroAaGuid, "", DeviceBound, "Mac passkey"),
    }.ToDictionary(m => m.Key, StringComparer.Ordinal);

    public bool IsSynced => Type is SyncedType;
}
