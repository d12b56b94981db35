using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Troubleshooting;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Troubleshooting.AuditLogEntries;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

public class AuditEventsTests
{
    [Fact]
    public void The_two_entries_of_a_registration_are_one_event()
    {
        var told = Assert.Single(Events(Registered("ben", 0, aaGuid: Apple, type: "synced")));
        Assert.Equal((PasskeyAuditKind.Registration, PasskeyAnswer.Yes, "id-ben", "ben@contoso.com"), (told.Kind, told.Succeeded, told.UserId, told.UserPrincipalName));
        Assert.Equal((PasskeyAuditInitiator.Themselves, "Passkey", PasskeyTypes.Synced, "Apple Passwords", Guid.Parse(Apple)), (told.Initiator, told.Method, told.PasskeyType, told.Provider, told.AaGuid));
        Assert.Equal(["Add Passkey (synced)", "User registered security info"], told.Activity);
        Assert.Equal(2, told.EventId.Count);
        Assert.Equal(Noon, told.At);
        Assert.Equal("Apple Passwords (Synced) registered by the user.", told.Summary);
    }

    [Theory]
    // Twin before, twin behind, none, too late, of somebody else, the other way round.
    [InlineData(-0.05, "ben", "User registered security info", 1, 2)]
    [InlineData(0.4, "ben", "User registered security info", 1, 2)]
    [InlineData(1, "ben", "User registered security info", 1, 1)]
    [InlineData(0.05, "cara", "User registered security info", 1, 1)]
    [InlineData(0.05, "ben", "User deleted security info", 2, 1)]
    public void A_twin_is_near_of_the_same_user_and_the_same_kind(double minutes, string user, string activity, int events, int activities)
    {
        var told = Events([Entry("Add Passkey (synced)", "ben", 0, aaGuid: Apple, hasId: false), Entry(activity, user, minutes)]);
        Assert.Equal((events, activities), (told.Count, told.Single(e => e.Kind is PasskeyAuditKind.Registration).Activity.Count));
    }

    [Fact]
    public void Two_passkeys_in_a_row_have_a_twin_each()
    {
        var told = Events([.. Registered("ben", 0), .. Registered("ben", 0.15, aaGuid: Apple, type: "synced")]);
        Assert.Equal(["Apple Passwords 2", "YubiKey 5 Series 2"], told.Select(e => $"{e.Provider} {e.Activity.Count}"));
    }

    [Theory]
    [InlineData("Add Passkey (device-bound)", "ben", "ben", "Registration Themselves Passkey DeviceBound")]
    [InlineData("Add Passkey (device-bound) security key", "ben", "ben", "Registration Themselves Passkey DeviceBound")]
    [InlineData("ADD PASSKEY (SYNCED)", "ben", "ann", "Registration OtherUser Passkey Synced")]
    [InlineData("Add Passkey", "ben", "app:Provisioning", "Registration Application Passkey None")]
    [InlineData("Delete Passkey (synced)", "ben", "ann", "Removal OtherUser Passkey Synced")]
    [InlineData("Add Windows Hello for Business credential", "ben", "ben", "Registration Themselves Windows Hello for Business None")]
    [InlineData("Delete platform credential", "ben", null, "Removal Unknown Platform credential None")]
    [InlineData("Admin registered security info", "ben", "ann", "Registration OtherUser  None")]
    [InlineData("Admin deleted security info", "ben", "ann", "Removal OtherUser  None")]
    [InlineData("User deleted security info", "ben", "ben", "Removal Themselves  None")]
    public void What_an_entry_says(string activity, string user, string? by, string expected)
    {
        var told = Assert.Single(Events([Entry(activity, user, 0, by, hasId: false)]));
        Assert.Equal(expected, $"{told.Kind} {told.Initiator} {told.Method} {told.PasskeyType}");
        Assert.Null(told.Provider);
        Assert.DoesNotContain("203.0.113.7", told.Summary + told, StringComparison.Ordinal);
    }

    /// <summary>"Add Passkey" is documented for both types: what a user registers without it is a phone or an app.</summary>
    [Theory]
    [InlineData("User registered security info")]
    [InlineData("User registered all required security info")]
    [InlineData("User started security info registration")]
    [InlineData("Add member to group")]
    [InlineData("Add passwordless phone sign-in credential")]
    [InlineData("Delete user")]
    public void What_is_about_something_else_is_passed_over(string activity) => Assert.Empty(Events([Entry(activity, "ben", 0)]));

    [Fact]
    public void A_registration_that_failed_is_told_with_its_reason_made_harmless()
    {
        var told = Assert.Single(Events([Entry("User registered security info", "ben", 0, result: "failure", reason: "Not\u001b[31m allowed")]));
        Assert.Equal((PasskeyAnswer.No, "Not\uFFFD[31m allowed"), (told.Succeeded, told.FailureReason));
        Assert.Equal("Registering security info by the user failed: Not\uFFFD[31m allowed.", told.Summary);
        Assert.Empty(told.Anomaly);
    }

    [Fact]
    public void What_the_log_does_not_say_is_not_made_up()
    {
        var told = Assert.Single(Events([new JObject { ["activityDisplayName"] = "Add Passkey (synced)", ["result"] = "timeout" }]));
        Assert.Equal((null, PasskeyAnswer.Unknown, null, PasskeyAuditInitiator.Unknown), (told.At, told.Succeeded, told.UserPrincipalName, told.Initiator));
        Assert.Equal(["Who registered it: the log does not say.", "What was registered around it, and where: it has no date."], told.NotChecked.Take(2));
        Assert.Equal("Passkey (Synced) registered; the log does not say whether it was done.", told.Summary);
    }

    [Fact]
    public void Entries_come_once_and_newest_first()
    {
        var one = Entry("Add Passkey (synced)", "ben", 0);
        Assert.Equal(["cara@contoso.com", "ben@contoso.com"], AuditEvents.Of([Entry("Add Passkey (synced)", "cara", 5), one, one], Facts()).Select(e => e.UserPrincipalName));
    }

    [Fact]
    public void For_one_user_it_is_that_user_by_id_or_by_name()
    {
        var facts = Facts() with { Only = new DirectoryUser("id-ben") { UserPrincipalName = "Ben@contoso.com" } };
        var told = Events([Entry("Add Passkey (synced)", "ben", 0, by: "ann", hasId: false), Entry("Add Passkey (synced)", "cara", 1, by: "ben", hasId: false), Entry("Admin deleted security info", "ben", 9, by: "ann")], facts);
        Assert.Equal(["Removal id-ben", "Registration id-ben"], told.Select(e => $"{e.Kind} {e.UserId}"));
    }

    [Fact]
    public void An_event_comes_as_soon_as_nothing_older_can_change_it()
    {
        var taken = 0;
        IEnumerable<JObject> Log()
        {
            for (var i = 0; i < 1000; i++)
            {
                taken++;
                yield return Entry("Add Passkey (synced)", $"user{i}", -10 * i, aaGuid: Apple);
            }
        }

        Assert.Equal(3, AuditEvents.Of(Log(), Facts()).Take(3).Count());
        Assert.InRange(taken, 3, 12);
    }
}
