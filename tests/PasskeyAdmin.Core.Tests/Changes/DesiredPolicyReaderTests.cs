using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Json.Schema;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Core.Tests.Changes;

public class DesiredPolicyReaderTests
{
    private const string Whole = """
        {
          // What we want.
          "$schema": "./passkey-policy.schema.json",
          "version": 1, /* the first */
          "state": "Enabled",
          "selfServiceRegistration": false,
          "profiles": [
            { "name": "Default passkey profile", "default": true, "passkeyTypes": [ "DeviceBound", ], "attestation": "RegistrationOnly", "providers": { "restriction": "None", }, },
            {
              "name": "Synced",
              "previousName": "Pilot",
              "passkeyTypes": ["Synced", "DeviceBound"],
              "attestation": "Disabled",
              "providers": { "restriction": "Allow", "list": ["Apple Passwords", "whatever (ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4)", "d548826e-79b4-db40-a3d8-11116f7e8349"] }
            }
          ],
          "targets": [
            { "allUsers": true, "profiles": ["Default passkey profile"] },
            { "group": "Sales", "profiles": ["synced", "Default passkey profile"], "registrationRequired": true },
            { "user": "ba6dab7f-f96a-430e-a378-5a6847495600", "profiles": ["Synced"] },
          ],
          "exclusions": [ { "group": "Kiosks" } ],
        }
        // That is all.
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromText(DesiredPolicySchema.Text(RandomPolicy.Catalog));

    [Fact]
    public void A_file_may_have_comments_and_trailing_commas()
    {
        var policy = Parse(Whole);
        Assert.Equal((PolicyState.Enabled, false), (policy.State!.Value, policy.SelfService!.Value));
        Assert.Equal(["Default passkey profile", "Synced"], policy.Profiles!.Select(p => p.Name.Value));
        Assert.Equal((true, PasskeyTypes.DeviceBound, PasskeyAttestation.RegistrationOnly, ProviderListAction.Lift), (policy.Profiles![0].IsDefault, policy.Profiles[0].Types, policy.Profiles[0].Attestation, policy.Profiles[0].Providers!.Action));
        Assert.Equal(("Pilot", PasskeyTypes.DeviceBound | PasskeyTypes.Synced, ProviderListAction.Allow), (policy.Profiles[1].PreviousName!.Value, policy.Profiles[1].Types, policy.Profiles[1].Providers!.Action));
        Assert.Equal(["fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "dd4ec289-e01d-41c9-bb89-70fa845d4bf2", "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "d548826e-79b4-db40-a3d8-11116f7e8349"], policy.Profiles[1].Providers!.AaGuids.Select(a => a.ToString()).OrderBy(a => a.StartsWith("dd4", StringComparison.Ordinal) ? 1 : a[0] is 'f' ? 0 : a[0] is 'e' ? 2 : 3));
        Assert.Equal([TargetKind.AllUsers, TargetKind.Group, TargetKind.User], policy.Targets!.Select(t => t.People.Kind));
        Assert.True(policy.Targets![1].IsRegistrationRequired);
        Assert.Equal("Kiosks", Assert.Single(policy.Exclusions!).People.Name.Value);
    }

    [Fact]
    public void What_a_file_leaves_out_is_not_said()
    {
        var policy = Parse("""{ "version": 1 }""");
        Assert.Equal((null, null, null, null, null), (policy.State, policy.SelfService, policy.Profiles, policy.Targets, policy.Exclusions));
    }

    /// <summary>Each change of the whole file, and where it is complained of, with what words. What the schema can tell, an editor shows as well.</summary>
    [Theory]
    [InlineData("\"Enabled\"", "\"On\"", "line 5, column 12: 'state' is Enabled or Disabled, and not 'On'")]
    [InlineData("\"Enabled\"", "\"enabled\"", "line 5, column 12: 'state' is Enabled or Disabled, and not 'enabled'. Did you mean 'Enabled'?")]
    [InlineData("\"selfServiceRegistration\": false", "\"selfServiceRegistration\": \"false\"", "line 6, column 30: 'selfServiceRegistration' is true or false, and not 'false'")]
    [InlineData("\"selfServiceRegistration\": false", "\"selfServiceRegistration\": null", "line 6, column 30: 'selfServiceRegistration' is true or false, and not null (leave out what is to stay as it is)")]
    [InlineData("\"selfServiceRegistration\"", "\"selfService\"", "line 6, column 3: 'selfService' is not known. Did you mean 'selfServiceRegistration'?")]
    [InlineData("\"RegistrationOnly\"", "\"Always\"", "line 8, column 110: 'attestation' is Disabled or RegistrationOnly, and not 'Always'")]
    [InlineData("[ \"DeviceBound\", ]", "[ \"Devicebound\" ]", "line 8, column 77: a passkey type is DeviceBound or Synced, and not 'Devicebound'. Did you mean 'DeviceBound'?")]
    [InlineData("[ \"DeviceBound\", ]", "\"DeviceBound\"", "line 8, column 75: 'passkeyTypes' is a list, and not 'DeviceBound'")]
    [InlineData("{ \"restriction\": \"None\", }", "{ \"restriction\": \"Nobody\" }", "line 8, column 160: 'restriction' is None, Allow or Block, and not 'Nobody'")]
    [InlineData("{ \"restriction\": \"None\", }", "{ }", "line 8, column 143: 'providers' does not say its 'restriction'")]
    [InlineData("{ \"restriction\": \"None\", }", "\"Any\"", "line 8, column 143: 'providers' is an object, and not 'Any'")]
    [InlineData("\"name\": \"Synced\"", "\"name\": \"default passkey PROFILE\"", "line 10, column 15: the profile 'Default passkey profile' is there already (line 8, column 15)")]
    [InlineData("\"name\": \"Synced\",", "", "line 9, column 5: a profile has no 'name'")]
    [InlineData("\"name\": \"Synced\"", "\"name\": \"  \"", "line 10, column 15: 'name' is a text that is not empty, and not '  '")]
    [InlineData("\"previousName\": \"Pilot\"", "\"default\": true", "line 10, column 15: two profiles say that they are the default one")]
    [InlineData("\"Apple Passwords\"", "\"Apple Password\"", "line 14, column 55: There is no passkey provider 'Apple Password'. Did you mean 'Apple Passwords'?")]
    [InlineData("\"Apple Passwords\"", "\"Apple*\"", "line 14, column 55: There is no passkey provider 'Apple*'")]
    [InlineData("\"Apple Passwords\"", "7", "line 14, column 55: a provider is a text that is not empty, and not 7")]
    [InlineData("{ \"allUsers\": true, \"prof", "{ \"allUsers\": false, \"prof", "line 18, column 19: 'allUsers' is true, or is left out")]
    [InlineData("{ \"allUsers\": true, ", "{ \"allUsers\": true, \"group\": \"x\", ", "line 18, column 19: a target has one of 'group', 'user' and 'allUsers', and not several")]
    [InlineData("{ \"allUsers\": true, ", "{ ", "line 18, column 5: a target has one of 'group', 'user' and 'allUsers', and not none")]
    [InlineData("[\"synced\", \"Default passkey profile\"]", "[\"Sinced\"]", "line 19, column 38: there is no profile 'Sinced' in the file. Did you mean 'Synced'?")]
    [InlineData("[\"synced\", \"Default passkey profile\"]", "[\"Synced\", \"synced\"]", "line 19, column 48: the target has the profile 'Synced' twice")]
    [InlineData("[\"synced\", \"Default passkey profile\"]", "[]", "line 19, column 37: a target has no profile")]
    [InlineData("\"group\": \"Sales\"", "\"group\": \"Sales\", \"group\": \"Sales\"", "(line 19, column 25): 'group' is there twice")]
    [InlineData("\"user\": \"ba6dab7f-f96a-430e-a378-5a6847495600\"", "\"group\": \"SALES\"", "line 20, column 16: the target 'SALES' is there already (line 19, column 16)")]
    [InlineData("\"user\": \"ba6dab7f-f96a-430e-a378-5a6847495600\"", "\"user\": \"anna@contoso.com\"", "line 20, column 15: 'user' is the object id of a user who is there already")]
    [InlineData("\"user\": \"ba6dab7f-f96a-430e-a378-5a6847495600\"", "\"user\": \"an\\\"na \\\\\"", "line 20, column 15: 'user' is the object id of a user")]
    [InlineData("{ \"group\": \"Kiosks\" }", "{ \"group\": \"Kiosks\" }, { \"group\": \"kiosks\" }", "line 22, column 53: the exclusion 'kiosks' is there already (line 22, column 30)")]
    [InlineData("{ \"group\": \"Kiosks\" }", "\"Kiosks\"", "line 22, column 19: an exclusion is an object in braces")]
    [InlineData("\"version\": 1", "\"version\": 2", "line 4, column 14: 'version' must be 1")]
    [InlineData("\"version\": 1,", "", "line 1, column 1: 'version' must be 1")]
    [InlineData("\"state\":", "'state':", "(line 5, column 10): a name is not in double quotes")]
    [InlineData("\"Enabled\"", "'Enabled'", "(line 5, column 20): a text is not in double quotes")]
    [InlineData("\"Enabled\"", "undefined", "(line 5, column 20): there is something that is no JSON value")]
    [InlineData("\"profiles\": [", "\"profiles\": [,", "(line 7, column 15): there is something that is no JSON value")]
    [InlineData("// That is all.", "{}", "(line 24, column 1): it is not JSON: Additional text encountered after finished reading JSON content")]
    [InlineData("\"state\": \"Enabled\",", "\"state\": \"Enabled\"", "(line 6, column 2): it is not JSON")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string expected)
    {
        Assert.Contains(right, Whole, StringComparison.Ordinal);
        var error = Assert.Throws<PasskeyAdminException>(() => Parse(Replaced(right, wrong)));
        Assert.Equal(("DesiredPolicyInvalid", ErrorKind.InvalidData), (error.ErrorId, error.Kind));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("'policy.json'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_in_the_order_of_the_file()
    {
        var text = Replaced("\"Enabled\"", "\"On\"").Replace("\"Disabled\"", "\"Off\"", StringComparison.Ordinal).Replace("\"Kiosks\"", "7", StringComparison.Ordinal);
        var lines = Assert.Throws<PasskeyAdminException>(() => Parse(text)).Message.Split('\n');
        Assert.Equal(["'policy.json' has 3 faults:", "  line 5, column 12: 'state", "  line 13, column 22: 'atte", "  line 22, column 30: 'grou"], lines.Take(4).Select(l => l[..Math.Min(27, l.Length)]));
    }

    [Fact]
    public void A_policy_as_Graph_has_it_is_told_from_a_file_by_names()
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Parse(new RandomPolicy(1).Json.ToString()));
        Assert.Contains("is a policy in the form of Microsoft Graph", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_are_shown_safely()
    {
        var error = Assert.Throws<PasskeyAdminException>(() => Parse("""{ "version": 1, "st\u001b]0;x\u0007ate": 1, "targets": [ { "group": "a\u202Eb" , "profiles": ["\u001b[31m"]}], "profiles": [{"name": "x"}]}"""));
        Assert.DoesNotContain(error.Message.Replace("\n", "", StringComparison.Ordinal), c => char.IsControl(c) || c is '\u202E');
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("// nothing")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void What_is_no_object_is_refused(string text) => Assert.Equal("DesiredPolicyInvalid", Assert.Throws<PasskeyAdminException>(() => Parse(text)).ErrorId);

    [Fact]
    public void A_file_in_another_encoding_is_refused_and_one_with_a_mark_is_taken()
    {
        using var file = new TemporaryFile("");
        File.WriteAllBytes(file.Path, Encoding.Latin1.GetBytes("""{ "version": 1, "exclusions": [ { "group": "Zürich" } ] }"""));
        Assert.Contains("is not in UTF-8", Assert.Throws<PasskeyAdminException>(() => DesiredPolicyReader.Load(file.Path, RandomPolicy.Catalog)).Message, StringComparison.Ordinal);
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode })
        {
            File.WriteAllText(file.Path, """{ "version": 1, "exclusions": [ { "group": "Zürich" } ] }""", encoding);
            Assert.Equal("Zürich", DesiredPolicyReader.Load(file.Path, RandomPolicy.Catalog).Exclusions![0].People.Name.Value);
        }
    }

    [Fact]
    public void An_editor_shows_by_the_schema_what_the_reader_refuses()
    {
        bool IsValid(string text)
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return Schema.Evaluate(json.RootElement).IsValid;
        }
        Assert.True(IsValid(Whole));
        Assert.True(IsValid("""{ "version": 1 }"""));
        foreach (var seed in Enumerable.Range(0, 200))
            Assert.True(IsValid(new DesiredPolicyWriter(RandomPolicy.Read(new RandomPolicy(seed, isPlain: true).Json), RandomPolicy.Catalog, RandomPolicy.Ambiguous).Write("./x")));
        foreach (var (right, wrong) in new[]
        {
            ("\"Enabled\"", "\"On\""), ("\"selfServiceRegistration\"", "\"selfService\""), ("\"RegistrationOnly\"", "\"Always\""), ("[ \"DeviceBound\", ]", "\"DeviceBound\""), ("{ \"restriction\": \"None\", }", "{ }"), ("\"restriction\": \"None\"", "\"restriction\": \"Allow\""),
            ("\"name\": \"Synced\",", ""), ("{ \"allUsers\": true, ", "{ "), ("{ \"allUsers\": true, ", "{ \"allUsers\": true, \"group\": \"x\", "), ("[\"synced\", \"Default passkey profile\"]", "[]"), ("\"version\": 1", "\"version\": 2"), ("\"group\": \"Kiosks\"", "\"group\": 7"),
        })
            Assert.False(IsValid(Replaced(right, wrong)), wrong);
    }

    [Fact]
    public void The_schema_has_the_names_of_providers_for_an_editor_to_complete()
    {
        var text = DesiredPolicySchema.Text(RandomPolicy.Catalog);
        Assert.All(RandomPolicy.Catalog.Providers, p => Assert.Contains(Newtonsoft.Json.JsonConvert.ToString(p.Name), text, StringComparison.Ordinal));
    }

    private static string Replaced(string right, string wrong)
    {
        var at = Whole.IndexOf(right, StringComparison.Ordinal);
        return Whole[..at] + wrong + Whole[(at + right.Length)..];
    }

    private static DesiredPolicy Parse(string text) => DesiredPolicyReader.Parse(text, "'policy.json'", RandomPolicy.Catalog);
}
