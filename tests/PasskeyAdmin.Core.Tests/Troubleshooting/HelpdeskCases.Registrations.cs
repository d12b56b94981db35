using System;
using System.Collections.Generic;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskModel;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskPlace;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskTenant;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>People who cannot register a passkey, or do not see how.</summary>
internal static partial class HelpdeskCases
{
    private static IEnumerable<HelpdeskCase> Registrations =>
    [
        Case("empty-allow-list", CannotRegister, "NoUsableProfile", "The only profile in reach enforces an allow list with nothing in it; the profile of another group is the decoy.",
            () => User("Carl Empty", "carl.empty").Push(300).Laptop("LT-3000").Group("Pilot").Profile("Pilot").Target("Pilot", "Pilot").Profile(Default, allow: []).SignIn(0.1, Edge.On("LT-3000"), Push, app: SecurityInformation).RegistrationStarted(0.09)),

        Case("self-service-off", CannotRegister, "SelfServiceOff", "Nobody may register; the second factor is good and the profile takes all.",
            () => User("Dina Self", "dina.self").Passkey(YubiKey, 200, 1).Push(300).Laptop("LT-3100").Changed(5, t => t.SelfServiceOff()).SignIn(1, Edge.On("LT-3100"), Bound).SignIn(0.1, Edge.On("LT-3100"), Bound, app: SecurityInformation)),

        Case("self-service-off-and-samsung", OptionMissing, "SelfServiceOff", "The option is missing in the security information, for nobody may register; the browser was a supported one, the Samsung phone is the decoy.",
            () => User("Egon Self", "egon.self").Push(300).SelfServiceOff().Device("Galaxy of Egon", "Android", "15", 200, 0.1, maker: "samsung", model: "SM-A566B")
                .SignIn(0.1, new("Android 15", "Chrome Mobile 142.0.0", "Galaxy of Egon"), Push, app: SecurityInformation)),

        Case("tenant-without-profiles", CannotRegister, "ProfilesNotEnrolled", "The tenant has no passkey profiles, so synced passkeys cannot be registered; key restrictions and attestation are off.",
            () => User("Fay Early", "fay.early").Push(300).NotEnrolled().IPhone("iPhone of Fay").SignIn(0.2, IPhone, Push, app: SecurityInformation).RegistrationFailed(0.19, "Synced passkeys are not enabled for this organization.")
                .RegistrationFailed(0.18, "Synced passkeys are not enabled for this organization.")),

        Case("administrators-need-attestation", Auto, "AttestationRequired", "The only profile in reach demands attestation, and what was tried has none; the type is right and there is no list.",
            () => User("Gero Admin", "gero.admin").Push(300).Laptop("LT-3200").Group("Administrators", "user").Group("Staff").Profile("Privileged", HelpdeskTenant.Bound, isAttested: true).Untarget(Everybody).Target("Staff", Default)
                .Target("Administrators", "Privileged").SignIn(0.3, Edge.On("LT-3200"), Push, app: SecurityInformation)
                .RegistrationFailed(0.29, $"The attestation format 'none' is not supported for {WindowsHello.AaGuid}: attestation is required.").RegistrationFailed(0.28, $"The attestation format 'none' is not supported for {WindowsHello.AaGuid}: attestation is required.")),

        Case("registration-page-blocked", CannotRegister, "RegistrationBlockedByConditionalAccess", "A policy blocks the registration of security information from outside the offices, and the log has it; the user has a good second factor.",
            () => User("Hana Home", "hana.home").Push(300).IPhone("iPhone of Hana").Access("Security information from offices", "block", action: true, conditions: """{ "locations": { "includeLocations": [ "All" ], "excludeLocations": [ "AllTrusted" ] } }""")
                .SignIn(1, IPhone, Push, country: "PT").SignIn(0.3, IPhone, Push, 53003, SecurityInformation, "Security information from offices=failure", country: "PT")
                .SignIn(0.2, IPhone, Push, 53003, SecurityInformation, "Security information from offices=failure", country: "PT")),

        Case("registration-needs-a-compliant-device", Auto, "RegistrationBlockedByConditionalAccess", "53000 only at the page of registration, where a policy demands a compliant device; mail works from the same phone.",
            () => User("Ivo Private", "ivo.private").Push(300).Device("Ivo's Pixel", "Android", "16", 200, 0.2).Access("Security information from managed devices", "compliantDevice", action: true)
                .SignIn(1, Android.On("Ivo's Pixel"), Push).SignIn(0.3, Android.On("Ivo's Pixel"), Push, 53000, SecurityInformation, "Security information from managed devices=failure").SignIn(0.25, Android.On("Ivo's Pixel"), Push)
                .SignIn(0.2, Android.On("Ivo's Pixel"), Push, 53000, SecurityInformation, "Security information from managed devices=failure")),

        Case("next-leads-nowhere", CannotRegister, "StrengthAndPolicyDisagree", "The strength of the ERP system takes two models of keys only, the user's profile takes two synced providers only: whatever is registered in the interrupt cannot be right.",
            () => User("Jill Next", "jill.next").Push(300).Laptop("LT-3300").Strength("ERP: keys", "fido2", [YubiKey, YubiKeyFips]).Access("ERP needs a key", "ERP: keys", app: "Contoso ERP").Profile(Default, allow: [Apple, OnePassword])
                .SignIn(0.2, Edge.On("LT-3300"), Push, 50074, "Contoso ERP", "ERP needs a key=failure").RegistrationStarted(0.19)),

        Case("registration-given-up", Auto, "RegistrationNotCompleted", "Began twice and cancelled twice, on a laptop that can do it and under a policy that allows it.",
            () => User("Kim Halfway", "kim.halfway").Push(300).Laptop("LT-3400").Group("Wave 3", "user").SignIn(0.3, Edge.On("LT-3400"), Push, app: SecurityInformation).RegistrationCancelled(0.29).RegistrationCancelled(0.27).SignIn(0.1, Edge.On("LT-3400"), Push)),

        Case("pass-not-valid-yet", Auto, "PassNotUsable", "The pass begins tomorrow; what the log calls wrong was the pass and no password.",
            () => User("Lena Tomorrow", "lena.tomorrow").Pass(-0.9, 480).SignIn(0.04, IPhone, Pass, 50126, SecurityInformation).SignIn(0.03, IPhone, Pass, 50126, SecurityInformation)),

        Case("already-on-this-laptop", CannotRegister, "AlreadyRegistered", "InvalidStateError: the authenticator holds a credential of this account; Windows Hello of the same laptop is registered.",
            () => User("Max Twice", "max.twice").Hello(200, "LT-3500").Push(300).Laptop("LT-3500").SignIn(0.1, Edge.On("LT-3500"), Hello).SignIn(0.09, Edge.On("LT-3500"), Hello, app: SecurityInformation)) with { ErrorCode = "InvalidStateError", DeviceName = "LT-3500" },

        Case("samsung-and-google-only", CannotRegister, "DeviceNotReady", "Only Google Password Manager is allowed, which is not to be had on a Samsung phone with Android 12; the policy reaches the user.",
            () => User("Nora Galaxy", "nora.galaxy").Push(300).Profile(Default, "synced", allow: [Google]).Device("Galaxy A20 of Nora", "Android", "12", 900, 0.1, maker: "samsung", model: "SM-A205F")
                .SignIn(0.1, new("Android 12", "Chrome Mobile 142.0.0", "Galaxy A20 of Nora"), Push, app: SecurityInformation)) with { DeviceName = "Galaxy A20 of Nora" },

        Case("new-key-on-a-mac", CannotRegister, "KeyNeedsPin", "Only security keys are allowed, the user has a Mac, all else is in order: a key without a PIN cannot be registered in a browser of macOS.",
            () => User("Otto Mac", "otto.mac").Push(300).Profile(Default, HelpdeskTenant.Bound, allow: [YubiKey, YubiKeyFips]).Device("Mac of Otto", "MacMDM", "26.1", 300, 0.1, maker: "Apple", model: "MacBook Pro")
                .SignIn(0.2, Mac.On("Mac of Otto"), Push, app: SecurityInformation)) with { DeviceName = "Mac of Otto" },
    ];

