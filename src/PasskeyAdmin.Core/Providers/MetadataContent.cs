using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Providers;

/// <summary>What is read from one file of metadata: each AAGUID once, and what is wrong with the others.</summary>
internal sealed class MetadataContent(string shownName)
{
    /// <summary>Longer names are cut: they only serve to be shown.</summary>
    private const int LongestName = 200;

    private readonly List<AuthenticatorFacts> _facts = [];
    private readonly List<ProviderMetadataFault> _faults = [];
    private readonly HashSet<Guid> _seen = [];

    public string ShownName => shownName;

    public IReadOnlyList<AuthenticatorFacts> Facts => _facts;

    public IReadOnlyList<ProviderMetadataFault> Faults => _faults;

    /// <summary>Entries about authenticators of other kinds (U2F, UAF), which have no AAGUID.</summary>
    public int Skipped { get; private set; }

    public long? Number { get; set; }

    public DateTimeOffset? NextUpdate { get; set; }

    public void Skip() => Skipped++;

    public void Fault(string place, string reason) => _faults.Add(new ProviderMetadataFault(place, reason));

    public void Add(AuthenticatorFacts facts, string place)
    {
        if (_seen.Add(facts.AaGuid)) _facts.Add(facts);
        else Fault(place, $"the AAGUID {facts.AaGuid} stands there for the second time");
    }

    /// <summary>An entry of a list.</summary>
    public void Add(string? aaGuid, string? name, string place)
    {
        if (aaGuid is null || !Guid.TryParse(aaGuid.Trim(), out var id)) Fault(place, aaGuid is null ? "it has no AAGUID" : $"'{DisplayText.Excerpt(aaGuid, 50)}' is no AAGUID");
        else if (string.IsNullOrWhiteSpace(name)) Fault(place, $"the AAGUID {id} has no name");
        else Add(new AuthenticatorFacts(id) { Name = Shown(name!) }, place);
    }

    /// <summary>A name, safe to show.</summary>
    public static string Shown(string name) => DisplayText.Excerpt(name.Trim(), LongestName);

    /// <summary>The error for a file that cannot be understood.</summary>
    public PasskeyAdminException Invalid(string reason, Exception? cause = null) =>
        new(ErrorKind.InvalidData, "ProviderMetadataInvalid",
            $"{shownName} is neither a FIDO metadata blob nor a list of AAGUIDs: {reason}. Download it again, or name another file. Nothing of it was imported.", cause);
}
