using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>
/// A <c>$filter</c>: comparisons (<c>eq ne gt ge lt le in</c>), <c>startswith</c>, <c>endswith</c>, <c>contains</c>, <c>list/any(x:x eq 'text')</c>, <c>list/any(x:x/name eq 'text')</c>, with <c>and</c>,
/// <c>or</c> and brackets. Each endpoint says which of it Graph takes there; the rest is refused and not guessed. Texts are compared
/// without regard to capitals.
/// </summary>
internal sealed class ObjectFilter
{
    private static readonly string[] Comparisons = ["eq", "ne", "gt", "ge", "lt", "le"];
    /// <summary>Brackets in brackets; Graph has a limit, too, and does not tell which.</summary>
    private const int DeepestNesting = 50;

    private static readonly string[] Functions = ["startswith", "endswith", "contains"];

    private readonly string _text;
    private readonly IReadOnlyList<FilterToken> _tokens;
    private readonly IReadOnlyList<string> _allowed;
    private int _at;
    private int _depth;

    private ObjectFilter(string text, IReadOnlyList<string> allowed)
    {
        _text = text;
        _tokens = FilterTokens.Cut(text);
        _allowed = allowed;
    }

    /// <param name="allowed">What may be asked: a property with an operator or function, such as <c>displayName eq</c> or <c>methodsRegistered any</c>.</param>
    public static Func<JObject, bool> Parse(string text, params string[] allowed)
    {
        if (text.Count(c => c is '\'') % 2 != 0) throw SandboxRefusal.BadQuery($"Invalid filter clause: There is an unterminated string literal in '{text}'.");
        var filter = new ObjectFilter(text, allowed);
        if (filter._tokens.Count == 1) throw filter.NotKnown();
        var matches = filter.Or();
        return filter.Next.Kind is FilterTokenKind.End ? matches : throw filter.Wrong();
    }

    private FilterToken Next => _tokens[_at];

    private Func<JObject, bool> Or()
    {
        var left = And();
        while (TakeWord("or"))
        {
            var (a, b) = (left, And());
            left = o => a(o) || b(o);
        }
        return left;
    }

    private Func<JObject, bool> And()
    {
        var left = Single();
        while (TakeWord("and"))
        {
            var (a, b) = (left, Single());
            left = o => a(o) && b(o);
        }
        return left;
    }

    private Func<JObject, bool> Single()
    {
        if (TakeSign("("))
        {
            if (++_depth > DeepestNesting) throw SandboxRefusal.BadQuery("Invalid filter clause: it is nested too deeply.");
            var inner = Or();
            Require(")");
            _depth--;
            return inner;
        }
        var name = Take(FilterTokenKind.Name);
        if (Functions.Contains(name, StringComparer.OrdinalIgnoreCase) && TakeSign("(")) return Function(name.ToLowerInvariant());
        if (name.EndsWith("/any", StringComparison.OrdinalIgnoreCase) && TakeSign("(")) return Any(name.Substring(0, name.Length - 4));
        return TakeWord("in") ? In(name) : Comparison(name);
    }

