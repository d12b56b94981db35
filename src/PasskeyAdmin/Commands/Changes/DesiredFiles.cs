using System;
using System.IO;
using System.Text;

namespace PasskeyAdmin.Commands;

/// <summary>Writes files that people keep in a repository: whole, or not at all.</summary>
internal static class DesiredFiles
{
    /// <summary>Before anything is read.</summary>
    /// <exception cref="PasskeyAdminException"><c>OutFileExists</c>, <c>OutFileNotWritable</c>.</exception>
    public static void RequireWritable(string file, string shownPath, bool isNotToBeReplaced)
    {
        if (isNotToBeReplaced && File.Exists(file)) throw new PasskeyAdminException(ErrorKind.InvalidOperation, "OutFileExists", $"'{InputFile.Shown(shownPath)}' is there already. Without -NoClobber it is replaced.");
        if (Directory.Exists(file)) throw NotWritable(shownPath, "It is a folder.", null);
        if (!Directory.Exists(Path.GetDirectoryName(file))) throw NotWritable(shownPath, "Its folder is not there.", null);
    }

    /// <exception cref="PasskeyAdminException"><c>OutFileNotWritable</c>.</exception>
    public static void Write(string file, string shownPath, string text)
    {
        var draft = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(draft, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (File.Exists(file)) File.Replace(draft, file, null);
            else File.Move(draft, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Remove(draft);
            throw NotWritable(shownPath, e.Message, e);
        }
    }

    private static void Remove(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written, nothing was.
        }
    }

    private static PasskeyAdminException NotWritable(string shownPath, string reason, Exception? cause) =>
        new(ErrorKind.Unavailable, "OutFileNotWritable", $"'{InputFile.Shown(shownPath)}' cannot be written: {reason} Name a file in a folder that is there and that you may write to.", cause);
}
