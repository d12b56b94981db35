using System;
using System.Collections.Generic;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>What a rule found.</summary>
internal sealed record CheckResult(CheckOutcome Outcome, string Evidence)
{
    public string? Fix { get; init; }

    public string? Command { get; init; }

    public DateTimeOffset? DueDate { get; init; }

    /// <summary>Null for all that were asked about and need it.</summary>
    public IReadOnlyList<TenantCapability>? Capabilities { get; init; }

    public static CheckResult Pass(string evidence) => new(CheckOutcome.Pass, evidence);

    public static CheckResult Fail(string evidence, string? fix, string? command = null) => new(CheckOutcome.Fail, evidence) { Fix = fix, Command = command };

    public static CheckResult Unknown(string evidence, string? fix = null, string? command = null) => new(CheckOutcome.Unknown, evidence) { Fix = fix, Command = command };
}