    private Func<JObject, bool> Function(string function)
    {
        var property = Take(FilterTokenKind.Name);
        Require(",");
        var wanted = Take(FilterTokenKind.Text);
        Require(")");
        Allow(property, function);
        return o => Value(o, property) is string text && function switch
        {
            "startswith" => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
            "endswith" => text.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
            _ => text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase) >= 0,
        };
    }

    private Func<JObject, bool> Any(string property)
    {
        var variable = Take(FilterTokenKind.Name);
        Require(":");
        var about = Take(FilterTokenKind.Name);
        if (!TakeWord("eq")) throw NotKnown();
        var wanted = Take(FilterTokenKind.Text);
        Require(")");
        if (about.StartsWith(variable + "/", StringComparison.Ordinal))
        {
            // A list of objects, of which one property is asked about.
            var part = about.Substring(variable.Length + 1);
            Allow($"{property}/{part}", "any");
            return o => o[property] is JArray items && items.OfType<JObject>().Any(i => Value(i, part) is string text && text.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        }
        if (about != variable) throw NotKnown();
        Allow(property, "any");
        return o => o[property] is JArray list && list.Any(i => i is JValue { Value: string text } && text.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    private Func<JObject, bool> In(string property)
    {
        Allow(property, "in");
        Require("(");
        var wanted = new List<object?>();
        do wanted.Add(Literal()); while (TakeSign(","));
        Require(")");
        return o => wanted.Any(w => Compare(property, Value(o, property), w) == 0);
    }

    private Func<JObject, bool> Comparison(string property)
    {
        var comparison = Next is { Kind: FilterTokenKind.Name } word ? Comparisons.FirstOrDefault(c => c.Equals(word.Text, StringComparison.OrdinalIgnoreCase)) : null;
        if (comparison is null) throw Wrong();
        _at++;
        var wanted = Literal();
        Allow(property, comparison);
        return o => Compare(property, Value(o, property), wanted) is var order && comparison switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            _ => order <= 0,
        };
    }

    private object? Literal()
    {
        var token = Next;
        object? value = token.Kind switch
        {
            FilterTokenKind.Text => token.Text,
            FilterTokenKind.Name when token.Text is "true" or "false" => token.Text == "true",
            FilterTokenKind.Name when token.Text is "null" => null,
            FilterTokenKind.Value when long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            FilterTokenKind.Value when Guid.TryParseExact(token.Text, "D", out _) => token.Text,
            FilterTokenKind.Value when GraphTime.Parse(token.Text) is { } time => time,
            _ => throw Wrong(),
        };
        _at++;
        return value;
    }

    /// <summary>Null where one of the two is not there; an error where a property is compared with what it cannot be.</summary>
    private static int? Compare(string property, object? found, object? wanted) => (found, wanted) switch
    {
        (null, null) => 0,
        (null, _) or (_, null) => null,
        (string text, DateTimeOffset time) => GraphTime.Parse(text)?.CompareTo(time),
        (string text, string other) when !property.EndsWith("DateTime", StringComparison.Ordinal) => string.Compare(text, other, StringComparison.OrdinalIgnoreCase),
        (bool flag, bool other) => flag.CompareTo(other),
        (long number, long other) => number.CompareTo(other),
        _ => throw SandboxRefusal.BadQuery($"Invalid filter clause: '{property}' cannot be compared with a value of that type."),
    };

    private static object? Value(JObject item, string path)
    {
        JToken? value = item;
        foreach (var name in path.Split('/')) value = (value as JObject)?[name];
        return (value as JValue)?.Value;
    }

    private void Allow(string property, string operation)
    {
        if (!_allowed.Select(a => a.Split(' ')).Any(a => a[0].Equals(property, StringComparison.Ordinal) && a.Skip(1).Contains(operation))) throw NotKnown();
    }

    private bool TakeWord(string word)
    {
        if (Next.Kind is not FilterTokenKind.Name || !Next.Text.Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        _at++;
        return true;
    }

    private bool TakeSign(string sign)
    {
        if (Next.Kind is not FilterTokenKind.Sign || Next.Text != sign) return false;
        _at++;
        return true;
    }

    private void Require(string sign)
    {
        if (!TakeSign(sign)) throw Wrong();
    }

    private string Take(FilterTokenKind kind)
    {
        if (Next.Kind != kind) throw Wrong();
        return _tokens[_at++].Text;
    }

    private SandboxRefusal Wrong() => SandboxRefusal.BadQuery($"Invalid filter clause: '{Next.Text}' is not expected there in '{_text}'.");

    private SandboxRefusal NotKnown() => SandboxRefusal.NotKnown($"the filter \"{_text}\" here; it knows {string.Join("; ", _allowed.Select(a => a.Replace(" ", ": ")))}");
}
