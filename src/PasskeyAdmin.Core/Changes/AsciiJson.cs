using System.Globalization;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Changes;

/// <summary>JSON on one line that survives whatever encoding a file is written and read with: Windows PowerShell writes names with accents in another one than it is told to read.</summary>
internal static class AsciiJson
{
    public static string Of(JToken json)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var writer = new JsonTextWriter(text) { Formatting = Formatting.None, StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };
        json.WriteTo(writer);
        writer.Flush();
        return text.ToString();
    }
}
