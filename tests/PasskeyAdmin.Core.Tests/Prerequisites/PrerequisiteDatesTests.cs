using System;
using System.Globalization;
using System.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Prerequisites;

namespace PasskeyAdmin.Core.Tests.Prerequisites;

public class PrerequisiteDatesTests
{
    [Fact]
    public void The_file_is_sound() => Assert.All(PrerequisiteDates.LoadBuiltIn().Values, date =>
    {
        Assert.Contains("Global", date.ByCloud.Keys);
        Assert.All(date.ByCloud.Keys, cloud => Assert.NotNull(GraphCloud.Find(cloud)));
        Assert.All(date.ByCloud.Values, day => Assert.InRange(day.Year, 2026, 2027));
        Assert.All(date.ByCloud.Values, day => Assert.Equal(TimeSpan.Zero, day.Offset));
        Assert.True(Uri.TryCreate(date.Source, UriKind.Absolute, out var source) && source.Scheme == "https");
        // What is only in a message to administrators is not confirmed.
        Assert.Equal(date.Source.Contains("learn.microsoft.com", StringComparison.Ordinal), date.IsConfirmed);
        Assert.False(date.Event.EndsWith('.'));
    });

    [Theory]
    [InlineData("SmsVoiceRetirement", "Global", "2027-02-01")]
    [InlineData("SmsVoiceRetirement", "USGov", null)]
    [InlineData("ProfileMigration", "USGov", "2026-10-31")]
    [InlineData("LegacyPropertyRetirement", "USGovDoD", "2027-10-15")]
    [InlineData("LegacyPropertyRetirement", "China", null)]
    public void A_day_is_one_of_a_cloud(string id, string cloud, string? day) => Assert.Equal(day, PrerequisiteDates.LoadBuiltIn()[id].In(cloud)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Every_day_has_its_rule() => Assert.Empty(PrerequisiteDates.LoadBuiltIn().Keys.Except(PrerequisiteRules.LoadBuiltIn().OfType<DateRule>().Select(r => r.Id)));
}
