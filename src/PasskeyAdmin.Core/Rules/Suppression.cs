using System;

namespace PasskeyAdmin.Rules;

/// <summary>That somebody accepts what a rule finds, for a reason and until a date.</summary>
/// <param name="Rule">The id or the name of a rule.</param>
/// <param name="Object">The id or the name of what it is about; null for all.</param>
/// <param name="Reason">Why.</param>
/// <param name="Owner">Who; null where nobody is named.</param>
/// <param name="Expires">The first moment at which it no longer holds; null for never.</param>
/// <param name="Line">Where it stands in its file.</param>
internal sealed record Suppression(string Rule, string? Object, string Reason, string? Owner, DateTimeOffset? Expires, int Line);
