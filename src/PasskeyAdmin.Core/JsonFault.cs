using System;
using Newtonsoft.Json;

namespace PasskeyAdmin;

/// <summary>What a JSON reader complains of, for messages of our own.</summary>
internal static class JsonFault
{
    /// <summary>The line, counted from 1.</summary>
    public static int Line(JsonReaderException fault) => Math.Max(1, fault.LineNumber);

    /// <summary>The complaint as a sentence part, without the place that the library adds to it.</summary>
    public static string Reason(JsonException fault)
    {
        if (fault.Message.StartsWith("Error reading J", StringComparison.Ordinal)) return "it is not JSON: there is nothing in it, or it ends too early";
        if (fault.Message.StartsWith("Unterminated string", StringComparison.Ordinal)) return "it breaks off in the middle of a text";
        if (fault.Message.Contains("MaxDepth")) return "it is nested too deeply";
        if (fault.Message.StartsWith("JSON integer", StringComparison.Ordinal) || fault.Message.Contains("is not a valid decimal")) return "a number in it is too large";
        var place = fault.Message.IndexOf(" Path '", StringComparison.Ordinal);
        var reason = place > 0 ? fault.Message.Substring(0, place) : fault.Message;
        return "it is not JSON: " + DisplayText.Excerpt(reason, 200).TrimEnd('.');
    }
}
