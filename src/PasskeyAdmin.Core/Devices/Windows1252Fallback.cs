using System.Text;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Reads bytes that are not UTF-8 as Windows-1252, each for itself: so a file in that code page is read whole, and so is a join of one in UTF-8
/// with one in Windows-1252. (The code page is not there by default on .NET, and a package for it would be one more assembly.)
/// </summary>
internal sealed class Windows1252Fallback : DecoderFallback
{
    /// <summary>0x80 to 0x9F; every other byte is the character of the same number. Five bytes mean nothing.</summary>
    private const string Upper = "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD"
        + "\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178";

    /// <summary>Whether there were such bytes.</summary>
    public bool WasUsed { get; private set; }

    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private sealed class Buffer(Windows1252Fallback owner) : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.WasUsed = true;
            _bytes = (byte[])bytesUnknown.Clone();
            _next = 0;
            return _bytes.Length > 0;
        }

        public override char GetNextChar()
        {
            if (Remaining == 0) return '\0';
            var value = _bytes[_next++];
            return value is >= 0x80 and < 0xA0 ? Upper[value - 0x80] : (char)value;
        }

        public override bool MovePrevious()
        {
            if (_next == 0) return false;
            _next--;
            return true;
        }
    }
}
