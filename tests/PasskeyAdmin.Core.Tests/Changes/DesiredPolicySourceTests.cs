using System;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Users;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>Files of desired state against tenants behind a server.</summary>
public sealed class DesiredPolicySourceTests : IDisposable
{
    private const string Command = "Import-PasskeyPolicy";

    private readonly ChangesFixture _tenant = new(prepare: t =>
    {
        t.Group("30000000-0000-4000-8000-000000000001", "Twins", UsersFixture.IdOf("ann"));
        t.Group("30000000-0000-4000-8000-000000000002", "Twins", UsersFixture.IdOf("ann"));
        t.Group("30000000-0000-4000-8000-000000000003", "Nobody");
        t.Group("30000000-0000-4000-8000-000000000004", "O'Brien & sons", UsersFixture.IdOf("ann"));
    });

    public void Dispose() => _tenant.Dispose();

    [Fact]
    public void Nothing_is_planned_for_what_was_exported()
    {
        var plan = Plan(Export());
        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.Difference);
    }

    [Fact]
    public void A_file_is_applied_in_the_fewest_writes_and_the_second_time_in_none()
    {
        var text = Export().Replace("\"Synced pilot\"", "\"Wave\"", StringComparison.Ordinal).Replace("\"group\": \"Pilot\"", "\"group\": \"O'Brien & sons\"", StringComparison.Ordinal);
        var result = _tenant.Apply(Plan(text));
        Assert.Null(result.Error);
        Assert.Equal(PolicyChangeOutcome.Applied, result.Change.Outcome);
        // Created, then targeted in place of the old one, then that is deleted: the service takes it in no fewer.
        Assert.Equal(3, _tenant.Writes.Count());
        var asked = _tenant.OnPolicy.Count;
        Assert.True(Plan(text).IsEmpty);
        Assert.Equal(3, _tenant.Writes.Count());
        Assert.Equal(1, _tenant.OnPolicy.Count - asked);
        Assert.Equal(text, Export());
    }

    [Fact]
    public void A_rename_is_one_write_and_keeps_who_uses_the_profile()
    {
        var text = Export().Replace("\"name\": \"Synced pilot\",", "\"name\": \"Wave\", \"previousName\": \"Synced pilot\",", StringComparison.Ordinal).Replace("\"Synced pilot\"\n", "\"Wave\"\n", StringComparison.Ordinal);
        var plan = Plan(text);
        Assert.Equal(["Synced pilot: name -> Wave"], plan.Difference);
        Assert.Null(_tenant.Apply(plan).Error);
        Assert.Single(_tenant.Writes);
        Assert.True(Plan(text).IsEmpty);
    }

    [Fact]
    public void All_groups_that_are_missing_ambiguous_or_empty_are_told_at_once_and_nothing_is_sent()
    {
        var text = Export().Replace("\"group\": \"Pilot\"", "\"group\": \"Pilots\"", StringComparison.Ordinal).Replace("\"exclusions\": [", "\"exclusions\": [ { \"group\": \"Twins\" }, { \"group\": \"Nobody\" }, { \"group\": \"10000000-dead-4000-8000-000000000001\" },", StringComparison.Ordinal);
        var error = Assert.Throws<PasskeyAdminException>(() => Plan(text));
        Assert.Equal(("PolicyGroupsUnresolved", ErrorKind.NotFound), (error.ErrorId, error.Kind));
        string[] expected = ["there is no group 'Pilots' in this tenant", "2 groups of this tenant are called 'Twins': 30000000-0000-4000-8000-000000000001, 30000000-0000-4000-8000-000000000002. Name one by its id", "nobody is in the group 'Nobody' (30000000-0000-4000-8000-000000000003)", "there is no group '10000000-dead-4000-8000-000000000001' in this tenant"];
        Assert.All(expected, e => Assert.Contains(e, error.Message, StringComparison.Ordinal));
        Assert.Equal(4, error.Message.Split('\n').Count(l => l.StartsWith("  line ", StringComparison.Ordinal)));
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void Two_names_of_one_group_are_told()
    {
        var text = Export().Replace("\"targets\": [", $"\"targets\": [ {{ \"group\": \"{UsersFixture.Pilot}\", \"profiles\": [\"Spare\"] }},", StringComparison.Ordinal);
        Assert.Contains($"'Pilot' is the same group as '{UsersFixture.Pilot}'", Assert.Throws<PasskeyAdminException>(() => Plan(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_has_its_name_with_another_stands_by_id_and_is_found_again()
    {
        Assert.Null(_tenant.Apply(e => e.AddExclusion("30000000-0000-4000-8000-000000000002")).Error);
        var (text, notes) = new DesiredPolicySource(_tenant.Session, _tenant.Client, UsersFixture.Catalog).Export(_tenant.Source.Read(CancellationToken.None), "./x", CancellationToken.None);
        Assert.Contains("\"group\": \"30000000-0000-4000-8000-000000000002\"", text, StringComparison.Ordinal);
        Assert.Contains("The group 30000000-0000-4000-8000-000000000002 stands by id, which no other tenant has: several groups are called 'Twins'.", notes);
        Assert.True(Plan(text).IsEmpty);
    }

    [Fact]
    public void A_file_goes_to_another_tenant_where_everything_has_other_ids()
    {
        var text = Export();
        using var other = new ChangesFixture(prepare: t =>
        {
            // Whoever has the same names, and nothing else in common.
            t.Group("99999999-0000-4000-8000-000000000001", "Pilot", UsersFixture.IdOf("ann"));
            t.Group("99999999-0000-4000-8000-000000000002", "Shut out", UsersFixture.IdOf("ann"));
            t.Rename(UsersFixture.Pilot, "Elsewhere");
            t.Rename(UsersFixture.Excluded, "Elsewhere too");
            t.Targets = [UsersFixture.Target("all_users", UsersFixture.Default)];
            t.Exclusions.Clear();
            t.Profiles.Clear();
            t.Profiles.Add(UsersFixture.Profile(UsersFixture.Default, "Standard", "deviceBound,synced"));
        });
        var plan = Plan(text, other);
        Assert.Equal("Standard: - passkey type Synced", plan.Difference[0]);
        Assert.Contains("The default profile is called 'Standard' in this tenant and 'Default passkey profile' in the file: it keeps its name, which the service may not let be changed.", plan.Warning);
        var result = other.Apply(plan);
        Assert.True(result.Error is null, result.Error?.Message);
        Assert.Equal(2, other.Writes.Count());
        var policy = other.Policy();
        Assert.Equal(["99999999-0000-4000-8000-000000000001", "all_users"], policy["includeTargets"]!.Select(t => (string)t["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(["99999999-0000-4000-8000-000000000002"], policy["excludeTargets"]!.Select(t => (string)t["id"]!));
        Assert.True(Plan(text, other).IsEmpty);
        Assert.Equal(text.Replace("Default passkey profile", "Standard", StringComparison.Ordinal), Export(other));
    }

    [Fact]
    public void Ten_thousand_targets_are_refused_where_they_no_longer_fit_and_no_group_is_looked_up()
    {
        var targets = string.Join(",\n", Enumerable.Range(0, 10_000).Select(i => $"{{ \"group\": \"Group {i}\", \"profiles\": [\"Default passkey profile\"] }}"));
        var text = $"{{ \"version\": 1, \"targets\": [\n{targets}\n] }}";
        var policy = _tenant.Source.Read(CancellationToken.None);
        var asked = _tenant.Server.Requests.Count;
        var error = Assert.Throws<PasskeyAdminException>(() => Plan(text, _tenant, policy));
        Assert.Equal("PolicyTooLarge", error.ErrorId);
        Assert.Matches(@"^'policy\.json', line \d\d, column 12: from here on, the policy takes more than the 20480 bytes that it has \(estimated\)", error.Message);
        Assert.Contains("The file has 10,000 targets, of which each takes about 236 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(asked, _tenant.Server.Requests.Count);
    }

    [Theory]
    [InlineData("\"name\": \"Spare\",", "\"name\": \"Spare two\",", "DesiredPolicyInvalid", null)]
    [InlineData("\"passkeyTypes\": [\n        \"DeviceBound\"\n      ],\n      \"attestation\": \"Disabled\",\n      \"providers\": {\n        \"restriction\": \"Block\"", "\"passkeyTypes\": [\n        \"Synced\"\n      ],\n      \"attestation\": \"RegistrationOnly\",\n      \"providers\": {\n        \"restriction\": \"Block\"", "DesiredPolicyInvalid", "the profile would allow synced passkeys and demand attestation, which they do not have")]
    public void What_a_tenant_cannot_have_is_told_with_its_place(string right, string wrong, string id, string? words)
    {
        var text = Export();
        Assert.Contains(right, text, StringComparison.Ordinal);
        // Renamed without saying so: a new one that is whole, and the old one goes.
        if (words is null)
        {
            Assert.Contains("+ profile Spare two", Plan(text.Replace(right, wrong, StringComparison.Ordinal)).Difference[1], StringComparison.Ordinal);
            text = text.Replace("\"attestation\": \"Disabled\",\n      \"providers\": {\n        \"restriction\": \"Block\"", "\"providers\": {\n        \"restriction\": \"Block\"", StringComparison.Ordinal);
            words = "the tenant has no profile 'Spare two', and for a new one the file does not say 'attestation'";
        }
        var error = Assert.Throws<PasskeyAdminException>(() => Plan(text.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(id, error.ErrorId);
        Assert.Matches(@"^'policy\.json', line \d+, column \d+: ", error.Message);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(_tenant.Writes);
    }

    [Fact]
    public void The_default_profile_cannot_be_left_out()
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Plan("""{ "version": 1, "profiles": [ { "name": "Synced pilot" } ] }"""));
        Assert.Contains("line 1, column 41: the file leaves out 'Default passkey profile', the default profile, which cannot be deleted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_file_says_nothing_of_stays()
    {
        Assert.Equal(["Default passkey profile: + passkey type Synced"], Plan("""{ "version": 1, "profiles": [ { "name": "Default passkey profile", "passkeyTypes": ["DeviceBound", "Synced"] }, { "name": "Spare" }, { "name": "Synced pilot" } ] }""").Difference);
        Assert.Equal(["- exclusion Shut out"], Plan("""{ "version": 1, "exclusions": [] }""").Difference);
        Assert.Equal(["Pilot: - profile Synced pilot", "Pilot: + profile Spare"], Plan("""{ "version": 1, "targets": [ { "allUsers": true }, { "group": "Pilot", "profiles": ["Spare"] } ] }""").Difference);
        Assert.Contains("line 1, column 41: the target 'Third' would be new, and the file does not say its 'profiles'", Assert.Throws<PasskeyAdminException>(() => Plan("""{ "version": 1, "targets": [ { "group": "Third" } ] }""")).Message, StringComparison.Ordinal);
        Assert.Contains("the tenant has no profile 'Spar'. Did you mean 'Spare'?", Assert.Throws<PasskeyAdminException>(() => Plan("""{ "version": 1, "targets": [ { "group": "Pilot", "profiles": ["Spar"] } ] }""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_a_profile_cannot_be_is_told_at_once_before_groups_are_looked_up()
    {
        var policy = _tenant.Source.Read(CancellationToken.None);
        var asked = _tenant.Server.Requests.Count;
        var error = Assert.Throws<PasskeyAdminException>(() => Plan("""
            { "version": 1,
              "profiles": [
                { "name": "Default passkey profile", "passkeyTypes": [] },
                { "name": "Synced pilot", "attestation": "RegistrationOnly" },
                { "name": "Shut", "passkeyTypes": ["Synced"], "attestation": "Disabled", "providers": { "restriction": "Allow", "list": [] } },
                { "name": "a\u0007b", "passkeyTypes": ["Synced"], "attestation": "Disabled", "providers": { "restriction": "None" } }
              ],
              "targets": [ { "group": "Nobody knows", "profiles": ["Shut"] }, { "allUsers": true, "profiles": ["a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c41"] } ] }
            """, _tenant, policy));
        Assert.Equal("DesiredPolicyInvalid", error.ErrorId);
        string[] expected = ["line 3, column 15: the profile would allow no type of passkey", "line 4, column 15: the profile would allow synced passkeys and demand attestation", "line 5, column 15: the profile would allow no provider at all", "line 6, column 15: The name for the profile has characters that cannot be seen", ": the tenant has no profile 'a9c3e1d7-52f4-4b8a-8e06-73d5f1b29c41'"];
        Assert.All(expected, e => Assert.Contains(e, error.Message, StringComparison.Ordinal));
        Assert.Equal(asked, _tenant.Server.Requests.Count);
    }

    [Fact]
    public void A_profile_that_goes_must_not_be_left_to_a_target_of_which_the_file_says_nothing()
    {
        Assert.Contains("the file leaves out the profile 'Synced pilot', which is used by Pilot, and does not say which profiles these are to have instead", Assert.Throws<PasskeyAdminException>(() => Plan("""{ "version": 1, "profiles": [ { "name": "Default passkey profile" }, { "name": "Spare" } ] }""")).Message, StringComparison.Ordinal);
        Assert.Contains("which is used by Pilot", Assert.Throws<PasskeyAdminException>(() => Plan("""{ "version": 1, "profiles": [ { "name": "Default passkey profile" }, { "name": "Spare" } ], "targets": [ { "allUsers": true }, { "group": "Pilot" } ] }""")).Message, StringComparison.Ordinal);
    }

    /// <summary>What a rename means has to be clear: what is not, would delete a profile.</summary>
    [Theory]
    [InlineData("""{ "name": "Spare", "previousName": "Synced pilot" }""", "the tenant has 'Spare' as well as 'Synced pilot', so there is nothing to rename, and the old one would be deleted")]
    [InlineData("""{ "name": "Wave", "previousName": "Spare" }, { "name": "Spare", "passkeyTypes": ["Synced"], "attestation": "Disabled", "providers": { "restriction": "None" } }""", "a new one cannot take its old name in the same change. Rename first")]
    [InlineData("""{ "name": "Spare", "passkeyTypes": ["Synced"], "attestation": "Disabled", "providers": { "restriction": "None" } }, { "name": "Wave", "previousName": "Spare" }""", "a new one cannot take its old name in the same change. Rename first")]
    [InlineData("""{ "name": "Wave", "previousName": "Spare" }, { "name": "Other", "previousName": "Spare" }""", "is the same profile of the tenant as 'Wave'")]
    public void A_rename_that_is_not_clear_is_refused(string profiles, string words) =>
        Assert.Contains(words, Assert.Throws<PasskeyAdminException>(() => Plan($$"""{ "version": 1, "profiles": [ { "name": "Default passkey profile" }, {{profiles}} ], "targets": [] }""")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_rename_that_was_made_before_says_nothing_any_more() =>
        Assert.True(Plan("""{ "version": 1, "profiles": [ { "name": "Default passkey profile" }, { "name": "Spare", "previousName": "Synced pilot" }, { "name": "Synced pilot" } ] }""").IsEmpty);

    [Theory]
    [InlineData("""{ "allUsers": true }""", "all users cannot be excluded")]
    [InlineData("""{ "user": "10000000-0000-4000-8000-616e6e000000" }""", "the user 10000000-0000-4000-8000-616e6e000000 is no exclusion of this tenant")]
    [InlineData("""{ "user": "20000000-0000-4000-8000-000000000002" }""", "the user 20000000-0000-4000-8000-000000000002 is no exclusion of this tenant")]
    [InlineData("""{ "user": "20000000-0000-4000-8000-000000000001" }""", "the user 20000000-0000-4000-8000-000000000001 is no exclusion of this tenant")]
    [InlineData("""{ "group": "Shut out" }, { "group": "20000000-0000-4000-8000-000000000002" }""", "is the same group as 'Shut out'")]
    public void Who_cannot_be_excluded_is_told(string exclusions, string words) => Assert.Contains(words, Assert.Throws<PasskeyAdminException>(() => Plan($$"""{ "version": 1, "exclusions": [ {{exclusions}} ] }""")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_restriction_is_lifted_and_its_list_kept_unless_the_file_has_another()
    {
        const string Others = """{ "name": "Default passkey profile" }, { "name": "Synced pilot" }""";
        string Lists(string providers)
        {
            var plan = Plan($$"""{ "version": 1, "profiles": [ {{Others}}, { "name": "Spare", "providers": {{providers}} } ] }""");
            return plan.After.Profile.Single(p => p.Name == "Spare") is var spare ? $"{spare.Restriction} {spare.AaGuid.Count}" : "";
        }
        Assert.Equal("None 1", Lists("""{ "restriction": "None" }"""));
        Assert.Equal("None 0", Lists("""{ "restriction": "None", "list": [] }"""));
        Assert.Equal("None 2", Lists("""{ "restriction": "None", "list": ["Apple Passwords"] }"""));
        Assert.Equal("Allow 2", Lists("""{ "restriction": "Allow", "list": ["Apple Passwords"] }"""));
    }

    private string Export(ChangesFixture? tenant = null)
    {
        tenant ??= _tenant;
        return new DesiredPolicySource(tenant.Session, tenant.Client, UsersFixture.Catalog).Export(tenant.Source.Read(CancellationToken.None), "./passkey-policy.schema.json", CancellationToken.None).Text;
    }

    private PasskeyPolicyPlan Plan(string text) => Plan(text, _tenant);

    private static PasskeyPolicyPlan Plan(string text, ChangesFixture tenant, PasskeyPolicy? policy = null) =>
        new DesiredPolicySource(tenant.Session, tenant.Client, UsersFixture.Catalog).Plan(DesiredPolicyReader.Parse(text, "'policy.json'", UsersFixture.Catalog), policy ?? tenant.Source.Read(CancellationToken.None), Command, CancellationToken.None);
}
