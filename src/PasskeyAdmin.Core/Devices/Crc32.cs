namespace PasskeyAdmin.Devices;

/// <summary>
/// The checksum of zip archives (ITU-T V.42). .NET keeps what an archive says it must be, and does not look whether it is; its own package for the
/// calculation would bring assemblies that Windows PowerShell has in other versions.
/// </summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Lanes = 8;

    /// <summary>What a byte does to the checksum when it is followed by as many others as the number of its row.</summary>
    private static readonly uint[][] Tables = CreateTables();

    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    /// <summary>Eight bytes at a time, as half a gigabyte passes here.</summary>
    public void Add(byte[] bytes, int start, int count)
    {
        var (state, i, end) = (_state, start, start + count);
        for (; end - i >= Lanes; i += Lanes)
        {
            state ^= (uint)(bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
            state = Tables[7][state & 0xFF] ^ Tables[6][(state >> 8) & 0xFF] ^ Tables[5][(state >> 16) & 0xFF] ^ Tables[4][state >> 24]
                ^ Tables[3][bytes[i + 4]] ^ Tables[2][bytes[i + 5]] ^ Tables[1][bytes[i + 6]] ^ Tables[0][bytes[i + 7]];
        }
        for (; i < end; i++) state = Tables[0][(state ^ bytes[i]) & 0xFF] ^ (state >> 8);
        _state = state;
    }

    private static uint[][] CreateTables()
    {
        var tables = new uint[Lanes][];
        for (var lane = 0; lane < Lanes; lane++)
        {
            tables[lane] = new uint[256];
            for (var value = 0u; value < 256; value++)
            {
                var before = lane == 0 ? value : tables[lane - 1][value];
                tables[lane][value] = lane == 0 ? OfByte(before) : tables[0][before & 0xFF] ^ (before >> 8);
            }
        }
        return tables;
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        return value;
    }
}
