using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>
/// What was read of a tenant, in a file, so that a run that is interrupted goes on where it stopped. One line of JSON for each page of the report and for each
/// user, each written before what it says is used; a last line that breaks off is read again. It holds names, ids and passkeys, so only its owner may read it.
/// </summary>
internal sealed class ReadCheckpoint : IDisposable
{
    private const string Mark = "PasskeyAdmin.Checkpoint";

    /// <summary>2: rows of the report tell of phones and other second factors, too.</summary>
    private const int Version = 2;

    /// <summary>Who comes back later than this after the last entry starts anew: too much may have happened since.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Events have the time of Microsoft, entries that of this machine.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(15);

    private readonly LineFile _file;
    private readonly string _path;
    private readonly Dictionary<Guid, (long At, bool IsAll, DateTimeOffset ReadAt)> _users = [];
    private readonly List<(long At, DateTimeOffset ReadAt)> _pages = [];
    private DateTimeOffset? _last;

    private ReadCheckpoint(FileStream file, string path) => (_file, _path) = (new LineFile(file), path);

    /// <summary>Where the report goes on; null where it is whole, and where nothing of it was read.</summary>
    public string? NextPage { get; private set; }

    /// <summary>Whether a part of the report is there, or all of it.</summary>
    public bool HasPages => _pages.Count > 0;

    /// <summary>How many users were read before.</summary>
    public int UserCount => _users.Count;

    /// <summary>The date of the oldest entry; null where there is none.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>Why what the file held was left; null where it was taken, and where there was nothing.</summary>
    public string? StartedAnewBecause { get; private set; }

