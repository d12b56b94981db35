using System;
using System.IO;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>What was read survives an interruption, a broken line and another command, and nothing else does.</summary>
public sealed class ReadCheckpointTests : IDisposable
{
    private const string Tenant = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);
    private static readonly string One = UsersFixture.IdOf("one");
    private static readonly string Two = UsersFixture.IdOf("two");

    private readonly string _folder = Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_read_is_there_again()
    {
        using (var first = Open())
        {
            first.AddPage([new ReportedUser(One, ReportedMethods.SyncedPasskey) { UserPrincipalName = "one@contoso.com", DisplayName = "One \"1\"\n", IsAdministrator = true, IsGuest = false }, new ReportedUser(Two, ReportedMethods.None)], new ReportPage(Now, Now.AddHours(-1), Now), RegistrationReport.Path + "?$skiptoken=2");
            first.AddUser(One, [UsersFixture.Passkey("synced")], isAll: false, isBeta: true, Now);
            first.AddUser(Two, [UsersFixture.Hello()], isAll: true, isBeta: false, Now.AddMinutes(1));
            Assert.Single(first.Find(One, needsAll: false)!.Passkeys);
        }
        using var again = Open(Now.AddHours(1));
        var page = Assert.Single(again.Pages());
        Assert.Equal(("one@contoso.com", "One \"1\"\n", true, false, ReportedMethods.SyncedPasskey), (page.Users[0].UserPrincipalName, page.Users[0].DisplayName, page.Users[0].IsAdministrator, page.Users[0].IsGuest, page.Users[0].Methods));
        Assert.Null(page.Users[1].UserPrincipalName);
        Assert.Equal((Now, RegistrationReport.Path + "?$skiptoken=2", Now, null), (page.Dates.AsOf, again.NextPage, again.Oldest, again.StartedAnewBecause));
        Assert.Equal((true, Now), (again.Find(One, needsAll: false)!.HasLastUse, again.Find(One, needsAll: false)!.ReadAt));
        Assert.Null(again.Find(One, needsAll: true));
        Assert.Equal(ReportedMethods.WindowsHelloForBusiness, again.Find(Two, needsAll: true)!.Others);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public void A_last_line_that_breaks_off_is_read_again_and_no_other(int cut)
    {
        using (var first = Open())
        {
            first.AddUser(One, [], isAll: false, isBeta: true, Now);
            first.AddUser(Two, [], isAll: false, isBeta: true, Now);
        }
        using (var file = new FileStream(Path, FileMode.Open)) file.SetLength(file.Length - cut);
        using (var again = Open())
        {
            Assert.Equal((true, false), (again.Has(One, false), again.Has(Two, false)));
            again.AddUser(Two, [], isAll: false, isBeta: true, Now);
        }
        using var third = Open();
        Assert.Equal((true, true), (third.Has(One, false), third.Has(Two, false)));
    }

    [Fact]
    public void A_run_that_ended_with_its_first_line_begins_anew()
    {
        Open().Dispose();
        var header = File.ReadAllText(Path);
        for (var length = 1; length < header.Length; length++)
        {
            File.WriteAllText(Path, header[..length]);
            Open().Dispose();
            Assert.Equal(header, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void After_a_day_it_begins_anew_and_says_so()
    {
        using (var first = Open()) first.AddUser(One, [], isAll: false, isBeta: true, Now);
        using (var soon = Open(Now.AddHours(24))) Assert.True(soon.Has(One, false));
        using var late = Open(Now.AddHours(24).AddSeconds(1));
        Assert.False(late.Has(One, false));
        Assert.Contains("more than 24 hours ago", late.StartedAnewBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_run_the_last_entry_counts()
    {
        using (var first = Open())
        {
            first.AddUser(One, [], isAll: false, isBeta: true, Now);
            first.AddUser(Two, [], isAll: false, isBeta: true, Now.AddHours(60));
        }
        using var again = Open(Now.AddHours(61));
        Assert.True(again.Has(One, false));
        Assert.Equal(Now, again.Oldest);
    }

    [Theory]
    [InlineData("device,name\n1,2\n")]
    [InlineData("{\"a\":1}\n")]
    [InlineData("{\"format\":\"PasskeyAdmin.Checkpoint\",\"version\":3,\"tenant\":\"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83\"}\n")]
    [InlineData("x")]
    public void A_file_of_somebody_else_is_refused_and_stays(string content)
    {
        File.WriteAllText(Path, content);
        Assert.Equal("CheckpointInvalid", Assert.Throws<PasskeyAdminException>(() => Open()).ErrorId);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void A_checkpoint_of_another_tenant_is_refused()
    {
        using (var first = Open()) first.AddUser(One, [], isAll: false, isBeta: true, Now);
        var before = File.ReadAllText(Path);
        Assert.Equal("CheckpointOfOtherTenant", Assert.Throws<PasskeyAdminException>(() => ReadCheckpoint.Open(Path, Guid.NewGuid().ToString(), Now)).ErrorId);
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Theory]
    [InlineData("//elsewhere.example/x")]
    [InlineData("https://elsewhere.example/v1.0/x")]
    [InlineData("/v1.0/users")]
    public void A_link_that_leads_elsewhere_is_damage(string next)
    {
        using (var first = Open())
        {
            first.AddUser(One, [], isAll: false, isBeta: true, Now);
            first.AddPage([], new ReportPage(Now, Now, Now), next);
        }
        using var again = Open();
        Assert.Equal((true, false, null), (again.Has(One, false), again.HasPages, again.NextPage));
    }

    [Fact]
    public void Pages_that_were_forgotten_stay_forgotten_and_old_entries_are_left_when_told()
    {
        using (var first = Open())
        {
            first.AddPage([], new ReportPage(Now, Now, Now), null);
            first.ForgetPages();
            first.AddUser(One, [], isAll: false, isBeta: true, Now);
            first.AddUser(Two, [], isAll: false, isBeta: true, Now.AddHours(2));
        }
        using var again = Open(Now.AddHours(2));
        Assert.False(again.HasPages);
        Assert.False(again.Has(One, false, Now.AddMinutes(-10)));
        Assert.True(again.Has(One, false, Now.AddMinutes(-16)));
        again.ForgetBefore(Now.AddHours(1));
        Assert.Equal((false, true, Now.AddHours(2)), (again.Has(One, false), again.Has(Two, false), again.Oldest));
    }

    [Theory]
    [InlineData(14, true)]
    [InlineData(16, false)]
    public void What_is_dated_later_than_clocks_differ_is_left(int minutes, bool isTaken)
    {
        using (var first = Open()) first.AddUser(One, [], isAll: false, isBeta: true, Now.AddMinutes(minutes));
        using var again = Open();
        Assert.Equal((isTaken, isTaken), (again.Has(One, false), again.StartedAnewBecause is null));
    }

    [Fact]
    public void A_device_is_no_checkpoint()
    {
        if (!File.Exists("/dev/null")) return;
        Assert.Equal("CheckpointNotWritable", Assert.Throws<PasskeyAdminException>(() => ReadCheckpoint.Open("/dev/null", "t", Now)).ErrorId);
    }

    [Fact]
    public void Two_runs_do_not_share_one()
    {
        using var first = Open();
        Assert.Equal("CheckpointNotWritable", Assert.Throws<PasskeyAdminException>(() => Open()).ErrorId);
    }

    [Fact]
    public void A_folder_and_a_place_that_is_not_there_are_errors()
    {
        Assert.Equal("CheckpointInvalid", Assert.Throws<PasskeyAdminException>(() => ReadCheckpoint.Open(_folder, Tenant, Now)).ErrorId);
        Assert.Equal("CheckpointNotWritable", Assert.Throws<PasskeyAdminException>(() => ReadCheckpoint.Open(System.IO.Path.Combine(_folder, "no", "file"), Tenant, Now)).ErrorId);
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows()) return;
        Open().Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Open().Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void Phones_addresses_certificates_and_keys_are_not_kept()
    {
        var passkey = UsersFixture.Passkey("synced");
        (passkey["attestationCertificates"], passkey["publicKeyCredential"]) = (new JArray("CERT"), "KEY");
        var methods = new JArray(passkey, UsersFixture.Hello(), new JObject { ["@odata.type"] = "#microsoft.graph.phoneAuthenticationMethod", ["phoneNumber"] = "+1 555" }, new JObject { ["@odata.type"] = "#microsoft.graph.emailAuthenticationMethod", ["emailAddress"] = "a@b" });
        string kept;
        using (var checkpoint = Open()) checkpoint.AddUser(One, methods.OfType<JObject>(), isAll: true, isBeta: true, Now);
        kept = File.ReadAllText(Path);
        Assert.DoesNotContain("CERT", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("KEY", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("555", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("a@b", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("LT-1", kept, StringComparison.Ordinal);
        using var again = Open();
        var read = again.Find(One, needsAll: true)!;
        Assert.Equal((1, ReportedMethods.WindowsHelloForBusiness), (read.Passkeys.Count, read.Others));
    }

    private ReadCheckpoint Open(DateTimeOffset? now = null) => ReadCheckpoint.Open(Path, Tenant, now ?? Now);
}
