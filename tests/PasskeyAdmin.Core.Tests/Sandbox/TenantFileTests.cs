using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public sealed class TenantFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox").FullName;

    /// <summary>A small tenant, as a file that the sandbox wrote has it.</summary>
    private static string Small => SandboxTenant.Parse(SmallTenant.Json).ToJson();

    private string FilePath => Path.Combine(_folder, "tenant.json");

    [Fact]
    public async Task A_created_file_is_Contoso_and_keeps_changes()
    {
        using (var client = new SandboxClient(SandboxTenant.Create(FilePath)))
        {
            Assert.Equal(SandboxTenant.CreateContoso().ToJson(), File.ReadAllText(FilePath));
            await client.PatchAsync("""{ "state": "disabled" }""");
        }
        using var again = new SandboxClient(SandboxTenant.Load(FilePath));
        Assert.Equal("disabled", (string?)(await again.GetFido2Async())["state"]);
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Create_overwrites_nothing()
    {
        File.WriteAllText(FilePath, "mine");
        Assert.Equal("SandboxFileExists", Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Create(FilePath)).ErrorId);
        Assert.Equal("mine", File.ReadAllText(FilePath));
        Assert.Equal("SandboxFileExists", Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Create(_folder)).ErrorId);
        var error = Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Create(Path.Combine(_folder, "none", "tenant.json")));
        Assert.Equal((ErrorKind.Unavailable, "SandboxFileNotSaved"), (error.Kind, error.ErrorId));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task What_we_do_not_know_survives_load_and_save()
    {
        var root = JObject.Parse(Small);
        root["ours"] = JObject.Parse("""{ "when": "2026-01-01T00:00:00+02:00", "price": 1.10, "big": 12345678901234567890 }""");
        root["users"]![0]!["ours"] = "ü";
        root["groups"]![0]!["ours"] = null;
        root["organization"]!["ours"] = new JArray();
        root["authenticationMethodsPolicy"]!["ours"] = 1;
        root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!["passkeyProfiles"]![1]!["ours"] = true;
        File.WriteAllText(FilePath, root.ToString());
        var expected = File.ReadAllText(FilePath).Replace("\r", "", StringComparison.Ordinal).Replace("\"state\": \"enabled\",\n        \"isSelf", "\"state\": \"disabled\",\n        \"isSelf", StringComparison.Ordinal)
            .Replace("2026-11-02T08:15:00Z", "2026-11-23T10:00:00Z", StringComparison.Ordinal);
        using var client = new SandboxClient(SandboxTenant.Load(FilePath));
        await client.PatchAsync("""{ "state": "disabled" }""");
        // Behind it all stands the event that the change left.
        Assert.StartsWith(expected[..^"\n}".Length] + ",\n  \"directoryAudits\": [", File.ReadAllText(FilePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_share_a_file_see_each_other()
    {
        File.WriteAllText(FilePath, SandboxClient.Small(root => SandboxClient.ConfigurationOf(root)["counter"] = -1).ToJson());
        using var one = new SandboxClient(SandboxTenant.Load(FilePath));
        using var two = new SandboxClient(SandboxTenant.Load(FilePath));
        for (var i = 0; i < 20; i++)
        {
            var (writer, reader) = i % 2 == 0 ? (one, two) : (two, one);
            await writer.PatchAsync($$"""{ "counter": {{i.ToString(CultureInfo.InvariantCulture)}} }""");
            Assert.Equal(i, (int)(await reader.GetFido2Async())["counter"]!);
        }
        // An old file is not read again until it changes.
        File.SetLastWriteTimeUtc(FilePath, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("enabled", (string?)(await two.GetFido2Async())["state"]);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace("\"Contoso\"", "\"Fabrikam\"", StringComparison.Ordinal));
        Assert.Equal(["Fabrikam"], SandboxClient.Names(await two.GetAsync("/v1.0/organization")));
        Assert.Equal("Fabrikam", two.Tenant.Name);
    }

    [Fact]
    public async Task A_change_within_one_tick_of_a_coarse_clock_is_seen()
    {
        using var client = new SandboxClient(CreateSmall());
        await client.GetFido2Async();
        var time = File.GetLastWriteTimeUtc(FilePath);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace("\"Contoso\"", "\"Cantoso\"", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(FilePath, time);
        Assert.Equal(["Cantoso"], SandboxClient.Names(await client.GetAsync("/v1.0/organization")));
    }

    [Fact]
    public async Task A_read_only_file_is_not_changed()
    {
        using var client = new SandboxClient(CreateSmall());
        var before = File.ReadAllText(FilePath);
        File.SetAttributes(FilePath, FileAttributes.ReadOnly);
        await ExpectNotSavedAsync(client);
        Assert.Equal(before, File.ReadAllText(FilePath));
        Assert.Equal(before, client.Tenant.ToJson());
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
        File.SetAttributes(FilePath, FileAttributes.Normal);
        Assert.Equal("disabled", (string?)(await client.PatchAsync("""{ "state": "disabled" }"""))["state"]);
    }

    [Fact]
    public async Task A_file_whose_place_is_taken_by_a_folder_is_told()
    {
        using var client = new SandboxClient(CreateSmall());
        File.Delete(FilePath);
        Directory.CreateDirectory(FilePath);
        var error = await Assert.ThrowsAsync<PasskeyAdminException>(() => client.SendAsync("GET", "/v1.0/users"));
        Assert.Equal("FileIsFolder", error.ErrorId);
    }

    [Fact]
    public async Task A_folder_that_vanished_is_told_and_memory_stays()
    {
        using var client = Vanishing(() => Directory.Delete(_folder, recursive: true));
        await ExpectNotSavedAsync(client);
        Assert.False(Directory.Exists(_folder));
        Assert.Equal("FileNotFound", (await Assert.ThrowsAsync<PasskeyAdminException>(() => client.SendAsync("GET", "/v1.0/users"))).ErrorId);
    }

    [Fact]
    public async Task A_file_that_vanished_before_saving_is_not_made_anew()
    {
        using var client = Vanishing(() => File.Delete(FilePath));
        await ExpectNotSavedAsync(client);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_damaged_in_between_is_refused_and_heals()
    {
        using var client = new SandboxClient(CreateSmall());
        var text = File.ReadAllText(FilePath);
        File.WriteAllText(FilePath, text[..(text.Length / 2)]);
        var error = await Assert.ThrowsAsync<PasskeyAdminException>(() => client.SendAsync("PATCH", SandboxClient.Fido2, $$"""{ "@odata.type": "{{SandboxClient.Fido2Type}}", "state": "disabled" }"""));
        Assert.Equal((ErrorKind.InvalidData, "SandboxFileInvalid"), (error.Kind, error.ErrorId));
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
        Assert.Equal(text[..(text.Length / 2)], File.ReadAllText(FilePath));
        File.WriteAllText(FilePath, text);
        Assert.Equal("enabled", (string?)(await client.GetFido2Async())["state"]);
    }

    [Fact]
    public async Task Parallel_changes_are_all_made()
    {
        var marked = SandboxClient.Small(root =>
        {
            for (var i = 0; i < 40; i++) SandboxClient.ConfigurationOf(root)[$"mark{i}"] = null;
        });
        File.WriteAllText(FilePath, marked.ToJson());
        using var client = new SandboxClient(SandboxTenant.Load(FilePath));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            await client.PatchAsync(new JObject { [$"mark{i}"] = i });
            await client.GetAsync("/v1.0/groups?$top=3");
        })));
        var fido2 = JObject.Parse(File.ReadAllText(FilePath)).SelectToken("authenticationMethodsPolicy.authenticationMethodConfigurations[0]")!;
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(i, (int)fido2[$"mark{i}"]!));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_request_waits_for_the_one_before()
    {
        using var isHeld = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var client = new SandboxClient(newGuid: () =>
        {
            isHeld.Set();
            goOn.Wait();
            return SandboxClient.NewId;
        });
        // Everything is compiled and loaded: the second request then waits for its turn or for nothing.
        await client.PatchAsync("""{ "state": "enabled" }""");
        var body = await client.WithAsync(b => ((JArray)b["passkeyProfiles"]!).Add(SandboxClient.NewProfile("New")), "passkeyProfiles");
        var first = Task.Run(() => client.SendAsync("PATCH", SandboxClient.Fido2, With(body)));
        isHeld.Wait();
        HttpResponseMessage? answer = null;
        var second = new Thread(() => answer = client.SendAsync("PATCH", SandboxClient.Fido2, With(new JObject { ["state"] = "disabled" })).GetAwaiter().GetResult());
        second.Start();
        SpinWait.SpinUntil(() => (second.ThreadState & (System.Threading.ThreadState.WaitSleepJoin | System.Threading.ThreadState.Stopped)) != 0);
        goOn.Set();
        second.Join();
        Assert.Equal((204, 204), ((int)(await first).StatusCode, (int)answer!.StatusCode));
        var after = await client.GetFido2Async();
        Assert.Equal(("disabled", 4), ((string)after["state"]!, after["passkeyProfiles"]!.Count()));

        static string With(JObject body)
        {
            body["@odata.type"] = SandboxClient.Fido2Type;
            return body.ToString();
        }
    }

    [Fact]
    public async Task Nobody_ever_sees_half_a_file_or_none()
    {
        using var client = new SandboxClient(CreateSmall());
        using var isRead = new ManualResetEventSlim();
        var isDone = false;
        var reads = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref isDone))
                {
                    SandboxTenant.Load(FilePath);
                    isRead.Set();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        for (var i = 0; i < 300 && !reads.IsCompleted; i++)
        {
            isRead.Wait(TimeSpan.FromSeconds(10));
            isRead.Reset();
            await client.PatchAsync($$"""{ "state": "{{(i % 2 == 0 ? "disabled" : "enabled")}}" }""");
        }
        Volatile.Write(ref isDone, true);
        await reads;
    }

    [Fact]
    public async Task A_file_that_is_replaced_by_an_old_one_while_it_is_read_is_read_again()
    {
        // A pipe holds the reader until the writer closes it; Windows has none among its files.
        if (OperatingSystem.IsWindows()) return;
        using (var mkfifo = Process.Start("mkfifo", [FilePath])) await mkfifo.WaitForExitAsync();
        var (contoso, other) = (Small, FilePath + ".other");
        File.WriteAllText(other, contoso.Replace("\"Contoso\"", "\"Fabrikam\"", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(other, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var load = Task.Run(() => SandboxTenant.Load(FilePath));
        await using (var pipe = new FileStream(FilePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(contoso));
            File.Move(other, FilePath, overwrite: true);
        }
        var tenant = await load;
        Assert.Equal("Contoso", tenant.Name);
        using var client = new SandboxClient(tenant);
        Assert.Equal(["Fabrikam"], SandboxClient.Names(await client.GetAsync("/v1.0/organization")));
    }

    [Fact]
    public async Task Nobody_undoes_what_another_wrote()
    {
        CreateSmall();
        var group = "50861d34-de6c-5068-be78-187467e2f2b7";
        var users = SandboxClient.Parse(Small)["users"]!.Select(u => (string)u["id"]!).ToList();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Task.Run(async () =>
        {
            using var client = new SandboxClient(SandboxTenant.Load(FilePath));
            foreach (var id in users.Where((_, i) => i % 2 == half))
                Assert.Equal(204, (int)(await client.SendAsync("POST", $"/v1.0/groups/{group}/members/$ref", $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/users/{{id}}" }""")).StatusCode);
        })));
        using var all = new SandboxClient(SandboxTenant.Load(FilePath));
        Assert.Equal(users.Count, (await all.GetAsync($"/v1.0/groups/{group}/members"))["value"]!.Count());
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_from_the_future_is_read_every_time()
    {
        using var client = new SandboxClient(CreateSmall());
        var time = DateTime.UtcNow.AddHours(1);
        File.SetLastWriteTimeUtc(FilePath, time);
        await client.GetFido2Async();
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace("\"Contoso\"", "\"Cantoso\"", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(FilePath, time);
        Assert.Equal(["Cantoso"], SandboxClient.Names(await client.GetAsync("/v1.0/organization")));
    }

    [Fact]
    public async Task The_permissions_of_a_file_stay()
    {
        if (OperatingSystem.IsWindows()) return;
        using var client = new SandboxClient(CreateSmall());
        foreach (var mode in new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead })
        {
            File.SetUnixFileMode(FilePath, mode);
            await client.PatchAsync("""{ "state": "disabled" }""");
            Assert.Equal(mode, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public async Task A_file_that_becomes_smaller_has_no_remains()
    {
        using var client = new SandboxClient(CreateSmall());
        await client.PatchAsync("""{ "excludeTargets": [] }""");
        Assert.Equal(client.Tenant.ToJson(), File.ReadAllText(FilePath));
    }

    [Fact]
    public async Task A_symbolic_link_is_read_and_not_replaced()
    {
        // Windows gives the right to make one to administrators only.
        if (OperatingSystem.IsWindows()) return;
        var link = Path.Combine(_folder, "link.json");
        CreateSmall();
        File.CreateSymbolicLink(link, FilePath);
        using var client = new SandboxClient(SandboxTenant.Load(link));
        Assert.Contains("symbolic link", await ExpectNotSavedAsync(client), StringComparison.Ordinal);
        Assert.Equal(FilePath, new FileInfo(link).LinkTarget);
        Assert.Equal(Small, File.ReadAllText(FilePath));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-8", false)]
    public void Files_of_other_editors(string encoding, bool isRead)
    {
        var text = Small;
        File.WriteAllText(FilePath, text, Encoding.GetEncoding(encoding));
        if (!isRead) File.WriteAllText(FilePath, text, Encoding.Latin1);
        if (isRead) Assert.Equal(text, SandboxTenant.Load(FilePath).ToJson());
        else Assert.Equal("SandboxFileInvalid", Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Load(FilePath)).ErrorId);
    }

    [Theory]
    [InlineData("FileNotFound", null)]
    [InlineData("FileEmpty", "")]
    public void Files_that_cannot_be_opened(string errorId, string? content)
    {
        if (content is not null) File.WriteAllText(FilePath, content);
        Assert.Equal(errorId, Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Load(FilePath)).ErrorId);
        Assert.Equal("FileIsFolder", Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Load(_folder)).ErrorId);
        Assert.Equal("SandboxPathInvalid", Assert.Throws<PasskeyAdminException>(() => SandboxTenant.Load(" ")).ErrorId);
    }

    private SandboxTenant CreateSmall()
    {
        File.WriteAllText(FilePath, Small);
        return SandboxTenant.Load(FilePath);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Something happens after a request has read the file and before it saves: when the new profile gets its id.</summary>
    private SandboxClient Vanishing(Action happens) => new(CreateSmall(), () =>
    {
        happens();
        return SandboxClient.NewId;
    });

    private static async Task<string> ExpectNotSavedAsync(SandboxClient client)
    {
        var before = client.Tenant.ToJson();
        var body = await client.WithAsync(b => ((JArray)b["passkeyProfiles"]!).Add(SandboxClient.NewProfile("New")), "passkeyProfiles");
        body["@odata.type"] = SandboxClient.Fido2Type;
        var (status, code, message) = await client.FailAsync("PATCH", SandboxClient.Fido2, body.ToString());
        Assert.Equal((500, "generalException"), (status, code));
        Assert.Contains("could not be saved", message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", message, StringComparison.Ordinal);
        Assert.Equal(before, client.Tenant.ToJson());
        return message;
    }
}
