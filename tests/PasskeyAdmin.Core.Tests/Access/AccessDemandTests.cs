using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Core.Tests.Rules;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Core.Tests.Access;

/// <summary>Of whom a policy demands what, and who can.</summary>
public sealed class AccessDemandTests
{
    /// <summary>"me" is the user, "staff" a group with the user in it, "admins" one without, "dark" one that cannot be read, and the user has the role of user administrators.</summary>
    [Theory]
    [InlineData("member", "{ includeUsers: ['All'] }", true)]
    [InlineData("member", "{ includeUsers: ['me'] }", true)]
    [InlineData("member", "{ includeUsers: ['None'] }", false)]
    [InlineData("member", "{ includeUsers: ['somebody'] }", false)]
    [InlineData("member", "{ includeGroups: ['staff'] }", true)]
    [InlineData("member", "{ includeGroups: ['admins'] }", false)]
    [InlineData("member", "{ includeGroups: ['admins', 'staff'] }", true)]
    [InlineData("member", "{ includeRoles: ['fe930be7-5e62-47db-91af-98c3a49a38b1'] }", true)]
    [InlineData("member", "{ includeRoles: ['62e90394-69f5-4237-9190-012177145e10'] }", false)]
    [InlineData("member", "{}", false)]
    // An exclusion wins.
    [InlineData("member", "{ includeUsers: ['All'], excludeUsers: ['me'] }", false)]
    [InlineData("member", "{ includeUsers: ['me'], excludeGroups: ['staff'] }", false)]
    [InlineData("member", "{ includeUsers: ['me'], excludeRoles: ['fe930be7-5e62-47db-91af-98c3a49a38b1'] }", false)]
    [InlineData("member", "{ includeUsers: ['All'], excludeUsers: ['All'] }", true)]
    [InlineData("member", "{ includeUsers: ['All'], excludeGroups: ['admins'] }", true)]
    // A group that cannot be read counts only where it decides.
    [InlineData("member", "{ includeGroups: ['dark'] }", null)]
    [InlineData("member", "{ includeGroups: ['dark', 'admins'] }", null)]
    [InlineData("member", "{ includeGroups: ['dark', 'staff'] }", true)]
    [InlineData("member", "{ includeGroups: ['dark'], includeUsers: ['All'] }", true)]
    [InlineData("member", "{ includeGroups: ['dark'], excludeUsers: ['me'] }", false)]
    [InlineData("member", "{ includeGroups: ['dark'], excludeGroups: ['staff'] }", false)]
    [InlineData("member", "{ includeUsers: ['All'], excludeGroups: ['dark'] }", null)]
    [InlineData("member", "{ includeGroups: ['admins'], excludeGroups: ['dark'] }", false)]
    [InlineData("member", "{ includeUsers: ['All'], excludeGroups: ['dark', 'staff'] }", false)]
    [InlineData("member", "{ includeGroups: ['dark'], excludeGroups: ['dark'] }", null)]
    // Guests.
    [InlineData("member", "{ includeUsers: ['GuestsOrExternalUsers'] }", false)]
    [InlineData("guest", "{ includeUsers: ['GuestsOrExternalUsers'] }", true)]
    [InlineData("unsure", "{ includeUsers: ['GuestsOrExternalUsers'] }", null)]
    [InlineData("unsure", "{ includeUsers: ['GuestsOrExternalUsers', 'me'] }", true)]
    [InlineData("member", "{ includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] }", true)]
    [InlineData("guest", "{ includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] }", false)]
    [InlineData("unsure", "{ includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] }", null)]
    [InlineData("member", "{ includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", false)]
    [InlineData("guest", "{ includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", null)]
    [InlineData("guest", "{ includeUsers: ['All'], includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", true)]
    [InlineData("guest", "{ includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' }, excludeGroups: ['staff'] }", false)]
    [InlineData("member", "{ includeUsers: ['All'], excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", true)]
    [InlineData("guest", "{ includeUsers: ['All'], excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", null)]
    [InlineData("unsure", "{ includeUsers: ['All'], excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", null)]
    [InlineData("guest", "{ includeGroups: ['admins'], excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", false)]
    [InlineData("guest", "{ includeUsers: ['All'], excludeUsers: ['me'], excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }", false)]
    public void A_policy_is_for_somebody(string kind, string users, bool? isFor)
    {
        var facts = RuleFacts.Good().IsUnreadable("dark").Person("me", [], [], ["staff"], [RuleFacts.UserAdministrator], isGuest: kind switch { "guest" => true, "member" => false, _ => null });
        var json = JObject.Parse(users);
        foreach (var word in json.Descendants().OfType<JValue>().Where(v => (string?)v is "me" or "staff" or "admins" or "dark" or "somebody").ToList()) word.Value = RuleFacts.Id((string)word!);
        var policy = ConditionalAccessPolicy.Of(new JObject { ["id"] = "p", ["conditions"] = new JObject { ["users"] = json } })!;
        var context = facts.Build();
        Assert.Equal(isFor, AccessDemand.IsFor(policy, facts.Known("me"), context.Groups.Value, context.Roles.Value));
    }

