using System.Collections.Generic;
using System.Linq;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskModel;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskPlace;
using static PasskeyAdmin.Core.Tests.Troubleshooting.HelpdeskTenant;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What the passkey policy says of passkeys that are there.</summary>
internal static partial class HelpdeskCases
{
    private static IEnumerable<HelpdeskCase> Policies =>
    [
        Case("method-switched-off", StoppedWorking, "MethodDisabled", "Passkeys were switched off yesterday for everybody; the push that was not answered before is the decoy.",
            () => User("Rita Off", "rita.off").Passkey(Apple, 90, 2).Push(300).IPhone("iPhone of Rita").SignIn(3, Edge, Push, 500121).SignIn(2, IPhone, Synced).Changed(1, t => t.MethodOff())
                .SignIn(0.3, IPhone, Synced, 135016).SignIn(0.29, IPhone, Push)),

        Case("method-never-switched-on", OptionMissing, "MethodDisabled", "The method is off; Samsung Internet is the decoy, for no browser would show it.",
            () => User("Sara Never", "sara.never").Push(300).MethodOff().SignIn(1, new("Android 15", "Samsung Browser 29.0"), Push).SignIn(0.2, Edge, Push)),

        Case("excluded-group", Auto, "UserExcluded", "A group of the user was excluded three days ago, which wins over every target; a profile for another group that was narrowed the same day is the decoy.",
            () => User("Tina Shut", "tina.shut").Passkey(Google, 90, 4).Push(300).Group("Kiosk accounts", "user").Group("Sales").Profile("Sales", Both).Target("Sales", "Sales")
                .SignIn(4, Android, Synced).Changed(3, t => t.Exclude("Kiosk accounts").Profile("Sales", HelpdeskTenant.Bound)).SignIn(0.5, Android, Synced, 135016).SignIn(0.49, Android, Push)),

        Case("left-the-pilot-group", Auto, "PasskeyTypeNotAllowed", "The default profile takes no synced passkeys, and the user left the group that had them; the policy itself did not change.",
            () => User("Uma Pilot", "uma.pilot").Passkey(Apple, 60, 4).Push(300).Group("Passkey pilot").Group("Marketing", "user").Profile(Default, HelpdeskTenant.Bound).Profile("Synced pilot").Target("Passkey pilot", "Synced pilot")
                .SignIn(4, Mac, Synced).LeftGroup(2, "Passkey pilot").SignIn(1, Mac, Synced, 135016).SignIn(0.99, Mac, Push).SignIn(0.2, IPhone, Synced, 135016)),

        Case("code-135016-without-a-log", CannotSignIn, "PasskeyTypeNotAllowed", "The caller reads 135016; the only profile takes device-bound passkeys, and the user has a synced one. The failures are older than the log.",
            () => User("Vera Code", "vera.code").Passkey(Bitwarden, 120, 50).Push(300).Group("Everyone in Bonn", "user").Profile(Default, HelpdeskTenant.Bound).SignIn(2, Chrome, Push).SignIn(0.2, Chrome, Push)) with { ErrorCode = "135016" },

        Case("provider-on-the-block-list", Auto, "ProviderNotAllowed", "The provider of the passkey was put on the block list of the only profile; other synced passkeys may be used.",
            () => User("Willi Block", "willi.block").Passkey(Google, 100, 4).Push(300).Device("Pixel of Willi", "Android", "16", 300, 0.1, maker: "Google", model: "Pixel 9").SignIn(4, Android, Synced)
                .Changed(3, t => t.Profile(Default, block: [Google])).SignIn(0.6, Android, Synced, 135016).SignIn(0.59, Android, Push).SignIn(0.2, Android, Synced, 135016)),

        Case("one-of-two-passkeys-refused", StoppedWorking, "PasskeyTypeNotAllowed", "The synced one is refused since the profile was narrowed; the key is allowed and works on the laptop, but the caller is on the phone.",
            () => User($"{Markup} Xenia", "xenia.two").Passkey(YubiKey, 300, 0.8).Passkey(Apple, 90, 3).Push(300).IPhone("iPhone \u202egnol", seen: 0.1).Laptop("LT-2000").SignIn(3, IPhone, Synced)
                .Changed(2, t => t.Profile(Default, HelpdeskTenant.Bound)).SignIn(0.8, Edge.On("LT-2000"), Bound).SignIn(0.2, IPhone, Synced, 135016).SignIn(0.19, IPhone, Push)),

        Case("target-taken-away", StoppedWorking, "UserNotTargeted", "The target of all users was replaced by a pilot group that the user is not in; the user has a device-bound passkey, so no type or list is to blame.",
            () => User("Yann Untargeted", "yann.untargeted").Passkey(YubiKey, 100, 3).Push(300).Laptop("LT-2100").Group("Passkey pilot").SignIn(3, Edge.On("LT-2100"), Bound)
                .Changed(1, t => t.Untarget(Everybody).Target("Passkey pilot", Default)).SignIn(0.3, Edge.On("LT-2100"), Bound, 135016).SignIn(0.29, Edge.On("LT-2100"), Push)),
    ];

