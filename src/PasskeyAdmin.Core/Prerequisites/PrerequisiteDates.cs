using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using static PasskeyAdmin.DataFile;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Microsoft's days, from <c>dates.json</c>: our own file, proven sound by a test.</summary>
internal static class PrerequisiteDates
{
    /// <returns>The days by their ids.</returns>
    public static IReadOnlyDictionary<string, PrerequisiteDate> LoadBuiltIn()
    {
        using var stream = typeof(PrerequisiteDates).Assembly.GetManifestResourceStream("dates.json")!;
        using var json = new JsonTextReader(new StreamReader(stream)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(json)["dates"]!.Select(ToDate).ToDictionary(d => d.Id);
    }

    private static PrerequisiteDate ToDate(JToken row) => new(Text(row, "id"), Text(row, "title"), Text(row, "event"), Text(row, "source"))
    {
        ByCloud = ((JObject)row["clouds"]!).Properties().ToDictionary(p => p.Name, p => DateTimeOffset.ParseExact((string)p.Value!, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
        IsConfirmed = (bool)row["confirmed"]!,
    };
}
