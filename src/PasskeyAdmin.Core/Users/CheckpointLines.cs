using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>The parts of the lines of a <see cref="ReadCheckpoint"/>. What is not as we write it is not taken.</summary>
internal static class CheckpointLines
{
    public static void Write(ReportedUser user, JsonTextWriter json)
    {
        json.WriteStartArray();
        json.WriteValue(user.Id);
        json.WriteValue((int?)user.Methods);
        json.WriteValue(user.UserPrincipalName);
        json.WriteValue(user.DisplayName);
        json.WriteValue(user.IsAdministrator);
        json.WriteValue(user.IsGuest);
        json.WriteValue(user.CanResetPassword);
        json.WriteEndArray();
    }

    public static (IReadOnlyList<ReportedUser> Users, ReportPage Dates) PageOf(JObject line) =>
        ([.. line["page"]!.Cast<JArray>().Select(UserOf)], new ReportPage(GraphDate.Parse(JsonText.Of(line, "asOf")), GraphDate.Parse(JsonText.Of(line, "newest")), DateOf(line)!.Value));

    /// <summary>Whether a page is one that we wrote, also before rows said who can reset a password: a link in it leads on in the report and nowhere else.</summary>
    public static bool IsPage(JArray users, JToken? next) => next is null or { Type: JTokenType.Null } or JValue { Value: string } && (JsonText.Of(new JObject { ["next"] = next }, "next") is not { } link || link.StartsWith(RegistrationReport.Path + "?", StringComparison.OrdinalIgnoreCase))
        && users.All(u => u is JArray { Count: 6 or 7 } row && row[0] is JValue { Value: string } && row[1] is JValue { Value: long or null } && row[2] is JValue { Value: string or null } && row[3] is JValue { Value: string or null } && row[4] is JValue { Value: bool or null } && row[5] is JValue { Value: bool or null } && (row.Count == 6 || row[6] is JValue { Value: bool or null }));

    private static ReportedUser UserOf(JArray values) =>
        new((string)values[0]!, (ReportedMethods?)(int?)values[1]) { UserPrincipalName = (string?)values[2], DisplayName = (string?)values[3], IsAdministrator = (bool?)values[4], IsGuest = (bool?)values[5], CanResetPassword = values.Count == 6 ? null : (bool?)values[6] };

    public static DateTimeOffset? DateOf(JObject line) => GraphDate.Parse(JsonText.Of(line, "at"));

    public static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out JObject line)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
            line = JObject.Load(reader);
            return true;
        }
        catch (JsonException)
        {
            line = [];
            return false;
        }
    }
}
