using System.Collections.Generic;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskModel;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskPlace;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskTenant;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Devices, browsers, apps and providers, and what was lost.</summary>
internal static partial class HelpdeskCases
{
    private static IEnumerable<HelpdeskCase> Devices =>
    [
        Case("outlook-without-a-broker", OptionMissing, "BrokerMissing", "Outlook on Android, on a phone that Entra does not know, without Authenticator: no broker. The passkey of the same phone works in Chrome.",
            () => User("Cleo Outlook", "cleo.outlook").Passkey(Google, 100, 0.5).Phone(400).SignIn(0.5, Android, Synced).SignIn(0.3, new("Android 16", ""), Text, app: Outlook, client: "Mobile Apps and Desktop clients")
                .SignIn(0.2, new("Android 16", ""), Text, app: Outlook, client: "Mobile Apps and Desktop clients")),

        Case("browser-was-changed", StoppedWorking, "BrowserNotSupported", "The passkey worked in Chrome until the user took to Samsung Internet, which may not be offered one; the trial that reports only is the decoy.",
            () => User("Dirk Browser", "dirk.browser").Passkey(Google, 100, 4).Push(300).Device("Galaxy of Dirk", "Android", "16", 200, 0.1, maker: "samsung", model: "SM-S931B").Access("Trial", PhishingResistant, isReportOnly: true)
                .SignIn(6, Android.On("Galaxy of Dirk"), Synced).SignIn(4, Android.On("Galaxy of Dirk"), Synced).SignIn(2, new("Android 16", "Samsung Browser 29.0", "Galaxy of Dirk"), Push, access: "Trial=reportOnlyFailure")
                .SignIn(0.2, new("Android 16", "Samsung Browser 29.0", "Galaxy of Dirk"), Push, access: "Trial=reportOnlyFailure")),

        Case("hello-key-gone", Auto, "WindowsHelloKeyMissing", "130004 with Windows Hello on the laptop it is registered for; Firefox last week worked and is supported.",
            () => User("Edda Hello", "edda.hello").Hello(300, "LT-5000").Push(300).Laptop("LT-5000").SignIn(8, new("Windows11", "Firefox 145.0", "LT-5000"), Push).SignIn(2, Edge.On("LT-5000"), Hello)
                .SignIn(0.3, Edge.On("LT-5000"), Hello, 130004).SignIn(0.29, Edge.On("LT-5000"), Push).SignIn(0.1, Edge.On("LT-5000"), Hello, 130004)),

        Case("device-cannot-prove-itself", CannotSignIn, "DeviceRegistrationBroken", "50097 time and again: the registration of the laptop is broken, the device is enabled and compliant in the lists.",
            () => User("Frieda Proof", "frieda.proof").Hello(300, "LT-5100").Passkey(YubiKey, 200, 20).Push(300).Laptop("LT-5100", seen: 3).SignIn(3, Edge.On("LT-5100"), Hello)
                .SignIn(0.3, Edge.On("LT-5100"), Hello, 50097).SignIn(0.29, Edge.On("LT-5100"), Hello, 50097).SignIn(0.1, Edge.On("LT-5100"), Hello, 50097)),

        Case("phone-does-not-connect", CannotSignIn, "CrossDeviceBlocked", "The words are those of a phone that does not reach the computer; the only passkey is on the phone and works there.",
            () => User("Gus QR", "gus.qr").Passkey(AuthenticatorForIOS, 100, 0.4).Push(300).IPhone("iPhone of Gus").Laptop("LT-5200").SignIn(0.4, IPhone.On("iPhone of Gus"), Bound).SignIn(0.1, Edge.On("LT-5200"), Push)) with { ErrorCode = "Device couldn't connect" },

        Case("vault-not-on-the-phone", Auto, "ProviderNotSyncing", "The passkey of 1Password is in Entra, allowed, and used on the Mac yesterday; the new phone does not have it.",
            () => User("Heidi Vault", "heidi.vault").Passkey(OnePassword, 200, 0.9).Push(300).Device("Mac of Heidi", "MacMDM", "26.1", 300, 0.9, maker: "Apple", model: "MacBook Air").IPhone("iPhone of Heidi", registered: 3)
                .SignIn(0.9, Mac.On("Mac of Heidi"), Synced).SignIn(0.4, IPhone.On("iPhone of Heidi"), null, 135010).SignIn(0.39, IPhone.On("iPhone of Heidi"), Push).SignIn(0.2, IPhone.On("iPhone of Heidi"), null, 135010)),
    ];

