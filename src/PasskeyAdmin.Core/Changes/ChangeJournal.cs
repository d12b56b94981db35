using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>
/// The file of one change: a line of JSON for what is planned, and one for each step, written and flushed to the disk before the step that it announces. Whenever it breaks off, what
/// stands in it is true. Only the user may read it.
/// </summary>
internal sealed class ChangeJournal : IDisposable
{
    public const string Mark = "PasskeyAdmin.Change";
    public const int Version = 1;
    public const string Extension = ".jsonl";

    private readonly Stream _file;
    private readonly StringBuilder _text = new();

    private ChangeJournal(Stream file, string path) => (_file, Path) = (file, path);

    public string Path { get; }

    /// <summary>Everything that is in the file, or should be.</summary>
    public string Text => _text.ToString();

    /// <summary>Why what has happened could not be written down; null where it could.</summary>
    public PasskeyAdminException? Fault { get; private set; }

    /// <summary>What the first line of every journal says: who, where and when.</summary>
    /// <param name="mark">What kind of change it is.</param>
    public static JObject Head(string mark, string id, TenantSession tenant, string command) => new()
    {
        ["format"] = mark,
        ["version"] = Version,
        ["id"] = id,
        ["at"] = CheckpointLines.Text(tenant.Traffic.Now),
        ["tenantId"] = tenant.TenantId,
        ["tenantName"] = tenant.TenantName,
        ["environment"] = tenant.Environment,
        ["account"] = tenant.Account ?? tenant.ClientId,
        ["isAppOnly"] = tenant.IsAppOnly,
        ["command"] = command,
    };

    /// <summary>Begins the file of a change.</summary>
    /// <param name="folder">Made where it is not there.</param>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>.</exception>
    public static ChangeJournal Begin(string folder, string id, DateTimeOffset now, JObject plan)
    {
        var path = System.IO.Path.Combine(folder, $"{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{id}{Extension}");
        try
        {
            Directory.CreateDirectory(folder);
            return BeginIn(PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), path, plan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw NotWritable(folder, e);
        }
    }

    /// <param name="file">Empty; closed with the journal.</param>
    /// <exception cref="IOException">Where the plan cannot be written.</exception>
    internal static ChangeJournal BeginIn(Stream file, string path, JObject plan)
    {
        var journal = new ChangeJournal(file, path);
        try
        {
            journal.Append(plan);
            return journal;
        }
        catch (IOException)
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Adds what is about to happen: without that, it must not.</summary>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>.</exception>
    public void Announce(string what, DateTimeOffset now, JObject more)
    {
        if (Fault is not null) throw Fault;
        try
        {
            Append(Json(what, now, more));
        }
        catch (IOException e)
        {
            throw Fault = NotWritable(Path, e);
        }
    }

    /// <summary>Adds what has happened, whether or not it can be written down: see <see cref="Fault"/>.</summary>
    public void Record(string what, DateTimeOffset now, JObject more)
    {
        var line = Json(what, now, more);
        try
        {
            // After half a line, nothing would be read any more.
            if (Fault is null) Append(line);
            else _text.Append(AsciiJson.Of(line)).Append('\n');
        }
        catch (IOException e)
        {
            _text.Append(AsciiJson.Of(line)).Append('\n');
            Fault = NotWritable(Path, e);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A line of a journal, with its end.</summary>
    public static string Line(string what, DateTimeOffset now, JObject more) => AsciiJson.Of(Json(what, now, more)) + "\n";

    /// <summary>Adds a line to a journal that was written before, and that nobody else is writing.</summary>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>.</exception>
    public static void Append(string path, string line)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None);
            var bytes = Encoding.UTF8.GetBytes(line);
            file.Write(bytes, 0, bytes.Length);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    private static JObject Json(string what, DateTimeOffset now, JObject more) => new(new[] { new JProperty("at", CheckpointLines.Text(now)), new JProperty("event", what) }.Concat(more.Properties()));

    private void Append(JObject line)
    {
        var text = AsciiJson.Of(line) + "\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        _file.Write(bytes, 0, bytes.Length);
        // To the disk, not only to the system.
        if (_file is FileStream disk) disk.Flush(flushToDisk: true);
        else _file.Flush();
        _text.Append(text);
    }

    private static PasskeyAdminException NotWritable(string path, Exception cause) =>
        new(ErrorKind.Unavailable, "JournalNotWritable", $"The journal of changes cannot be written in '{InputFile.Shown(path)}': {cause.Message} Without it, nothing is sent. Name a folder that you may write to with -JournalPath, or in the environment variable PASSKEYADMIN_HOME.", cause);
}
