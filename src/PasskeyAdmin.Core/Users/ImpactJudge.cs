using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>Judges what a change of policy does to people, from what is known of them. Pure but for what it remembers.</summary>
/// <param name="people">As they were read.</param>
internal sealed class ImpactJudge(PolicyChange change, ImpactPeople people, ProviderCatalog catalog)
{
    private readonly bool _isLogRead = people.IsLogRead;
    private readonly IReadOnlyList<(ReportedMethods Word, PasskeyTraits Traits)> _words = ReportWords.Passkeys(catalog);
    private readonly Dictionary<(int Number, ReportedMethods Word), PasskeyOutcome> _outcomes = [];
    private readonly Dictionary<(int Number, PasskeyTraits Traits), PasskeyOutcome> _read = [];

    /// <summary>Sets the impact, and the reason where it is not known.</summary>
    public void Judge(ImpactPerson person)
    {
        if (!people.Reach.MayAffect(person.Number))
        {
            person.Impact = PasskeyImpact.Unaffected;
            return;
        }
        var passkeys = PasskeysOf(person);
        if (passkeys is null)
        {
            (person.Impact, person.Reason) = (PasskeyImpact.Unknown, person.Hindrance ?? "The registration report does not have this account.");
            return;
        }
        var outcomes = passkeys.Select(p => p.Outcome).ToList();
        var (methods, hasOther) = OthersOf(person);
        person.Impact = ImpactRule.Judge(outcomes, hasOther);
        var isOpenSince = !_isLogRead && person.Read is null && person.Impact is PasskeyImpact.Unaffected or PasskeyImpact.Unknown;
        if (isOpenSince) person.Impact = PasskeyImpact.Unknown;
        person.Reason = person.Impact is PasskeyImpact.Unknown ? (isOpenSince ? "What was registered or removed since the report is not known: the audit log could not be read, or does not reach back so far." : WhyUnknown(person, passkeys, hasOther))
            : !_isLogRead && person.Read?.Others is null && person.Impact is not PasskeyImpact.Unaffected ? "By the registration report; what was registered or removed since is not known, because the audit log could not be read, or does not reach back so far."
            : person.Impact is PasskeyImpact.Stranded && person is { Reported: null, Read.Others: not null } ? "A certificate would not show: only the registration report knows of them." : null;
        if (person.Impact is PasskeyImpact.Unaffected) return;
        // What the report and the log tell of is a kind, once.
        person.Lost = [.. passkeys.Where(p => p.Outcome.IsLost != false).Select(p => LossOf(p, people.Members.Of(person.Number))).GroupBy(l => l.Id ?? l.ToString()).Select(g => g.First())];
        person.Remaining = [.. passkeys.Where(p => p.Outcome.IsUsable == true).Select(p => p.Shown(catalog))];
        person.OtherMethodNames = [.. ReportWords.OtherMethods(methods)];
    }

    /// <summary>Whether to read somebody's methods would settle what is open.</summary>
    public bool HingesOnMethods(ImpactPerson person) =>
        person is { Impact: PasskeyImpact.Unknown, Read: null, Hindrance: null } && PasskeysOf(person) is { } passkeys && IsOpen(person, passkeys)
        && (people.UnreadGroups.Count == 0 || Traits(person).All(t => change.PossibilitiesOf(t).Where(m => m.AaGuid != Guid.Empty).All(m => change.Of(people.Members.Of(person.Number), m).IsLost is not null)));

    /// <summary>Whether it is the methods that are open. What only the log could tell, nobody is read for: that would be everybody.</summary>
    private bool IsOpen(ImpactPerson person, List<JudgedPasskey> passkeys) => _isLogRead
        ? passkeys.Exists(p => p.Outcome.IsLost is null || p.Outcome.IsUsable is null) || person.Recent?.HasRemoval == true
        : _words.Any(w => (person.Reported & w.Word) is not (null or ReportedMethods.None) && Outcome(person.Number, w) is { IsLost: null } or { IsUsable: null });

    private IEnumerable<PasskeyTraits> Traits(ImpactPerson person) => _words.Where(w => person.Reported?.HasFlag(w.Word) == true).Select(w => w.Traits).Concat(person.Recent?.Passkeys ?? []);

    private List<JudgedPasskey>? PasskeysOf(ImpactPerson person)
    {
        if (person.Read is { } read) return [.. read.Passkeys.Select(p => new JudgedPasskey(p.Traits, Outcome(person.Number, p.Traits)) { Passkey = p })];
        if (person.Hindrance is not null || person.Reported is not { } reported) return null;
        var passkeys = _words.Where(w => (reported & w.Word) != 0).Select(w => new JudgedPasskey(w.Traits, Outcome(person.Number, w)) { Word = w.Word });
        // Of what went since the report, it is not said which: any of these may be no more.
        if (person.Recent?.HasRemoval == true) passkeys = passkeys.Select(p => p with { Outcome = Doubted(p.Outcome) });
        // Without the log, any of these may have been removed; that it is lost if it is still there, is certain.
        else if (!_isLogRead) passkeys = passkeys.Select(p => p with { Outcome = p.Outcome.IsUsable == true ? p.Outcome with { IsUsable = null } : p.Outcome });
        var recent = (person.Recent?.Passkeys ?? []).Select(t => new JudgedPasskey(t, person.Recent!.HasRemoval ? Doubted(Outcome(person.Number, t)) : Outcome(person.Number, t)));
        return [.. passkeys.Concat(recent)];
    }