    private static IEnumerable<HelpdeskCase> RegistrationPairs =>
    [
        Case("old-phone-in-use", CannotRegister, "DeviceNotReady", "The registration was tried on the phone with iOS 15, which no passkey of the phone works on; that it was given up follows from it.",
            () => Phones(0.3).SignIn(0.3, new("Ios 15.8", "Mobile Safari 15.6", "Old iPhone"), Push, app: SecurityInformation).RegistrationCancelled(0.29)) with { Pair = 8 },
        Case("old-phone-in-a-drawer", CannotRegister, "RegistrationNotCompleted", "The old phone was not seen for months; the registration was tried on the new one, and given up.",
            () => Phones(210).SignIn(0.3, IPhone.On("New iPhone"), Push, app: SecurityInformation).RegistrationCancelled(0.29)) with { Pair = 8 },

        Case("password-only", CannotRegister, "NoSecondFactor", "A password is all the user has, and a registration asks for a second factor.", () => Joiner()) with { Pair = 9 },
        Case("pass-expired", CannotRegister, "PassNotUsable", "The same user was given a pass of an hour for this, five hours ago.", () => Joiner().Pass(0.22, 60).SignIn(0.21, IPhone, Pass)) with { Pair = 9 },

        Case("not-in-the-pilot-with-opera", OptionMissing, "UserNotTargeted", "No target reaches the user, so no browser shows the option; Opera is the decoy.", () => Opera("Facilities")) with { Pair = 10 },
        Case("in-the-pilot-with-opera", OptionMissing, "BrowserNotSupported", "The pilot has the user through two groups; all sign-ins are with Opera, which may not be offered a passkey.", () => Opera("Controllers")) with { Pair = 10 },

        Case("provider-off-the-list", CannotRegister, "ProviderNotAllowed", "The list of the profile does not have what the user tries to register.",
            () => Refused("The passkey provider is not allowed by the policy.", t => t.Profile(Default, HelpdeskTenant.Bound, allow: [YubiKey, YubiKeyFips]))) with { Pair = 11 },
        Case("provider-without-attestation", CannotRegister, "AttestationRequired", "There is no list; the profile demands an attestation that Windows Hello does not give.",
            () => Refused($"The attestation format 'none' is not supported for {WindowsHello.AaGuid}.", t => t.Profile(Default, HelpdeskTenant.Bound, isAttested: true))) with { Pair = 11 },

        Case("loop-although-there-is-a-pass", CannotRegister, "RegistrationLoop", "A passkey is demanded everywhere, the strength takes no pass, and the user has nothing else: the good pass does not help.",
            () => Loop(PhishingResistant).Pass(0.02, 480).SignIn(0.01, IPhone, Pass, 53003, SecurityInformation, "Phishing-resistant everywhere=failure")) with { Pair = 12 },
        Case("no-loop-but-the-pass-is-used-up", CannotRegister, "PassNotUsable", "The strength takes a pass, and the one that the user was given was used up.",
            () => Loop("Phishing-resistant or a pass").Pass(0.02, 480, isUsed: true).SignIn(0.015, IPhone, Pass, access: "Phishing-resistant everywhere=success").SignIn(0.01, IPhone, Push, 53003, SecurityInformation, "Phishing-resistant everywhere=failure")) with { Pair = 12 },
    ];

