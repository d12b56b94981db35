using System;
using System.IO;
using System.Text;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>The file of a tenant: read again when somebody else changed it, replaced whole or not at all.</summary>
internal sealed class TenantFile
{
    /// <summary>Some file systems tell times only to two seconds: a file that young may change once more without looking changed.</summary>
    private static readonly TimeSpan CoarsestClock = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private (DateTime Changed, long Length)? _seen;
    private (DateTime Changed, long Length)? _known;

    public TenantFile(string path)
    {
        if (path.Trim().Length == 0) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxPathInvalid", "The path of a tenant file must not be empty. Name a file such as 'tenant.json'.");
        // The current folder may be another one when the file is saved.
        _path = Path.GetFullPath(path);
    }

    /// <summary>The file as messages show it.</summary>
    public string ShownName => $"'{InputFile.Shown(_path)}'";

    /// <summary>Whether the file may differ from what was last read or written.</summary>
    public bool MayHaveChanged => _seen is not { } seen || seen != Stamp();

    /// <summary>Whether somebody else wrote the file since it was last read or written here: a change would undo theirs.</summary>
    private bool IsStale => _known is { } known && known != Stamp();

    /// <exception cref="PasskeyAdminException">As <see cref="InputFile.Open"/>; <c>FileReadFailed</c>, <c>SandboxFileInvalid</c>.</exception>
    public TenantDocument Read()
    {
        // Taken before the content: a change that comes between is seen the next time.
        var stamp = Stamp();
        string text;
        using (var stream = InputFile.Open(_path))
        {
            try
            {
                using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: true);
                text = reader.ReadToEnd();
            }
            catch (DecoderFallbackException e)
            {
                throw new PasskeyAdminException(ErrorKind.InvalidData, "SandboxFileInvalid", $"{ShownName} is not a tenant of the sandbox: it is not text in UTF-8. Save it as UTF-8.", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw InputFile.ReadFailed(ShownName, e);
            }
        }
        var document = new TenantReader(ShownName).Read(text);
        Remember(stamp);
        return document;
    }

    /// <summary>Writes a file where none is.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileExists</c>, <c>SandboxFileNotSaved</c>.</exception>
    public void Create(string text)
    {
        if (File.Exists(_path) || Directory.Exists(_path))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxFileExists", $"There is a file {ShownName} already. Open it, or name another one.");
        Write(text, replaces: false, _ => { }, temporary => File.Move(temporary, _path));
    }

    /// <summary>Replaces the file. Afterwards it is the new one, or, with an error, still the old one.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileNotSaved</c>.</exception>
    /// <exception cref="TenantFileChangedException">Somebody else was quicker.</exception>
    public void Save(string text) => Write(
        text,
        replaces: true,
        temporary =>
        {
            var attributes = File.GetAttributes(_path);
            // The new file would take the place of the link and not of the file that it leads to, which .NET Standard cannot find.
            // (On Windows, files of a cloud folder have the same mark.)
            if (Path.DirectorySeparatorChar is '/' && (attributes & FileAttributes.ReparsePoint) != 0) throw new IOException("It is a symbolic link; connect with the path of the file that it leads to.");
            // On Unix a rename asks the folder only; somebody who protects the file means it.
            if ((attributes & FileAttributes.ReadOnly) != 0) throw new UnauthorizedAccessException("The file is marked as read-only.");
            // A copy has the permissions of the old one on Unix, from its first byte; on Windows, ReplaceFile carries them over.
            File.Copy(_path, temporary);
        },
        temporary =>
        {
            using var turn = FileTurn.Take(_path);
            // What others changed since it was read would be undone.
            if (IsStale) throw new TenantFileChangedException();
            // A rename on Unix, ReplaceFile on Windows: nobody ever sees half a file.
            File.Replace(temporary, _path, null);
        });

    /// <param name="replaces">Whether there is a file already.</param>
    /// <param name="begin">What there is before the text: nothing, or a file to be written over.</param>
    private void Write(string text, bool replaces, Action<string> begin, Action<string> moveIntoPlace)
    {
        var temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        try
        {
            begin(temporary);
            using (var stream = new FileStream(temporary, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
            {
                var bytes = Utf8.GetBytes(text);
                stream.SetLength(0);
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(flushToDisk: true);
            }
            moveIntoPlace(temporary);
        }
        catch (TenantFileChangedException)
        {
            DeleteIfThere(temporary);
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // ReplaceFile of Windows may fail between taking the old file away and putting the new one there (ERROR_UNABLE_TO_MOVE_REPLACEMENT): then this is all there is.
            var isOnlyCopy = replaces && !File.Exists(_path) && File.Exists(temporary);
            if (!isOnlyCopy) DeleteIfThere(temporary);
            throw new PasskeyAdminException(ErrorKind.Unavailable, "SandboxFileNotSaved",
                $"The tenant file {ShownName} could not be saved: {DisplayText.Neutralise(e.Message)} {(isOnlyCopy ? $"The file is gone; what it should hold is in '{InputFile.Shown(temporary)}'." : "Nothing was changed.")}", e);
        }
        Remember(Stamp());
    }

    private static void DeleteIfThere(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What hindered the saving hinders this too, and the first error is the one to tell.
        }
    }

    private (DateTime Changed, long Length)? Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }

    /// <summary>A time in the future is of another clock than ours, and does not tell how young the file is.</summary>
    private void Remember((DateTime Changed, long Length)? stamp)
    {
        _known = stamp;
        _seen = stamp is { } value && DateTime.UtcNow - value.Changed > CoarsestClock ? stamp : null;
    }
}
