namespace PasskeyAdmin.Devices;

/// <summary>
/// A 64-bit number for a text, to tell millions of users or devices apart without keeping their names. Two of a million different texts get the
/// same number with a probability below one in ten million.
/// </summary>
internal static class TextHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Upper and lower case count as the same.</summary>
    public static ulong IgnoringCase(string text)
    {
        // FNV-1a over the characters, then the mixing steps of MurmurHash3, so that every bit depends on every character.
        var hash = Offset;
        foreach (var c in text) hash = (hash ^ (c < '\u0080' ? (char)(c is >= 'a' and <= 'z' ? c - 32 : c) : char.ToUpperInvariant(c))) * Prime;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
