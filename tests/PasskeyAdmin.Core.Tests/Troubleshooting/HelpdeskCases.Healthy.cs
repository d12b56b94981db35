using System.Collections.Generic;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskModel;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskPlace;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskTenant;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>People with whom nothing is wrong, though something may look so.</summary>
internal static partial class HelpdeskCases
{
    private static IEnumerable<HelpdeskCase> Healthy =>
    [
        Case("healthy", Auto, null, "Two passkeys that are allowed and in use, good devices, no failure.", () => Sound("Petra Well", "petra.well")),

        Case("healthy-after-an-old-refusal", Auto, null, "Refused two weeks ago while the profile was narrow; it was widened, and the passkey is used since.",
            () => User("Ringo Again", "ringo.again").Passkey(Apple, 100, 0.1).Passkey(YubiKey, 300, 5).Push(300).IPhone("iPhone of Ringo").SignIn(16, IPhone, Synced).SignIn(14, IPhone, Synced, 135016).SignIn(13.9, IPhone, Push)
                .Profile(Default, HelpdeskTenant.Bound).Changed(13, t => t.Profile(Default)).SignIn(12, IPhone, Synced).SignIn(5, Edge, Bound).SignIn(0.1, IPhone, Synced)),

        Case("healthy-with-a-disabled-old-laptop", Auto, null, "The laptop that is switched off was given back half a year ago.",
            () => Sound("Silke Old", "silke.old").Laptop("LT-OLD", seen: 190, registered: 1400, isEnabled: false)),

        Case("healthy-while-others-were-narrowed", Auto, null, "A profile of another group was narrowed and another group excluded; neither is the user's.",
            () => Sound("Tarik Other", "tarik.other").Group("Kiosk").Group("Sales").Profile("Sales").Target("Sales", "Sales").Changed(1, t => t.Profile("Sales", HelpdeskTenant.Bound).Exclude("Kiosk")).SignIn(0.05, IPhone, Synced)),

        Case("healthy-under-a-report-only-policy", Auto, null, "A policy that would have said no only reports, and an interrupt was answered.",
            () => Sound("Ute Report", "ute.report").Access("Trial", "block", isReportOnly: true, conditions: OtherCountries).SignIn(0.3, Edge.On("LT-6000"), Push, 50074).SignIn(0.29, Edge.On("LT-6000"), Push, access: "Trial=reportOnlyFailure", country: "FR")
                .SignIn(0.05, IPhone, Synced, access: "Trial=reportOnlyFailure", country: "FR")),

        Case("healthy-after-replacing-a-key", Auto, null, "A passkey was deleted after a new one was registered, and the new one is used.",
            () => Sound("Volker New", "volker.new").Passkey(YubiKeyFips, 9, 0.2).Removed(8, OnePassword, by: null).SignIn(0.2, Edge.On("LT-6000"), Bound)),

        Case("healthy-although-the-caller-says-no", CannotSignIn, null, "One wrong password an hour ago, and the passkey was used since: whatever it was, it is over.",
            () => Sound("Wanda Fine", "wanda.fine").SignIn(0.05, Chrome.On("LT-6000"), Password, 50126).SignIn(0.04, Edge.On("LT-6000"), Bound).SignIn(0.02, IPhone, Synced)),

        Case("healthy-under-attestation", Auto, null, "Attestation was switched on, which passkeys that are registered do not feel; both are device-bound and in use.",
            () => User($"{Markup}Ximena", "ximena.attest").Passkey(WindowsHello, 100, 0.2).Passkey(YubiKey, 300, 0.1).Push(300).Laptop("LT-6100").Changed(3, t => t.Profile(Default, HelpdeskTenant.Bound, isAttested: true))
                .SignIn(1, Edge.On("LT-6100"), Bound).SignIn(0.1, Edge.On("LT-6100"), Bound)),
    ];

    private static HelpdeskTenant Sound(string name, string alias) => User(name, alias).Passkey(Apple, 100, 0.1).Passkey(YubiKey, 300, 0.6).Push(300).IPhone($"iPhone of {name}").Laptop("LT-6000").Group("Everyone in Berlin", "user")
        .SignIn(4, IPhone, Synced).SignIn(0.6, Edge.On("LT-6000"), Bound).SignIn(0.1, IPhone, Synced);
}
