using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>What somebody registered or removed since the report was made.</summary>
internal sealed class RecentMethods
{
    private readonly List<PasskeyTraits> _passkeys = [];

    /// <summary>Passkeys that came.</summary>
    public IReadOnlyList<PasskeyTraits> Passkeys => _passkeys;

    /// <summary>Other methods that came.</summary>
    public ReportedMethods Others { get; private set; }

    /// <summary>Whether something went, so that what the report says may be no more.</summary>
    public bool HasRemoval { get; private set; }

    /// <summary>When the newest of it was: what was read before that is out of date.</summary>
    public DateTimeOffset? Newest { get; private set; }

    public void Add(PasskeyTraits passkey) => _passkeys.Add(passkey);

    public void Add(ReportedMethods others) => Others |= others;

    public void SetRemoval() => HasRemoval = true;

    public void SetDate(DateTimeOffset? date)
    {
        if (Newest is null || date > Newest) Newest = date;
    }

    /// <summary>These and others of the same user.</summary>
    public RecentMethods With(RecentMethods others)
    {
        var all = new RecentMethods { Others = Others | others.Others, HasRemoval = HasRemoval || others.HasRemoval, Newest = new[] { Newest, others.Newest }.Max() };
        all._passkeys.AddRange(_passkeys);
        all._passkeys.AddRange(others._passkeys);
        return all;
    }
}