    [Theory]
    [InlineData("fido2", "passKeyDeviceBound", "deviceBound", true)]
    [InlineData("fido2", "windowsHelloForBusiness", "", false)]
    [InlineData("fido2", "", "synced", false)]
    [InlineData("fido2", "", "untyped", null)]
    [InlineData("fido2", "", "unread", null)]
    [InlineData("windowsHelloForBusiness", "windowsHelloForBusiness", "", true)]
    [InlineData("windowsHelloForBusiness", "macOsSecureEnclaveKey", "", true)]
    [InlineData("windowsHelloForBusiness", "passKeyDeviceBound", "deviceBound", false)]
    [InlineData("windowsHelloForBusiness", "passKeyDeviceBound", "unread", false)]
    [InlineData("windowsHelloForBusiness fido2", "windowsHelloForBusiness", "unread", true)]
    [InlineData("windowsHelloForBusiness fido2", "", "unread", null)]
    [InlineData("x509CertificateMultiFactor", "x509CertificateMultiFactor", "", true)]
    [InlineData("x509CertificateMultiFactor", "x509CertificateSingleFactor", "", false)]
    [InlineData("x509CertificateMultiFactor", "certificateBasedAuthentication", "", null)]
    [InlineData("x509CertificateMultiFactor", "certificateBasedAuthentication x509CertificateMultiFactor", "", true)]
    [InlineData("x509CertificateMultiFactor fido2", "certificateBasedAuthentication", "deviceBound", true)]
    [InlineData("x509CertificateMultiFactor fido2", "certificateBasedAuthentication", "synced", null)]
    [InlineData("x509CertificateMultiFactor", "windowsHelloForBusiness", "", false)]
    [InlineData("windowsHelloForBusiness", "doubt windowsHelloForBusiness", "", null)]
    [InlineData("windowsHelloForBusiness", "doubt", "", null)]
    [InlineData("windowsHelloForBusiness fido2", "doubt", "deviceBound", true)]
    [InlineData("fido2", "doubt", "deviceBound", true)]
    [InlineData("fido2", "doubt", "", false)]
    [InlineData("windowsHelloForBusiness", "absent", "", null)]
    [InlineData("fido2", "absent", "deviceBound", true)]
    [InlineData("fido2", "absent", "", false)]
    public void Methods_fulfil_a_strength(string combinations, string methods, string passkey, bool? isFulfilled)
    {
        (string, string)[]? passkeys = passkey switch { "" => [], "unread" => null, "untyped" => [("", RuleFacts.YubiKey)], _ => [(passkey, RuleFacts.YubiKey)] };
        string[] words = [.. methods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w is not ("doubt" or "absent"))];
        var facts = RuleFacts.Good().Person("me", methods is "absent" ? null : words, passkeys, ["staff"]);
        facts.Known("me").IsInDoubt = methods.StartsWith("doubt", StringComparison.Ordinal);
        Assert.Equal(isFulfilled, new AccessDemand(RuleFacts.Demand(), new AuthenticationStrength("s", "s", combinations.Split(' '))).IsFulfilledBy(facts.Known("me"), facts.Build()));
    }

    [Theory]
    [InlineData(RuleFacts.YubiKey, false, RuleFacts.YubiKey, true)]
    [InlineData(RuleFacts.YubiKey, false, RuleFacts.OnePassword, false)]
    [InlineData(RuleFacts.YubiKey, false, "", null)]
    [InlineData(RuleFacts.YubiKey, true, RuleFacts.OnePassword, null)]
    [InlineData(RuleFacts.YubiKey, true, RuleFacts.YubiKey, true)]
    [InlineData("", false, RuleFacts.YubiKey, false)]
    public void Models_fulfil_a_strength_that_has_a_list(string listed, bool hasUnreadable, string aaGuid, bool? isFulfilled)
    {
        var facts = RuleFacts.Good().Person("me", [], [("deviceBound", aaGuid)], ["staff"]);
        var strength = new AuthenticationStrength("s", "s", ["fido2"]) { AaGuids = listed.Length == 0 ? [] : [Guid.Parse(listed)], HasUnreadableAaGuids = hasUnreadable };
        Assert.Equal(isFulfilled, new AccessDemand(RuleFacts.Demand(), strength).IsFulfilledBy(facts.Known("me"), facts.Build()));
    }

    [Fact]
    public void A_passkey_in_the_list_that_the_policy_does_not_let_in_does_not_count()
    {
        var facts = RuleFacts.Good().Person("me", [], [("deviceBound", RuleFacts.YubiKey)], ["staff"]).Exclude("staff");
        var demand = new AccessDemand(RuleFacts.Demand(), new AuthenticationStrength("s", "s", ["fido2"]) { AaGuids = [Guid.Parse(RuleFacts.YubiKey)] });
        Assert.False(demand.IsFulfilledBy(facts.Known("me"), facts.Build()));
        // One of another model does not count, whatever the policy says of it.
        facts.Without("staff").Person("me", [], [("", RuleFacts.OnePassword)]).IsUnreadable("staff");
        Assert.False(demand.IsFulfilledBy(facts.Known("me"), facts.Build()));
    }

    [Fact]
    public void Only_what_holds_for_whoever_signs_in_as_usual_is_a_demand()
    {
        List<ConditionalAccessPolicy> policies =
        [
            RuleFacts.Demand("plain"), RuleFacts.Demand("somewhere") with { IsForSomePlatforms = true, IsForSomeLocations = true, HasDeviceFilter = true }, RuleFacts.Demand("both") with { IsAnyEnough = false, Controls = ["mfa"] },
            RuleFacts.Demand("off") with { State = AccessState.Disabled }, RuleFacts.Demand("report") with { State = AccessState.ReportOnly }, RuleFacts.Demand("new") with { State = AccessState.Unknown }, RuleFacts.Demand("risk") with { IsAboutRisk = true },
            RuleFacts.Demand("old") with { IsForLegacyClients = true }, RuleFacts.Demand("or") with { Controls = ["mfa"] }, RuleFacts.Demand("gone", "gone"), RuleFacts.Demand("weak", "WEAK"), RuleFacts.Demand("none") with { StrengthId = null },
            RuleFacts.Demand("pass", "PASS"),
        ];
        AuthenticationStrength[] strengths = [.. RuleFacts.Good().Strengths, new("weak", "weak", ["fido2", "password,sms"]), new("pass", "pass", ["fido2", "temporaryAccessPassOneTime"])];
        Assert.Equal(["plain", "somewhere", "both", "pass"], AccessDemand.Of(new TenantAccess(policies, strengths)).Select(d => d.Policy.Name));
    }
}
