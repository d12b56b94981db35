using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public sealed class InventoryTextTests : IDisposable
{
    private const string Text = "Device name,OS\r\nZoë 🔑 会議室,iOS\r\n";

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    public void Every_Unicode_encoding_is_read_with_and_without_a_mark(string name, bool withMark)
    {
        var encoding = Encoding.GetEncoding(name);
        File.WriteAllBytes(_path, [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text)]);
        using var text = InventoryText.Open(_path);
        Assert.Equal(Text, text.Start);
        Assert.Equal(Text, text.CreateReader().ReadToEnd());
        Assert.False(text.HasWindows1252);
        Assert.Equal((new FileInfo(_path).Length, text.Position), (text.Length, text.Position));
    }

    [Fact]
    public void What_is_not_UTF8_is_Windows_1252_byte_for_byte()
    {
        var windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        byte[] undefined = [0x81, 0x8D, 0x8F, 0x90, 0x9D];
        for (var value = 0x80; value <= 0xFF; value++)
        {
            File.WriteAllBytes(_path, [(byte)'a', (byte)value, (byte)'b']);
            using var text = InventoryText.Open(_path);
            Assert.Equal(undefined.Contains((byte)value) ? "a\uFFFDb" : windows1252.GetString([(byte)'a', (byte)value, (byte)'b']), text.CreateReader().ReadToEnd());
            Assert.True(text.HasWindows1252);
        }
    }

    [Fact]
    public void Parts_in_UTF8_stay_so_where_others_are_not()
    {
        var devices = ReadBytes([.. Encoding.UTF8.GetBytes("Device name,OS\nMüller,iOS\n"), .. Encoding.Latin1.GetBytes("Jürgen,iOS\n"), .. Encoding.UTF8.GetBytes("会議室,iOS\n")]);
        Assert.Equal(["Müller", "Jürgen", "会議室"], devices);
    }

    [Fact]
    public void A_text_that_is_read_as_Windows_1252_is_said_so()
    {
        File.WriteAllBytes(_path, Encoding.Latin1.GetBytes("Device name,OS\nJürgen,iOS\n"));
        var wasUsed = false;
        _ = new InventoryReader(new FieldNames(InventoryFormat.Auto), _ => { }).Read(_path, null, file => wasUsed = file.HasWindows1252, default).Count();
        Assert.True(wasUsed);
        File.WriteAllText(_path, "Device name,OS\nJürgen,iOS\n");
        _ = new InventoryReader(new FieldNames(InventoryFormat.Auto), _ => { }).Read(_path, null, file => wasUsed = file.HasWindows1252, default).Count();
        Assert.False(wasUsed);
    }

    [Fact]
    public void Json_may_be_in_any_of_them()
    {
        const string Json = "[{\"deviceName\":\"Zoë\",\"operatingSystem\":\"iOS\"}]";
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1 })
            Assert.Equal(["Zoë"], ReadBytes([.. encoding.GetPreamble(), .. encoding.GetBytes(Json)]));
    }

    /// <summary>On .NET Framework the default encoding is the code page of the machine.</summary>
    [Fact]
    public void Nothing_is_read_in_the_encoding_of_the_machine()
    {
        using var stream = File.OpenRead(typeof(PasskeyAdminException).Assembly.Location);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        var members = Shape.AssemblyReferences.Members(image);
        Assert.DoesNotContain(members, m => m is { Type: "System.Text.Encoding", Member: "get_Default" });
        Assert.DoesNotContain(members, m => m.Type is "System.IO.File" && m.Member.StartsWith("Read", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_bytes_are_devices_faults_or_one_error_of_ours() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Select(Gen.Byte.Array[0, 100], bytes => (byte[])[.. Encoding.UTF8.GetBytes("OS,OS version\n"), .. bytes]), Gen.Select(Gen.Byte.Array[0, 100], bytes => (byte[])[.. "PK\u0003\u0004"u8, .. bytes]), Gen.Select(Gen.Byte.Array[0, 100], bytes => (byte[])[.. "[{\"OS\":\""u8, .. bytes]))
            .Sample(bytes =>
            {
                var path = Path.GetTempFileName();
                try
                {
                    File.WriteAllBytes(path, bytes);
                    _ = Inventories.Read(path, _ => { }).Count();
                }
                catch (PasskeyAdminException e)
                {
                    Assert.NotEmpty(e.ErrorId);
                    Assert.DoesNotContain('\u001b', e.Message);
                }
                finally
                {
                    File.Delete(path);
                }
            }, iter: 2000);

    private List<string?> ReadBytes(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return [.. Inventories.Read(_path, f => Assert.Fail(f.Reason)).Select(d => d.DeviceName)];
    }
}
