using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>The moment between looking whether a file was changed and replacing it, which two must not have at once, in one process or in several.</summary>
internal sealed class FileTurn : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Mutex _mutex;

    private FileTurn(Mutex mutex) => _mutex = mutex;

    /// <exception cref="IOException">Somebody holds it for too long, or this machine has no such thing.</exception>
    public static FileTurn Take(string path)
    {
        var mutex = Open(path);
        var isTaken = false;
        try
        {
            isTaken = mutex.WaitOne(Longest);
        }
        catch (AbandonedMutexException)
        {
            // Whoever had it died. The file is whole all the same: it is replaced at once or not at all.
            isTaken = true;
        }
        finally
        {
            if (!isTaken) mutex.Dispose();
        }
        return isTaken ? new FileTurn(mutex) : throw new IOException("Another process holds the file.");
    }

    public void Dispose()
    {
        _mutex.ReleaseMutex();
        _mutex.Dispose();
    }

    private static Mutex Open(string path)
    {
        using var hash = SHA256.Create();
        // Paths may be longer than names of mutexes, and have signs that these may not have. Global: another terminal is another session.
        var name = BitConverter.ToString(hash.ComputeHash(Encoding.UTF8.GetBytes(path)), 0, 16).Replace("-", "");
        try
        {
            return new Mutex(false, $@"Global\PasskeyAdmin.Sandbox.{name}");
        }
        catch (WaitHandleCannotBeOpenedException e)
        {
            throw new IOException("Something else on this machine has the name of the lock.", e);
        }
    }
}
