using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What is kept of the sign-in log: where people were, and how passkeys were used. An entry itself is kilobytes, of which thousands would be too much to hold.</summary>
/// <param name="since">From when on uses are wanted; where people were counts from before, too.</param>
internal sealed class KeptSignIns(DateTimeOffset since)
{
    private readonly List<AuditDraft> _uses = [];

    public UserPlaces Places { get; } = new();

    public int Count { get; private set; }

    /// <summary>The date of the oldest entry; null where there is none.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>Newest first, and before them those without a date.</summary>
    public IEnumerable<AuditDraft> Uses => _uses.OrderByDescending(u => u.At ?? DateTimeOffset.MaxValue);

    public void Add(JObject signIn)
    {
        Count++;
        Places.Add(signIn);
        var at = GraphDate.Parse(JsonText.Of(signIn, "createdDateTime"));
        if (at < Oldest || Oldest is null) Oldest = at ?? Oldest;
        if (!(at < since) && PasskeyUses.DraftOf(signIn) is { } use) _uses.Add(use);
    }
}
