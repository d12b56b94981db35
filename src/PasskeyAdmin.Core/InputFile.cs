using System;
using System.IO;

namespace PasskeyAdmin;

/// <summary>Opens a file that a user named, and says plainly why it cannot be opened.</summary>
internal static class InputFile
{
    /// <summary>Those who read have a buffer of their own.</summary>
    private const int NoBuffer = 1;

    /// <exception cref="PasskeyAdminException"><c>FileNotFound</c>, <c>FileIsFolder</c>, <c>FileEmpty</c>, <c>FileAccessDenied</c>, <c>FileLocked</c>.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "FileIsFolder", $"'{Shown(path)}' is a folder. Name a file in it, or use a wildcard.");
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, NoBuffer, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException)
        {
            throw new PasskeyAdminException(ErrorKind.NotFound, "FileNotFound", $"There is no file '{Shown(path)}'. Check the name and the current folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PasskeyAdminException(ErrorKind.AccessDenied, "FileAccessDenied", $"'{Shown(path)}' may not be read by this account. Ask for read permission or copy the file.", e);
        }
        catch (IOException e)
        {
            throw new PasskeyAdminException(ErrorKind.Unavailable, "FileLocked", $"'{Shown(path)}' cannot be opened: {e.Message} Close the program that holds it and try again.", e);
        }
        // Files of the kernel have content and no length.
        if (stream.CanSeek && stream.Length == 0 && IsEmpty(stream))
        {
            stream.Dispose();
            throw new PasskeyAdminException(ErrorKind.InvalidData, "FileEmpty", $"'{Shown(path)}' is empty. Export the data again.");
        }
        return stream;
    }

    /// <summary>The error for a file that was open and breaks off.</summary>
    public static PasskeyAdminException ReadFailed(string shownName, Exception cause) =>
        new(ErrorKind.Unavailable, "FileReadFailed", $"{shownName} cannot be read on: {cause.Message} Copy it to a local disk and try again.", cause);

    private static bool IsEmpty(FileStream stream)
    {
        try
        {
            if (stream.ReadByte() < 0) return true;
            stream.Position = 0;
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads on will say so.
            return false;
        }
    }

    /// <summary>The path as messages show it.</summary>
    public static string Shown(string path) => DisplayText.Neutralise(path);
}
