namespace PasskeyAdmin.Providers;

/// <summary>Steps through values in DER, as far as a certificate needs it. Nothing is believed: what does not fit ends the reading.</summary>
internal sealed class DerReader(byte[] data, int start, int end)
{
    public const int Sequence = 0x30;

    private int _next = start;

    public DerReader(byte[] data)
        : this(data, 0, data.Length)
    {
    }

    public int Tag { get; private set; }

    /// <summary>Where the content of the value begins.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    public DerReader Content => new(data, Start, Start + Length);

    /// <summary>Goes to the next value; false at the end, and where there is none.</summary>
    public bool Read()
    {
        if (_next + 2 > end) return false;
        Tag = data[_next];
        long length = data[_next + 1];
        Start = _next + 2;
        if (length >= 0x80)
        {
            var octets = (int)length - 0x80;
            if (octets is < 1 or > 4 || Start + octets > end) return false;
            length = 0;
            for (var i = 0; i < octets; i++) length = (length << 8) | data[Start++];
        }
        if (length > end - Start) return false;
        Length = (int)length;
        _next = Start + Length;
        return true;
    }
}
