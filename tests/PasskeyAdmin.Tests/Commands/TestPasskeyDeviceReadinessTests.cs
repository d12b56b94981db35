using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Commands;

[Collection(EngineGroup.Name)]
public class TestPasskeyDeviceReadinessTests(ModuleSession session)
{
    private const string Id = ",PasskeyAdmin.Commands.TestPasskeyDeviceReadinessCommand";
    private const string Header = "Device name,OS,OS version,Manufacturer,Primary user UPN\n";
    private const string Rows = Header + "a,iOS,26.1,Apple,a@x\nb,Android,15,samsung,b@x\nc,Windows,6.1,Dell,c@x\nd,iOS,,Apple,d@x\n";

    [Theory]
    [InlineData("Test-PasskeyDeviceReadiness fleet.csv")]
    [InlineData("Test-PasskeyDeviceReadiness -Path fleet.csv")]
    [InlineData("Test-PasskeyDeviceReadiness -LiteralPath fleet.csv")]
    [InlineData("'fleet.csv' | Test-PasskeyDeviceReadiness")]
    [InlineData("[IO.FileInfo][IO.Path]::Combine($PWD.ProviderPath, 'fleet.csv') | Test-PasskeyDeviceReadiness")]
    [InlineData("Import-PasskeyDeviceInventory fleet.csv | Test-PasskeyDeviceReadiness")]
    [InlineData("Test-PasskeyDeviceReadiness -InputObject (Import-PasskeyDeviceInventory fleet.csv)")]
    [InlineData("Test-PasskeyDeviceReadiness fleet.csv | Test-PasskeyDeviceReadiness")]
    [InlineData("$rows | Test-PasskeyDeviceReadiness")]
    [InlineData("$rows | ForEach-Object { @{ deviceName = $_.'Device name'; operatingSystem = $_.OS; osVersion = $_.'OS version'; manufacturer = $_.Manufacturer } } | Test-PasskeyDeviceReadiness")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Import-PasskeyDeviceInventory fleet.csv))) | Test-PasskeyDeviceReadiness")]
    public void Every_road_gives_the_same_verdicts(string script)
    {
        session.File("fleet.csv", Rows);
        var output = session.Output("$rows = @(foreach ($line in [IO.File]::ReadAllLines([IO.Path]::Combine($PWD.ProviderPath, 'fleet.csv'))[1..4]) { $f = $line.Split(','); "
            + "[pscustomobject]@{ 'Device name' = $f[0]; OS = $f[1]; 'OS version' = $f[2]; Manufacturer = $f[3]; 'Primary user UPN' = $f[4] } }); " + script);
        Assert.Equal(["a Ready", "b ActionNeeded", "c NotReady", "d Unknown"], output.Select(r => $"{r.Get("DeviceName")} {r.Get("Status")}"));
    }

    [Fact]
    public void A_result_says_what_why_and_what_next()
    {
        session.File("one.csv", "Device ID,Device name,OS,OS version,Manufacturer,Model,Primary user UPN,Last check-in\nid1,x,Android,13,samsung,SM-A566B,a@x,2026-08-01 12:34:56.0000000\n");
        var result = Assert.Single(session.Output("Test-PasskeyDeviceReadiness one.csv"));
        Assert.Equal(("x", "a@x", "Android", "13", "13.0"), (result.Text("DeviceName"), result.Text("UserPrincipalName"), result.Text("Platform"), result.Text("OSVersion"), result.Text("ParsedVersion")));
        Assert.Equal(("samsung", "SM-A566B", "NotReady", "id1"), (result.Text("Manufacturer"), result.Text("Model"), result.Text("Status"), result.Text("DeviceId")));
        Assert.Equal(new DateTimeOffset(2026, 8, 1, 12, 34, 56, TimeSpan.Zero), result.Get("LastSeen"));
        Assert.Equal("Update to Android 14 or later, then install the app of a passkey provider such as 1Password or Bitwarden and choose it for passkeys in the settings; if it cannot be updated, replace the device.", result.Text("NextStep"));
        Assert.Equal("OSTooOld, ManufacturerExcluded", result.Text("Reason"));
        Assert.Equal("OSTooOld|ManufacturerExcluded", session.Output("$r = Test-PasskeyDeviceReadiness one.csv; $r.Reason[0], $r.Reason[-1] -join '|'").Single().ToString());
        var google = session.Output("(Test-PasskeyDeviceReadiness one.csv).Provider[1]").Single();
        Assert.Equal(("Google Password Manager", "No", "BuiltIn", "9.0", "not on Samsung"), (google.Text("Name"), google.Text("Answer"), google.Text("Support"), google.Text("MinimumVersion"), google.Text("Why")));
        Assert.Equal("Google Password Manager: No (not on Samsung)", google.ToString());
    }

    [Fact]
    public void Status_filters()
    {
        session.File("fleet.csv", Rows);
        Assert.Equal(["b", "d"], session.Output("Test-PasskeyDeviceReadiness fleet.csv -Status ActionNeeded, Unknown").Select(r => r.Text("DeviceName")));
    }

    [Theory]
    [InlineData("a,iOS,26.1,Apple,\n", "", true)]
    [InlineData("a,iOS,26.1,Apple,\nb,Android,15,samsung,\n", "", false)]
    [InlineData("a,iOS,26.1,Apple,\nb,Android,15,samsung,\n", "-Status Ready, ActionNeeded", true)]
    [InlineData("a,iOS,,Apple,\n", "", false)]
    [InlineData("a,iOS,26.1,Apple,\nbad\n", "", false)]
    [InlineData("", "", false)]
    public void Quiet_is_true_only_for_what_is_proven(string rows, string parameters, bool expected)
    {
        session.File("quiet.csv", Header + rows);
        var result = session.Run($"Test-PasskeyDeviceReadiness quiet.csv -Quiet {parameters}");
        Assert.Equal(expected, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void Quiet_is_false_for_a_file_that_is_not_there() => Assert.Equal(false, Assert.Single(session.Run("Test-PasskeyDeviceReadiness nowhere.csv -Quiet").Output).BaseObject);

    [Fact]
    public void Providers_narrow_the_question()
    {
        session.File("fleet.csv", Rows);
        Assert.Equal(["ActionNeeded", "ActionNeeded", "NotReady", "Unknown"], session.Output("Test-PasskeyDeviceReadiness fleet.csv -Provider 1Password").Select(r => r.Text("Status")));
        Assert.Equal(["Ready", "NotReady", "NotReady", "Unknown"], session.Output("Test-PasskeyDeviceReadiness fleet.csv -Provider Apple*").Select(r => r.Text("Status")));
        Assert.Equal(["Google Password Manager"], session.Output("(Test-PasskeyDeviceReadiness fleet.csv -Provider Google*)[0].Provider.Name").Select(n => n.ToString()));
        Assert.Equal("Bitwarden", session.Output("(Test-PasskeyDeviceReadiness fleet.csv -Provider d548826e-79b4-db40-a3d8-11116f7e8349)[0].Provider[0].Name").Single().ToString());
    }

    [Theory]
    [InlineData("-Provider Nonsense", "ProviderNotFound")]
    [InlineData("-Provider 12345678-1234-1234-1234-123456789abc", "ProviderNotFound")]
    [InlineData("-RequirementPath missing.json", "FileNotFound")]
    [InlineData("-RequirementPath bad.json", "RequirementFileInvalid")]
    [InlineData("-TargetType None", "TargetTypeEmpty")]
    [InlineData("-Provider '[x'", "ProviderNameInvalid")]
    [InlineData("-Provider Bitwarden -TargetType DeviceBound", "ProviderTypeMismatch")]
    [InlineData("-ColumnMap @{ Nope = 'x' }", "ColumnMapInvalid")]
    public void A_question_that_makes_no_sense_ends_the_command(string parameters, string errorId)
    {
        session.File("fleet.csv", Rows);
        session.File("bad.json", "{");
        var result = session.Run("Test-PasskeyDeviceReadiness fleet.csv " + parameters);
        Assert.Equal(errorId + Id, result.Error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_file_of_requirements_is_used()
    {
        session.File("matrix.json", """{ "mode": "Replace", "requirements": [ { "provider": "House rule", "platform": "iOS", "passkeyType": "Synced", "support": "BuiltIn", "minimumVersion": "27", "source": "us" } ] }""");
        session.File("fleet.csv", Rows);
        var first = session.Output("Test-PasskeyDeviceReadiness fleet.csv -RequirementPath matrix.json")[0];
        Assert.Equal(("NotReady", "House rule: No (needs iOS 27, has 26.1)"), (first.Text("Status"), ((IReadOnlyList<object>)first.Get("Provider")!)[0].ToString()));
    }

    [Fact]
    public void Objects_that_are_no_devices_are_one_error_a_shape_and_counted()
    {
        var result = session.Run("[pscustomobject]@{ a = 1 }, [pscustomobject]@{ a = 2 }, [pscustomobject]@{ b = 1 }, [pscustomobject]@{ OS = 'iOS'; OSVersion = '17' } | Test-PasskeyDeviceReadiness");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Equal("InventoryColumnsUnrecognised" + Id, e.FullyQualifiedErrorId));
        Assert.Equal("Ready", Assert.Single(result.Output).Text("Status"));
        Assert.Equal("3 objects on the pipeline could not be read as devices.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void Objects_of_changing_shape_are_each_read_whole()
    {
        var output = session.Output("""
            $one = [pscustomobject]@{ displayName = 'a'; operatingSystem = 'Android'; operatingSystemVersion = '13' }
            $more = [pscustomobject]@{ displayName = 'b'; operatingSystem = 'Android'; operatingSystemVersion = '13'; manufacturer = 'Google' }
            $other = [pscustomobject]@{ 'Device name' = 'c'; OS = 'iOS'; 'OS version' = '17' }
            $server = [pscustomobject]@{ 'Device name' = 'd'; OS = 'Windows'; 'OS version' = '10.0.26100'; SkuFamily = 'ServerStandard' }
            $one, $more, $one, $other, $server, @{ DeviceName = 'e'; OperatingSystem = 'iOS'; OSVersion = '9' }, $more | Test-PasskeyDeviceReadiness
            """);
        Assert.Equal("a Unknown|b Ready|a Unknown|c Ready|d NotReady|e NotReady|b Ready", string.Join('|', output.Select(r => $"{r.Get("DeviceName")} {r.Get("Status")}")));
    }

    [Theory]
    [InlineData("OS=Windows;OSVersion=10.0.17763.1", "OSEdition=Server Datacenter", "Caption=Windows Server 2019", "SKU family=ServerStandard", "sku_family=ServerStandard")]
    [InlineData("OS=Android;OSVersion=10", "Make=Samsung", "Vendor=Google", "Model=SM-A515F", "ModelIdentifier=SM-A515F", "model-identifier=SM-A515F")]
    [InlineData("OS=iOS", "OS version=15.1", "operatingSystemVersion=17", "userPrincipalName=a@x")]
    [InlineData("OSVersion=10.0.17763.1", "Platform=Windows Server 2019", "OSDescription=Windows Server 2019")]
    public void Rows_that_gain_columns_mean_the_same_by_pipeline_and_by_file(string first, params string[] more)
    {
        // Wide rows take another road than narrow ones.
        foreach (var filler in new[] { 0, 20 })
        {
            string Row(string text) => "{" + string.Join(',', text.Split(';').Select(p => p.Split('=')).Select(p => $"\"{p[0]}\":\"{p[1]}\"").Concat(Enumerable.Range(0, filler).Select(i => $"\"x{i}\":\"\""))) + "}";
            var rows = more.SelectMany(m => new[] { Row(first), Row($"{first};{m}") }).ToList();
            var path = session.File("rows.json", $"[{string.Join(',', rows)}]");
            var objects = rows.ConvertAll(r => System.Text.Json.JsonDocument.Parse(r).RootElement.EnumerateObject().ToList())
                .ConvertAll(r => { var o = new PSObject(); r.ForEach(p => o.Properties.Add(new PSNoteProperty(p.Name, p.Value.GetString()))); return o; });
            static string Shown(PSObject r) => $"{r.Get("Platform")} {r.Get("Status")} {r.Get("UserPrincipalName")} {r.Get("Manufacturer")} {r.Get("Model")} {r.Get("OSVersion")}";
            Assert.Equal(session.Output("Test-PasskeyDeviceReadiness $path", ("path", path)).Select(Shown), session.Output("$objects | Test-PasskeyDeviceReadiness", ("objects", objects)).Select(Shown));
        }
    }

    /// <summary>Rows of Import-Csv have the very same strings as names; those that a script changed on the way must not be taken for one of them.</summary>
    [Fact]
    public void Rows_that_share_their_names_are_read_alike_only_while_they_are_alike()
    {
        string[] names = ["DeviceName", "OS", "OSVersion", .. Enumerable.Range(0, 20).Select(i => $"x{i}")];
        PSObject Row(string name) => names.Aggregate(new PSObject(), (row, n) =>
        {
            row.Properties.Add(new PSNoteProperty(n, n switch { "DeviceName" => name, "OS" => "Android", "OSVersion" => "10", _ => "" }));
            return row;
        });
        var (plain, again, gained, swapped, renamed) = (Row("plain"), Row("again"), Row("gained"), Row("swapped"), Row("renamed"));
        gained.Properties.Add(new PSNoteProperty("Vendor", "Google"));
        swapped.Properties.Remove("x7");
        swapped.Properties.Add(new PSNoteProperty("Vendor", "Google"));
        renamed.Properties.Remove("OSVersion");
        renamed.Properties.Add(new PSNoteProperty("OS version", "8.1"));
        var output = session.Output("$rows | Test-PasskeyDeviceReadiness", ("rows", new[] { plain, again, gained, again, swapped, plain, renamed, again }));
        // The same number of properties and the same last one, and yet another shape.
        var (left, right) = (Row("left"), Row("right"));
        left.Properties.Remove("OSVersion");
        right.Properties.Remove("x3");
        Assert.Equal("left Unknown , right Unknown 10", string.Join(", ", session.Output("$rows | Test-PasskeyDeviceReadiness", ("rows", new[] { left, right })).Select(r => $"{r.Get("DeviceName")} {r.Get("Status")} {r.Get("OSVersion")}")));
        Assert.Equal("plain Unknown, again Unknown, gained Ready, again Unknown, swapped Ready, plain Unknown, renamed NotReady, again Unknown", string.Join(", ", output.Select(r => $"{r.Get("DeviceName")} {r.Get("Status")}")));
    }

    [Fact]
    public void A_page_of_Graph_is_its_devices()
    {
        var output = session.Output("@{ '@odata.context' = 'x'; value = @(@{ deviceName = 'a'; operatingSystem = 'iOS'; osVersion = '17' }) }, [pscustomobject]@{ Value = @([pscustomobject]@{ deviceName = 'b'; operatingSystem = 'iOS' }) } | Test-PasskeyDeviceReadiness");
        Assert.Equal(["a Ready", "b Unknown"], output.Select(r => $"{r.Get("DeviceName")} {r.Get("Status")}"));
    }

    [Theory]
    [InlineData("$o = [pscustomobject]@{ value = $null }; $o.value = @($o); $o | Test-PasskeyDeviceReadiness")]
    [InlineData("$l = [Collections.ArrayList]::new(); $null = $l.Add($l); Test-PasskeyDeviceReadiness -InputObject $l")]
    public void A_list_that_holds_itself_is_an_error(string script) =>
        Assert.Equal("InputNestedTooDeeply" + Id, session.Run(script).Error.FullyQualifiedErrorId);

    [Fact]
    public void A_property_that_holds_itself_is_a_text()
    {
        var output = session.Output("$l = [Collections.ArrayList]::new(); $null = $l.Add('iOS'); $null = $l.Add($l); [pscustomobject]@{ deviceName = 'a'; OS = $l }, [pscustomobject]@{ deviceName = 'b'; OS = 'iOS' } | Test-PasskeyDeviceReadiness");
        Assert.Equal(["a", "b"], output.Select(r => r.Text("DeviceName")));
    }

    [Fact]
    public void A_row_that_repeats_the_names_is_an_error_as_in_files()
    {
        const string Joined = "[pscustomobject]@{ Name = 'a'; OS = 'iOS'; Version = '17' }, [pscustomobject]@{ Name = 'Name'; OS = 'OS'; Version = 'Version' }, [pscustomobject]@{ Name = 'b'; OS = 'iOS'; Version = '17' }";
        var result = session.Run(Joined + " | Test-PasskeyDeviceReadiness");
        Assert.Equal(["a", "b"], result.Output.Select(r => r.Text("DeviceName")));
        Assert.Equal("InventoryRowUnreadable" + Id, result.Error.FullyQualifiedErrorId);
        Assert.False((bool)session.Output(Joined + " | Test-PasskeyDeviceReadiness -Quiet -ErrorAction SilentlyContinue").Single().BaseObject);
    }

    [Fact]
    public void A_property_called_value_makes_no_page_of_a_device_and_a_failing_one_costs_nothing()
    {
        var output = session.Output("""
            $failing = [pscustomobject]@{ deviceName = 'f'; OS = 'iOS'; OSVersion = '17' }
            $failing.PSObject.Properties.Add([psscriptproperty]::new('value', { throw 'x' }))
            $failing, [pscustomobject]@{ deviceName = 'v'; OS = 'iOS'; OSVersion = '17'; value = @() }, @{ deviceName = 'w'; OS = 'iOS'; OSVersion = '17'; value = @(1, 2) } | Test-PasskeyDeviceReadiness
            """);
        Assert.Equal(["f", "v", "w"], output.Select(r => r.Text("DeviceName")));
        Assert.StartsWith("InventoryColumnsUnrecognised,", session.Run("$list = [Collections.SortedList]::new(); $list[1] = 'a'; ,$list | Test-PasskeyDeviceReadiness").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_stays_as_it_was_judged_unless_asked_anew_and_one_from_a_file_is_judged_anew_with_a_warning()
    {
        session.File("fleet.csv", Rows);
        Assert.Equal(["c"], session.Output("Test-PasskeyDeviceReadiness fleet.csv | Test-PasskeyDeviceReadiness -Status NotReady").Select(r => r.Text("DeviceName")));
        Assert.Equal(["b", "c"], session.Output("Test-PasskeyDeviceReadiness fleet.csv -Provider Apple* | Test-PasskeyDeviceReadiness -Status NotReady").Select(r => r.Text("DeviceName")));
        var result = session.Run("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Test-PasskeyDeviceReadiness fleet.csv -Provider Apple*))) | Test-PasskeyDeviceReadiness -Status NotReady");
        Assert.Equal(["c"], result.Output.Select(r => r.Text("DeviceName")));
        Assert.Contains("judged anew", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_of_the_Graph_SDK_and_dates_are_understood()
    {
        var output = session.Output("""
            class Managed { [string]$DeviceName = 'g'; [string]$OperatingSystem = 'iOS'; [string]$OSVersion = '17.4.1'; [Nullable[datetime]]$LastSyncDateTime = [datetime]::SpecifyKind('2026-08-01T12:00:00', 'Utc'); [string]$UserPrincipalName = 'a@x' }
            class Directory { [string]$Id = 'd'; [Collections.Generic.Dictionary[string, object]]$AdditionalProperties = [Collections.Generic.Dictionary[string, object]]::new() }
            $directory = [Directory]::new()
            $directory.AdditionalProperties['displayName'] = 'h'
            $directory.AdditionalProperties['operatingSystem'] = 'Android'
            $directory.AdditionalProperties['operatingSystemVersion'] = '15'
            [Managed]::new(), $directory | Test-PasskeyDeviceReadiness
            """);
        Assert.Equal(["g Ready", "h ActionNeeded"], output.Select(r => $"{r.Get("DeviceName")} {r.Get("Status")}"));
        Assert.Equal(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero), output[0].Get("LastSeen"));
    }

    [Fact]
    public void Device_bound_and_baselines_are_other_questions()
    {
        session.File("fleet.csv", Rows);
        Assert.Equal("ActionNeeded ActionNeeded NotReady Unknown", string.Join(' ', session.Output("Test-PasskeyDeviceReadiness fleet.csv -TargetType DeviceBound").Select(r => r.Text("Status"))));
        Assert.Equal("Ready ActionNeeded NotReady Unknown", string.Join(' ', session.Output("Test-PasskeyDeviceReadiness fleet.csv -Baseline Extended").Select(r => r.Text("Status"))));
        Assert.Equal(5, ((IReadOnlyList<object>)session.Output("Test-PasskeyDeviceReadiness fleet.csv -TargetType DeviceBound, Synced")[0].Get("Provider")!).Count);
    }

    [Fact]
    public void Values_of_parameters_are_completed()
    {
        const string Script = "Test-PasskeyDeviceReadiness x.csv -Status Act";
        using var shell = PowerShell.Create(session.Runspace);
        Assert.Equal("ActionNeeded", Assert.Single(CommandCompletion.CompleteInput(Script, Script.Length, null, shell).CompletionMatches).CompletionText);
    }

    [Fact]
    public void The_table_shows_status_reason_and_next_step()
    {
        session.File("fleet.csv", Rows);
        var shown = session.Shown("Test-PasskeyDeviceReadiness fleet.csv");
        Assert.Matches(@"b\s+Android\s+15\s+ActionNeeded\s+AppNeeded\s+Install the app of", shown);
        Assert.Matches(@"c\s+Windows\s+6\.1\s+NotReady\s+OSTooOld", shown);
    }
}
