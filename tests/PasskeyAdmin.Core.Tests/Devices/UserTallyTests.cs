using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class UserTallyTests
{
    [Fact]
    public void A_table_is_a_dictionary_of_bytes() => Gen.Select(Gen.ULong[0, 3000], Gen.Byte[1, 255]).Array[0, 5000].Sample(entries =>
    {
        var (table, expected) = (new UserTable(), new Dictionary<ulong, byte>());
        foreach (var (key, value) in entries)
        {
            Assert.Equal(expected.GetValueOrDefault(key), table.Value(key));
            expected[key] = table.Value(key) = value;
        }
        Assert.Equal(expected.OrderBy(e => e.Key), table.Entries.OrderBy(e => e.Key));
    }, iter: 50);

    [Fact]
    public void Names_differ_only_in_case_or_not_at_all()
    {
        var names = Enumerable.Range(0, 300_000).Select(i => $"user{i}@contoso.com").Concat(Enumerable.Range(0, 100_000).Select(i => $"Zoë {i}")).ToList();
        Assert.Equal(names.Count, names.Select(TextHash.IgnoringCase).Distinct().Count());
        Assert.All(names.Take(1000), name => Assert.Equal(TextHash.IgnoringCase(name), TextHash.IgnoringCase(name.ToUpperInvariant())));
        Assert.Equal(TextHash.IgnoringCase("ZOË"), TextHash.IgnoringCase("zoë"));
    }
}
