using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

/// <summary>Everybody who was met, and which of the sources could be read.</summary>
internal sealed class RulePeople
{
    private readonly Dictionary<Guid, RulePerson> _byId = [];

    public IReadOnlyCollection<RulePerson> All => _byId.Values;

    /// <summary>Those who can sign in, or may.</summary>
    public IEnumerable<RulePerson> Enabled => _byId.Values.Where(p => p.IsEnabled != false);

    /// <summary>How many accounts the directory has; not read where it could not be listed.</summary>
    public Reading<int> Users { get; set; } = Reading<int>.NotRead("The users were not read.");

    /// <summary>As of when the registration report is whole.</summary>
    public Reading<DateTimeOffset> Report { get; set; } = Reading<DateTimeOffset>.NotRead("The registration report was not read.");

    /// <summary>How many users could not be asked for their passkeys.</summary>
    public Reading<int> Passkeys { get; set; } = Reading<int>.NotRead("Registered passkeys were not read.");

    /// <summary>Why some users could not be asked; null where all could.</summary>
    public string? WhyUnasked { get; set; }

    /// <summary>Why it is not, or not wholly, known what was registered and removed since the report, in sentences; empty where it is.</summary>
    public List<string> Gaps { get; } = [];

    /// <summary>How many events of the audit log are about nobody whom the directory or the report has: of them it is not known whom they concern.</summary>
    public int UnassignedEvents { get; set; }

    /// <summary>Why the registration report is missing: the tenant has none.</summary>
    public bool HasNoPremiumLicence { get; set; }

    public RulePerson? Find(Guid id) => _byId.TryGetValue(id, out var person) ? person : null;

    /// <summary>Somebody who may have been met before.</summary>
    public RulePerson Meet(Guid id)
    {
        if (!_byId.TryGetValue(id, out var person)) _byId.Add(id, person = new RulePerson(id));
        return person;
    }

    /// <summary>Somebody who is no more.</summary>
    public void Forget(Guid id) => _byId.Remove(id);
}
