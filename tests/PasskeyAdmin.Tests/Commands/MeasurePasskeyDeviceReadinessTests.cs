using System;
using System.Linq;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public class MeasurePasskeyDeviceReadinessTests(ModuleSession session)
{
    private const string Rows = "Device name,OS,OS version,Manufacturer,Primary user UPN,Last check-in\na,iOS,26.1,Apple,u@x,2020-01-01\nb,Android,15,samsung,U@x,\nc,Windows,6.1,Dell,v@x,2020-01-01\nd,Windows,10.0.22631.1,Dell,,2999-01-01\n";

    [Theory]
    [InlineData("Measure-PasskeyDeviceReadiness $sample -By Platform")]
    [InlineData("$sample | Measure-PasskeyDeviceReadiness")]
    [InlineData("Import-PasskeyDeviceInventory $sample | Measure-PasskeyDeviceReadiness -By Platform")]
    [InlineData("Import-PasskeyDeviceInventory $sample | Test-PasskeyDeviceReadiness | Measure-PasskeyDeviceReadiness -By Platform")]
    [InlineData("Test-PasskeyDeviceReadiness -Path $sample | Measure-PasskeyDeviceReadiness -By Platform")]
    public void Every_road_gives_the_same_counts(string script)
    {
        var expected = session.Output("Measure-PasskeyDeviceReadiness -Path $sample").Select(Numbers);
        var rows = session.Output(script);
        Assert.Equal(expected, rows.Select(Numbers));
        Assert.Equal(1500L, rows.Sum(r => (long)r.Get("Count")!));
    }

    [Fact]
    public void Judged_devices_keep_the_question_they_were_judged_by()
    {
        var judged = session.Output("Test-PasskeyDeviceReadiness $sample -Provider 'Apple Passwords' | Measure-PasskeyDeviceReadiness -By Status").Select(Numbers);
        Assert.Equal(session.Output("Measure-PasskeyDeviceReadiness $sample -Provider 'Apple Passwords' -By Status").Select(Numbers), judged);
        // A question of its own asks anew.
        var anew = session.Output("Test-PasskeyDeviceReadiness $sample -Provider 'Apple Passwords' | Measure-PasskeyDeviceReadiness -By Status -TargetType Synced").Select(Numbers);
        Assert.Equal(session.Output("Measure-PasskeyDeviceReadiness $sample -By Status").Select(Numbers), anew);
    }

    [Fact]
    public void Users_are_one_row()
    {
        session.File("users.csv", Rows);
        var row = Assert.Single(session.Output("Measure-PasskeyDeviceReadiness users.csv -By User"));
        Assert.Equal(("Users", 2L, 1L, 1L, 0L, 1L), (row.Text("Name"), row.Get("Count"), row.Get("Ready"), row.Get("NotReady"), row.Get("AllReady"), row.Get("DevicesWithoutUser")));
        Assert.Null(row.Get("Stale"));
    }

    [Fact]
    public void Stale_devices_are_counted_where_asked_and_unknown_ones_apart()
    {
        session.File("stale.csv", Rows);
        var rows = session.Output("Measure-PasskeyDeviceReadiness stale.csv -StaleAfter 90");
        Assert.Equal(["Windows 1 0", "iOS 1 0", "Android 0 1"], rows.Select(r => $"{r.Get("Name")} {r.Get("Stale")} {r.Get("LastSeenUnknown")}"));
    }

    [Theory]
    [InlineData("Platform")]
    [InlineData("Status")]
    [InlineData("Provider")]
    [InlineData("Reason")]
    [InlineData("Manufacturer")]
    [InlineData("OSVersion")]
    [InlineData("User")]
    public void Every_grouping_has_the_same_properties(string by)
    {
        foreach (var row in session.Output($"Measure-PasskeyDeviceReadiness $sample -By {by} -StaleAfter 30"))
        {
            var sum = (long)row.Get("Ready")! + (long)row.Get("ActionNeeded")! + (long)row.Get("NotReady")! + (long)row.Get("Unknown")!;
            Assert.Equal(row.Get("Count"), sum);
            Assert.InRange((double)row.Get("ReadyShare")!, 0, 1);
            Assert.Equal(by, row.Text("By"));
        }
    }

    [Fact]
    public void The_table_has_only_columns_that_were_asked_for_and_never_rounds_up_to_all()
    {
        session.File("almost.csv", "OS,OS version\n" + string.Concat(Enumerable.Repeat("iOS,26.1\n", 2999)) + "iOS,12\n");
        var plain = session.Shown("Measure-PasskeyDeviceReadiness almost.csv");
        Assert.DoesNotContain("Stale", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("All", plain, StringComparison.Ordinal);
        Assert.Contains("99.9 %", plain, StringComparison.Ordinal);
        Assert.Matches(@"Stale\s+NoDate\s+Share", session.Shown("Measure-PasskeyDeviceReadiness almost.csv -StaleAfter 9"));
        Assert.Matches(@"Unknown\s+All\s+Share", session.Shown("Measure-PasskeyDeviceReadiness $sample -By User"));
    }

    private static string Numbers(System.Management.Automation.PSObject r) =>
        $"{r.Get("Name")} {r.Get("Count")} {r.Get("Ready")} {r.Get("ReadyOnlyWithChrome")} {r.Get("ActionNeeded")} {r.Get("NotReady")} {r.Get("Unknown")}";
}
