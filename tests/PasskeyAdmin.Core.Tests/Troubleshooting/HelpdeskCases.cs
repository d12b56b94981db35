using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>
/// Calls to the helpdesk with their true causes, for whatever claims to find them. They were written from what Microsoft documents (reference/adoption-and-troubleshooting.md §4,
/// graph-passkey-policy.md §7, device-requirements.md) without a look at any code that solves them; keep it so when cases are added.
/// </summary>
internal static partial class HelpdeskCases
{
    private const string CannotRegister = "CannotRegister";
    private const string OptionMissing = "OptionMissing";
    private const string CannotSignIn = "CannotSignIn";
    private const string StoppedWorking = "StoppedWorking";
    private const string LostDevice = "LostDevice";
    private const string Auto = "Auto";

    /// <summary>Steps of a sign-in, in the words of the log.</summary>
    private const string Synced = "Passkey (synced)";
    private const string Bound = "Passkey (device-bound)";
    private const string Hello = "Windows Hello for Business";
    private const string Password = "Password";
    private const string Push = "Password+Mobile app notification";
    private const string Text = "Password+Text message";
    private const string Pass = "Temporary Access Pass";

    private const string Markup = "<script>alert(1)</script>";

    public static IReadOnlyList<HelpdeskCase> All { get; } =
    [
        .. Accounts, .. AccountPairs, .. Policies, .. PolicyPairs, .. Registrations, .. RegistrationPairs, .. Access, .. AccessPairs, .. Devices, .. DevicePairs, .. Lost, .. Healthy,
    ];

    private static HelpdeskTenant User(string name, string alias) => new(name, $"{alias}@contoso.com");

    private static HelpdeskCase Case(string name, string symptom, string? expected, string why, Func<HelpdeskTenant> tenant) => new(name, symptom, expected, why, tenant);
}
