using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace PasskeyAdmin.Core.Tests.Devices;

public sealed class InventoryArchiveTests : IDisposable
{
    private const string Csv = "Device name,OS\nZoë,iOS\n";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.zip");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("DevicesWithInventory_1.csv")]
    [InlineData("exports/2026/devices.csv")]
    [InlineData("exports\\devices.csv")]
    public void An_archive_of_one_file_is_that_file(string name)
    {
        Write((name, Csv));
        Assert.Equal("Zoë", Assert.Single(Inventories.Read(_path, f => Assert.Fail(f.Reason))).DeviceName);
    }

    [Fact]
    public void Json_and_UTF16_are_read_from_archives_too()
    {
        Write(("a.json", "[{\"deviceName\":\"Zoë\",\"operatingSystem\":\"iOS\"}]"));
        Assert.Equal("Zoë", Assert.Single(Inventories.Read(_path, f => Assert.Fail(f.Reason))).DeviceName);
        using (var archive = new ZipArchive(File.Create(_path), ZipArchiveMode.Create))
        using (var entry = archive.CreateEntry("a.csv").Open())
            entry.Write(Encoding.Unicode.GetBytes(Csv));
        Assert.Equal("Zoë", Assert.Single(Inventories.Read(_path, f => Assert.Fail(f.Reason))).DeviceName);
    }

    [Fact]
    public void What_macOS_adds_and_folders_are_no_files()
    {
        Write(("exports/", ""), ("exports/devices.csv", Csv), ("__MACOSX/exports/._devices.csv", "\0\u0005\u0016\u0007"));
        Assert.Single(Inventories.Read(_path, f => Assert.Fail(f.Reason)));
    }

    [Theory]
    [InlineData("holds 2 files", "a.csv", "b.csv")]
    [InlineData("holds 0 files")]
    [InlineData("Excel workbook", "[Content_Types].xml", "xl/workbook.xml")]
    [InlineData("points outside", "../devices.csv")]
    [InlineData("points outside", "a/../../devices.csv")]
    [InlineData("points outside", "..\\devices.csv")]
    [InlineData("points outside", "/etc/devices.csv")]
    [InlineData("points outside", "C:\\devices.csv")]
    public void Other_archives_are_refused_with_the_reason(string reason, params string[] names)
    {
        Write([.. names.Select(n => (n, Csv))]);
        var error = Assert.Throws<PasskeyAdminException>(() => Inventories.Read(_path, _ => { }).ToList());
        Assert.Equal("ArchiveRefused", error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        Write(("devices.csv", Csv + new string('a', 4_000_000)));
        var error = Assert.Throws<PasskeyAdminException>(() => Inventories.Read(_path, _ => { }).ToList());
        Assert.Equal("ArchiveRefused", error.ErrorId);
        Assert.Contains("200 times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_by_what_the_archive_says_of_it()
    {
        Write(("devices.csv", Csv));
        Patch(entry => BitConverter.GetBytes(0xFFFFFFF0u).CopyTo(entry[24..]));
        Assert.Equal("ArchiveRefused", Assert.Throws<PasskeyAdminException>(() => Inventories.Read(_path, _ => { }).ToList()).ErrorId);
    }

    [Fact]
    public void A_file_that_is_shorter_than_the_archive_says_is_damaged()
    {
        Write(("devices.csv", Csv));
        Patch(entry => BitConverter.GetBytes(BitConverter.ToUInt32(entry[24..28]) + 1).CopyTo(entry[24..]));
        Assert.Equal("ArchiveDamaged", Assert.Throws<PasskeyAdminException>(() => Inventories.Read(_path, _ => { }).ToList()).ErrorId);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_file_that_has_not_the_checksum_that_the_archive_says_is_damaged(CompressionLevel level)
    {
        var text = Csv + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"d{i},iOS\n"));
        using (var archive = new ZipArchive(File.Create(_path), ZipArchiveMode.Create))
        using (var entry = archive.CreateEntry("a.csv", level).Open())
            entry.Write(Encoding.UTF8.GetBytes(text));
        Assert.Equal(10_001, Inventories.Read(_path, f => Assert.Fail(f.Reason)).Count());
        Patch(entry => entry[16] ^= 1);
        var read = 0;
        var error = Assert.Throws<PasskeyAdminException>(() => { foreach (var _ in Inventories.Read(_path, f => Assert.Fail(f.Reason))) read++; });
        Assert.Equal(("ArchiveDamaged", 10_001), (error.ErrorId, read));
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_archive_is_one_error_wherever_the_damage_is()
    {
        var random = new Random(3);
        Write(("devices.csv", Csv + string.Concat(Enumerable.Range(0, 500).Select(i => $"d{random.Next()},iOS\n"))));
        var whole = File.ReadAllBytes(_path);
        for (var i = 0; i < 400; i++)
        {
            var bytes = whole.ToArray();
            if (i % 2 == 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 + random.Next(255));
            else Array.Resize(ref bytes, random.Next(bytes.Length));
            File.WriteAllBytes(_path, bytes);
            if (Record.Exception(() => Inventories.Read(_path, _ => { }).Count()) is { } error) Assert.IsType<PasskeyAdminException>(error);
        }
    }

    [Fact]
    public void The_file_is_closed_also_where_it_is_refused()
    {
        Write(("a.csv", Csv), ("b.csv", Csv));
        Assert.Throws<PasskeyAdminException>(() => Inventories.Read(_path, _ => { }).ToList());
        using var alone = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private void Write(params (string Name, string Content)[] files)
    {
        using var archive = new ZipArchive(File.Create(_path), ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    /// <summary>Changes what the directory of the archive says of its only file.</summary>
    private void Patch(Action<Span<byte>> change)
    {
        var bytes = File.ReadAllBytes(_path);
        change(bytes.AsSpan(bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8)));
        File.WriteAllBytes(_path, bytes);
    }
}
