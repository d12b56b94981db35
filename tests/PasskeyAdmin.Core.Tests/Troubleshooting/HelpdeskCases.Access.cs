using System.Collections.Generic;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskModel;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskPlace;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskTenant;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Conditional Access and authentication strengths.</summary>
internal static partial class HelpdeskCases
{
    private const string OtherCountries = """{ "locations": { "includeLocations": [ "All" ], "excludeLocations": [ "AllTrusted" ] } }""";

    private static IEnumerable<HelpdeskCase> Access =>
    [
        Case("certificate-is-what-counts", CannotSignIn, "NoMethodForStrength", "The plant takes certificates only; the passkey is good everywhere else, and no list of models is to blame.",
            () => User("Ulf Plant", "ulf.plant").Passkey(YubiKey, 200, 0.5).Push(300).Laptop("LT-4000").Strength("Plant: certificate", "x509CertificateMultiFactor").Access("Plant control", "Plant: certificate", app: "Plant control system")
                .SignIn(0.5, Edge.On("LT-4000"), Bound).SignIn(0.3, Edge.On("LT-4000"), Bound, 53003, "Plant control system", "Plant control=failure").SignIn(0.2, Edge.On("LT-4000"), Bound, 53003, "Plant control system", "Plant control=failure")),

        Case("blocked-by-risk", Auto, "BlockedByConditionalAccess", "530032 after a passkey that was taken: a policy blocks sign-ins at high risk. The trial of a strength that reports only is the decoy.",
            () => User("Vito Risk", "vito.risk").Passkey(Apple, 100, 0.1).Push(300).IPhone("iPhone of Vito").Access("Block high risk", "block", conditions: """{ "signInRiskLevels": [ "high" ] }""").Access("Trial", PhishingResistant, isReportOnly: true)
                .SignIn(2, IPhone, Synced).SignIn(0.2, IPhone, Synced, 530032, access: "Block high risk=failure;Trial=reportOnlySuccess", country: "BR").SignIn(0.1, IPhone, Synced, 530032, access: "Block high risk=failure;Trial=reportOnlySuccess", country: "BR")),

        Case("laptop-not-joined", Auto, "DeviceNotCompliant", "53001: a policy demands a joined device, and the new private laptop is only registered; the passkey was taken.",
            () => User("Wim Own", "wim.own").Passkey(YubiKey, 100, 0.1).Push(300).Device("DESKTOP-8K2", "Windows", "10.0.26100.6899", 3, 0.1, trust: "Workplace").Access("Joined devices for files", "domainJoinedDevice", app: "Contoso Files")
                .SignIn(2, Edge, Bound).SignIn(0.2, Edge.On("DESKTOP-8K2"), Bound, 53001, "Contoso Files", "Joined devices for files=failure").SignIn(0.1, Edge.On("DESKTOP-8K2"), Bound, 53001, "Contoso Files", "Joined devices for files=failure")),

        Case("mail-app-of-the-phone", CannotSignIn, "AppNotApproved", "53002: a policy demands an approved app, and this is the mail app of the phone; in the browser the passkey works.",
            () => User("Xaver Mail", "xaver.mail").Passkey(Apple, 100, 0.4).Push(300).IPhone("iPhone of Xaver").Access("Approved apps on phones", "approvedApplication", conditions: """{ "platforms": { "includePlatforms": [ "iOS", "android" ] } }""")
                .SignIn(0.4, IPhone, Synced).SignIn(0.2, new("Ios 26.1", ""), Synced, 53002, access: "Approved apps on phones=failure", client: "Mobile Apps and Desktop clients")),

        Case("hostile-names-and-a-block", CannotSignIn, "BlockedByConditionalAccess", "A policy for the user's group blocks Linux, which is what the log says; the names are hostile, the passkey is not.",
            () => User($"{new string('W', 230)} {Markup}\u001b[31m", "yara.linux").Passkey(YubiKey, 100, 1).Push(300).Group("<b>Engineering</b>\u202e", "user")
                .Access("Block \"Linux\"\r\n$(Remove-Item)", "block", groups: "<b>Engineering</b>\u202e", conditions: """{ "platforms": { "includePlatforms": [ "linux" ] } }""")
                .SignIn(1, Edge, Bound).SignIn(0.2, new("Linux", "Firefox 145.0"), Bound, 53003, access: "Block \"Linux\"\r\n$(Remove-Item)=failure")),
    ];

