using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Prerequisites;
using static PasskeyAdmin.Core.Tests.Prerequisites.Facts;

namespace PasskeyAdmin.Core.Tests.Prerequisites;

/// <summary>Every rule is seen to pass, to fail and not to know.</summary>
public class PrerequisiteRuleTests
{
    private static readonly string[] Ids =
    [
        "SignedIn", "Tenant", "Cloud", "Permission", "Role", "PremiumLicence", "ProfilesEnrolled", "MethodEnabled", "SelfService", "TemporaryAccessPass", "EmergencyAccount",
        "ProfileMigration", "PasskeysByDefault", "SmsVoiceRetirement", "SmsVoiceRetirementEnd", "LegacyPropertyRetirement",
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var change in Changes) cases.Add(change.Id, change.What);
            return cases;
        }
    }

    private static (string Id, string What, CheckOutcome Outcome, string Text, Func<PrerequisiteFacts, PrerequisiteFacts> Change)[] Changes { get; } =
    [
        ("SignedIn", "not signed in", CheckOutcome.Fail, "No tenant is connected", f => (f with { Tenant = null }).WithoutSignIn(new PasskeyAdminException(ErrorKind.SignInNeeded, "NotConnected", "No tenant is connected."))),
        ("SignedIn", "nobody answers", CheckOutcome.Unknown, "no network", f => f with { NoAnswer = "There is no network." }),
        ("Tenant", "another one answers", CheckOutcome.Fail, "The tenant that answers is Fabrikam (11111111", f => f with { Organization = Reading<Organization>.Of(new Organization(Group, "Fabrikam", [])) }),
        ("Tenant", "not read", CheckOutcome.Unknown, "refused", f => f with { Organization = Reading<Organization>.NotRead("It was refused.") }),
        ("Cloud", "China", CheckOutcome.Fail, "not offered in this cloud", f => f with { Tenant = Tenant(environment: "China") }),
        ("Cloud", "US Government", CheckOutcome.Pass, "USGov. In this cloud, Microsoft Graph does not describe which profiles a target uses", f => f with { Tenant = Tenant(environment: "USGov") }),
        ("Cloud", "Bleu", CheckOutcome.Unknown, "does not describe passkey profiles", f => f with { Tenant = Tenant(environment: "BleuCloud") }),
        ("Cloud", "an endpoint", CheckOutcome.Unknown, "Custom (graph.example) is no cloud that this version knows", f => f with { Tenant = Tenant(TenantConnection.AccessToken, "Custom") }),
        ("Cloud", "a sandbox", CheckOutcome.Pass, "A sandbox", f => f with { Tenant = Tenant(TenantConnection.Sandbox, "Sandbox") }),
        ("Permission", "missing", CheckOutcome.Fail, "Missing for PolicyWrite: Policy.ReadWrite.AuthenticationMethod, AuditLog.Read.All, Policy.Read.All.", f => f with { Tenant = Tenant(permissions: ["Policy.Read.AuthenticationMethod", "Directory.Read.All", "UserAuthMethod-Passkey.Read.All"]) }),
        ("Permission", "not known", CheckOutcome.Unknown, "does not say which permissions", f => f with { Tenant = Tenant(TenantConnection.AccessToken, arePermissionsKnown: false), ProvenPermissions = ["AuditLog.Read.All"] }),
        ("Permission", "not known and proven", CheckOutcome.Pass, "was read, although", f => f with { Capabilities = [TenantCapability.Read], Tenant = Tenant(TenantConnection.AccessToken, arePermissionsKnown: false), ProvenPermissions = ["Policy.Read.AuthenticationMethod", "GroupMember.Read.All", "User.Read.All"] }),
        ("Permission", "a sandbox that says nothing", CheckOutcome.Pass, "grants every permission", f => f with { Tenant = Tenant(TenantConnection.Sandbox, "Sandbox", arePermissionsKnown: false) }),
        ("Permission", "a sandbox with few", CheckOutcome.Fail, "Missing for PolicyWrite", f => f with { Tenant = Tenant(TenantConnection.Sandbox, "Sandbox", ["User.Read"]) }),
        ("Role", "none", CheckOutcome.Fail, "Active now: no role. Needed to change the policy: Authentication Policy Administrator or Global Administrator; to read reports and logs: Reports Reader, Security Reader, Security Administrator, Global Reader or Global Administrator; to read the passkeys of users: Global Reader, Authentication Administrator, Privileged Authentication Administrator or Global Administrator. Roles that are only eligible", f => f with { Roles = Roles() }),
        ("Role", "another", CheckOutcome.Fail, "Active now: Reports Reader. Needed to change the policy", f => f with { Roles = Roles(new DirectoryRole("4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader")) }),
        ("Role", "one that may write and not look", CheckOutcome.Fail, "That is enough to change the policy, and not to see whom that affects. Needed to read reports and logs: Reports Reader,", f => f with { Roles = Roles(new DirectoryRole(PolicyAdministrator, "Authentication Policy Administrator")) }),
        ("Role", "one that may look", CheckOutcome.Fail, "Active now: Global Reader. Needed to change the policy: Authentication Policy Administrator or Global Administrator. Roles", f => f with { Roles = Roles(new DirectoryRole(GlobalReader, "Global Reader")) }),
        ("Role", "one that is not known", CheckOutcome.Unknown, "What the others of these allow is not known to this version.", f => f with { Roles = Roles(new DirectoryRole("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator")) }),
        ("Role", "one of Intune, perhaps", CheckOutcome.Unknown, "Nor do the roles of Intune itself.", f => f with { Capabilities = [TenantCapability.Devices], Roles = Roles() }),
        ("Role", "devices and more", CheckOutcome.Fail, "to read the devices of Intune: Intune Administrator", f => f with { Capabilities = [TenantCapability.Devices, TenantCapability.Helpdesk], Roles = Roles() }),
        ("Role", "Conditional Access", CheckOutcome.Pass, "Conditional Access Administrator, active now. To read the policy, it would also need Global Reader", f => f with { Capabilities = [TenantCapability.ConditionalAccess], Roles = Roles(new DirectoryRole("b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", null)) }),
        ("Role", "in a sandbox", CheckOutcome.Pass, "active now.", f => f with { Tenant = Tenant(TenantConnection.Sandbox, "Sandbox") }),
        ("Role", "none in a sandbox", CheckOutcome.Fail, "do not show here.", f => f with { Tenant = Tenant(TenantConnection.Sandbox, "Sandbox"), Roles = Roles() }),
        ("Role", "one hidden", CheckOutcome.Unknown, "The account has 1 role, and the directory hides it.", f => f with { Roles = Roles(new DirectoryRole(null, null)) }),
        ("Role", "the highest", CheckOutcome.Pass, "Global Administrator, active now.", f => f with { Roles = Roles(new DirectoryRole("62E90394-69F5-4237-9190-012177145E10", null)) }),
        ("Role", "hidden", CheckOutcome.Unknown, "The account has 2 roles, and the directory hides which", f => f with { Roles = Roles(new DirectoryRole(null, null), new DirectoryRole(null, null)) }),
        ("Role", "hidden and known", CheckOutcome.Pass, "Authentication Policy Administrator", f => f with { Roles = Roles(new DirectoryRole(null, null), new DirectoryRole(PolicyAdministrator, null), new DirectoryRole(GlobalReader, null)) }),
        ("Role", "an application", CheckOutcome.Unknown, "An application has no role of this kind", f => f with { Tenant = Tenant(isAppOnly: true) }),
        ("Role", "nobody", CheckOutcome.Unknown, "Nobody in particular", f => f with { Tenant = Tenant(TenantConnection.Sandbox, "Sandbox", account: null) }),
        ("Role", "not read", CheckOutcome.Unknown, "refused", f => f with { Roles = Reading<IReadOnlyList<DirectoryRole>>.NotRead("It was refused.") }),
        ("PremiumLicence", "none", CheckOutcome.Fail, "neither Microsoft Entra ID P1 nor P2", f => f with { HasPremiumLicence = Reading<bool>.Of(false) }),
        ("PremiumLicence", "not read", CheckOutcome.Unknown, "refused", f => f with { HasPremiumLicence = Reading<bool>.NotRead("It was refused.") }),
        ("ProfilesEnrolled", "profiles named and not listed", CheckOutcome.Unknown, "names profiles and lists none", f => f with { Policy = PolicyOf(p => p["passkeyProfiles"] = new JArray()) }),
        ("ProfilesEnrolled", "no profiles", CheckOutcome.Fail, "no profiles", f => f with { Policy = PolicyOf(WithoutProfiles) }),
        ("ProfilesEnrolled", "not described", CheckOutcome.Unknown, "may leave them out", f => f with { Tenant = Tenant(environment: "DelosCloud"), Policy = PolicyOf(WithoutProfiles) }),
        ("ProfilesEnrolled", "not read", CheckOutcome.Unknown, "refused", NoPolicy),
        ("MethodEnabled", "off", CheckOutcome.Fail, "switched off", f => f with { Policy = PolicyOf(p => p["state"] = "disabled") }),
        ("MethodEnabled", "for nobody", CheckOutcome.Fail, "for nobody", f => f with { Policy = PolicyOf(p => p["includeTargets"] = new JArray()) }),
        ("MethodEnabled", "for a group", CheckOutcome.Pass, "On for Sales.", f => f with { Policy = PolicyOf(ForOneGroup), People = People((Group, new(true) { HasMembers = true })) }),
        ("MethodEnabled", "for guests only", CheckOutcome.Unknown, "not known: Sales (guests only).", f => f with { Policy = PolicyOf(ForOneGroup), People = People((Group, new(true) { HasMembers = false })) }),
        ("MethodEnabled", "for people of whom it is not known", CheckOutcome.Unknown, "not known: Sales (members not read).", f => f with { Policy = PolicyOf(ForOneGroup), People = People((Group, new(true))) }),
        ("MethodEnabled", "everybody is excluded", CheckOutcome.Fail, "Sales (everybody is excluded); not for All users.", f => f with { Policy = PolicyOf(p => { ForOneGroup(p); p["excludeTargets"] = new JArray(new JObject { ["id"] = "all_users", ["targetType"] = "group" }); }), People = People((Group, new(true) { HasMembers = true })) }),
        ("MethodEnabled", "all, and a group that was not looked at", CheckOutcome.Pass, "On for All users; also meant for Sales, whose members were not read.", f => f with { Policy = PolicyOf(p => ((JArray)p["includeTargets"]!).Add(new JObject { ["id"] = Group, ["targetType"] = "group", ["allowedPasskeyProfiles"] = new JArray("00000000-0000-0000-0000-000000000001") })) }),
        ("MethodEnabled", "for an empty group", CheckOutcome.Fail, "On, but for nobody: Sales (no users in it).", f => f with { Policy = PolicyOf(ForOneGroup), People = People((Group, new(false))) }),
        ("MethodEnabled", "for a group that was not looked at", CheckOutcome.Unknown, "not known: Sales (members not read).", f => f with { Policy = PolicyOf(ForOneGroup) }),
        ("MethodEnabled", "for a deleted group", CheckOutcome.Fail, "On, but for nobody: group 11111111-1111-1111-1111-111111111111 (not in the directory).", f => f with { Policy = PolicyOf(ForOneGroup, TargetStatus.NotFound) }),
        ("MethodEnabled", "for a group that was not read", CheckOutcome.Unknown, "(name not read)", f => f with { Policy = PolicyOf(ForOneGroup, TargetStatus.NotRead) }),
        ("MethodEnabled", "without a profile", CheckOutcome.Fail, "On, but for nobody: All users (no profile).", f => f with { Policy = PolicyOf(p => p["includeTargets"]![0]!["allowedPasskeyProfiles"] = new JArray()) }),
        ("MethodEnabled", "with a profile that there is not", CheckOutcome.Unknown, "a profile that the policy does not have", f => f with { Policy = PolicyOf(p => p["includeTargets"]![0]!["allowedPasskeyProfiles"] = new JArray(Group)) }),
        ("MethodEnabled", "with a profile that lets nothing in", CheckOutcome.Fail, "All users (a profile that lets nothing in)", f => f with { Policy = PolicyOf(p => p["passkeyProfiles"]![0]!["keyRestrictions"]!["isEnforced"] = true) }),
        ("MethodEnabled", "without profiles", CheckOutcome.Pass, "On for All users.", f => f with { Policy = PolicyOf(WithoutProfiles) }),
        ("MethodEnabled", "excluded as well", CheckOutcome.Fail, "Sales (excluded as well); not for Sales.", f => f with { Policy = PolicyOf(p => { ForOneGroup(p); p["excludeTargets"] = new JArray(new JObject { ["id"] = Group, ["targetType"] = "group" }); }), People = People((Group, new(true))) }),
        ("MethodEnabled", "exclusions left out", CheckOutcome.Unknown, "who is excluded is not known", f => f with { Policy = PolicyOf(p => { ForOneGroup(p); p.Remove("excludeTargets"); }), People = People((Group, new(true))) }),
        ("MethodEnabled", "all but a group", CheckOutcome.Pass, "On for All users; not for Sales.", f => f with { Policy = PolicyOf(p => p["excludeTargets"] = new JArray(new JObject { ["id"] = Group, ["targetType"] = "group" })) }),
        ("MethodEnabled", "all, and a deleted group", CheckOutcome.Pass, "On for All users. Of no effect: group 11111111", f => f with { Policy = PolicyOf(p => ((JArray)p["includeTargets"]!).Add(new JObject { ["id"] = Group, ["targetType"] = "group", ["allowedPasskeyProfiles"] = new JArray("00000000-0000-0000-0000-000000000001") }), TargetStatus.NotFound) }),
        ("MethodEnabled", "targets left out", CheckOutcome.Unknown, "for whom is not known", f => f with { Policy = PolicyOf(p => p.Remove("includeTargets")) }),
        ("MethodEnabled", "a new state", CheckOutcome.Unknown, "does not know", f => f with { Policy = PolicyOf(p => p["state"] = "paused") }),
        ("MethodEnabled", "not read", CheckOutcome.Unknown, "refused", NoPolicy),
        ("SelfService", "on, with profiles", CheckOutcome.Pass, "Allowed, for all profiles.", f => f),
        ("SelfService", "on, without profiles", CheckOutcome.Pass, "Allowed.", f => f with { Policy = PolicyOf(WithoutProfiles) }),
        ("SelfService", "on, profiles not listed", CheckOutcome.Pass, "Allowed.", f => f with { Policy = PolicyOf(p => p["passkeyProfiles"] = new JArray()) }),
        ("SelfService", "off", CheckOutcome.Fail, "Not allowed", f => f with { Policy = PolicyOf(p => p["isSelfServiceRegistrationAllowed"] = false) }),
        ("SelfService", "not said", CheckOutcome.Unknown, "does not say", f => f with { Policy = PolicyOf(p => p.Remove("isSelfServiceRegistrationAllowed")) }),
        ("SelfService", "not read", CheckOutcome.Unknown, "refused", NoPolicy),
        ("TemporaryAccessPass", "off", CheckOutcome.Fail, "Off", f => f with { TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(Off)) }),
        ("TemporaryAccessPass", "for nobody", CheckOutcome.Fail, "for nobody", f => f with { TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(On())) }),
        ("TemporaryAccessPass", "all but a group", CheckOutcome.Pass, "On for All users; not for Retail: 60 minutes", f => f with { TemporaryAccessPass = Pass(On("All users") with { Exclusions = [Target("Retail")] }) }),
        ("TemporaryAccessPass", "for a deleted group", CheckOutcome.Fail, "On, but for nobody: Gone.", f => f with { TemporaryAccessPass = Pass(new(PolicyState.Enabled) { Targets = [Target("Gone", TargetStatus.NotFound)], Exclusions = [] }) }),
        ("TemporaryAccessPass", "for an excluded group", CheckOutcome.Fail, "Retail (excluded as well)", f => f with { TemporaryAccessPass = Pass(On("Retail") with { Exclusions = [Target("Retail")] }), People = People(("Retail", new(true))) }),
        ("TemporaryAccessPass", "for an empty group", CheckOutcome.Fail, "Retail (no users in it)", f => f with { TemporaryAccessPass = Pass(On("Retail")), People = People(("Retail", new(false))) }),
        ("TemporaryAccessPass", "for a group that was not looked at", CheckOutcome.Unknown, "Retail (members not read)", f => f with { TemporaryAccessPass = Pass(On("Retail")) }),
        ("TemporaryAccessPass", "for a group", CheckOutcome.Pass, "On for Retail: 60 minutes", f => f with { TemporaryAccessPass = Pass(On("Retail")), People = People(("Retail", new(true))) }),
        ("TemporaryAccessPass", "exclusions left out", CheckOutcome.Unknown, "who is excluded is not known", f => f with { TemporaryAccessPass = Pass(On("Retail") with { Exclusions = null }), People = People(("Retail", new(true))) }),
        ("TemporaryAccessPass", "targets left out", CheckOutcome.Unknown, "for whom", f => f with { TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(new MethodConfiguration(PolicyState.Enabled))) }),
        ("TemporaryAccessPass", "a new state", CheckOutcome.Unknown, "does not know", f => f with { TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(new MethodConfiguration(PolicyState.Unknown))) }),
        ("TemporaryAccessPass", "not read", CheckOutcome.Unknown, "refused", f => f with { TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.NotRead("It was refused.") }),
        ("EmergencyAccount", "none named", CheckOutcome.Fail, "None is named", f => f with { EmergencyAccounts = [] }),
        ("EmergencyAccount", "one", CheckOutcome.Fail, "one@contoso.com is the only one", f => f with { EmergencyAccounts = [f.EmergencyAccounts[0]] }),
        ("EmergencyAccount", "one, twice", CheckOutcome.Fail, "is the only one", f => f with { EmergencyAccounts = [f.EmergencyAccounts[0], f.EmergencyAccounts[0] with { Named = "1" }] }),
        ("EmergencyAccount", "one missing", CheckOutcome.Fail, "gone@contoso.com is not in the directory.", f => f with { EmergencyAccounts = [.. f.EmergencyAccounts, new EmergencyAccountState("gone@contoso.com") { IsMissing = true }] }),
        ("EmergencyAccount", "one disabled", CheckOutcome.Fail, "two@contoso.com is disabled.", f => f with { EmergencyAccounts = [f.EmergencyAccounts[0], f.EmergencyAccounts[1] with { IsEnabled = false }] }),
        ("EmergencyAccount", "a guest", CheckOutcome.Fail, "two@contoso.com is a guest,", f => f with { EmergencyAccounts = [f.EmergencyAccounts[0], f.EmergencyAccounts[1] with { IsGuest = true }] }),
        ("EmergencyAccount", "one from on premises", CheckOutcome.Fail, "two@contoso.com is synchronised from on premises,", f => f with { EmergencyAccounts = [f.EmergencyAccounts[0], f.EmergencyAccounts[1] with { IsSynchronised = true }] }),
        ("EmergencyAccount", "good, as far as was seen", CheckOutcome.Pass, "one@contoso.com, two@contoso.com: found, enabled, and of this directory alone. Not looked at: with which methods they sign in, and whether Conditional Access leaves them out.", f => f),
        ("EmergencyAccount", "not read", CheckOutcome.Unknown, "two@contoso.com could not be read. It was refused.", f => f with { EmergencyAccounts = [f.EmergencyAccounts[0], new EmergencyAccountState("two@contoso.com") { Reason = "It was refused." }] }),
        ("EmergencyAccount", "enabled or not", CheckOutcome.Unknown, "Whether two@contoso.com is enabled does not show", f => f with { EmergencyAccounts = [f.EmergencyAccounts[0], f.EmergencyAccounts[1] with { IsEnabled = null }] }),
        ("ProfileMigration", "profiles named and not listed", CheckOutcome.Unknown, "names profiles and lists none", f => f with { Policy = PolicyOf(p => p["passkeyProfiles"] = new JArray()) }),
        ("ProfileMigration", "before the day", CheckOutcome.Fail, "the tenant has no profiles. Moved by Microsoft", f => f with { Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), Policy = PolicyOf(WithoutProfiles) }),
        ("ProfileMigration", "after the day", CheckOutcome.Fail, "the tenant has no profiles yet, although the day is past.", f => f with { Policy = PolicyOf(WithoutProfiles) }),
        ("ProfileMigration", "not yet moved", CheckOutcome.Fail, "its default profile allows synced passkeys too, since attestation is not enforced. Since 2026-06-30", f => f with { Policy = PolicyOf(WithoutProfiles) }),
        ("ProfileMigration", "not yet moved, attested", CheckOutcome.Fail, "device-bound passkeys only", f => f with { Policy = PolicyOf(p => { WithoutProfiles(p); p["isAttestationEnforced"] = true; }) }),
        ("ProfileMigration", "method off", CheckOutcome.Pass, "is not moved", f => f with { Policy = PolicyOf(p => { WithoutProfiles(p); p["state"] = "disabled"; }) }),
        ("ProfileMigration", "not read", CheckOutcome.Unknown, "refused", NoPolicy),
        ("ProfileMigration", "in a cloud without a day", CheckOutcome.Pass, "Not in this cloud (BleuCloud)", f => f with { Tenant = Tenant(environment: "BleuCloud"), Policy = PolicyOf(WithoutProfiles) }),
        ("PasskeysByDefault", "before, with SMS", CheckOutcome.Fail, "SMS is on for Sales (Sales-00…). The tenant has not opted out. The registration campaign is Microsoft managed. On 2026-09-01, in 1 day:", f => f with { Now = new(2026, 8, 31, 12, 0, 0, TimeSpan.Zero), Methods = Phone(On("Sales"), Off) }),
        ("PasskeysByDefault", "before, opted out", CheckOutcome.Pass, "has opted out", f => f with { Now = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), Methods = Phone(On("Sales"), Off), IsOptedOut = Reading<bool>.Of(true) }),
        ("PasskeysByDefault", "before, not known", CheckOutcome.Unknown, "does not say whether SMS", f => f with { Now = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), Methods = Phone(null, Off) }),
        ("PasskeysByDefault", "before, without SMS", CheckOutcome.Pass, "are off", f => f with { Now = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero) }),
        ("PasskeysByDefault", "a wide profile", CheckOutcome.Unknown, "'Standard' allows all types of passkeys, for All users. Whether an administrator or Microsoft wanted that does not show. SMS and voice are off. The tenant has not opted out. The registration campaign is Microsoft managed.", f => f with { Policy = PolicyOf(Wide) }),
        ("PasskeysByDefault", "a wide profile for nobody", CheckOutcome.Pass, "SMS and voice are off. The tenant has not opted out. The registration campaign is Microsoft managed. No profile that is meant for anybody allows all types", f => f with { Policy = PolicyOf(p => { Wide(p); p["includeTargets"] = new JArray(); }) }),
        ("PasskeysByDefault", "a wide profile, opted out", CheckOutcome.Pass, "holds until 2027-02-01", f => f with { Policy = PolicyOf(Wide), IsOptedOut = Reading<bool>.Of(true) }),
        ("PasskeysByDefault", "SMS, and narrow profiles", CheckOutcome.Unknown, "SMS is on for Sales (Sales-00…). The tenant has not opted out. The registration campaign is Microsoft managed. No profile that is meant for anybody allows all types of passkeys. That may still come.", f => f with { Methods = Phone(On("Sales"), Off) }),
        ("PasskeysByDefault", "SMS, opted out", CheckOutcome.Pass, "has opted out, which holds until 2027-02-01. The registration campaign is disabled.", f => f with { Methods = Phone(On("Sales"), Off, campaign: "disabled"), IsOptedOut = Reading<bool>.Of(true) }),
        ("PasskeysByDefault", "SMS, opting out not read", CheckOutcome.Unknown, "Whether the tenant has opted out is not known. The state of the registration campaign does not show.", f => f with { Methods = Phone(On("Sales"), Off, campaign: null), IsOptedOut = Reading<bool>.NotRead("It was refused.") }),
        ("PasskeysByDefault", "SMS not known", CheckOutcome.Unknown, "does not say whether SMS", f => f with { Methods = Phone(null, Off) }),
        ("PasskeysByDefault", "all types, attested and listed", CheckOutcome.Unknown, "'Standard' allows all types", f => f with { Policy = PolicyOf(p => { Wide(p); p["passkeyProfiles"]![0]!["keyRestrictions"]!["isEnforced"] = true; p["passkeyProfiles"]![0]!["attestationEnforcement"] = "registrationOnly"; }) }),
        ("PasskeysByDefault", "a new type", CheckOutcome.Unknown, "'Standard' has types of passkeys that this version does not know.", f => f with { Policy = PolicyOf(p => p["passkeyProfiles"]![0]!["passkeyTypes"] = "deviceBound,other") }),
        ("PasskeysByDefault", "no types said", CheckOutcome.Unknown, "does not know", f => f with { Policy = PolicyOf(p => ((JObject)p["passkeyProfiles"]![0]!).Remove("passkeyTypes")) }),
        ("PasskeysByDefault", "no profiles", CheckOutcome.Pass, "SMS and voice are off. The tenant has not opted out. The registration campaign is Microsoft managed. The tenant has no profiles. (2026-09-01)", f => f with { Policy = PolicyOf(WithoutProfiles) }),
        ("PasskeysByDefault", "opting out is over", CheckOutcome.Unknown, "The tenant had opted out, which ended on 2027-02-01.", f => f with { Now = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero), Policy = PolicyOf(Wide), IsOptedOut = Reading<bool>.Of(true) }),
        ("PasskeysByDefault", "not read", CheckOutcome.Unknown, "refused", NoPolicy),
        ("SmsVoiceRetirement", "SMS and voice", CheckOutcome.Fail, "SMS is on for Sales (Sales-00…), voice is on for A (A-000000…), B (B-000000…), C (C-000000…) and 2 more. On 2027-02-01, in 67 days:", f => f with { Methods = Phone(On("Sales"), On("A", "B", "C", "D", "E")) }),
        ("SmsVoiceRetirement", "over", CheckOutcome.Fail, "Since 2027-02-01", f => f with { Now = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero), Methods = Phone(On("Sales"), Off) }),
        ("SmsVoiceRetirement", "on for nobody", CheckOutcome.Pass, "SMS is on, but for nobody. (2027-02-01)", f => f with { Methods = Phone(On(), Off) }),
        ("SmsVoiceRetirement", "on for a deleted group", CheckOutcome.Pass, "SMS is on, but for nobody: Gone. (2027-02-01)", f => f with { Methods = Phone(new(PolicyState.Enabled) { Targets = [Target("Gone", TargetStatus.NotFound)], Exclusions = [] }, Off) }),
        ("SmsVoiceRetirement", "on for an excluded group", CheckOutcome.Pass, "Sales (excluded as well)", f => f with { Methods = Phone(On("Sales") with { Exclusions = [Target("Sales")] }, Off) }),
        ("SmsVoiceRetirement", "on for an empty group", CheckOutcome.Pass, "Sales (no users in it)", f => f with { Methods = Phone(On("Sales"), Off), People = People(("Sales", new(false))) }),
        ("SmsVoiceRetirement", "on for a group that was not read", CheckOutcome.Unknown, "SMS is on; whether that reaches anybody is not known: Sales.", f => f with { Methods = Phone(new(PolicyState.Enabled) { Targets = [Target("Sales", TargetStatus.NotRead)], Exclusions = [] }, Off) }),
        ("SmsVoiceRetirement", "off, and voice for all but a group", CheckOutcome.Fail, "voice is on for All users (not for Retail (Retail-0…)).", f => f with { Methods = Phone(Off, On("All users") with { Exclusions = [Target("Retail")] }) }),
        ("SmsVoiceRetirement", "on for a deleted group, old settings", CheckOutcome.Unknown, "SMS is on, but for nobody: Gone. But the old multifactor settings", f => f with { Methods = Phone(new(PolicyState.Enabled) { Targets = [Target("Gone", TargetStatus.NotFound)], Exclusions = [] }, Off, "preMigration") }),
        ("SmsVoiceRetirement", "old settings", CheckOutcome.Unknown, "the old multifactor settings still count (preMigration)", f => f with { Methods = Phone(Off, Off, "preMigration") }),
        ("SmsVoiceRetirement", "not listed", CheckOutcome.Unknown, "does not say", f => f with { Methods = Phone(Off, null) }),
        ("SmsVoiceRetirement", "not read", CheckOutcome.Unknown, "refused", NoMethods),
        ("SmsVoiceRetirement", "in another cloud", CheckOutcome.Pass, "Not in this cloud (USGov)", f => f with { Tenant = Tenant(environment: "USGov"), Methods = Phone(On("Sales"), Off) }),
        ("SmsVoiceRetirement", "at an endpoint", CheckOutcome.Unknown, "Whether the day is one of this cloud is not known", f => f with { Tenant = Tenant(environment: "Custom"), Methods = Phone(On("Sales"), Off) }),
        ("SmsVoiceRetirementEnd", "for all users", CheckOutcome.Fail, "Global Administrators and external users are among them. On 2027-07-01", f => f with { Methods = Phone(On("All users"), Off) }),
        ("SmsVoiceRetirementEnd", "for a group that was not looked at", CheckOutcome.Unknown, "could not be read", f => f with { Methods = Phone(On("Sales"), Off) }),
        ("SmsVoiceRetirementEnd", "for employees only", CheckOutcome.Pass, "No guests are among them, and no Global Administrators whose role is active now.", f => f with { Methods = Phone(On("Sales"), Off), People = People(("Sales", new(true) { HasGuests = false, HasGlobalAdministrators = false })) }),
        ("SmsVoiceRetirementEnd", "for guests", CheckOutcome.Fail, "Guests are in Sales (Sales-00…).", f => f with { Methods = Phone(On("Sales"), Off), People = People(("Sales", new(true) { HasGuests = true })) }),
        ("SmsVoiceRetirementEnd", "for an administrator", CheckOutcome.Fail, "Global Administrators are in Sales (Sales-00…).", f => f with { Methods = Phone(On("Sales"), Off), People = People(("Sales", new(true) { HasGuests = false, HasGlobalAdministrators = true })) }),
        ("SmsVoiceRetirementEnd", "administrators not read", CheckOutcome.Unknown, "could not be read", f => f with { Methods = Phone(On("Sales"), Off), People = People(("Sales", new(true) { HasGuests = false })) }),
        ("SmsVoiceRetirementEnd", "off", CheckOutcome.Pass, "SMS and voice are off.", f => f),
        ("SmsVoiceRetirementEnd", "old settings", CheckOutcome.Unknown, "still count", f => f with { Methods = Phone(Off, Off, "preMigration") }),
        ("SmsVoiceRetirementEnd", "not read", CheckOutcome.Unknown, "refused", NoMethods),
        ("LegacyPropertyRetirement", "profiles named and not listed", CheckOutcome.Unknown, "names profiles and lists none", f => f with { Policy = PolicyOf(p => p["passkeyProfiles"] = new JArray()) }),
        ("LegacyPropertyRetirement", "no profiles", CheckOutcome.Fail, "stand in the old settings only", f => f with { Policy = PolicyOf(WithoutProfiles) }),
        ("LegacyPropertyRetirement", "not read", CheckOutcome.Unknown, "refused", NoPolicy),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_judges(string id, string what)
    {
        var (_, _, outcome, text, change) = Changes.Single(c => c.Id == id && c.What == what);
        var check = Check(change(Good()), id);
        Assert.Equal(outcome, check.Outcome);
        Assert.Contains(text, check.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", check.Evidence, StringComparison.Ordinal);
        // Somebody who has something to do is told what.
        if (outcome is CheckOutcome.Fail) Assert.NotNull(check.Fix);
        if (outcome is CheckOutcome.Pass) Assert.Null(check.Fix ?? check.Command);
    }

    [Theory]
    [InlineData(2026, "or opt out")]
    [InlineData(2028, null)]
    public void Nobody_is_told_to_opt_out_when_that_is_over(int year, string? text)
    {
        var fix = Check(Good() with { Now = new(year, 12, 1, 0, 0, 0, TimeSpan.Zero), Methods = Phone(On("Sales"), Off) }, "PasskeysByDefault").Fix!;
        Assert.Equal(text is not null, fix.Contains("opt out", StringComparison.Ordinal));
        Assert.Contains("Take users out of SMS and voice", fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_is_right_everything_passes_in_one_order()
    {
        var checks = PrerequisiteRules.Evaluate(Good()).ToList();
        Assert.Equal(Ids, checks.Select(c => c.Id));
        Assert.All(checks, c => Assert.True(c.Outcome is CheckOutcome.Pass, $"{c}: {c.Evidence}"));
        Assert.All(checks, c => Assert.Equal((TenantId, "PolicyWrite"), (c.TenantId, c.Capability.ToString())));
        Assert.All(checks, c => Assert.True(Uri.TryCreate(c.Source, UriKind.Absolute, out _) && c.Title.Length > 0));
        Assert.Equal(["ProfileMigration", "PasskeysByDefault", "SmsVoiceRetirement", "SmsVoiceRetirementEnd", "LegacyPropertyRetirement"], checks.Where(c => c.DueDate is not null).OrderBy(c => c.DueDate).Select(c => c.Id));
    }

    [Fact]
    public void Every_rule_is_seen_to_pass_to_fail_and_not_to_know()
    {
        Assert.All(Ids, id => Assert.Equal([CheckOutcome.Fail, CheckOutcome.Unknown], Changes.Where(c => c.Id == id && c.Outcome is not CheckOutcome.Pass).Select(c => c.Outcome).Distinct().Order()));
    }

    [Fact]
    public void Who_is_not_signed_in_knows_nothing_else()
    {
        var checks = PrerequisiteRules.Evaluate((Good() with { Tenant = null }).WithoutSignIn(new PasskeyAdminException(ErrorKind.SignInNeeded, "NotConnected", "No."))).ToList();
        Assert.Equal((CheckOutcome.Fail, "Connect-PasskeyTenant -Capability PolicyWrite"), (checks[0].Outcome, checks[0].Command));
        Assert.All(checks.Skip(1), c => Assert.Equal((CheckOutcome.Unknown, "Not signed in.", null), (c.Outcome, c.Evidence, c.TenantId)));
    }

    [Theory]
    [InlineData("Read", "SignedIn Tenant Cloud Permission Role")]
    [InlineData("Helpdesk", "SignedIn Tenant Cloud Permission Role PremiumLicence MethodEnabled SelfService TemporaryAccessPass")]
    [InlineData("ConditionalAccess", "SignedIn Tenant Cloud Permission Role PremiumLicence MethodEnabled TemporaryAccessPass EmergencyAccount")]
    public void What_nobody_needs_is_left_out(string capability, string ids) =>
        Assert.Equal(ids, string.Join(" ", PrerequisiteRules.Evaluate(Good(null, Enum.Parse<TenantCapability>(capability))).Select(c => c.Id)));

    [Fact]
    public void A_check_says_which_capability_it_stands_in_the_way_of()
    {
        var facts = Good(Tenant(permissions: [.. CapabilityPermissions.Least(TenantCapability.PolicyWrite)]), TenantCapability.Read, TenantCapability.PolicyWrite, TenantCapability.ConditionalAccess);
        var permission = Check(facts, "Permission");
        Assert.Equal((CheckOutcome.Fail, "ConditionalAccess"), (permission.Outcome, permission.Capability.ToString()));
        Assert.Equal("Missing for ConditionalAccess: Policy.ReadWrite.ConditionalAccess, Application.Read.All.", permission.Evidence);
        var role = Check(facts, "Role");
        Assert.Equal((CheckOutcome.Fail, "ConditionalAccess"), (role.Outcome, role.Capability.ToString()));
        Assert.Equal("PolicyWrite, ConditionalAccess", Check(facts, "EmergencyAccount").Capability.ToString());
        Assert.Equal("Read, PolicyWrite, ConditionalAccess", Check(facts, "Cloud").Capability.ToString());
    }

    [Fact]
    public void A_role_that_does_says_what_it_does_not() =>
        Assert.Equal("Authentication Policy Administrator, Global Reader, active now. To add members to groups of others, it would also need Groups Administrator, User Administrator or Global Administrator.",
            Check(Good(null, TenantCapability.Rollout), "Role").Evidence);

    [Theory]
    [InlineData(TenantConnection.GraphPowerShell, "Global", "Connect-MgGraph -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Scopes 'Policy.Read.AuthenticationMethod', 'GroupMember.Read.All', 'User.ReadBasic.All'; Connect-PasskeyTenant -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Capability Read")]
    [InlineData(TenantConnection.GraphPowerShell, "USGov", "Connect-MgGraph -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Environment 'USGov' -Scopes 'Policy.Read.AuthenticationMethod', 'GroupMember.Read.All', 'User.ReadBasic.All'; Connect-PasskeyTenant -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Capability Read")]
    [InlineData(TenantConnection.AccessToken, "Global", "Connect-PasskeyTenant -AccessToken $token -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Capability Read")]
    [InlineData(TenantConnection.AccessToken, "USGovDoD", "Connect-PasskeyTenant -AccessToken $token -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Environment USGovDoD -Capability Read")]
    [InlineData(TenantConnection.AccessToken, "Custom", "Connect-PasskeyTenant -AccessToken $token -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -GraphEndpoint 'https://graph.example/' -Capability Read")]
    [InlineData(TenantConnection.Sandbox, "Sandbox", "Connect-PasskeyTenant -Sandbox")]
    public void A_sign_in_that_ended_is_made_again_in_its_own_way(TenantConnection way, string environment, string command) =>
        Assert.Equal(command, Ended(Tenant(way, environment)).Command);

    [Fact]
    public void A_sign_in_that_no_command_repeats_is_described()
    {
        var application = Ended(Tenant(isAppOnly: true));
        Assert.Equal((null, "Sign in with Connect-MgGraph as the same application, with the same certificate, secret or identity, and connect again."), (application.Command, application.Fix));
        var sandbox = Ended(Tenant(TenantConnection.Sandbox, "Sandbox", hasSettings: true));
        Assert.Equal((null, "Connect again with the command that connected, and its settings."), (sandbox.Command, sandbox.Fix));
        // The account of the emergency is added to what is not known here.
        var emergency = Check(Good(Tenant(TenantConnection.Sandbox, "Sandbox", hasSettings: true)) with { EmergencyAccounts = [] }, "EmergencyAccount");
        Assert.Null(emergency.Command);
        Assert.EndsWith("Add to the command that connected: -EmergencyAccount '<first account>', '<second account>'.", emergency.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("14D82EEC-204b-4c2f-b7e8-296a70dab67e", "")]
    [InlineData("my-app", " -ClientId 'my-app'")]
    public void An_application_of_ones_own_stays_the_one_that_signs_in(string client, string text) =>
        Assert.StartsWith($"Connect-MgGraph -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83'{text} -Scopes ", Ended(Tenant(client: client)).Command, StringComparison.Ordinal);

    [Fact]
    public void What_may_not_be_read_points_to_the_permission()
    {
        var checks = PrerequisiteRules.Evaluate(Good() with { TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.NotRead("It was refused.", "See the check Permission.") });
        Assert.Equal("See the check Permission.", checks.Single(c => c.Id == "TemporaryAccessPass").Fix);
    }

    [Fact]
    public void An_application_that_may_not_read_the_organization_is_told_what_it_needs()
    {
        var organization = Reading<Organization>.NotRead("It was refused.");
        Assert.StartsWith("Grant the application Organization.Read.All, ", Check(Good(Tenant(isAppOnly: true, permissions: ["User.Read"])) with { Organization = organization }, "Tenant").Fix, StringComparison.Ordinal);
        Assert.Null(Check(Good(Tenant(isAppOnly: true, permissions: ["Directory.Read.All"])) with { Organization = organization }, "Tenant").Fix);
        Assert.Null(Check(Good() with { Organization = organization }, "Tenant").Fix);
    }

    [Fact]
    public void Only_a_session_of_Graph_PowerShell_is_given_commands_that_work_through_it()
    {
        string? Command(TenantSession tenant, string id) => Check(Good(tenant) with { TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.Of(new TemporaryAccessPassSettings(Off)) }, id).Command;
        Assert.StartsWith("Invoke-MgGraphRequest -Method PATCH -Uri '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass' ", Command(Tenant(), "TemporaryAccessPass"), StringComparison.Ordinal);
        Assert.Null(Command(Tenant(TenantConnection.Sandbox, "Sandbox"), "TemporaryAccessPass"));
        Assert.Null(Command(Tenant(TenantConnection.AccessToken), "TemporaryAccessPass"));
        Assert.StartsWith("Connect-MgGraph -TenantId '6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83' -Scopes 'Policy.Read.AuthenticationMethod', ", Command(Tenant(permissions: []), "Permission"), StringComparison.Ordinal);
        Assert.Null(Command(Tenant(permissions: [], isAppOnly: true), "Permission"));
    }

    [Fact]
    public void Emergency_accounts_that_are_good_stay_in_the_command()
    {
        var check = Check(Good() with { EmergencyAccounts = [new EmergencyAccountState("o'brien@contoso.com") { Id = "1", IsEnabled = true }, new EmergencyAccountState("gone@contoso.com") { IsMissing = true }] }, "EmergencyAccount");
        Assert.EndsWith(" -EmergencyAccount 'o''brien@contoso.com', '<second account>'", check.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_others_are_shown_harmless()
    {
        var hostile = "a\u001b[31mb\u202ec";
        var facts = Good() with
        {
            Organization = Reading<Organization>.Of(new Organization(TenantId, hostile, [])),
            Policy = PolicyOf(p => p["passkeyProfiles"]![0]!["name"] = hostile),
            Roles = Roles(new DirectoryRole("x", hostile)),
            EmergencyAccounts = [new EmergencyAccountState(hostile) { IsMissing = true }],
        };
        Assert.All(PrerequisiteRules.Evaluate(facts), c => Assert.DoesNotContain(c.Evidence + c.Fix + c.Command, ch => ch is '\u001b' or '\u202e'));
    }

    private static PrerequisiteCheck Ended(TenantSession tenant) =>
        Check(Good(tenant, TenantCapability.Read).WithoutSignIn(new PasskeyAdminException(ErrorKind.SignInNeeded, "SignInExpired", "It is over.")), "SignedIn");

    private static PrerequisiteFacts NoPolicy(PrerequisiteFacts facts) => facts with { Policy = Reading<PasskeyPolicy>.NotRead("It was refused.") };

    private static PrerequisiteFacts NoMethods(PrerequisiteFacts facts) => facts with { Methods = Reading<MethodsPolicy>.NotRead("It was refused.") };

    private static PrerequisiteCheck Check(PrerequisiteFacts facts, string id) => PrerequisiteRules.Evaluate(facts).Single(c => c.Id == id);
}
