using System.IO;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>
/// Text to JSON and back, without a change to what the text says: no dates guessed, and a number that would lose digits is refused. Its spelling may change
/// (<c>1e3</c> becomes <c>1000.0</c>).
/// </summary>
internal static class TenantJson
{
    /// <summary>How deep a body may be. It is stored three levels deeper, and key restrictions may go two more from the policy to a profile.</summary>
    public const int MaximumDepthOfBody = 32;

    private const int MaximumDepth = 64;

    private static readonly JsonLoadSettings LoadSettings = new()
    {
        LineInfoHandling = LineInfoHandling.Load,
        CommentHandling = CommentHandling.Ignore,
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
    };

    /// <exception cref="JsonReaderException">It is not one JSON value; always with line and column.</exception>
    public static JToken Read(string text, int maximumDepth = MaximumDepth)
    {
        using var reader = new ExactNumberReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = maximumDepth };
        try
        {
            var token = JToken.Load(reader, LoadSettings);
            // Behind the value the reader takes white space and comments only, and throws at anything else.
            var isMore = true;
            while (isMore) isMore = reader.Read();
            return token;
        }
        catch (JsonException e) when (e is not JsonReaderException)
        {
            throw new JsonReaderException(e.Message, reader.Path, reader.LineNumber, reader.LinePosition, e);
        }
    }

    /// <summary>Why <see cref="Read"/> refused a text, as a sentence part.</summary>
    public static string Reason(JsonReaderException fault) => fault is InexactNumberException ? fault.Message : JsonFault.Reason(fault);

    /// <summary>For people: indented, with line feeds on every system.</summary>
    public static string Indented(JToken token) => Write(token, Formatting.Indented) + "\n";

    public static string Compact(JToken token) => Write(token, Formatting.None);

    public static int CompactSize(JToken token) => Encoding.UTF8.GetByteCount(Compact(token));

    private static string Write(JToken token, Formatting formatting)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using (var writer = new JsonTextWriter(text) { Formatting = formatting }) token.WriteTo(writer);
        return text.ToString();
    }
}