    private static HelpdeskTenant Phones(double oldSeen) => User("Pia Phones", "pia.phones").Push(300).IPhone("Old iPhone", oldSeen, 1500, "15.8.2").IPhone("New iPhone", 0.2, 215);

    private static HelpdeskTenant Joiner() => User("Quinn Joiner", "quinn.joiner").IPhone("iPhone of Quinn", registered: 2).Group("Joiners", "user").Group("Wave 1", "Joiners").SignIn(1, IPhone, Password);

    private static HelpdeskTenant Opera(string own) => User("Ralf Opera", "ralf.opera").Passkey(YubiKey, 40, null).Push(300).Laptop("LT-3600").Group("Facilities", own is "Facilities" ? ["user"] : []).Group("Controllers", own is "Controllers" ? ["user"] : [])
        .Group("Finance", "Controllers").Group("Passkey pilot", "Finance").Untarget(Everybody).Target("Passkey pilot", Default)
        .SignIn(5, new("Windows11", "Opera 122.0.0", "LT-3600"), Push).SignIn(1, new("Windows11", "Opera 122.0.0", "LT-3600"), Push).SignIn(0.1, new("Windows11", "Opera 122.0.0", "LT-3600"), Push);

    private static HelpdeskTenant Refused(string reason, Func<HelpdeskTenant, HelpdeskTenant> policy) =>
        policy(User("Sina Refused", "sina.refused").Push(300).Laptop("LT-3700")).SignIn(0.3, Edge.On("LT-3700"), Push, app: SecurityInformation).RegistrationFailed(0.29, reason).RegistrationFailed(0.27, reason);

    private static HelpdeskTenant Loop(string strength) => User("Theo Loop", "theo.loop").Push(300).IPhone("iPhone of Theo")
        .Strength("Phishing-resistant or a pass", "windowsHelloForBusiness,fido2,x509CertificateMultiFactor,temporaryAccessPassOneTime,temporaryAccessPassMultiUse").Access("Phishing-resistant everywhere", strength);
}
