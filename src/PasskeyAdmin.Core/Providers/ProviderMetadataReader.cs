using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace PasskeyAdmin.Providers;

/// <summary>Reads a FIDO metadata blob or a list of AAGUIDs from a file. What it is, the text tells and not the name.</summary>
/// <param name="builtIn">The catalogue of the module.</param>
internal sealed class ProviderMetadataReader(ProviderCatalog builtIn, MetadataTrust trust, DateTimeOffset now)
{
    /// <summary>The blob of 2026 has eleven million characters.</summary>
    public const int LongestText = 40_000_000;

    private const int BufferLength = 1 << 15;

    /// <param name="longest">Smaller in tests only.</param>
    /// <exception cref="PasskeyAdminException">The errors of opening a file; <c>FileReadFailed</c>, <c>ProviderMetadataTooLarge</c>, <c>ProviderMetadataInvalid</c>.</exception>
    public ProviderMetadataFile Read(string path, CancellationToken cancellationToken, int longest = LongestText)
    {
        var content = new MetadataContent(DisplayText.Neutralise(Path.GetFileName(path)));
        var text = ReadText(path, content, longest, cancellationToken);
        var fault = ReadContent(text, content, cancellationToken);
        // A file of which nothing can be read is another file than was meant, and that is one error.
        if (content is { Facts.Count: 0, Skipped: 0, Faults: [var first, ..] }) throw content.Invalid($"{first.Place}: {first.Reason}");
        var origin = new MetadataOrigin(content.ShownName, fault) { Number = content.Number, NextUpdate = content.NextUpdate };
        return new ProviderMetadataFile(origin, [.. content.Facts.Select(f => new PasskeyProviderMetadata(f, origin, builtIn.Find(f.AaGuid), now))])
        {
            Faults = content.Faults,
            FaultCount = content.FaultCount,
            Skipped = content.Skipped,
            IsOutdated = origin.IsOutdated(now),
        };
    }

    /// <returns>Why it is not verified; null where it is.</returns>
    private string? ReadContent(string text, MetadataContent content, CancellationToken cancellationToken)
    {
        var first = text.FirstOrDefault(c => !char.IsWhiteSpace(c));
        if (first == default) throw content.Invalid("it holds nothing but blanks");
        if (first is '{' or '[')
        {
            using var json = new StringReader(text);
            return MetadataJson.ReadList(json, content, cancellationToken) ? "it is the content of a blob without its signature" : "a list of AAGUIDs is not signed";
        }
        if (AaGuidTable.IsTable(text))
        {
            AaGuidTable.Read(text, content, cancellationToken);
            return "a list of AAGUIDs is not signed";
        }
        if (AaGuidTable.IsPlain(text))
        {
            AaGuidTable.ReadPlain(text, content, cancellationToken);
            return "a list of AAGUIDs is not signed";
        }
        var blob = JsonWebSignature.Parse(text.Trim(), content);
        using var payload = new StreamReader(new MemoryStream(blob.Payload));
        MetadataJson.ReadPayload(payload, content, cancellationToken);
        return BlobSignature.Fault(blob, trust, now);
    }

    /// <summary>With its line breaks, so that lines have the numbers of an editor. A byte order mark tells UTF-16, which Windows PowerShell writes.</summary>
    private static string ReadText(string path, MetadataContent content, int longest, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(InputFile.Open(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferLength);
        var (text, buffer) = (new StringBuilder(), new char[BufferLength]);
        try
        {
            for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (text.Length + read > longest) throw content.TooLarge($"more than {longest:N0} characters");
                text.Append(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.ReadFailed(content.ShownName, e);
        }
        return text.ToString();
    }
}
