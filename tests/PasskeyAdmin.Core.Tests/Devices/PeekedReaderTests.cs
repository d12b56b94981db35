using System;
using System.IO;
using System.Linq;
using CsCheck;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class PeekedReaderTests
{
    [Fact]
    public void Nothing_is_lost_by_a_look_at_the_beginning() => Gen.Select(Gen.Char["ab\r\n \t"].Array[0, 40], Gen.Int[0, 3]).Sample((characters, looks) =>
    {
        var text = new string(characters);
        using var reader = new PeekedReader(new StringReader(text), "x");
        for (var i = 0; i < looks; i++) _ = (reader.PeekMark(), reader.PeekLine());
        Assert.Equal(text, reader.ReadToEnd());
    });

    [Fact]
    public void Lines_are_those_of_the_framework() => Gen.Char["ab\r\n"].Array[0, 40].Sample(characters =>
    {
        var text = string.Concat(Enumerable.Repeat(new string(characters), 4));
        using var reader = new PeekedReader(new StringReader(text), "x");
        using var expected = new StringReader(text);
        _ = reader.PeekLine();
        while (expected.ReadLine() is { } line) Assert.Equal(line, reader.ReadLine());
        Assert.Null(reader.ReadLine());
    });

    [Fact]
    public void A_file_that_breaks_off_is_our_own_error()
    {
        using var reader = new PeekedReader(new BreakingReader(), "x.csv");
        Assert.Equal('a', reader.PeekMark());
        var error = Assert.Throws<PasskeyAdminException>(reader.ReadToEnd);
        Assert.Equal(("FileReadFailed", ErrorKind.Unavailable), (error.ErrorId, error.Kind));
        Assert.StartsWith("x.csv cannot be read on: gone", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Gives as much as is peeked at, then fails like a share that went away.</summary>
    private sealed class BreakingReader : TextReader
    {
        private int _given;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_given >= 1 << 16) throw new IOException("gone");
            Array.Fill(buffer, 'a', index, count);
            _given += count;
            return count;
        }
    }
}
