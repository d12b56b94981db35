using System;

namespace PasskeyAdmin.Rules;

/// <summary>What was judged, and when.</summary>
/// <param name="Id">Null for a file.</param>
/// <param name="Name">Of the tenant or the file, safe to show.</param>
internal sealed record RuleTenant(string? Id, string? Name, DateTimeOffset EvaluatedAt);