    private PasskeyOutcome Outcome(int number, (ReportedMethods Word, PasskeyTraits Traits) word)
    {
        if (!_outcomes.TryGetValue((number, word.Word), out var outcome)) _outcomes.Add((number, word.Word), outcome = change.Of(people.Members.Of(number), word.Traits));
        return outcome;
    }

    private PasskeyOutcome Outcome(int number, PasskeyTraits traits)
    {
        if (!_read.TryGetValue((number, traits), out var outcome)) _read.Add((number, traits), outcome = change.Of(people.Members.Of(number), traits));
        return outcome;
    }

    private static PasskeyOutcome Doubted(PasskeyOutcome outcome) =>
        new(outcome.WasUsable == true ? null : outcome.WasUsable, outcome.IsUsable == true ? null : outcome.IsUsable, outcome.IsLost == true ? null : outcome.IsLost);

    /// <summary>The other methods, and whether there is one.</summary>
    private (ReportedMethods Methods, bool? HasOther) OthersOf(ImpactPerson person)
    {
        const ReportedMethods certificates = ReportedMethods.MultifactorCertificate | ReportedMethods.Certificate;
        var reported = person.Reported ?? ReportedMethods.None;
        // What was read just now is newer than any event; certificates are in no list of methods.
        if (person.Read?.Others is { } read) return (read | (reported & certificates), ReportWords.HasOtherMethod(read | (reported & certificates)));
        var methods = reported | (person.Recent?.Others ?? ReportedMethods.None);
        var has = ReportWords.HasOtherMethod(methods);
        return (methods, has == true && (person.Recent?.HasRemoval == true || !_isLogRead) ? null : has);
    }

    private PasskeyLoss LossOf(JudgedPasskey judged, Membership user)
    {
        var profiles = new List<string>();
        var possible = change.PossibilitiesOf(judged.Traits).ToList();
        foreach (var target in change.Before.Policy.Target.Where(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, user) == true))
            foreach (var profile in change.Before.ProfilesOf(target).OfType<PasskeyProfile>())
                if (!profiles.Contains(profile.Name) && possible.Exists(m => PolicyClauses.AllowsSignIn(profile, m) == true)) profiles.Add(profile.Name);
        var type = judged.Traits.Type;
        return new PasskeyLoss(type, judged.Passkey?.TypeName ?? (type is PasskeyTypes.None ? "Unknown" : type.ToString()), judged.Passkey, judged.Passkey?.AaGuid is { } aaGuid ? catalog.Find(aaGuid).Name : judged.Word switch { ReportedMethods.AuthenticatorPasskey => KnownProviders.Authenticator, ReportedMethods.WindowsHelloPasskey => KnownProviders.WindowsHello, _ => null }, profiles, judged.Outcome.IsLost == true);
    }

    private string WhyUnknown(ImpactPerson person, IReadOnlyList<JudgedPasskey> passkeys, bool? hasOther)
    {
        if (person.Recent?.HasRemoval == true && person.Read is null) return "A method was removed since the report; which, is not said.";
        var doubted = passkeys.Where(p => p.Outcome.IsLost is null || p.Outcome.IsUsable is null).ToList();
        if (doubted.Count == 0 && hasOther is null) return "Whether another phishing-resistant method is left is not known.";
        if (people.UnreadGroups.Count > 0) return $"Whether the user is in {NameLists.First(people.UnreadGroups)} is not known.";
        if (change.Riddle(people.Members.Of(person.Number)) is { } target) return $"Which profiles {target} may use is not known.";
        if (doubted.Exists(p => p.Traits is { Type: PasskeyTypes.None })) return "The type of a passkey is not known.";
        if (doubted.Exists(p => p.Traits.AaGuid is null && p.Passkey is not null)) return "A passkey has no AAGUID that can be read.";
        if (doubted.Exists(p => p.Traits.AaGuid == Guid.Empty)) return "A passkey has an AAGUID of zeros; whether a list of blocked AAGUIDs stops it is not documented.";
        if (doubted.Exists(p => p.Passkey is null)) return "The passkeys themselves were not read.";
        return "The policy has settings that this version does not understand.";
    }

    /// <summary>A passkey with what becomes of it.</summary>
    private sealed record JudgedPasskey(PasskeyTraits Traits, PasskeyOutcome Outcome)
    {
        /// <summary>Null where only the report or the audit log tells of it.</summary>
        public RegisteredPasskey? Passkey { get; init; }

        public ReportedMethods Word { get; init; }

        public string Shown(ProviderCatalog catalog) => Passkey is { } passkey
            ? passkey.AaGuid is { } aaGuid ? catalog.Find(aaGuid).Name : "Unknown provider"
            : Word switch
            {
                ReportedMethods.AuthenticatorPasskey => KnownProviders.Authenticator,
                ReportedMethods.WindowsHelloPasskey => KnownProviders.WindowsHello,
                _ => Traits.Type is PasskeyTypes.None ? "Passkey of unknown type" : $"{Traits.Type} passkey",
            };
    }
}
