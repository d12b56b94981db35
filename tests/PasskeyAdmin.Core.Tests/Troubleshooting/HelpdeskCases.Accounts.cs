using System.Collections.Generic;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskModel;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskPlace;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>The account itself, what is typed, and what came of the passkey in Entra.</summary>
internal static partial class HelpdeskCases
{
    private static IEnumerable<HelpdeskCase> Accounts =>
    [
        Case("account-disabled-with-refusals", CannotSignIn, "AccountDisabled", "Nobody with a disabled account signs in; Opera last week is the decoy, it worked with a password.",
            () => User("Ada Blocked", "ada.blocked").Disabled().Passkey(Apple, 90, 3).Push(400).IPhone("iPhone of Ada")
                .SignIn(7, new("Windows11", "Opera 122.0.0"), Push).SignIn(3, IPhone, Synced).SignIn(0.2, IPhone, Synced, 50057).SignIn(0.19, Edge, Password, 50057)),

        Case("account-disabled-and-silent", Auto, "AccountDisabled", "Disabled, with nothing in the log since; the second factor that was missed 12 days ago is the decoy.",
            () => User("Ben Gone", "ben.gone").Disabled().Passkey(YubiKey, 200, 9).Push(400).Laptop("LT-1001", seen: 9)
                .SignIn(12, Edge.On("LT-1001"), Push, 500121).SignIn(9, Edge.On("LT-1001"), Bound)),

        Case("locked-by-a-wrong-password", Auto, "AccountLocked", "Smart lockout, no success since; the old laptop that is disabled and not used is the decoy.",
            () => User("Cara Locked", "cara.locked").Passkey(YubiKey, 150, 4).Push(300).Laptop("LT-1100").Laptop("LT-0900", seen: 160, registered: 900, isEnabled: false)
                .SignIn(4, Edge.On("LT-1100"), Bound).SignIn(0.3, Edge.On("LT-1100"), Password, 50126).SignIn(0.29, Edge.On("LT-1100"), Password, 50126)
                .SignIn(0.28, Edge.On("LT-1100"), Password, 50053).SignIn(0.1, Edge.On("LT-1100"), Password, 50053)),

        Case("password-typed-instead-of-passkey", CannotSignIn, "WrongPassword", "Only wrong passwords, the passkey was not tried; a profile of other people that was narrowed is the decoy.",
            () => User("Dora Types", "dora.types").Passkey(Apple, 90, 5).Push(300).Group("Administrators").Profile("Privileged", HelpdeskTenant.Bound).Target("Administrators", "Privileged")
                .Changed(2, t => t.Profile("Privileged", HelpdeskTenant.Bound, allow: [YubiKeyFips]))
                .SignIn(5, IPhone, Synced).SignIn(0.2, Chrome, Password, 50126).SignIn(0.19, Chrome, Password, 50126).SignIn(0.18, Chrome, Password, 50126)),

        Case("guest-wants-a-passkey", CannotRegister, "GuestAccount", "Guests cannot register in this tenant whatever the policy says; nothing else is in the way, though a policy for everybody reports only.",
            () => User("Nina Keller", "nina.keller_fabrikam.com#EXT#").Guest().Group("Partners", "user").Access("Security information from offices", "block", isReportOnly: true, action: true)
                .SignIn(2, Edge, Push).SignIn(0.1, Edge, Push, app: HelpdeskTenant.SecurityInformation).RegistrationStarted(0.09)),

        Case("renamed-after-marriage", Auto, "UserPrincipalNameChanged", "The passkey was registered under the old name, and is not known since; the mailbox noise 50074 is the decoy.",
            () => User("Erika Neumann-Weiß", "erika.neumann").Passkey(OnePassword, 160, 9).Push(300).Renamed(8, "erika.weiss@contoso.com")
                .SignIn(9, Mac, Synced).SignIn(6, Mac, null, 135010).SignIn(5.9, Mac, Push, 50074).SignIn(5.89, Mac, Push).SignIn(0.2, Mac, null, 135010).SignIn(0.19, Mac, Push)),

        Case("never-had-a-passkey", CannotSignIn, "NoPasskeyRegistered", "None is registered and none was deleted; the policy allows all, and passwords and messages work.",
            () => User("Finn Fresh", "finn.fresh").Phone(500).Laptop("LT-1200").Group("Berlin", "user").SignIn(6, Edge.On("LT-1200"), Text, 50074).SignIn(5.99, Edge.On("LT-1200"), Text).SignIn(0.2, Edge.On("LT-1200"), Text)),

        Case("removed-by-the-user", Auto, "PasskeyRemoved", "The user deleted it from the security information, and the phone still offers it; a policy change that widened is the decoy.",
            () => User("Gita Tidy", "gita.tidy").Push(300).IPhone("iPhone of Gita").Profile(HelpdeskTenant.Default, HelpdeskTenant.Bound).Changed(6, t => t.Profile(HelpdeskTenant.Default))
                .Removed(2, Apple, by: null).SignIn(4, IPhone, Synced).SignIn(0.4, IPhone, null, 135010).SignIn(0.39, IPhone, Push)),

        Case("second-factor-not-answered", Auto, "SecondFactorNotCompleted", "The request to the phone is not answered, three times; the passkey was not tried and works.",
            () => User("Hugo Hurry", "hugo.hurry").Passkey(Apple, 60, 1).Push(300).Laptop("LT-1300").IPhone("iPhone of Hugo")
                .SignIn(1, IPhone, Synced).SignIn(0.3, Edge.On("LT-1300"), Push, 500121).SignIn(0.29, Edge.On("LT-1300"), Push, 500121).SignIn(0.1, Edge.On("LT-1300"), Push, 500121)),

        Case("second-factor-to-be-registered", CannotSignIn, "SecondFactorToBeRegistered", "The caller reads 50079, the log has it: the sign-in stops until a second factor is registered; that there is no passkey is no reason to be stopped.",
            () => User("Ines Start", "ines.start").Group("Joiners", "user").Access("Second factor for everybody", "mfa")
                .SignIn(0.3, Edge, Password, 50079, access: "Second factor for everybody=failure").SignIn(0.1, Edge, Password, 50079, access: "Second factor for everybody=failure")) with { ErrorCode = "50079" },

        Case("five-passkeys-and-an-iphone", CannotSignIn, "TooManyPasskeys", "Five passkeys, all allowed, all well elsewhere, and Safari on an iPhone is where it does not work by user name; nothing else is wrong.",
            () => User("Jana Many", "jana.many").Passkey(Apple, 300, 40).Passkey(Google, 290, 2).Passkey(OnePassword, 280, 3).Passkey(YubiKey, 270, 1).Passkey(YubiKeyFips, 260, 20).Push(400).IPhone("iPhone of Jana").Laptop("LT-1400")
                .SignIn(2, Chrome.On("LT-1400"), Synced).SignIn(1, Edge.On("LT-1400"), Bound).SignIn(0.2, IPhone.On("iPhone of Jana"), Push).SignIn(0.1, IPhone.On("iPhone of Jana"), Push)) with { DeviceName = "iPhone of Jana" },

        Case("key-pin-blocked", CannotSignIn, "KeyPinBlocked", "The words come from the key itself; Entra knows nothing of it and has all in order.",
            () => User("Kurt Key", "kurt.key").Passkey(YubiKey, 220, 1).Push(400).Laptop("LT-1500").SignIn(1, Edge.On("LT-1500"), Bound).SignIn(0.1, Edge.On("LT-1500"), Push)) with { ErrorCode = "PIN retries exhausted" },

        Case("key-under-citrix", CannotSignIn, "RemoteDesktopRedirection", "0x5B4 is the prompt for the PIN that never comes back in a remote session; the key works on the laptop.",
            () => User("Lars Remote", "lars.remote").Passkey(YubiKeyFips, 220, 0.5).Push(400).Laptop("LT-1600").SignIn(0.5, Edge.On("LT-1600"), Bound)) with { ErrorCode = "0x5B4" },

        Case("application-wants-the-password", Auto, "AppDemandsPassword", "One application refuses the passkey with 75011, all others take it; the wrong password before the last success is the decoy.",
            () => User("Mona Travel", "mona.travel").Passkey(Google, 80, 0.05).Push(300).SignIn(3, Android, Password, 50126).SignIn(2.9, Android, Synced).SignIn(0.4, Chrome, Synced, 75011, app: "Contoso Travel")
                .SignIn(0.3, Chrome, Synced, 75011, app: "Contoso Travel")),
    ];

