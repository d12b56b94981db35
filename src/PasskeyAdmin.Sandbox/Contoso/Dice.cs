using System.Collections.Generic;
using System.Globalization;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Numbers that look random and are the same on every machine and in every version of .NET (xorshift32).</summary>
internal sealed class Dice(uint seed)
{
    private uint _state = seed;

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }

    public bool Percent(int share) => Next(100) < share;

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    /// <summary>Picks by weight.</summary>
    public T Pick<T>(IReadOnlyList<(int Weight, T Value)> from)
    {
        var total = 0;
        foreach (var (weight, _) in from) total += weight;
        var roll = Next(total);
        foreach (var (weight, value) in from)
            if ((roll -= weight) < 0) return value;
        return from[from.Count - 1].Value;
    }

    public string Digits(int count) => Text(count, "0123456789");

    public string Hex(int count) => Text(count, "0123456789abcdef");

    public string Guid() => string.Format(CultureInfo.InvariantCulture, "{0}-{1}-4{2}-a{3}-{4}", Hex(8), Hex(4), Hex(3), Hex(3), Hex(12));

    public string Text(int count, string alphabet)
    {
        var text = new char[count];
        for (var i = 0; i < count; i++) text[i] = alphabet[Next(alphabet.Length)];
        return new string(text);
    }
}