    private static IEnumerable<HelpdeskCase> AccessPairs =>
    [
        Case("block-is-enabled", StoppedWorking, "BlockedByConditionalAccess", "The policy is enabled and says no since the user travels.",
            () => Travelling(isReportOnly: false).SignIn(0.4, Edge.On("LT-4100"), Hello, 53003, access: "Only where we work=failure", country: "VN").SignIn(0.2, Edge.On("LT-4100"), Hello, 53003, access: "Only where we work=failure", country: "VN")) with { Pair = 13 },
        Case("block-reports-only", StoppedWorking, "DeviceRegistrationBroken", "The policy only reports what it would have done; the device cannot prove who it is.",
            () => Travelling(isReportOnly: true).SignIn(0.5, Edge.On("LT-4100"), Push, access: "Only where we work=reportOnlyFailure", country: "VN").SignIn(0.4, Edge.On("LT-4100"), Hello, 130007, country: "VN")
                .SignIn(0.2, Edge.On("LT-4100"), Hello, 130007, country: "VN")) with { Pair = 13 },

        Case("hello-where-keys-count", CannotSignIn, "WindowsHelloNotAccepted", "The strength takes the user's key, and the user comes with Windows Hello.",
            () => Keys(YubiKey, YubiKeyFips).SignIn(0.3, Edge.On("LT-4200"), Hello, 53003, "Contoso ERP", "ERP needs a key=failure").SignIn(0.2, Edge.On("LT-4200"), Hello, 53003, "Contoso ERP", "ERP needs a key=failure")) with { Pair = 14 },
        Case("key-is-not-on-the-list", CannotSignIn, "StrengthRefusesPasskey", "The user comes with the key, which the list of the strength leaves out.",
            () => Keys(YubiKeyFips).SignIn(0.3, Edge.On("LT-4200"), Bound, 53003, "Contoso ERP", "ERP needs a key=failure").SignIn(0.2, Edge.On("LT-4200"), Bound, 53003, "Contoso ERP", "ERP needs a key=failure")) with { Pair = 14 },

        Case("strength-without-a-method", OptionMissing, "NoMethodForStrength", "The application demands what the user has no method for, and keeps the user out.",
            () => Demanded(isReportOnly: false).SignIn(0.3, Edge.On("LT-4300"), Push, 53003, "Contoso ERP", "ERP demands more=failure").SignIn(0.2, Edge.On("LT-4300"), Push, 53003, "Contoso ERP", "ERP demands more=failure")) with { Pair = 15 },
        Case("strength-reports-only", OptionMissing, "NoPasskeyRegistered", "The same policy reports only and keeps nobody out; no passkey is offered because there is none.",
            () => Demanded(isReportOnly: true).SignIn(0.3, Edge.On("LT-4300"), Push, 0, "Contoso ERP", "ERP demands more=reportOnlyFailure").SignIn(0.2, Edge.On("LT-4300"), Push, 0, "Contoso ERP", "ERP demands more=reportOnlyFailure")) with { Pair = 15 },
    ];

    private static HelpdeskTenant Travelling(bool isReportOnly) => User("Zeno Travels", "zeno.travels").Hello(300, "LT-4100").Passkey(YubiKey, 250, 40).Push(300).Laptop("LT-4100").Access("Only where we work", "block", isReportOnly, conditions: OtherCountries)
        .SignIn(3, Edge.On("LT-4100"), Hello);

    private static HelpdeskTenant Keys(params HelpdeskModel[] models) => User("Anke Keys", "anke.keys").Hello(300, "LT-4200").Passkey(YubiKey, 250, 1).Push(300).Laptop("LT-4200").Group("ERP users", "user")
        .Strength("ERP: keys", "fido2", models).Access("ERP needs a key", "ERP: keys", app: "Contoso ERP", groups: "ERP users").SignIn(1, Edge.On("LT-4200"), Bound).SignIn(0.5, Edge.On("LT-4200"), Hello);

    private static HelpdeskTenant Demanded(bool isReportOnly) =>
        User("Bodo More", "bodo.more").Push(300).Laptop("LT-4300").Access("ERP demands more", PhishingResistant, isReportOnly, "Contoso ERP").SignIn(1, Edge.On("LT-4300"), Push);
}
