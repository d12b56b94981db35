using System;
using System.Collections.Generic;
using System.Globalization;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Numbers that look random and are the same on every machine and in every version of .NET (xorshift32).</summary>
internal sealed class Dice(uint seed)
{
    private uint _state = seed;

    /// <summary>Dice for one thing of a kind: what is added elsewhere does not change it.</summary>
    public static Dice For(DiceKind kind, int index)
    {
        var seed = unchecked(((uint)index + 1) * 2654435761u ^ ((uint)kind + 1) * 2246822519u);
        var dice = new Dice(seed is 0 ? 1 : seed);
        // Seeds that lie near each other begin alike.
        for (var i = 0; i < 8; i++) dice.Next(2);
        return dice;
    }

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }

    /// <summary>A time from a first one to before a last one, by the second.</summary>
    public DateTime Between(DateTime from, DateTime to) => to <= from ? from : from.AddSeconds(Next((int)(to - from).TotalSeconds));

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