    /// <param name="tenant">The id of the tenant, or its address where that is not known.</param>
    /// <exception cref="PasskeyAdminException"><c>CheckpointInvalid</c>, <c>CheckpointOfOtherTenant</c>, <c>CheckpointNotWritable</c>.</exception>
    public static ReadCheckpoint Open(string path, string tenant, DateTimeOffset now)
    {
        FileStream file;
        try
        {
            if (Directory.Exists(path)) throw Invalid(path, "is a folder");
            file = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NotWritable(path, e);
        }
        var isOpen = false;
        try
        {
            var checkpoint = new ReadCheckpoint(file, path);
            checkpoint.Load(tenant, now);
            PrivateFile.Protect(path);
            isOpen = true;
            return checkpoint;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // A device, or a folder in which no file can be changed.
            throw NotWritable(path, e);
        }
        finally
        {
            if (!isOpen) file.Dispose();
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What to know about an answer that rests on entries of an earlier run.</summary>
    public string Reused(int users) =>
        string.Format(CultureInfo.InvariantCulture, "{0:N0} {1} taken from the checkpoint; its oldest entry is of {2:u}.", users, users == 1 ? "user was" : "users were", Oldest?.UtcDateTime);

    /// <summary>The pages of the report so far.</summary>
    public IEnumerable<(IReadOnlyList<ReportedUser> Users, ReportPage Dates)> Pages() => _pages.ToList().Select(p => CheckpointLines.PageOf(ReadLine(p.At)));

    /// <param name="needsAll">Whether other methods than passkeys are wanted.</param>
    /// <param name="since">What was read before is out of date; null for nothing.</param>
    public bool Has(string userId, bool needsAll, DateTimeOffset? since = null) => Guid.TryParse(userId, out var id) && _users.TryGetValue(id, out var entry) && (entry.IsAll || !needsAll) && !(since is { } date && entry.ReadAt - ClockDifference < date);

    /// <summary>Leaves what is older, for whoever must not rest on it.</summary>
    public void ForgetBefore(DateTimeOffset date)
    {
        foreach (var old in _users.Where(u => u.Value.ReadAt < date).Select(u => u.Key).ToList()) _users.Remove(old);
        if (_pages.Exists(p => p.ReadAt < date)) ForgetPages();
        Oldest = _users.Values.Select(u => u.ReadAt).Concat(_pages.Select(p => p.ReadAt)).Select(d => (DateTimeOffset?)d).DefaultIfEmpty(null).Min();
    }

    /// <summary>What was read of a user; null where nothing was.</summary>
    /// <param name="needsAll">Whether other methods than passkeys are wanted.</param>
    public UserMethods? Find(string userId, bool needsAll, DateTimeOffset? since = null)
    {
        if (!Has(userId, needsAll, since)) return null;
        var (at, isAll, readAt) = _users[Guid.Parse(userId)];
        var line = ReadLine(at);
        var isBeta = line["beta"] is JValue { Value: true };
        return UserMethods.Of(((JArray)line["methods"]!).OfType<JObject>(), isAll, isBeta, readAt);
    }

    public void AddPage(IReadOnlyList<ReportedUser> users, ReportPage dates, string? next)
    {
        _pages.Add((Append(dates.ReadAt, json =>
        {
            json.WritePropertyName("next");
            json.WriteValue(next);
            json.WritePropertyName("asOf");
            json.WriteValue(dates.AsOf is { } date ? CheckpointLines.Text(date) : null);
            json.WritePropertyName("newest");
            json.WriteValue(dates.Newest is { } newest ? CheckpointLines.Text(newest) : null);
            json.WritePropertyName("page");
            json.WriteStartArray();
            foreach (var user in users) CheckpointLines.Write(user, json);
            json.WriteEndArray();
        }), dates.ReadAt));
        NextPage = next;
    }

    /// <summary>The link to the next page is good no more: the report begins anew.</summary>
    public void ForgetPages()
    {
        // Its date is no news of the tenant.
        Append(_last ?? DateTimeOffset.FromUnixTimeSeconds(0), json =>
        {
            json.WritePropertyName("forget");
            json.WriteValue("pages");
        });
        _pages.Clear();
        NextPage = null;
    }

    /// <summary>Who is gone is not kept: somebody may be restored.</summary>
    public void AddUser(string userId, IEnumerable<JObject> methods, bool isAll, bool isBeta, DateTimeOffset now)
    {
        if (!Guid.TryParse(userId, out var id)) return;
        var at = Append(now, json =>
        {
            json.WritePropertyName("user");
            json.WriteValue(userId);
            json.WritePropertyName("all");
            json.WriteValue(isAll);
            json.WritePropertyName("beta");
            json.WriteValue(isBeta);
            json.WritePropertyName("methods");
            UserMethods.Write(methods, isAll, json);
        });
        _users[id] = (at, isAll, now);
    }

    private void Load(string tenant, DateTimeOffset now)
    {
        if (_file.Length == 0 || IsBrokenOffAtOnce())
        {
            Begin(tenant, now);
            return;
        }
        if (!TryReadLine(0, out var header, out var next) || (string?)(header["format"] as JValue) != Mark) throw Invalid(_path, "is no checkpoint of PasskeyAdmin");
        if (header["version"] is not JValue { Value: long and Version }) throw Invalid(_path, "is of another version of PasskeyAdmin");
        if (!string.Equals(JsonText.Of(header, "tenant"), tenant, StringComparison.OrdinalIgnoreCase))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "CheckpointOfOtherTenant", $"The checkpoint '{InputFile.Shown(_path)}' is of another tenant ({DisplayText.Neutralise(JsonText.Of(header, "tenant") ?? "not said")}) than this one ({tenant}). Name another file.");
        while (next < _file.Length)
        {
            var at = next;
            // What breaks off was being written when the run ended; what comes after damage cannot be trusted to be whole.
            if (!TryReadLine(at, out var line, out next) || !Take(line, at))
            {
                _file.Truncate(at);
                break;
            }
        }
        if (_users.Values.Any(u => u.ReadAt > now + ClockDifference) || _pages.Exists(p => p.ReadAt > now + ClockDifference))
        {
            StartedAnewBecause = "an entry is of a date that is yet to come";
            Begin(tenant, now);
        }
        else if (_last is { } last && now - last > Lifetime)
        {
            StartedAnewBecause = $"its last entry is of {last.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}, more than {Lifetime.TotalHours:0} hours ago";
            Begin(tenant, now);
        }
    }

    /// <summary>Whether a run ended while it wrote the very first line.</summary>
    private bool IsBrokenOffAtOnce()
    {
        var start = Encoding.UTF8.GetBytes($"{{\"format\":\"{Mark}\"");
        return _file.Fragment(1000) is { } all && all.Zip(start, (a, b) => a == b).All(same => same);
    }

    private void Begin(string tenant, DateTimeOffset now)
    {
        _users.Clear();
        _pages.Clear();
        (NextPage, _last, Oldest) = (null, null, null);
        _file.Truncate(0);
        Append(writer => writer.Write(new JObject { ["format"] = Mark, ["version"] = Version, ["tenant"] = tenant, ["begun"] = CheckpointLines.Text(now) }.ToString(Formatting.None)));
    }

    private bool Take(JObject line, long at)
    {
        if (CheckpointLines.DateOf(line) is not { } date) return false;
        if (JsonText.Of(line, "forget") is not null)
        {
            _pages.Clear();
            NextPage = null;
        }
        else if (line["page"] is JArray users)
        {
            if (!CheckpointLines.IsPage(users, line["next"])) return false;
            _pages.Add((at, date));
            NextPage = JsonText.Of(line, "next");
        }
        else if (Guid.TryParse(JsonText.Of(line, "user"), out var id) && line["methods"] is JArray)
        {
            _users[id] = (at, line["all"] is JValue { Value: true }, date);
        }
        else
        {
            return false;
        }
        Remember(date);
        return true;
    }

    private void Remember(DateTimeOffset date)
    {
        if (Oldest is null || date < Oldest) Oldest = date;
        if (_last is null || date > _last) _last = date;
    }

    /// <summary>Appends an object that begins with its date.</summary>
    private long Append(DateTimeOffset now, Action<JsonTextWriter> write)
    {
        var at = Append(writer =>
        {
            using var json = new JsonTextWriter(writer) { CloseOutput = false };
            json.WriteStartObject();
            json.WritePropertyName("at");
            json.WriteValue(CheckpointLines.Text(now));
            write(json);
            json.WriteEndObject();
        });
        Remember(now);
        return at;
    }

    private long Append(Action<TextWriter> write)
    {
        try
        {
            return _file.Append(write);
        }
        catch (IOException e)
        {
            throw NotWritable(_path, e);
        }
    }

    private JObject ReadLine(long at) => TryReadLine(at, out var line, out _) ? line : throw Invalid(_path, "was changed by somebody else meanwhile");

    /// <param name="next">Where the line behind it begins.</param>
    private bool TryReadLine(long at, out JObject line, out long next)
    {
        if (_file.Read(at, out next) is { } text) return CheckpointLines.TryParse(text, out line);
        line = [];
        return false;
    }

    private static PasskeyAdminException Invalid(string path, string reason) =>
        new(ErrorKind.InvalidData, "CheckpointInvalid", $"'{InputFile.Shown(path)}' {reason}. Nothing in it was changed. Name a file that is not there yet.");

    private static PasskeyAdminException NotWritable(string path, Exception cause) =>
        new(ErrorKind.Unavailable, "CheckpointNotWritable", $"The checkpoint '{InputFile.Shown(path)}' cannot be written: {cause.Message} Another run may be using it; or name a file in a folder that you may write to.", cause);
}
