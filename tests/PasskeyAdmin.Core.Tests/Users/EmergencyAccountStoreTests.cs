using System;
using System.IO;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

public sealed class EmergencyAccountStoreTests : IDisposable
{
    private const string Tenant = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83";

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("passkeyadmin-tests-").FullName, "home");

    private EmergencyAccountStore Store => new(_folder);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void They_are_kept_by_tenant_replaced_and_forgotten()
    {
        Assert.Empty(Store.Read(Tenant));
        Store.Write(Tenant, []);
        Store.Write(Tenant, ["a@contoso.com", "b@contoso.com"]);
        Assert.Equal(["a@contoso.com", "b@contoso.com"], Store.Read(Tenant.ToUpperInvariant()));
        Assert.Empty(Store.Read(Guid.NewGuid().ToString()));
        Store.Write(Tenant, ["c@contoso.com"]);
        Assert.Equal(["c@contoso.com"], Store.Read(Tenant));
        Store.Write(Tenant, []);
        Assert.Empty(Store.Read(Tenant));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Only_their_owner_may_read_them()
    {
        if (OperatingSystem.IsWindows()) return;
        Store.Write(Tenant, ["a@contoso.com"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"format":"PasskeyAdmin.EmergencyAccounts","tenant":"00000000-0000-0000-0000-000000000001","accounts":["a"]}""")]
    [InlineData("""{"format":"PasskeyAdmin.EmergencyAccounts","tenant":"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83","accounts":[1]}""")]
    [InlineData("""{"format":"other","tenant":"6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83","accounts":["a"]}""")]
    public void A_damaged_file_is_said_and_not_taken_for_none(string content)
    {
        Store.Write(Tenant, ["a@contoso.com"]);
        File.WriteAllText(Assert.Single(Directory.GetFiles(_folder)), content);
        Assert.Equal("EmergencyAccountsUnreadable", Assert.Throws<PasskeyAdminException>(() => Store.Read(Tenant)).ErrorId);
    }

    [Fact]
    public void Where_they_cannot_be_kept_it_is_said()
    {
        File.WriteAllText(_folder, "a file where the folder should be");
        Assert.Equal("EmergencyAccountsNotKept", Assert.Throws<PasskeyAdminException>(() => Store.Write(Tenant, ["a"])).ErrorId);
    }
}