    private static IEnumerable<HelpdeskCase> PolicyPairs =>
    [
        Case("narrowed-but-let-in-elsewhere-and-deleted", StoppedWorking, "PasskeyRemoved", "The default profile was narrowed, but the trial group, through a group in it, still lets synced passkeys in; an administrator deleted the passkey.",
            () => Narrowed("Mara Lind", "mara.lind", "Sales").Removed(0.9, Apple).SignIn(0.2, IPhone, null, 135010).SignIn(0.19, IPhone, Push)) with { Pair = 4 },
        Case("narrowed-and-not-deleted", StoppedWorking, "PasskeyTypeNotAllowed", "The same change, and no other profile reaches the user; the passkey is there and refused.",
            () => Narrowed("Mara Lind", "mara.lind", "Support").Passkey(Apple, 80, 3).SignIn(0.2, IPhone, Synced, 135016).SignIn(0.19, IPhone, Push)) with { Pair = 4 },

        Case("other-provider-narrowed-and-locked", StoppedWorking, "AccountLocked", "Bitwarden was taken off the list, the user has iCloud Keychain; wrong passwords locked the account.",
            () => Listed(without: Bitwarden).SignIn(0.3, Mac, Password, 50126).SignIn(0.29, Mac, Password, 50126).SignIn(0.28, Mac, Password, 50053).SignIn(0.1, Mac, Password, 50053)) with { Pair = 5 },
        Case("own-provider-narrowed", StoppedWorking, "ProviderNotAllowed", "iCloud Keychain was taken off the list, which is what the user has; one mistyped password before the last success is the decoy.",
            () => Listed(without: Apple).SignIn(0.3, Mac, Synced, 135016).SignIn(0.29, Mac, Password, 50126).SignIn(0.28, Mac, Push).SignIn(0.1, Mac, Synced, 135016)) with { Pair = 5 },

        Case("excluded-through-a-nested-group", StoppedWorking, "UserExcluded", "The excluded group has the user's group in it.", () => Agencies("Agency North").SignIn(0.4, Android, Synced, 135016).SignIn(0.39, Android, Push)) with { Pair = 6 },
        Case("not-excluded-but-narrowed", StoppedWorking, "PasskeyTypeNotAllowed", "The user's group is not in the excluded one, and is not one of those that keep synced passkeys.",
            () => Agencies("Agency South").SignIn(0.4, Android, Synced, 135016).SignIn(0.39, Android, Push)) with { Pair = 6 },

        Case("attestation-on-and-device-not-compliant", CannotSignIn, "DeviceNotCompliant", "Attestation was switched on, which does not touch passkeys that are registered, and this one is bound to a device; the log says that the laptop is not compliant.",
            () => Attested(WindowsHello).SignIn(0.3, Edge.On("LT-2200"), Bound, 53000, access: "Compliant devices=failure").SignIn(0.2, Edge.On("LT-2200"), Bound, 53000, access: "Compliant devices=failure")) with { Pair = 7 },
        Case("attestation-on-and-synced-passkey", CannotSignIn, "PasskeyTypeNotAllowed", "The same change took synced passkeys out of the profile, which is what this user has.",
            () => Attested(Bitwarden).SignIn(0.3, Edge.On("LT-2200"), Synced, 135016).SignIn(0.2, Edge.On("LT-2200"), Synced, 135016)) with { Pair = 7 },
    ];

    private static HelpdeskTenant Narrowed(string name, string alias, string group) => User(name, alias).Push(400).IPhone("iPhone of Mara").Group("Sales", group is "Sales" ? ["user"] : []).Group("Support", group is "Support" ? ["user"] : [])
        .Group("Synced trial", "Sales").Profile("Synced for the trial").Target("Synced trial", "Synced for the trial").SignIn(3, IPhone, Synced).Changed(1, t => t.Profile(Default, HelpdeskTenant.Bound));

    private static HelpdeskTenant Listed(HelpdeskModel without)
    {
        HelpdeskModel[] list = [Apple, OnePassword, Bitwarden, YubiKey];
        return User("Zoe Listed", "zoe.listed").Passkey(Apple, 90, 2).Push(300).Device("Mac of Zoe", "MacMDM", "26.1", 300, 0.1, maker: "Apple", model: "MacBook Air").Profile(Default, allow: list).SignIn(2, Mac, Synced)
            .Changed(1.5, t => t.Profile(Default, allow: [.. list.Where(m => m != without)]));
    }

    private static HelpdeskTenant Agencies(string own) => User("Aron Agency", "aron.agency").Passkey(Google, 70, 3).Push(300).Group("Agency North", own is "Agency North" ? ["user"] : []).Group("Agency South", own is "Agency South" ? ["user"] : [])
        .Group("External staff", "Agency North").Group("Keep synced", "Agency North").Profile("Synced").Target("Keep synced", "Synced").SignIn(3, Android, Synced)
        .Changed(2, t => t.Exclude("External staff").Profile(Default, HelpdeskTenant.Bound));

    private static HelpdeskTenant Attested(HelpdeskModel model) => User("Bea Attest", "bea.attest").Passkey(model, 60, 4).Push(300)
        .Device("LT-2200", "Windows", "10.0.26100.6899", 400, 0.2, isCompliant: model.IsSynced, maker: "Dell Inc.", model: "Latitude 7450").Access("Compliant devices", "compliantDevice")
        .SignIn(4, Edge.On("LT-2200"), model.IsSynced ? Synced : Bound, access: "Compliant devices=success").Changed(2, t => t.Profile(Default, HelpdeskTenant.Bound, isAttested: true));
}