    private static IEnumerable<HelpdeskCase> DevicePairs =>
    [
        Case("firefox-on-android", CannotSignIn, "BrowserNotSupported", "Firefox on Android is all that is used on the phone, with a password; nothing failed.", () => Firefox().SignIn(0.6, Edge.On("LT-5300"), Hello)) with { Pair = 16 },
        Case("firefox-on-android-and-a-laptop-that-fails", CannotSignIn, "WindowsHelloKeyMissing", "What fails is Windows Hello on the laptop; Firefox on the phone worked with a password.",
            () => Firefox().SignIn(0.3, Edge.On("LT-5300"), Hello, 135010).SignIn(0.2, Edge.On("LT-5300"), Hello, 135010)) with { Pair = 16 },

        Case("disabled-device-in-use", StoppedWorking, "DeviceDisabled", "The laptop that was switched off in Entra is the one that is used.", () => TwoLaptops().SignIn(0.3, Edge.On("LT-5400"), Hello, 135011).SignIn(0.2, Edge.On("LT-5400"), Hello, 135011)) with { Pair = 17 },
        Case("disabled-device-not-in-use", StoppedWorking, "WindowsHelloKeyMissing", "The same laptop is switched off, but it is the new one that is used, whose key is not known.",
            () => TwoLaptops().SignIn(0.3, Edge.On("LT-5500"), Hello, 130004).SignIn(0.2, Edge.On("LT-5500"), Hello, 130004)) with { Pair = 17 },

        Case("new-phone-and-authenticator", StoppedWorking, "AuthenticatorNotRestored", "The passkey is bound to the Authenticator of the old phone, which a backup does not bring to the new one.",
            () => NewPhone().Passkey(AuthenticatorForIOS, 200, 8).SignIn(8, IPhone.On("iPhone 13 of Ilka"), Bound).SignIn(0.3, IPhone.On("iPhone 17 of Ilka"), null, 135010).SignIn(0.29, IPhone.On("iPhone 17 of Ilka"), Push)) with { Pair = 18 },
        Case("new-phone-and-keychain", StoppedWorking, "ProviderNotSyncing", "The passkey is in the iCloud Keychain and was used on the Mac since; the new phone does not sync it.",
            () => NewPhone().Passkey(Apple, 200, 0.5).SignIn(8, IPhone.On("iPhone 13 of Ilka"), Synced).SignIn(0.5, Mac.On("Mac of Ilka"), Synced).SignIn(0.3, IPhone.On("iPhone 17 of Ilka"), null, 135010)
                .SignIn(0.29, IPhone.On("iPhone 17 of Ilka"), Push)) with { Pair = 18 },
    ];

    private static IEnumerable<HelpdeskCase> Lost =>
    [
        Case("lost-phone-with-authenticator", LostDevice, "LostDevice", "The phone is lost, and the passkey of its Authenticator with it.",
            () => User("Jule Lost", "jule.lost").Passkey(AuthenticatorForIOS, 150, 1).Push(300, "iPhone of Jule").IPhone("iPhone of Jule", seen: 1).Laptop("LT-5600").SignIn(1, IPhone.On("iPhone of Jule"), Bound)) with { DeviceName = "iPhone of Jule" },

        Case("stolen-phone-with-google", LostDevice, "LostDevice", "The phone was stolen; that nobody answers its push is the decoy, and that a profile of others was narrowed.",
            () => User("Knut Stolen", "knut.stolen").Passkey(Google, 150, 2).Passkey(YubiKey, 300, 90).Push(300).Device("Pixel of Knut", "Android", "16", 300, 1.5, maker: "Google", model: "Pixel 9").Group("Sales").Profile("Sales").Target("Sales", "Sales")
                .Changed(4, t => t.Profile("Sales", HelpdeskTenant.Bound)).SignIn(2, Android.On("Pixel of Knut"), Synced).SignIn(0.3, Edge, Push, 500121).SignIn(0.2, Edge, Push, 500121)),

        Case("lost-laptop-with-windows-passkey", LostDevice, "LostDevice", "A laptop with Windows Hello and a passkey in it is gone; the key at home still works.",
            () => User("Lola Laptop", "lola.laptop").Hello(300, "LT-5700").Passkey(WindowsHello, 80, 2).Passkey(YubiKey, 300, 0.3).Laptop("LT-5700", seen: 2).SignIn(2, Edge.On("LT-5700"), Bound).SignIn(0.3, Chrome, Bound)) with { DeviceName = "LT-5700" },

        Case("lost-key-with-hostile-names", LostDevice, "LostDevice", "The key is lost; a disabled old laptop and hostile names are the decoys.",
            () => User($"Mia {Markup}\u0007", "mia.key").Passkey(YubiKey, 150, 3, "\u202eyek ym\u001b]0;x\u0007").Push(300).Laptop("LT-5800").Laptop("\u001b[2JLT-OLD\r\n", seen: 200, registered: 1200, isEnabled: false).SignIn(3, Edge.On("LT-5800"), Bound)),
    ];

    private static HelpdeskTenant Firefox() => User("Nele Firefox", "nele.firefox").Passkey(Google, 120, 20).Hello(300, "LT-5300").Push(300).Laptop("LT-5300").SignIn(20, Android, Synced).SignIn(2, Edge.On("LT-5300"), Hello)
        .SignIn(1, new("Android 16", "Firefox Mobile 145.0"), Push).SignIn(0.5, new("Android 16", "Firefox Mobile 145.0"), Push).SignIn(0.4, new("Android 16", "Firefox Mobile 145.0"), Push);

    private static HelpdeskTenant TwoLaptops() => User("Olaf Laptops", "olaf.laptops").Hello(500, "LT-5400").Hello(60, "LT-5500").Push(600).Laptop("LT-5400", seen: 3, registered: 800, isEnabled: false).Laptop("LT-5500", seen: 2, registered: 60)
        .SignIn(3, Edge.On("LT-5400"), Hello).SignIn(2, Edge.On("LT-5500"), Hello);

    private static HelpdeskTenant NewPhone() => User("Ilka Newphone", "ilka.newphone").Push(6, "iPhone 17 of Ilka").IPhone("iPhone 13 of Ilka", seen: 8, registered: 800).IPhone("iPhone 17 of Ilka", seen: 0.2, registered: 6)
        .Device("Mac of Ilka", "MacMDM", "26.1", 300, 0.5, maker: "Apple", model: "MacBook Air");
}
