using System;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin;

/// <summary>Values in the JSON that the module brings along. Tests prove it sound, so what is wrong with it surfaces as a plain error.</summary>
internal static class DataFile
{
    public static T Member<T>(string name) where T : struct, Enum => (T)Enum.Parse(typeof(T), name);

    public static string Text(JToken row, string name) => (string?)row[name] ?? throw new JsonException($"'{name}' is missing in {row.Path}.");
}
