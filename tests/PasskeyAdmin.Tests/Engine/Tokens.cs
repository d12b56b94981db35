using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>Access tokens that say what a test wants. Nobody checks their signature.</summary>
internal static class Tokens
{
    public static string Create(params (string Name, object Value)[] claims)
    {
        var payload = new Dictionary<string, object>();
        foreach (var (name, value) in claims) payload[name] = value;
        return $"eyJhbGciOiJub25lIn0.{Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(payload))).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2lnbmF0dXJl";
    }

    public static long In(TimeSpan time) => (DateTimeOffset.UtcNow + time).ToUnixTimeSeconds();
}
