using System;
using System.Collections.Generic;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;

namespace PasskeyAdmin.Changes;

/// <summary>What can be created beside the passkey policy.</summary>
/// <param name="Noun">As a sentence has it.</param>
/// <param name="Path">Where those of a tenant are listed, and new ones are sent to.</param>
/// <param name="TakenId">The error where the name is taken.</param>
internal sealed record AccessKind(string Noun, string Path, string TakenId)
{
    public static AccessKind Strength { get; } = new("authentication strength", AccessSource.StrengthsPath, "StrengthNameTaken");

    public static AccessKind Policy { get; } = new("Conditional Access policy", AccessSource.PoliciesPath, "AccessPolicyNameTaken");

    /// <summary>Where one of them is.</summary>
    public string PathOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>The command that shows one of them.</summary>
    public string Show(string id) => this == Strength ? $"Get-PasskeyAuthenticationStrength -Id {CommandText.Quote(id)}" : $"Invoke-MgGraphRequest -Method GET -Uri {CommandText.Quote(PathOf(id))}";

    /// <summary>The command that removes one of them.</summary>
    public string Remove(string id) => $"Invoke-MgGraphRequest -Method DELETE -Uri {CommandText.Quote(PathOf(id))}";
}

/// <summary>Something that is to be created, in one write or two.</summary>
/// <param name="Body">What is sent to create it.</param>
internal sealed record AccessCreation(AccessKind Kind, string Name, JObject Body)
{
    public required string Command { get; init; }

    /// <summary>What it is, in words.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The models that a strength is restricted to, which Graph takes only once it is there (reference/adoption-and-troubleshooting.md §3); null where it takes any.</summary>
    public JObject? Restriction { get; init; }

    /// <summary>Whom it shuts out, in numbers; null where it shuts out nobody.</summary>
    public JToken? Impact { get; init; }

    /// <summary>Throws where something else that it needs is no longer there.</summary>
    public Action<CancellationToken> Require { get; init; } = _ => { };

    /// <summary>As the tenant shows it in the end.</summary>
    public JObject Whole => Restriction is null ? Body : new JObject(Body) { [AccessSource.Configurations] = new JArray(Restriction) };
}

/// <summary>What came of it.</summary>
/// <param name="Made">As the tenant shows it; null where it does not.</param>
/// <param name="Error">Null where the tenant shows it.</param>
/// <param name="Warnings">What is worth knowing, however it went.</param>
internal sealed record AccessChangeResult(PolicyChangeOutcome Outcome, JObject? Made, PasskeyAdminException? Error, IReadOnlyList<PasskeyAdminException> Warnings)
{
    /// <summary>What its journal is called by.</summary>
    public required string ChangeId { get; init; }

    public required string Path { get; init; }
}