    private static IEnumerable<HelpdeskCase> AccountPairs =>
    [
        Case("wrong-password-and-no-more", Auto, "WrongPassword", "Three wrong passwords are the last that happened.", () => Typing()) with { Pair = 1 },
        Case("wrong-password-then-passkey", Auto, null, "The same, and then the passkey was used: nothing is wrong any more.", () => Typing().SignIn(0.05, Android.On("Pixel of Nils"), Synced)) with { Pair = 1 },

        Case("renamed-after-registration", StoppedWorking, "UserPrincipalNameChanged", "Registered 70 days ago, renamed 3 days ago, not known anywhere since.",
            () => Renamed(created: 70, renamed: 3, used: 4).SignIn(4, Android, Synced).SignIn(1, Android, null, 135010).SignIn(0.3, Chrome, null, 135010).SignIn(0.29, Chrome, Push)) with { Pair = 2 },
        Case("renamed-before-registration", StoppedWorking, "ProviderNotSyncing", "Renamed before the passkey was registered, and it works on the phone; the computer does not have it: the provider does not sync there.",
            () => Renamed(created: 12, renamed: 20, used: 0.4).SignIn(4, Chrome, Synced).SignIn(0.4, Android, Synced).SignIn(0.3, Chrome, null, 135010).SignIn(0.29, Chrome, Push)) with { Pair = 2 },

        Case("unknown-passkey-that-was-deleted", CannotSignIn, "PasskeyRemoved", "The phone offers a passkey that the log shows deleted two days ago.", () => Unknown().Removed(2, Google, by: null)) with { Pair = 3 },
        Case("unknown-passkey-that-was-never-here", CannotSignIn, "PasskeyNotInEntra", "The same refusals, and no deletion; the only passkey in Entra is a key, used on the laptop: what the phone offers is not in Entra.", () => Unknown()) with { Pair = 3 },
    ];

    private static HelpdeskTenant Typing() => User("Nils Typo", "nils.typo").Passkey(Google, 80, 2).Push(300).Device("Pixel of Nils", "Android", "16", 200, 0.05, maker: "Google", model: "Pixel 9")
        .SignIn(2, Android.On("Pixel of Nils"), Synced).SignIn(0.12, Chrome, Password, 50126).SignIn(0.11, Chrome, Password, 50126).SignIn(0.1, Chrome, Password, 50126);

    private static HelpdeskTenant Renamed(double created, double renamed, double used) =>
        User("Olga Newname", "olga.newname").Passkey(Google, created, used).Push(300).Renamed(renamed, "olga.oldname@contoso.com").Device("Pixel of Olga", "Android", "16", 200, 0.3, maker: "Google", model: "Pixel 9");

    private static HelpdeskTenant Unknown() => User("Paul Orphan", "paul.orphan").Passkey(YubiKey, 210, 1).Push(300).Laptop("LT-1700")
        .SignIn(1, Edge.On("LT-1700"), Bound).SignIn(0.4, Android, null, 135010).SignIn(0.39, Android, Push).SignIn(0.2, Android, null, 135010);
}
