using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Providers;

/// <summary>What is read from one file of metadata: each AAGUID once, and what is wrong with the others.</summary>
internal sealed class MetadataContent(string shownName)
{
    /// <summary>Longer names are cut: they only serve to be shown.</summary>
    private const int LongestName = 200;

    /// <summary>Faults that are kept; nobody reads more.</summary>
    private const int MostFaults = 1000;

    /// <summary>A hundred times what the service has.</summary>
    private const int MostEntries = 100_000;

    private readonly List<AuthenticatorFacts> _facts = [];
    private readonly List<ProviderMetadataFault> _faults = [];
    private readonly HashSet<Guid> _seen = [];

    public string ShownName => shownName;

    public IReadOnlyList<AuthenticatorFacts> Facts => _facts;

    /// <summary>The first of them.</summary>
    public IReadOnlyList<ProviderMetadataFault> Faults => _faults;

    public int FaultCount { get; private set; }

    /// <summary>Entries about authenticators of other kinds (U2F, UAF), which have no AAGUID.</summary>
    public int Skipped { get; private set; }

    public long? Number { get; set; }

    public DateTimeOffset? NextUpdate { get; set; }

    public void Skip() => Skipped++;

    public void Fault(string place, string reason)
    {
        if (FaultCount++ < MostFaults) _faults.Add(new ProviderMetadataFault(place, reason));
    }

    /// <exception cref="PasskeyAdminException"><c>ProviderMetadataTooLarge</c>.</exception>
    public void Add(AuthenticatorFacts facts, string place)
    {
        if (_seen.Add(facts.AaGuid)) _facts.Add(_facts.Count < MostEntries ? facts : throw TooLarge($"more than {MostEntries:N0} AAGUIDs"));
        else Fault(place, $"the AAGUID {facts.AaGuid} stands there for the second time");
    }

    /// <summary>An entry of a list.</summary>
    public void Add(string? aaGuid, string? name, string place)
    {
        if (aaGuid is null || !Guid.TryParse(aaGuid.Trim(), out var id)) Fault(place, aaGuid is null ? "it has no AAGUID" : $"'{DisplayText.Excerpt(aaGuid, 50)}' is no AAGUID");
        else if (string.IsNullOrWhiteSpace(name)) Fault(place, $"the AAGUID {id} has no name");
        else Add(new AuthenticatorFacts(id) { Name = Shown(name!) }, place);
    }

    /// <summary>A line of a list of AAGUIDs alone.</summary>
    public void AddNameless(string aaGuid, string place)
    {
        if (Guid.TryParse(aaGuid.Trim().Trim('"'), out var id)) Add(new AuthenticatorFacts(id), place);
        else Fault(place, $"'{DisplayText.Excerpt(aaGuid.Trim(), 50)}' is no AAGUID");
    }

    /// <summary>A name, safe to show.</summary>
    public static string Shown(string name) => DisplayText.Excerpt(name.Trim(), LongestName);

    /// <summary>The error for a file that is no such file, going by its size.</summary>
    public PasskeyAdminException TooLarge(string what) =>
        new(ErrorKind.InvalidData, "ProviderMetadataTooLarge", $"{shownName} has {what}, many times what a FIDO metadata blob has. Name the file of the blob, or a list of AAGUIDs. Nothing of it was imported.");

    /// <summary>The error for a file that cannot be understood.</summary>
    public PasskeyAdminException Invalid(string reason, Exception? cause = null) =>
        new(ErrorKind.InvalidData, "ProviderMetadataInvalid",
            $"{shownName} is neither a FIDO metadata blob nor a list of AAGUIDs: {reason}. Download it again, or name another file. Nothing of it was imported.", cause);
}
