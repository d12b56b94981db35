using System;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox;

/// <summary>What a setting may be, and what it is where nobody sets it.</summary>
/// <param name="Default">Null where "not set" means something by itself.</param>
/// <param name="Demand">What a value must be, as a sentence part.</param>
internal sealed record SandboxSetting(JToken? Default, string Demand, Func<JToken, bool> IsRight)
{
    public static SandboxSetting Flag(bool standard) => new(standard, "must be true or false", t => t.Type is JTokenType.Boolean);

    public static SandboxSetting Number(int standard, int least = 1, int most = int.MaxValue) =>
        new(standard, $"must be a whole number from {least}{(most < int.MaxValue ? $" to {most}" : "")}", t => t is JValue { Value: long number } && number >= least && number <= most);

    public static SandboxSetting OneOf(string standard, params string[] values) => new(standard, $"must be one of {string.Join(", ", values)}", t => t is JValue { Value: string text } && values.Contains(text));

    public static SandboxSetting Time() => new(null, "must be a date and time in UTC such as 2026-11-23T09:00:00Z", t => t is JValue { Value: string text } && text.EndsWith("Z", StringComparison.Ordinal) && GraphTime.Parse(text) is { Year: >= 2000 and < 2200 });

    public static SandboxSetting Text() => new(null, "must be a text that is not empty", t => t is JValue { Value: string text } && text.Trim().Length > 0);

    public static SandboxSetting Texts() => new(null, "must be a list of texts", t => t is JArray list && list.All(i => i is JValue { Value: string }));
}
