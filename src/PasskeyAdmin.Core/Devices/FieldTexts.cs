using System.Runtime.CompilerServices;
using System.Text;

namespace PasskeyAdmin.Devices;

/// <summary>Makes the texts of fields from the bytes of a file: clean, see <see cref="DeviceFields.Clean"/>, and null where nothing is left.</summary>
internal sealed class FieldTexts(Encoding encoding)
{
    /// <summary>Slots of the memory. One forgets its text when another needs the place: no file can make it grow.</summary>
    private const int SlotBits = 14;
    private const int Longest = 256;

    private readonly byte[]?[] _raw = new byte[]?[1 << SlotBits];
    private readonly string?[] _known = new string?[1 << SlotBits];
    private readonly char[] _characters = new char[Longest];

    /// <summary>The same string for the same bytes: the few manufacturers, versions and models of a fleet are made once and not once a row.</summary>
    [MethodImpl(Tiering.None)]
    public string? Remembered(byte[] bytes, int start, int length)
    {
        if (length is 0 or > Longest) return New(bytes, start, length);
        var hash = (uint)length;
        for (var i = start; i < start + length; i++) hash = ((hash << 5) | (hash >> 27)) ^ bytes[i];
        var slot = (int)((hash * 0x9E3779B1) >> (32 - SlotBits));
        if (!IsSame(_raw[slot], bytes, start, length))
        {
            var raw = new byte[length];
            System.Buffer.BlockCopy(bytes, start, raw, 0, length);
            _raw[slot] = raw;
            _known[slot] = New(bytes, start, length);
        }
        return _known[slot];
    }

    /// <summary>A string for a text that will hardly come again, such as a name or an id.</summary>
    [MethodImpl(Tiering.None)]
    public string? New(byte[] bytes, int start, int length)
    {
        if (length == 0) return null;
        if (length <= Longest && bytes[start] != ' ' && bytes[start + length - 1] != ' ')
        {
            // Nearly every text is plain ASCII, and there is nothing to clean in it.
            var i = 0;
            for (; i < length; i++)
            {
                var b = bytes[start + i];
                if (b is < (byte)' ' or > (byte)'~') break;
                _characters[i] = (char)b;
            }
            if (i == length) return new string(_characters, 0, length);
        }
        return DeviceFields.Clean(encoding.GetString(bytes, start, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSame(byte[]? known, byte[] bytes, int start, int length)
    {
        if (known is null || known.Length != length) return false;
        for (var i = 0; i < length; i++)
            if (known[i] != bytes[start + i]) return false;
        return true;
    }
}
