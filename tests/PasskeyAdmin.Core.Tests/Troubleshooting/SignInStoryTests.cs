using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Which failures of the sign-in log are still open.</summary>
public sealed class SignInStoryTests
{
    private const string Laptop = "11111111-0000-4000-8000-000000000001";
    private const string Phone = "11111111-0000-4000-8000-000000000002";

    [Theory]
    [InlineData(135016, "Password", Laptop, true)]
    [InlineData(135016, "Passkey (synced)", Laptop, false)]
    [InlineData(135016, "Passkey (synced)", Phone, true)]
    [InlineData(135010, "FIDO2 security key", Laptop, false)]
    [InlineData(130004, "Windows Hello for Business", Laptop, false)]
    [InlineData(130004, "Password", Laptop, true)]
    [InlineData(50126, "Password", Phone, false)]
    [InlineData(50053, "Passkey (synced)", Phone, false)]
    // The step that failed was a passkey: a password does not mend it.
    [InlineData(500121, "Password", Laptop, true)]
    [InlineData(500121, "Passkey (synced)", Laptop, false)]
    [InlineData(500121, "Passkey (synced)", Phone, true)]
    [InlineData(53003, "Password", Laptop, false)]
    [InlineData(53003, "Password", Phone, true)]
    [InlineData(53000, "Passkey (synced)", Phone, true)]
    [InlineData(50074, "Password", Laptop, false)]
    public void A_failure_is_over_when_what_failed_has_worked(int code, string worked, string at, bool isOpen)
    {
        var story = Story(Entry(2, code, code == 135010 ? null : "Passkey (synced)", Laptop), Entry(1, 0, worked, at));
        Assert.Equal(isOpen, story.Open.Count == 1);
    }

    [Theory]
    [InlineData(50140)]
    [InlineData(50058)]
    [InlineData(65001)]
    public void Steps_on_the_way_are_no_failures(int code) => Assert.Empty(Story(Entry(1, code, "Password", Laptop)).Open);

    [Theory]
    [InlineData(50072)]
    [InlineData(50079)]
    [InlineData(50097)]
    public void A_step_that_did_not_go_on_is_one(int code) => Assert.Single(Story(Entry(1, code, "Password", Laptop)).Open);

    [Fact]
    public void A_second_factor_that_is_no_passkey_is_mended_by_whatever_works() => Assert.Empty(Story(Entry(2, 500121, "Mobile app notification", Laptop), Entry(1, 0, "Password", Phone)).Open);

    [Fact]
    public void What_worked_before_mends_nothing() => Assert.Single(Story(Entry(1, 135016, "Passkey (synced)", Laptop), Entry(2, 0, "Passkey (synced)", Laptop)).Open);

    [Fact]
    public void Another_application_does_not_mend_what_Conditional_Access_decides_by_application() =>
        Assert.Single(Story(Entry(2, 53003, "Password", Laptop), Entry(1, 0, "Password", Laptop, "other")).Open);

    [Fact]
    public void What_has_no_method_in_the_log_is_a_key_that_is_not_known()
    {
        var story = Story(Entry(1, 500121, null, Laptop), Entry(2, 135016, null, Laptop), Entry(3, 135010, "Passkey (synced)", Laptop));
        Assert.Equal([500121L, 135010L], story.OpenUnknownKey.Select(s => s.ErrorCode));
    }

    [Fact]
    public void An_entry_without_a_readable_code_is_no_success()
    {
        var json = Entry(1, 0, "Passkey (synced)", Laptop);
        json.Remove("status");
        Assert.False(UserSignIn.Of(json)!.IsSuccess);
        Assert.Null(UserSignIn.Of(new JObject()));
        json["isInteractive"] = false;
        Assert.Null(UserSignIn.Of(json));
    }

    private static SignInStory Story(params JObject[] entries) => new(entries.Select(UserSignIn.Of).OfType<UserSignIn>());

    private static JObject Entry(int hoursAgo, int code, string? method, string device, string application = "app") => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["createdDateTime"] = DiagnosedTenant.Now.AddHours(-hoursAgo).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["appId"] = application,
        ["status"] = new JObject { ["errorCode"] = code },
        ["deviceDetail"] = new JObject { ["deviceId"] = device, ["operatingSystem"] = device == Laptop ? "Windows11" : "Ios 26.1", ["browser"] = "Edge 142.0.0" },
        ["authenticationDetails"] = new JArray(new JObject { ["authenticationMethod"] = method, ["succeeded"] = code == 0 }),
    };
}
