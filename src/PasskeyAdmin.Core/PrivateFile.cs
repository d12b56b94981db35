using System;
using System.IO;
using System.Reflection;

namespace PasskeyAdmin;

/// <summary>
/// Makes files that only the user may read, from the moment they exist. On Linux and macOS that is the mode 600; .NET can say so since version 7, which
/// .NET Standard does not know of. On Windows the folder decides, which is the user's own where nobody chose another.
/// </summary>
internal static class PrivateFile
{
    private const int OwnerReadsAndWrites = 0x180;

    /// <summary>Takes a file of ours that others may read from them. Where .NET cannot, nothing is done.</summary>
    public static void Protect(string path)
    {
        if (Path.DirectorySeparatorChar is '\\' || typeof(FileStream).Assembly.GetType("System.IO.UnixFileMode") is not { } mode) return;
        typeof(File).GetMethod("SetUnixFileMode", [typeof(string), mode])?.Invoke(null, [path, Enum.ToObject(mode, OwnerReadsAndWrites)]);
    }

    /// <exception cref="IOException">Also where the file is there already and the mode demands that it is not.</exception>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        if (Path.DirectorySeparatorChar is '\\' || typeof(FileStream).Assembly.GetType("System.IO.FileStreamOptions") is not { } type) return new FileStream(path, mode, access, share);
        var options = Activator.CreateInstance(type)!;
        Set("Mode", mode);
        Set("Access", access);
        Set("Share", share);
        // What is there keeps the mode that it has: .NET refuses a mode for what it does not make.
        if (mode is not FileMode.Open) Set("UnixCreateMode", Enum.ToObject(typeof(FileStream).Assembly.GetType("System.IO.UnixFileMode")!, OwnerReadsAndWrites));
        try
        {
            return (FileStream)Activator.CreateInstance(typeof(FileStream), path, options)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            throw;
        }

        void Set(string name, object value) => type.GetProperty(name)!.SetValue(options, value);
    }
}
