using System.Collections.Generic;

namespace PasskeyAdmin.Devices;

/// <summary>
/// One byte for each of millions of users, found by the number of the name (<see cref="TextHash"/>): 9 bytes a place, at most three quarters of
/// them taken, so 12 to 24 bytes a user. (A dictionary of names takes ten times as much and half of the time of a whole summary.)
/// </summary>
internal sealed class UserTable
{
    private ulong[] _keys = new ulong[1 << 10];
    private byte[] _values = new byte[1 << 10];
    private int _taken;

    /// <summary>All values that were set.</summary>
    public IEnumerable<KeyValuePair<ulong, byte>> Entries
    {
        get
        {
            for (var i = 0; i < _values.Length; i++)
                if (_values[i] != 0) yield return new(_keys[i], _values[i]);
        }
    }

    /// <summary>The place for the value of a user, 0 for a new one. It must be set to something else before the next call.</summary>
    public ref byte Value(ulong key)
    {
        if (_taken >= _keys.Length / 4 * 3) Grow();
        ref var value = ref _values[Find(key)];
        if (value == 0) _taken++;
        return ref value;
    }

    private int Find(ulong key)
    {
        var mask = _keys.Length - 1;
        var i = (int)(key & (ulong)mask);
        while (_values[i] != 0 && _keys[i] != key) i = (i + 1) & mask;
        _keys[i] = key;
        return i;
    }

    private void Grow()
    {
        var (keys, values) = (_keys, _values);
        (_keys, _values) = (new ulong[keys.Length * 2], new byte[keys.Length * 2]);
        for (var i = 0; i < keys.Length; i++)
            if (values[i] != 0) _values[Find(keys[i])] = values[i];
    }
}
