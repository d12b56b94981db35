using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Rules;

/// <summary>What a rule says of some objects.</summary>
internal sealed record FindingResult(RuleOutcome Outcome, string Evidence)
{
    public string? Fix { get; init; }

    public string? Command { get; init; }

    public IReadOnlyList<FindingObject> Objects { get; init; } = [];

    /// <summary>The evidence for some of the objects; null where it does not hang on them.</summary>
    public Func<IReadOnlyList<FindingObject>, string>? Describe { get; init; }

    public static FindingResult Pass(string evidence) => new(RuleOutcome.Pass, evidence);

    public static FindingResult NotApplicable(string evidence) => new(RuleOutcome.NotApplicable, evidence);

    public static FindingResult Unknown(string evidence, string? fix = null, string? command = null) => new(RuleOutcome.Unknown, evidence) { Fix = fix, Command = command };

    /// <summary>The command that looks at one of the objects: the first user; null where it does not hang on them.</summary>
    public string? Look { get; init; }

    /// <summary>The same of some of its objects.</summary>
    public FindingResult Of(IReadOnlyList<FindingObject> objects) => this with { Objects = objects, Evidence = Describe?.Invoke(objects) ?? Evidence, Command = Look is null ? Command : CommandOf(Look, objects) };

    public static string? CommandOf(string look, IEnumerable<FindingObject> objects) =>
        objects.FirstOrDefault(o => o.Kind is FindingObjectKind.User or FindingObjectKind.Passkey) is { } first ? $"{look} {CommandText.Quote(first.Kind is FindingObjectKind.Passkey || first.Name.IndexOf('@') > 0 ? first.Name : first.Id ?? first.Name)}" : null;
}
